"""How a recording begins: what is on the disk first, and what a refusal leaves behind."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile as sf

from evidencedesk.capture.file_source import FileSource
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.capture.source import Block, OnBlock, OnEnd
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import CommandedSource, noise, plan_for, until

CLOCK = SystemClock()


class LookingSource(CommandedSource):
    """Looks at the disk in the moment when it is told to let sound in."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.lines: list[dict[str, object]] = []
        self.modes: dict[str, int] = {}

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Look, then begin."""
        pulses = (self._folder / "pulse.jsonl").read_text("utf-8")
        self.lines = [json.loads(line) for line in pulses.splitlines()]
        for name in ("pulse.jsonl", "audio.flac"):
            self.modes[name] = stat.S_IMODE((self._folder / name).stat().st_mode)
        super().start(on_block, on_end)


def test_the_start_line_stands_on_the_disk_before_any_sound(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "commanded")
    source = LookingSource(Path(plan.folder))
    recorder = LocalRecorder(plan, CLOCK, source)
    recorder.start()
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    (start,) = source.lines
    assert start["kind"] == "start"
    assert (start["case"], start["recording"]) == (plan.case, plan.recording)
    assert (start["rate_hz"], start["channels"], start["simulated"]) == (8000, 1, False)
    assert source.modes == {"pulse.jsonl": 0o600, "audio.flac": 0o600}


def test_a_stop_ends_a_long_sound_and_keeps_what_was_taken(tmp_path: Path) -> None:
    played = noise(tmp_path / "played.wav", 60.0, 8000)
    plan = plan_for(tmp_path, "file")
    recorder = LocalRecorder(plan, CLOCK, FileSource(tmp_path / "played.wav", speed=4))
    recorder.start()
    until(lambda: recorder.status().samples > 8000, "a second of sound")
    recorder.request_stop(StopReason.TIME_LIMIT)
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    sealed = recorder.status().sealed
    assert sealed is not None
    assert sealed.reason is StopReason.TIME_LIMIT, "the first word counts"
    assert 8000 < sealed.samples < len(played)
    assert sealed.pcm_sha256 == hashlib.sha256(played[: sealed.samples].tobytes()).hexdigest()
    assert recorder.status().saved_samples == sealed.samples


def test_a_recording_without_one_block_is_sealed_too(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "commanded")
    recorder = LocalRecorder(plan, CLOCK, CommandedSource())
    recorder.start()
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    sealed = recorder.status().sealed
    assert sealed is not None
    assert sealed.samples == 0
    assert recover_recording(Path(plan.folder), CLOCK) == sealed


def test_a_second_recorder_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "commanded")
    source = CommandedSource()
    recorder = LocalRecorder(plan, CLOCK, source)
    recorder.start()
    with pytest.raises(Known) as raised:
        LocalRecorder(plan, CLOCK, CommandedSource()).start()
    assert raised.value.code is Code.ALREADY_RECORDING
    source.give(noise(tmp_path / "n.wav", 0.1, 8000)[:, 0])
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(20)
    assert recorder.status().samples == 800
    assert read_pulses(Path(plan.folder) / "pulse.jsonl").faults == ()


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Path]:
    """A library on a file system that may only be read."""
    if os.getuid() != 0:
        pytest.skip("only root may mount a disk")
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_place_that_may_only_be_read_is_named(read_only_disk: Path) -> None:
    plan = plan_for(read_only_disk, "commanded")
    subprocess.run(["mount", "-o", "remount,ro", str(read_only_disk)], check=True)
    with pytest.raises(Known) as raised:
        LocalRecorder(plan, CLOCK, CommandedSource()).start()
    assert raised.value.code is Code.NOT_WRITABLE


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 50, b"RIFF\x24\x00\x00\x00WAVEfmt "])
def test_a_sound_file_that_is_none_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "sound.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Known) as raised:
        FileSource(path)
    assert raised.value.code is Code.SOUND_FILE_UNREADABLE
    assert raised.value.facts["path"] == str(path)


def test_a_sound_file_without_sound_is_named(tmp_path: Path) -> None:
    sf.write(tmp_path / "empty.wav", [], 8000, subtype="PCM_16")
    with pytest.raises(Known) as raised:
        FileSource(tmp_path / "empty.wav")
    assert raised.value.code is Code.SOUND_FILE_UNREADABLE


def test_a_folder_or_a_pipe_is_no_sound_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(Known) as raised:
            FileSource(path)
        assert raised.value.code is Code.SOUND_FILE_UNREADABLE


def test_a_sound_file_is_played_at_its_own_pace(tmp_path: Path) -> None:
    """Each block is due when its last sample would have been heard."""
    noise(tmp_path / "played.wav", 0.5, 8000)
    source = FileSource(tmp_path / "played.wav")
    blocks: list[Block] = []
    ended = threading.Event()
    source.start(blocks.append, lambda _reason: ended.set())
    assert ended.wait(20)
    source.stop()
    assert [block.frames for block in blocks] == [800] * 5
    assert blocks[-1].mono_ns - blocks[0].mono_ns >= 350_000_000
