"""A plain database is sealed and made plain again, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.search import SearchAnswer
from evidencedesk.store.database import is_plain
from evidencedesk.store.database_form import bring_into_form
from evidencedesk.store.driver import connect
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.store.search_rows import SearchWish
from fakes.small_disk import small_disk
from unit.store.conftest import CASE, KEY, OPENED

_OTHER = bytes(range(1, 33))
_SECRET = "催收员说要上门"  # noqa: S105 - words that must not be found


@pytest.fixture
def told(library: Path, clock: Clock) -> tuple[bytes, ...]:
    """A plain library with a note that can be searched for; its journal."""
    store = LibraryStore.open(library, clock, "1.2.3")
    store.append(CASE, [OPENED, (EventType.CASE_CHANGED, {"title": _SECRET})])
    store.append(CASE, [(EventType.CASE_CHANGED, {"title": f"{_SECRET}{at}"}) for at in range(600)])
    lines = tuple(store.journal_lines(CASE))
    store.close()
    return lines


def _read(library: Path, clock: Clock, key: bytes | None) -> tuple[tuple[bytes, ...], SearchAnswer]:
    store = LibraryStore.open(library, clock, "1.2.3", key=key)
    try:
        assert store.check() == ()
        return tuple(store.journal_lines(CASE)), store.search(SearchWish("上门"))
    finally:
        store.close()


def _held(library: Path) -> bytes:
    return b"".join(path.read_bytes() for path in library.iterdir())


def test_sealed_and_made_plain_again_it_holds_the_same(
    library: Path, database: Path, clock: Clock, told: tuple[bytes, ...]
) -> None:
    found = _read(library, clock, None)
    assert found[0] == told
    assert found[1].hits
    assert _SECRET.encode() in _held(library)  # the control of what follows

    assert bring_into_form(library, KEY, sealed=True)
    assert not bring_into_form(library, KEY, sealed=True)
    assert [path.name for path in library.iterdir()] == [database.name]
    assert _SECRET.encode() not in _held(library)
    assert b"SQLite" not in _held(library)
    assert database.stat().st_mode & 0o777 == 0o600
    assert _read(library, clock, KEY) == found
    assert _SECRET.encode() not in _held(library)

    assert bring_into_form(library, KEY, sealed=False)
    assert _read(library, clock, None) == found
    assert [path.name for path in library.iterdir()] == [database.name]


def test_copies_made_before_migrations_go_with_the_old_form(
    library: Path, database: Path, told: tuple[bytes, ...]
) -> None:
    copy = database.with_name(f"{database.name}.before-0001")
    copy.write_bytes(database.read_bytes())
    assert told
    assert bring_into_form(library, KEY, sealed=True)
    assert not copy.exists()


def test_what_a_crash_left_in_the_log_is_sealed_as_well(library: Path, clock: Clock) -> None:
    store = LibraryStore.open(library, clock, "1.2.3")
    store.append(CASE, [OPENED])
    lines = tuple(store.journal_lines(CASE))
    crashed = library.with_name("crashed")
    crashed.mkdir()
    for path in library.iterdir():  # as the disk is at this moment, with its log
        (crashed / path.name).write_bytes(path.read_bytes())
    store.close()
    assert (crashed / "library.sqlite3-wal").stat().st_size > 0
    assert bring_into_form(crashed, KEY, sealed=True)
    assert [path.name for path in crashed.iterdir()] == ["library.sqlite3"]
    assert _read(crashed, clock, KEY)[0] == lines


def test_another_key_is_named_and_changes_nothing(
    library: Path, database: Path, clock: Clock, told: tuple[bytes, ...]
) -> None:
    bring_into_form(library, KEY, sealed=True)
    before = database.read_bytes()
    with pytest.raises(Known) as caught:
        LibraryStore.open(library, clock, "1.2.3", key=_OTHER)
    assert caught.value.code is Code.VAULT_OTHER_KEY
    with pytest.raises(Known) as caught:
        bring_into_form(library, _OTHER, sealed=False)
    assert caught.value.code is Code.VAULT_OTHER_KEY
    assert database.read_bytes() == before
    assert _read(library, clock, KEY)[0] == told


@pytest.mark.parametrize("sealed", [True, False], ids=["sealing", "making plain"])
def test_a_full_disk_leaves_the_library_as_it_was(
    tmp_path: Path, library: Path, clock: Clock, told: tuple[bytes, ...], *, sealed: bool
) -> None:
    with small_disk(tmp_path / "disk", "2500k") as disk:
        place = disk / "library"
        place.mkdir()
        (place / "library.sqlite3").write_bytes((library / "library.sqlite3").read_bytes())
        if not sealed:
            bring_into_form(library, KEY, sealed=True)
            (place / "library.sqlite3").write_bytes((library / "library.sqlite3").read_bytes())
        size = (place / "library.sqlite3").stat().st_size
        (disk / "filler").write_bytes(bytes(2_500_000 - 2 * size + 100_000))
        with pytest.raises(Known) as caught:
            bring_into_form(place, KEY, sealed=sealed)
        assert caught.value.code is Code.DISK_FULL
        assert [path.name for path in place.iterdir()] == ["library.sqlite3"]
        (disk / "filler").unlink()
        assert is_plain(place / "library.sqlite3") == sealed
        assert bring_into_form(place, KEY, sealed=sealed)
        assert _read(place, clock, KEY if sealed else None)[0] == told


def test_a_page_that_was_changed_is_named(
    library: Path, database: Path, clock: Clock, told: tuple[bytes, ...], tamper: Callable[..., None]
) -> None:
    assert told
    bring_into_form(library, KEY, sealed=True)
    store = LibraryStore.open(library, clock, "1.2.3", key=KEY)
    content = bytearray(database.read_bytes())
    content[-100] ^= 1
    database.write_bytes(content)
    findings = store.check()
    store.close()
    assert {finding.code for finding in findings} == {"database-damaged"}


def test_sqlcipher_is_loaded_only_for_a_locked_library(library: Path, told: tuple[bytes, ...]) -> None:
    assert told
    script = (
        "import sys; from pathlib import Path; from evidencedesk.store.library_store import LibraryStore;"
        "from evidencedesk.system.clock import SystemClock;"
        "LibraryStore.open(Path(sys.argv[1]), SystemClock(), '1').close();"
        "print(any(name.startswith('sqlcipher3') for name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", script, library], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_wrong_key_says_nothing_on_stderr(library: Path, told: tuple[bytes, ...]) -> None:
    assert told
    bring_into_form(library, KEY, sealed=True)
    script = (
        "import sys; from pathlib import Path; from evidencedesk.store.driver import connect;"
        "connect(Path(sys.argv[1]), bytes(32)).execute('SELECT * FROM sqlite_master')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, library / "library.sqlite3"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "not a database" in ran.stderr
    assert "CORE" not in ran.stderr


def test_a_locked_one_keeps_what_it_sorts_in_memory(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "some.sqlite3", KEY)) as connection:
        assert connection.execute("PRAGMA temp_store").fetchone() == (2,)
