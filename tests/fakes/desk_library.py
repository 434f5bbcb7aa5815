"""Answers from memory about many cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from evidencedesk.domain.case import Case, CaseFile, CaseSummary
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.ui.cases.services import Origin
from evidencedesk.ui.settings.library_presenter import Cancelled, Doing, LibraryFacts, Outcome, Progress


@dataclass(frozen=True)
class FakeArrival:
    """A case that was taken in."""

    case: Case
    new_entries: int = 12
    entries_beyond: int = 0


class FakeLibrary:
    """What the pages ask about many cases."""

    file: CaseFile
    summaries: tuple[CaseSummary, ...]
    came_from: tuple[Origin, ...] = ()
    beyond: int = 0

    def _maybe_refuse(self) -> None:
        raise NotImplementedError

    def archive_case(self, case_id: str, *, archived: bool) -> None:
        self._maybe_refuse()
        self.summaries = tuple(
            replace(one, case=replace(one.case, archived=archived)) if one.case.id == case_id else one
            for one in self.summaries
        )
        if self.file.case.id == case_id:
            self.file = replace(self.file, case=replace(self.file.case, archived=archived))

    def import_case(
        self, path: Path, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> FakeArrival:
        self._maybe_refuse()
        progress(1, 2)
        if cancelled():
            raise WrongUse(Code.CANCELLED)
        progress(2, 2)
        return FakeArrival(self.file.case, 0 if self.beyond else 12, self.beyond)

    def origins(self, case_id: str) -> tuple[Origin, ...]:
        return self.came_from if case_id == self.file.case.id else ()


class FakeWholeLibrary:
    """What the settings page asks about the library as a whole."""

    def __init__(self) -> None:
        self.facts = LibraryFacts(
            Path("/home/user/.local/share/EvidenceDesk/library"),
            cases=1000,
            file_bytes=4_200_000_000,
            backed_up="2026-10-02 21:14",
            backup_path="/media/stick/EvidenceDesk-backup-20261002-211400.zip",
            days=54,
        )
        self.calls: list[tuple[object, ...]] = []
        self.refuse: Known | None = None
        self.differing = 0

    def library_facts(self) -> LibraryFacts:
        return self.facts

    def back_up(
        self,
        folder: Path,
        *,
        with_key: bool,
        receiver: str,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Outcome:
        self._work("back up", folder, with_key, receiver, progress=progress, cancelled=cancelled)
        return Outcome(Doing.BACKING_UP, folder / "kept.zip", 1000, 4_200_000_000, self.differing)

    def restore(
        self,
        file: Path,
        folder: Path,
        key_file: Path | None,
        passphrase: str,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Outcome:
        self._work("restore", file, folder, key_file, passphrase, progress=progress, cancelled=cancelled)
        return Outcome(Doing.RESTORING, folder, 1000)

    def move_library(self, folder: Path, progress: Progress, cancelled: Cancelled) -> Outcome:
        self._work("move", folder, progress=progress, cancelled=cancelled)
        return Outcome(Doing.MOVING, folder)

    def remove_old_library(self, progress: Progress, cancelled: Cancelled) -> Outcome:
        self._work("remove", progress=progress, cancelled=cancelled)
        self.facts = replace(self.facts, before="")
        return Outcome(Doing.REMOVING, Path("/old"), file_bytes=4_200_000_000)

    def use_library(self, folder: Path) -> None:
        self.calls.append(("use", folder))

    def _work(self, *call: object, progress: Progress, cancelled: Cancelled) -> None:
        self.calls.append(call)
        progress(1, 2, "cases/c-0000aaaa/recordings/r-0000aaaa/audio.flac")
        if cancelled():
            raise WrongUse(Code.CANCELLED)
        if self.refuse is not None:
            refuse, self.refuse = self.refuse, None
            raise refuse
