"""START-HERE.html and the report tell what is due, and that this is computed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.rules import Begins, Confidence, Deadline, Source, Text, Unit
from evidencedesk.export.papers.blocks import Paragraph, Table
from evidencedesk.export.papers.report_records import due_dates
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.start_here import start_here_html
from evidencedesk.wording.language import Language
from fakes.readers import Reader
from samples.collection_visit import moment, sample_case, sample_words
from samples.paper_material import PACKS, sample_material

HOSTILE = "<script>alert(1)</script>"


def due(day: date, text: str = "an answer is due") -> DueDate:
    source = Source(Text("条例", "Regulation"), Text("第一条", "art. 1"), Confidence.REPORTED)
    wanted = Deadline("answer", Text("应当答复", text), Begins.COMPLAINT, 7, Unit.WORKING_DAYS, (), (source,))
    return DueDate("cn-test", "1.0", wanted, date(2026, 11, 20), day)


LATER = due(date(2099, 1, 5))


def page(folder: Path, *told: DueDate, language: Language = "en") -> str:
    words = sample_words(language, folder)
    return start_here_html(sample_case(), PACKS, language, {}, {}, {}, words, moment(100_000), due=told)


def section(html: str) -> str:
    found = re.search(r'<section class="card" aria-labelledby="due">.*?</section>', html, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "2099-01-05",
                "an answer is due",
                "counted from the complaint of 2026-11-20",
                "Regulation, art. 1 (as reported)",
                "not legal advice",
                "Monday to Friday",
            ),
        ),
        ("zh", ("2099-01-05", "应当答复", "不是法律意见", "截止日期")),
    ],
)
def test_the_page_tells_the_day_what_began_it_and_its_source(
    tmp_path: Path, language: Language, expected: tuple[str, ...]
) -> None:
    text = Reader(section(page(tmp_path, LATER, language=language))).text
    for one in expected:
        assert one in text, one
    assert "left" not in text, "days that are left would be wrong tomorrow"


@pytest.mark.parametrize("told", [(), (due(date(2000, 1, 1)),)], ids=["nothing", "over"])
def test_where_nothing_is_due_the_page_says_nothing(tmp_path: Path, told: tuple[DueDate, ...]) -> None:
    assert 'aria-labelledby="due"' not in page(tmp_path, *told)


def test_words_of_a_pack_stay_words(tmp_path: Path) -> None:
    assert HOSTILE not in page(tmp_path, due(date(2099, 1, 5), HOSTILE))


def test_the_report_has_a_table_of_them_and_says_that_it_is_no_legal_advice(tmp_path: Path) -> None:
    blocks = due_dates(Telling(sample_material(due=(LATER,)), sample_words("en", tmp_path)))
    (notice,) = [one for one in blocks if isinstance(one, Paragraph)]
    (table,) = [one for one in blocks if isinstance(one, Table)]
    assert "not legal advice" in notice.text
    assert [cell.text for cell in table.rows[0].cells] == [
        "2099-01-05",
        "an answer is due",
        "Regulation, art. 1 (as reported)",
    ]


def test_a_report_of_a_case_in_which_nothing_is_due_has_no_table(tmp_path: Path) -> None:
    assert due_dates(Telling(sample_material(), sample_words("en", tmp_path))) == []
