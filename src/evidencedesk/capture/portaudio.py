"""PortAudio. The only file that imports sounddevice.

Import it late: loading it starts PortAudio, which takes 60 ms and fails with OSError where the
library is missing. The list of devices is a snapshot from that moment.
"""

from __future__ import annotations

import sounddevice as sd

__all__ = ["sd"]
