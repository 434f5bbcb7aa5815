"""Packs give markers, numbers and reminders together; the first wins, and none that a rule needs is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.domain.rules import Marker, Text
from evidencedesk.guidance.in_use import hotlines_in_use, markers_in_use, reminding_pack
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.resources import resource

PACKS = {pack.id: pack for pack in load_packs(resource("packs"))}
ARTICLE, STANDARD, GUIDELINE, STATUTES, US = (
    PACKS[name]
    for name in ("cn-article-2025", "cn-gbt45251-2025", "cn-cba-2026", "cn-statutes", "us-fdcpa-regf")
)


def test_one_pack_gives_what_it_has() -> None:
    assert tuple(one.marker for one in markers_in_use([ARTICLE])) == ARTICLE.markers
    assert hotlines_in_use([ARTICLE]) == ARTICLE.hotlines


@pytest.mark.parametrize("needed", ["entered-without-consent", "showed-my-id"])
def test_a_pack_that_leads_with_one_marker_does_not_hide_those_of_the_others(needed: str) -> None:
    found = {one.marker.id: one for one in markers_in_use([STANDARD, ARTICLE, STATUTES])}
    assert found["told-neighbours"].pack == STANDARD.id
    assert found["told-neighbours"].marker.item == "debt-not-disclosed"
    assert found[needed].pack == ARTICLE.id
    assert set(found) == {marker.id for marker in ARTICLE.markers}


def test_no_two_markers_share_a_key() -> None:
    found = markers_in_use([US, ARTICLE])
    keys = [one.marker.key for one in found if one.marker.key]
    assert len(set(keys)) == len(keys)
    moved = {one.marker.id: one.marker.key for one in found if one.pack == ARTICLE.id}
    assert moved == {"refused-documents": "F10", "blocking-door": "F11"}  # the rest found no free key


def test_a_marker_that_a_rule_looks_at_is_there_without_a_free_key() -> None:
    taken = tuple(Marker(f"m-{n}", f"F{n}", Text(f"{n}", f"{n}")) for n in range(1, 12))
    found = {
        one.marker.id: one for one in markers_in_use([replace(ARTICLE, markers=taken, items=()), STATUTES])
    }
    assert found["entered-without-consent"].marker.key == ""
    assert found["entered-without-consent"].pack == STATUTES.id
    assert "showed-my-id" not in found  # no rule of these packs looks at it
    assert len(found) == 12


def test_a_number_stands_once_in_the_words_of_the_first_pack() -> None:
    other = replace(GUIDELINE.hotlines[0], text=Text("另一句", "another"))
    packs = [STANDARD, replace(GUIDELINE, hotlines=(other, *GUIDELINE.hotlines[1:])), ARTICLE]
    found = hotlines_in_use(packs)
    assert [one.number for one in found][:2] == ["110", "12378"]
    assert {one.number for one in found} == {one.number for one in ARTICLE.hotlines}
    assert found[0] == STANDARD.hotlines[0]


def test_reminders_come_from_the_first_pack_that_has_any() -> None:
    assert reminding_pack([ARTICLE, US]) == ARTICLE
    mute = replace(STANDARD, items=(), keep_private=None)
    assert reminding_pack([mute, ARTICLE]) == ARTICLE
    assert reminding_pack([mute]) == mute
