"""The window's own way to drafts: the model is remembered, the real process listens, closing ends it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencedesk.app.services import Services
from evidencedesk.domain.transcription import Stage
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings, load_settings
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.open_case import open_case
from fakes.spoken_sounds import spoken

tiny = pytest.importorskip("fakes.tiny_whisper")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "library", SystemClock()) as opened:
        yield opened


@pytest.fixture
def services(desk: Desk, tmp_path: Path) -> Iterator[Services]:
    made = Services(desk, Settings(), tmp_path / "settings.json")
    yield made
    made.close_transcripts()
    made.close_stamping()


def test_the_chosen_model_and_language_are_remembered(services: Services, tmp_path: Path) -> None:
    assert services.speech_model().path == ""
    folder = tiny.tiny_whisper(tmp_path / "tiny")
    assert services.choose_speech_model(folder).multilingual
    services.choose_speech_language("zh")
    kept, _ = load_settings(tmp_path / "settings.json")
    assert (kept.speech_model, kept.speech_language) == (str(folder), "zh")
    assert services.speech_model().name == "tiny"


def test_a_wrong_folder_is_told_and_not_remembered(services: Services, tmp_path: Path) -> None:
    found = services.choose_speech_model(tmp_path)
    assert found.problem is not None
    assert services.speech_model().path == ""


def test_a_remembered_model_that_is_gone_is_told(services: Services, tmp_path: Path) -> None:
    folder = tiny.tiny_whisper(tmp_path / "tiny")
    services.choose_speech_model(folder)
    (folder / "model.bin").unlink()
    problem = services.speech_model().problem
    assert problem is not None
    assert problem.facts["detail"] == "model.bin"


def test_a_recording_is_written_down_in_the_background(
    services: Services, desk: Desk, tmp_path: Path
) -> None:
    case = open_case(desk, "来分期")
    sound = import_recording(desk, case.id, spoken(tmp_path / "phone.wav", (1, 1)))
    services.choose_speech_model(tiny.tiny_whisper(tmp_path / "tiny"))
    services.transcribe(case.id, [sound.id])
    until = time.monotonic() + 60
    while services.transcriptions()[0].unfinished:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert services.transcriptions()[0].stage is Stage.DONE
    (made,) = services.case_file(case.id).transcripts
    services.correct_sentence(case.id, made.id, 0, "请您今天还款")
    assert services.case_file(case.id).transcripts[0].sentences[0].earlier == ("请您还款",)


def test_closing_the_window_ends_what_is_being_written_down(
    services: Services, desk: Desk, tmp_path: Path
) -> None:
    case = open_case(desk, "来分期")
    sound = import_recording(desk, case.id, spoken(tmp_path / "phone.wav", (1, *[1] * 20, 1)))
    services.choose_speech_model(tiny.tiny_whisper(tmp_path / "tiny"))
    services.transcribe(case.id, [sound.id])
    began = time.monotonic()
    services.close_transcripts()
    assert time.monotonic() - began < 2
    assert all(thread.name != "transcripts" for thread in threading.enumerate())
    assert desk.store.case_file(case.id).transcripts == ()
