"""``packs``: list, check, add; and that the choice in the settings reaches the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import session_for
from evidencedesk.domain.case import Verdict
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.places import config_file
from evidencedesk.system.settings import Settings, save_settings
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.tick_item import tick_item
from samples.pack_mistakes import GOOD, WHOLE

Command = Callable[..., Any]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE, encoding="utf-8")
    return path


def choose(*packs: str) -> None:
    save_settings(config_file(), Settings(packs=packs))


def packs_of(outcome: Any) -> dict[str, Any]:
    return {one["pack"]: one for one in outcome.events if one["event"] == "pack"}


def test_the_packs_in_use_come_first_in_their_order(evidencedesk: Command, mine: Path) -> None:
    evidencedesk("packs", "add", mine)
    choose("uk-example", "cn-article-2025")
    listed = evidencedesk("packs", "list", "--json")
    assert listed.code == 0
    assert [(one["pack"], one["in_use"]) for one in listed.events][:2] == [
        ("uk-example", 1),
        ("cn-article-2025", 2),
    ]
    assert packs_of(listed)["uk-example"]["origin"] == "own"
    assert packs_of(listed)["uk-example"]["review_by"] == "2027-11-23"
    assert evidencedesk("packs", "list", "--language", "zh").out.startswith("1.  uk-example 2.1  例子")


def test_a_list_needs_no_library_and_no_lock(evidencedesk: Command, library: Path) -> None:
    assert evidencedesk("packs", "list").code == 0
    assert not library.exists()
    with open_desk(library, SystemClock()):
        assert evidencedesk("packs", "list").code == 0


def test_a_pack_that_was_set_aside_is_listed_with_its_mistake(evidencedesk: Command, library: Path) -> None:
    (library / "packs").mkdir(parents=True)
    (library / "packs" / "bad@1.0.toml").write_text(GOOD.replace("order = 1", "order = 0"), encoding="utf-8")
    listed = evidencedesk("packs", "list", "--language", "en")
    assert listed.code == 0
    assert "cn-article-2025" in listed.out
    assert "bad@1.0.toml" in listed.err
    assert "items[1].order must be a whole number from 1 on" in listed.err
    (aside,) = (
        one for one in evidencedesk("packs", "list", "--json").events if one["event"] == "pack-set-aside"
    )
    assert aside["facts"]["reason"] == "out-of-range: items[1].order"


def test_a_chosen_pack_that_is_not_there_is_said(evidencedesk: Command) -> None:
    choose("gone", "cn-article-2025")
    assert "“gone” is chosen" in evidencedesk("packs", "list", "--language", "en").err
    assert {"event": "pack-unknown", "pack": "gone"} in evidencedesk("packs", "list", "--json").events


def test_a_mistake_is_named_with_file_line_and_item(evidencedesk: Command, mine: Path, library: Path) -> None:
    mine.write_text(WHOLE.replace('"F2"', '"Q"').replace("order = 2", "order = 0"), encoding="utf-8")
    line = mine.read_text("utf-8").splitlines().index("order = 0") + 1
    checked = evidencedesk("packs", "check", mine, "--language", "en")
    assert checked.code == 2
    said = f"{mine}:{line}: papers-match: items[2].order must be a whole number from 1 on\n"
    assert checked.out == said
    (told,) = evidencedesk("packs", "check", mine, "--json", "--language", "en").events
    assert told == {
        "event": "pack-mistake",
        "path": str(mine),
        "line": line,
        "item": "papers-match",
        "reason": "out-of-range",
        "where": "items[2].order",
        "text": "items[2].order must be a whole number from 1 on",
    }
    assert "必须是从 1 起的整数" in evidencedesk("packs", "check", mine, "--language", "zh").out
    assert not library.exists(), "a check needs no library"


def test_a_pack_without_mistakes_still_says_what_to_look_at(evidencedesk: Command, mine: Path) -> None:
    mine.write_text(
        WHOLE.replace("reviewed = 2026-11-23", "reviewed = 2020-01-01").replace("2027-11-23", "2021-01-01"),
        encoding="utf-8",
    )
    checked = evidencedesk("packs", "check", mine, "--json", "--language", "en")
    assert checked.code == 0
    *warnings, done = checked.events
    assert [(one["code"], one["item"], one["text"]) for one in warnings] == [
        ("review-passed", "", "should have been looked through again by 2021-01-01"),
        ("no-say", "not-late", "has nothing to say aloud (“say”)"),
        ("reported", "", "3 sources are only reported, not read"),
    ]
    lines = mine.read_text("utf-8").splitlines()
    assert [lines[one["line"] - 1] for one in warnings[:2]] == ["review_by = 2021-01-01", "[[items]]"]
    assert (done["event"], done["pack"], done["warnings"]) == ("pack-checked", "uk-example", 3)
    assert "uk-example 2.1 has no mistakes: 2 items." in evidencedesk("packs", "check", mine).out


def test_a_pack_whose_review_is_not_due_is_not_reminded(evidencedesk: Command, mine: Path) -> None:
    mine.write_text(WHOLE.replace("2027-11-23", "2999-01-01"), encoding="utf-8")
    codes = [one.get("code") for one in evidencedesk("packs", "check", mine, "--json").events]
    assert codes == ["no-say", "reported", None]


def test_a_file_that_is_not_there_is_wrong_use(evidencedesk: Command, tmp_path: Path) -> None:
    refused = evidencedesk("packs", "check", tmp_path / "gone.toml", "--json", "--language", "en")
    assert (refused.code, refused.events[0]["code"]) == (2, "pack-invalid")
    assert "the file can't be read" in refused.err


def test_an_added_pack_says_how_it_comes_into_use(evidencedesk: Command, mine: Path, library: Path) -> None:
    added = evidencedesk("packs", "add", mine, "--language", "en")
    assert (added.code, added.out) == (0, "uk-example 2.1\n")
    assert str(config_file()) in added.err
    assert (library / "packs" / "uk-example@2.1.toml").read_text("utf-8") == WHOLE
    choose("uk-example")
    (again,) = evidencedesk("packs", "add", mine, "--json").events
    assert again == {"event": "pack-added", "pack": "uk-example", "version": "2.1", "in_use": True}


def test_a_pack_with_a_mistake_is_not_added_and_the_mistake_is_named(
    evidencedesk: Command, mine: Path, library: Path
) -> None:
    mine.write_text(WHOLE.replace("order = 2", "order = 0"), encoding="utf-8")
    refused = evidencedesk("packs", "add", mine, "--json")
    assert (refused.code, refused.events[0]["event"]) == (2, "pack-mistake")
    assert not library.exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"uk-example"', '"cn-article-2025"', "pack-shipped"),
        ("Not late", "Other words", "pack-version-taken"),
    ],
)
def test_what_would_change_earlier_marks_is_refused(
    evidencedesk: Command, mine: Path, old: str, new: str, code: str
) -> None:
    evidencedesk("packs", "add", mine)
    mine.write_text(WHOLE.replace(old, new), encoding="utf-8")
    refused = evidencedesk("packs", "add", mine, "--json")
    assert (refused.code, refused.events[0]["code"]) == (2, code)


def test_a_case_is_shown_in_the_words_of_each_marks_own_version(
    evidencedesk: Command, mine: Path, library: Path, case_id: str
) -> None:
    evidencedesk("packs", "add", mine)
    choose("uk-example")
    with open_desk(library, SystemClock()) as desk:
        pack = next(one for one in desk.all_packs if one.id == "uk-example")
        tick_item(desk, case_id, None, pack, "not-late", Verdict.BREACHED)
        tick_item(desk, case_id, None, replace(pack, version="0.1"), "papers-match", Verdict.BREACHED)
    mine.write_text(WHOLE.replace('"2.1"', '"3.0"').replace("Not late", "Newer words"), encoding="utf-8")
    evidencedesk("packs", "add", mine)
    shown = evidencedesk("show", case_id, "--language", "en").out
    assert "Not late" in shown
    assert "Newer words" not in shown
    told = "Worded as in version 3.0 of the rule pack; the mark was made with version 0.1."
    assert shown.count("Worded as in version") == 1
    assert told in shown


def test_the_choice_of_packs_reaches_every_command_that_opens_the_library(
    evidencedesk: Command, mine: Path
) -> None:
    evidencedesk("packs", "add", mine)
    choose("uk-example")
    assert packs_of(evidencedesk("packs", "list", "--json"))["cn-article-2025"]["in_use"] is None
    with open_library(session_for([])) as desk:
        assert [pack.id for pack in desk.packs] == ["uk-example"]
