"""START-HERE.html tells contacts, steps, papers, photos and the grounds of automatic marks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.domain.case import AttachmentKind, CaseFile, ContactDetails, ContactKind, Document
from evidencedesk.domain.rules import Status
from evidencedesk.export.start_here import start_here_html
from evidencedesk.wording.language import Language
from fakes.readers import Reader
from samples.collection_visit import moment, sample_case, sample_words
from samples.law_records import SMS, case_with_records
from samples.paper_material import PACKS

HOSTILE = "\"><svg/onload=alert(1)>'</script><script>x</script>"


def render(
    folder: Path, language: Language = "en", case_file: CaseFile | None = None, status: Status | None = None
) -> str:
    case_file = case_file or case_with_records()
    packs = [pack if status is None else replace(pack, status=status) for pack in PACKS]
    return start_here_html(
        case_file,
        packs,
        language,
        {},
        {one.id: f"data/recordings/{one.id}/{one.file}" for one in case_file.recordings},
        {one.id: f"data/attachments/{one.id}/{one.stored_name}" for one in case_file.attachments},
        sample_words(language, folder),
        moment(100_000),
    )


def section(html: str, name: str) -> str:
    found = re.search(rf'<section class="card" aria-labelledby="{name}">.*?</section>', html, re.DOTALL)
    assert found is not None, name
    return found[0]


def row_with(html: str, text: str) -> str:
    rows: list[str] = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return next(row for row in rows if text in row)


def read(html: str) -> str:
    return Reader(html).text


def test_every_contact_stands_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    row = read(row_with(section(render(tmp_path), "contacts"), "自称客服的王某"))
    for expected in (
        "21:04:08",
        "Answered call",
        "1 min 35 s",
        "01061234567",
        "Family",
        "打给我母亲",
        "Corrected",
        "Written down by the user",
        "Noted on 2026-11-23 21:04:08 (UTC+08:00)",
    ):
        assert expected in row


def test_contacts_stand_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    told = section(render(tmp_path), "contacts")
    times = [re.sub(r"<.*?>", "", cell) for cell in re.findall(r'<td class="when">(.*?)</td>', told)]
    assert [re.findall(r"\d\d:\d\d:\d\d", time)[0] for time in times] == [
        *("23:20:48", "02:07:28", "21:04:08", "21:33:38", "17:00:48", "19:47:28")
    ]


def test_a_contact_of_a_list_an_announcement_and_its_picture(tmp_path: Path) -> None:
    row = row_with(section(render(tmp_path), "contacts"), "10680000000000")
    assert "From a list taken in" in read(row)
    assert "Announced a visit" in read(row)
    assert SMS in read(row)
    links = {a.get("href") for a in Reader(row).named("a")}
    assert any("a-00000004" in (link or "") for link in links)


def test_a_withdrawn_contact_stays_struck_out_and_counts_no_more(tmp_path: Path) -> None:
    html = render(tmp_path)
    row = row_with(section(html, "contacts"), "重复记录")
    assert '<tr class="void">' in row
    assert "Withdrawn" in row
    assert "Contacts 5" in read(html)
    assert "Steps taken 3" in read(html)


def test_what_the_user_sent_and_had_agreed_to_is_said(tmp_path: Path) -> None:
    row = read(row_with(section(render(tmp_path), "contacts"), "19:47:28"))
    assert "From the user" in row
    assert "At a time agreed before" in row


def test_a_contact_of_an_encounter_leads_there(tmp_path: Path) -> None:
    row = row_with(section(render(tmp_path), "contacts"), "21:33:38")
    assert 'href="#h-e-00000001"' in row
    assert "Belongs to: 2026-11-23 Visit at the door" in read(row)


def test_a_zone_is_told_where_it_changes(tmp_path: Path) -> None:
    case_file = case_with_records()
    first, *rest = case_file.contacts
    moved = replace(first, details=replace(first.details, begun_offset_minutes=540))
    told = section(render(tmp_path, case_file=replace(case_file, contacts=(moved, *rest))), "contacts")
    assert told.count("<small>(UTC+09:00)</small>") == 1
    assert told.count("<small>(UTC+08:00)</small>") == 1
    assert "00:20:48" in told, "local time there"


def test_a_call_for_help_stands_with_number_agent_answer_and_receipt(tmp_path: Path) -> None:
    html = render(tmp_path)
    row = row_with(section(html, "steps"), "Call to 110")
    for expected in ("公安", "Answered by: 警号 01234", "Receipt no.: JJ-88", "Call for help"):
        assert expected in read(row)
    assert 'data-at="12000"' in row
    asked = read(row_with(section(html, "steps"), "Call to 400 000 0000"))
    assert "Answer: They say: not sent by us" in asked
    assert "Noted on 2026-11-24 22:34:08" in asked, "it was written down later than it was done"


def test_a_call_during_the_visit_stands_in_its_timeline_too(tmp_path: Path) -> None:
    visit = section(render(tmp_path), "h-e-00000001")
    assert "Call to 110" in visit
    markers = [a["data-at"] for a in Reader(visit).named("svg") if "marker" in (a.get("class") or "")]
    assert "12000" in markers


def test_a_payment_stands_with_its_receipt(tmp_path: Path) -> None:
    row = row_with(section(render(tmp_path), "steps"), "Payment of 1280.50")
    assert "Receipt no.: TX-1" in read(row)
    assert "data/attachments/a-00000005/" in row
    withdrawn = row_with(section(render(tmp_path), "steps"), "Payment of 300")
    assert "void" in withdrawn


def test_a_file_that_is_not_in_the_folder_is_named_and_said_to_be_missing(tmp_path: Path) -> None:
    case_file = case_with_records()
    html = start_here_html(case_file, PACKS, "en", {}, {}, {}, sample_words("en", tmp_path), moment(100_000))
    assert "还款凭证.png not in this folder" in read(row_with(section(html, "steps"), "1280.50"))


def test_a_card_tells_code_names_listing_and_when_each_paper_came(tmp_path: Path) -> None:
    html = section(render(tmp_path), "h-e-00000001")
    text = read(html)
    for expected in (
        "Credit code 91350100M000100Y43",
        "Letter valid until 2026-10-31",
        "Not on the lender's published list",
        "Company's name on it: 某某信用管理公司",
        "2026-11-23 21:34:14",
        "Business licence 2026-11-23 21:44:08",
        "1 person came",
        "Not at a time agreed before",
    ):
        assert expected in text
    refused = re.search(r"<li><span>Work ID.*?</li>", html, re.DOTALL)
    assert refused is not None
    assert 'data-at="6500"' in refused[0], "the place in the sound"
    not_asked = re.search(r"<li><span>Authorisation letter.*?</li>", html, re.DOTALL)
    assert not_asked is not None
    assert "21:34:15" not in not_asked[0], "that nobody asked has no moment"
    later = re.search(r"<li><span>Business licence.*?</li>", html, re.DOTALL)
    assert later is not None
    assert "data-at" not in later[0], "the recording was over"
    assert "data/attachments/a-00000003/" in later[0]


def test_a_name_on_a_paper_of_which_nothing_else_is_known_is_told(tmp_path: Path) -> None:
    case_file = case_with_records()
    person = case_file.collectors[0]
    card = replace(person.card, documents=(), names_on=((Document.ID_CARD, "张三"),))
    told = replace(case_file, collectors=(replace(person, card=card, document_moments=()),))
    assert "Company's name on it: 张三" in read(section(render(tmp_path, case_file=told), "h-e-00000001"))


def test_a_picture_says_what_it_shows(tmp_path: Path) -> None:
    text = read(render(tmp_path))
    assert "Business licence of 张某" in text
    assert "Belongs to the contact: 2026-11-23 02:07:28 (UTC+08:00) · SMS · 10680000000000" in text
    assert "Belongs to: Payment of 1280.50" in text


def test_a_file_says_what_it_is_and_the_users_words_for_it(tmp_path: Path) -> None:
    case_file = case_with_records()
    first, *others = case_file.attachments
    bill = replace(first, kind=AttachmentKind.BILL, text="<b>十一月的账单</b>", debt=True)
    html = render(tmp_path, case_file=replace(case_file, attachments=(bill, *others)))
    assert "Bill or statement" in read(html)
    assert "About the debt · <b>十一月的账单</b>" in read(html), "words, not tags"


def test_an_automatic_mark_says_what_it_rests_on_in_words(tmp_path: Path) -> None:
    html = render(tmp_path)
    row = read(row_with(html, "A visit after 21:00"))
    for expected in (
        "No disturbance after 21:00",
        "Local time 2026-11-23 21:34:08",
        "version 1.0",
        "judged from what is on record",
        "Outside the article's advice",
    ):
        assert expected in row
    about = read(row_with(html, "A call that reached family members"))
    assert "About: 2026-11-23 21:04:08 (UTC+08:00) · Answered call" in about
    assert "About: 张某" in read(row_with(html, "The company&#39;s name is not the same everywhere"))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.ADVICE, "Outside the article's advice"),
        (Status.GUIDELINE, "Outside the guideline"),
        (Status.LAW, "Possible breach: ask the police or a lawyer"),
    ],
)
def test_the_result_is_worded_by_the_kind_of_its_pack(tmp_path: Path, status: Status, expected: str) -> None:
    html = render(tmp_path, status=status)
    assert expected in read(row_with(html, "A visit after 21:00"))
    assert "illegal" not in row_with(html, "A visit after 21:00")


def test_a_mark_of_a_pack_that_is_nowhere_shows_its_facts_as_they_are(tmp_path: Path) -> None:
    case_file = case_with_records()
    html = start_here_html(case_file, (), "en", {}, {}, {}, sample_words("en", tmp_path), moment(100_000))
    assert "local_time: 21:34:08" in read(html)


def test_a_mark_without_its_facts_shows_no_question_marks(tmp_path: Path) -> None:
    case_file = case_with_records()
    bare = replace(case_file, ticks=tuple(replace(tick, facts=()) for tick in case_file.ticks))
    row = read(row_with(render(tmp_path, case_file=bare), "judged from what is on record"))
    assert "No disturbance after 21:00" in row
    assert "?" not in row


def test_hostile_text_stays_text_in_every_record(tmp_path: Path) -> None:
    sample = case_with_records()
    contact = sample.contacts[0]
    step = sample.follow_ups[1]
    person = sample.collectors[0]
    details = ContactDetails(
        ContactKind.SMS, contact.details.begun_utc, 480, party=HOSTILE, name=HOSTILE, text=HOSTILE
    )
    hostile = replace(
        sample,
        case=replace(sample.case, hotline=HOSTILE),
        contacts=(replace(contact, details=details),),
        follow_ups=(
            replace(
                step,
                details=replace(
                    step.details,
                    number=HOSTILE,
                    whom=HOSTILE,
                    agent=HOSTILE,
                    receipt=HOSTILE,
                    answer=HOSTILE,
                    amount=HOSTILE,
                ),
            ),
        ),
        collectors=(
            replace(
                person,
                card=replace(
                    person.card,
                    name=HOSTILE,
                    credit_code=HOSTILE,
                    letter_until=HOSTILE,
                    names_on=((Document.LICENCE, HOSTILE),),
                ),
            ),
        ),
        attachments=tuple(replace(one, name=HOSTILE) for one in sample.attachments),
        ticks=tuple(
            replace(tick, facts=tuple((name, HOSTILE) for name, _ in tick.facts), rule=tick.rule)
            for tick in sample.ticks
        ),
    )
    for case_file in (
        hostile,
        replace(hostile, ticks=tuple(replace(t, pack=HOSTILE) for t in hostile.ticks)),
    ):
        page = Reader(render(tmp_path, case_file=case_file))
        assert len(page.named("script")) == 1
        assert not any("onload" in attributes for _, attributes in page.elements)
        assert page.text.count(HOSTILE) > 25


def test_the_chinese_page_has_no_english_sentence_left(tmp_path: Path) -> None:
    english = set(re.findall(r"[A-Z][a-z]+(?: [a-z]+){2,}", read(render(tmp_path, "en"))))
    chinese = read(render(tmp_path, "zh"))
    assert len(english) > 40
    assert {sentence for sentence in english if sentence in chinese} == set()


def test_a_case_without_records_has_no_empty_tables(tmp_path: Path) -> None:
    html = render(tmp_path, case_file=sample_case())
    assert 'aria-labelledby="contacts"' not in html
    assert 'aria-labelledby="steps"' not in html


def test_nothing_of_contacts_and_steps_is_left_when_they_are_left_out(tmp_path: Path) -> None:
    case_file = replace(case_with_records(), contacts=(), follow_ups=())
    bare = replace(case_file, ticks=tuple(replace(tick, facts=()) for tick in case_file.ticks))
    text = read(render(tmp_path, case_file=bare))
    for number in ("10680000000000", "01061234567", "13800000000", "1280.50", "JJ-88"):
        assert number not in text
