"""`record` as a program of its own: signals, limits, JSON lines, with a file as microphone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile as sf

Command = Callable[..., Any]
PROGRAM = (sys.executable, "-m", "evidencedesk")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "visit.wav"
    noise = np.random.default_rng(3).integers(-9000, 9000, size=(8000 * 20, 1), dtype=np.int16)
    sf.write(path, noise, 8000, subtype="PCM_16")
    return path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_a_sealed_file(library: Path, sound: Path, number: signal.Signals) -> None:
    command = [*PROGRAM, "record", "--source", f"file:{sound}", "--json", "--library", str(library)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        started = json.loads(process.stdout.readline())
        saved = json.loads(process.stdout.readline())
        process.send_signal(number)
        rest = [json.loads(line) for line in process.stdout]
        assert process.wait() == 0
    assert (started["event"], started["simulated"]) == ("started", True)
    assert Path(started["path"]).is_file()
    assert saved["event"] == "saved"
    assert 0 < saved["seconds"] < 5
    assert rest[-1]["event"] == "stopped"
    assert rest[-1]["reason"] == ("user" if number is signal.SIGINT else "signal")
    assert rest[-1]["seconds"] >= saved["seconds"]


def test_a_reader_that_goes_away_does_not_end_the_recording(library: Path, sound: Path) -> None:
    command = [*PROGRAM, "record", "--source", f"file:{sound}", "--seconds", "2", "--json"]
    environment = {**os.environ, "EVIDENCEDESK_LIBRARY": str(library)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        started = json.loads(process.stdout.readline())
        process.stdout.close()
        assert process.wait() == 0
    lines = (Path(started["path"]).parent / "pulse.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["kind"] == "stop"


def test_notes_land_on_their_second_and_stay_inside_the_recording(evidencedesk: Command, sound: Path) -> None:
    recorded = evidencedesk(
        "record", "--source", f"file:{sound}", "--seconds", "1", "--mode", "call", "--json"
    )
    assert recorded.code == 0
    case = recorded.events[0]["case"]
    noted = evidencedesk("note", case, "他说证件在车上", "--at", "0.5", "--json")
    assert noted.events[0]["seconds"] == 0.5
    assert noted.events[0]["recording"] == recorded.events[0]["recording"]
    late = evidencedesk("note", case, "x", "--at", "00:10:00")
    assert late.code == 2
    shown = evidencedesk("show", case, "--language", "zh").out
    assert "来电" in shown
    assert "【模拟】" in shown
    assert "00:00:00  他说证件在车上" in shown


def test_the_next_recording_goes_into_the_same_case_unless_another_is_named(
    evidencedesk: Command, sound: Path
) -> None:
    source = ("--source", f"file:{sound}", "--seconds", "0.3", "--json")
    first, second = (evidencedesk("record", *source).events[0] for _ in range(2))
    assert first["case"] == second["case"]
    assert first["recording"] != second["recording"]
    assert evidencedesk("record", "--case", "c-00000000", *source).code == 2


@pytest.mark.parametrize(
    ("source", "code", "exit_code"),
    [
        ("file:/no/such/sound.wav", "sound-file-unreadable", 2),
        ("file:/etc/hostname", "sound-file-unreadable", 2),
    ],
)
def test_a_source_that_cannot_be_used_is_explained_and_leaves_nothing(
    evidencedesk: Command, library: Path, source: str, code: str, exit_code: int
) -> None:
    outcome = evidencedesk("record", "--source", source, "--json")
    assert (outcome.code, outcome.events[-1]["code"]) == (exit_code, code)
    assert list((library / "cases").glob("*/recordings/*")) == []


def test_a_second_copy_on_the_drive_of_the_library_is_warned_of(
    evidencedesk: Command, sound: Path, tmp_path: Path
) -> None:
    source = ("record", "--source", f"file:{sound}", "--seconds", "0.3")
    second = tmp_path / "second"
    second.mkdir()
    assert "same drive" in evidencedesk(*source, "--second-copy", second).err
    assert "same drive" not in evidencedesk(*source).err


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second drive to write to")
def test_a_second_copy_on_another_drive_is_not(evidencedesk: Command, sound: Path, library: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as second:
        if Path(second).stat().st_dev == library.parent.stat().st_dev:
            pytest.skip("the library is in memory, too")
        recorded = evidencedesk(
            "record", "--source", f"file:{sound}", "--seconds", "0.3", "--second-copy", second
        )
    assert recorded.code == 0
    assert "same drive" not in recorded.err
