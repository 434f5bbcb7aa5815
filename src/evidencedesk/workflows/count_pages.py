"""Count the printed pages of files of a case. Strangers' files are opened by a process of its own."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from evidencedesk.capture.children import child_command
from evidencedesk.custody.kept import open_kept
from evidencedesk.custody.plain_copy import plain_for_child
from evidencedesk.domain.errors import Known
from evidencedesk.intake.page_count import HEAD_BYTES, PDF, is_picture

_SECONDS = 20.0
_AT_ONCE = 50
_BYTES_AT_ONCE = 200_000_000
_LONGEST_NUMBER = 9


class PageCounts:
    """Counts files, and remembers what never changes: a file that was taken in."""

    def __init__(self) -> None:
        self._known: dict[str, int | None] = {}
        self._turn = threading.Lock()

    def of(self, files: Sequence[tuple[str, Path]]) -> dict[str, int]:
        """The pages of files named by their SHA-256; those that nobody can count are left out."""
        with self._turn:
            new = {sha256: path for sha256, path in files if sha256 not in self._known}
            documents: list[tuple[str, Path]] = []
            for sha256, path in new.items():
                head = _head(path)
                self._known[sha256] = 1 if is_picture(head) else None
                if PDF in head:
                    documents.append((sha256, path))
            for part in _portions(documents):
                counts = _count([path for _, path in part])
                self._known.update(zip((sha256 for sha256, _ in part), counts, strict=True))
            return {sha256: count for sha256, _ in files if (count := self._known[sha256]) is not None}


def _portions(documents: Sequence[tuple[str, Path]]) -> Iterator[list[tuple[str, Path]]]:
    """What one process gets: of sealed files it gets copies in memory, so not too much of them."""
    part: list[tuple[str, Path]] = []
    room = _BYTES_AT_ONCE
    for sha256, path in documents:
        length = path.stat().st_size if path.exists() else 0
        if part and (room < length or len(part) == _AT_ONCE):
            yield part
            part, room = [], _BYTES_AT_ONCE
        part.append((sha256, path))
        room -= length
    if part:
        yield part


def _count(paths: Sequence[Path]) -> list[int | None]:
    """Count PDFs; one that kills the process is passed over, and the rest goes to another."""
    counts: list[int | None] = []
    while len(counts) < len(paths):
        said = _ask(paths[len(counts) :])
        counts += said
        if len(counts) < len(paths):
            counts.append(None)
    return counts


def _ask(paths: Sequence[Path]) -> list[int | None]:
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        with ExitStack() as stack:
            given = [stack.enter_context(plain_for_child(path.absolute())) for path in paths]
            done = subprocess.run(
                child_command("pages", *(str(one.path) for one in given)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
                creationflags=flags,
                pass_fds=tuple(descriptor for one in given for descriptor in one.pass_fds),
            )
            said = done.stdout
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
    except (OSError, Known):
        return []
    whole = said.decode("ascii", "replace").split("\n")[:-1]
    return [_number(line) for line in whole[: len(paths)]]


def _number(line: str) -> int | None:
    return int(line) if line.isdigit() and len(line) <= _LONGEST_NUMBER else None


def _head(path: Path) -> bytes:
    try:
        with open_kept(path) as file:
            return file.read(HEAD_BYTES)
    except (OSError, Known):
        return b""
