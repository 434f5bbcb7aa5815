"""Rule packs in a library: which are in use, how one is added, and how they go with a case."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.domain.case import Case, Verdict
from evidencedesk.domain.errors import Code, Known, Unreadable, WrongUse
from evidencedesk.domain.redaction import Choices
from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.loader import load_pack
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.add_pack import add_pack
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.redact_copy import redact_copy
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.tick_item import tick_item, withdraw_tick
from evidencedesk.workflows.verify_folder import verify
from fakes.pack_shelves import with_packs
from samples.pack_mistakes import GOOD

EARLIER = resource("packs", "earlier", "cn-article-2025@1.0.toml")


def own_file(folder: Path, version: str = "1.0", text: str = "Not late", pack_id: str = "mine") -> Path:
    path = folder / f"draft-{version}.toml"
    content = GOOD.replace("uk-example", pack_id).replace('"2.1"', f'"{version}"').replace("Not late", text)
    path.write_text(content, encoding="utf-8")
    return path


def tick(desk: Desk, case: Case, pack: RulePack, item: str, encounter: str | None = None) -> str:
    return tick_item(desk, case.id, encounter, pack, item, Verdict.BREACHED).id


@pytest.fixture
def mine(desk: Desk, tmp_path: Path) -> RulePack:
    return add_pack(desk, own_file(tmp_path))


def test_a_new_library_uses_the_packs_as_delivered_with_the_guidance_first(desk: Desk) -> None:
    assert desk.pack.id == "cn-article-2025"
    assert desk.packs[0] == desk.pack
    assert set(desk.all_packs) >= set(desk.packs)


def test_the_choice_is_asked_for_each_time(desk: Desk, mine: RulePack) -> None:
    chosen = ["mine", "cn-article-2025"]
    asking = replace(desk, chosen_packs=lambda: tuple(chosen))
    assert [pack.id for pack in asking.packs] == chosen
    chosen.reverse()
    assert asking.pack.id == "cn-article-2025"


def test_a_broken_pack_of_the_users_does_not_keep_the_library_from_opening(tmp_path: Path) -> None:
    folder = tmp_path / "library" / "packs"
    folder.mkdir(parents=True)
    (folder / "broken@1.0.toml").write_text("= = =", encoding="utf-8")
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        assert desk.pack.id == "cn-article-2025"
        assert [aside.path.name for aside in desk.shelf.set_aside] == ["broken@1.0.toml"]


def test_an_added_pack_is_kept_under_its_id_and_version(desk: Desk, mine: RulePack, tmp_path: Path) -> None:
    kept = desk.library / "packs" / "mine@1.0.toml"
    assert kept.read_bytes() == own_file(tmp_path).read_bytes()
    assert mine in desk.all_packs
    assert mine not in desk.packs, "it is used when it is chosen"


def test_a_pack_that_is_there_already_stays(desk: Desk, mine: RulePack, tmp_path: Path) -> None:
    assert add_pack(desk, own_file(tmp_path)) == mine


def test_a_changed_pack_needs_a_new_version(desk: Desk, mine: RulePack, tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as caught:
        add_pack(desk, own_file(tmp_path, text="Other words"))
    assert caught.value.code is Code.PACK_VERSION_TAKEN
    assert caught.value.facts == {"pack": "mine", "version": "1.0"}
    assert "Other words" not in (desk.library / "packs" / "mine@1.0.toml").read_text("utf-8")
    add_pack(desk, own_file(tmp_path, "1.1", text="Other words"))
    assert len(list((desk.library / "packs").iterdir())) == 2


def test_the_id_of_a_shipped_pack_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as caught:
        add_pack(desk, own_file(tmp_path, pack_id="cn-article-2025"))
    assert caught.value.code is Code.PACK_SHIPPED
    assert not (desk.library / "packs").exists()


def test_a_pack_with_a_mistake_is_not_added(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace("order = 1", "order = 0"), encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        add_pack(desk, path)
    assert caught.value.code is Code.PACK_INVALID
    assert not (desk.library / "packs").exists()


def test_a_file_in_the_way_of_the_packs_folder_is_a_known_error(desk: Desk, tmp_path: Path) -> None:
    (desk.library / "packs").write_text("in the way", encoding="utf-8")
    with pytest.raises(Known) as caught:
        add_pack(desk, own_file(tmp_path))
    assert caught.value.code is Code.INPUT_OUTPUT


def test_the_packs_that_a_cases_marks_name_go_with_it_byte_by_byte(
    desk: Desk, case: Case, mine: RulePack, words: Words, tmp_path: Path
) -> None:
    tick(desk, case, mine, "not-late")
    tick(desk, case, load_pack(EARLIER), "not-after-21")
    taken_back = tick(desk, case, add_pack(desk, own_file(tmp_path, "2.0")), "not-late")
    withdraw_tick(desk, case.id, taken_back)
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    names = ["cn-article-2025@1.0.toml", "mine@1.0.toml", "mine@2.0.toml"]
    assert sorted(path.name for path in (folder / "data/packs").iterdir()) == names
    assert (folder / "data/packs/cn-article-2025@1.0.toml").read_bytes() == EARLIER.read_bytes()
    assert (folder / "data/packs/mine@1.0.toml").read_bytes() == own_file(tmp_path).read_bytes()
    listed = (folder / "manifest-sha256.txt").read_text("utf-8")
    assert all(f"data/packs/{name}" in listed for name in names)
    assert verify(folder).faults == ()


def test_a_case_without_marks_takes_no_packs_along(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    assert not (export_case(desk, case.id, tmp_path / "out", words).path / "data/packs").exists()


def test_a_redacted_copy_has_the_packs_too(
    desk: Desk, case: Case, mine: RulePack, words: Words, tmp_path: Path
) -> None:
    tick(desk, case, mine, "not-late")
    note = take_note(desk, case.id, "secret")
    copy = redact_copy(desk, case.id, tmp_path / "show", words, Choices(notes=frozenset({note.id})))
    assert (copy.path / "data/packs/mine@1.0.toml").read_bytes() == own_file(tmp_path).read_bytes()
    assert verify(copy.path).faults == ()


def test_a_version_that_is_nowhere_is_missing_and_the_page_says_so(
    desk: Desk, case: Case, mine: RulePack, tmp_path: Path
) -> None:
    tick(desk, case, mine, "not-late")
    path = desk.library / "packs" / "mine@1.0.toml"
    path.unlink()
    add_pack(desk, own_file(tmp_path, "2.0", "Newer words"))
    english = Words("en", resource("locale"))
    folder = export_case(desk, case.id, tmp_path / "out", english).path
    page = (folder / "START-HERE.html").read_text("utf-8")
    assert "Newer words" in page
    assert "Worded as in version 2.0 of the rule pack; the mark was made with version 1.0." in page
    assert not (folder / "data/packs").exists()


def test_the_page_words_each_mark_as_its_own_version_does(
    desk: Desk, case: Case, mine: RulePack, tmp_path: Path
) -> None:
    tick(desk, case, mine, "not-late")
    add_pack(desk, own_file(tmp_path, "2.0", "Newer words"))
    folder = export_case(desk, case.id, tmp_path / "out", Words("en", resource("locale"))).path
    page = (folder / "START-HERE.html").read_text("utf-8")
    assert "Not late" in page
    assert "Newer words" not in page
    assert "Worded as in version" not in page
    assert "mine 1.0" in page, "the pack is named where the marks come from"


def test_an_exported_tick_names_the_file_that_goes_with_it(
    desk: Desk, case: Case, mine: RulePack, words: Words, tmp_path: Path
) -> None:
    tick(desk, case, mine, "not-late")
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    (told,) = json.loads((folder / "data/case.json").read_bytes())["case_file"]["ticks"]
    assert (folder / "data/packs" / f"{told['pack']}@{told['pack_version']}.toml").is_file()


def test_a_desk_can_be_given_packs_that_stand_in_no_file(desk: Desk, mine: RulePack) -> None:
    made = with_packs(desk, replace(mine, id="made"), desk.pack)
    assert [pack.id for pack in made.packs] == ["made", "cn-article-2025"]
    assert made.shelf.find("made", "1.0") is not None
