"""Pages get the items that matter now, in screen order, without losing one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.domain.rules import Caution, Phase, RulePack, Text, Topic
from evidencedesk.guidance.loader import load_pack
from evidencedesk.guidance.selection import (
    PRIMARY_LIMIT,
    VISIT_PHASES,
    before_list,
    cautions_about,
    consent_notice,
    grouped,
    now_matters,
    own_conduct,
    phase_list,
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


@pytest.mark.parametrize(
    ("phase", "first"),
    [
        (
            Phase.BEFORE,
            ["verify-identity-first", "advance-notice", "call-platform-hotline", "sms-1068-received"],
        ),
        (
            Phase.DOOR,
            [
                "stay-calm",
                "keep-evidence",
                "ask-purpose",
                "shows-work-id",
                "shows-authorisation",
                "licence-valid",
                "identity-before-showing-mine",
                "refuse-if-no-documents",
            ],
        ),
        (
            Phase.CONVERSATION,
            [
                "talk-evenly",
                "protect-id-number",
                "protect-bank-password",
                "protect-phone-number",
                "request-bill",
                "request-contract",
                "no-public-disclosure",
                "no-illegal-means",
            ],
        ),
        (
            Phase.AFTER,
            [
                "check-debt",
                "raise-dispute",
                "complain-financial-regulator",
                "consult-lawyer",
                "negotiate-plan",
                "keep-receipts",
            ],
        ),
    ],
)
def test_each_phase_leads_with_the_card_for_the_screen(phase: Phase, first: list[str]) -> None:
    shown = phase_list([PACK], phase)
    assert len(shown.primary) == PRIMARY_LIMIT
    assert [duty.item.id for duty in shown.primary][: len(first)] == first


@pytest.mark.parametrize("phase", VISIT_PHASES)
def test_a_phase_loses_nothing_behind_its_first_eight(phase: Phase) -> None:
    found = [duty.item.id for duty in phase_list([PACK], phase).duties]
    assert sorted(found) == sorted(item.id for item in now_matters(PACK, phase))


def other_pack(**limits: str) -> RulePack:
    """Another pack: one rule on hours, one of its own."""
    hours, own = PACK.item("not-after-21"), PACK.item("shows-work-id")
    check = replace(hours.check, parameters=tuple(sorted(limits.items())))
    items = (replace(hours, id="hours", check=check), replace(own, id="two-of-them", order=1))
    return replace(PACK, id="cn-other", items=items, cautions=())


def test_items_of_other_packs_join_behind_the_leading_ones() -> None:
    shown = phase_list([PACK, other_pack(closed_from="22:00")], Phase.DOOR)
    assert {duty.pack.id for duty in shown.primary} == {PACK.id}
    assert [(duty.pack.id, duty.item.id) for duty in shown.duties][-1] == ("cn-other", "two-of-them")


def test_two_packs_with_limits_of_their_own_for_one_rule_are_shown_together() -> None:
    shown = phase_list([PACK, other_pack(closed_from="22:00", closed_until="08:00")], Phase.CONVERSATION)
    by_id = {duty.item.id: duty for duty in shown.duties}
    # 08:00 is the same in both; where they differ is the evening.
    assert [duty.item.id for duty in by_id["not-after-21"].also] == ["hours"]
    assert by_id["not-before-8"].also == ()
    assert "hours" not in by_id


def test_two_packs_with_the_same_limit_are_shown_together_as_well() -> None:
    shown = phase_list([PACK, other_pack(closed_until="08:00")], Phase.DOOR)
    by_id = {duty.item.id: duty for duty in shown.duties}
    assert [duty.item.id for duty in by_id["not-before-8"].also] == ["hours"]


def test_a_caution_belongs_to_the_items_it_names() -> None:
    caution = Caution("limitation", Topic.NEGOTIATING, Text("先看", "look"), ("negotiate-plan",), ())
    shown = phase_list([replace(PACK, cautions=(caution,))], Phase.AFTER)
    assert [duty.item.id for duty in shown.duties if duty.cautions] == ["negotiate-plan"]


def test_a_pack_whose_items_all_belong_to_every_phase_has_its_order_alone() -> None:
    items = tuple(replace(item, phases=(Phase.ANY,)) for item in PACK.items[:3])
    shown = phase_list([replace(PACK, items=items)], Phase.DOOR)
    assert [duty.item.id for duty in shown.primary] == [item.id for item in items]


def test_the_users_own_conduct_is_what_always_holds_and_what_to_keep_to_oneself() -> None:
    ids = [item.id for item in own_conduct(PACK)]
    assert ids[0] == "stay-calm"
    assert {"protect-id-number", "protect-phone-number"} <= set(ids)
    assert "no-illegal-means" not in ids  # theirs


def test_headings_come_in_the_packs_order_and_empty_ones_are_left_out() -> None:
    parts = grouped(PACK, [duty.item for duty in phase_list([PACK], Phase.DOOR).primary])
    order = [group.id for group in PACK.groups]
    found = [part.group.id for part in parts]
    assert found == sorted(found, key=order.index)
    assert sum(len(part.items) for part in parts) == PRIMARY_LIMIT


def test_a_caution_that_two_packs_share_is_said_once() -> None:
    leading, standard, _ = PACKS
    assert cautions_about((leading, standard), Topic.NEGOTIATING) == (NEGOTIATING,)
    assert cautions_about((leading, standard), Topic.PUBLISHING) == (PUBLISHING,)
    assert cautions_about((), Topic.PUBLISHING) == ()


def test_the_first_pack_that_speaks_of_recording_is_heard() -> None:
    assert consent_notice(PACKS) == CONSENT
    assert consent_notice(PACKS[:2]) is None
