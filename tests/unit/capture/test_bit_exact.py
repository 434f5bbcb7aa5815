"""What was played is what is on the disk, sample by sample, and the pulses say the same."""

from __future__ import annotations

import hashlib
import stat
import subprocess
from pathlib import Path

import pytest
import soundfile as sf

from evidencedesk.capture.sound_file import SoundFile
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.pulse import RecorderState, StopReason
from fakes.recordings import noise, record

FORMATS = [(8000, 1), (16_000, 2), (44_100, 1), (48_000, 2)]


@pytest.mark.parametrize(("rate_hz", "channels"), FORMATS)
def test_a_recording_equals_what_was_played(tmp_path: Path, rate_hz: int, channels: int) -> None:
    played = noise(tmp_path / "played.wav", 2.5, rate_hz, channels)
    folder, status = record(tmp_path, tmp_path / "played.wav")

    assert status.state is RecorderState.STOPPED
    assert status.sealed is not None
    assert status.sealed.reason is StopReason.SOURCE_ENDED
    heard, rate = sf.read(folder / "audio.flac", dtype="int16", always_2d=True)
    assert rate == rate_hz
    assert (heard == played).all()
    assert status.sealed.samples == len(played)
    assert status.sealed.pcm_sha256 == hashlib.sha256(played.tobytes()).hexdigest()
    assert status.sealed.file_sha256 == hashlib.sha256((folder / "audio.flac").read_bytes()).hexdigest()
    assert status.sealed.pulse_sha256 == hashlib.sha256((folder / "pulse.jsonl").read_bytes()).hexdigest()


def test_each_pulse_promises_exactly_the_samples_it_hashes(tmp_path: Path) -> None:
    played = noise(tmp_path / "played.wav", 40.0).tobytes()
    folder, _ = record(tmp_path, tmp_path / "played.wav", speed=12)
    pulses = read_pulses(folder / "pulse.jsonl")
    assert pulses.faults == ()
    assert pulses.start["simulated"] is True
    promised = [line for line in pulses.lines if line["kind"] == "pulse"]
    assert len(promised) >= 2
    for line in promised:
        assert line["samples"] % 4096 == 0
        assert line["pcm_sha256"] == hashlib.sha256(played[: 2 * line["samples"]]).hexdigest()


def test_sealed_files_are_the_owners_and_nobody_may_write_to_them(tmp_path: Path) -> None:
    noise(tmp_path / "played.wav", 1.0)
    folder, _ = record(tmp_path, tmp_path / "played.wav")
    for name in ("audio.flac", "pulse.jsonl"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o400


def test_the_outline_has_a_column_for_each_fiftieth_of_a_second(tmp_path: Path) -> None:
    noise(tmp_path / "played.wav", 2.0)
    _, status = record(tmp_path, tmp_path / "played.wav")
    assert len(status.columns) == 40
    assert all(-127 <= low < 0 < high <= 127 for low, high in status.columns)


@pytest.mark.parametrize(("rate_hz", "channels"), FORMATS)
def test_after_a_flush_what_is_called_durable_can_be_decoded(
    tmp_path: Path, rate_hz: int, channels: int
) -> None:
    played = noise(tmp_path / "played.wav", 40_000 / rate_hz, rate_hz, channels)
    writer = SoundFile(tmp_path / "audio.flac", rate_hz, channels)
    position = 0
    for frames in (1, 4095, 1, 4096, 4097, 960, 4800, 8192, 5000):
        writer.write(played[position : position + frames].tobytes())
        position += frames
        writer.flush()
        # The copy is what a power cut would have left at this moment.
        (tmp_path / "cut.flac").write_bytes((tmp_path / "audio.flac").read_bytes())
        decoded = subprocess.run(
            ["flac", "-d", "-c", "-s", "--force-raw-format", "--endian=little", "--sign=signed", "cut.flac"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        ).stdout
        durable = writer.durable_frames * 2 * channels
        assert len(decoded) >= durable
        assert decoded[:durable] == played.tobytes()[:durable]
        assert writer.durable_sha256() == hashlib.sha256(decoded[:durable]).hexdigest()
    writer.close()


def test_a_recording_is_never_written_over_another(tmp_path: Path) -> None:
    (tmp_path / "audio.flac").write_bytes(b"evidence")
    with pytest.raises(OSError, match="exists"):
        SoundFile(tmp_path / "audio.flac", 8000, 1)
    assert (tmp_path / "audio.flac").read_bytes() == b"evidence"
