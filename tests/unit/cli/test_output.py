from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidencedesk.cli.output import Output, printable
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words

HOSTILE = "a\x1b[2Jb\x9bc\u202egnp.exe\x7fd\udc80"


def _output(*, as_json: bool) -> Output:
    return Output(Words("en", resource("locale")), as_json=as_json)


def test_nothing_printed_can_steer_the_terminal_or_turn_a_name_around() -> None:
    assert printable(HOSTILE) == "a\ufffd[2Jb\ufffdc\ufffdgnp.exe\ufffdd\ufffd"
    assert printable("催收\n\t“x” é 🙂") == "催收\n\t“x” é 🙂"


def test_json_keeps_the_exact_text_and_still_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    _output(as_json=True).event("noted", text=HOSTILE, title="来分期")
    line = capsys.readouterr().out
    assert json.loads(line) == {"event": "noted", "text": HOSTILE, "title": "来分期"}
    assert printable(line) == line
    assert "来分期" in line


def test_results_are_either_text_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    for as_json, wanted in ((False, "text\n"), (True, '{"event":"x"}\n')):
        output = _output(as_json=as_json)
        output.result("text")
        output.event("x")
        assert capsys.readouterr() == (wanted, "")


def test_an_error_says_three_things_on_stderr_and_one_object_on_stdout(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _output(as_json=True).error(WrongUse(Code.NOT_A_FILE, path="/tmp/x", detail="odd"))
    said = capsys.readouterr()
    assert said.err.splitlines()[0] == "“/tmp/x” is not a file. (odd)"
    assert len(said.err.splitlines()) == 3
    found = json.loads(said.out)
    assert (found["event"], found["code"], found["facts"]["path"]) == ("error", "not-a-file", "/tmp/x")


def test_progress_is_only_for_somebody_who_looks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = _output(as_json=False)
    output.progress("50 %")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    output.progress("50 %")
    output.message("done")
    assert capsys.readouterr().err == "\r50 %\x1b[K\ndone\n"
    _output(as_json=True).progress("50 %")
    assert capsys.readouterr().err == ""


_TALK = """
import sys
from evidencedesk.cli.output import Output, speak_utf8
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
speak_utf8()
output = Output(Words("zh", resource("locale")), as_json=False)
for number in range(20000):
    output.result(f"催收 {number} \\udcff")
output.message("the work went on")
sys.exit(7)
"""


def test_a_reader_that_goes_away_does_not_end_the_work() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _TALK], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b"the work went on\n"
        assert process.wait() == 7


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_chinese_is_written_whatever_the_locale_says(encoding: str, tmp_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    script = tmp_path / "talk.py"
    script.write_text(_TALK, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, env=environment, check=False)
    assert done.returncode == 7
    assert done.stdout.startswith("催收 0 ?".encode()) or done.stdout.startswith("催收 0 \ufffd".encode())


def test_streams_of_another_kind_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    _output(as_json=False).result("x")
    assert stream.getvalue() == "x\n"
