"""Text that was copied from a chat, an SMS or a note: every line with a date and a time begins a contact.

``2026-11-20 21:03 13800001111 未接`` is a contact on one line; under ``王经理 2026/11/20 21:03`` what
was said follows on lines of its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import tzinfo

from evidencedesk.domain.case import ContactDetails, ContactKind
from evidencedesk.intake.found import (
    MAX_NAME,
    Form,
    Gathering,
    ReadList,
    Trouble,
    cut_text,
    party_of,
    plain,
)
from evidencedesk.intake.kinds import Way, way_named
from evidencedesk.intake.times import FoundTime, find_time, place, read_length

_NUMBER = re.compile(r"(?<![\d*])(?:\+|00)?\d[\d*\- ]{3,22}[\d*](?!\d)", re.ASCII)
_LENGTH = re.compile(
    r"(?:\d{1,3}\s?(?:小时|时|分钟|分))*\d{1,6}\s?(?:秒|分钟|分|s\b|sec|min)|\b\d{1,2}:\d\d\b", re.IGNORECASE
)
# "昨天 21:03", "21:03": which day it was, only the one who copied it knows.
_DAYLESS = re.compile(
    r"(?:昨天|今天|前天|星期[一二三四五六日天]|周[一二三四五六日]|yesterday|today)[\s,]*\D{0,4}\d{1,2}:\d\d.*"
    r"|(?:上午|下午|晚上|凌晨)?\s*\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]m)?",
    re.ASCII | re.IGNORECASE,
)
_WORDS = re.compile(r"[^\s,;|\t，；、]+")
_EDGES = ' \t,;|:，；：、()（）[]【】<>"“”'
_WORD_LIMIT = 12  # a word that names a kind is short; in a sentence it names nothing
_HEAD_LIMIT = 2_000


@dataclass
class _Block:
    """A line with a time and the lines under it."""

    line: int
    head: str
    found: FoundTime
    under: list[str] = field(default_factory=list)


def read_pasted(text: str, zone: tzinfo | None) -> ReadList:
    """Read copied text. Lines before the first time are told, not taken."""
    gathering = Gathering(Form.PASTED)
    block: _Block | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if gathering.full:
            break
        head = unicodedata.normalize("NFKC", line[:_HEAD_LIMIT]).strip()
        found = find_time(head)
        if found is not None:
            _take(gathering, block, zone)
            block = _Block(number, head, found)
        elif _DAYLESS.fullmatch(head):
            _take(gathering, block, zone)
            block = None
            gathering.refuse(number, Trouble.NO_TIME, line)
        elif block is not None:
            block.under.append(line)
        elif line.strip():
            gathering.refuse(number, Trouble.NO_TIME, line)
    _take(gathering, block, zone)
    return gathering.done()


def _take(gathering: Gathering, block: _Block | None, zone: tzinfo | None) -> None:
    if block is None:
        return
    if block.found.value is None:
        gathering.refuse(block.line, block.found.trouble or Trouble.TIME_UNREADABLE, block.head)
        return
    placed = place(block.found.value, zone)
    said = "\n".join(block.under).strip()
    rest = f"{block.head[: block.found.start]} {block.head[block.found.end :]}"
    number, rest = _cut(_NUMBER, rest)
    way, rest = _named(rest)
    length_s, rest = _length(rest, way)
    rest = plain(rest).strip(_EDGES)
    told = [placed.trouble] if placed.trouble else []
    name, words = (rest, said) if said else ("", rest)
    if way is None:
        way = _guessed(number=number, name=name, words=words)
        if way.kind is ContactKind.OTHER:
            told.append(Trouble.KIND_UNKNOWN)
    text, troubles = cut_text(words)
    details = ContactDetails(
        kind=way.kind,
        begun_utc=placed.utc,
        begun_offset_minutes=placed.offset_minutes,
        length_s=length_s if way.kind is ContactKind.CALL else None,
        party=party_of(number),
        name=name[:MAX_NAME],
        text=text,
        outgoing=way.outgoing,
    )
    gathering.add(block.line, details, (*told, *troubles))


def _guessed(*, number: str, name: str, words: str) -> Way:
    """Words under a number came by SMS, words under a name by a chat. A number alone may be anything."""
    if words and number:
        return Way(ContactKind.SMS)
    return Way(ContactKind.CHAT) if words and name else Way(ContactKind.OTHER)


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.search(text)
    return ("", text) if match is None else (match[0], f"{text[: match.start()]} {text[match.end() :]}")


def _named(text: str) -> tuple[Way | None, str]:
    """The word that names the kind, and the text without it."""
    for match in _WORDS.finditer(text):
        word = match[0].strip(_EDGES)
        way = way_named(word) if 0 < len(word) <= _WORD_LIMIT else None
        if way is not None:
            return way, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def _length(text: str, way: Way | None) -> tuple[int | None, str]:
    if way is None or way.kind is not ContactKind.CALL:
        return None, text
    cell, rest = _cut(_LENGTH, text)
    return (read_length(cell), rest) if cell else (None, text)
