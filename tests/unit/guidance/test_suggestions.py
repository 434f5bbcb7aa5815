"""Records suggest marks: each rule from what it looks at, and nothing from what is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.domain.case import (
    Attachment,
    Case,
    CaseFile,
    Collector,
    CollectorCard,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    Document,
    Note,
    Shown,
    Tick,
    Verdict,
)
from evidencedesk.domain.debt import Claim, ClaimDetails, Debt, DebtTerms, Instalment
from evidencedesk.domain.rules import CheckKind
from evidencedesk.domain.suggestion import Suggestion
from evidencedesk.guidance.checks import RULES
from evidencedesk.guidance.loader import load_packs
from evidencedesk.guidance.suggestions import SUGGESTING_RULES, suggest
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.wording.suggestions import suggestion_text
from fakes.judged_cases import moment

PACK = load_packs(resource("packs"))[0]
NOW = moment("2026-11-25 10:00:00")
CASE = Case("c-1", "Laifenqi", "", "", NOW)
HERE = "e-1"


def person(card: CollectorCard, encounter: str = HERE) -> CaseFile:
    return CaseFile(CASE, collectors=(Collector("p-1", "c-1", encounter, card, NOW),))


def noted(text: str = "", marker: str | None = None, encounter: str | None = HERE) -> CaseFile:
    return CaseFile(CASE, notes=(Note("n-1", "c-1", encounter, None, None, text, marker, NOW),))


def ticked(*verdicts: Verdict, withdrawn: bool = False, pack: str = PACK.id) -> CaseFile:
    ticks = tuple(
        Tick(
            f"t-{n}",
            "c-1",
            HERE,
            None,
            None,
            pack,
            "1",
            "shows-work-id",
            verdict,
            automatic=False,
            moment=NOW,
        )
        for n, verdict in enumerate(verdicts)
    )
    return CaseFile(CASE, ticks=tuple(replace(tick, withdrawn=withdrawn) for tick in ticks))


def sms(party: str, text: str = "", **changed: object) -> CaseFile:
    details = ContactDetails(ContactKind.SMS, "2026-11-24T01:00:00Z", 480, party=party, text=text)
    contact = Contact("q-1", "c-1", None, ContactSource.USER, details, NOW)
    for name, value in changed.items():
        if name == "withdrawn":
            contact = replace(contact, withdrawn=True)
        else:
            contact = replace(contact, details=replace(contact.details, **{name: value}))  # type: ignore[arg-type]
    return CaseFile(CASE, contacts=(contact,))


def found(case_file: CaseFile, encounter: str | None = HERE) -> dict[str, Suggestion]:
    return {one.item: one for one in suggest(PACK, case_file, encounter)}


def test_every_rule_that_suggests_is_looked_at() -> None:
    once = {"evidence-linked", "notice-before-visit", "receipt-per-payment"}  # judged since
    suggesting = {name for name, rule in RULES.items() if CheckKind.SUGGEST in rule.kinds}
    assert suggesting - once == set(SUGGESTING_RULES)


def test_an_empty_case_suggests_nothing() -> None:
    assert suggest(PACK, CaseFile(CASE), HERE) == ()
    assert suggest(PACK, CaseFile(CASE), None) == ()


@pytest.mark.parametrize(
    ("document", "way", "said"),
    [
        (Document.WORK_ID, Shown.REFUSED, True),
        (Document.AUTHORISATION, Shown.REFUSED, True),
        (Document.LICENCE, Shown.REFUSED, False),
        (Document.WORK_ID, Shown.NOT_ASKED, False),
        (Document.WORK_ID, Shown.WHEN_ASKED, False),
    ],
)
def test_a_refused_work_id_or_letter_says_that_the_talk_may_end(
    document: Document, way: Shown, *, said: bool
) -> None:
    case_file = person(CollectorCard(documents=((document, way),)))
    assert ("refuse-if-no-documents" in found(case_file)) is said
    assert found(case_file, "e-2") == {}


def test_a_mark_that_papers_were_not_shown_says_it_too() -> None:
    suggestion = found(ticked(Verdict.BREACHED))["refuse-if-no-documents"]
    assert (suggestion.verdict, suggestion.prompt) == (Verdict.KEPT, True)
    assert suggestion.facts == (("refused", "shows-work-id"),)
    assert found(ticked(Verdict.BREACHED, Verdict.KEPT)) == {}
    assert found(ticked(Verdict.BREACHED, withdrawn=True)) == {}
    assert found(ticked(Verdict.BREACHED, pack="another")) == {}


def test_conduct_is_logged_by_markers_or_words_but_not_by_what_the_user_did() -> None:
    assert found(noted(marker="threat"))["expect-pressure"].facts == (("markers", "1"),)
    words = found(noted("他们砸门"))["expect-pressure"]
    assert (words.facts, words.prompt) == ((("notes", "1"),), True)
    assert found(noted(marker="showed-my-id")) == {}
    assert found(noted("我的身份证", marker="showed-my-id")) == {}
    assert found(noted("他们砸门", encounter="e-2")) == {}


def test_a_credit_code_suggests_by_its_form_and_the_doubtful_one_comes_first() -> None:
    fits = found(person(CollectorCard(credit_code="9135 0100 M000100Y43")))["licence-valid"]
    assert (fits.verdict, fits.facts) == (Verdict.KEPT, (("credit_code", "91350100M000100Y43"),))
    two = person(CollectorCard(credit_code="91350100M000100Y43"))
    other = Collector("p-2", "c-1", HERE, CollectorCard(credit_code="91350211M0000XUF46"), NOW)
    doubted = found(replace(two, collectors=(*two.collectors, other)))["licence-valid"]
    assert (doubted.verdict, doubted.prompt) == (Verdict.BREACHED, True)
    assert dict(doubted.facts)["doubt"] == "check"
    assert found(person(CollectorCard(credit_code=" "))) == {}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("身份证 11010519491231002X", "protect-id-number"),
        ("身份证 110105194912310021", "protect-id-number"),
        ("电话 13800138000", "protect-phone-number"),
        ("电话 021-62345678", "protect-phone-number"),
    ],
)
def test_a_number_in_a_note_asks_whether_it_was_given_away(text: str, item: str) -> None:
    suggestion = found(noted(text))[item]
    assert (suggestion.verdict, suggestion.prompt) == (Verdict.BREACHED, True)
    assert {"protect-id-number", "protect-phone-number"} & found(noted(text)).keys() == {item}
    assert item not in found(noted("欠款 18600 元"))


def test_an_sms_of_that_sender_suggests_that_it_is_kept_and_asks_for_its_words() -> None:
    whole = found(sms("1068 12345", "还款提醒"), None)["sms-1068-received"]
    assert (whole.verdict, whole.prompt) == (Verdict.KEPT, False)
    bare = sms("106812345")
    assert found(bare, None)["sms-1068-received"].prompt
    picture = Attachment("a-1", "c-1", None, "sms.png", "sms.png", 1, "0" * 64, NOW, contact="q-1")
    assert not found(replace(bare, attachments=(picture,)), None)["sms-1068-received"].prompt
    assert found(sms("106912345"), None) == {}
    assert found(sms("106812345", withdrawn=True), None) == {}
    assert found(sms("106812345", outgoing=True), None) == {}
    assert found(sms("106812345", kind=ContactKind.CALL), None) == {}


CASES = [
    noted("身份证 110105194912310021 电话 13800138000"),
    noted(marker="threat"),
    person(CollectorCard(credit_code="91350100M000100Y43", documents=((Document.WORK_ID, Shown.REFUSED),))),
    person(CollectorCard(credit_code="9135")),
    sms("106812345"),
    sms("106812345", "还款"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_suggestion_has_its_sentence(language: str) -> None:
    words = Words("zh" if language == "zh" else "en", resource("locale"))
    said = [suggestion_text(words, one) for case_file in CASES for one in suggest(PACK, case_file, HERE)]
    assert len(set(said)) == len(said) == 9
    assert all("{" not in one and one.endswith(("。", "？", ".", "?")) for one in said)
    assert not any("illegal" in one or "违法" in one for one in said)


def claimed(amount: str, *, day: str = "2026-11-24", withdrawn: bool = False) -> CaseFile:
    terms = DebtTerms(instalments=(Instalment("2026-10-10", "1040.00"),))
    details = ClaimDetails(amount, f"{day}T04:00:00.000000Z", 480)
    claim = Claim("m-1", "c-1", None, None, None, None, details, NOW, withdrawn=withdrawn)
    return CaseFile(CASE, debt=Debt("c-1", terms, NOW), claims=(claim,))


def test_a_sum_that_is_not_what_the_papers_give_is_pointed_at() -> None:
    suggestion = found(claimed("18600"))["check-debt"]
    assert suggestion.prompt
    assert suggestion_text(Words("en", resource("locale")), suggestion) == (
        "They asked ¥18,600.00; the papers give ¥1,040.00 for 2026-11-24. See the page “Debt” of this case."
    )


@pytest.mark.parametrize(
    "case_file",
    [
        claimed("1040"),
        claimed("18600", withdrawn=True),
        replace(claimed("18600"), debt=None),
        replace(claimed("18600"), claims=()),
        replace(claimed("18600"), debt=Debt("c-1", DebtTerms(principal="900"), NOW)),
    ],
)
def test_without_a_difference_nothing_is_suggested_about_the_debt(case_file: CaseFile) -> None:
    assert "check-debt" not in found(case_file)
