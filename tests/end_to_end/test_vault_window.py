"""A locked library through the real window on a real X screen, with sound from a real sound server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.lock_library import begin_locking, finish_conversion
from evidencedesk.workflows.open_case import open_case
from fakes.sound_server import PrivateSoundServer

STORY = Path(__file__).with_name("vault_story.py")
PASSPHRASE = "four words nobody knows"  # noqa: S105


def locked_library(library: Path) -> None:
    """One case in it, all of it sealed."""
    with open_desk(library, SystemClock()) as desk:
        open_case(desk, "An earlier case")
        keys, _code = begin_locking(desk, PASSPHRASE)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)


@pytest.fixture(scope="module")
def told(screen: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the story left its library, its pictures and the exported folder."""
    place = tmp_path_factory.mktemp("vault-window")
    for name in ("place", "pictures", "config"):
        (place / name).mkdir()
    locked_library(place / "library")
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
            timeout=150,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return place


def case_file(place: Path) -> dict[str, Any]:
    (folder,) = (place / "place").iterdir()
    told: dict[str, Any] = json.loads((folder / "data" / "case.json").read_text("utf-8"))["case_file"]
    return told


def test_what_was_begun_at_the_door_is_one_recording_from_the_press_to_the_stop(told: Path) -> None:
    facts = case_file(told)
    assert facts["case"]["title"].startswith("Recorded before unlocking, ")
    (recording,) = facts["recordings"]
    assert recording["state"] == "stopped"
    assert recording["reason"] == "user"
    assert recording["samples"] >= 4 * 48_000
    assert facts["gaps"] == []
    (encounter,) = facts["encounters"]
    assert facts["case"]["opened"]["utc"] <= encounter["opened"]["utc"] <= recording["started"]["utc"]


def test_the_exported_folder_verifies(told: Path) -> None:
    (folder,) = (told / "place").iterdir()
    done = subprocess.run(
        [sys.executable, "-m", "evidencedesk", "verify", str(folder), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
