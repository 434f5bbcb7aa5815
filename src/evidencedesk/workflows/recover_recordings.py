"""Finish what a crash left: repair the sound, tell the journal."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.capture.recovery import recording_folders, unfinished
from evidencedesk.capture.remote import running_captures
from evidencedesk.custody.checkpoint import Why
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import Copy, RecoveredSound, SealedSound
from evidencedesk.workflows.begun_cases import open_begun_cases
from evidencedesk.workflows.checkpoints import mark
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.tell_journal import found_in, tell_begin, tell_end


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of one unfinished recording. Exactly one of the last three is set, or none."""

    case: str
    recording: str
    recovered: RecoveredSound | None = None
    sealed: SealedSound | None = None
    failed: Known | None = None

    @property
    def empty(self) -> bool:
        """No sound had reached the disk."""
        return self.recovered is None and self.sealed is None and self.failed is None


def recover_all(desk: Desk) -> tuple[Recovery, ...]:
    """Recover every recording without a live recorder; safe to run again at any time.

    One recording that can't be recovered never keeps the others from it.
    """
    open_begun_cases(desk)
    ended = desk.store.ended_recordings()
    # One that was finished in its second place only is looked for there at every start.
    whole = {name for name, copy in ended.items() if copy != Copy.ALONE}
    running = {capture.plan.recording for capture in running_captures(desk.library)}
    cut_off = unfinished(desk.library, whole)
    # Their sound is finished, but the journal never heard of their end.
    untold = [one for one in recording_folders(desk.library, ended.keys()) if one not in set(cut_off)]
    folders = (*cut_off, *untold)
    outcomes = recover_these(desk, [folder for folder in folders if folder.name not in running])
    return tuple(outcome for outcome in outcomes if not _nothing_to_tell(desk, outcome))


def recover_these(desk: Desk, folders: Sequence[Path]) -> tuple[Recovery, ...]:
    """Finish recordings and tell the journal; a failure is part of the result.

    All beginnings are told before the first end: what is missing between two parts can be said only when
    both are known, and the end of the last one is the end of the encounter.
    """
    found, failed = [], []
    for folder in folders:
        try:
            one = found_in(folder, desk.clock, desk.seals_to)
            tell_begin(desk, one)
        except Known as error:
            failed.append(Recovery(folder.parent.parent.name, folder.name, failed=error))
        else:
            found.append(one)
    told = []
    for one in sorted(found, key=lambda one: one.began_utc):
        try:
            tell_end(desk, one)
        except Known as error:
            failed.append(Recovery(one.case, one.recording, failed=error))
            continue
        recovered = one.outcome if isinstance(one.outcome, RecoveredSound) else None
        sealed = one.outcome if isinstance(one.outcome, SealedSound) else None
        told.append(Recovery(one.case, one.recording, recovered, sealed))
    for case_id in sorted({one.case for one in told if not one.empty}):
        with suppress(Known):  # the journal has it; only the mark beside the database is missing
            mark(desk, case_id, Why.RECORDING_STOPPED)
    return (*told, *failed)


def _nothing_to_tell(desk: Desk, outcome: Recovery) -> bool:
    """A recorder is alive there after all, or neither sound nor journal ever began."""
    if outcome.failed is not None:
        return outcome.failed.code is Code.ALREADY_RECORDING
    return outcome.empty and desk.store.recording(outcome.recording) is None
