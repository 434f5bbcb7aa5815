"""The main job through the real window on a real X screen, with sound from a real sound server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fakes.sound_server import PrivateSoundServer

STORY = Path(__file__).with_name("window_story.py")


@pytest.fixture(scope="module")
def told(screen: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the story left its library, its pictures and the exported folder."""
    place = tmp_path_factory.mktemp("window")
    for name in ("place", "pictures", "config"):
        (place / name).mkdir()
    with PrivateSoundServer(tmp_path_factory.mktemp("sound")) as server, server.playing():
        environment = {
            **server.env,
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CONFIG_HOME": str(place / "config"),
            "LANG": "en_US.UTF-8",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        command = [sys.executable, str(STORY), str(place / "library"), str(place / "place")]
        done = subprocess.run(
            [*command, str(place / "pictures")],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return place


def case_file(place: Path) -> dict[str, Any]:
    (folder,) = (place / "place").iterdir()
    told: dict[str, Any] = json.loads((folder / "data" / "case.json").read_text("utf-8"))["case_file"]
    return told


def test_everything_done_in_the_window_is_in_the_exported_folder(told: Path) -> None:
    facts = case_file(told)
    assert [note["text"] for note in facts["notes"] if not note["marker"]] == [
        "Two men knock, they name the platform."
    ]
    assert [note["marker"] for note in facts["notes"] if note["marker"]] == ["refused-documents"]
    breached = {tick["item"] for tick in facts["ticks"] if tick["verdict"] == "breached"}
    assert {"no-public-disclosure", "shows-work-id"} <= breached
    (collector,) = facts["collectors"]
    assert collector["card"]["name"] == "Zhang"
    assert collector["card"]["documents"] == {"work_id": "refused"}


def test_the_recording_is_real_sealed_and_as_long_as_it_ran(told: Path) -> None:
    (recording,) = case_file(told)["recordings"]
    assert recording["state"] == "stopped"
    assert recording["reason"] == "user"
    assert not recording["simulated"]
    assert recording["rate_hz"] == 48_000
    assert recording["samples"] >= 3 * 48_000


def test_every_note_and_tick_has_its_second(told: Path) -> None:
    facts = case_file(told)
    end_ms = facts["recordings"][0]["samples"] // 48
    # What the rules say of the whole encounter is found when it is over, and has no second in it.
    ticks = [tick for tick in facts["ticks"] if not tick["automatic"]]
    for entry in (*facts["notes"], *ticks):
        assert 0 <= entry["at_ms"] <= end_ms + 1000, entry


def test_the_exported_folder_verifies(told: Path) -> None:
    (folder,) = (told / "place").iterdir()
    done = subprocess.run(
        [sys.executable, "-m", "evidencedesk", "verify", str(folder), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
