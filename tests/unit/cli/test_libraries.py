"""Whole libraries and cases from the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.system.places import LIBRARY_VARIABLE, config_file
from evidencedesk.system.settings import load_settings
from fakes.golden import golden_folder
from unit.cli.conftest import Command


def test_a_case_is_put_aside_and_comes_back(evidencedesk: Command, case_id: str) -> None:
    (archived,) = evidencedesk("archive", case_id, "--json").events
    assert archived == {"event": "archived", "case": case_id, "archived": True}
    (back,) = evidencedesk("archive", case_id, "--undo", "--json").events
    assert back["archived"] is False


def test_a_library_is_backed_up_and_restored(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    kept = evidencedesk("backup", str(tmp_path / "kept.zip"), "--json")
    assert kept.code == 0
    (told,) = kept.events
    assert (told["event"], told["cases"], told["with_key"]) == ("backed-up", 1, False)
    restored = evidencedesk("restore", told["path"], str(tmp_path / "new"), "--json")
    assert restored.code == 0
    assert restored.events[0]["cases"] == 1
    listed = evidencedesk("cases", "--json", "--library", str(tmp_path / "new"))
    assert listed.events[0]["case"] == case_id


def test_a_restored_library_is_used_when_asked_for(
    evidencedesk: Command, case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidencedesk("backup", str(tmp_path / "kept.zip"))
    assert evidencedesk("restore", str(tmp_path / "kept.zip"), str(tmp_path / "new"), "--use").code == 0
    monkeypatch.delenv(LIBRARY_VARIABLE, raising=False)
    assert load_settings(config_file())[0].library == str(tmp_path / "new")


def test_a_damaged_back_up_ends_with_two(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.zip"
    evidencedesk("backup", str(kept))
    kept.write_bytes(kept.read_bytes()[:-100])
    refused = evidencedesk("restore", str(kept), str(tmp_path / "new"), "--json")
    assert refused.code == 2
    assert refused.events[-1]["code"] == "backup-damaged"
    assert not (tmp_path / "new").exists()


def test_a_library_moves_and_the_old_one_is_taken_away(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    moved = evidencedesk("move", str(tmp_path / "new"), "--remove-old", "--json")
    assert moved.code == 0
    assert moved.events[-1]["old_removed"] is True
    assert (tmp_path / "new" / "library.sqlite3").exists()
    listed = evidencedesk("cases", "--json", "--library", str(tmp_path / "new"))
    assert listed.events[0]["case"] == case_id


def test_a_case_folder_is_taken_in(evidencedesk: Command, tmp_path: Path) -> None:
    taken = evidencedesk("import", str(golden_folder(tmp_path)), "--json")
    assert taken.code == 0, taken.err
    (told,) = taken.events
    assert told["event"] == "case-imported"
    assert told["known_before"] is False
    assert told["new_entries"] > 0


def test_a_changed_case_folder_is_refused_with_each_finding(evidencedesk: Command, tmp_path: Path) -> None:
    folder = golden_folder(tmp_path)
    sound = next(folder.rglob("audio.flac"))
    sound.chmod(0o600)
    sound.write_bytes(sound.read_bytes() + b"x")
    refused = evidencedesk("import", str(folder))
    assert refused.code == 2
    assert "audio.flac" in refused.err
