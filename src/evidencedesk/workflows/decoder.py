"""The decoder for sound, where one is installed: checking a folder goes without."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import cast

from evidencedesk.custody.recordings_check import PcmReader


def pcm_reader() -> PcmReader | None:
    """What yields the samples of a sound file; None where the program was installed without sound."""
    if find_spec("soundfile") is None or find_spec("numpy") is None:
        return None
    return cast("PcmReader", importlib.import_module("evidencedesk.capture.pcm").read_plain_pcm)
