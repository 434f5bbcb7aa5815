"""The services of the people's cards, in memory."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

from evidencedesk.domain.card_remark import CardRemark
from evidencedesk.domain.case import (
    Attachment,
    CaseFile,
    CollectorCard,
    Document,
    FollowUp,
    FollowUpDetails,
    TakenIn,
)
from evidencedesk.domain.errors import Known
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.sighting import Sighting


class FakePeople:
    """What a desk in memory knows about people; photos stay where they are."""

    files: dict[str, CaseFile]
    clock: Moment

    def __init__(self) -> None:
        self.sightings: tuple[Sighting, ...] = ()
        self.asked_about: list[tuple[CollectorCard, str]] = []
        self.remarks: tuple[CardRemark, ...] = ()
        self.photo_error: Known | None = None
        self.photo_bytes: dict[str, bytes] = {}
        self.photo_paths: dict[str, Path] = {}
        self._people_numbers = itertools.count(1)

    def card_remarks(self, card: CollectorCard, day: date) -> tuple[CardRemark, ...]:
        return tuple(one for one in self.remarks if getattr(card, one.field))

    def recognise(self, card: CollectorCard, but_not: str) -> tuple[Sighting, ...]:
        self.asked_about.append((card, but_not))
        return self.sightings

    def attach_photo(
        self, case_id: str, encounter: str, path: Path, collector: str, document: Document | None
    ) -> Attachment:
        kept = self._attach(case_id, encounter, path.name, path.read_bytes(), collector, document)
        self.photo_paths[kept.id] = path
        return kept

    def attach_picture(
        self, case_id: str, encounter: str, name: str, data: bytes, collector: str, document: Document | None
    ) -> Attachment:
        return self._attach(case_id, encounter, name, data, collector, document)

    def kept_place(self, kept: TakenIn) -> Path:
        return self.photo_paths.get(kept.id, Path(kept.stored_name))

    def describe_encounter(
        self, case_id: str, encounter: str, present: int | None, agreed: bool | None
    ) -> None:
        self._write()
        file = self.files[case_id]
        encounters = tuple(
            replace(one, present=present, agreed=agreed) if one.id == encounter else one
            for one in file.encounters
        )
        self.files[case_id] = replace(file, encounters=encounters)

    def log_follow_up(
        self,
        case_id: str,
        details: FollowUpDetails,
        encounter: str | None = None,
        recording: str | None = None,
        at_ms: int | None = None,
        collector: str | None = None,
    ) -> FollowUp:
        self._write()
        number = f"f-{next(self._people_numbers):08}"
        step = FollowUp(number, case_id, encounter, recording, at_ms, collector, details, self.clock)
        file = self.files[case_id]
        self.files[case_id] = replace(file, follow_ups=(*file.follow_ups, step))
        return step

    def change_follow_up(self, case_id: str, follow_up_id: str, details: FollowUpDetails) -> None:
        self._write()
        file = self.files[case_id]
        steps = tuple(
            replace(f, details=details, changed=True) if f.id == follow_up_id else f for f in file.follow_ups
        )
        self.files[case_id] = replace(file, follow_ups=steps)

    def withdraw_follow_up(self, case_id: str, follow_up_id: str) -> None:
        self._write()
        file = self.files[case_id]
        steps = tuple(replace(f, withdrawn=True) if f.id == follow_up_id else f for f in file.follow_ups)
        self.files[case_id] = replace(file, follow_ups=steps)

    def _attach(
        self, case_id: str, encounter: str, name: str, data: bytes, collector: str, document: Document | None
    ) -> Attachment:
        if self.photo_error is not None:
            raise self.photo_error
        kept = Attachment(
            f"a-{next(self._people_numbers):08}",
            case_id,
            encounter,
            name,
            name,
            len(data),
            hashlib.sha256(data).hexdigest(),
            self.clock,
            collector=collector,
            document=document,
        )
        self.photo_bytes[kept.id] = data
        file = self.files[case_id]
        self.files[case_id] = replace(file, attachments=(*file.attachments, kept))
        return kept

    def _write(self) -> None:
        raise NotImplementedError
