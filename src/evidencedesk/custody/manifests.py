"""The lists of a BagIt folder: one line for each file with its SHA-256 (RFC 8493 section 2.1.3)."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.names import unsafe_because

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
LINE_LIMIT = 8192
_ENTRY = re.compile(rb"([0-9a-fA-F]{64})[ \t]+\*?(\S.*)")
_ESCAPED = re.compile("%0A|%0D|%25", re.IGNORECASE)
_ESCAPES = {"%0A": "\n", "%0D": "\r", "%25": "%"}

# code, subject, expected, found
Find = Callable[[str, str, str, str], None]


def manifest_line(sha256: str, name: str) -> bytes:
    """A line as we write it; tag manifests must have exactly this form."""
    escaped = name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
    return f"{sha256}  {escaped}\n".encode()


def read_manifest(root: Path, manifest: str, present: Collection[str], find: Find) -> dict[str, str]:
    """Promised SHA-256 of the files that are there; everything else in the list becomes findings.

    Nothing is kept for a line whose file is missing, so that a list of a million lies costs seconds and
    no memory. Raises OSError.
    """
    entries: dict[str, str] = {}
    normal_forms = _normal_forms(present)
    payload = manifest == MANIFEST
    previous = b""
    with os.fdopen(open_regular(root / manifest), "rb") as file:
        for number, raw in enumerate(_lines(file), start=1):
            place = f"{manifest}:{number}"
            parsed = _parse(raw)
            if parsed is None or parsed[1].startswith("data/") is not payload:
                if raw.strip() or not payload:
                    find("manifest-line", place, "", raw[:80].decode("utf-8", "replace"))
                continue
            sha256, listed = parsed
            if not payload and (raw != manifest_line(sha256, listed) or listed.encode() <= previous):
                # No other list vouches for this one: the form alone shows a changed letter or line end.
                find("manifest-line", place, "", raw[:80].decode("utf-8", "replace"))
            previous = listed.encode()
            # Some systems store names in another normal form than they were given.
            name = listed
            if listed not in present:
                name = normal_forms.get(unicodedata.normalize("NFC", listed), listed)
            if name in entries:
                find("manifest-line", place, entries[name], sha256)
            elif name in present:
                entries[name] = sha256
            else:
                find("file-missing", name, sha256, "")
    return entries


def _parse(raw: bytes) -> tuple[str, str] | None:
    """SHA-256 and name of a line, or None when it is not one that names a file inside the folder."""
    match = _ENTRY.fullmatch(raw.removesuffix(b"\n").removesuffix(b"\r"))
    if match is None or len(raw) > LINE_LIMIT:
        return None
    try:
        name = match[2].decode("utf-8")
    except UnicodeDecodeError:
        return None
    name = _ESCAPED.sub(lambda found: _ESCAPES[found[0].upper()], name).removeprefix("./")
    return None if unsafe_because(name) else (match[1].decode("ascii").lower(), name)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines with their ends; of one that is too long only the beginning."""
    while raw := file.readline(LINE_LIMIT + 1):
        yield raw
        while raw and len(raw) > LINE_LIMIT and not raw.endswith(b"\n"):
            raw = file.readline(LINE_LIMIT + 1)


def _normal_forms(names: Collection[str]) -> dict[str, str]:
    """Names by their NFC form, where only one has that form."""
    forms = Counter(unicodedata.normalize("NFC", name) for name in names)
    return {normal: name for name in names if forms[normal := unicodedata.normalize("NFC", name)] == 1}
