"""The other side of a call follows the loudspeaker that the system uses: what a recorder does about it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.devices import DEFAULT_OUTPUT
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.server_watch import ServerNews, ServerNewsKind
from evidencedesk.capture.source import AudioSource, SourceFacts
from evidencedesk.capture.source_keeper import Told
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.pulse import RecordingPlan, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, Samples, plan_for, until

NOISE = np.random.default_rng(4).integers(-500, 500, size=80_000, dtype=np.int16)
SPEAKERS, PHONES = NOISE[:800], NOISE[800:1600]


def loudspeaker(name: str) -> CommandedSource:
    source = CommandedSource()
    source.facts = SourceFacts(name, f"{name}.monitor", 8000, 1, simulated=False)
    return source


class Call:
    """The far leg of a call, on the speakers at first."""

    def __init__(self, folder: Path, *, follow: bool = True) -> None:
        self.default = "speakers"
        self.streams = [loudspeaker("speakers")]
        self.asked: list[str] = []
        self.recorder = LocalRecorder(
            far_plan(folder, follow=follow), SystemClock(), self.streams[0], opener=self._open
        )
        self.recorder.start()
        self.streams[0].give(SPEAKERS)

    def _open(self, name: str) -> AudioSource:
        self.asked.append(name)
        self.streams.append(loudspeaker(self.default))
        return self.streams[-1]

    def plays_through(self, name: str) -> None:
        """The system changes to another loudspeaker, and the watch of the current stream says so."""
        self.default = name
        news = ServerNews(ServerNewsKind.OUTPUT_CHANGED, f"{name}.monitor")
        self.recorder._queue.put(Told(self.recorder._keeper.current, news))

    def opened(self, count: int) -> CommandedSource:
        until(lambda: len(self.streams) >= count and self.streams[count - 1].ready, "it is opened")
        return self.streams[count - 1]

    def codes(self) -> list[str]:
        return [warning.code for warning in self.recorder.status().warnings]

    def end(self) -> list[tuple[str, Samples]]:
        """Each part's device and sound."""
        self.recorder.request_stop(StopReason.USER)
        assert self.recorder.wait(20)
        parts = self.recorder.status().parts
        return [(part.device, sf.read(Path(part.folder) / "audio.flac", dtype="int16")[0]) for part in parts]


def far_plan(folder: Path, *, follow: bool) -> RecordingPlan:
    return replace(plan_for(folder, "speakers.monitor"), leg="far", follow_default=follow)


def test_the_old_loudspeaker_is_recorded_until_the_new_one_gives_sound(tmp_path: Path) -> None:
    call = Call(tmp_path)
    call.plays_through("phones")
    phones = call.opened(2)
    call.streams[0].give(SPEAKERS)
    until(lambda: call.recorder.status().samples == 1600, "the old one is still recorded")
    phones.give(PHONES)
    until(lambda: "device-changed" in call.codes(), "the new one is recorded")
    call.streams[0].give(SPEAKERS)
    phones.give(PHONES)
    (old, first), (new, second) = call.end()
    assert (old, new) == ("speakers", "phones")
    assert (first == np.concatenate([SPEAKERS, SPEAKERS])).all()
    assert (second == np.concatenate([PHONES, PHONES])).all()
    assert call.asked == [DEFAULT_OUTPUT]
    assert call.codes() == ["output-changed", "device-changed"]


def test_a_change_that_is_taken_back_at_once_leaves_one_part(tmp_path: Path) -> None:
    call = Call(tmp_path)
    call.plays_through("phones")
    phones = call.opened(2)
    call.plays_through("speakers")
    call.streams[0].give(SPEAKERS)
    until(lambda: call.recorder.status().samples == 1600, "it is still recorded")
    phones.give(PHONES)
    call.streams[0].give(SPEAKERS)
    ((device, sound),) = call.end()
    assert device == "speakers"
    assert (sound == np.concatenate([SPEAKERS] * 3)).all()


def test_a_loudspeaker_chosen_by_name_is_kept(tmp_path: Path) -> None:
    call = Call(tmp_path, follow=False)
    call.plays_through("phones")
    until(lambda: call.codes() == ["output-changed"], "the change is said")
    call.streams[0].give(SPEAKERS)
    assert len(call.end()) == 1
    assert call.asked == []


def test_a_loudspeaker_that_is_gone_when_a_recorder_takes_over_is_not_waited_for(
    tmp_path: Path,
) -> None:
    def open_default(name: str) -> AudioSource:
        if name != DEFAULT_OUTPUT:
            raise WrongUse(Code.UNKNOWN_SOURCE, source=name)
        return loudspeaker("phones")

    recorder = LocalRecorder(far_plan(tmp_path, follow=True), SystemClock(), opener=open_default)
    recorder.start()
    assert recorder.status().device == "phones"
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    with pytest.raises(Known):
        LocalRecorder(
            replace(far_plan(tmp_path / "other", follow=False)), SystemClock(), opener=open_default
        ).start()


def test_a_plan_of_an_older_version_is_read_and_follows_nothing(tmp_path: Path) -> None:
    facts = asdict(plan_for(tmp_path, "speakers.monitor"))
    del facts["follow_default"]
    assert RecordingPlan(**json.loads(json.dumps(facts))).follow_default is False
