"""What errors of playing mean for the user; see ``wording.errors``."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.errors import Code
from evidencedesk.wording.language import mark

_SAFE = mark("The recording itself is not touched by this; it is only played.")

PLAYING: Mapping[Code, tuple[str, str, str]] = {
    Code.NO_LOUDSPEAKER: (
        mark("This computer has no loudspeaker or headphones that can be used now."),
        _SAFE,
        mark("Plug in headphones or turn on a loudspeaker in the sound settings, then press Play again."),
    ),
    Code.LOUDSPEAKER_LOST: (
        mark("The loudspeaker or headphones went away, so playing stopped."),
        _SAFE,
        mark("Plug them in again, or choose another output in the sound settings, then press Play."),
    ),
    Code.SOUND_NOT_PLAYABLE: (
        mark("This sound can't be played here: its file is missing, or it can't be decoded."),
        mark("Nothing was changed; playing only reads."),
        mark("Try “Open in another program”. Checking an exported case folder tells whether it changed."),
    ),
}
