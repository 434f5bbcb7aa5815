"""A library in a temporary folder, with a clock of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.store.library_store import LibraryStore


@dataclass
class SteppingClock(Clock):
    """A second passes with every look."""

    seconds: int = 0

    def now(self) -> Moment:
        self.seconds += 1
        minutes, seconds = divmod(self.seconds, 60)
        utc = f"2026-11-23T14:{minutes % 60:02}:{seconds:02}.000000Z"
        return Moment(utc, 480, "boot", self.seconds * 10**9)

    def boottime_ns(self) -> int:
        return self.seconds * 10**9


CASE = "c-00000001"
OPENED = (EventType.CASE_OPENED, {"title": "来分期", "creditor": "某某消费金融", "contract": "LFQ-1"})


@pytest.fixture
def clock() -> Clock:
    return SteppingClock()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def database(library: Path) -> Path:
    return library / "library.sqlite3"


@pytest.fixture
def open_store(library: Path, clock: Clock) -> Iterator[Callable[[], LibraryStore]]:
    opened: list[LibraryStore] = []

    def open_again() -> LibraryStore:
        opened.append(LibraryStore.open(library, clock, "1.2.3"))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], LibraryStore]) -> LibraryStore:
    return open_store()


@pytest.fixture
def case(store: LibraryStore) -> str:
    store.append(CASE, [OPENED])
    return CASE


@pytest.fixture
def closed_case(store: LibraryStore, case: str) -> str:
    """A case with three events in a library that is closed again."""
    for title in ("second", "third"):
        store.append(case, [(EventType.CASE_CHANGED, {"title": title})])
    store.close()
    return case


@pytest.fixture
def tamper(database: Path) -> Callable[..., None]:
    """Run statements on the database, as another tool would."""

    def run(*statements: str) -> None:
        with closing(sqlite3.connect(database)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return run
