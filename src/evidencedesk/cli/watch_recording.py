"""Tell how a recording goes, from its first second to its seal."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.session import Session
from evidencedesk.domain.case import Leg
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.pulse import (
    SOUND_FILE,
    PulseWarning,
    RecorderState,
    RecorderStatus,
    StopReason,
    WarningCode,
)
from evidencedesk.wording.labels import label, stop_reason_text, warning_text
from evidencedesk.workflows.record_encounter import RecordEncounter

_POLL_S = 0.2
_REPORT_MS = 500  # pulses come about once a second, sometimes a little early
_SEAL_PATIENCE_S = 15.0
# A device that sends nothing would let a limit counted in samples wait for ever.
_LIMIT_GRACE_MS = 3000
_AS_WANTED = (StopReason.USER, StopReason.SIGNAL, StopReason.TIME_LIMIT, StopReason.SOURCE_ENDED)


class RecordingWatch:
    """Polls one recording, reports it, passes on the wish to stop, and names the outcome."""

    def __init__(
        self, session: Session, encounter: RecordEncounter, interrupts: Interrupts, limit_ms: int | None
    ) -> None:
        self._output = session.output
        self._words = session.words
        self._clock = session.clock
        self._encounter = encounter
        self._interrupts = interrupts
        self._limit_ms = limit_ms
        self._began_ns = session.clock.now().mono_ns
        self._saved_ms = 0
        self._warnings_told = 0
        self._gaps = 0
        self._parts_told: set[str] = set()
        self._stopping = False
        self._waiting_told = False

    def run(self) -> int:
        """Watch until the end. 0 complete, 1 with gaps or cut short; raises when it failed."""
        try:
            status = self._encounter.poll()
            self._tell_start(status)
            while not self._encounter.finished:
                self._ask_for_stop(status)
                ended = self._encounter.wait(_POLL_S)
                status = self._encounter.poll()
                self._tell(status)
                if ended and not self._encounter.finished:
                    self._wait_for_journal()
        finally:
            if not self._encounter.finished:
                self._end_anyway()
        return self._outcome(status)

    def _tell_start(self, status: RecorderStatus) -> None:
        t = self._words.text
        self._output.event(
            "started",
            case=self._encounter.case,
            recording=self._encounter.recording,
            encounter=self._encounter.encounter,
            path=str(self._path(SOUND_FILE)),
            device=status.device,
            simulated=status.simulated,
        )
        self._output.message(t("Recording from “{device}”. Ctrl-C stops and saves.", device=status.device))
        if status.simulated:
            self._output.message(
                t(
                    "SIMULATED: a file is played or errors were asked for. "
                    "This can't pass as a real recording."
                )
            )

    def _tell_parts(self, status: RecorderStatus) -> None:
        """Each further file: the other leg's, and the next parts of both."""
        far = self._encounter.far
        for leg, parts in ((Leg.NEAR, status.parts), (Leg.FAR, far.parts if far is not None else ())):
            for part in parts:
                if part.recording in self._parts_told:
                    continue
                self._parts_told.add(part.recording)
                if leg is Leg.NEAR and part.number == 1:
                    continue  # told as "started"
                self._output.event(
                    "part",
                    leg=leg.value,
                    number=part.number,
                    recording=part.recording,
                    path=str(Path(part.folder) / SOUND_FILE),
                    device=part.device,
                    at_seconds=part.begins_ms / 1000,
                )
                self._output.message(
                    self._words.text(
                        "{leg}, part {number}: “{device}”",
                        leg=label(self._words, leg),
                        number=part.number,
                        device=part.device,
                    )
                )

    def _tell(self, status: RecorderStatus) -> None:
        self._tell_parts(status)
        for warning in status.warnings[self._warnings_told :]:
            self._tell_warning(warning)
        self._warnings_told = len(status.warnings)
        ended = status.state in (RecorderState.STOPPED, RecorderState.FAILED)
        saved_ms = status.saved_ms()
        if saved_ms - self._saved_ms >= _REPORT_MS or (ended and saved_ms > self._saved_ms):
            self._saved_ms = saved_ms
            self._output.event("saved", seconds=saved_ms / 1000)
        if not ended:
            self._output.progress(
                self._words.text(
                    "● {elapsed}   safe on disk up to {saved}",
                    elapsed=clock_text(status.elapsed_ms()),
                    saved=clock_text(saved_ms),
                )
            )

    def _tell_warning(self, warning: PulseWarning) -> None:
        at, sentence = clock_text(warning.at_ms), warning_text(self._words, warning.code)
        if warning.length_ms is None:
            self._output.event("warning", code=warning.code, at_seconds=warning.at_ms / 1000)
            self._output.message(f"{at}  {sentence}")
            return
        self._gaps += 1
        self._output.event(
            "gap", code=warning.code, at_seconds=warning.at_ms / 1000, seconds=warning.length_ms / 1000
        )
        length = f"{warning.length_ms / 1000:.1f}"
        self._output.message(
            self._words.text(
                "{at}  GAP of {length} s, not recorded: {cause}", at=at, length=length, cause=sentence
            )
        )

    def _ask_for_stop(self, status: RecorderStatus) -> None:
        if self._stopping:
            return
        if self._interrupts.asked:
            by_hand = self._interrupts.first is signal.SIGINT
            self._stop(StopReason.USER if by_hand else StopReason.SIGNAL)
        elif self._limit_ms is not None and self._limit_reached(status, self._limit_ms):
            self._stop(StopReason.TIME_LIMIT)

    def _limit_reached(self, status: RecorderStatus, limit_ms: int) -> bool:
        waited_ms = (self._clock.now().mono_ns - self._began_ns) // 1_000_000
        return status.elapsed_ms() >= limit_ms or waited_ms >= limit_ms + _LIMIT_GRACE_MS

    def _stop(self, reason: StopReason) -> None:
        self._stopping = True
        self._encounter.stop(reason)
        self._output.message(self._words.text("Stopping: closing the file and reading it back."))

    def _wait_for_journal(self) -> None:
        """No sound comes any more, but it is not told or not recovered yet; that has its own limit."""
        if self._encounter.journal_behind and not self._waiting_told:
            self._waiting_told = True
            self._output.message(warning_text(self._words, WarningCode.NOT_JOURNALED))
        time.sleep(_POLL_S)

    def _end_anyway(self) -> None:
        """Whatever happened to the telling, the sound gets its seal."""
        self._encounter.stop(StopReason.SIGNAL)
        self._encounter.wait(_SEAL_PATIENCE_S)
        self._encounter.poll()

    def _outcome(self, status: RecorderStatus) -> int:
        t = self._words.text
        sealed, failure = status.sealed, self._encounter.recovery_failed
        refused = self._encounter.journal_refused
        if refused is not None:
            self._tell_refused(refused)
        if sealed is None:
            if failure is not None:
                self._output.error(failure)
            known = status.error in {code.value for code in Code}
            raise MachineFailure(
                Code(status.error) if known else Code.CAPTURE_LOST, **dict(status.error_facts)
            )
        path = self._path(sealed.file)
        seconds = status.elapsed_ms() / 1000
        self._output.event(
            "stopped", seconds=seconds, reason=sealed.reason.value, sha256=sealed.file_sha256, path=str(path)
        )
        self._output.result(str(path))
        length = clock_text(status.elapsed_ms())
        reason = stop_reason_text(self._words, sealed.reason)
        self._output.message(t("Saved: {length}. {reason}.", length=length, reason=reason))
        self._output.message(
            t("Case {case} · SHA-256 {sha256}", case=self._encounter.case, sha256=sealed.file_sha256)
        )
        if refused is not None:
            raise refused
        if failure is not None:
            raise failure
        return 1 if self._gaps or sealed.reason not in _AS_WANTED else 0

    def _tell_refused(self, refused: Known) -> None:
        self._output.event("journal-refused", code=refused.code.value)
        self._output.message(
            self._words.text(
                "The sound is on the disk, but the case journal could not be written. What it lacks is added "
                "when the library is opened next and can be written: evidencedesk recover"
            )
        )

    def _path(self, file: str) -> Path:
        return Path(self._encounter.folder) / file
