from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from evidencedesk.system.lock import FolderLock, is_held

_HOLD = """
import sys
from pathlib import Path
from evidencedesk.system.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_only_one_gets_the_lock(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path / "x.lock"), FolderLock(tmp_path / "x.lock")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()
    second.release()


def test_looking_does_not_take_it_nor_leave_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    assert not is_held(path)
    assert not path.exists()
    with FolderLock(path) as lock:
        assert lock.held
        assert is_held(path)
    assert not is_held(path)


def test_a_with_block_refuses_what_somebody_else_has(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    with FolderLock(path), pytest.raises(BlockingIOError), FolderLock(path):
        pass
    assert not is_held(path)


def test_another_thread_may_give_it_back(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "x.lock")
    assert lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    assert not is_held(tmp_path / "x.lock")


def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert is_held(path)
        assert not FolderLock(path).acquire()
        holder.kill()
        holder.wait()
    assert not is_held(path)
    assert FolderLock(path).acquire()


def test_a_place_where_no_lock_can_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        FolderLock(tmp_path / "file" / "x.lock").acquire()
