"""``vault``: lock, look, change what opens it, and give the lock up, as a script does it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.custody.attempts import ATTEMPTS_FILE, Attempts
from evidencedesk.custody.kept import is_sealed
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.passphrase import VAULT_VARIABLE

Command = Callable[..., Any]
PASSPHRASE = "four words nobody knows"  # noqa: S105


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "催收函.txt"
    path.write_text("催收函" * 100)
    return path


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A file with the passphrase."""
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n不是口令\n")
    return path


@pytest.fixture
def code(evidencedesk: Command, case_id: str, paper: Path, given: Path) -> str:
    """A locked library with a file in it; its recovery code."""
    assert evidencedesk("attach", case_id, paper).code == 0
    locked = evidencedesk("vault", "lock", "--passphrase-file", given, "--json")
    assert locked.code == 0
    assert [event["event"] for event in locked.events] == ["vault-code", "vault-locked"]
    found: str = locked.events[0]["code"]
    return found


def _states(evidencedesk: Command) -> tuple[str, list[str]]:
    event = evidencedesk("vault", "status", "--json").events[-1]
    return event["state"], event["opened_by"]


def test_a_locked_library_is_sealed_and_says_what_opens_it(
    evidencedesk: Command, code: str, library: Path
) -> None:
    assert _states(evidencedesk) == ("sealed", ["passphrase", "recovery"])
    (attachment,) = [path for path in (library / "cases").rglob("*") if path.is_file()]
    assert attachment.name == "sealed"
    assert is_sealed(attachment)
    assert code.count("-") == 6


