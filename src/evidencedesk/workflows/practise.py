"""A simulated visit, recorded as a real one would be, so that people try it before the day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evidencedesk.capture.repeated_sound import write_repeated
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Known
from evidencedesk.system.durable import create_folder, disk_failure
from evidencedesk.system.resources import resource
from evidencedesk.workflows.delete_practice import PRACTICE_FOLDER, remove_case
from evidencedesk.workflows.desk import Desk, nobody
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter

_TIMES = 9  # the visit lasts 20 s; three minutes are enough to look round


def practise(desk: Desk, title: str) -> RecordEncounter:
    """Begin to record the simulated visit into a case of its own, called ``title``.

    The same code as for a real one; its source is a file, so that everything it makes says that it is
    simulated. No authority is asked for time stamps. Raises what recording raises; then no case is left.
    """
    sound = _sound(desk.library / PRACTICE_FOLDER)
    case = open_case(desk, title)
    alone = replace(desk, authorities=nobody)
    try:
        return RecordEncounter.begin(alone, Mode.VISIT, f"file:{sound}", case.id, apart=True)
    except Known:
        remove_case(desk, case.id)
        raise


def _sound(folder: Path) -> Path:
    path = folder / "visit.flac"
    try:
        create_folder(folder)
        write_repeated(resource("demo", "visit.flac"), path, _TIMES)
    except OSError as error:
        raise disk_failure(error, path) from error
    return path
