"""The other side of a call on this computer: what its loudspeaker plays.

Linux: the monitor sources of the sound server. Windows: WASAPI loopback. macOS has nothing of the kind:
there the other side can only be recorded through a virtual device that the user installs, which then
appears among the microphones.
"""

from __future__ import annotations

import importlib
import sys

from evidencedesk.capture.sound_server import monitors
from evidencedesk.capture.source import SourceChoice


def far_sources() -> tuple[SourceChoice, ...]:
    """All sources of the computer's own sound, that of the default loudspeaker first."""
    if sys.platform == "win32":
        loopback = importlib.import_module("evidencedesk.capture.wasapi_loopback")
        choices: tuple[SourceChoice, ...] = loopback.loopback_choices()
        return choices
    return monitors() if sys.platform.startswith("linux") else ()


def default_far_source() -> SourceChoice | None:
    """What the default loudspeaker plays; None where that can't be recorded."""
    return next(iter(far_sources()), None)
