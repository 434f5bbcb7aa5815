"""Merge the Chinese translations and compile them; with ``--check`` only say what is not as it should be.

Translators edit ``resources/locale/parts/*.zh_CN.po`` (one file for each part of the program). This script
writes ``resources/locale/zh_CN/LC_MESSAGES/evidencedesk.po`` and ``.mo``: always the same bytes for the
same parts. Every sentence in the source must be translated, and every translation must be used.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import string
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "text": None,
    "t": None,
    "mark": None,
    "plural": (1, 2),
    "mark_plural": (1, 2),
}
# Their text() is SQL or reads TOML; neither shows a sentence to anybody.
_SILENT = ("store", "guidance")
_TEMPLATE_CALL = re.compile(r"""\bt\(\s*((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\s)+)""", re.DOTALL)
# Chinese text has punctuation of its own; a comma from the English keyboard looks like a mistake.
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff\uff00-\uffef”》】}])[,;:?!]|[,;?!](?=[\u4e00-\u9fff“《【])")
_FULL_WIDTH = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in ",;:?!"})

_REMARK = "# Written by packaging/compile_messages.py from resources/locale/parts: edit those.\n"
_HEADER = (
    "Project-Id-Version: EvidenceDesk",
    "Language: zh_CN",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
    "Plural-Forms: nplurals=1; plural=0;",
)

MsgId = str | tuple[str, ...]
Place = tuple[str, int]


@dataclass(frozen=True)
class Folders:
    """Where sentences come from and where their translations go."""

    source: Path
    templates: Path
    parts: Path
    target: Path


def project_folders(root: Path = ROOT) -> Folders:
    """The folders of this repository."""
    return Folders(
        source=root / "src" / "evidencedesk",
        templates=root / "resources" / "start_here",
        parts=root / "resources" / "locale" / "parts",
        target=root / "resources" / "locale" / "zh_CN" / "LC_MESSAGES",
    )


def sentences(folders: Folders) -> dict[MsgId, Place]:
    """Every sentence in source and templates, with one place where it stands."""
    found: dict[MsgId, Place] = {}
    for name, line, msgid, _, _ in extract_from_dir(
        folders.source, [("**.py", "python")], keywords=_KEYWORDS, comment_tags=()
    ):
        if Path(name).parts[0] not in _SILENT:
            found.setdefault(tuple(msgid) if isinstance(msgid, (tuple, list)) else msgid, (name, line))
    for path in sorted(folders.templates.rglob("*")):
        if path.suffix in {".html", ".j2", ".jinja", ".txt"}:
            for msgid, line in _template_sentences(path.read_text(encoding="utf-8")):
                found.setdefault(msgid, (path.name, line))
    found.pop("", None)
    return found


def _template_sentences(text: str) -> Iterator[tuple[str, int]]:
    for match in _TEMPLATE_CALL.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield ast.literal_eval(f"({match.group(1).strip()})"), line


def merge(folders: Folders) -> tuple[dict[MsgId, MsgId], list[str]]:
    """All parts as one table, and what is wrong with them."""
    translations: dict[MsgId, MsgId] = {}
    faults = []
    origin: dict[MsgId, str] = {}
    for path in sorted(folders.parts.glob("*.zh_CN.po")):
        try:
            part = read_po(io.BytesIO(path.read_bytes()), locale="zh_CN", abort_invalid=True)
        except (PoFileError, ValueError) as error:
            faults.append(f"{path.name}: {error}")
            continue
        for message in part:
            msgid, translation = _plain(message.id), _plain(message.string or "")
            if not msgid:
                continue
            known = translations.get(msgid)
            if known is not None and known != translation:
                faults.append(f"{path.name}: {msgid!r} is translated otherwise in {origin[msgid]}")
                continue
            faults += [f"{path.name}: {msgid!r}: {fault}" for fault in _faults(msgid, translation)]
            translations[msgid] = translation
            origin[msgid] = path.name
    return translations, faults


def _plain(text: str | list[str] | tuple[str, ...]) -> MsgId:
    return text if isinstance(text, str) else tuple(text)


def _faults(msgid: MsgId, translation: MsgId) -> Iterator[str]:
    # Chinese has one form for "one file" and "two files": it may follow either.
    allowed = [_placeholders(text) for text in _forms(msgid)]
    for text in _forms(translation):
        if not text:
            yield "not translated"
            continue
        try:
            named = _placeholders(text)
        except ValueError as error:
            yield f"braces: {error}"
            continue
        if named not in allowed:
            yield f"placeholders differ: {', '.join(sorted(named ^ allowed[0]))}"
        if _HALF_WIDTH.search(text):
            yield "half-width punctuation in Chinese text (--tidy corrects it)"


def _forms(text: MsgId) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def rendered(translations: dict[MsgId, MsgId]) -> tuple[bytes, bytes]:
    """The table as .po and .mo; no dates, so that the same parts give the same bytes."""
    catalogue = Catalog(locale="zh_CN")
    for msgid, translation in translations.items():
        catalogue.add(msgid, translation)
    po = io.BytesIO()
    write_po(po, catalogue, width=0, omit_header=True, sort_output=True)
    lines = "".join(f'"{line}\\n"\n' for line in _HEADER)
    return f'{_REMARK}msgid ""\nmsgstr ""\n{lines}\n'.encode() + po.getvalue(), _mo(translations)


def _mo(translations: dict[MsgId, MsgId]) -> bytes:
    # Babel's own writer puts its version and the hour into the file.
    pairs = [(b"", "".join(f"{line}\n" for line in _HEADER).encode())]
    pairs += [(_joined(msgid), _joined(translation)) for msgid, translation in translations.items()]
    pairs.sort()
    start = 7 * 4 + 16 * len(pairs)
    index: list[int] = []
    for texts in zip(*pairs, strict=True):
        for text in texts:
            index += (len(text), start)
            start += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    body = b"".join(text + b"\0" for texts in zip(*pairs, strict=True) for text in texts)
    return head + struct.pack(f"<{len(index)}I", *index) + body


def _joined(text: MsgId) -> bytes:
    return "\0".join(_forms(text)).encode()


def tidy(folders: Folders) -> None:
    """Give the Chinese of every part full-width punctuation."""
    for path in sorted(folders.parts.glob("*.zh_CN.po")):
        before = path.read_text(encoding="utf-8")
        after = _tidied(before)
        if after != before:
            path.write_text(after, encoding="utf-8")


def _tidied(part: str) -> str:
    lines = []
    chinese = False
    for line in part.splitlines(keepends=True):
        if line.startswith("msg"):
            chinese = line.startswith("msgstr")
        lines.append(full_width(line) if chinese else line)
    return "".join(lines)


def full_width(text: str) -> str:
    """Full-width punctuation beside Chinese characters; English text stays as it is."""
    return _HALF_WIDTH.sub(lambda match: match.group().translate(_FULL_WIDTH), text)


def check(folders: Folders) -> list[str]:
    """Everything that is not as it should be."""
    translations, faults = merge(folders)
    used = sentences(folders)
    translated = translations.keys()
    faults += [
        f"{used[msgid][0]}:{used[msgid][1]}: no translation: {msgid!r}"
        for msgid in sorted(used.keys() - translated, key=str)
    ]
    faults += [
        f"translation of a sentence nobody says: {msgid!r}"
        for msgid in sorted(translated - used.keys(), key=str)
    ]
    for name, content in zip(("evidencedesk.po", "evidencedesk.mo"), rendered(translations), strict=True):
        path = folders.target / name
        if not path.is_file() or path.read_bytes() != content:
            faults.append(f"{name} is stale: run packaging/compile_messages.py")
    return faults


def main(arguments: list[str]) -> int:
    """Compile, or check. 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only look")
    parser.add_argument("--tidy", action="store_true", help="first correct the punctuation of the parts")
    folders = project_folders()
    given = parser.parse_args(arguments)
    if given.tidy:
        tidy(folders)
    if given.check:
        faults = check(folders)
    else:
        translations, faults = merge(folders)
        folders.target.mkdir(parents=True, exist_ok=True)
        for name, content in zip(("evidencedesk.po", "evidencedesk.mo"), rendered(translations), strict=True):
            (folders.target / name).write_bytes(content)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
