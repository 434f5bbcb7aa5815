"""The other side of a call on this computer: what its loudspeaker plays.

Linux: the monitor sources of the sound server. Windows: WASAPI loopback. macOS has nothing of the kind:
there the other side can only be recorded through a virtual device that the user installs, which then
appears among the microphones.
"""

from __future__ import annotations

import importlib
import sys

from evidencedesk.capture.sound_server import server_sources, what_you_hear
from evidencedesk.capture.source import SourceChoice


def far_sources() -> tuple[SourceChoice, ...]:
    """All sources of the computer's own sound, the one the loudspeaker plays first."""
    if sys.platform == "win32":
        loopback = importlib.import_module("evidencedesk.capture.wasapi_loopback")
        choices: tuple[SourceChoice, ...] = loopback.loopback_choices()
        return choices
    if not sys.platform.startswith("linux"):
        return ()
    monitors = tuple(source for source in server_sources() or () if source.is_monitor)
    heard = what_you_hear()
    return tuple(sorted(monitors, key=lambda source: source.name != heard))


def default_far_source() -> SourceChoice | None:
    """What the loudspeaker plays; None where that can't be recorded."""
    return next(iter(far_sources()), None)
