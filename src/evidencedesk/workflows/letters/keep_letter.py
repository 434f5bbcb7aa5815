"""Keep a letter in its case, and say later that it was sent. Nothing is sent from here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from evidencedesk.domain.case import Attachment, AttachmentKind, FollowUp, FollowUpDetails, Progress
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.letter import STEP_OF, MadeLetter
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.private_temp import private_folder
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.kept_file import kept_file, safe_name
from evidencedesk.workflows.log_follow_up import change_follow_up, log_follow_up


def keep_letter(desk: Desk, case_id: str, made: MadeLetter, follow_up: str | None = None) -> Attachment:
    """Put a letter into the case, with the step it belongs to: the one named, or a new planned one.

    Raises UNKNOWN_CASE, UNKNOWN_ITEM, and what the disk says.
    """
    case = desk.store.find_case(case_id)
    if follow_up is not None:
        _step(desk, case.id, follow_up)
    with private_folder() as folder:
        path = folder / safe_name(made.name)
        try:
            path.write_bytes(made.content)
        except OSError as error:
            raise disk_failure(error, path) from error
        with kept_file(desk, case.id, path) as kept:
            step = follow_up or _planned(desk, case.id, made).id
            attachment = Attachment(
                id=kept.id,
                case=case.id,
                encounter=None,
                name=kept.name,
                stored_name=kept.stored_name,
                file_bytes=kept.file_bytes,
                sha256=kept.sha256,
                moment=desk.clock.now(),
                follow_up=step,
                kind=AttachmentKind.LETTER,
                template=made.template,
            )
            facts: dict[str, Any] = {
                "attachment": attachment.id,
                "encounter": None,
                "name": attachment.name,
                "stored_name": attachment.stored_name,
                "file_bytes": attachment.file_bytes,
                "sha256": attachment.sha256,
                "follow_up": step,
                "kind": AttachmentKind.LETTER.value,
                "template": made.template,
            }
            desk.store.append(case.id, [(EventType.ATTACHMENT_ADDED, facts)], attachment.moment)
    return attachment


def mark_sent(
    desk: Desk, case_id: str, follow_up: str, utc: str, offset_minutes: int, receipt: str = ""
) -> None:
    """The user has handed it in or posted it: the step is done. Raises UNKNOWN_ITEM, TIME_NOT_VALID."""
    case = desk.store.find_case(case_id)
    known = _step(desk, case.id, follow_up)
    progress = known.details.progress
    details = replace(
        known.details,
        done_utc=utc,
        done_offset_minutes=offset_minutes,
        receipt=receipt or known.details.receipt,
        progress=Progress.DONE if progress is Progress.PLANNED else progress,
    )
    change_follow_up(desk, case.id, follow_up, details)


def save_copy(made_name: str, content: bytes, folder: Path) -> Path:
    """Write a copy into a folder, never over another file. Raises what the disk says."""
    name = Path(safe_name(made_name))
    number = 1
    while True:
        path = folder / (name.name if number == 1 else f"{name.stem} ({number}){name.suffix}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            number += 1
            continue
        except OSError as error:
            raise disk_failure(error, path) from error
        return path


def _planned(desk: Desk, case_id: str, made: MadeLetter) -> FollowUp:
    now = desk.clock.now()
    details = FollowUpDetails(
        STEP_OF[made.form.kind],
        now.utc,
        now.offset_minutes,
        whom=made.form.addressee,
        progress=Progress.PLANNED,
    )
    return log_follow_up(desk, case_id, details)


def _step(desk: Desk, case_id: str, follow_up: str) -> FollowUp:
    for step in desk.store.case_file(case_id).follow_ups:
        if step.id == follow_up and not step.withdrawn:
            return step
    raise WrongUse(Code.UNKNOWN_ITEM, item=follow_up)
