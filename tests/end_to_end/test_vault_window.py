"""A locked library through the real window on a real X screen, with sound from a real sound server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.custody.kept import is_sealed
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.lock_library import begin_locking, finish_conversion
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.take_note import take_note
from fakes.sound_server import PrivateSoundServer

STORY = Path(__file__).with_name("vault_story.py")
PASSPHRASE = "four words nobody knows"  # noqa: S105
EARLIER = "An earlier case"


def plain_library(library: Path) -> None:
    """One case in it, with a name that shows wherever it is readable."""
    with open_desk(library, SystemClock()) as desk:
        take_note(desk, open_case(desk, EARLIER).id, "They came back at nine.")


def locked_library(library: Path) -> None:
    """The same, all of it sealed."""
    plain_library(library)
    with open_desk(library, SystemClock()) as desk:
        keys, _code = begin_locking(desk, PASSPHRASE)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)


def tell(kind: str, place: Path, screen: str, sound: Path) -> None:
    """One of the stories, in a window of its own, with a microphone."""
    for name in ("place", "pictures", "config"):
        (place / name).mkdir()
    with PrivateSoundServer(sound) as server, server.playing():
        environment = {
            **server.env,
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CONFIG_HOME": str(place / "config"),
            "LANG": "en_US.UTF-8",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        done = subprocess.run(
            [
                sys.executable,
                str(STORY),
                kind,
                *(str(place / name) for name in ("library", "place", "pictures")),
            ],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
        )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def told(screen: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the story left its library, its pictures and the exported folder."""
    place = tmp_path_factory.mktemp("vault-window")
    locked_library(place / "library")
    tell("locked", place, screen, tmp_path_factory.mktemp("sound"))
    return place


def readable(library: Path, words: str) -> list[Path]:
    """The files of a library in which these words can be read."""
    return [path for path in library.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


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


def test_nothing_that_was_written_or_recorded_is_readable_on_the_disk(told: Path) -> None:
    assert readable(told / "library", EARLIER) == []
    assert readable(told / "library", "Two men knock") == []
    sounds = list((told / "library").glob("cases/*/recordings/*/audio*.flac"))
    assert sounds
    assert all(is_sealed(sound) for sound in sounds)


def test_a_lock_is_set_up_opened_by_its_code_and_given_up(
    screen: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain_library(tmp_path / "library")
    assert readable(tmp_path / "library", EARLIER)
    tell("plain", tmp_path, screen, tmp_path_factory.mktemp("sound"))
    assert not (tmp_path / "library" / "vault.json").exists()
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        assert [case.title for case in desk.store.newest_cases()] == [EARLIER]