def test_every_other_command_needs_what_opens_it(
    evidencedesk: Command, code: str, given: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refused = evidencedesk("cases", "--json")
    assert (refused.code, refused.events[-1]["code"]) == (2, "vault-locked")
    assert evidencedesk("cases", "--passphrase-file", given).code == 0
    (tmp_path / "code").write_text(code.lower())
    assert evidencedesk("cases", "--passphrase-file", tmp_path / "code").code == 0
    (tmp_path / "wrong").write_text("some other words")
    wrong = evidencedesk("cases", "--passphrase-file", tmp_path / "wrong", "--json")
    assert (wrong.code, wrong.events[-1]["code"]) == (2, "vault-wrong-passphrase")
    monkeypatch.setenv(VAULT_VARIABLE, PASSPHRASE)
    assert "来分期" in evidencedesk("cases").out
    assert VAULT_VARIABLE not in os.environ, "nothing that it starts inherits it"


def test_wrong_passphrases_make_the_next_command_wait_as_at_the_window(
    evidencedesk: Command, code: str, given: Path, library: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("some other words")
    assert evidencedesk("cases", "--passphrase-file", wrong).code == 2
    attempts = Attempts(library, SystemClock())
    assert 0 < attempts.wait_s() <= 1
    begun = time.monotonic()
    waited = attempts.wait_s()
    right = evidencedesk("cases", "--passphrase-file", given)
    assert right.code == 0
    assert time.monotonic() - begun >= waited
    assert "waiting 1 s" in right.err
    assert not (library / ATTEMPTS_FILE).exists(), "the right one ends it"


def test_the_recovery_code_is_never_made_to_wait(
    evidencedesk: Command, code: str, library: Path, tmp_path: Path
) -> None:
    attempts = Attempts(library, SystemClock())
    for _ in range(20):
        attempts.begin()
    (tmp_path / "code").write_text(code)
    right = evidencedesk("cases", "--passphrase-file", tmp_path / "code")
    assert (right.code, "waiting" in right.err) == (0, False)
    assert not (library / ATTEMPTS_FILE).exists()


def test_a_case_folder_is_checked_without_it(
    evidencedesk: Command, code: str, case_id: str, given: Path, tmp_path: Path
) -> None:
    assert code
    folder = tmp_path / "folder"
    assert evidencedesk("export", case_id, folder, "--passphrase-file", given).code == 0
    assert evidencedesk("verify", folder).code == 0
    assert "催收函" in next((folder / "data" / "attachments").rglob("*.txt")).read_text()


def test_the_doctor_says_that_it_is_locked_or_looks_into_it(
    evidencedesk: Command, code: str, given: Path
) -> None:
    assert code
    without = evidencedesk("doctor", "--only", "database", "--json").events[-1]
    assert (without["health"], without["code"]) == ("care", "vault-locked")
    opened = evidencedesk("doctor", "--only", "database", "--passphrase-file", given, "--json").events[-1]
    assert (opened["health"], opened["code"]) == ("good", None)


def test_another_passphrase_and_another_code_take_the_place_of_those_before(
    evidencedesk: Command, code: str, given: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    new.write_text("another four words entirely")
    changed = evidencedesk("vault", "passphrase", "--passphrase-file", given, "--new-passphrase-file", new)
    assert changed.code == 0
    assert evidencedesk("cases", "--passphrase-file", given).code == 2
    renewed = evidencedesk("vault", "code", "--passphrase-file", new, "--json").events[-1]["code"]
    assert renewed != code
    (tmp_path / "old-code").write_text(code)
    (tmp_path / "new-code").write_text(renewed)
    assert evidencedesk("cases", "--passphrase-file", tmp_path / "old-code").code == 2
    assert evidencedesk("cases", "--passphrase-file", tmp_path / "new-code").code == 0


def test_unlocked_it_needs_nothing_any_more(
    evidencedesk: Command, code: str, given: Path, library: Path, paper: Path
) -> None:
    assert code
    assert evidencedesk("vault", "unlock", "--passphrase-file", given).code == 0
    assert _states(evidencedesk) == ("none", [])
    (attachment,) = [path for path in (library / "cases").rglob("*") if path.is_file()]
    assert attachment.read_bytes() == paper.read_bytes()
    assert "来分期" in evidencedesk("cases").out
    again = evidencedesk("vault", "unlock", "--json")
    assert (again.code, again.events[-1]["code"]) == (2, "vault-not-here")


def test_a_passphrase_that_is_too_short_or_none_locks_nothing(
    evidencedesk: Command, case_id: str, library: Path, tmp_path: Path
) -> None:
    assert case_id
    (tmp_path / "short").write_text("1234567")
    for arguments in (["--passphrase-file", tmp_path / "short"], []):
        refused = evidencedesk("vault", "lock", *arguments, "--json")
        assert (refused.code, refused.events[-1]["code"]) == (2, "vault-weak-passphrase")
    assert not (library / "vault.json").exists()


def test_without_a_keyring_it_can_not_open_by_one(
    evidencedesk: Command, code: str, given: Path, case_id: str
) -> None:
    assert case_id
    assert code
    refused = evidencedesk("vault", "keyring", "--passphrase-file", given, "--json")
    assert (refused.code, refused.events[-1]["code"]) == (2, "vault-no-keyring")
    assert evidencedesk("vault", "keyring", "--off", "--passphrase-file", given).code == 0


def test_a_back_up_is_restored_with_the_passphrase(
    evidencedesk: Command, code: str, given: Path, tmp_path: Path
) -> None:
    assert code
    made = tmp_path / "back-up.zip"
    assert evidencedesk("backup", made, "--passphrase-file", given).code == 0
    assert evidencedesk("restore", made, tmp_path / "again").code == 2
    assert evidencedesk("restore", made, tmp_path / "again", "--passphrase-file", given).code == 0
    assert "来分期" in evidencedesk("cases", "--library", tmp_path / "again", "--passphrase-file", given).out


def test_a_locked_library_moves_and_leaves_nothing_behind(
    evidencedesk: Command, code: str, given: Path, library: Path, tmp_path: Path
) -> None:
    assert code
    target = tmp_path / "elsewhere"
    assert evidencedesk("move", target, "--remove-old", "--passphrase-file", given).code == 0
    assert not library.exists()
    assert evidencedesk("cases", "--library", target, "--passphrase-file", given).code == 0


def test_the_passphrase_is_no_argument_that_other_users_could_see() -> None:
    helped = subprocess.run(
        [sys.executable, "-m", "evidencedesk", "vault", "lock", "--help", "--language", "en"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--passphrase " not in helped.stdout
    assert "--passphrase-file FILE" in helped.stdout
