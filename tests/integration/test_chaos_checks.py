"""What ``make chaos`` checks can fail: a gap that is not told, a lost end, a broken stage."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import chaos.__main__ as table
from chaos.disk_faults import DISK_FAULTS
from chaos.judge import Bounds, Fault, Loss, complaints
from chaos.stage import RATE_HZ, Noise, NotHereError, Outcome, Stage


@pytest.fixture(scope="module")
def noise(tmp_path_factory: pytest.TempPathFactory) -> Noise:
    return Noise(tmp_path_factory.mktemp("noise") / "noise.wav", 4)


@pytest.mark.parametrize(
    ("loss", "why"),
    [
        (Loss(noticed_s=0.1, lost_s=2.0, told_s=0.0), "a gap that was never written"),
        (Loss(noticed_s=0.1, lost_s=0.4, told_s=0.0), "a short gap that was never written"),
        (Loss(noticed_s=0.1, lost_s=2.0, told_s=1.2), "a gap made shorter than it is"),
        (Loss(noticed_s=0.1, lost_s=0.5, told_s=2.5), "a gap made far longer than it is"),
        (Loss(noticed_s=0.1, lost_s=0.0, told_s=1.0), "a gap that is none"),
        (Loss(noticed_s=2.0, lost_s=2.0, told_s=2.0), "noticed too late"),
        (Loss(noticed_s=0.1, lost_s=4.0, told_s=4.0), "more lost than can't be helped"),
    ],
)
def test_what_is_no_survival_is_called_so(loss: Loss, why: str) -> None:
    assert complaints(loss, Bounds(lost_s=3.0, soon_s=1.5)), why


def test_what_is_told_as_it_was_is_no_complaint() -> None:
    assert complaints(Loss(0.1, 2.0, 2.1), Bounds(lost_s=3.0)) == []
    assert complaints(Loss(0.1, 0.0, 0.0), Bounds()) == []


def test_a_lost_end_is_seen(noise: Noise) -> None:
    cut = noise.samples[: 3 * RATE_HZ]
    assert noise.missing_s([cut], until=4 * RATE_HZ) == pytest.approx(1.0, abs=0.001)
    assert noise.missing_s([cut], until=3 * RATE_HZ) == 0


def test_a_hole_is_seen(noise: Noise) -> None:
    first, second = noise.samples[:RATE_HZ], noise.samples[2 * RATE_HZ :]
    assert noise.missing_s([first, second]) == pytest.approx(1.0, abs=0.001)


def test_a_recording_of_something_else_is_no_recording(noise: Noise, tmp_path: Path) -> None:
    other = Noise(tmp_path / "other.wav", 1, seed=99)
    with pytest.raises(AssertionError, match="nothing of the noise"):
        noise.missing_s([other.samples])


def survived(_stage: Stage) -> Outcome:
    return Outcome("a", 0.1, 0.0, 0.0, "All is well", good=True)


def needs_more_rights(_stage: Stage) -> Outcome:
    raise NotHereError("needs root")


def breaks(_stage: Stage) -> Outcome:
    raise OSError("no such disk")


def did_not_survive(_stage: Stage) -> Outcome:
    return Outcome("d", 0.1, 2.0, 0.0, "Oh", good=False, why="said nothing")


@pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")
@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ((survived, needs_more_rights), 0),
        ((breaks, survived), 1),
        ((did_not_survive, survived), 1),
    ],
)
def test_one_failed_line_neither_ends_the_table_nor_passes(
    faults: tuple[Fault, ...],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(table, "FAULTS", faults)
    assert table.main([]) == code
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(faults) + 1
    assert any("All is well" in line for line in lines)
    assert ("needs root, not run" in "".join(lines)) == (needs_more_rights in faults)
    assert ("FAILED" in "".join(lines)) == bool(code)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there is no root here")
@pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")
def test_without_root_faults_of_disks_are_named_as_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    monkeypatch.setattr(table, "FAULTS", (*DISK_FAULTS, survived))
    assert table.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum("needs root, not run" in line for line in lines) == len(DISK_FAULTS)
    assert lines[-1] == f"1 survived, {len(DISK_FAULTS)} not run, 0 failed"


def test_a_fault_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert table.main(["no_such_fault"]) == 2
    assert "no_such_fault" in capsys.readouterr().err
