from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from evidencedesk.system.places import runtime_dir
from evidencedesk.system.private_temp import private_folder, remove_left_folders

_HOLDS_ONE = """
import sys
from evidencedesk.system.private_temp import private_folder
with private_folder() as folder:
    (folder / "note.txt").write_text("plain")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def _left() -> list[Path]:
    return list(runtime_dir().iterdir())


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _somebody_with_a_folder() -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDS_ONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_this_users_alone_and_gone_afterwards() -> None:
    with private_folder() as folder:
        (folder / "note.txt").write_text("plain")
        assert [_mode(one) for one in (folder, folder.parent, runtime_dir())] == [0o700] * 3
        assert not list(folder.parent.parent.glob("*.txt"))
    assert _left() == []


def test_it_is_gone_after_a_failure_too() -> None:
    with pytest.raises(FileNotFoundError), private_folder() as folder:
        (folder / "none" / "note.txt").write_text("plain")
    assert _left() == []


def test_what_a_killed_run_left_goes_at_the_next_start() -> None:
    process, folder = _somebody_with_a_folder()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert (folder / "note.txt").exists()
    remove_left_folders()
    assert _left() == []


def test_a_folder_in_use_stays() -> None:
    process, folder = _somebody_with_a_folder()
    remove_left_folders()
    assert (folder / "note.txt").read_text() == "plain"
    process.communicate()
    assert _left() == []


def test_a_link_of_that_name_leads_nobody_away(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("lock", "kept.txt"):
        (other / name).write_text("kept")
    (runtime_dir() / "moment-link").symlink_to(other)
    remove_left_folders()
    assert (other / "kept.txt").read_text() == "kept"
