"""A file of a library changes between sealed and plain: as a whole, and compared before it counts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from evidencedesk.custody.hashing import BUFFER_BYTES, open_regular
from evidencedesk.custody.kept import create_kept, hash_kept, open_kept, write_all
from evidencedesk.custody.sealed_format import HEADER_BYTES, read_header, vault_name
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.durable import fsync_folder
from evidencedesk.system.read_only import make_removable

PARTIAL = ".form.partial"

OnBytes = Callable[[int], None]


def sealed_to(path: Path, public: bytes) -> bool:
    """Whether a file is sealed to this vault; one of another vault is as good as any other file.

    Raises OSError.
    """
    with os.fdopen(open_regular(path), "rb") as file:
        header = read_header(file.read(HEADER_BYTES))
    return header is not None and header.vault == vault_name(public)


def change_form(path: Path, target: Path, seals_to: bytes | None, on_bytes: OnBytes) -> bool:
    """Write a file's plain bytes anew beside it, sealed or not, compare, and let it take the place.

    Times and rights stay. With another name for ``target`` the old file goes last; both may be there after a
    crash. False for a file that another program changed meanwhile: nothing was done then. The ring must have
    the vault's key. Raises VAULT_FILE_DIFFERS, OSError, and what ``open_kept``
    raises; then the old one stands.
    """
    partial = target.with_name(f".{target.name}{PARTIAL}")
    partial.unlink(missing_ok=True)
    facts = path.stat()
    digest = hashlib.sha256()
    writer = create_kept(partial, seals_to)
    try:
        # What is to be sealed is read as it is: a file that was taken in may look like a sealed one.
        source = os.fdopen(open_regular(path), "rb") if seals_to is not None else open_kept(path)
        with source:
            while piece := source.read(BUFFER_BYTES):
                digest.update(piece)
                write_all(writer, piece)
                on_bytes(len(piece))
        writer.finish()
        _require_same(partial, digest.hexdigest(), path, sealed=seals_to is not None)
        os.utime(partial, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        partial.chmod(facts.st_mode & 0o777)
        if _marks(path.stat()) != _marks(facts):
            partial.unlink()
            return False
        make_removable(target)
        partial.replace(target)
    except BaseException:
        writer.abandon()
        partial.unlink(missing_ok=True)
        raise
    fsync_folder(target.parent)
    if target != path:
        make_removable(path)
        path.unlink()
        fsync_folder(path.parent)
    return True


def _marks(facts: os.stat_result) -> tuple[int, int, int]:
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def _require_same(made: Path, sha256: str, path: Path, *, sealed: bool) -> None:
    if sealed:
        found, _ = hash_kept(made)
    else:
        digest = hashlib.sha256()
        with os.fdopen(open_regular(made), "rb") as file:
            while piece := file.read(BUFFER_BYTES):
                digest.update(piece)
        found = digest.hexdigest()
    if found != sha256:
        raise MachineFailure(Code.VAULT_FILE_DIFFERS, path=str(path))
