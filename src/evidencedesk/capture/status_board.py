"""What a recorder shows of itself: written by the writer thread, read by anybody at any time."""

from __future__ import annotations

import threading
from dataclasses import replace

from evidencedesk.capture.loudness import Columns
from evidencedesk.capture.source import Block, SourceFacts
from evidencedesk.domain.errors import Known
from evidencedesk.domain.pulse import PulseWarning, RecorderState, RecorderStatus, SealedSound


class StatusBoard:
    """The present status. No method waits for a disk or a device."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._status = RecorderStatus(RecorderState.STARTING)
        self._columns: Columns | None = None

    def read(self, columns_from: int = 0) -> RecorderStatus:
        """A snapshot with the columns from an index on."""
        columns_from = max(0, columns_from)
        with self._lock:
            columns = self._columns.since(columns_from) if self._columns else ()
            return replace(self._status, columns=columns, columns_from=columns_from)

    def source(self, facts: SourceFacts) -> None:
        """The source is known."""
        with self._lock:
            self._columns = Columns(facts.rate_hz, facts.channels)
            self._status = replace(
                self._status,
                device=facts.device,
                rate_hz=facts.rate_hz,
                channels=facts.channels,
                simulated=facts.simulated,
            )

    def state(self, state: RecorderState) -> None:
        """The next state of its life."""
        with self._lock:
            self._status = replace(self._status, state=state)

    def block(self, block: Block, samples: int, peak: int, rms: int) -> None:
        """A block was given to the file, which has ``samples`` frames now."""
        with self._lock:
            if self._columns is not None:
                self._columns.add(block.pcm)
            first = self._status.first_sample_mono_ns
            if first is None:
                first = block.mono_ns - block.frames * 1_000_000_000 // self._status.rate_hz
            self._status = replace(
                self._status, first_sample_mono_ns=first, samples=samples, peak=peak, rms=rms
            )

    def saved(self, samples: int) -> None:
        """So many frames survive a power cut."""
        with self._lock:
            self._status = replace(self._status, saved_samples=samples)

    def warning(self, warning: PulseWarning) -> None:
        """Something was noted in the pulse journal."""
        with self._lock:
            self._status = replace(self._status, warnings=(*self._status.warnings, warning))

    def sealed(self, sealed: SealedSound) -> None:
        """The normal end."""
        with self._lock:
            self._status = replace(
                self._status,
                state=RecorderState.STOPPED,
                saved_samples=sealed.samples,
                peak=0,
                rms=0,
                sealed=sealed,
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
