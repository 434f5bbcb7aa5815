"""The doctor looks at everything and is never the one who fails."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from evidencedesk.custody.vault import Vault
from evidencedesk.domain.errors import Code
from evidencedesk.export.papers.fonts import faces
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.clock_sync import ClockSync, ClockSyncState
from evidencedesk.system.secret_store import NoSecrets
from evidencedesk.workflows import run_doctor as doctor
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.run_doctor import Check, Health, run_doctor
from fakes.sound_server import PrivateSoundServer


def named(checks: tuple[Check, ...], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def make_library(library: Path) -> None:
    with open_desk(library, SystemClock()) as desk:
        open_case(desk, "来分期")


def test_a_sound_library_is_good(tmp_path: Path) -> None:
    make_library(tmp_path / "library")
    checks = run_doctor(tmp_path / "library", SystemClock())
    assert named(checks, "database").health is Health.GOOD
    assert named(checks, "journal").health is Health.GOOD


def test_a_library_that_does_not_exist_yet_is_good_and_stays_unmade(tmp_path: Path) -> None:
    checks = run_doctor(tmp_path / "library", SystemClock())
    assert named(checks, "database").health is Health.GOOD
    assert not (tmp_path / "library").exists()


def test_the_lock_and_what_opens_it_are_named_without_any_key(tmp_path: Path) -> None:
    library = tmp_path / "library"
    make_library(library)
    assert dict(named(run_doctor(library, SystemClock()), "lock").facts) == {"state": "none"}
    Vault(library, NoSecrets()).create("four words nobody knows")
    check = named(run_doctor(library, SystemClock()), "lock")
    assert check.health is Health.GOOD
    assert dict(check.facts) == {"state": "sealing", "opened_by": "passphrase,recovery"}


def test_the_font_of_the_report_is_named(tmp_path: Path) -> None:
    check = named(run_doctor(tmp_path / "library", SystemClock()), "report-font")
    assert check.health is Health.GOOD
    assert dict(check.facts)["family"]


def test_a_computer_without_a_chinese_font_is_warned_about_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "faces", lambda: faces(of_the_system=False))
    check = named(run_doctor(tmp_path / "library", SystemClock()), "report-font")
    assert check.health is Health.CARE


def test_a_library_in_use_is_said_to_be_in_use(desk: Desk) -> None:
    problem = named(run_doctor(desk.library, desk.clock), "database").problem
    assert problem is not None
    assert problem.code is Code.LIBRARY_IN_USE


def test_garbage_instead_of_a_database_is_named(tmp_path: Path) -> None:
    make_library(tmp_path / "library")
    (tmp_path / "library" / "library.sqlite3").write_bytes(b"no database" * 1000)
    check = named(run_doctor(tmp_path / "library", SystemClock()), "database")
    assert check.health is Health.BAD
    assert check.problem is not None
    assert check.problem.code is Code.LIBRARY_DAMAGED


def test_missing_guards_are_said_and_made_anew_when_the_journal_is_whole(tmp_path: Path) -> None:
    library = tmp_path / "library"
    make_library(library)
    with sqlite3.connect(library / "library.sqlite3") as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        raw.execute(f"DROP TRIGGER {names[0]}")
    raw.close()
    check = named(run_doctor(library, SystemClock()), "database")
    assert check.health is Health.CARE
    assert check.problem is not None
    assert check.problem.code is Code.GUARDS_MISSING
    assert named(run_doctor(library, SystemClock()), "database").health is Health.GOOD


@pytest.mark.parametrize(
    ("kept", "health"),
    [
        (ClockSync(ClockSyncState.SYNCHRONISED, 23_500), Health.GOOD),
        (ClockSync(ClockSyncState.UNSYNCHRONISED), Health.CARE),
        (ClockSync(ClockSyncState.UNKNOWN), Health.CARE),
    ],
)
def test_what_the_system_says_of_its_clock_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: ClockSync, health: Health
) -> None:
    monkeypatch.setattr(doctor, "clock_sync", lambda: kept)
    check = named(run_doctor(tmp_path / "library", SystemClock()), "network-time")
    assert check.health is health
    assert dict(check.facts)["state"] == kept.state.value


@pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")
def test_what_you_hear_is_found_where_there_is_a_sound_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PrivateSoundServer(tmp_path) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        check = named(run_doctor(tmp_path / "library", SystemClock()), "far-side")
        assert check.health is Health.GOOD
        assert dict(check.facts)["device"]


def test_a_computer_whose_own_sound_cannot_be_recorded_needs_care_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "default_far_source", lambda: None)
    assert named(run_doctor(tmp_path / "library", SystemClock()), "far-side").health is Health.CARE
