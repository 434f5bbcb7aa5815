"""debt-sheet.pdf as other programs read it: one page, the limits said, nothing run as markup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import DebtTerms
from evidencedesk.domain.debt_sheet import debt_sheet
from evidencedesk.export.papers.debt_sheet import DebtPaper, debt_sheet_pdf
from evidencedesk.export.papers.papers import make_papers
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from fakes.debt_stories import TODAY, loan_terms, with_debt
from fakes.poppler import fonts_of, info_of, pages_of, run_together, stream_of
from samples.collection_visit import moment, sample_case
from samples.paper_material import sample_material

HOSTILE = "#panic() $x^2$ *bold* <label> \u202e\x00 {PAGE} " + "长" * 300


def paper(case_file: CaseFile) -> DebtPaper:
    return DebtPaper(case_file, debt_sheet(case_file, TODAY), moment(100_000), "0.1.0")


def written(folder: Path, case_file: CaseFile, language: Language = "zh") -> Path:
    path = folder / "debt-sheet.pdf"
    path.write_bytes(debt_sheet_pdf(paper(case_file), Words(language, resource("locale"))))
    return path


def story(count: int = 12) -> CaseFile:
    return with_debt(sample_case(), moment(0), loan_terms(count))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_usual_loan_is_one_page_and_a_long_one_goes_on(tmp_path: Path, language: Language) -> None:
    assert len(pages_of(written(tmp_path, story(), language))) == 1
    pages = pages_of(written(tmp_path, story(60), language))
    assert len(pages) == 2
    assert ("不判断是否高利贷" if language == "zh" else "No verdict on usury") in pages[0]


def test_it_says_what_they_claim_what_the_papers_give_and_what_it_does_not_say(tmp_path: Path) -> None:
    text = run_together(stream_of(written(tmp_path, story())))
    for said in ("¥18,600.00", "比凭据多要¥15,220.39", "¥3,282.40", "48.96%", "不含：诉讼费用", "计算假定"):
        assert run_together(said) in text


def test_it_keeps_to_the_standard_for_archives_with_its_fonts(tmp_path: Path) -> None:
    path = written(tmp_path, story())
    assert "pdfaid:part" in info_of(path)
    assert all(" yes " in line for line in fonts_of(path))


def test_the_same_facts_give_the_same_bytes() -> None:
    words = Words("zh", resource("locale"))
    assert debt_sheet_pdf(paper(story()), words) == debt_sheet_pdf(paper(story()), words)


def test_nothing_that_was_typed_is_run(tmp_path: Path) -> None:
    file = story()
    claims = tuple(
        replace(one, details=replace(one.details, by=HOSTILE, text=HOSTILE)) for one in file.claims
    )
    case = replace(file.case, title=HOSTILE, creditor=HOSTILE)
    terms = replace(loan_terms(), remarks=HOSTILE, currency="#x")
    file = replace(with_debt(file, moment(0), terms), case=case, claims=claims)
    assert "#panic()$x^2$*bold*<label>[U+202E][U+0000]" in run_together(stream_of(written(tmp_path, file)))


def test_claims_alone_make_a_sheet_and_a_case_without_any_has_none() -> None:
    words = Words("zh", resource("locale"))
    alone = replace(story(), debt=None, follow_ups=())
    assert debt_sheet_pdf(paper(alone), words).startswith(b"%PDF")
    names = {one.name for one in make_papers(sample_material, words).written}
    assert "data/debt-sheet.pdf" not in names
    told = sample_material(story(), debt=paper(story()).sheet)
    assert "data/debt-sheet.pdf" in {one.name for one in make_papers(lambda: told, words).written}


def test_terms_alone_make_a_sheet(tmp_path: Path) -> None:
    file = replace(with_debt(sample_case(), moment(0), DebtTerms(principal="3000")), claims=())
    assert "没有记录对方说的数额" in run_together(stream_of(written(tmp_path, file)))
