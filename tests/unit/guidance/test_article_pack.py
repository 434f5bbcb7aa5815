"""The shipped pack: complete, in both languages, and honest about its sources."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from evidencedesk.domain.rules import CheckKind, Confidence, Phase, RulePack, Status, Text, Topic, Who
from evidencedesk.guidance.loader import load_packs

PACKS = Path(__file__).parents[3] / "resources" / "packs"

# Every point of the article and its comments: phases, whose duty it is, and who decides.
POINTS = {
    "stay-calm": "X U tick",
    "expect-pressure": "D U semi",
    "not-provoked": "C U tick",
    "no-argument": "C U tick",
    "no-physical-conflict": "C U tick",
    "talk-evenly": "C U tick",
    "protect-id-number": "C U semi",
    "protect-bank-password": "C U tick",
    "protect-phone-number": "C U semi",
    "identity-before-showing-mine": "D U tick",
    "keep-evidence": "D U auto",
    "decide-cooperation": "D U tick",
    "verify-identity-first": "B U tick",
    "licence-valid": "BD + semi",
    "shows-work-id": "D + tick",
    "shows-authorisation": "D + tick",
    "reasonable-conduct": "C - tick",
    "ask-documents-politely": "D U tick",
    "refuse-if-no-documents": "D U semi",
    "remind-law": "DC U tick",
    "call-platform-hotline": "BD U tick",
    "advance-notice": "BD + auto",
    "hasty-aggressive": "C - tick",
    "call-police": "DC U tick",
    "know-rights": "CA U tick",
    "request-bill": "C U tick",
    "request-contract": "C U tick",
    "check-debt": "CA U semi",
    "raise-dispute": "A U tick",
    "apply-recheck": "A U tick",
    "not-before-8": "X - auto",
    "not-after-21": "X - auto",
    "no-public-disclosure": "X - tick",
    "no-illegal-means": "X - tick",
    "complain-financial-regulator": "A U tick",
    "complain-market-supervision": "A U tick",
    "consult-lawyer": "A U tick",
    "lawyer-represents": "A U tick",
    "no-rush-full-payment": "C U tick",
    "negotiate-plan": "A U tick",
    "keep-receipts": "A U auto",
    "refuse-illegal-collection": "DC U tick",
    "verify-debt-protect-rights": "A U tick",
    "no-extreme-acts": "X U tick",
    "communicate-for-solution": "CA U tick",
    "act-by-law-patiently": "X U tick",
    "understand-consequences": "B U tick",
    "sms-1068-received": "B U semi",
    "respond-actively": "B U tick",
    "ask-purpose": "D U tick",
    "ask-legal-proof": "D U tick",
}
PHASES = {
    "B": Phase.BEFORE,
    "D": Phase.DOOR,
    "C": Phase.CONVERSATION,
    "A": Phase.AFTER,
    "X": Phase.ANY,
}
KINDS = {"auto": CheckKind.AUTOMATIC, "semi": CheckKind.SUGGEST, "tick": CheckKind.TICK}
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
    words += [caution.text for caution in pack.cautions]
    words += [sender.text for sender in pack.senders]
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
def test_a_point_has_its_phases_duty_check_and_a_source_in_the_article(pack: RulePack, item_id: str) -> None:
    item = pack.item(item_id)
    phases, who, kind = POINTS[item_id].split()
    assert {PHASES[letter] for letter in phases} == set(item.phases)
    assert item.who is DUTIES[who]
    assert item.check.kind is KINDS[kind]
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
    for hour in ("21:00", "22:00"):
        assert hour in late.hint.zh
        assert hour in late.hint.en


def test_points_that_stay_the_users_have_automatic_helpers_beside_them(pack: RulePack) -> None:
    helpers = {
        item.id: [(helper.rule, dict(helper.parameters)) for helper in item.check.helpers]
        for item in pack.items
        if item.check.helpers
    }
    assert helpers == {
        "identity-before-showing-mine": [("identity-order", {"marker": "showed-my-id"})],
        "shows-authorisation": [("names-match", {}), ("letter-in-date", {})],
        "decide-cooperation": [("evidence-first", {"item": "decide-cooperation"})],
        "request-bill": [("bill-kept", {})],
        "request-contract": [("contract-kept", {})],
        "no-public-disclosure": [("third-party-contact", {})],
    }


def test_every_point_where_speaking_helps_says_how(pack: RulePack) -> None:
    # One answers no SMS, and two are thoughts of one's own.
    silent = {item.id for item in pack.items if item.say is None}
    assert silent == {"sms-1068-received", "understand-consequences", "act-by-law-patiently"}


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


@pytest.mark.parametrize("item_id", ["no-rush-full-payment", "negotiate-plan", "communicate-for-solution"])
def test_negotiating_shows_what_it_does_to_the_limitation_period(pack: RulePack, item_id: str) -> None:
    shown = [caution for caution in pack.cautions if item_id in caution.items]
    assert all(caution.topic is Topic.NEGOTIATING for caution in shown)
    (limitation,) = (caution for caution in shown if caution.id == "promise-restarts-limitation")
    assert "重新计算" in limitation.text.zh
    assert "restarts" in limitation.text.en
    assert {source.document.zh[:3] for source in limitation.sources} == {"最高法", "民法典"}


def test_concessions_in_a_lawsuit_are_not_painted_as_dangerous(pack: RulePack) -> None:
    (caution,) = (caution for caution in pack.cautions if caution.id == "concessions-in-court")
    assert "第一百零七条" in caution.sources[0].place.zh
    assert "may generally not be held against you" in caution.text.en


@pytest.mark.parametrize(
    ("topic", "articles"),
    [
        (Topic.PUBLISHING, ["1019", "1023(2)", "1032", "72(1)", "33"]),
        (Topic.RECORDING, ["106", "70", "284"]),
    ],
)
def test_cautions_on_recordings_rest_on_the_articles_that_say_so(
    pack: RulePack, topic: Topic, articles: list[str]
) -> None:
    places = " ".join(s.place.en for c in pack.cautions if c.topic is topic for s in c.sources)
    assert all(article in places for article in articles), places


def test_a_reading_of_the_law_is_not_given_as_the_law(pack: RulePack) -> None:
    (caution,) = (caution for caution in pack.cautions if caution.id == "private-file-only")
    assert caution.sources[0].confidence is Confidence.REPORTED
    assert "不是定论" in caution.text.zh


def test_sms_senders_are_explained_without_guessing(pack: RulePack) -> None:
    senders = {sender.prefix: sender for sender in pack.senders}
    assert set(senders) == {"106", *(f"106{digit}" for digit in range(10)), "10655", "10657", "10659"}
    assert senders["106"].confidence is Confidence.VERIFIED
    assert all(s.confidence is Confidence.REPORTED for s in pack.senders if s.prefix != "106")
    assert senders["1068"].text.zh.startswith("说不准")
    assert senders["1068"].text.en.startswith("It cannot be said")


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


def test_nine_markers_stand_on_the_first_nine_function_keys(pack: RulePack) -> None:
    assert [marker.key for marker in pack.markers] == [f"F{number}" for number in range(1, 10)]
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
    assert [(marker.id, marker.text.zh) for marker in pack.markers if marker.own] == [
        ("showed-my-id", "我出示了身份证")
    ]


def test_only_the_police_number_stands_out_and_no_opening_hours_are_printed(pack: RulePack) -> None:
    assert Counter(hotline.danger for hotline in pack.hotlines)[True] == 1
    assert pack.hotlines[0].number == "110"
    assert not any(":" in hotline.text.en and "00" in hotline.text.en for hotline in pack.hotlines)


def test_what_must_stay_private_is_said(pack: RulePack) -> None:
    assert pack.keep_private is not None
    assert pack.keep_private.zh == "身份证号 · 银行卡密码 · 验证码"
