"""Answers from memory about files that were taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidencedesk.domain.case import Attachment, CaseFile, TakenIn
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.taken import Taken
from evidencedesk.intake.folder_scan import Scanned
from evidencedesk.intake.preview import Look, NotShown, Trouble


@dataclass(kw_only=True)
class FakeFiles:
    """What the pages ask about files that were taken in.

    ``same`` names files whose bytes the case has already, by the id they have there.
    """

    file: CaseFile
    looks: dict[str, Look] = field(default_factory=dict)
    looked: list[tuple[str, int, int]] = field(default_factory=list)
    same: dict[str, str] = field(default_factory=dict)
    scanned: Scanned | None = None
    data_taken: dict[str, bytes] = field(default_factory=dict)

    def take_in(self, case_id: str, path: Path, encounter: str | None) -> TakenIn:
        raise NotImplementedError

    def _maybe_refuse(self) -> None:
        raise NotImplementedError

    def take_in_once(self, case_id: str, path: Path, encounter: str | None, *, again: bool = False) -> Taken:
        if path.name in self.same and not again:
            self._maybe_refuse()
            known = {one.id: one for one in self.file.taken_in}
            return Taken(known[self.same[path.name]], already=True)
        return Taken(self.take_in(case_id, path, encounter))

    def take_in_data(self, case_id: str, name: str, data: bytes, encounter: str | None) -> Taken:
        self.data_taken[name] = data
        return self.take_in_once(case_id, Path("/tmp") / name, encounter)

    def describe_attachment(self, case_id: str, told: Attachment) -> Attachment:
        self._maybe_refuse()
        if all(one.id != told.id for one in self.file.attachments):
            raise WrongUse(Code.UNKNOWN_ITEM, item=told.id)
        files = tuple(told if one.id == told.id else one for one in self.file.attachments)
        self.file = replace(self.file, attachments=files)
        return told

    def preview(self, kept: TakenIn, page: int, room: int) -> Look:
        self.looked.append((kept.id, page, room))
        return self.looks.get(kept.id, Look(NotShown(Trouble.UNKNOWN_FORM)))

    def scan_folder(
        self,
        case_id: str,
        folder: Path,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Scanned:
        self._maybe_refuse()
        progress(100, 7)
        if cancelled():
            raise WrongUse(Code.CANCELLED)
        return self.scanned or Scanned(folder)
