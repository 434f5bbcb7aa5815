"""Lines of another library's journal go in as they are, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock
from evidencedesk.store.library_store import LibraryStore
from unit.store.conftest import CASE, OPENED

_ARRIVED = (
    EventType.CASE_IMPORTED,
    {"folder": "out", "head_before": {"seq": 1, "hash": "0" * 64}, "device": "", "findings": 0},
)


@pytest.fixture
def elsewhere(tmp_path: Path, clock: Clock) -> LibraryStore:
    store = LibraryStore.open(tmp_path / "elsewhere", clock, "1.2.3")
    store.append(CASE, [OPENED])
    note = {"note": "n-00000001", "encounter": None, "recording": None, "at_ms": None, "marker": None}
    store.append(CASE, [(EventType.NOTE_TAKEN, {**note, "text": "今天必须还"})])
    return store


def test_the_same_bytes_are_kept_and_our_own_entry_follows(
    open_store: Callable[[], LibraryStore], elsewhere: LibraryStore, clock: Clock
) -> None:
    store = open_store()
    lines = list(elsewhere.journal_lines(CASE))
    head = store.append_lines(CASE, lines, [_ARRIVED], clock.now())
    assert list(store.journal_lines(CASE))[:2] == lines
    assert store.head(CASE) == head
    assert head.seq == 3
    assert store.hashes(CASE)[:2] == elsewhere.hashes(CASE)
    assert store.imported_until() == {CASE: 3}
    assert store.check() == ()
    elsewhere.close()


@pytest.mark.parametrize("kept", [slice(1, None), slice(None, None, -1)])
def test_lines_that_do_not_follow_leave_nothing(
    open_store: Callable[[], LibraryStore], elsewhere: LibraryStore, clock: Clock, kept: slice
) -> None:
    store = open_store()
    with pytest.raises(ValueError, match="does not follow"):
        store.append_lines(CASE, list(elsewhere.journal_lines(CASE))[kept], [_ARRIVED], clock.now())
    assert store.heads() == {}
    assert store.cases() == ()
    elsewhere.close()


def test_a_line_in_another_spelling_leaves_nothing(
    open_store: Callable[[], LibraryStore], elsewhere: LibraryStore, clock: Clock
) -> None:
    store = open_store()
    first, _ = elsewhere.journal_lines(CASE)
    with pytest.raises(ValueError, match="canonical"):
        store.append_lines(CASE, [first.replace(b'":', b'": ', 1)], [], clock.now())
    assert store.heads() == {}
    elsewhere.close()
