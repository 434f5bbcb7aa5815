from __future__ import annotations

import stat
from pathlib import Path

import pytest

from evidencedesk.system import places


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv(places.LIBRARY_VARIABLE, raising=False)


def test_the_library_is_among_the_users_data(tmp_path: Path) -> None:
    assert places.default_library().parts[-2:] == ("EvidenceDesk", "library")
    assert tmp_path in places.default_library().parents
    assert tmp_path in places.config_file().parents


def test_the_environment_names_another_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(places.LIBRARY_VARIABLE, "~/case papers")
    assert places.default_library() == tmp_path / "case papers"


def test_a_relative_library_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(places.LIBRARY_VARIABLE, "here")
    assert places.default_library() == tmp_path / "here"


def test_the_runtime_folder_is_for_this_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = tmp_path / "session"
    session.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    folder = places.runtime_dir()
    assert session in folder.parents
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_a_session_the_runtime_folder_is_not_in_a_place_others_can_reach(tmp_path: Path) -> None:
    assert tmp_path in places.runtime_dir().parents


def test_a_runtime_folder_somebody_else_prepared_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, elsewhere = tmp_path / "session", tmp_path / "elsewhere"
    session.mkdir()
    elsewhere.mkdir()
    (session / "EvidenceDesk").symlink_to(elsewhere)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    assert session not in places.runtime_dir().parents
