"""Every letter, in both languages, from a full case and from one with hardly anything in it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.letter import LetterForm, LetterKind, LetterLanguage, MadeLetter, Sender
from evidencedesk.export.papers.evidence_items import evidence_groups, numbers_by_id
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.letters.make_letter import (
    _telling,
    _words,
    draft_from,
    instalments,
    letter_from,
)
from fakes.word_templates import words_in
from samples.letter_case import CONTRACT, empty_case, full_case

EVERY = [(kind, language) for kind in LetterKind for language in ("zh", "en")]
SENDER = Sender("李四", "上海市某区某路 1 号", "138 1111 2222")


def made(
    desk: Desk, file: CaseFile, kind: LetterKind, language: LetterLanguage, **form: object
) -> MadeLetter:
    draft = draft_from(desk, file, kind, language).form
    return letter_from(desk, file, replace(draft, **form))  # type: ignore[arg-type]


def full(desk: Desk, kind: LetterKind, language: LetterLanguage = "zh", **form: object) -> MadeLetter:
    filled = {"sender": SENDER, "own_words": "我不同意。\n请核查。", "place": "家门口", **form}
    return made(desk, full_case(desk.packs), kind, language, **filled)


@pytest.mark.parametrize(("kind", "language"), EVERY)
@pytest.mark.parametrize("case_file", ["full", "empty"])
def test_no_letter_shows_how_it_was_made(
    desk: Desk, kind: LetterKind, language: LetterLanguage, case_file: str
) -> None:
    letter = full(desk, kind, language) if case_file == "full" else made(desk, empty_case(), kind, language)
    words = words_in(letter.content)

    for rest in ("{{", "}}", "{%", "%}", "None", "Undefined", "[]", "()", "（）"):
        assert rest not in words
    paragraphs = re.findall(r"<(h1|h2|p)[^>]*>(.*?)</\1>", letter.page)
    assert all(text.strip() for _, text in paragraphs)
    assert "<h2" not in letter.page.rsplit("<h2", 1)[1].split("<p", 1)[0]
    for heading in re.finditer(r"<h2>[^<]*</h2>(?=<h2>|$)", letter.page):
        pytest.fail(f"nothing under {heading[0]}")


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_what_nobody_knows_is_a_blank_and_is_told_before_saving(
    desk: Desk, kind: LetterKind, language: LetterLanguage
) -> None:
    letter = made(desk, empty_case(), kind, language)

    assert "________" in words_in(letter.content)
    assert "sender_name" in letter.missing
    assert "sender_id_number" not in letter.missing


def test_a_filled_letter_lacks_nothing(desk: Desk) -> None:
    assert {kind: full(desk, kind, plan="2026-12-25 500").missing for kind in LetterKind} == dict.fromkeys(
        LetterKind, ()
    )


def test_the_same_case_and_time_make_the_same_bytes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = desk.clock.now()
    monkeypatch.setattr(type(desk.clock), "now", lambda _clock: now)

    assert full(desk, LetterKind.REGULATOR).content == full(desk, LetterKind.REGULATOR).content


def test_the_complaint_has_time_words_rule_and_evidence_number_of_each_breach(desk: Desk) -> None:
    file = full_case(desk.packs)
    words = words_in(full(desk, LetterKind.REGULATOR).content)
    numbers = numbers_by_id(evidence_groups(_telling(desk, file, _words("zh"), desk.clock.now())))
    sound = next(one for one in file.recordings if one.encounter == "e-00000001")

    assert "22:00 之后的来电" in words
    assert "“不还钱就天天来”（录音第 00:01:01）" in words
    assert f"{numbers[sound.id]}（录音第 00:01:01）" in words
    assert "GB/T 45251-2025" in words
    assert "推荐性国家标准，非强制" in words
    assert "据新闻报道" in words


def test_the_article_is_no_rule_to_name_to_an_authority(desk: Desk) -> None:
    words = words_in(full(desk, LetterKind.REGULATOR).content)

    assert "21:00 之后" not in words
    assert "文章" not in words


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_no_letter_gives_a_verdict(desk: Desk, kind: LetterKind, language: LetterLanguage) -> None:
    words = words_in(full(desk, kind, language).content)

    for verdict in (
        "违法犯罪",
        "构成犯罪",
        "涉嫌",
        "违法催收",
        "illegal",
        "unlawful collection",
        "usury",
        "高利贷",
    ):
        assert verdict not in words


def test_each_addressee_gets_what_is_theirs(desk: Desk) -> None:
    police = words_in(full(desk, LetterKind.POLICE).content)
    market = words_in(full(desk, LetterKind.MARKET).content)
    spam = words_in(full(desk, LetterKind.SPAM).content)

    assert "威胁" in police
    assert "22:00 之后的来电" not in police
    assert "不涉及催收行为本身" in market
    assert "91350100M000100Y43" in market
    assert "威胁" not in market
    assert "106812345678" in spam
    assert "上门" not in spam.replace("明日上门", "").replace("24小时内上门", "").replace("再不还就上门", "")


def test_letters_to_the_creditor_acknowledge_nothing(desk: Desk) -> None:
    for kind in (
        LetterKind.REQUEST_PAPERS,
        LetterKind.DISPUTE,
        LetterKind.THIRD_PARTIES,
        LetterKind.PERSONAL_DATA,
    ):
        assert "不构成对诉讼时效抗辩的放弃" in words_in(full(desk, kind).content)
    assert "诉讼时效抗辩" not in words_in(full(desk, LetterKind.PLAN).content)


def test_the_dispute_sets_claims_against_papers(desk: Desk) -> None:
    words = words_in(full(desk, LetterKind.DISPUTE).content)

    assert "18600 元" in words
    assert "本金：10000 元" in words
    assert "费用“服务费”：400 元" in words
    assert "1280.50 元" in words
    assert CONTRACT in words
    assert "按合同记载的条款和已付款项核对：" in words
    assert "计算过程见证据" in words


def test_only_what_is_chosen_goes_in(desk: Desk) -> None:
    letter = full(desk, LetterKind.POLICE, breaches=frozenset(), pieces=frozenset(), own_words="")
    words = words_in(letter.content)

    assert "威胁" not in words
    assert "附件" not in words
    assert "breaches" in letter.missing


def test_a_plan_is_counted_to_the_cent(desk: Desk) -> None:
    words = words_in(full(desk, LetterKind.PLAN, plan="2026-12-25 500\n2027-01-25，0.10").content)

    assert "500.10 元" in words


@pytest.mark.parametrize("line", ["tomorrow 500", "2026-12-25", "2026-02-30 500", "2026-12-25 many"])
def test_a_line_that_is_no_instalment_is_named(line: str) -> None:
    with pytest.raises(WrongUse) as caught:
        instalments(f"2026-12-25 500\n{line}")

    assert caught.value.code is Code.PLAN_UNREADABLE
    assert caught.value.facts["value"] == line


def test_hostile_words_stay_words(desk: Desk) -> None:
    words = words_in(full(desk, LetterKind.POLICE, own_words="{{ 7*7 }} <w:p/> &amp; {% raw %}").content)

    assert "{{ 7*7 }} <w:p/> &amp; {% raw %}" in words


def test_a_form_is_kept_as_it_was_cleaned(desk: Desk) -> None:
    letter = full(desk, LetterKind.POLICE, addressee="  某  派出所\n")

    assert letter.form.addressee == "某 派出所"
    assert isinstance(letter.form, LetterForm)
