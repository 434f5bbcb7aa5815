"""Cases that one computer hands over and another takes in: real recordings, real folders."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidencedesk.domain.case import Case, Mode
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.take_note import take_note

WORDS = Words("zh", resource("locale"))


@contextmanager
def computer(place: Path) -> Iterator[Desk]:
    """A library of its own."""
    with open_desk(place / "library", SystemClock()) as desk:
        yield desk


def record_case(desk: Desk, sound: Path) -> Case:
    """A case with one recorded visit, a note and a file."""
    case = open_case(desk, "来分期", "某某消费金融", "LFQ-2024-0831")
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id, apart=False)
    take_note(desk, case.id, "证件在车里", encounter.encounter, encounter.recording, 500)
    attach_file(desk, case.id, sound)
    while not encounter.finished:
        encounter.poll()
        time.sleep(0.02)
    return case


def hand_over(desk: Desk, case: Case, target: Path, *, zip_too: bool = False) -> Path:
    """The case folder."""
    return export_case(desk, case.id, target, WORDS, zip_too=zip_too).path
