"""A strict reader for BagIt folders (RFC 8493) that trusts nothing it finds.

It opens regular files only, follows no link, fetches nothing, and its memory is bounded whatever the
manifests say (RFC 8493 sections 5.1 to 5.4, 6.1).
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.names import look_alike_key, unsafe_because
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.finding import Finding, Layer

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LINE_LIMIT = 8192
MANIFEST_LIMIT = 512 * 1024 * 1024
INFO_LIMIT = 1024 * 1024
ENTRY_LIMIT = 200_000
SHOWN_LIMIT = 20
_ENTRY = re.compile(rb"([0-9a-fA-F]{64})[ \t]+\*?(\S.*)")
_ESCAPES = {"%0A": "\n", "%0D": "\r", "%25": "%"}


@dataclass
class Bag:
    """What a folder holds and what its manifests say; ``findings`` names every disagreement."""

    root: Path
    sizes: dict[str, int] = field(default_factory=dict)
    payload: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _shown: Counter[str] = field(default_factory=Counter)

    def find(self, code: str, subject: str, expected: str = "", found: str = "") -> None:
        """Note a finding; of one kind only the first 20 are spelled out, the rest is counted."""
        self._shown[code] += 1
        if self._shown[code] <= SHOWN_LIMIT:
            self.findings.append(Finding(Layer.FILES, code, subject, expected, found))

    def close_counts(self) -> None:
        """Say how many were not spelled out."""
        for code, count in sorted(self._shown.items()):
            if count > SHOWN_LIMIT:
                more = str(count - SHOWN_LIMIT)
                self.findings.append(Finding(Layer.FILES, "too-many", code, str(SHOWN_LIMIT), more))

    @property
    def declared(self) -> dict[str, str]:
        """All files with a promised SHA-256 that really are there."""
        both = {**self.payload, **self.tags}
        return {name: sha256 for name, sha256 in both.items() if name in self.sizes}


def read_bag(root: Path) -> Bag:
    """Look at a folder and its manifests; hashes nothing yet.

    Raises FOLDER_UNREADABLE when it is no folder, can't be listed, or is nothing like a bag.
    """
    bag = Bag(root)
    try:
        if not stat.S_ISDIR(root.stat().st_mode):
            raise Unreadable(Code.FOLDER_UNREADABLE, path=str(root), reason="not-a-folder")
        _list(bag)
    except OSError as error:
        raise Unreadable(Code.FOLDER_UNREADABLE, path=str(root), reason=str(error.strerror)) from error
    if "bagit.txt" not in bag.sizes and MANIFEST not in bag.sizes:
        raise Unreadable(Code.FOLDER_UNREADABLE, path=str(root), reason="no-case-folder")
    _declaration(bag)
    _payload_manifest(bag)
    _tag_manifest(bag)
    _info(bag)
    if "fetch.txt" in bag.sizes:
        bag.find("fetch-present", "fetch.txt")
    return bag


def _list(bag: Bag) -> None:
    keys: dict[str, str] = {}
    for path, entry in _walk(bag.root, ""):
        if len(bag.sizes) >= ENTRY_LIMIT:
            bag.find("too-many", "files", str(ENTRY_LIMIT))
            return
        name = path.encode("utf-8", "replace").decode()
        reason = unsafe_because(path)
        if reason:
            bag.find("name-unsafe", name.encode("unicode_escape").decode(), found=reason)
            continue
        twin = keys.setdefault(look_alike_key(path), path)
        if twin != path:
            bag.find("name-twins", path, found=twin)
        if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            bag.find("not-regular", path)
            continue
        bag.sizes[path] = entry.stat(follow_symlinks=False).st_size


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [(folder, prefix)]
    while waiting:
        here, lead = waiting.pop()
        with os.scandir(here) as entries:
            for entry in sorted(entries, key=lambda found: found.name):
                path = lead + entry.name
                if entry.is_dir(follow_symlinks=False) and not unsafe_because(path):
                    waiting.append((Path(entry.path), path + "/"))
                else:
                    yield path, entry


def _read(bag: Bag, name: str, limit: int) -> bytes | None:
    """A small tag file as a whole, or None (with a finding) when it is missing or too large."""
    if name not in bag.sizes:
        return None
    if bag.sizes[name] > limit:
        bag.find("manifest-too-large", name, str(limit), str(bag.sizes[name]))
        return None
    try:
        with os.fdopen(open_regular(bag.root / name), "rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        bag.find("not-regular", name, found=str(error))
        return None


def _declaration(bag: Bag) -> None:
    content = _read(bag, "bagit.txt", LINE_LIMIT)
    if content is None or content.replace(b"\r\n", b"\n").strip() != DECLARATION.strip():
        found = "" if content is None else content[:80].decode("utf-8", "replace")
        bag.find("bag-declaration", "bagit.txt", DECLARATION.decode().strip(), found)


def _payload_manifest(bag: Bag) -> None:
    if MANIFEST not in bag.sizes:
        weak = [name for name in bag.sizes if name.startswith("manifest-") and name.endswith(".txt")]
        for name in weak:
            bag.find("manifest-weak", name, MANIFEST)
        if not weak:
            bag.find("manifest-missing", MANIFEST)
        return
    bag.payload = _entries(bag, MANIFEST, payload=True)
    present = {name for name in bag.sizes if name.startswith("data/")}
    for name in sorted(bag.payload.keys() - present):
        bag.find("file-missing", name, bag.payload[name])
    for name in sorted(present - bag.payload.keys()):
        bag.find("file-extra", name)


def _tag_manifest(bag: Bag) -> None:
    if TAG_MANIFEST not in bag.sizes:
        bag.find("manifest-missing", TAG_MANIFEST)
    else:
        bag.tags = _entries(bag, TAG_MANIFEST, payload=False)
    present = {name for name in bag.sizes if not name.startswith("data/")}
    for name in sorted(bag.tags.keys() - present):
        bag.find("file-missing", name, bag.tags[name])
    for name in sorted(present - bag.tags.keys() - {TAG_MANIFEST}):
        bag.find("file-not-covered", name)


def _entries(bag: Bag, manifest: str, *, payload: bool) -> dict[str, str]:
    """Promised hashes by file name; bad lines become findings."""
    entries: dict[str, str] = {}
    by_normal_form = _normal_forms(bag)
    content = _read(bag, manifest, MANIFEST_LIMIT)
    if content is None:
        return entries
    for number, raw in enumerate(_lines(content), start=1):
        if not raw:
            continue
        name = _entry_name(raw)
        if name is None or unsafe_because(name) or name.startswith("data/") is not payload:
            bag.find("manifest-line", f"{manifest}:{number}", found=raw[:80].decode("utf-8", "replace"))
            continue
        if name not in bag.sizes:
            # Some systems store names in another normal form than they were given.
            name = by_normal_form.get(unicodedata.normalize("NFC", name), name)
        sha256 = raw[:64].decode("ascii").lower()
        if entries.setdefault(name, sha256) != sha256:
            bag.find("manifest-line", f"{manifest}:{number}", entries[name], sha256)
        if len(entries) > ENTRY_LIMIT:
            bag.find("manifest-too-large", manifest, str(ENTRY_LIMIT))
            break
    return entries


def _lines(content: bytes) -> Iterator[bytes]:
    """Lines without their ends, one at a time: a manifest may claim a million files."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        yield content[start:end].removesuffix(b"\r")
        start = end + 1


