"""Which packs are at hand, which are in use, and where a tick finds the words of its own version."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pack_names import PACKS_AS_DELIVERED
from evidencedesk.guidance.loader import load_pack
from evidencedesk.guidance.shelf import Origin, Shelf
from evidencedesk.system.resources import resource
from samples.pack_mistakes import GOOD


def pack_text(pack_id: str, version: str = "1.0", text: str = "Not late") -> str:
    return (
        GOOD.replace("uk-example", pack_id)
        .replace('version = "2.1"', f'version = "{version}"')
        .replace("Not late", text)
    )


class Folders:
    """A folder of shipped packs and one of the user's."""

    def __init__(self, place: Path) -> None:
        self.shipped, self.own = place / "shipped", place / "own"
        (self.shipped / "earlier").mkdir(parents=True)
        self.own.mkdir()

    def ship(self, pack_id: str, version: str = "1.0", text: str = "Not late") -> None:
        (self.shipped / f"{pack_id}.toml").write_text(pack_text(pack_id, version, text), encoding="utf-8")

    def shipped_before(self, pack_id: str, version: str, text: str = "Not late") -> None:
        path = self.shipped / "earlier" / f"{pack_id}@{version}.toml"
        path.write_text(pack_text(pack_id, version, text), encoding="utf-8")

    def keep(self, pack_id: str, version: str = "1.0", text: str = "Not late") -> Path:
        path = self.own / f"{pack_id}@{version}.toml"
        path.write_text(pack_text(pack_id, version, text), encoding="utf-8")
        return path

    def shelf(self) -> Shelf:
        return Shelf(self.shipped, self.own)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path)
    made.ship("first")
    made.ship("second")
    return made


def tick_of(pack: str, version: str) -> Tick:
    moment = Moment("2026-11-25T12:00:00.000000Z", 480, "boot", 1)
    return Tick(
        "t-1",
        "c-1",
        "e-1",
        None,
        None,
        pack,
        version,
        "not-late",
        Verdict.BREACHED,
        automatic=False,
        moment=moment,
    )


def names(shelf: Shelf) -> list[tuple[str, str]]:
    return [(pack.id, pack.version) for pack in shelf.packs]


def test_the_newest_version_of_each_pack_is_at_hand(folders: Folders) -> None:
    folders.keep("mine", "1.9")
    folders.keep("mine", "1.10")
    folders.shipped_before("first", "0.9")
    shelf = folders.shelf()
    assert names(shelf) == [("first", "1.0"), ("second", "1.0"), ("mine", "1.10")]
    assert [one.origin for one in shelf.shelved] == [Origin.SHIPPED, Origin.SHIPPED, Origin.OWN]


def test_packs_are_used_in_the_order_in_which_they_were_chosen(folders: Folders) -> None:
    folders.keep("mine")
    shelf = folders.shelf()
    assert [pack.id for pack in shelf.in_use(("mine", "second", "mine"))] == ["mine", "second"]


def test_a_chosen_pack_that_is_not_here_is_passed_over_and_told(folders: Folders) -> None:
    shelf = folders.shelf()
    chosen = ("gone", "second", "gone")
    assert [pack.id for pack in shelf.in_use(chosen)] == ["second"]
    assert shelf.unknown(chosen) == ("gone",)


@pytest.mark.parametrize("chosen", [(), ("gone",)])
def test_somebody_always_has_rules_on_the_screen(folders: Folders, chosen: tuple[str, ...]) -> None:
    assert [pack.id for pack in folders.shelf().in_use(chosen)] == ["first"]


def test_a_tick_finds_the_words_of_its_own_version(folders: Folders) -> None:
    folders.shipped_before("first", "0.9", "The words of then")
    folders.keep("mine", "1.0", "My first words")
    folders.keep("mine", "2.0", "My second words")
    shelf = folders.shelf()
    for pack, version, words in [
        ("first", "0.9", "The words of then"),
        ("first", "1.0", "Not late"),
        ("mine", "1.0", "My first words"),
        ("mine", "2.0", "My second words"),
    ]:
        found = shelf.pack_of(tick_of(pack, version))
        assert found is not None
        assert found.item is not None
        assert (found.item.text.en, found.exact) == (words, True)


def test_a_version_that_is_nowhere_is_worded_by_the_newest_and_told_apart(folders: Folders) -> None:
    shelf = folders.shelf()
    assert shelf.find("first", "0.1") is None
    found = shelf.pack_of(tick_of("first", "0.1"))
    assert found is not None
    assert (found.pack.version, found.exact) == ("1.0", False)


def test_a_tick_of_a_pack_nobody_has_finds_nothing(folders: Folders) -> None:
    shelf = folders.shelf()
    assert shelf.pack_of(tick_of("gone", "1.0")) is None
    assert shelf.find("../first", "1.0") is None


