"""A recording's place on the steady clock, read off its pulse journal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidencedesk.capture.pulse_writer import PulseChain, PulseFile
from evidencedesk.capture.time_line import TimeLine, time_line
from evidencedesk.custody.pulses import read_pulses
from evidencedesk.domain.pulse import PulseKind
from evidencedesk.system.clock import SystemClock

RATE = 48_000
BEGAN_NS = 5_000_000_000_000


def journal(
    folder: Path, seconds: int, *, gap_after_s: int = 0, gap_s: float = 0.0, ppm: float = 0.0
) -> Path:
    """A pulse a second from a device that runs ``ppm`` too fast, with one gap."""
    chain, file = PulseChain(SystemClock()), PulseFile(folder)
    start: dict[str, Any] = {"case": "c", "encounter": "e", "recording": "r", "device": "d", "file": "f"}
    file.append(chain.line(PulseKind.START, {**start, "rate_hz": RATE, "channels": 1}).text)
    for second in range(1, seconds + 1):
        late_s = gap_s if gap_after_s and second > gap_after_s else 0.0
        samples = round(second * RATE * (1 + ppm / 1e6))
        arrived = BEGAN_NS + round((second + late_s) * 1e9)
        if gap_after_s and second == gap_after_s + 1:
            facts = {"code": "moved", "at_samples": gap_after_s * RATE, "length_ms": round(gap_s * 1000)}
            file.append(chain.line(PulseKind.GAP, facts).text)
        pulse = {"samples": samples, "file_bytes": 1, "pcm_sha256": "", "clock_samples": samples}
        file.append(chain.line(PulseKind.PULSE, {**pulse, "clock_mono_ns": str(arrived)}).text)
    file.close(read_only=False)
    return folder / "pulse.jsonl"


def line_of(path: Path, seconds: int) -> TimeLine:
    line = time_line(read_pulses(path), seconds * RATE)
    assert line is not None
    return line


def test_without_gaps_there_is_one_piece_from_the_first_sample_on(tmp_path: Path) -> None:
    line = line_of(journal(tmp_path, 10), 10)
    (piece,) = line.pieces
    assert (piece.first_sample, piece.samples) == (0, 10 * RATE)
    assert abs(piece.mono_ns - BEGAN_NS) < 1_000_000


def test_after_a_gap_the_sound_stands_later_on_the_steady_clock(tmp_path: Path) -> None:
    line = line_of(journal(tmp_path, 10, gap_after_s=4, gap_s=2.5), 10)
    first, second = line.pieces
    assert (first.samples, second.first_sample) == (4 * RATE, 4 * RATE)
    assert abs(second.mono_ns - first.mono_ns - 6_500_000_000) < 1_000_000


def test_a_long_recording_tells_how_fast_its_device_runs(tmp_path: Path) -> None:
    line = line_of(journal(tmp_path, 120, ppm=80), 120)
    assert line.clock.ppm is not None
    assert abs(line.clock.ppm - 80) < 2


def test_a_short_recording_does_not_pretend_to_know(tmp_path: Path) -> None:
    assert line_of(journal(tmp_path, 20, ppm=80), 20).clock.ppm is None


def test_a_journal_of_an_older_version_is_placed_by_its_beginning(tmp_path: Path) -> None:
    chain, file = PulseChain(SystemClock()), PulseFile(tmp_path)
    start = {"case": "c", "encounter": "e", "recording": "r", "device": "d", "file": "f"}
    file.append(chain.line(PulseKind.START, {**start, "rate_hz": RATE, "channels": 1}).text)
    file.append(chain.line(PulseKind.PULSE, {"samples": RATE, "file_bytes": 1, "pcm_sha256": ""}).text)
    file.close(read_only=False)
    pulses = read_pulses(tmp_path / "pulse.jsonl")
    line = time_line(pulses, RATE)
    assert line is not None
    assert [piece.mono_ns for piece in line.pieces] == [int(pulses.start["mono_ns"])]
    assert line.clock.sync == "unknown"
