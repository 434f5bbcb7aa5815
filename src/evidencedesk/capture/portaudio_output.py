"""The loudspeaker, by PortAudio. Import it late, as ``capture.portaudio`` says."""

from __future__ import annotations

import contextlib

import numpy as np

from evidencedesk.capture.portaudio import sd
from evidencedesk.capture.quiet_stderr import quiet_stderr
from evidencedesk.capture.wsola import Sound
from evidencedesk.domain.errors import Code, MachineFailure

# Long enough for a busy computer, short enough for a playhead that follows.
_LATENCY_S = 0.15
_CHANNELS = 2
# Times the latency that was asked for: the sound server keeps a little more.
_PUSHED_OUT = 2
_PULSE = "pulse"


class Loudspeaker:
    """One open stream of mono sound on both ears."""

    def __init__(self, rate_hz: int) -> None:
        """Raise NO_LOUDSPEAKER."""
        self._rate_hz = rate_hz
        reasons = []
        for device in _devices():
            try:
                with quiet_stderr():
                    self._stream = sd.OutputStream(
                        samplerate=rate_hz,
                        channels=_CHANNELS,
                        dtype="float32",
                        device=device,
                        latency=_LATENCY_S,
                    )
                    self._stream.start()
            except (sd.PortAudioError, ValueError) as error:
                reasons.append(str(error))
            else:
                self.latency_s = float(self._stream.latency)
                return
        raise MachineFailure(Code.NO_LOUDSPEAKER, detail="; ".join(reasons))

    def write(self, sound: Sound) -> None:
        """Play; returns when there is room for more. Raises LOUDSPEAKER_LOST."""
        try:
            self._stream.write(np.repeat(sound[:, None], _CHANNELS, axis=1))
        except sd.PortAudioError as error:
            raise MachineFailure(Code.LOUDSPEAKER_LOST, detail=str(error)) from error

    def drain(self) -> None:
        """Wait until all of it was heard, and close."""
        # PortAudio's own stop cuts off what waits in a sound server: silence pushes it out first.
        silence = np.zeros(int(_PUSHED_OUT * self.latency_s * self._rate_hz), dtype=np.float32)
        with contextlib.suppress(MachineFailure):
            self.write(silence)
        self.drop()

    def drop(self) -> None:
        """Fall silent at once, and close."""
        with quiet_stderr():
            self._stream.close(ignore_errors=True)


def _devices() -> list[int | None]:
    """What to try: the sound server's own device, so that the user's choice there holds; then the default."""
    devices = [(i, one) for i, one in enumerate(sd.query_devices()) if one["max_output_channels"] > 0]
    servers: list[int | None] = [i for i, one in devices if one["name"] == _PULSE]
    return [*servers, None] if devices else []
