"""Add time stamps over a folder's signature to a folder that was exported before they came."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from evidencedesk.custody.cms import SIGNATURE_LIMIT
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.manifests import manifest_line
from evidencedesk.custody.signature_files import SIGNATURE_FILE, SIGNED_LIST, made_after_the_tag_manifest
from evidencedesk.domain.errors import Code, Unreadable, WrongUse
from evidencedesk.export.stamps import answer_files, authority_files
from evidencedesk.store.stamp_files import StampFiles
from evidencedesk.system.durable import create_folder, disk_failure, write_atomic

# Two authorities may answer at once, and each answer adds a line to the same list.
_one_at_a_time = threading.Lock()
_FILE_LIMIT = 16 * 1024 * 1024
_LISTED = re.compile(r"([0-9a-f]{64})  (signatures/.+)")


def folder_signature(folder: Path) -> bytes:
    """The signature of an exported folder. Raises NOTHING_TO_STAMP, FOLDER_UNREADABLE."""
    try:
        return _content(folder / SIGNATURE_FILE, SIGNATURE_LIMIT)
    except FileNotFoundError as error:
        raise WrongUse(Code.NOTHING_TO_STAMP, path=str(folder)) from error
    except (OSError, ValueError) as error:
        raise Unreadable(Code.FOLDER_UNREADABLE, path=str(folder), reason=str(error)) from error


def add_to_folder(library: Path, folder: Path, case_id: str, authorities: Iterable[str]) -> tuple[str, ...]:
    """Put the library's answers over a folder's signature into it; the result names the new files.

    A folder that is gone, or is not the one that was signed, is left alone. Raises what the disk says.
    """
    try:
        signature = folder_signature(folder)
    except (WrongUse, Unreadable):
        return ()
    files = StampFiles(library)
    imprint = hashlib.sha256(signature).hexdigest()
    new: dict[str, bytes] = {}
    for authority in authorities:
        kept = files.answer(case_id, imprint, authority)
        if kept is not None:
            new |= answer_files(SIGNATURE_FILE, authority, kept)
            new |= authority_files(authority, files.authority_files(authority))
    return put_into_folder(folder, new)


def put_into_folder(folder: Path, new: Mapping[str, bytes]) -> tuple[str, ...]:
    """Add files that no tag manifest names, and bring their list up to date.

    Nothing that is signed is touched. An answer that is there is never replaced. Raises what the disk says.
    """
    with _one_at_a_time:
        return _put(folder, new)


def _put(folder: Path, new: Mapping[str, bytes]) -> tuple[str, ...]:
    added = []
    try:
        listed = _listed(folder)
        for name, wanted in sorted(new.items()):
            if not made_after_the_tag_manifest(name) or name == SIGNED_LIST:
                raise ValueError(name)
            _require_no_link(folder, name)
            content = _kept(folder / name, wanted)
            if content is None:
                create_folder((folder / name).parent)
                write_atomic(folder / name, wanted)
                added.append(name)
            listed[name] = hashlib.sha256(wanted if content is None else content).hexdigest()
        lines = b"".join(manifest_line(listed[name], name) for name in sorted(listed, key=str.encode))
        if new and _old_list(folder) != lines:
            write_atomic(folder / SIGNED_LIST, lines)
    except OSError as error:
        raise disk_failure(error, folder) from error
    return tuple(added)


def _kept(path: Path, wanted: bytes) -> bytes | None:
    """What is there and stays: the same, or an answer that came before."""
    try:
        content = _content(path, _FILE_LIMIT)
    except FileNotFoundError:
        return None
    return content if content == wanted or path.suffix in (".tsq", ".tsr") else None


def _listed(folder: Path) -> dict[str, str]:
    """What the list names so far. What it does not name is not taken in: somebody else put it there."""
    lines = _old_list(folder).decode("utf-8", "replace").split("\n")
    return {match[2]: match[1] for match in map(_LISTED.fullmatch, lines) if match}


def _old_list(folder: Path) -> bytes:
    with suppress(FileNotFoundError, ValueError):
        return _content(folder / SIGNED_LIST, _FILE_LIMIT)
    return b""


def _require_no_link(folder: Path, name: str) -> None:
    place = folder
    for part in Path(name).parts:
        place /= part
        if place.is_symlink():
            raise OSError(f"a link: {name}")


def _content(path: Path, limit: int) -> bytes:
    with os.fdopen(open_regular(path), "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError("too large")
    return content
