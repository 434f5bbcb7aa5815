"""The file ``copyright`` of the package: every part of the frozen program with its licence, in full."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from evidencedesk.app.components import COMPONENTS

_HEAD = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: EvidenceDesk
Comment: A program with all it needs except the libraries of the system. The same texts stand beside
 the parts, in /usr/lib/evidencedesk/_internal."""
_TEXTS = Path("evidencedesk", "licences")
_STANDARD = Path("evidencedesk", "resources", "licences")
# Named in their own files only by words, or by a text that stands once for several.
_KNOWN = {
    "pyside6-essentials": ("LGPL-3.0-only", (_STANDARD / "LGPL-3.0.txt", _STANDARD / "GPL-3.0.txt")),
    "shiboken6": ("LGPL-3.0-only", (_STANDARD / "LGPL-3.0.txt", _STANDARD / "GPL-3.0.txt")),
    "docxtpl": ("LGPL-2.1-only", (_STANDARD / "LGPL-2.1.txt",)),
    "cobble": ("BSD-2-Clause", (_TEXTS / "cobble.txt",)),
}
_OF_NO_PACKAGE = (
    (
        "Python",
        "_internal/libpython* usr/lib/evidencedesk/_internal/base_library.zip",
        "PSF-2.0",
        "python.txt",
    ),
    (
        "PyInstaller (the start file)",
        "evidencedesk",
        "GPL-2+ with exception for what it starts",
        "pyinstaller.txt",
    ),
)


def copyright_file(program: Path) -> str:
    """For the frozen program in the folder, as Debian's machine-readable form wants it."""
    inside = program / "_internal"
    own = (inside / "evidencedesk" / "LICENSE").read_text("utf-8")
    parts = [_HEAD, _stanza("*", "The EvidenceDesk authors", "Apache-2.0", own)]
    for title, files, licence, text in _OF_NO_PACKAGE:
        stanza = _stanza(f"usr/lib/evidencedesk/{files}", title, licence, _read(inside / _TEXTS / text))
        parts.append(stanza)
    infos = sorted(inside.glob("*.dist-info"), key=lambda path: path.name.lower())
    parts += [_of_package(info, inside) for info in infos if not info.name.startswith("evidencedesk-")]
    return "\n\n".join(parts) + "\n"


def _of_package(info: Path, inside: Path) -> str:
    about = HeaderParser().parsestr((info / "METADATA").read_text("utf-8"))
    name = re.sub(r"[-_.]+", "-", about["Name"]).lower()
    licence, shared = _KNOWN.get(name, (_licence(name, about), ()))
    texts = [_read(path) for path in sorted(info.rglob("*")) if path.is_file() and _holds_licence(path, info)]
    texts += [_read(inside / one) for one in shared]
    if not texts:
        raise FileNotFoundError(f"no licence text for {name}")
    holder = about["Author"] or about["Author-email"] or about["Maintainer"] or about["Maintainer-email"]
    files = f"usr/lib/evidencedesk/_internal/{info.name.partition('-')[0]}*"
    return _stanza(files, holder or f"the authors of {about['Name']}", licence, "\n\n".join(texts))


def _licence(name: str, about: Message) -> str:
    listed = {re.sub(r"[-_.]+", "-", one).lower(): licence for one, licence in COMPONENTS}
    said = about["License-Expression"] or listed.get(name) or about["License"] or ""
    if not said or "\n" in said or len(said) > 60:
        classes = [
            one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith("License")
        ]
        said = classes[0] if classes else "other"
    return str(said)


def _holds_licence(path: Path, info: Path) -> bool:
    below = path.relative_to(info).parts
    named = re.match(r"(licen[cs]e|copying|notice|authors)", path.name, re.IGNORECASE)
    return bool(named) or below[0].lower() in ("licenses", "licences")


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def _stanza(files: str, holder: str, licence: str, text: str) -> str:
    names = sorted(set(_holders(text))) or [holder]
    lines = [
        f"Files: {files}",
        f"Copyright: {names[0]}",
        *(f" {name}" for name in names[1:]),
        f"License: {licence}",
    ]
    lines += [f" {line.rstrip()}" if line.strip() else " ." for line in text.strip().splitlines()]
    return "\n".join(lines)


def _holders(text: str) -> Iterator[str]:
    """The lines that say whose it is."""
    for found in re.finditer(
        r"^\W*(?:copyright\b|\(c\)|©)[^\n]*\d{4}[^\n]*", text, re.IGNORECASE | re.MULTILINE
    ):
        yield " ".join(found.group().strip(" *#/;%-").split())[:200]
