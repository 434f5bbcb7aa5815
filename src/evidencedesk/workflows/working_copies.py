"""Letters and templates of a locked library while another program changes them.

That program needs plain bytes at a path. They lie in a private folder of this session, and what became of
them is sealed again when it is asked for, and when the library is closed.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.kept import is_sealed, read_kept, write_kept
from evidencedesk.domain.errors import Known
from evidencedesk.system.private_temp import private_folder


@dataclass(slots=True)
class _Copy:
    path: Path
    seals_to: bytes
    sha256: str


class WorkingCopies:
    """Those of one process. May be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folders = ExitStack()
        self._copies: dict[Path, _Copy] = {}

    def open(self, kept: Path, seals_to: bytes | None) -> Path:
        """Where another program can change a file; the file itself while it is not sealed.

        A copy that is there already is what the user works on. Raises OSError, and VAULT_LOCKED.
        """
        if seals_to is None or not is_sealed(kept):
            return kept
        with self._lock:
            known = self._copies.get(kept)
            if known is not None and known.path.is_file():
                return known.path
            folder = self._folders.enter_context(private_folder())
            path = folder / kept.name
            path.touch(mode=0o600)
            path.write_bytes(read_kept(kept))
            self._copies[kept] = _Copy(path, seals_to, hash_file(path)[0])
            return path

    def take_back(self, kept: Path) -> None:
        """Seal what another program made of a copy, if it did. Raises OSError."""
        with self._lock:
            self._take_back(kept)

    def put_away(self, kept: Path) -> None:
        """The same, and the copy goes. Raises OSError."""
        with self._lock:
            self._take_back(kept)
            copy = self._copies.pop(kept, None)
            if copy is not None:
                copy.path.unlink(missing_ok=True)

    def close(self) -> None:
        """All of them, when the library is closed. What can't be sealed is lost with its folder."""
        with self._lock:
            for kept in list(self._copies):
                with suppress(OSError, Known):
                    self._take_back(kept)
            self._copies.clear()
            self._folders.close()

    def _take_back(self, kept: Path) -> None:
        copy = self._copies.get(kept)
        if copy is None or not copy.path.is_file():
            return
        sha256, _ = hash_file(copy.path)
        if sha256 != copy.sha256:
            write_kept(kept, copy.path.read_bytes(), copy.seals_to)
            copy.sha256 = sha256


WORKING_COPIES = WorkingCopies()
