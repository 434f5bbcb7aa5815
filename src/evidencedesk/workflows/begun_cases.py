"""Cases that were begun while the library was locked: the journal hears of them when it can be written.

What it is to say first stands beside the recording, in ``begun-locked.json``: a title and a time, nothing
that a locked library keeps.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path

from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import is_id
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import PULSE_FILE
from evidencedesk.system.durable import create_folder, disk_failure, write_atomic
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.plain_text import one_line

BEGUN_FILE = "begun-locked.json"


def leave_word(folder: Path, title: str, encounter: str, mode: Mode, opened: Moment) -> None:
    """Say what a new case is to be called, what is in it, and when it began.

    Raises EMPTY_TEXT and what the disk says.
    """
    word = {
        "title": one_line(title, required=True),
        "encounter": encounter,
        "mode": mode.value,
        "opened": asdict(opened),
    }
    try:
        create_folder(folder)
        write_atomic(folder / BEGUN_FILE, json.dumps(word).encode() + b"\n")
    except OSError as error:
        raise disk_failure(error, folder) from error


def open_begun_cases(desk: Desk) -> tuple[str, ...]:
    """Open the cases of what was recorded before unlocking; their ids. Raises what the disk says.

    To be done before anything is recovered. Can be interrupted and repeated.
    """
    if desk.vault is None or desk.vault.facts() is None:
        return ()
    opened = []
    try:
        for path in sorted((desk.library / "cases").glob(f"*/{BEGUN_FILE}")):
            folder = path.parent
            if not is_id(folder.name):
                continue  # not of our making
            if not _known(desk, folder.name):
                if not any(folder.glob(f"recordings/*/{PULSE_FILE}")):
                    take_away(folder)  # cut off before the first sound
                    continue
                events, moment = _word(path)
                desk.store.append(folder.name, events, moment)
                opened.append(folder.name)
            path.unlink()
    except OSError as error:
        raise disk_failure(error, desk.library) from error
    return tuple(opened)


def take_away(folder: Path) -> None:
    """Nothing was recorded there. While anything is, all of it stays."""
    recordings = folder / "recordings"
    with contextlib.suppress(OSError):
        if recordings.exists():
            recordings.rmdir()
        (folder / BEGUN_FILE).unlink(missing_ok=True)
        folder.rmdir()


def _word(path: Path) -> tuple[list[tuple[EventType, dict[str, str]]], Moment | None]:
    """What the journal is to be told first. Words that were tampered with keep the library from nothing."""
    try:
        told = json.loads(path.read_bytes())
        moment = Moment(**told["opened"])
        title = one_line(str(told["title"]), required=True)
        encounter = {"encounter": str(told["encounter"]), "mode": Mode(told["mode"]).value}
        if not is_id(encounter["encounter"]):
            raise ValueError(encounter)  # noqa: TRY301 - one way out for all that is wrong
    except (ValueError, TypeError, KeyError, Known):
        # The recording's own pulses tell when it began, and what it is.
        return [(EventType.CASE_OPENED, _names(path.parent.name))], None
    return [(EventType.CASE_OPENED, _names(title)), (EventType.ENCOUNTER_OPENED, encounter)], moment


def _names(title: str) -> dict[str, str]:
    return {"title": title, "creditor": "", "contract": ""}


def _known(desk: Desk, case_id: str) -> bool:
    try:
        desk.store.find_case(case_id)
    except WrongUse as error:
        if error.code is not Code.UNKNOWN_CASE:
            raise
        return False
    return True
