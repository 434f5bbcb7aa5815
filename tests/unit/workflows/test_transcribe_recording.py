from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencedesk.capture.speech.listener import SpeechPlan, WrittenDown
from evidencedesk.domain.case import Case, Leg
from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.heard_lines import heard_lines
from evidencedesk.domain.transcript import Sentence
from evidencedesk.domain.transcription import Stage, Transcription
from evidencedesk.workflows import speech_model
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.transcribe_recording import correct_sentence, transcribe_recording
from evidencedesk.workflows.transcription_queue import TranscriptionQueue
from fakes.spoken_sounds import spoken
from fakes.transcripts import CALL, called_file


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder that looks like a model; nothing is loaded from it here."""
    folder = tmp_path / "whisper-base"
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (folder / name).write_text("{}")
    (folder / "vocabulary.txt").write_text("word\n" * 51_865)
    return folder


@pytest.fixture
def sound(desk: Desk, case: Case, tmp_path: Path) -> str:
    return import_recording(desk, case.id, spoken(tmp_path / "phone.wav", (1, 1))).id


def says(*sentences: Sentence) -> Callable[..., WrittenDown]:
    """What hears always the same."""

    def write(_plan: SpeechPlan, progress: Callable[[int, int], None], *_asked: object) -> WrittenDown:
        progress(1000, 6000)
        return WrittenDown(sentences, "zh", "faster-whisper 1.2.1", left_out=1)

    return write


def test_a_draft_tells_with_which_model_it_was_made(desk: Desk, case: Case, sound: str, model: Path) -> None:
    write = says(Sentence(1500, 900, "您好"), Sentence(500, 900, "请 还款\n"))
    drafted = transcribe_recording(desk, case.id, sound, model, "zh", write=write)
    kept = desk.store.case_file(case.id).transcripts
    assert kept == (drafted.transcript,)
    assert drafted.left_out == 1
    assert kept[0].model == "whisper-base"
    assert kept[0].program == "faster-whisper 1.2.1"
    assert [(one.at_ms, one.text) for one in kept[0].sentences] == [(500, "请 还款"), (1500, "您好")]


def test_the_hash_over_the_model_is_what_sha256sum_would_say_and_is_read_once(
    desk: Desk, case: Case, sound: str, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = transcribe_recording(desk, case.id, sound, model, write=says()).transcript.model_sha256
    files = sorted(model.iterdir())
    listed = "".join(f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in files)
    assert first == hashlib.sha256(listed.encode()).hexdigest()
    monkeypatch.setattr(speech_model, "hash_model", lambda _model: "ab" * 32)
    again = transcribe_recording(desk, case.id, sound, model, write=says()).transcript.model_sha256
    assert again == first
    (model / "model.bin").write_text("another one")
    changed = transcribe_recording(desk, case.id, sound, model, write=says()).transcript.model_sha256
    assert changed == "ab" * 32


def test_many_sentences_are_several_events_of_one_transaction(
    desk: Desk, case: Case, sound: str, model: Path
) -> None:
    spoken_often = [Sentence(number * 10, 5, f"第{number}句") for number in range(450)]
    transcribe_recording(desk, case.id, sound, model, write=says(*spoken_often))
    heard = desk.store.events_of(case.id, EventType.TRANSCRIPT_HEARD)
    assert [len(event.data["sentences"]) for event in heard] == [200, 200, 50]
    assert len({event.moment for event in heard}) == 1
    assert len(desk.store.case_file(case.id).transcripts[0].sentences) == 450


def test_the_latest_draft_of_a_recording_counts(desk: Desk, case: Case, sound: str, model: Path) -> None:
    for text in ("旧的", "新的"):
        transcribe_recording(desk, case.id, sound, model, write=says(Sentence(0, 10, text)))
    case_file = desk.store.case_file(case.id)
    assert len(case_file.transcripts) == 2
    assert [line.sentence.text for line in heard_lines(case_file)] == ["新的"]


def test_nothing_is_kept_of_a_draft_that_was_stopped_or_failed(
    desk: Desk, case: Case, sound: str, model: Path
) -> None:
    def stopped(*_asked: object) -> WrittenDown:
        raise WrongUse(Code.TRANSCRIPTION_STOPPED)

    events = desk.store.head(case.id).seq
    with pytest.raises(Known):
        transcribe_recording(desk, case.id, sound, model, write=stopped)
    with pytest.raises(Known):
        transcribe_recording(desk, case.id, sound, model, write=says(), cancelled=lambda: True)
    assert desk.store.head(case.id).seq == events


def test_a_correction_keeps_what_the_machine_wrote(desk: Desk, case: Case, sound: str, model: Path) -> None:
    write = says(Sentence(0, 10, "误款"), Sentence(20, 10, "同一"))
    made = transcribe_recording(desk, case.id, sound, model, write=write).transcript
    correct_sentence(desk, case.id, made.id, 1, " 同意 ")
    correct_sentence(desk, case.id, made.id, 1, "同意了")
    sentences = desk.store.case_file(case.id).transcripts[0].sentences
    assert sentences[0] == Sentence(0, 10, "误款")
    assert sentences[1] == Sentence(20, 10, "同意了", corrected=True, earlier=("同一", "同意"))


@pytest.mark.parametrize(
    ("number", "text", "code"),
    [
        (0, "同一", Code.NOTHING_CHANGED),
        (0, " 同一 ", Code.NOTHING_CHANGED),
        (0, "  ", Code.EMPTY_TEXT),
        (1, "同意", Code.UNKNOWN_ITEM),
        (-1, "同意", Code.UNKNOWN_ITEM),
    ],
)
def test_a_correction_without_sense_is_refused(
    desk: Desk, case: Case, sound: str, model: Path, number: int, text: str, code: Code
) -> None:
    made = transcribe_recording(desk, case.id, sound, model, write=says(Sentence(0, 10, "同一"))).transcript
    events = desk.store.head(case.id).seq
    with pytest.raises(Known) as refused:
        correct_sentence(desk, case.id, made.id, number, text)
    assert refused.value.code is code
    assert desk.store.head(case.id).seq == events


def test_a_folder_without_a_model_is_refused_before_anything_begins(
    desk: Desk, case: Case, sound: str, model: Path
) -> None:
    (model / "tokenizer.json").unlink()
    with pytest.raises(Known) as refused:
        transcribe_recording(desk, case.id, sound, model, write=says())
    assert refused.value.code is Code.MODEL_UNUSABLE
    assert refused.value.facts["detail"] == "tokenizer.json"


def test_one_word_less_is_a_model_for_english_only(model: Path) -> None:
    assert speech_model.speech_model(model).multilingual
    (model / "vocabulary.txt").write_text("word\n" * 51_864)
    assert not speech_model.speech_model(model).multilingual


def test_a_recording_that_nobody_knows_is_refused(desk: Desk, case: Case, model: Path) -> None:
    with pytest.raises(Known) as refused:
        transcribe_recording(desk, case.id, "r-00000000", model, write=says())
    assert refused.value.code is Code.UNKNOWN_ITEM


def wait_for(queue: TranscriptionQueue, stages: list[Stage]) -> tuple[Transcription, ...]:
    until = time.monotonic() + 20
    while [one.stage for one in queue.work] != stages:
        assert time.monotonic() < until, queue.work
        time.sleep(0.01)
    return queue.work


@pytest.fixture
def second(desk: Desk, case: Case, tmp_path: Path) -> str:
    return import_recording(desk, case.id, spoken(tmp_path / "other.wav", (2, 1))).id


def test_several_recordings_are_written_down_one_after_the_other(
    desk: Desk, case: Case, sound: str, second: str, model: Path
) -> None:
    at_once, most = 0, 0

    def write(*asked: object) -> WrittenDown:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        told = says(Sentence(0, 10, "您好"))(*asked)
        at_once -= 1
        return told

    queue = TranscriptionQueue(desk, write)
    queue.add(case.id, [sound, second, sound], model, "auto")
    done = wait_for(queue, [Stage.DONE, Stage.DONE])
    queue.close()
    assert [(one.recording, one.sentences, one.left_out) for one in done] == [(sound, 1, 1), (second, 1, 1)]
    assert most == 1


def test_a_failure_is_told_and_the_next_one_is_still_written_down(
    desk: Desk, case: Case, sound: str, second: str, model: Path
) -> None:
    def write(plan: SpeechPlan, *asked: object) -> WrittenDown:
        if plan.sound.name == "phone.wav":
            raise MachineFailure(Code.TRANSCRIPTION_FAILED, detail="exit -9")
        return says(Sentence(0, 10, "您好"))(plan, *asked)

    queue = TranscriptionQueue(desk, write)
    queue.add(case.id, [sound, second], model, "auto")
    failed, _ = wait_for(queue, [Stage.FAILED, Stage.DONE])
    queue.close()
    assert failed.problem is not None
    assert failed.problem.code is Code.TRANSCRIPTION_FAILED


def patient(begun: threading.Event) -> Callable[..., WrittenDown]:
    """Writes until it is told to stop."""

    def write(
        _plan: SpeechPlan, _progress: object, cancelled: Callable[[], bool], _wait: object
    ) -> WrittenDown:
        begun.set()
        while not cancelled():
            time.sleep(0.01)
        raise WrongUse(Code.TRANSCRIPTION_STOPPED)

    return write


def test_one_that_is_stopped_lets_the_others_go_on(
    desk: Desk, case: Case, sound: str, second: str, model: Path
) -> None:
    begun = threading.Event()
    queue = TranscriptionQueue(desk, patient(begun))
    queue.add(case.id, [sound, second], model, "auto")
    assert begun.wait(20)
    begun.clear()
    queue.stop(sound)
    wait_for(queue, [Stage.STOPPED, Stage.LISTENING])
    queue.close()
    assert [one.stage for one in queue.work] == [Stage.STOPPED, Stage.STOPPED]


def test_one_that_was_stopped_can_be_begun_again_at_once(
    desk: Desk, case: Case, sound: str, model: Path
) -> None:
    begun = threading.Event()
    queue = TranscriptionQueue(desk, patient(begun))
    queue.add(case.id, [sound], model, "auto")
    assert begun.wait(20)
    begun.clear()
    queue.stop()
    queue.add(case.id, [sound], model, "auto")
    assert begun.wait(20)
    wait_for(queue, [Stage.LISTENING])
    queue.close()
    assert desk.store.case_file(case.id).transcripts == ()


def test_closing_ends_what_is_being_written_down(desk: Desk, case: Case, sound: str, model: Path) -> None:
    begun = threading.Event()
    queue = TranscriptionQueue(desk, patient(begun))
    queue.add(case.id, [sound], model, "auto")
    assert begun.wait(20)
    queue.close()
    assert all(thread.name != "transcripts" for thread in threading.enumerate())


def test_both_sides_and_all_parts_of_a_call_stand_in_the_order_in_which_they_were_said() -> None:
    lines = heard_lines(called_file(), CALL)
    assert [line.talk_ms for line in lines] == [2_000, 5_300, 9_500, 12_500, 19_500, 31_000, 42_000]
    near, far = Leg.NEAR, Leg.FAR
    assert [line.leg for line in lines] == [near, far, near, far, far, near, far]
    assert (lines[-1].recording, lines[-1].at_ms, lines[-1].number) == ("r-0000far2", 1_000, 0)