def test_the_packs_of_a_case_are_those_in_use_and_those_its_ticks_name(folders: Folders) -> None:
    folders.shipped_before("first", "0.9")
    shelf = folders.shelf()
    ticks = [tick_of("first", "0.9"), tick_of("first", "0.9"), tick_of("second", "0.2"), tick_of("gone", "1")]
    told = shelf.packs_for(ticks, shelf.in_use(("first",)))
    assert [(pack.id, pack.version) for pack in told] == [
        ("first", "1.0"),
        ("first", "0.9"),
        ("second", "1.0"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("broken@1.0.toml", "= = =", "not-toml"),
        ("mine@1.0.toml", pack_text("other"), "file-name: other@1.0.toml"),
        ("mine.toml", pack_text("mine"), "file-name: mine@1.0.toml"),
        (
            "half@1.0.toml",
            pack_text("half").replace('who = "collector_must_not"\n', ""),
            "missing: items[1].who",
        ),
    ],
)
def test_a_users_pack_with_a_mistake_is_set_aside_and_the_rest_stays(
    folders: Folders, name: str, content: str, reason: str
) -> None:
    folders.keep("sound")
    (folders.own / name).write_text(content, encoding="utf-8")
    shelf = folders.shelf()
    assert ("sound", "1.0") in names(shelf)
    (aside,) = shelf.set_aside
    assert aside.path == folders.own / name
    assert str(aside.error.facts["reason"]).startswith(reason)


def test_what_is_no_file_among_the_users_packs_is_set_aside_without_waiting(folders: Folders) -> None:
    os.mkfifo(folders.own / "pipe@1.0.toml")
    (folders.own / "folder@1.0.toml").mkdir()
    (folders.own / "dangling@1.0.toml").symlink_to(folders.own / "nothing")
    assert [aside.error.facts["reason"] for aside in folders.shelf().set_aside] == ["not-a-file"] * 3


def test_a_file_where_the_users_packs_should_be_keeps_nobody_out(folders: Folders) -> None:
    folders.own.rmdir()
    folders.own.write_text("not a folder", encoding="utf-8")
    shelf = folders.shelf()
    assert names(shelf) == [("first", "1.0"), ("second", "1.0")]
    (aside,) = shelf.set_aside
    assert aside.path == folders.own


def test_without_packs_of_the_users_own_nothing_is_set_aside(folders: Folders) -> None:
    folders.own.rmdir()
    assert folders.shelf().set_aside == ()


def test_other_files_among_the_users_packs_are_left_alone(folders: Folders) -> None:
    (folders.own / "notes.txt").write_text("= = =", encoding="utf-8")
    assert folders.shelf().set_aside == ()


def test_a_pack_that_ships_later_leads_and_the_users_old_ticks_keep_their_words(folders: Folders) -> None:
    folders.keep("second", "0.3", "As the user wrote it")
    shelf = folders.shelf()
    assert names(shelf) == [("first", "1.0"), ("second", "1.0")]
    found = shelf.pack_of(tick_of("second", "0.3"))
    assert found is not None
    assert found.item is not None
    assert (found.item.text.en, found.exact) == ("As the user wrote it", True)


def test_a_shipped_pack_with_a_mistake_is_said_aloud(folders: Folders) -> None:
    (folders.shipped / "third.toml").write_text("= = =", encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        folders.shelf()
    assert caught.value.code is Code.PACK_INVALID


def test_two_shipped_packs_of_one_id_are_refused(folders: Folders) -> None:
    (folders.shipped / "third.toml").write_text(pack_text("first"), encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        folders.shelf()
    assert caught.value.facts == {"file": "third.toml", "item": "first", "reason": "duplicate: id"}


def test_a_pack_is_handed_on_byte_by_byte(folders: Folders) -> None:
    path = folders.keep("mine")
    found = folders.shelf().find("mine", "1.0")
    assert found is not None
    assert (found.content, found.name) == (path.read_bytes(), "mine@1.0.toml")


def test_what_was_added_meanwhile_is_seen_when_looking_again(folders: Folders) -> None:
    shelf = folders.shelf()
    folders.keep("mine")
    shelf.look_again()
    assert ("mine", "1.0") in names(shelf)


def test_every_shipped_pack_is_called_by_its_id_and_the_first_delivered_is_there() -> None:
    shelf = Shelf(resource("packs"), Path("/nowhere"))
    for one in shelf.shelved:
        assert one.path.name == f"{one.pack.id}.toml"
    assert shelf.in_use(PACKS_AS_DELIVERED)[0].id == PACKS_AS_DELIVERED[0]


@pytest.mark.parametrize("path", sorted(resource("packs", "earlier").glob("*")), ids=lambda path: path.name)
def test_an_earlier_pack_can_be_read_and_is_what_its_name_says(path: Path) -> None:
    pack = load_pack(path)
    assert path.name == f"{pack.id}@{pack.version}.toml"
    current = Shelf(resource("packs"), Path("/nowhere")).find(pack.id, pack.version)
    assert current is not None
    assert current.content == path.read_bytes(), "one version has two contents"