def _entry_name(raw: bytes) -> str | None:
    if len(raw) > LINE_LIMIT:
        return None
    match = _ENTRY.fullmatch(raw)
    if match is None:
        return None
    try:
        name = match[2].decode("utf-8")
    except UnicodeDecodeError:
        return None
    name = re.sub("%0A|%0D|%25", lambda found: _ESCAPES[found[0].upper()], name, flags=re.IGNORECASE)
    return name.removeprefix("./")


def _normal_forms(bag: Bag) -> dict[str, str]:
    """Names by their NFC form, where only one has that form."""
    forms = Counter(unicodedata.normalize("NFC", name) for name in bag.sizes)
    return {normal: name for name in bag.sizes if forms[normal := unicodedata.normalize("NFC", name)] == 1}


def _info(bag: Bag) -> None:
    content = _read(bag, "bag-info.txt", INFO_LIMIT)
    if content is None:
        bag.find("bag-info", "bag-info.txt")
        return
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        bag.find("bag-info", "bag-info.txt", found="UTF-8")
        return
    promised = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("payload-oxum:")]
    payload = [size for name, size in bag.sizes.items() if name.startswith("data/")]
    actual = f"{sum(payload)}.{len(payload)}"
    if promised != [actual]:
        bag.find("payload-oxum", "bag-info.txt", ", ".join(promised)[:80], actual)
