"""A library in a temporary folder, with a clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.store.driver import connect
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
KEY = bytes(range(32))
# Read with a key, too: what must work in a sealed database as in a plain one.
_BOTH_WAYS = frozenset(
    {
        "test_checking",
        "test_guards",
        "test_is_recording",
        "test_library_store",
        "test_opening",
        "test_schema",
    }
)
OPENED = (EventType.CASE_OPENED, {"title": "来分期", "creditor": "某某消费金融", "contract": "LFQ-1"})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of some files run twice."""
    if "key" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] in _BOTH_WAYS:
        metafunc.parametrize("key", [None, KEY], ids=["plain", "sealed"], indirect=True)


@pytest.fixture
def key(request: pytest.FixtureRequest) -> bytes | None:
    """What the database is sealed with; nothing, unless a test is run with one."""
    found: bytes | None = getattr(request, "param", None)
    return found


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
def open_store(library: Path, clock: Clock, key: bytes | None) -> Iterator[Callable[[], LibraryStore]]:
    opened: list[LibraryStore] = []

    def open_again() -> LibraryStore:
        opened.append(LibraryStore.open(library, clock, "1.2.3", key=key))
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
def tamper(database: Path, key: bytes | None) -> Callable[..., None]:
    """Run statements on the database, as another tool would."""

    def run(*statements: str) -> None:
        with closing(connect(database, key)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return run
