"""Address cards (vCard 2.1, 3.0, 4.0): which name the user's phone has for a number."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

from evidencedesk.intake.found import MAX_NAME, Form, ReadList, party_of, plain

MAX_CARDS = 20_000
_BEGIN = re.compile(r"^\ufeff?\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TEL_URI = re.compile(r"^tel:", re.IGNORECASE)
_LINE_LIMIT = 10_000


def looks_like_cards(text: str) -> bool:
    """Whether address cards are in it."""
    return _BEGIN.search(text[:2000]) is not None


def read_cards(text: str) -> ReadList:
    """Numbers with their names; cards without either are passed over."""
    names: dict[str, str] = {}
    cards = 0
    full_name, parts_name, organisation = "", "", ""
    numbers: list[str] = []
    for key, value in _properties(text):
        if key == "BEGIN":
            full_name, parts_name, organisation, numbers = "", "", "", []
        elif key == "FN":
            full_name = value
        elif key == "N":
            parts_name = "".join(_parts(value)[:2])
        elif key == "ORG":
            organisation = " ".join(_parts(value))
        elif key == "TEL":
            numbers.append(party_of(_TEL_URI.sub("", value).partition(";")[0]))
        elif key == "END":
            cards += 1
            name = _unescaped(full_name) or parts_name or organisation
            names.update((number, plain(name)[:MAX_NAME]) for number in numbers if number and name.strip())
            if cards >= MAX_CARDS:
                break
    return ReadList(Form.CARDS, names=tuple(names.items()))


def _properties(text: str) -> Iterator[tuple[str, str]]:
    for line in _unfolded(text):
        head, colon, value = line.partition(":")
        if not colon:
            continue
        name, *parameters = head.upper().split(";")
        if any(p in ("QUOTED-PRINTABLE", "ENCODING=QUOTED-PRINTABLE") for p in parameters):
            value = _from_quoted(value, parameters)
        # "item1.TEL": a group before the name.
        yield name.rpartition(".")[2].strip(), value.strip()


def _unfolded(text: str) -> Iterator[str]:
    """Lines as they were before folding: a space at the beginning, or ``=`` at the end, goes on."""
    whole = ""
    quoted = False
    for line in text.splitlines():
        if quoted:
            whole = whole[:-1] + line
        elif line[:1] in (" ", "\t") and whole:
            whole += line[1:]
        else:
            if whole:
                yield whole[:_LINE_LIMIT]
            whole = line
        quoted = (
            whole.endswith("=") and "QUOTED-PRINTABLE" in whole[:200].upper() and len(whole) < _LINE_LIMIT
        )
    if whole:
        yield whole[:_LINE_LIMIT]


def _from_quoted(value: str, parameters: list[str]) -> str:
    charset = next((p.partition("=")[2] for p in parameters if p.startswith("CHARSET=")), "UTF-8")
    encoding = "gb18030" if charset in ("GBK", "GB2312", "GB18030") else "utf-8"
    return quopri.decodestring(value.encode("utf-8", "replace")).decode(encoding, "replace")


def _parts(value: str) -> list[str]:
    return [_unescaped(part) for part in re.split(r"(?<!\\);", value)]


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], value).strip()
