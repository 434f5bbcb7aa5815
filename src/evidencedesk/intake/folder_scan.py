"""Look through a folder for what could belong to a case; nothing is opened but to compare."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.case import TakenIn
from evidencedesk.domain.errors import Code, WrongUse

MOST = 2_000
MOST_BYTES = 4 << 30
_TOLD_AT_MOST = 200
_TELL_EVERY = 50
_ENDINGS = {
    "picture": "jpg jpeg jpe png gif bmp webp heic heif avif tif tiff",
    "paper": "pdf doc docx xls xlsx csv txt wps et ofd rtf odt ods eml html htm",
    "sound": "mp3 m4a amr wav flac aac ogg opus wma 3gp mp4 mov avi mkv awb",
}
_GROUP_OF = {ending: group for group, endings in _ENDINGS.items() for ending in endings.split()}

Progress = Callable[[int, int], None]


class PassedBy(StrEnum):
    """Why something was not offered."""

    LINK = "link"
    NOT_A_FILE = "not-a-file"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that could belong to the case; ``already`` is the id of the same bytes in it."""

    path: Path
    place: str
    group: str
    file_bytes: int
    modified: datetime
    already: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that was not offered, and why."""

    place: str
    why: PassedBy


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a folder has, the latest first.

    ``others`` counts files of other forms; ``more`` is true when there are too many to offer.
    """

    folder: Path
    candidates: tuple[Candidate, ...] = ()
    passed: tuple[Passed, ...] = ()
    others: int = 0
    more: bool = False


def scan(
    folder: Path, known: Collection[TakenIn], progress: Progress, cancelled: Callable[[], bool]
) -> Scanned:
    """Look through a folder and those in it; links are not followed.

    ``progress`` is told how many files were seen and how many offered. Raises FILE_UNREADABLE, CANCELLED.
    """
    search = _Search(folder, known)
    try:
        first = list(os.scandir(folder))
    except OSError as error:
        detail = str(error.strerror or error)
        raise WrongUse(Code.FILE_UNREADABLE, path=str(folder), detail=detail) from error
    for seen, entry in enumerate(search.entries(first)):
        if cancelled():
            raise WrongUse(Code.CANCELLED)
        if seen % _TELL_EVERY == 0:
            progress(seen, len(search.candidates))
        search.look_at(entry)
        if len(search.candidates) > MOST:
            break
    return search.outcome()


class _Search:
    def __init__(self, folder: Path, known: Collection[TakenIn]) -> None:
        self._folder = folder
        self._by_length: dict[int, dict[str, str]] = {}
        for one in known:
            self._by_length.setdefault(one.file_bytes, {})[one.sha256] = one.id
        self.candidates: list[Candidate] = []
        self._passed: list[Passed] = []
        self._others = 0

    def entries(self, first: list[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
        """Everything that is no folder, folder by folder; what is hidden is nobody's evidence."""
        waiting = [first]
        while waiting:
            for entry in sorted(waiting.pop(), key=lambda one: one.name):
                if entry.name.startswith("."):
                    continue
                if not self._is_folder(entry):
                    yield entry
                    continue
                try:
                    with os.scandir(entry.path) as inner:
                        waiting.append(list(inner))
                except OSError:
                    self._pass(entry, PassedBy.UNREADABLE)

    def look_at(self, entry: os.DirEntry[str]) -> None:
        """Offer it, or remember why not."""
        group = _GROUP_OF.get(Path(entry.name).suffix.lower().lstrip("."))
        if group is None:
            self._others += 1
            return None
        try:
            if entry.is_symlink():
                return self._pass(entry, PassedBy.LINK)
            facts = entry.stat(follow_symlinks=False)
        except OSError:
            return self._pass(entry, PassedBy.UNREADABLE)
        if not stat.S_ISREG(facts.st_mode):
            return self._pass(entry, PassedBy.NOT_A_FILE)
        if facts.st_size > MOST_BYTES:
            return self._pass(entry, PassedBy.TOO_LARGE)
        if not os.access(entry.path, os.R_OK):
            return self._pass(entry, PassedBy.UNREADABLE)
        self.candidates.append(
            Candidate(
                Path(entry.path),
                str(Path(entry.path).relative_to(self._folder)),
                group,
                facts.st_size,
                _moment(facts.st_mtime),
                self._same(Path(entry.path), facts.st_size),
            )
        )
        return None

    def outcome(self) -> Scanned:
        ordered = sorted(self.candidates[:MOST], key=lambda one: (one.modified, one.place), reverse=True)
        more = len(self.candidates) > MOST
        return Scanned(self._folder, tuple(ordered), tuple(self._passed), self._others, more)

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir(follow_symlinks=False)
        except OSError:
            return False

    def _pass(self, entry: os.DirEntry[str], why: PassedBy) -> None:
        if len(self._passed) < _TOLD_AT_MOST:
            self._passed.append(Passed(str(Path(entry.path).relative_to(self._folder)), why))

    def _same(self, path: Path, length: int) -> str:
        alike = self._by_length.get(length)
        if not alike:
            return ""
        try:
            sha256, _ = hash_file(path)
        except OSError:
            return ""
        return alike.get(sha256, "")


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)
