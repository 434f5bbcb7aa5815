"""The shipped pack: complete, in both languages, and honest about its sources."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from evidencedesk.domain.rules import CheckKind, Confidence, Phase, RulePack, Status, Text, Who
from evidencedesk.guidance.loader import load_packs

PACKS = Path(__file__).parents[3] / "resources" / "packs"

# Every point of the article and its comments: phases and whose duty it is.
POINTS = {
    "stay-calm": "X U",
    "expect-pressure": "D U",
    "not-provoked": "C U",
    "no-argument": "C U",
    "no-physical-conflict": "C U",
    "talk-evenly": "C U",
    "protect-id-number": "C U",
    "protect-bank-password": "C U",
    "protect-phone-number": "C U",
    "identity-before-showing-mine": "D U",
    "keep-evidence": "D U",
    "decide-cooperation": "D U",
    "verify-identity-first": "B U",
    "licence-valid": "BD +",
    "shows-work-id": "D +",
    "shows-authorisation": "D +",
    "reasonable-conduct": "C -",
    "ask-documents-politely": "D U",
    "refuse-if-no-documents": "D U",
    "remind-law": "DC U",
    "call-platform-hotline": "BD U",
    "advance-notice": "BD +",
    "hasty-aggressive": "C -",
    "call-police": "DC U",
    "know-rights": "CA U",
    "request-bill": "C U",
    "request-contract": "C U",
    "check-debt": "CA U",
    "raise-dispute": "A U",
    "apply-recheck": "A U",
    "not-before-8": "X -",
    "not-after-21": "X -",
    "no-public-disclosure": "X -",
    "no-illegal-means": "X -",
    "complain-financial-regulator": "A U",
    "complain-market-supervision": "A U",
    "consult-lawyer": "A U",
    "lawyer-represents": "A U",
    "no-rush-full-payment": "C U",
    "negotiate-plan": "A U",
    "keep-receipts": "A U",
    "refuse-illegal-collection": "DC U",
    "verify-debt-protect-rights": "A U",
    "no-extreme-acts": "X U",
    "communicate-for-solution": "CA U",
    "act-by-law-patiently": "X U",
    "understand-consequences": "B U",
    "sms-1068-received": "B U",
    "respond-actively": "B U",
    "ask-purpose": "D U",
    "ask-legal-proof": "D U",
}
PHASES = {
    "B": Phase.BEFORE,
    "D": Phase.DOOR,
    "C": Phase.CONVERSATION,
    "A": Phase.AFTER,
    "X": Phase.ANY,
}
DUTIES = {"U": Who.USER, "+": Who.COLLECTOR_MUST, "-": Who.COLLECTOR_MUST_NOT}
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def pack() -> RulePack:
    (found,) = (pack for pack in load_packs(PACKS) if pack.id == "cn-article-2025")
    return found


def all_words(pack: RulePack) -> list[Text]:
    words = [text for text in (pack.title, pack.about, pack.keep_private) if text is not None]
    words += [group.title for group in pack.groups]
    words += [marker.text for marker in pack.markers]
    words += [hotline.text for hotline in pack.hotlines]
    for item in pack.items:
        words += [text for text in (item.text, item.hint, item.say) if text is not None]
        words += [text for source in item.sources for text in (source.document, source.place)]
    return words


def test_the_pack_says_what_it_is(pack: RulePack) -> None:
    assert (pack.status, pack.jurisdiction, pack.dated) == (Status.ADVICE, "CN", date(2025, 5, 19))
    assert pack.applies_to is not None
    assert "不是法律" in pack.about.zh
    assert "not law" in pack.about.en


def test_all_51_points_are_there_and_no_other(pack: RulePack) -> None:
    assert len(POINTS) == 51
    assert {item.id for item in pack.items} == set(POINTS)


@pytest.mark.parametrize("item_id", POINTS)
def test_a_point_has_its_phases_its_duty_and_a_source_in_the_article(pack: RulePack, item_id: str) -> None:
    item = pack.item(item_id)
    phases, who = POINTS[item_id].split()
    assert {PHASES[letter] for letter in phases} == set(item.phases)
    assert item.who is DUTIES[who]
    assert any("指南文章" in source.document.zh for source in item.sources)


def test_every_chinese_text_is_chinese_and_every_english_text_is_not(pack: RulePack) -> None:
    places = {source.place for item in pack.items for source in item.sources}
    for text in all_words(pack):
        assert not HAN.search(text.en), text
        assert HAN.search(text.zh) or text in places, text


def test_nothing_unverified_is_shipped(pack: RulePack) -> None:
    raw = tomllib.loads((PACKS / "cn-article-2025.toml").read_text("utf-8"))
    given = {source["confidence"] for item in raw["items"] for source in item["sources"]}
    given |= {hotline["confidence"] for hotline in raw["hotlines"]}
    assert given <= {confidence.value for confidence in Confidence}
    # From memory only, so not to be printed.
    assert "12110" not in {hotline.number for hotline in pack.hotlines}


def test_no_text_says_illegal_of_what_a_check_found(pack: RulePack) -> None:
    for item in pack.items:
        if item.check.kind is not CheckKind.TICK:
            texts = [text for text in (item.text, item.hint) if text is not None]
            assert not any("illegal" in text.en.lower() or "违法" in text.zh for text in texts), item.id


def test_the_hours_are_the_articles_and_the_hint_names_the_current_standard(pack: RulePack) -> None:
    early, late = pack.item("not-before-8"), pack.item("not-after-21")
    assert early.check.kind is late.check.kind is CheckKind.AUTOMATIC
    assert early.check.parameter("closed_until") == "08:00"
    assert late.check.parameter("closed_from") == "21:00"
    assert late.hint is not None
    assert "22:00" in late.hint.zh
    assert "22:00" in late.hint.en


def test_the_regulator_is_named_as_it_is_called_today(pack: RulePack) -> None:
    item = pack.item("complain-financial-regulator")
    assert "国家金融监督管理总局" in item.text.zh
    assert "12378" in item.text.zh
    assert item.hint is not None
    assert "银保监会" in item.hint.zh


def test_conditions_the_named_laws_do_not_contain_are_cited_as_the_articles(pack: RulePack) -> None:
    laws = re.compile("民法典|消费者权益保护法|银行业监督管理")
    for item_id in ("licence-valid", "shows-work-id", "shows-authorisation", "not-before-8", "not-after-21"):
        assert not any(laws.search(source.document.zh) for source in pack.item(item_id).sources)
    assert "没有“催收牌照”" in (pack.item("licence-valid").hint or Text("", "")).zh


@pytest.mark.parametrize("item_id", ["no-rush-full-payment", "negotiate-plan"])
def test_advice_that_can_cost_the_user_something_carries_its_caution(pack: RulePack, item_id: str) -> None:
    hint = pack.item(item_id).hint
    assert hint is not None
    assert hint.zh.startswith("注意")
    assert hint.en.startswith("Caution")


def test_refusing_to_talk_is_not_extended_to_police(pack: RulePack) -> None:
    hint = pack.item("refuse-if-no-documents").hint
    assert hint is not None
    assert "警察" in hint.zh
    assert "police" in hint.en


def test_the_screen_card_comes_first_in_each_phase(pack: RulePack) -> None:
    card = [
        "verify-identity-first",
        "advance-notice",
        "call-platform-hotline",
        "sms-1068-received",
        "stay-calm",
        "keep-evidence",
        "ask-purpose",
        "shows-work-id",
        "shows-authorisation",
        "identity-before-showing-mine",
        "refuse-if-no-documents",
        "talk-evenly",
        "protect-id-number",
        "protect-bank-password",
        "protect-phone-number",
        "request-bill",
        "request-contract",
        "no-public-disclosure",
        "no-illegal-means",
        "check-debt",
        "raise-dispute",
        "complain-financial-regulator",
        "consult-lawyer",
        "negotiate-plan",
        "keep-receipts",
    ]
    orders = [pack.item(item_id).order for item_id in card]
    assert orders == sorted(orders)


def test_eight_markers_stand_on_the_first_eight_function_keys(pack: RulePack) -> None:
    assert [marker.key for marker in pack.markers] == [f"F{number}" for number in range(1, 9)]
    assert [marker.text.zh for marker in pack.markers][:6] == [
        "威胁",
        "辱骂",
        "拒绝出示证件",
        "堵门/敲门",
        "告知邻居",
        "要求转账",
    ]
    for marker in pack.markers:
        assert not marker.item or pack.item(marker.item).who is not Who.USER


def test_only_the_police_number_stands_out_and_no_opening_hours_are_printed(pack: RulePack) -> None:
    assert Counter(hotline.danger for hotline in pack.hotlines)[True] == 1
    assert pack.hotlines[0].number == "110"
    assert not any(":" in hotline.text.en and "00" in hotline.text.en for hotline in pack.hotlines)


def test_what_must_stay_private_is_said(pack: RulePack) -> None:
    assert pack.keep_private is not None
    assert pack.keep_private.zh == "身份证号 · 银行卡密码 · 验证码"
