from __future__ import annotations

import stat
from pathlib import Path

import pytest

from evidencedesk.custody.checkpoint import Checkpoint, Why
from evidencedesk.custody.journal import JournalHead
from evidencedesk.domain.errors import Code, Known
from evidencedesk.store.checkpoint_log import FILE_NAME, CheckpointLog, KeptCheckpoint

HASH = "ab" * 32


def checkpoint(seq: int, case: str = "c-00000001") -> Checkpoint:
    utc = f"2026-11-23T14:00:{seq:02}.000000Z"
    return Checkpoint(case, JournalHead(seq, HASH), Why.RECORDING, utc, 480, "cd" * 32)


@pytest.fixture
def log(tmp_path: Path) -> CheckpointLog:
    return CheckpointLog(tmp_path)


def test_what_was_added_is_read_in_order(log: CheckpointLog) -> None:
    kept = [KeptCheckpoint(checkpoint(1), b"signature"), KeptCheckpoint(checkpoint(2))]
    for one in kept:
        log.add(one)
    assert log.read() == tuple(kept)


def test_there_is_nothing_before_the_first(log: CheckpointLog) -> None:
    assert log.read() == ()


def test_only_the_account_may_read_it(log: CheckpointLog, tmp_path: Path) -> None:
    log.add(KeptCheckpoint(checkpoint(1)))
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_one_that_is_signed_later_stands_once_and_signed(log: CheckpointLog) -> None:
    log.add(KeptCheckpoint(checkpoint(1)))
    log.add(KeptCheckpoint(checkpoint(2)))
    log.add(KeptCheckpoint(checkpoint(1), b"signature"))
    assert log.read() == (KeptCheckpoint(checkpoint(1), b"signature"), KeptCheckpoint(checkpoint(2)))


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_line_torn_by_a_crash_counts_as_not_written_and_harms_no_other(
    log: CheckpointLog, tmp_path: Path, cut: int
) -> None:
    for seq in (1, 2):
        log.add(KeptCheckpoint(checkpoint(seq)))
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes()[:-cut])
    assert [one.checkpoint.head.seq for one in log.read()] == [1]
    log.add(KeptCheckpoint(checkpoint(3)))
    assert [one.checkpoint.head.seq for one in log.read()][-1] == 3


def test_lines_that_are_no_checkpoints_are_passed_over(log: CheckpointLog, tmp_path: Path) -> None:
    log.add(KeptCheckpoint(checkpoint(1)))
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(b'junk\n{}\n[]\n{"checkpoint":{},"signature":""}\n\xff\n')
    log.add(KeptCheckpoint(checkpoint(2)))
    assert [one.checkpoint.head.seq for one in log.read()] == [1, 2]


def test_a_place_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(Known) as caught:
        CheckpointLog(tmp_path).add(KeptCheckpoint(checkpoint(1)))
    assert caught.value.code is Code.INPUT_OUTPUT
