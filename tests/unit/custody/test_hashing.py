"""Hashes of plain files, and of nothing else."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from evidencedesk.custody.hashing import BUFFER_BYTES, hash_file, open_regular


@pytest.mark.parametrize("size", [0, 1, BUFFER_BYTES - 1, BUFFER_BYTES, BUFFER_BYTES + 1, 3 * BUFFER_BYTES])
def test_a_file_of_any_size_is_hashed(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    (tmp_path / "f").write_bytes(content)
    assert hash_file(tmp_path / "f") == (hashlib.sha256(content).hexdigest(), size)


def test_where_the_system_can_not_read_into_a_buffer_the_hash_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = os.urandom(BUFFER_BYTES + 5)
    (tmp_path / "f").write_bytes(content)
    monkeypatch.delattr(os, "readv")
    assert hash_file(tmp_path / "f") == (hashlib.sha256(content).hexdigest(), len(content))


def test_progress_adds_up(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(bytes(BUFFER_BYTES + 5))
    counts: list[int] = []
    hash_file(tmp_path / "f", counts.append)
    assert counts == [BUFFER_BYTES, 5]


@pytest.mark.parametrize("kind", ["folder", "fifo", "link", "device", "nothing"])
def test_what_is_no_plain_file_is_refused_and_leaves_no_descriptor(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "f"
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "link":
        (tmp_path / "real").write_bytes(b"")
        path.symlink_to("real")
    elif kind == "device":
        path = Path("/dev/null")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - Path keeps none open either
    with pytest.raises(OSError):  # noqa: PT011 - the kind of error is the contract
        open_regular(path)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
