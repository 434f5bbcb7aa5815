"""The library as a whole, as the window asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencedesk.app.services import OpenedDesk, Services
from evidencedesk.custody.vault import VaultKeys
from evidencedesk.domain.errors import Code, Known
from evidencedesk.system import places
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings, load_settings
from evidencedesk.ui.settings.library_presenter import Doing
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.lock_library import begin_locking, finish_conversion

PASSPHRASE = "four words nobody knows"  # noqa: S105


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(places.LIBRARY_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenedDesk]:
    desk = OpenedDesk(tmp_path / "library", SystemClock())
    yield desk
    desk.close()


@pytest.fixture
def services(opened: OpenedDesk, tmp_path: Path) -> Services:
    made = Services(opened.desk, Settings(library=str(tmp_path / "library")), places.config_file())
    made.open_case("来分期")
    return made


def nothing(_done: int, _total: int, _name: str) -> None:
    """Nobody looks."""


def never() -> bool:
    return False


def test_a_back_up_is_written_and_its_date_is_known(services: Services, tmp_path: Path) -> None:
    assert services.library_facts().backed_up == ""
    kept = services.back_up(tmp_path, with_key=False, receiver="", progress=nothing, cancelled=never)
    assert (kept.doing, kept.cases) == (Doing.BACKING_UP, 1)
    facts = services.library_facts()
    assert (facts.days, facts.backup_path, facts.cases, facts.named) == (0, str(kept.path), 1, False)
    restored = services.restore(kept.path, tmp_path / "new", None, "", nothing, never)
    assert restored.cases == 1
    services.use_library(restored.path)
    assert load_settings(places.config_file())[0].library == str(tmp_path / "new")


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Path, VaultKeys, str]:
    """A locked library with a case, closed; what opens it."""
    library = tmp_path / "library"
    with open_desk(library, SystemClock()) as desk:
        keys, code = begin_locking(desk, PASSPHRASE)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
    return library, keys, code


def test_the_back_up_of_a_locked_library_is_restored_with_its_passphrase_or_code(
    locked: tuple[Path, VaultKeys, str], tmp_path: Path
) -> None:
    library, keys, code = locked
    opened = OpenedDesk(library, SystemClock(), keys=keys)
    try:
        services = Services(opened.desk, Settings(library=str(library)), places.config_file())
        services.open_case("来分期")
        kept = services.back_up(tmp_path, with_key=False, receiver="", progress=nothing, cancelled=never)
        refusals = {"": Code.VAULT_LOCKED, "some other words": Code.VAULT_WRONG_PASSPHRASE}
        for given, refusal in refusals.items():
            with pytest.raises(Known) as refused:
                services.restore(kept.path, tmp_path / "new", None, given, nothing, never)
            assert refused.value.code is refusal
            assert not (tmp_path / "new").exists()
        for name, given in (("by passphrase", PASSPHRASE), ("by code", code.lower())):
            assert services.restore(kept.path, tmp_path / name, None, given, nothing, never).cases == 1
    finally:
        opened.close()


def test_a_locked_library_that_is_moved_opens_in_its_new_place_and_the_old_one_goes(
    locked: tuple[Path, VaultKeys, str], tmp_path: Path
) -> None:
    library, keys, _ = locked
    opened = OpenedDesk(library, SystemClock(), keys=keys)
    services = Services(opened.desk, Settings(library=str(library)), places.config_file())
    services.open_case("来分期")
    services.move_library(tmp_path / "new", nothing, never)
    opened.close()
    again = OpenedDesk(tmp_path / "new", SystemClock(), keys=keys)
    try:
        later = Services(again.desk, load_settings(places.config_file())[0], places.config_file())
        assert later.library_facts().cases == 1
        later.remove_old_library(nothing, never)
        assert not (library / "library.sqlite3").exists()
        assert not (library / "vault.json").exists()
    finally:
        again.close()


def test_a_move_is_remembered_and_the_old_one_can_go(services: Services, tmp_path: Path) -> None:
    services.move_library(tmp_path / "new", nothing, never)
    chosen = load_settings(places.config_file())[0]
    assert (chosen.library, chosen.library_before) == (str(tmp_path / "new"), str(tmp_path / "library"))
    with pytest.raises(Known) as moved:
        services.open_case("noch eine")
    assert moved.value.code is Code.LIBRARY_MOVED


def test_after_the_next_start_the_old_library_is_taken_away(
    services: Services, opened: OpenedDesk, tmp_path: Path
) -> None:
    services.move_library(tmp_path / "new", nothing, never)
    opened.close()
    again = OpenedDesk(tmp_path / "new", SystemClock())
    try:
        chosen = load_settings(places.config_file())[0]
        later = Services(again.desk, chosen, places.config_file())
        assert later.library_facts().before == str(tmp_path / "library")
        assert later.remove_old_library(nothing, never).file_bytes > 0
        assert later.library_facts().before == ""
        assert not (tmp_path / "library").exists()
    finally:
        again.close()


def test_a_move_whose_choice_is_not_kept_is_forgotten(services: Services, tmp_path: Path) -> None:
    places.config_file().parent.mkdir(parents=True, exist_ok=True)
    places.config_file().mkdir()
    with pytest.raises(Known):
        services.move_library(tmp_path / "new", nothing, never)
    assert services.settings().library == str(tmp_path / "library")
    assert not (tmp_path / "new").exists()
    services.open_case("weiter")


def test_a_library_named_at_the_start_is_not_remembered_elsewhere(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(places.LIBRARY_VARIABLE, str(tmp_path / "library"))
    assert services.library_facts().named
