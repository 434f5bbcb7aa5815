"""The real process with the real library and a real model of a few megabytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import soundfile as sf

from evidencedesk.capture.speech import listener
from evidencedesk.capture.speech.listener import SpeechPlan, WrittenDown, write_down
from evidencedesk.domain.errors import Code, Known
from fakes.spoken_sounds import spoken

tiny = pytest.importorskip("fakes.tiny_whisper")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tiny.tiny_whisper(tmp_path_factory.mktemp("models") / "tiny")
    return made


def listen(sound: Path, model: Path, language: str = "auto", **given: object) -> WrittenDown:
    asked: dict[str, object] = {
        "progress": lambda heard, whole: None,
        "cancelled": lambda: False,
        "must_wait": lambda: False,
    }
    return write_down(SpeechPlan(sound, 22_000, model, language), **(asked | given))  # type: ignore[arg-type]


def listening() -> list[int]:
    """The processes of ours that listen."""
    told = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in told.stdout.splitlines() if "speech.process" in line]


def first_listening() -> int:
    """The process that listens, once it is there."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if found := listening():
            return found[0]
        time.sleep(0.02)
    raise AssertionError("no process")


def test_every_stretch_of_speech_is_written_down_with_its_time(tmp_path: Path, model: Path) -> None:
    heard: list[tuple[int, int]] = []
    told = listen(
        spoken(tmp_path / "call.wav", (5, 6, 3)), model, progress=lambda at, whole: heard.append((at, whole))
    )
    assert [one.text for one in told.sentences] == ["请您还款", "请您还款"]
    assert [round(one.at_ms / 1000) for one in told.sentences] == [5, 15]
    assert all(one.length_ms == 1000 for one in told.sentences)
    assert told.language == "zh"
    assert told.program.startswith("faster-whisper ")
    assert heard == sorted(heard)
    assert heard[-1] == (22_000, 22_000)


def test_silence_is_never_sent_to_the_model(tmp_path: Path, model: Path) -> None:
    assert listen(spoken(tmp_path / "quiet.wav", (20,)), model).sentences == ()


def test_a_model_for_english_only_listens_in_english(tmp_path: Path) -> None:
    english = tiny.tiny_whisper(tmp_path / "tiny.en", english_only=True)
    assert listen(spoken(tmp_path / "call.wav", (1, 1)), english, "zh").language == "en"


def test_a_compressed_sound_from_a_phone_is_read_too(tmp_path: Path, model: Path) -> None:
    sound = spoken(tmp_path / "call.wav", (2, 2))
    ogg = tmp_path / "call.ogg"
    samples, rate = sf.read(sound)
    sf.write(ogg, samples, rate, format="OGG", subtype="VORBIS")
    assert len(listen(ogg, model).sentences) == 1


def test_cancelling_ends_the_process_within_a_second_and_leaves_nothing(tmp_path: Path, model: Path) -> None:
    sound = spoken(tmp_path / "call.wav", (1, *[1] * 30, 1))
    asked = threading.Event()
    began = 0.0

    def progress(_heard: int, _whole: int) -> None:
        nonlocal began
        if not asked.is_set():
            began = time.monotonic()
            asked.set()

    files = sorted(tmp_path.rglob("*"))
    with pytest.raises(Known) as refused:
        listen(sound, model, progress=progress, cancelled=asked.is_set)
    assert refused.value.code is Code.TRANSCRIPTION_STOPPED
    assert time.monotonic() - began < 1
    assert listening() == []
    assert sorted(tmp_path.rglob("*")) == files


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_process_is_an_error_and_nothing_else(tmp_path: Path, model: Path) -> None:
    sound = spoken(tmp_path / "call.wav", (1, *[1] * 30, 1))
    killed = threading.Thread(target=lambda: os.kill(first_listening(), signal.SIGKILL))
    killed.start()
    with pytest.raises(Known) as refused:
        listen(sound, model)
    killed.join()
    assert refused.value.code is Code.TRANSCRIPTION_FAILED
    assert refused.value.facts["detail"] == "exit -9"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_ends_when_whoever_asked_is_gone(tmp_path: Path, model: Path) -> None:
    sound = spoken(tmp_path / "call.wav", (1, *[1] * 30, 1))
    plan = f"write_down(SpeechPlan(Path({str(sound)!r}), 1, Path({str(model)!r}), 'auto'), *whatever)"
    program = (
        "from pathlib import Path\n"
        "from evidencedesk.capture.speech.listener import SpeechPlan, write_down\n"
        "whatever = (lambda a, b: print('heard', flush=True), lambda: False, lambda: True)\n" + plan
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as asker:
        assert asker.stdout is not None
        assert asker.stdout.readline() == b"heard\n"
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(asker.pid)], capture_output=True, text=True, check=True
        )
        listening = Path("/proc") / told.stdout.split()[0]
        asker.kill()
    until = time.monotonic() + 10
    while listening.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not listening.exists()


def test_it_rests_while_something_is_recorded(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "_LOOK_FOR_RECORDINGS_S", 0.0)
    sound = spoken(tmp_path / "call.wav", (1, 3, 3, 1))
    recording = threading.Event()
    recording.set()
    rested: list[int] = []
    looks = 0

    def must_wait() -> bool:
        nonlocal looks
        looks += 1
        if looks > 40:  # four seconds in which it could have gone on
            recording.clear()
        return recording.is_set()

    told = listen(
        sound,
        model,
        must_wait=must_wait,
        progress=lambda heard, whole: rested.append(heard) if recording.is_set() else None,
    )
    assert max(rested, default=0) < 10_000
    assert len(told.sentences) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="the guard is put before everything by PYTHONPATH")
def test_it_opens_no_connection(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(
        "import socket, sys\n"
        "def refuse(event, given):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'):\n"
        f"        open({str(tmp_path / 'seen')!r}, 'a').write(event)\n"
        "        raise OSError('no network')\n"
        "sys.addaudithook(refuse)\n"
        f"open({str(tmp_path / 'guarded')!r}, 'w').write('yes')\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{guard}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    assert len(listen(spoken(tmp_path / "call.wav", (1, 1)), model).sentences) == 1
    assert (tmp_path / "guarded").exists()
    assert not (tmp_path / "seen").exists()


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(Known) as refused:
        listen(spoken(tmp_path / "call.wav", (1, 1)), tmp_path)
    assert refused.value.code is Code.MODEL_UNUSABLE


def test_a_name_instead_of_a_folder_fetches_nothing(tmp_path: Path) -> None:
    with pytest.raises(Known) as refused:
        listen(spoken(tmp_path / "call.wav", (1, 1)), Path("tiny"))
    assert refused.value.code is Code.MODEL_UNUSABLE


def test_a_file_that_is_no_sound_is_named(tmp_path: Path, model: Path) -> None:
    (tmp_path / "no.wav").write_text("nothing to hear")
    with pytest.raises(Known) as refused:
        listen(tmp_path / "no.wav", model)
    assert refused.value.code is Code.SOUND_FILE_UNREADABLE


def test_without_the_extra_the_command_to_install_it_is_named(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "can_transcribe", lambda: False)
    with pytest.raises(Known) as refused:
        listen(tmp_path / "any.wav", model)
    assert refused.value.code is Code.TRANSCRIBE_MISSING
    assert refused.value.facts["value"] == 'pip install "evidencedesk[transcribe]"'
