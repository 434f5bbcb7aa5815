"""Every command once as a user types it, and every way to type it wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest
import soundfile as sf

from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.main import program
from evidencedesk.cli.session import session_for
from evidencedesk.domain.moment import Clock
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import open_desk

Command = Callable[..., Any]
COMMANDS = (
    "record",
    "note",
    "attach",
    "attachments",
    "import",
    "contact",
    "contacts",
    "debt",
    "claim",
    "step",
    "steps",
    "deadlines",
    "letter",
    "letters",
    "cases",
    "show",
    "evidence",
    "search",
    "transcribe",
    "transcript",
    "export",
    "redact",
    "verify",
    "stamp",
    "decrypt",
    "recover",
    "doctor",
    "key",
    "vault",
    "archive",
    "backup",
    "restore",
    "move",
    "rollback",
    "packs",
    "demo",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CLOCK: Clock = SystemClock()


def test_the_commands_are_these_and_no_others() -> None:
    group = program(Words("en", resource("locale")))
    assert tuple(group.list_commands(click.Context(group))) == COMMANDS


@pytest.mark.parametrize(
    "command", [(), *((name,) for name in COMMANDS), *(("packs", name) for name in ("list", "check", "add"))]
)
def test_help_comes_in_both_languages(evidencedesk: Command, command: tuple[str, ...]) -> None:
    english = evidencedesk(*command, "--help", "--language", "en")
    chinese = evidencedesk("--language", "zh", *command, "--help")
    assert (english.code, chinese.code) == (0, 0)
    assert not CHINESE.search(english.out)
    for line in chinese.out.splitlines():
        # Option and argument names stay; every explaining word is Chinese.
        words = re.sub(
            r"--?[a-z]+(-[a-z]+)*|\[[^\]]*\]|[A-Z]{2,}(\.\.\.)?|evidencedesk|DIR|Ctrl-C|START-HERE\.html",
            "",
            line,
        )
        if re.search(r"[a-z]{3}", words):
            assert CHINESE.search(line), line
    for option in ("--library", "--language", "--json"):
        assert option in english.out


def test_the_version_is_said(evidencedesk: Command) -> None:
    outcome = evidencedesk("--version")
    assert (outcome.code, outcome.out.split()[0]) == (0, "EvidenceDesk")


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["--nonsense"],
        ["cases", "extra"],
        ["note"],
        ["note", "c-1"],
        ["note", "c-1", "x", "--at", "soon"],
        ["record", "--mode", "letter"],
        ["record", "--seconds", "-5"],
        ["record", "--seconds"],
        ["attach", "c-1"],
        ["cases", "--language", "fr"],
        ["export", "c-1", "x", "--encrypt-to", "age1x"],
        ["verify", "x", "--trust", "y"],
        ["packs", "burn"],
        ["packs", "check"],
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_use_ends_with_2_and_is_explained(
    evidencedesk: Command, arguments: list[str], language: str
) -> None:
    outcome = evidencedesk("--language", language, *arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert bool(CHINESE.search(outcome.err)) == (language == "zh")
    assert "Traceback" not in outcome.err


def test_wrong_use_is_an_object_too_with_json(evidencedesk: Command) -> None:
    outcome = evidencedesk("dance", "--json")
    assert (outcome.code, outcome.events[-1]["event"], outcome.events[-1]["code"]) == (2, "error", "usage")


def test_an_empty_library_has_no_cases_and_that_is_no_error(evidencedesk: Command) -> None:
    assert evidencedesk("cases") == evidencedesk("cases")
    assert evidencedesk("cases").code == 0
    assert evidencedesk("cases", "--json").out == ""


@pytest.mark.parametrize("before", [True, False])
def test_the_library_may_be_named_before_and_after_the_command(
    evidencedesk: Command, case_id: str, library: Path, tmp_path: Path, before: bool
) -> None:
    named = ["--library", str(library)]
    os.environ["EVIDENCEDESK_LIBRARY"] = str(tmp_path / "other")
    outcome = evidencedesk(*named, "cases") if before else evidencedesk("cases", *named)
    assert case_id in outcome.out
    assert not (tmp_path / "other").exists()


def test_a_case_with_note_and_file_is_listed_and_shown(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    photo = tmp_path / "门口.jpg"
    photo.write_bytes(b"jpeg")
    noted = evidencedesk("note", case_id, "他们在楼下\n两个人", "--json")
    assert (noted.code, noted.events[0]["event"], noted.events[0]["case"]) == (0, "noted", case_id)
    attached = evidencedesk("attach", case_id[:5], photo, "--json")
    assert (attached.code, attached.events[0]["name"], attached.events[0]["bytes"]) == (0, "门口.jpg", 4)
    (summary,) = evidencedesk("cases", "--json").events
    assert (summary["title"], summary["notes"], summary["attachments"]) == ("来分期", 1, 1)
    assert "来分期" in evidencedesk("cases").out
    shown = evidencedesk("show", case_id, "--language", "zh").out
    assert "某某消费金融" in shown
    assert shown.index("他们在楼下") < shown.index("门口.jpg")
    (case_file,) = evidencedesk("show", case_id, "--json").events
    assert case_file["event"] == "case_file"
    assert "他们在楼下" in str(case_file)


def test_a_recording_made_elsewhere_is_imported_and_shown_as_such(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    sound = tmp_path / "call.wav"
    sf.write(sound, np.zeros(8000, dtype=np.int16), 8000, subtype="PCM_16")
    (imported,) = evidencedesk("import", case_id, sound, "--json").events
    assert (imported["event"], imported["seconds"], imported["format"]) == ("imported", 1.0, "WAV / PCM_16")
    (second,) = evidencedesk("attach", case_id, sound, "--again", "--json").events
    assert second["event"] == "imported", "a sound is never taken for a paper"
    (summary,) = evidencedesk("cases", "--json").events
    assert (summary["imported"], summary["attachments"], summary["recordings"]) == (2, 0, 0)
    assert "call.wav" in evidencedesk("show", case_id).out
    said = evidencedesk("import", case_id, sound, "--language", "en")
    assert "Imported, not recorded here: WAV / PCM_16, 00:00:01." in said.out + said.err


def test_a_note_at_a_second_needs_a_recording(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("note", case_id, "x", "--at", "3")
    assert outcome.code == 2
    assert "not inside the recording" in outcome.err


def test_one_bad_file_does_not_keep_the_good_ones_out(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    good = tmp_path / "good.txt"
    good.write_bytes(b"x")
    outcome = evidencedesk("attach", case_id, tmp_path / "none.txt", tmp_path, good)
    assert outcome.code == 2
    assert outcome.out.endswith("good.txt\n")
    assert outcome.err.count("try again") + outcome.err.count("Choose single files") == 2


def test_an_unknown_case_says_what_to_do(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("show", "c-00000000", "--json", "--language", "zh")
    assert outcome.code == 2
    assert outcome.events[0]["code"] == "unknown-case"
    assert "案件列表" in outcome.err
    assert case_id not in outcome.err


@pytest.mark.parametrize("text", ["", "  \n", "x" * 30_000])
def test_a_note_without_words_or_without_end_is_refused(
    evidencedesk: Command, case_id: str, text: str
) -> None:
    assert evidencedesk("note", case_id, text).code == 2


def test_a_library_that_is_open_elsewhere_says_so(evidencedesk: Command, library: Path) -> None:
    with open_desk(library, CLOCK):
        outcome = evidencedesk("cases", "--json")
    assert (outcome.code, outcome.events[0]["code"]) == (3, "library-in-use")


def test_a_file_where_the_library_should_be_is_no_crash(evidencedesk: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    outcome = evidencedesk("--library", tmp_path / "file", "cases", "--json")
    assert outcome.code == 3
    assert outcome.events[0]["event"] == "error"


def test_export_verify_and_a_changed_file(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    evidencedesk("note", case_id, "短信说今天上门")
    target = tmp_path / "case folder"
    exported = evidencedesk("export", case_id, target, "--zip", "--language", "zh")
    assert exported.code == 0
    assert exported.out.splitlines() == [str(target), f"{target}.zip"]
    assert 'lang="zh' in (target / "START-HERE.html").read_text(encoding="utf-8")
    intact = evidencedesk("verify", target)
    assert intact.code == 0
    assert "INTACT" in intact.out
    again = evidencedesk("export", case_id, target, "--json")
    assert (again.code, again.events[0]["code"]) == (2, "target-not-empty")
    page = target / "START-HERE.html"
    page.chmod(0o600)
    page.write_bytes(page.read_bytes() + b" ")
    changed = evidencedesk("verify", target, "--json")
    assert changed.code == 1
    (report,) = changed.events
    assert not report["intact"]
    assert any(f["subject"] == "START-HERE.html" and f["weight"] == "fault" for f in report["findings"])
    assert "不完好" in evidencedesk("verify", target, "--language", "zh").out


@pytest.mark.parametrize("name", ["none", "file", "empty"])
def test_what_is_no_case_folder_cannot_be_read(evidencedesk: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    outcome = evidencedesk("verify", tmp_path / name, "--json")
    assert (outcome.code, outcome.events[0]["code"]) == (2, "folder-unreadable")


def test_verify_needs_no_library(evidencedesk: Command, library: Path, tmp_path: Path) -> None:
    evidencedesk("verify", tmp_path)
    assert not library.exists()


def test_nothing_to_recover_is_no_error(evidencedesk: Command) -> None:
    outcome = evidencedesk("recover")
    assert (outcome.code, outcome.out) == (0, "")
    assert "Nothing was left" in outcome.err


def test_doctor_says_something_about_each_thing(evidencedesk: Command, case_id: str) -> None:
    names = {event["name"] for event in evidencedesk("doctor", "--json").events}
    assert {"microphone", "disk", "clock", "database", "journal", "fonts"} <= names
    only = evidencedesk("doctor", "--only", "journal")
    assert only.code == 0
    assert only.out.startswith("✓ Journal")
    assert case_id not in only.out


@pytest.mark.usefixtures("library")
def test_ctrl_c_is_taken_calmly(evidencedesk: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("evidencedesk.cli.look.timeline_lines", interrupted)
    monkeypatch.setattr("evidencedesk.cli.examine.verify", interrupted)
    outcome = evidencedesk("verify", "x")
    assert outcome.code == 130
    assert outcome.err.strip() == "Stopped, as you asked."


@pytest.mark.usefixtures("library")
def test_what_the_disk_says_in_an_unexpected_place_is_no_traceback(
    evidencedesk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error", "/media/usb")

    monkeypatch.setattr("evidencedesk.cli.examine.verify", refuse)
    outcome = evidencedesk("verify", "x", "--json")
    assert (outcome.code, outcome.events[0]["facts"]["path"]) == (3, "/media/usb")


@pytest.mark.usefixtures("library")
def test_the_language_of_the_process_is_left_as_it_was(evidencedesk: Command) -> None:
    before = os.environ.get("LANGUAGE")
    evidencedesk("--language", "zh", "--help")
    assert os.environ.get("LANGUAGE") == before
    assert session_for([]).words.language == "en"


def test_an_interrupted_export_leaves_nothing_half_written(
    evidencedesk: Command, case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AlreadyAsked(Interrupts):
        asked = True

    monkeypatch.setattr("evidencedesk.cli.hand_over.Interrupts", AlreadyAsked)
    outcome = evidencedesk("export", case_id, tmp_path / "out", "--json")
    assert (outcome.code, outcome.events[-1]["code"]) == (2, "cancelled")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


def test_a_killed_recording_is_recovered_once(evidencedesk: Command, library: Path, tmp_path: Path) -> None:
    sound = tmp_path / "visit.wav"
    sf.write(sound, np.random.default_rng(5).integers(-9000, 9000, size=(80_000, 1), dtype=np.int16), 8000)
    command = [sys.executable, "-m", "evidencedesk", "record", "--source", f"file:{sound}", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        started, saved = (json.loads(process.stdout.readline()) for _ in range(2))
        process.kill()
        process.wait()
    outcome = evidencedesk("recover", "--json")
    (event,) = outcome.events
    assert (outcome.code, event["event"], event["recording"]) == (0, "recovered", started["recording"])
    assert event["seconds"] >= saved["seconds"]
    assert evidencedesk("recover", "--json").events == []
    assert "Recovered after an interruption" in evidencedesk("show", started["case"]).out
    assert library.is_dir()
