"""What the papers are told about earlier exports, and that every export brings them along."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.case import Case
from evidencedesk.domain.errors import Known
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.papers import export_log
from evidencedesk.workflows.take_note import take_note
from fakes.poppler import stream_of


def test_an_export_that_was_cancelled_stands_in_the_log_of_the_next(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    # A note that looks like an export is none.
    take_note(desk, case.id, '"type":"case.exported"')
    with pytest.raises(Known):
        export_case(desk, case.id, tmp_path / "first", words, cancelled=lambda: True)
    folder = export_case(desk, case.id, tmp_path / "second", words).path
    log = export_log(desk.store.journal_lines(case.id))
    assert [(one.folder, one.failed) for one in log] == [("first", "cancelled"), ("second", "")]
    assert "未完成（cancelled）" in stream_of(folder / "data/report.pdf")


def test_a_case_without_sound_goes_out_with_its_papers(
    desk: Desk, case: Case, words: Words, tmp_path: Path
) -> None:
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    for name in ("report.pdf", "evidence-list.docx", "transcript.docx"):
        assert (folder / "data" / name).stat().st_size > 5000
