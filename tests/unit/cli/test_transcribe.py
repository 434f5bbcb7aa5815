"""Speech is written down from the command line, with the real process and a real, tiny model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.capture.speech import listener
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.transcribe_recording import correct_sentence
from fakes.spoken_sounds import spoken

tiny = pytest.importorskip("fakes.tiny_whisper")
Command = Callable[..., Any]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tiny.tiny_whisper(tmp_path_factory.mktemp("models") / "tiny")
    return made


@pytest.fixture
def sounds(library: Path, case_id: str, tmp_path: Path) -> tuple[str, str]:
    with open_desk(library, SystemClock()) as desk:
        first = import_recording(desk, case_id, spoken(tmp_path / "one.wav", (1, 1)))
        second = import_recording(desk, case_id, spoken(tmp_path / "two.wav", (2, 3, 2)))
        return first.id, second.id


def test_all_recordings_are_written_down_with_progress_as_json(
    evidencedesk: Command, case_id: str, sounds: tuple[str, str], model: Path
) -> None:
    told = evidencedesk("transcribe", case_id, "--model", model, "--json")
    assert told.code == 0, told.err
    made = [event for event in told.events if event["event"] == "transcript"]
    assert [(one["recording"], one["sentences"], one["language"]) for one in made] == [
        (sounds[0], 1, "zh"),
        (sounds[1], 2, "zh"),
    ]
    assert all(one["model"] == "tiny" and len(one["model_sha256"]) == 64 for one in made)
    progress = [event for event in told.events if event["event"] == "progress"]
    assert progress[-1]["heard_ms"] == progress[-1]["whole_ms"] == 15_000
    assert "A machine's draft, not evidence." in told.err


def test_what_was_written_down_is_not_written_down_again(
    evidencedesk: Command, case_id: str, sounds: tuple[str, str], model: Path
) -> None:
    one = evidencedesk("transcribe", case_id, "--model", model, "--recording", sounds[1])
    assert one.out.count("\n") == 1
    rest = evidencedesk("transcribe", case_id, "--model", model)
    assert rest.out.split()[0] == sounds[0]
    assert "Everything is written down already." in evidencedesk("transcribe", case_id, "--model", model).err


def test_the_sentences_are_shown_with_their_corrections(
    evidencedesk: Command, library: Path, case_id: str, sounds: tuple[str, str], model: Path
) -> None:
    assert "Nothing of this case was written down yet." in evidencedesk("transcript", case_id).err
    evidencedesk("transcribe", case_id, "--model", model, "--recording", sounds[1], "--spoken", "zh")
    with open_desk(library, SystemClock()) as desk:
        (made,) = desk.store.case_file(case_id).transcripts
        correct_sentence(desk, case_id, made.id, 1, "请您今天还款")
    told = evidencedesk("transcript", case_id)
    assert told.out.splitlines() == [
        sounds[1],
        "00:00:01  Imported  请您还款",
        "00:00:08  Imported  请您今天还款 (corrected)",
    ]
    _, second = evidencedesk("transcript", case_id, "--json").events
    assert second["text"] == "请您今天还款"
    assert second["earlier"] == ["请您还款"]
    assert second["recording"] == sounds[1]


def test_a_folder_without_a_model_is_wrong_use(
    evidencedesk: Command, case_id: str, sounds: tuple[str, str], tmp_path: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    told = evidencedesk("transcribe", case_id, "--model", tmp_path / "nothing")
    assert told.code == 2
    assert "is not a speech model" in told.err
    assert "model.bin, config.json, tokenizer.json" in told.err


def test_without_the_extra_the_command_that_installs_it_is_said(
    evidencedesk: Command,
    case_id: str,
    sounds: tuple[str, str],
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listener, "can_transcribe", lambda: False)
    told = evidencedesk("transcribe", case_id, "--model", model)
    assert told.code == 2
    assert 'pip install "evidencedesk[transcribe]"' in told.err
