"""A crash leaves no picture of the memory: processes die of real signals; the kernel says if it dumped."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="says how the Linux kernel does it"
)

SIGNALS = (signal.SIGSEGV, signal.SIGABRT)
# The real entry, stopped where the command line would begin.
_ENTRY = """
import evidencedesk.cli.main as command_line
from evidencedesk.app import entry
command_line.run = lambda given: die()
entry.main(["cases"])
"""
_CHILD = """
import subprocess
import evidencedesk.cli.main as command_line
from evidencedesk.app import entry
def start_and_die(given):
    child = subprocess.Popen([sys.executable, "-c", "import os; os.kill(os.getpid(), NUMBER)"])
    _, status = os.waitpid(child.pid, 0)
    sys.stdout.write("dumped" if os.WCOREDUMP(status) else "nothing")
    sys.stdout.flush()
    die()
command_line.run = start_and_die
entry.main(["cases"])
"""


def _dies(script: str, number: signal.Signals, place: Path) -> tuple[bool, list[str], str]:
    """Whether the kernel wrote a picture, what lies in the folder, what was said."""
    before = f"import os, sys\ndef die(): os.kill(os.getpid(), {int(number)})\n"
    code = before + textwrap.dedent(script).replace("NUMBER", str(int(number)))
    said = place / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=place,
            stdout=out,
            preexec_fn=_allow_dumps,  # noqa: PLW1509 - one thread, nothing else to do there
        )
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -number
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == number
    left = sorted(one.name for one in place.iterdir() if one != said)
    return os.WCOREDUMP(status), left, said.read_text("utf-8")


def _allow_dumps() -> None:
    for most in (resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_CORE)[1]):
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        except ValueError:
            continue
        return


@pytest.fixture(autouse=True)
def _a_system_that_would_dump(tmp_path: Path) -> None:
    """The same without our measures, on this machine: otherwise the tests below would show nothing."""
    place = tmp_path / "without"
    place.mkdir()
    dumped, _, _ = _dies("die()", signal.SIGSEGV, place)
    if not dumped:
        pytest.skip("this system writes no core dumps anyway")


@pytest.mark.parametrize("number", SIGNALS)
def test_the_program_leaves_none(number: signal.Signals, tmp_path: Path) -> None:
    place = tmp_path / "with"
    place.mkdir()
    assert _dies(_ENTRY, number, place) == (False, [], "")


@pytest.mark.parametrize("number", SIGNALS)
def test_what_it_starts_leaves_none_either(number: signal.Signals, tmp_path: Path) -> None:
    place = tmp_path / "with"
    place.mkdir()
    assert _dies(_CHILD, number, place) == (False, [], "nothing")


def test_nobody_with_the_same_account_may_read_the_windows_memory() -> None:
    asked = textwrap.dedent("""
        import ctypes
        import evidencedesk.app.entry as entry
        import types
        def run(given):
            print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
            return 0
        import sys
        sys.modules["evidencedesk.app.first_paint"] = types.SimpleNamespace(run=run)
        entry.main([])
    """)
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
