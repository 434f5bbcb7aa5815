"""Sound that is kept before anybody records is that of the chosen device, or it is not kept."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from evidencedesk.capture.armed_source import ArmedSource
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.server_watch import ServerNews, ServerNewsKind
from evidencedesk.capture.source import AudioSource, Block
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.pulse import StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, plan_for, until

BLOCK = np.random.default_rng(4).integers(-500, 500, size=800, dtype=np.int16)
MOVED = ServerNews(ServerNewsKind.MOVED, "spk.monitor")


class Armed:
    """A source that listens, with what it said of itself."""

    def __init__(self) -> None:
        self.microphone = CommandedSource()
        self.heard = 0
        self.lost = False
        self.source = ArmedSource(self.microphone, 10, self._hear, self._lose)

    def _hear(self, _block: Block) -> None:
        self.heard += 1

    def _lose(self) -> None:
        self.lost = True

    def listen(self, blocks: int, ago_s: float = 0.0) -> None:
        """Blocks that arrived so long ago."""
        before = self.heard
        stamp_ns = time.monotonic_ns() - int(ago_s * 1e9)
        for _ in range(blocks):
            self.source._queue.put(Block(BLOCK.tobytes(), len(BLOCK), stamp_ns))
        until(lambda: self.heard == before + blocks, "the blocks are heard")

    def moves(self) -> None:
        """The server puts the stream on another device."""
        self.source._queue.put(MOVED)


def no_other(_name: str) -> AudioSource:
    raise MachineFailure(Code.NO_MICROPHONE)


def record(armed: Armed, folder: Path) -> LocalRecorder:
    recorder = LocalRecorder(plan_for(folder, "commanded"), SystemClock(), armed.source, opener=no_other)
    recorder.start()
    return recorder


def end(recorder: LocalRecorder) -> int:
    """Frames that were recorded in the end."""
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    sealed = recorder.status().sealed
    assert sealed is not None
    return sealed.samples


def test_a_microphone_that_is_moved_before_the_click_is_lost() -> None:
    armed = Armed()
    armed.listen(5)
    armed.moves()
    until(lambda: armed.lost, "the loss is told")


def test_what_else_the_server_does_is_no_loss() -> None:
    armed = Armed()
    armed.source._queue.put(ServerNews(ServerNewsKind.MUTED, "mic"))
    armed.listen(5)
    assert not armed.lost


def test_moved_after_the_click_what_came_before_is_recorded_and_the_rest_is_not(tmp_path: Path) -> None:
    armed = Armed()
    armed.listen(20, ago_s=5)
    armed.source.keep_all()
    armed.listen(10, ago_s=3)
    armed.listen(3)  # already from elsewhere: the news comes a moment later
    armed.moves()
    armed.listen(4)
    assert not armed.lost
    assert armed.source.earlier_ms() == 2000
    recorder = record(armed, tmp_path)
    until(lambda: not recorder.status().taking, "the recorder knows that the microphone is gone")
    armed.microphone.give(BLOCK)
    assert end(recorder) == 30 * len(BLOCK)
    assert "device-lost" in [warning.code for warning in recorder.status().warnings]


def test_what_was_kept_from_before_the_click_and_is_dropped_does_not_count() -> None:
    armed = Armed()
    armed.listen(20, ago_s=5)
    armed.listen(3)
    armed.source.keep_all()
    assert armed.source.earlier_ms() == 2300
    armed.moves()
    until(lambda: armed.source.earlier_ms() == 2000, "what came from elsewhere is dropped")


def test_a_device_that_ends_between_click_and_recording_does_not_take_along_what_was_kept(
    tmp_path: Path,
) -> None:
    armed = Armed()
    armed.listen(20)
    armed.source.keep_all()
    armed.microphone.end(StopReason.DEVICE_LOST)
    recorder = record(armed, tmp_path)
    until(lambda: not recorder.status().taking, "the recorder knows that the microphone is gone")
    assert end(recorder) == 20 * len(BLOCK)
    assert not armed.lost
