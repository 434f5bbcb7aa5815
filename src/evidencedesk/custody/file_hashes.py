"""The SHA-256 of every file in a bag: computed once, compared with what the manifests promise."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from evidencedesk.custody.bag import Bag
from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.manifests import TAG_MANIFEST
from evidencedesk.custody.signature_files import SIGNED_LIST

HASH_THREADS = 2

Progress = Callable[[int, int], None]


class FileHashes:
    """SHA-256 by file name; a file that no manifest promises is hashed when somebody asks for it."""

    def __init__(self, bag: Bag, progress: Progress | None = None) -> None:
        self._bag = bag
        self._progress = progress
        self._lock = Lock()
        self._done = 0
        self._total = 0
        self._known: dict[str, str] = {}

    @property
    def count(self) -> int:
        """How many files were hashed."""
        return len(self._known)

    @property
    def byte_count(self) -> int:
        """How many bytes these files have."""
        return sum(self._bag.sizes[name] for name in self._known)

    def compare(self) -> None:
        """Hash every promised file and note each that is another.

        Two threads: hashing lets go of the interpreter's lock.
        """
        bag = self._bag
        promised = {**bag.payload, **bag.tags, **bag.signed}
        self._total = sum(bag.sizes[name] for name in promised)
        with ThreadPoolExecutor(HASH_THREADS, thread_name_prefix="verify") as pool:
            for name, found in pool.map(self._hash, sorted(promised)):
                code = "file-changed" if name in bag.payload else "tag-changed"
                expected = promised[name]
                if isinstance(found, OSError):
                    bag.find(code, name, expected, str(found.strerror or found))
                    continue
                self._known[name] = found
                if found != expected:
                    # Nothing vouches for these lists themselves: they may be what has changed.
                    source = "" if name in bag.payload else f" ({_list_of(bag, name)})"
                    bag.find(code, name, expected + source, found)

    def get(self, name: str) -> str | None:
        """SHA-256 of a file that is there and can be read; None for any other."""
        if name not in self._known and name in self._bag.sizes:
            found = self._hash(name)[1]
            if isinstance(found, str):
                self._known[name] = found
        return self._known.get(name)

    def _hash(self, name: str) -> tuple[str, str | OSError]:
        try:
            return name, hash_file(self._bag.root / name, self._tell)[0]
        except OSError as error:
            return name, error

    def _tell(self, count: int) -> None:
        if self._progress is None:
            return
        with self._lock:
            self._done += count
            self._progress(min(self._done, self._total), self._total)


def _list_of(bag: Bag, name: str) -> str:
    return TAG_MANIFEST if name in bag.tags else SIGNED_LIST
