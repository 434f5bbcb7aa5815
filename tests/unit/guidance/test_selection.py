"""Pages get the items that matter now, in screen order, without losing one."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.rules import Phase, Topic, Who
from evidencedesk.guidance.loader import load_pack
from evidencedesk.guidance.selection import (
    PRIMARY_LIMIT,
    before_list,
    boundaries,
    cautions_about,
    consent_notice,
    grouped,
    now_matters,
)
from fakes.ui_law import CONSENT, NEGOTIATING, PACKS, PUBLISHING

PACK = load_pack(Path(__file__).parents[3] / "resources" / "packs" / "cn-article-2025.toml")


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.DOOR, Phase.CONVERSATION, Phase.AFTER])
def test_a_phase_shows_its_own_items_and_those_of_every_phase_in_order(phase: Phase) -> None:
    items = now_matters(PACK, phase)
    assert [item.order for item in items] == sorted(item.order for item in items)
    assert {item.id for item in items} == {
        item.id for item in PACK.items if phase in item.phases or Phase.ANY in item.phases
    }


def test_every_item_is_shown_in_some_phase() -> None:
    shown = {item.id for phase in Phase for item in now_matters(PACK, phase)}
    assert shown == {item.id for item in PACK.items}


def test_the_record_page_starts_with_finding_out_who_they_are() -> None:
    ids = [item.id for item in before_list(PACK)]
    assert ids[:4] == [
        "verify-identity-first",
        "advance-notice",
        "call-platform-hotline",
        "sms-1068-received",
    ]
    assert "stay-calm" in ids
    assert "no-illegal-means" not in ids


def test_the_encounter_page_shows_only_duties_of_the_other_side_and_at_most_eight_first() -> None:
    chosen = boundaries(PACK)
    assert len(chosen.primary) <= PRIMARY_LIMIT
    assert [item.id for item in chosen.primary] == [
        "advance-notice",
        "shows-work-id",
        "shows-authorisation",
        "licence-valid",
        "not-before-8",
        "not-after-21",
        "no-public-disclosure",
        "no-illegal-means",
    ]
    assert [item.id for item in chosen.more] == ["reasonable-conduct", "hasty-aggressive"]
    assert {item.id for item in chosen.primary + chosen.more} == {
        item.id for item in PACK.items if item.who is not Who.USER
    }


def test_headings_come_in_the_packs_order_and_empty_ones_are_left_out() -> None:
    parts = grouped(PACK, boundaries(PACK).primary)
    assert [part.group.id for part in parts] == ["identity", "hours", "manner", "privacy"]
    assert sum(len(part.items) for part in parts) == 8


def test_a_caution_that_two_packs_share_is_said_once() -> None:
    leading, standard, _ = PACKS
    assert cautions_about((leading, standard), Topic.NEGOTIATING) == (NEGOTIATING,)
    assert cautions_about((leading, standard), Topic.PUBLISHING) == (PUBLISHING,)
    assert cautions_about((), Topic.PUBLISHING) == ()


def test_the_first_pack_that_speaks_of_recording_is_heard() -> None:
    assert consent_notice(PACKS) == CONSENT
    assert consent_notice(PACKS[:2]) is None
