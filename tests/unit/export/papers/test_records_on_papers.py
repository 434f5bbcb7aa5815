"""Contacts, steps, papers and automatic marks stand on the report and in the evidence list."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from evidencedesk.domain.case import AttachmentKind, CaseFile, ContactSource
from evidencedesk.export.papers.evidence_items import Item, evidence_groups
from evidencedesk.export.papers.evidence_list import evidence_list_docx
from evidencedesk.export.papers.headings import court_texts
from evidencedesk.export.papers.plain import printable
from evidencedesk.export.papers.report import report_pdf
from evidencedesk.export.papers.report_data import report_data
from evidencedesk.export.papers.telling import Telling
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from fakes.poppler import info_of, run_together, stream_of
from samples.collection_visit import moment, sample_case
from samples.law_records import case_with_records
from samples.paper_material import sample_material

HOSTILE = "=cmd|' /C calc'!A0 #panic() <w:p/>&amp;\u202e\x00 {PAGE}"


def telling(case_file: CaseFile | None = None, language: Language = "en") -> Telling:
    return Telling(sample_material(case_file or case_with_records()), Words(language, resource("locale")))


def section(name: str, case_file: CaseFile | None = None) -> str:
    data: dict[str, Any] = report_data(telling(case_file), printable)
    place = [heading.id for heading in court_texts().headings].index(name)
    return json.dumps(data["sections"][place], ensure_ascii=False)


def items(case_file: CaseFile | None = None) -> list[Item]:
    return [item for group in evidence_groups(telling(case_file)) for item in group.items]


def named(name: str, case_file: CaseFile | None = None) -> Item:
    return next(item for item in items(case_file) if item.name == name)


def hostile_case() -> CaseFile:
    case_file = case_with_records()
    step = case_file.follow_ups[1]
    return replace(
        case_file,
        contacts=tuple(
            replace(one, details=replace(one.details, party=HOSTILE, name=HOSTILE, text=HOSTILE))
            for one in case_file.contacts
        ),
        follow_ups=(
            replace(step, details=replace(step.details, whom=HOSTILE, agent=HOSTILE, answer=HOSTILE)),
        ),
        attachments=tuple(replace(one, name=HOSTILE) for one in case_file.attachments),
        ticks=tuple(
            replace(tick, facts=tuple((name, HOSTILE) for name, _ in tick.facts)) for tick in case_file.ticks
        ),
    )


def test_contacts_before_the_visit_stand_apart_from_those_since() -> None:
    words = section("ordinary")
    before, since = words.split("Contacts from the first encounter on")
    assert "Contacts before the first encounter" in before
    for number in ("01061234567", "10680000000000", "13800000000"):
        assert number in before
    assert "重复记录" in since
    assert "重复记录" not in before
    for expected in ("Family", "1 min 35 s", "Announced a visit", "From a list taken in", "Corrected"):
        assert expected in before


def test_without_an_encounter_all_contacts_stand_together() -> None:
    sample = case_with_records()
    words = section("ordinary", replace(sample, encounters=(), recordings=(), collectors=(), follow_ups=()))
    assert "first encounter" not in words
    assert words.count("10680000000000") == 1


def test_the_ordinary_course_tells_how_many_came_and_whether_it_was_agreed() -> None:
    assert "1 person came · Not at a time agreed before" in section("ordinary")


def test_each_paper_stands_with_its_moment_and_its_place_in_the_sound() -> None:
    words = section("ordinary")
    assert "Work ID: Asked for, refused" in words
    assert "2026-11-23 21:34:14 · Recording 1 00:00:06" in words
    assert '"2026-11-23 21:44:08"' in words
    assert "Company's name on it: 某某信用管理公司" in words
    assert "Letter valid until: 2026-10-31" in words


def test_calls_for_help_stand_where_other_evidence_does_with_receipts() -> None:
    words = section("agrees")
    for expected in (
        "Call to 110 · 公安",
        "Receipt no.: JJ-88",
        "Recording 1 00:00:12",
        "Answer: They say: not sent by us",
        "About: 张某",
        "Payment of 1280.50",
        "File: 还款凭证.png",
        "No receipt was taken in",
    ):
        assert expected in words


def test_files_say_what_they_show() -> None:
    words = section("agrees")
    assert "Business licence of 张某" in words
    assert "Belongs to: Payment of 1280.50" in words


def test_an_automatic_breach_stands_with_source_facts_and_pack() -> None:
    words = section("relevant")
    for expected in (
        "A visit after 21:00 (2026-11-23)",
        "Local time 2026-11-23 21:34:08 (UTC+08:00)",
        "version 1.0",
        "Outside the article's advice",
        "judged from what is on record",
    ):
        assert expected in words
    assert "illegal" not in words


def test_a_mark_outside_an_encounter_is_under_what_is_relevant() -> None:
    assert "A call that reached family members" in section("relevant")
    assert "A call that reached family members" not in section("ordinary")
    assert "工号 0417" in section("ordinary")


def test_a_case_without_records_has_no_empty_headings() -> None:
    for name in ("ordinary", "agrees", "relevant"):
        words = section(name, sample_case())
        assert "Contacts" not in words
        assert "Calls for help" not in words
        assert "Marks outside" not in words


def test_the_evidence_list_has_the_log_of_contacts_and_the_steps() -> None:
    log = named("Log of contacts")
    assert log.number == "3-1"
    assert log.proves == (
        "5 contacts",
        "From 2026-11-22 23:20:48 (UTC+08:00) to 2026-11-24 19:47:28 (UTC+08:00)",
        "Of these from lists taken in: 2",
    )
    steps = named("Calls, requests, complaints and payments")
    assert "Payment of 1280.50" in steps.proves
    assert "Payment of 300" not in steps.proves, "it was withdrawn"


def test_a_photo_in_the_evidence_list_says_what_it_shows() -> None:
    assert named("营业执照.png").proves == ("Business licence of 张某",)
    assert "SMS · 10680000000000" in named("短信截图.png").proves[0]
    assert named("门口照片.png").proves == ()


def test_the_file_of_a_list_says_how_many_contacts_came_with_it() -> None:
    assert named("通话记录.csv").proves == ("2 contacts from a list were taken in right after this file",)


def test_a_file_that_no_list_followed_at_once_claims_none() -> None:
    case_file = case_with_records()
    by_hand = tuple(replace(one, source=ContactSource.USER) for one in case_file.contacts)
    assert named("通话记录.csv", replace(case_file, contacts=by_hand)).proves == ()
    much_later = tuple(replace(one, moment=moment(-3000)) for one in case_file.contacts)
    assert named("通话记录.csv", replace(case_file, contacts=much_later)).proves == ()


def test_only_the_last_file_before_a_list_is_named() -> None:
    case_file = case_with_records()
    *others, listed = case_file.attachments
    earlier = replace(listed, id="a-00000009", name="earlier.csv", moment=moment(-3602))
    told = replace(case_file, attachments=(earlier, *others, listed))
    assert named("earlier.csv", told).proves == ()
    assert named("通话记录.csv", told).proves


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_records_are_printed_as_text(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(report_pdf(sample_material(hostile_case()), Words(language, resource("locale"))))
    assert "<pdfaid:part>2</pdfaid:part>" in info_of(path)
    printed = run_together(stream_of(path))
    assert "#panic()<w:p/>&amp;" in printed
    assert "[U+202E][U+0000]" in printed


def test_hostile_records_stay_text_in_word() -> None:
    document = docx.Document(io.BytesIO(evidence_list_docx(telling(hostile_case()))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("<w:p/>&amp;[U+202E][U+0000] {PAGE}" in cell for cell in cells)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_papers_with_records_are_the_same_bytes(language: Language) -> None:
    words = Words(language, resource("locale"))
    material = sample_material(case_with_records())
    assert report_pdf(material, words) == report_pdf(material, words)
    assert evidence_list_docx(Telling(material, words)) == evidence_list_docx(Telling(material, words))


def with_bill() -> CaseFile:
    case_file = case_with_records()
    first, *others = case_file.attachments
    bill = replace(first, kind=AttachmentKind.BILL, text="十一月的账单,缺第二页", debt=True)
    return replace(case_file, attachments=(bill, *others))


def test_what_the_user_said_of_a_file_fills_the_evidence_list() -> None:
    bill = with_bill().attachments[0]
    item = named(bill.name, with_bill())
    assert item.form == "Documentary evidence: bill or statement"
    assert item.source.startswith("Kept and handed in by the party")
    assert item.proves[0] == bill.text
    assert "About the debt" in item.proves[1]
    assert "____" not in item.form + item.source


def test_of_a_file_that_nobody_described_the_lines_stay_to_be_filled_in() -> None:
    case_file = case_with_records()
    plain = replace(case_file.attachments[0], kind=None, text="")
    item = named(plain.name, replace(case_file, attachments=(plain,)))
    assert "____" in item.form
    assert "____" in item.source


def test_kind_and_words_of_a_file_stand_in_the_report() -> None:
    told = json.dumps(report_data(telling(with_bill()), printable), ensure_ascii=False)
    assert "Bill or statement" in told
    assert "十一月的账单" in told
