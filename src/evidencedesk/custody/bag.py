"""A strict reader for BagIt folders (RFC 8493) that trusts nothing it finds.

It opens regular files only, follows no link, fetches nothing, and its memory is bounded whatever the
folder says about itself (RFC 8493 sections 5.1 to 5.4, 6.1).
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.manifests import LINE_LIMIT, MANIFEST, TAG_MANIFEST, read_manifest
from evidencedesk.custody.names import look_alike_key, unsafe_because
from evidencedesk.custody.signature_files import SIGNED_LIST, made_after_the_tag_manifest
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.finding import Finding, Layer

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST_LIMIT = 256 * 1024 * 1024
INFO_LIMIT = 1024 * 1024
ENTRY_LIMIT = 200_000
SHOWN_LIMIT = 20
_OTHER_MANIFEST = re.compile(r"(tag)?manifest-[^/]*\.txt")
_INFO_LINE = re.compile(r"[^\s:][^:]*:.*|[ \t].*")


@dataclass
class Bag:
    """What a folder holds and what its manifests say; ``findings`` names every disagreement.

    ``sizes`` has the regular files with safe names. ``payload`` and ``tags`` have the promised SHA-256
    of those that a manifest names, ``signed`` that of those in ``signatures/`` that no manifest can name.
    """

    root: Path
    sizes: dict[str, int] = field(default_factory=dict)
    payload: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _refused: set[str] = field(default_factory=set)
    _shown: Counter[str] = field(default_factory=Counter)

    def find(self, code: str, subject: str, expected: str = "", found: str = "") -> None:
        """Note a finding; of one kind only the first 20 are spelled out, the rest is counted."""
        if code == "file-missing" and subject in self._refused:
            return  # it is there, and it was named as something that is not opened
        self._shown[code] += 1
        if self._shown[code] <= SHOWN_LIMIT:
            self.findings.append(Finding(Layer.FILES, code, subject, expected, found))

    def refuse(self, path: str, found: str = "") -> None:
        """Note something that is not a plain file; it is never opened."""
        self._refused.add(path)
        self.find("not-regular", path, found=found)

    def close_counts(self) -> None:
        """Say how many were not spelled out."""
        for code, count in sorted(self._shown.items()):
            if count > SHOWN_LIMIT:
                more = str(count - SHOWN_LIMIT)
                self.findings.append(Finding(Layer.FILES, "too-many", code, str(SHOWN_LIMIT), more))


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
    except ValueError as error:  # a NUL in the path
        raise Unreadable(Code.FOLDER_UNREADABLE, path=repr(str(root)), reason=str(error)) from error
    if not any(name == "bagit.txt" or _OTHER_MANIFEST.fullmatch(name) for name in bag.sizes):
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
    for count, (path, entry) in enumerate(_walk(bag)):
        if count >= ENTRY_LIMIT:
            bag.find("too-many", "files", str(ENTRY_LIMIT))
            return
        reason = unsafe_because(path)
        if reason:
            bag.find("name-unsafe", path, found=reason)
            continue
        twin = keys.setdefault(look_alike_key(path), path)
        if twin != path:
            bag.find("name-twins", path, found=twin)
        if entry.is_dir(follow_symlinks=False):
            continue
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError as error:
            bag.refuse(path, str(error.strerror))
            continue
        if stat.S_ISREG(facts.st_mode):
            bag.sizes[path] = facts.st_size
        else:
            bag.refuse(path)


def _walk(bag: Bag) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything in the folder by its path with ``/``; no link is followed."""
    waiting = [(bag.root, "")]
    while waiting:
        here, lead = waiting.pop()
        try:
            with os.scandir(here) as found:
                entries = sorted(islice(found, ENTRY_LIMIT + 1), key=lambda entry: entry.name)
        except OSError as error:
            if not lead:
                raise
            bag.refuse(lead.removesuffix("/"), str(error.strerror))
            continue
        for entry in entries:
            path = lead + entry.name
            yield path, entry
            if entry.is_dir(follow_symlinks=False) and not unsafe_because(path):
                waiting.append((Path(entry.path), path + "/"))


def _read(bag: Bag, name: str, limit: int) -> bytes | None:
    """A small tag file as a whole, or None (with a finding) when it can't be read or is too large."""
    if bag.sizes[name] > limit:
        bag.find("manifest-too-large", name, str(limit), str(bag.sizes[name]))
        return None
    try:
        with os.fdopen(open_regular(bag.root / name), "rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        bag.refuse(name, str(error.strerror or error))
        return None


def _declaration(bag: Bag) -> None:
    content = _read(bag, "bagit.txt", LINE_LIMIT) if "bagit.txt" in bag.sizes else None
    if content is None or content.replace(b"\r\n", b"\n").rstrip(b"\n") != DECLARATION.rstrip(b"\n"):
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
    present = {name for name in bag.sizes if name.startswith("data/")}
    bag.payload = _entries(bag, MANIFEST, present)
    for name in sorted(present - bag.payload.keys()):
        bag.find("file-extra", name)


def _tag_manifest(bag: Bag) -> None:
    present = {name for name in bag.sizes if not name.startswith("data/")}
    if TAG_MANIFEST not in bag.sizes:
        bag.find("manifest-missing", TAG_MANIFEST)
    else:
        bag.tags = _entries(bag, TAG_MANIFEST, present)
    later = {name for name in present if made_after_the_tag_manifest(name)} - {SIGNED_LIST}
    if SIGNED_LIST in bag.sizes:
        bag.signed = _entries(bag, SIGNED_LIST, later)
        present -= bag.signed.keys() | {SIGNED_LIST}
    elif later:
        bag.find("manifest-missing", SIGNED_LIST)
    for name in sorted(present - bag.tags.keys() - {TAG_MANIFEST}):
        bag.find("file-not-covered", name)


def _entries(bag: Bag, manifest: str, present: set[str]) -> dict[str, str]:
    if bag.sizes[manifest] > MANIFEST_LIMIT:
        bag.find("manifest-too-large", manifest, str(MANIFEST_LIMIT), str(bag.sizes[manifest]))
        return {}
    try:
        return read_manifest(bag.root, manifest, present, bag.find)
    except OSError as error:
        bag.refuse(manifest, str(error.strerror or error))
        return {}


def _info(bag: Bag) -> None:
    if "bag-info.txt" not in bag.sizes:
        bag.find("bag-info", "bag-info.txt")
        return
    content = _read(bag, "bag-info.txt", INFO_LIMIT)
    if content is None:
        return
    try:
        lines = content.decode("utf-8").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        bag.find("bag-info", "bag-info.txt", found="UTF-8")
        return
    for number, line in enumerate(lines, start=1):
        if line and (len(line) > LINE_LIMIT or not _INFO_LINE.fullmatch(line)):
            bag.find("bag-info", f"bag-info.txt:{number}", found=line[:80])
    promised = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("payload-oxum:")]
    payload = [size for name, size in bag.sizes.items() if name.startswith("data/")]
    actual = f"{sum(payload)}.{len(payload)}"
    if promised != [actual]:
        bag.find("payload-oxum", "bag-info.txt", ", ".join(promised)[:80], actual)
