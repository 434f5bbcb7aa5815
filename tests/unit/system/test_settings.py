from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.pack_names import PACKS_AS_DELIVERED
from evidencedesk.system.settings import (
    Settings,
    authorities_asked,
    load_settings,
    packs_chosen,
    save_settings,
)

CHOSEN = Settings(
    language="zh",
    theme="dark",
    source="USB 麦克风",
    mode="call",
    welcomed="yes",
    place_here="US-CA",
    packs=("cn-cba-2026", "mine"),
)


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    save_settings(path, CHOSEN)
    assert load_settings(path) == (CHOSEN, None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_file_everything_is_as_delivered(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == (Settings(), None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"language": "fr"}',
        b'{"theme": 1}',
        b'{"source": null}',
        b'{"mode": ["visit"]}',
    ],
)
def test_an_unreadable_file_is_set_aside_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings, aside = load_settings(path)
    assert settings == Settings()
    assert aside is not None
    assert aside.read_bytes() == content
    assert not path.exists()
    path.write_bytes(content)
    assert load_settings(path)[1] not in (None, aside)


def test_choices_of_a_newer_version_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "light", "font_size": 20}))
    assert load_settings(path) == (Settings(theme="light"), None)


def test_a_folder_in_the_way_of_saving_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MachineFailure) as caught:
        save_settings(tmp_path / "file" / "settings.json", CHOSEN)
    assert caught.value.code is Code.INPUT_OUTPUT


def test_a_file_that_cannot_be_set_aside_is_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"{")

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(MachineFailure) as caught:
        load_settings(path)
    assert caught.value.code is Code.NOT_WRITABLE
    assert path.read_bytes() == b"{"


def test_time_stamps_are_off_until_the_user_turns_them_on() -> None:
    chosen = Settings()
    assert chosen.authorities_asked == ()
    assert [one.name for one in chosen.authorities] == ["digicert", "sectigo"]
    assert Settings(time_stamps="yes").authorities_asked == chosen.authorities


@pytest.mark.parametrize(
    "authorities",
    [
        "x",
        [{}],
        [{"name": "A b", "url": "", "headers": [], "root_file": "", "policy": ""}],
        [{"name": "a", "url": 1, "headers": [], "root_file": "", "policy": ""}],
        [{"name": "a", "url": "", "headers": [["k"]], "root_file": "", "policy": ""}],
        [{"name": "a", "url": "", "headers": [], "root_file": "", "policy": ""}] * 2,
    ],
)
def test_authorities_that_are_none_are_set_aside(tmp_path: Path, authorities: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"authorities": authorities, "time_stamps": "yes"}))
    assert authorities_asked(path) == ()
    settings, aside = load_settings(path)
    assert settings == Settings()
    assert aside is not None


def test_the_packs_in_use_are_those_delivered_until_others_are_chosen(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert packs_chosen(path) == Settings().packs == PACKS_AS_DELIVERED
    save_settings(path, Settings(packs=("uk-conc7", "one-that-nobody-has")))
    assert packs_chosen(path) == load_settings(path)[0].packs == ("uk-conc7", "one-that-nobody-has")
    path.write_text("{", encoding="utf-8")
    assert packs_chosen(path) == PACKS_AS_DELIVERED


def test_no_packs_at_all_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(packs=()))
    assert load_settings(path) == (Settings(packs=()), None)


@pytest.mark.parametrize(
    "packs",
    ["cn-statutes", {"cn-statutes": 1}, [1], ["../../etc"], ["A B"], [""], ["a" * 65], ["cn", "cn"], None],
)
def test_what_cannot_be_ids_of_packs_is_unreadable(tmp_path: Path, packs: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"packs": packs}), encoding="utf-8")
    settings, aside = load_settings(path)
    assert settings == Settings()
    assert aside is not None
