"""What the shipped packs claim: no more than was found out, in both languages, and nothing from memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from evidencedesk.domain.rules import (
    Begins,
    CheckKind,
    Confidence,
    Phase,
    RuleItem,
    RulePack,
    Source,
    Status,
    Text,
    Topic,
    Unit,
    Who,
)
from evidencedesk.guidance.checks import RULES
from evidencedesk.guidance.loader import load_packs

FOLDER = Path(__file__).parents[3] / "resources" / "packs"
PACKS = {pack.id: pack for pack in load_packs(FOLDER)}

# Pack: country, rank, number of items.
SHIPPED = {
    "cn-article-2025": ("CN", Status.ADVICE, 51),
    "cn-cba-2026": ("CN", Status.GUIDELINE, 16),
    "cn-gbt45251-2025": ("CN", Status.STANDARD, 7),
    "cn-statutes": ("CN", Status.LAW, 45),
    "uk-conc7": ("GB", Status.GUIDELINE, 15),
    "us-fdcpa-regf": ("US", Status.LAW, 18),
}

# Every automatic check and its values: item, rule, parameters.
AUTOMATIC = {
    "cn-article-2025": {
        "advance-notice": ("notice-before-visit", {}),
        "keep-evidence": ("evidence-linked", {}),
        "keep-receipts": ("receipt-per-payment", {}),
        "not-before-8": ("contact-hours", {"closed_until": "08:00"}),
        "not-after-21": ("contact-hours", {"closed_from": "21:00"}),
    },
    "cn-cba-2026": {
        "at-least-two-visitors": ("visit-team-size", {"least": "2"}),
        "no-collection-22-to-8": (
            "contact-hours",
            {"closed_from": "22:00", "closed_until": "08:00", "unless_agreed": "yes"},
        ),
        "six-unanswered-attempts-a-day": ("call-attempts-per-day", {"limit": "6"}),
    },
    "cn-gbt45251-2025": {
        "no-collection-22-to-8": (
            "contact-hours",
            {"closed_from": "22:00", "closed_until": "08:00", "unless_agreed": "yes"},
        ),
        "three-connected-calls-a-day": ("calls-connected-per-day", {"limit": "3"}),
        "debtor-only": ("third-party-contact", {}),
    },
    "cn-statutes": {"no-unlawful-entry": ("entered-home", {"marker": "entered-without-consent"})},
    # Its text has no clock hours.
    "uk-conc7": {},
    "us-fdcpa-regf": {
        "us-hours": (
            "contact-hours",
            {"closed_from": "21:00", "closed_until": "08:00", "unless_agreed": "yes"},
        ),
        "us-7in7": ("calls-in-days", {"limit": "7", "days": "7"}),
        "us-after-conversation": ("calls-after-conversation", {"days": "7"}),
    },
}

# From memory, disputed or folklore; what stands in no source that was read.
NOT_FOUND_OUT = re.compile(
    r"24 ?小时|24[ -]?h|12110|15 ?个工作日|15 working days|趣店|Qudian|7\.9\.14R|Investigatory|RIPA"
    r"|自律公约|互联网金融贷后催收业务指引|银行业监督管理办法"
)
OPENING_HOURS = re.compile(r"\d[:：]\d\d|小时|工作日|周[一五]|hours|weekday|a\.m\.|p\.m\.|Monday")
RESULT_LIKE = re.compile(
    r"(已经?|属于?|就是|构成|涉嫌)(违法|犯罪|犯法)|(违法|犯罪)行为|犯了"
    r"|(?<!what )(?<!a debt )\b(is|are|was|be) (illegal|unlawful|a crime|criminal)"
    r"|breaks the law|violates|is guilty|commits",
    re.IGNORECASE,
)
# "Illegal" only where the source's own point is about illegal means or illegal debts, or about the user.
MAY_SAY_ILLEGAL = {
    ("cn-article-2025", "no-illegal-means"),
    ("cn-article-2025", "no-physical-conflict"),
    ("cn-statutes", "illegal-debts"),
}
SAID_TO_BE_REPORTED = re.compile("据报道|据较早|不是定论")
HAN = re.compile(r"[\u4e00-\u9fff]")

every_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))


def item_texts(item: RuleItem) -> list[Text]:
    return [text for text in (item.text, item.hint, item.say) if text is not None]


def all_sources(pack: RulePack) -> Iterator[Source]:
    for item in pack.items:
        yield from item.sources
    for caution in pack.cautions:
        yield from caution.sources
    for deadline in pack.deadlines:
        yield from deadline.sources
    if pack.consent is not None:
        yield from pack.consent.sources


def screen_texts(pack: RulePack) -> list[Text]:
    texts = [t for t in (pack.title, pack.about, pack.applies_to, pack.keep_private) if t is not None]
    texts += [group.title for group in pack.groups]
    texts += [marker.text for marker in pack.markers]
    texts += [hotline.text for hotline in pack.hotlines]
    texts += [caution.text for caution in pack.cautions]
    texts += [deadline.text for deadline in pack.deadlines]
    texts += [sender.text for sender in pack.senders]
    texts += [source.document for source in all_sources(pack)]
    texts += [text for item in pack.items for text in item_texts(item)]
    if pack.consent is not None:
        texts += [pack.consent.text, pack.consent.otherwise]
    return texts


def test_the_six_packs_are_there() -> None:
    found = {pack.id: (pack.jurisdiction, pack.status, len(pack.items)) for pack in PACKS.values()}
    assert found == SHIPPED


@every_pack
def test_a_pack_says_what_it_is_not_and_when_to_look_again(pack: RulePack) -> None:
    assert re.search("不是法律|不是法条原文|不是原文", pack.about.zh)
    assert re.search("not law|nor legal advice", pack.about.en)
    assert "未经律师审核" in pack.about.zh
    assert "lawyer has reviewed it" in pack.about.en
    assert pack.review_by is not None
    assert timedelta(days=90) < pack.review_by - pack.reviewed < timedelta(days=366)


@every_pack
def test_texts_stand_in_both_languages_and_differ(pack: RulePack) -> None:
    for text in screen_texts(pack):
        assert HAN.search(text.zh), text
        assert not HAN.search(text.en), text
        assert text.en.strip() == text.en
        assert text.zh.strip() == text.zh


@every_pack
def test_texts_fit_the_screen_of_a_visit(pack: RulePack) -> None:
    for item in pack.items:
        assert len(item.text.zh) <= 30, item.id
        assert len(item.text.en) <= 100, item.id
        if item.hint is not None:
            assert len(item.hint.zh) <= 60, item.id
            assert len(item.hint.en) <= 180, item.id


@every_pack
def test_what_to_say_is_short_and_whole(pack: RulePack) -> None:
    for item in pack.items:
        if item.say is not None:
            assert len(item.say.zh) <= 32, item.id
            assert item.say.zh[-1] in "。？", item.id
            assert len(item.say.en) <= 120, item.id
            assert item.say.en[-1] in ".?", item.id


@every_pack
def test_what_to_say_neither_owns_the_debt_nor_promises_money(pack: RulePack) -> None:
    promise = re.compile(r"我(会|愿意|可以|一定)(还|付|分期)|我欠|\bI (will|can) (pay|repay)\b|\bI owe\b")
    for item in pack.items:
        if item.say is not None:
            assert not promise.search(item.say.zh), item.say
            assert not promise.search(item.say.en), item.say


@every_pack
def test_what_the_other_side_must_do_can_be_asked_for(pack: RulePack) -> None:
    # The two without words: a device nobody sees, and a crime that is for the police.
    silent = {item.id for item in pack.items if item.who is not Who.USER and item.say is None}
    assert silent <= {"no-bugging", "illegal-debts"}


@every_pack
def test_automatic_checks_are_exactly_those_the_facts_allow(pack: RulePack) -> None:
    found = {
        item.id: (item.check.rule, dict(item.check.parameters))
        for item in pack.items
        if item.check.kind is CheckKind.AUTOMATIC
    }
    assert found == AUTOMATIC[pack.id]


@every_pack
def test_every_automatic_rule_is_one_the_program_knows(pack: RulePack) -> None:
    for item in pack.items:
        asked = [helper.rule for helper in item.check.helpers]
        if item.check.kind is CheckKind.AUTOMATIC:
            asked.append(item.check.rule)
        for rule in asked:
            assert CheckKind.AUTOMATIC in RULES[rule].kinds, item.id


@every_pack
def test_nothing_from_memory_is_shipped(pack: RulePack) -> None:
    raw = (FOLDER / f"{pack.id}.toml").read_text("utf-8")
    found = NOT_FOUND_OUT.search(raw)
    assert found is None, found


@every_pack
def test_hotlines_are_numbers_without_opening_hours(pack: RulePack) -> None:
    for hotline in pack.hotlines:
        assert not OPENING_HOURS.search(hotline.text.zh), hotline
        assert not OPENING_HOURS.search(hotline.text.en), hotline
    if pack.jurisdiction != "CN":
        assert pack.hotlines == ()


@every_pack
def test_no_text_sounds_like_a_verdict(pack: RulePack) -> None:
    for text in screen_texts(pack):
        for words in (text.zh, text.en):
            found = RESULT_LIKE.search(words)
            assert found is None, words
    for item in pack.items:
        said = " ".join(f"{text.zh} {text.en}" for text in item_texts(item))
        if (pack.id, item.id) not in MAY_SAY_ILLEGAL:
            assert not re.search("违法|非法(?!买卖)|illegal", said), item.id


@every_pack
def test_what_only_one_source_reports_says_so(pack: RulePack) -> None:
    for item in pack.items:
        if all(source.confidence is Confidence.REPORTED for source in item.sources):
            said = " ".join(f"{text.zh} {text.en}" for text in (item.text, item.hint) if text is not None)
            assert "据报道" in said, item.id
            assert "s reported" in said, item.id
    for caution in pack.cautions:
        if all(source.confidence is Confidence.REPORTED for source in caution.sources):
            assert SAID_TO_BE_REPORTED.search(caution.text.zh), caution.id


@every_pack
def test_the_same_marker_is_the_same_key_and_words_in_every_pack(pack: RulePack) -> None:
    # A note keeps the marker's id; the words may come from any pack that has it.
    article = {marker.id: marker for marker in PACKS["cn-article-2025"].markers}
    for marker in pack.markers:
        known = article.get(marker.id)
        if known is not None and pack.jurisdiction == "CN":
            assert (marker.key, marker.text, marker.own) == (known.key, known.text, known.own)
        elif known is not None:
            assert (marker.key, marker.own) == (known.key, known.own)


@every_pack
def test_a_number_is_described_in_the_same_words_in_every_pack(pack: RulePack) -> None:
    article = {hotline.number: hotline for hotline in PACKS["cn-article-2025"].hotlines}
    assert all(article[hotline.number] == hotline for hotline in pack.hotlines)


@pytest.mark.parametrize("pack_id", ["us-fdcpa-regf", "uk-conc7"])
def test_a_pack_that_leads_abroad_has_all_an_encounter_needs(pack_id: str) -> None:
    pack = PACKS[pack_id]
    assert pack.keep_private is not None
    assert [marker.key for marker in pack.markers] == [f"F{number}" for number in range(1, 10)]
    assert {phase for item in pack.items for phase in item.phases} == set(Phase)
    assert {group.id for group in pack.groups} == {item.group for item in pack.items}


@pytest.mark.parametrize("pack_id", ["cn-gbt45251-2025", "cn-cba-2026"])
def test_texts_nobody_read_are_said_to_be_unread(pack_id: str) -> None:
    pack = PACKS[pack_id]
    assert "没有读到" in pack.about.zh
    assert "not read" in pack.about.en
    assert "本身不等于违法" in pack.about.zh


def test_what_limits_three_calls_is_told_with_its_doubt() -> None:
    item = PACKS["cn-gbt45251-2025"].item("three-connected-calls-a-day")
    assert item.text.zh.startswith("据报道")
    assert item.text.en.startswith("As reported")
    assert item.hint is not None
    assert "没有读到" in item.hint.zh


def test_six_attempts_are_unanswered_ones_not_calls() -> None:
    item = PACKS["cn-cba-2026"].item("six-unanswered-attempts-a-day")
    assert item.hint is not None
    assert "没接通" in item.hint.zh
    assert "not all calls" in item.hint.en


def test_the_crime_of_collecting_illegal_debts_is_kept_to_illegal_debts() -> None:
    item = PACKS["cn-statutes"].item("illegal-debts")
    assert item.check.kind is CheckKind.TICK
    assert item.hint is not None
    assert "普通分期贷款一般不适用" in item.hint.zh
    assert "ordinary instalment loan usually does not" in item.hint.en
    naming = [i.id for i in PACKS["cn-statutes"].items for s in i.sources if "293-1" in s.place.en]
    assert naming == ["illegal-debts"]
    assert not any(marker.item == item.id for pack in PACKS.values() for marker in pack.markers)


def test_conduct_over_a_debt_is_picking_quarrels_only_after_a_warning() -> None:
    item = PACKS["cn-statutes"].item("stops-after-warning")
    assert item.hint is not None
    assert "除非被制止、处罚后还继续" in item.hint.zh
    assert any(source.place.en == "art. 1(3)" for source in item.sources)


def test_statutes_are_cited_by_article_and_every_one_was_read() -> None:
    pack = PACKS["cn-statutes"]
    assert {source.confidence for source in all_sources(pack)} == {Confidence.VERIFIED}
    without_articles = re.compile("Opinions of four authorities|reply on the scope")
    for source in all_sources(pack):
        if not without_articles.search(source.document.en):
            assert re.search(r"\barts? ?\.? ?\d", source.place.en), source
            assert re.search("第.*[条项款]", source.place.zh), source


def test_deadlines_are_those_of_the_law() -> None:
    found = {
        d.id: (d.begins, d.length, d.unit, d.numbers, "; ".join(s.place.en for s in d.sources))
        for d in PACKS["cn-statutes"].deadlines
    }
    assert found == {
        "police-report": (Begins.BREACH, 6, Unit.MONTHS, (), "art. 25"),
        "damages-claim": (Begins.BREACH, 3, Unit.YEARS, (), "art. 188"),
        "credit-objection-answer": (Begins.OBJECTION, 20, Unit.DAYS, (), "art. 25"),
        "credit-complaint-answer": (Begins.COMPLAINT, 30, Unit.DAYS, ("12363",), "art. 26"),
        "market-acceptance": (Begins.COMPLAINT, 7, Unit.WORKING_DAYS, ("12315",), "art. 14"),
        "evidence-first-instance": (Begins.SUMMONS, 15, Unit.DAYS, (), "art. 51"),
        "evidence-summary": (Begins.SUMMONS, 15, Unit.DAYS, (), "art. 51"),
        "evidence-small-claims": (Begins.SUMMONS, 7, Unit.DAYS, (), "art. 51"),
        "debt-limitation": (Begins.LAST_DUE, 3, Unit.YEARS, (), "arts 188, 189, 195"),
    }
    abroad = {d.id: (d.begins, d.length, d.unit) for d in PACKS["us-fdcpa-regf"].deadlines}
    assert abroad == {
        "us-validation-info": (Begins.FIRST_CONTACT, 5, Unit.DAYS),
        "us-dispute-period": (Begins.NOTICE, 30, Unit.DAYS),
    }


def test_recording_consent_is_the_union_of_lists_and_no_verdict() -> None:
    first = {"CA", "DE", "FL", "IL", "MD", "MA", "MT", "NV", "NH", "PA", "WA"}
    second = {"CA", "CT", "DE", "FL", "IL", "MD", "MA", "MI"}
    contested = {"DE", "MI", "CT", "NV", "OR"}
    consent = PACKS["us-fdcpa-regf"].consent
    assert consent is not None
    assert set(consent.places) == {f"US-{state}" for state in first | second | contested}
    for text in (consent.text, consent.otherwise):
        assert "disagree" in text.en
        assert "not checked" in text.en
        assert "没有对照" in text.zh
    assert [pack.id for pack in PACKS.values() if pack.consent is not None] == ["us-fdcpa-regf"]


def test_the_calls_of_a_week_are_called_a_presumption() -> None:
    for item_id in ("us-7in7", "us-after-conversation"):
        hint = PACKS["us-fdcpa-regf"].item(item_id).hint
        assert hint is not None
        assert "推定" in hint.zh
        assert "presumption" in hint.en


def test_recording_in_the_united_kingdom_is_for_ones_own_use_as_reported() -> None:
    (caution,) = (c for c in PACKS["uk-conc7"].cautions if c.topic is Topic.RECORDING)
    assert "own use" in caution.text.en
    assert {source.confidence for source in caution.sources} == {Confidence.REPORTED}
