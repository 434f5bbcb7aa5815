"""Neither key, checkpoints, time stamps nor papers keep a case from going out, and the folder says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import typst

from evidencedesk.domain.case import Case
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.not_made import Part
from evidencedesk.domain.stamp import Authority
from evidencedesk.export.case_folder import ExportedFolder
from evidencedesk.export.papers.papers import MAKERS
from evidencedesk.system.clock import SystemClock
from evidencedesk.wording.handover import not_made_line
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.verify_folder import verify

Export = Callable[[], ExportedFolder]


class PanicError(BaseException):
    """As a crash inside typst arrives: no Exception."""


@pytest.fixture
def export(desk: Desk, case: Case, tmp_path: Path, words: Words) -> Export:
    desk.key.open()
    return lambda: export_case(desk, case.id, tmp_path / "out", words)


def parts(folder: ExportedFolder) -> dict[Part, Code]:
    return {lack.part: lack.because.code for lack in folder.not_made}


def page(folder: ExportedFolder) -> str:
    return (folder.path / "START-HERE.html").read_text("utf-8")


def last_event(desk: Desk, case: Case) -> EventType:
    return list(desk.store.events(case.id))[-1].type


def test_an_export_that_lacks_nothing_says_nothing_of_it(export: Export) -> None:
    folder = export()
    assert folder.not_made == ()
    assert "不在本文件夹中" not in page(folder)


def test_a_panic_in_the_report_costs_the_report_alone(
    export: Export, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*_given: object, **_named: object) -> bytes:
        raise PanicError("index out of range")

    monkeypatch.setattr(typst, "compile", panic)
    folder = export()
    assert parts(folder) == {Part.REPORT: Code.PROGRAM_ERROR}
    assert folder.not_made[0].because.facts["reason"] == "PanicError"
    assert not (folder.path / "data/report.pdf").exists()
    assert (folder.path / "data/transcript.docx").is_file()
    assert verify(folder.path).faults == ()
    assert not_made_line(words, Part.REPORT) in page(folder)
    assert 'href="data/report.pdf"' not in page(folder)


def test_a_bug_in_the_word_files_costs_them_alone(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise AttributeError("no such style")

    monkeypatch.setattr(docx, "Document", broken)
    folder = export()
    assert parts(folder) == {
        Part.EVIDENCE_LIST: Code.PROGRAM_ERROR,
        Part.TRANSCRIPT: Code.PROGRAM_ERROR,
    }
    assert (folder.path / "data/report.pdf").is_file()


def test_every_part_has_its_sentence(words: Words) -> None:
    assert len({not_made_line(words, part) for part in Part}) == len(Part)
    assert {part for part, _, _ in MAKERS} < set(Part)


def test_a_checkpoint_log_that_is_none_costs_the_checkpoints_alone(
    desk: Desk, export: Export, words: Words
) -> None:
    (desk.library / "checkpoints.jsonl").unlink(missing_ok=True)
    (desk.library / "checkpoints.jsonl").mkdir()
    folder = export()
    assert set(parts(folder)) == {Part.CHECKPOINT, Part.CHECKPOINTS}
    assert folder.signer == desk.key.fingerprint
    assert verify(folder.path).faults == ()
    assert not_made_line(words, Part.CHECKPOINTS) in page(folder)


@pytest.mark.parametrize("name", ["device.key", "device.pem"])
def test_a_damaged_key_costs_the_signature_alone(tmp_path: Path, words: Words, name: str) -> None:
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        desk.key.open()
        case = open_case(desk, "来分期")
    (tmp_path / "library/keys" / name).write_bytes(b"junk")
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        folder = export_case(desk, case.id, tmp_path / "out", words)
        assert folder.unsigned is not None
        assert folder.unsigned.code is Code.KEY_UNREADABLE
        assert desk.checkpoints.read()[-1].checkpoint.case == case.id, "the checkpoint is kept, unsigned"
    assert folder.not_made == ()
    assert verify(folder.path).faults == ()
    assert not_made_line(words, Part.SIGNATURE) in page(folder)


def test_a_wish_for_a_stamp_that_can_not_be_kept_is_said(
    desk: Desk, case: Case, tmp_path: Path, words: Words
) -> None:
    (desk.library / "stamps").write_text("a file where a folder should be")
    asked = replace(desk, authorities=lambda: (Authority("loopback", "http://127.0.0.1:9"),))
    folder = export_case(asked, case.id, tmp_path / "out", words)
    assert set(parts(folder)) == {Part.STAMP_WISH}
    assert verify(folder.path).faults == ()
    assert last_event(desk, case) is EventType.CASE_EXPORTED


def test_a_bug_during_an_export_stands_in_the_journal(
    desk: Desk, case: Case, tmp_path: Path, words: Words
) -> None:
    def broken(_done: int, _total: int, _name: str) -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        export_case(desk, case.id, tmp_path / "out", words, reading_back=broken)
    event = list(desk.store.events(case.id))[-1]
    assert (event.type, event.data["code"]) == (EventType.CASE_EXPORT_FAILED, "program-error")


def test_a_zip_that_fails_does_not_make_the_journal_say_that_the_export_failed(
    desk: Desk, case: Case, tmp_path: Path, words: Words
) -> None:
    def stand_in_the_way(_done: int, _total: int, _name: str) -> None:
        (tmp_path / "out.zip").mkdir(exist_ok=True)

    with pytest.raises(Known) as caught:
        export_case(desk, case.id, tmp_path / "out", words, zip_too=True, reading_back=stand_in_the_way)
    assert caught.value.code is Code.ZIP_NOT_WRITTEN
    assert verify(tmp_path / "out").faults == ()
    assert last_event(desk, case) is EventType.CASE_EXPORTED
