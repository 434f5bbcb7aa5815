from __future__ import annotations

from dataclasses import replace

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pack_lookup import PackLookup
from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.loader import read_pack
from samples.pack_mistakes import GOOD

NOW: RulePack = read_pack(GOOD.encode(), "now.toml")
THEN = read_pack(GOOD.replace('"2.1"', '"2.0"').replace("Not late", "Words of then").encode(), "then.toml")
TICK = Tick(
    "t-1",
    "c-1",
    "e-1",
    None,
    None,
    "uk-example",
    "2.0",
    "not-late",
    Verdict.BREACHED,
    automatic=False,
    moment=Moment("2026-11-25T12:00:00.000000Z", 0, "boot", 1),
)


def test_a_ticks_own_version_comes_before_a_newer_one() -> None:
    found = PackLookup((NOW, THEN)).find(TICK)
    assert found is not None
    assert found.item is not None
    assert (found.item.text.en, found.exact) == ("Words of then", True)


def test_the_first_pack_of_an_id_stands_in_and_says_so() -> None:
    found = PackLookup((NOW, THEN)).find(replace(TICK, pack_version="1.0"))
    assert found is not None
    assert (found.pack.version, found.exact) == ("2.1", False)


def test_an_item_that_a_stand_in_does_not_have_is_no_item() -> None:
    found = PackLookup((NOW,)).find(replace(TICK, item="gone"))
    assert found is not None
    assert found.item is None


def test_a_pack_nobody_has_is_not_found() -> None:
    assert PackLookup(()).find(TICK) is None


def test_the_packs_that_word_ticks_are_told_once() -> None:
    ticks = (TICK, replace(TICK, pack_version="2.1"), TICK, replace(TICK, pack="gone"))
    assert PackLookup((NOW, THEN)).told(ticks) == (THEN, NOW)


def test_a_marker_is_worded_by_the_first_pack_that_has_it() -> None:
    other = read_pack(
        GOOD.replace("uk-example", "other").replace('en = "Threat"', 'en = "Menace"').encode(), "o"
    )
    marker = PackLookup((other, NOW)).marker("threat")
    assert marker is not None
    assert marker.text.en == "Menace"
    assert PackLookup((NOW,)).marker("gone") is None
    assert PackLookup((NOW,)).marker(None) is None
