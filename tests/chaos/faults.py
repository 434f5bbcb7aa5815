"""Every fault that is known to lose recordings, caused for real, with what became of the recording.

``FAULTS`` is the list; ``make chaos`` runs it and prints a table, the tests run it in its short form.
"""

from __future__ import annotations

from chaos.call_faults import CALL_FAULTS
from chaos.clock_faults import CLOCK_FAULTS
from chaos.disk_faults import DISK_FAULTS
from chaos.judge import Fault
from chaos.playing import noise_played
from chaos.process_faults import PATIENT_FAULTS, PROCESS_FAULTS
from chaos.sound_faults import SOUND_FAULTS

FAULTS: tuple[Fault, ...] = (
    *SOUND_FAULTS,
    *PROCESS_FAULTS,
    *PATIENT_FAULTS,
    *CALL_FAULTS,
    *CLOCK_FAULTS,
    *DISK_FAULTS,
)

__all__ = [
    "CALL_FAULTS",
    "CLOCK_FAULTS",
    "DISK_FAULTS",
    "FAULTS",
    "PATIENT_FAULTS",
    "PROCESS_FAULTS",
    "SOUND_FAULTS",
    "Fault",
    "noise_played",
]
