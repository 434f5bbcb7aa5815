"""Automatic results are said with their facts, in the words that fit the pack, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from evidencedesk.domain.case import ContactKind, Reached, Tick, Verdict
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.pack_lookup import FoundItem
from evidencedesk.domain.rules import Begins, Confidence, Deadline, Source, Status, Text, Unit
from evidencedesk.guidance.judge import AUTOMATIC_RULES, judge
from evidencedesk.guidance.live import hours_now
from evidencedesk.system.resources import resource
from evidencedesk.wording import judgement_tables as tables
from evidencedesk.wording.judgements import deadline_text, judgement_text
from evidencedesk.wording.kept_judgements import grounds
from evidencedesk.wording.language import Words
from fakes.judged_cases import CASE, case_file, contact, encounter, moment, pack_with

ZH, EN = Words("zh", resource("locale")), Words("en", resource("locale"))
PACK = pack_with("contact-hours", closed_from="21:00")


def judgement(rule: str, verdict: Verdict, facts: Mapping[str, str]) -> Judgement:
    return Judgement(PACK.id, "1.0", "the-item", rule, verdict, "s", tuple(sorted(facts.items())))


def test_the_fourth_connected_call_of_a_day() -> None:
    calls = [contact(f"k{n}", f"2026-11-25 09:0{n}:00") for n in range(4)]
    pack = pack_with("calls-connected-per-day", limit="3")
    (one,) = judge(pack, case_file(contacts=calls))
    assert judgement_text(ZH, one, pack) == (
        "第 4 个接通的催收电话（2026-11-25），上限 3 个/天",
        "打给债务人，当地时间：09:00:00, 09:01:00, 09:02:00, 09:03:00",
        "不符合指引",
        "测试规则，版本 1.0",
    )
    assert judgement_text(EN, one, pack) == (
        "Connected call no. 4 on 2026-11-25; the limit is 3 a day",
        "Calls to the debtor, local time: 09:00:00, 09:01:00, 09:02:00, 09:03:00",
        "Outside the guideline",
        "Test rules, version 1.0",
    )


@pytest.mark.parametrize(
    ("opened", "closed", "agreed", "zh", "en"),
    [
        ("20:50", "21:10", None, "21:00 之后的上门（2026-11-25）", "A visit after 21:00 (2026-11-25)"),
        ("07:50", "08:10", None, "08:00 之前的上门（2026-11-25）", "A visit before 08:00 (2026-11-25)"),
        (
            "10:00",
            "10:10",
            None,
            "上门在允许的时段内（2026-11-25）",
            "A visit within the hours allowed (2026-11-25)",
        ),
        (
            "22:00",
            "22:10",
            True,
            "上门不在通常时段内，但事先约定过（2026-11-25）",
            "A visit outside the usual hours, but at an agreed time (2026-11-25)",
        ),
    ],
)
def test_hours_are_said_by_the_limit_that_was_passed(
    opened: str, closed: str, agreed: bool | None, zh: str, en: str
) -> None:
    pack = pack_with("contact-hours", closed_from="21:00", closed_until="08:00", unless_agreed="yes")
    visit = encounter("e", f"2026-11-25 {opened}:00", f"2026-11-25 {closed}:00", agreed=agreed)
    (one,) = judge(pack, case_file(encounters=[visit]))
    assert judgement_text(ZH, one, pack).headline == zh
    assert judgement_text(EN, one, pack).headline == en
    assert judgement_text(EN, one, pack).facts == (
        f"Local time 2026-11-25 {opened}:00 (UTC+0800); until 2026-11-25 {closed}:00"
    )


def test_who_else_was_reached_is_said() -> None:
    pack = pack_with("third-party-contact")
    facts = case_file(contacts=[contact("k", "2026-11-25 10:00:00", ContactKind.SMS, reached=Reached.WORK)])
    (one,) = judge(pack, facts)
    assert judgement_text(ZH, one, pack).headline == "短信，联系到了单位的人（2026-11-25）"
    assert judgement_text(EN, one, pack).headline == "A text message that reached people at work (2026-11-25)"


def test_withheld_numbers_are_said_to_be_one() -> None:
    calls = [contact(f"k{n}", f"2026-11-25 09:0{n}:00", ContactKind.MISSED_CALL) for n in range(7)]
    pack = pack_with("call-attempts-per-day", limit="6")
    (one,) = judge(pack, case_file(contacts=calls))
    assert judgement_text(EN, one, pack).facts.startswith("Withheld numbers can't be told apart")


def test_names_are_said_with_the_papers_they_stand_on() -> None:
    one = judgement("names-match", Verdict.BREACHED, {"organisation": "恒信", "licence": "鑫诚"})
    assert judgement_text(EN, one, PACK).facts == "Business licence: 鑫诚; Company: 恒信"


@pytest.mark.parametrize(
    ("status", "verdict", "zh", "en"),
    [
        (Status.ADVICE, Verdict.BREACHED, "不符合文章建议", "Outside the article's advice"),
        (Status.GUIDELINE, Verdict.BREACHED, "不符合指引", "Outside the guideline"),
        (Status.STANDARD, Verdict.BREACHED, "不符合指引", "Outside the guideline"),
        (
            Status.LAW,
            Verdict.BREACHED,
            "可能违反规定，请咨询警方或律师",
            "Possible breach: ask the police or a lawyer",
        ),
        (
            Status.REPEALED,
            Verdict.BREACHED,
            "不符合一条已失效的规则",
            "Outside a rule that no longer applies",
        ),
        (Status.LAW, Verdict.KEPT, "遵守", "Kept"),
        (Status.LAW, Verdict.NOT_SEEN, "未见到", "Not seen"),
    ],
)
def test_the_kind_of_text_decides_what_a_result_is_called(
    status: Status, verdict: Verdict, zh: str, en: str
) -> None:
    one = judgement("contact-hours", verdict, {})
    pack = replace(PACK, status=status)
    assert judgement_text(EN, one, pack).result == en
    assert judgement_text(ZH, one, pack).result == zh


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", sorted(AUTOMATIC_RULES))
def test_facts_too_few_for_the_sentence_of_a_rule_are_said_by_its_item(
    rule: str, language: Literal["zh", "en"]
) -> None:
    words = Words(language, resource("locale"))
    for verdict, sentence in tables.HEADLINES[rule].items():
        said = judgement_text(words, judgement(rule, verdict, {}), PACK)
        assert (said.headline == "the-item") is ("{" in sentence)
        assert not set("{?") & set("".join(said))
        assert "illegal" not in "".join(said)
        assert "违法" not in "".join(said)


def clock_tick(rule: str, facts: Mapping[str, str]) -> Tick:
    """A mark of the clock as older versions kept it."""
    return Tick(
        "t-00000001",
        CASE,
        "e-00000001",
        "r-00000001",
        4_000,
        PACK.id,
        "1.0",
        "the-item",
        Verdict.BREACHED,
        automatic=True,
        moment=moment("2026-11-25 21:30:00"),
        rule=rule,
        facts=tuple(sorted(facts.items())),
    )


@pytest.mark.parametrize(
    ("rule", "facts", "said"),
    [
        ("", {}, ()),
        ("contact-hours", {"closed_from": "21:00"}, ("the-item", "Test rules, version 1.0")),
        (
            "contact-hours",
            {"closed_from": "21:00", "local_time": "21:30:00"},
            ("the-item", "Local time 21:30:00", "Test rules, version 1.0"),
        ),
    ],
)
def test_an_older_mark_of_the_clock_is_said_with_what_it_kept(
    rule: str, facts: Mapping[str, str], said: tuple[str, ...]
) -> None:
    found = FoundItem(PACK, PACK.item("the-item"), exact=True)
    assert grounds(EN, clock_tick(rule, facts), found) == said


def test_a_mark_of_the_clock_says_when_the_hour_was_passed() -> None:
    visit = encounter("e-00000001", "2026-11-25 20:30:00")
    (now,) = hours_now([PACK], visit, moment("2026-11-25 21:00:01"))
    found = FoundItem(PACK, PACK.item("the-item"), exact=True)
    assert grounds(ZH, clock_tick("contact-hours", dict(now.facts)), found) == (
        "21:00 之后的上门（2026-11-25）",
        "当地时间 2026-11-25 20:30:00（UTC+0800）；从 21:00:01 起超出允许的时间",
        "测试规则，版本 1.0",
    )


def test_a_rule_of_a_later_version_is_said_by_its_item() -> None:
    said = judgement_text(EN, judgement("rule-of-tomorrow", Verdict.BREACHED, {"a": "1", "b": "2"}), PACK)
    assert (said.headline, said.facts) == ("the-item", "a=1; b=2")


def due(unit: Unit = Unit.MONTHS, begins: Begins = Begins.BREACH) -> DueDate:
    source = Source(
        Text("治安管理处罚法", "Public Security Law"), Text("第二十五条", "art. 25"), Confidence.REPORTED
    )
    deadline = Deadline("d", Text("报警期限", "Report to the police"), begins, 6, unit, (), (source,))
    return DueDate(PACK.id, "1.0", deadline, date(2026, 11, 25), date(2027, 5, 25))


@pytest.mark.parametrize(
    ("today", "zh", "en"),
    [
        (date(2027, 5, 23), "2027-05-25，还剩 2 天", "2027-05-25, 2 days left"),
        (date(2027, 5, 24), "2027-05-25，还剩 1 天", "2027-05-25, 1 day left"),
        (date(2027, 5, 25), "2027-05-25，就是今天", "2027-05-25, today"),
        (date(2027, 5, 26), "2027-05-25，已过 1 天", "2027-05-25, 1 day ago"),
        (date(2027, 5, 27), "2027-05-25，已过 2 天", "2027-05-25, 2 days ago"),
    ],
)
def test_a_deadline_says_how_long_there_is(today: date, zh: str, en: str) -> None:
    assert deadline_text(ZH, due(), today).due == zh
    assert deadline_text(EN, due(), today).due == en


def test_a_deadline_says_what_it_counts_from_and_where_it_stands() -> None:
    said = deadline_text(ZH, due(), date(2026, 11, 26))
    assert said.headline == "报警期限"
    assert said.began == "自 2026-11-25 的行为起算：6 个月，当天不算"
    assert said.source == "治安管理处罚法，第二十五条（据报道）"
    assert said.note == ""


def test_working_days_say_that_holidays_are_not_known() -> None:
    said = deadline_text(EN, due(Unit.WORKING_DAYS), date(2026, 11, 26))
    assert "public holidays are not known" in said.note


@pytest.mark.parametrize("begins", list(Begins))
def test_everything_that_can_begin_a_deadline_has_words(begins: Begins) -> None:
    assert "2026-11-25" in deadline_text(EN, due(begins=begins), date(2026, 11, 26)).began
