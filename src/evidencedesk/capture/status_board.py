"""What a recorder shows of itself: written by its threads, read by anybody at any time."""

from __future__ import annotations

import threading
from dataclasses import replace

from evidencedesk.capture.loudness import Columns
from evidencedesk.capture.part import Part
from evidencedesk.capture.source import Block
from evidencedesk.domain.errors import Known
from evidencedesk.domain.pulse import (
    PartStatus,
    PulseWarning,
    RecorderState,
    RecorderStatus,
    SealedSound,
)


class StatusBoard:
    """The present status. No method waits for a disk or a device."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._status = RecorderStatus(RecorderState.STARTING)
        self._columns = Columns()

    def read(self, columns_from: int = 0) -> RecorderStatus:
        """A snapshot with the columns from an index on."""
        columns_from = max(0, columns_from)
        with self._lock:
            columns = self._columns.since(columns_from)
            return replace(self._status, columns=columns, columns_from=columns_from)

    def part(self, part: Part) -> None:
        """A part begins; everything from now on is about it."""
        source = part.source
        begun = PartStatus(
            recording=part.plan.recording,
            folder=part.plan.folder,
            number=part.plan.part,
            begins_ms=part.plan.begins_ms,
            device=source.device,
            source=source.source,
            rate_hz=source.rate_hz,
            channels=source.channels,
            simulated=source.simulated,
            started=part.started,
            earlier_ms=part.plan.earlier_ms,
        )
        with self._lock:
            self._columns.format(source.rate_hz, source.channels)
            self._status = replace(
                self._status,
                device=source.device,
                rate_hz=source.rate_hz,
                channels=source.channels,
                simulated=source.simulated,
                first_sample_mono_ns=None,
                samples=0,
                saved_samples=0,
                parts=(*self._status.parts, begun),
            )

    def state(self, state: RecorderState) -> None:
        """The next state of its life."""
        with self._lock:
            self._status = replace(self._status, state=state)

    def block(self, block: Block, samples: int, peak: int, rms: int) -> None:
        """A block was given to the file, which has ``samples`` frames now."""
        with self._lock:
            status = self._status
            self._columns.add(block.pcm)
            first = status.first_sample_mono_ns
            if first is None:
                first = block.mono_ns - block.frames * 1_000_000_000 // status.rate_hz
            last = replace(status.parts[-1], samples=samples)
            self._status = replace(
                status,
                first_sample_mono_ns=first,
                samples=samples,
                peak=peak,
                rms=rms,
                parts=(*status.parts[:-1], last),
            )

    def saved(self, samples: int) -> None:
        """So many frames of the present part survive a power cut."""
        with self._lock:
            self._status = replace(self._status, saved_samples=samples)

    def taking(self, *, taking: bool) -> None:
        """Whether sound arrives."""
        with self._lock:
            level = self._status if taking else replace(self._status, peak=0, rms=0)
            self._status = replace(level, taking=taking)

    def awake(self, promised: bool) -> None:  # noqa: FBT001 - an answer, no switch
        """Whether the computer promised not to sleep."""
        with self._lock:
            self._status = replace(self._status, awake=promised)

    def warning(self, warning: PulseWarning) -> None:
        """Something was noted in the pulse journal."""
        with self._lock:
            self._status = replace(self._status, warnings=(*self._status.warnings, warning))

    def sealed(self, part: Part, sealed: SealedSound) -> None:
        """A part came to its normal end."""
        self._change(part, sealed=sealed, samples=sealed.samples)

    def part_failed(self, part: Part) -> None:
        """A part could not be closed; recovery will do it."""
        self._change(part, failed=True)

    def ended(self, last: SealedSound) -> None:
        """The normal end of all parts."""
        with self._lock:
            self._status = replace(
                self._status,
                state=RecorderState.STOPPED,
                saved_samples=last.samples,
                peak=0,
                rms=0,
                sealed=last,
            )

    def failed(self, error: Known) -> None:
        """The end that nobody wanted."""
        facts = tuple((key, str(value)) for key, value in error.facts.items())
        with self._lock:
            self._status = replace(
                self._status,
                state=RecorderState.FAILED,
                peak=0,
                rms=0,
                error=error.code.value,
                error_facts=facts,
            )

    def _change(self, part: Part, **changes: object) -> None:
        with self._lock:
            parts = tuple(
                replace(one, **changes) if one.recording == part.plan.recording else one  # type: ignore[arg-type]
                for one in self._status.parts
            )
            self._status = replace(self._status, parts=parts)
