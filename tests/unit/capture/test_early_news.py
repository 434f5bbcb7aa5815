"""A reopened stream that the server moved before its first block gives another device's sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.server_watch import ServerNews, ServerNewsKind
from evidencedesk.capture.source import AudioSource
from evidencedesk.capture.source_keeper import Told
from evidencedesk.domain.pulse import StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, plan_for, until

BLOCK = np.random.default_rng(4).integers(-500, 500, size=800, dtype=np.int16)


class Reopened:
    """A recorder whose source was lost, and the streams that were opened after it."""

    def __init__(self, folder: Path) -> None:
        self.streams: list[CommandedSource] = []
        first = CommandedSource()
        self.recorder = LocalRecorder(plan_for(folder, "commanded"), SystemClock(), first, opener=self._open)
        self.recorder.start()
        first.give(BLOCK)
        first.end(StopReason.DEVICE_LOST)
        self.opened(1)

    def _open(self, _name: str) -> AudioSource:
        self.streams.append(CommandedSource())
        return self.streams[-1]

    def opened(self, count: int) -> CommandedSource:
        until(lambda: len(self.streams) >= count and self.streams[count - 1].ready, "it is opened again")
        return self.streams[count - 1]

    def tell(self, stream: int, kind: ServerNewsKind) -> None:
        """What the server's watch says of the first stream (1), or of one that came after it."""
        self.recorder._queue.put(Told(stream, ServerNews(kind, "spk.monitor")))

    def codes(self) -> list[str]:
        return [warning.code for warning in self.recorder.status().warnings]


@pytest.fixture
def reopened(tmp_path: Path) -> Reopened:
    return Reopened(tmp_path)


def end(one: Reopened) -> int:
    """Frames that were recorded in the end."""
    one.recorder.request_stop(StopReason.USER)
    assert one.recorder.wait(20)
    sealed = one.recorder.status().sealed
    assert sealed is not None
    return sealed.samples


def test_nothing_of_a_stream_that_was_moved_before_its_first_block_is_recorded(reopened: Reopened) -> None:
    reopened.tell(2, ServerNewsKind.MOVED)
    reopened.opened(1).give(BLOCK[:400])
    reopened.opened(2).give(BLOCK)
    until(lambda: "reopened" in reopened.codes(), "the stream after it is taken")
    assert end(reopened) == 2 * len(BLOCK)


def test_what_else_was_told_of_it_is_said_with_its_first_block(reopened: Reopened) -> None:
    reopened.tell(2, ServerNewsKind.MUTED)
    reopened.opened(1).give(BLOCK)
    until(lambda: "muted" in reopened.codes(), "it is said to be muted")
    assert reopened.codes()[-2:] == ["reopened", "muted"]
    assert end(reopened) == 2 * len(BLOCK)


def test_what_was_told_of_a_stream_that_is_closed_is_forgotten(tmp_path: Path) -> None:
    one = Reopened(tmp_path)
    one.tell(1, ServerNewsKind.MUTED)
    one.opened(1).give(BLOCK)
    until(lambda: "reopened" in one.codes(), "sound is taken again")
    end(one)
    assert "muted" not in one.codes()
