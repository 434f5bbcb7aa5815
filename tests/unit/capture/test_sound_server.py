"""What the sound server says about its sources, asked by a ``pactl`` of the tests' own."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.capture.sound_server import (
    ServerQuestions,
    SourceState,
    monitors,
    server_sources,
    source_state,
    what_you_hear,
)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pactl is Linux's")

Answers = Callable[..., None]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a ``pactl`` of our own, a shell script, in front of the machine's."""

    def write(script: str) -> None:
        path = tmp_path / "bin" / "pactl"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")

    return write


@pytest.fixture
def pactl(program: Callable[[str], None], tmp_path: Path) -> Answers:
    """A ``pactl`` that gives these answers."""

    def set_up(sources: Any = (), sinks: Any = (), default_sink: str = "", words: str = "") -> None:
        answers = {
            "-f json list sources": json.dumps(list(sources)),
            "-f json list sinks": json.dumps(list(sinks)),
            "-f json info": json.dumps({"default_source_name": "mic", "default_sink_name": default_sink}),
            "list sources": words,
        }
        for question, answer in answers.items():
            (tmp_path / question.replace(" ", "_")).write_text(answer, encoding="utf-8")
        program(f'cat "{tmp_path}/$(echo "$*" | tr " " _)"')

    return set_up


def source(name: str, **more: object) -> dict[str, Any]:
    return {"name": name, "description": f"The {name}", "sample_specification": "s16le 2ch 48000Hz", **more}


def test_what_you_hear_is_the_monitor_of_the_default_loudspeaker(pactl: Answers) -> None:
    pactl(
        sources=[source("hdmi.monitor"), source("mic"), source("speakers.monitor")],
        sinks=[
            {"name": "hdmi", "monitor_source": "hdmi.monitor"},
            {"name": "speakers", "monitor_source": "speakers.monitor"},
        ],
        default_sink="speakers",
    )
    heard = what_you_hear()
    assert heard is not None
    assert heard.name == "speakers.monitor"
    assert [one.name for one in monitors()] == ["speakers.monitor", "hdmi.monitor"]


def test_without_a_default_loudspeaker_any_loudspeaker_is_what_you_hear(pactl: Answers) -> None:
    pactl(sources=[source("mic"), source("hdmi.monitor")])
    heard = what_you_hear()
    assert heard is not None
    assert heard.name == "hdmi.monitor"


def test_without_a_loudspeaker_nothing_is_heard(pactl: Answers) -> None:
    pactl(sources=[source("mic")])
    assert what_you_hear() is None


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"mute": True, "state": "RUNNING"}, SourceState(muted=True, volume_percent=100, suspended=False)),
        ({"mute": False, "state": "SUSPENDED"}, SourceState(muted=False, volume_percent=100, suspended=True)),
        (
            {"volume": {"left": {"value_percent": "3%"}, "right": {"value_percent": "5%"}}},
            SourceState(muted=False, volume_percent=5, suspended=False),
        ),
    ],
)
def test_the_state_of_a_source_is_what_the_server_says(
    pactl: Answers, said: dict[str, Any], state: SourceState
) -> None:
    pactl(sources=[source("other"), source("mic", **said)])
    assert source_state("mic") == state


def test_a_source_the_server_does_not_know_has_no_state(pactl: Answers) -> None:
    pactl(sources=[source("other")])
    assert source_state("mic") is None


def test_a_name_that_pactl_loses_in_json_is_read_from_its_words(pactl: Answers) -> None:
    words = "Source #1\n\tName: mic\n\tDescription: USB 麦克风: 左\n\tDriver: x\n"
    pactl(sources=[source("mic", description="(null)"), source("other")], words=words)
    sources = server_sources()
    assert sources is not None
    assert [one.label for one in sources] == ["USB 麦克风: 左", "The other"]


def test_a_name_that_is_lost_altogether_is_the_sources_own(pactl: Answers) -> None:
    pactl(sources=[source("mic", description="(null)")])
    sources = server_sources()
    assert sources is not None
    assert sources[0].label == "mic"


def test_a_question_that_waits_can_be_broken_off(program: Callable[[str], None]) -> None:
    program("exec sleep 600")
    questions = ServerQuestions()
    answers: list[object] = []
    asking = threading.Thread(target=lambda: answers.append(questions.ask("info")))
    asking.start()
    time.sleep(0.2)
    began = time.monotonic()
    questions.break_off()
    asking.join()
    assert answers == [None]
    assert time.monotonic() - began < 2


def test_after_breaking_off_nothing_is_asked(pactl: Answers) -> None:
    pactl(sources=[source("mic")])
    questions = ServerQuestions()
    questions.break_off()
    assert questions.sources() is None
