"""The user's own evidence list: its numbers follow into the papers and into file names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from PIL import Image

from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.case import Attachment, Case
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.evidence import EvidenceChoice, Paper
from evidencedesk.export.papers.evidence_list import evidence_list_docx
from evidencedesk.export.papers.telling import Telling
from evidencedesk.wording.language import Words
from evidencedesk.workflows import numbered_copies
from evidencedesk.workflows.arrange_evidence import arrange_evidence, evidence_list
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.papers import list_material
from evidencedesk.workflows.verify_folder import verify


@pytest.fixture
def screenshot(desk: Desk, case: Case, tmp_path: Path) -> Attachment:
    path = tmp_path / "催收: 短信.png"
    Image.new("RGB", (8, 8), "white").save(path)
    return attach_file(desk, case.id, path)


@pytest.fixture
def paper(desk: Desk, case: Case, tmp_path: Path) -> Attachment:
    path = tmp_path / "合同.txt"
    path.write_text("第三条", encoding="utf-8")
    return attach_file(desk, case.id, path)


@pytest.fixture(autouse=True)
def _arranged_by_nobody(desk: Desk) -> Iterator[None]:
    yield
    assert desk.store.check() == ()


def numbers(desk: Desk, case: Case, words: Words) -> dict[str, str]:
    listed = evidence_list(desk, desk.store.case_file(case.id), words)
    return {item.id: item.number for group in listed.groups for item in group.items}


def test_without_a_list_of_ones_own_everything_is_on_it(
    desk: Desk, case: Case, words: Words, screenshot: Attachment, paper: Attachment
) -> None:
    listed = evidence_list(desk, desk.store.case_file(case.id), words)
    assert not listed.arranged
    assert listed.left == ()
    assert numbers(desk, case, words) == {
        screenshot.id: "1-1",
        paper.id: "1-2",
        "report": "2-1",
        "journal": "2-2",
    }


def test_numbers_follow_the_users_order_and_headings(
    desk: Desk, case: Case, words: Words, screenshot: Attachment, paper: Attachment
) -> None:
    mine = [EvidenceChoice(paper.id, "合同"), EvidenceChoice(screenshot.id, "短信", "威胁上门")]
    arrange_evidence(desk, case.id, mine)
    assert numbers(desk, case, words) == {paper.id: "1-1", screenshot.id: "2-1"}
    listed = evidence_list(desk, desk.store.case_file(case.id), words)
    assert listed.arranged
    assert [choice.id for choice, _ in listed.left] == ["report", "journal"]
    assert listed.groups[1].items[0].proves == ("威胁上门",)


def test_a_heading_counts_where_it_first_appears(
    desk: Desk, case: Case, words: Words, screenshot: Attachment, paper: Attachment
) -> None:
    mine = [
        EvidenceChoice(paper.id, "甲"),
        EvidenceChoice(Paper.REPORT, "乙"),
        EvidenceChoice(screenshot.id, "甲"),
    ]
    arrange_evidence(desk, case.id, mine)
    assert numbers(desk, case, words) == {paper.id: "1-1", screenshot.id: "1-2", "report": "2-1"}


def test_the_same_list_again_is_no_event(desk: Desk, case: Case, paper: Attachment) -> None:
    for _ in range(2):
        arrange_evidence(desk, case.id, [EvidenceChoice(paper.id, " 合同  书 ")])
    (event,) = desk.store.events_of(case.id, EventType.EVIDENCE_ARRANGED)
    assert event.data["items"] == [{"id": paper.id, "group": "合同 书", "proves": ""}]


def test_what_the_case_does_not_have_or_has_twice_is_refused(
    desk: Desk, case: Case, paper: Attachment
) -> None:
    line = EvidenceChoice(paper.id, "合同")
    for wrong in ([replace(line, id="a-0000n0ne")], [line, line]):
        with pytest.raises(WrongUse) as refused:
            arrange_evidence(desk, case.id, wrong)
        assert refused.value.code is Code.UNKNOWN_ITEM
    with pytest.raises(WrongUse) as refused:
        arrange_evidence(desk, case.id, [replace(line, group=" ")])
    assert refused.value.code is Code.EMPTY_TEXT
    assert desk.store.events_of(case.id, EventType.EVIDENCE_ARRANGED) == ()


def test_pages_are_counted_until_a_paper_that_nobody_can_count(
    desk: Desk, case: Case, words: Words, screenshot: Attachment, paper: Attachment
) -> None:
    mine = [
        EvidenceChoice(screenshot.id, "一"),
        EvidenceChoice(paper.id, "一"),
        EvidenceChoice("journal", "一"),
    ]
    arrange_evidence(desk, case.id, mine)
    (group,) = evidence_list(desk, desk.store.case_file(case.id), words).groups
    assert [item.pages for item in group.items] == ["1", "", "–"]


def test_the_list_that_is_handed_in_bears_the_users_headings_and_words(
    desk: Desk, case: Case, words: Words, screenshot: Attachment
) -> None:
    arrange_evidence(desk, case.id, [EvidenceChoice(screenshot.id, "催收短信", "证明对方威胁上门")])
    material = list_material(desk, desk.store.case_file(case.id), words)
    document = docx.Document(BytesIO(evidence_list_docx(Telling(material, words))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "第 1 组：催收短信" in cells
    assert "证明对方威胁上门" in cells
    assert "1-1" in cells


def test_files_stand_in_the_folder_under_their_number_too(
    desk: Desk, case: Case, words: Words, screenshot: Attachment, paper: Attachment, tmp_path: Path
) -> None:
    arrange_evidence(desk, case.id, [EvidenceChoice(paper.id, "合同"), EvidenceChoice(screenshot.id, "短信")])
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    copies = sorted(path.name for path in (folder / "data/numbered").iterdir())
    assert copies == ["1-1 合同.txt", "2-1 催收 短信.png"]
    assert hash_file(folder / "data/numbered/2-1 催收 短信.png")[0] == screenshot.sha256
    assert not verify(folder).faults


def test_without_a_list_of_ones_own_there_are_no_second_copies(
    desk: Desk, case: Case, words: Words, paper: Attachment, tmp_path: Path
) -> None:
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    assert not (folder / "data/numbered").exists()
    assert (folder / "data/attachments" / paper.id).is_dir()


def test_what_is_too_large_stands_only_in_its_own_place(
    desk: Desk, case: Case, words: Words, paper: Attachment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbered_copies, "LARGEST", paper.file_bytes - 1)
    arrange_evidence(desk, case.id, [EvidenceChoice(paper.id, "合同")])
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    assert not (folder / "data/numbered").exists()
