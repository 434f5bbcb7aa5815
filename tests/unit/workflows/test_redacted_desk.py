"""A copy for showing around goes without debt, claims, transcripts and the evidence list, and counts them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.domain.case import Case
from evidencedesk.domain.event import EventType
from evidencedesk.domain.redaction import Choices
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.redact_copy import RedactedFolder, redact_copy
from evidencedesk.workflows.verify_folder import verify
from fakes.case_folders import file_names, reseal, rewrite_json
from fakes.desk_events import SENTENCES, SUM, TERMS
from fakes.spoken_sounds import spoken

TOLD = ("18600", "今天必须还清", "欠款一万八", "合同第 3 条", "催收短信截图", "证明上门")
LEFT_OUT = {"debts": 1, "claims": 2, "transcripts": 1}


@pytest.fixture
def full(desk: Desk, case: Case, tmp_path: Path) -> Case:
    """A case with a debt, two claims, a transcript, an arranged list and words about a file."""
    sound = import_recording(desk, case.id, spoken(tmp_path / "phone.wav", (1, 1)))
    letter = tmp_path / "sms.txt"
    letter.write_text("a picture", "utf-8")
    file = attach_file(desk, case.id, letter)
    nobody = {"encounter": None, "collector": None, "contact": None, "attachment": None}
    shows = {"encounter": None, "collector": None, "document": None, "contact": None, "follow_up": None}
    draft = {"model": "whisper-base", "model_sha256": "5c" * 32, "program": "p", "language": "zh"}
    desk.store.append(
        case.id,
        [
            (
                EventType.ATTACHMENT_DESCRIBED,
                {"attachment": file.id, **shows, "kind": "sms", "text": "催收短信截图", "debt": True},
            ),
            (EventType.DEBT_DESCRIBED, {"terms": TERMS}),
            (EventType.CLAIM_LOGGED, {"claim": "m-00000001", **nobody, "details": SUM}),
            (EventType.CLAIM_LOGGED, {"claim": "m-00000002", **nobody, "details": SUM}),
            (
                EventType.EVIDENCE_ARRANGED,
                {"items": [{"id": file.id, "group": "短信", "proves": "证明上门"}]},
            ),
            (
                EventType.TRANSCRIPT_DRAFTED,
                {"transcript": "w-00000001", "recording": sound.id, **draft},
            ),
            (EventType.TRANSCRIPT_HEARD, {"transcript": "w-00000001", "sentences": SENTENCES}),
        ],
    )
    return case


@pytest.fixture
def copy(desk: Desk, full: Case, words: Words, tmp_path: Path) -> RedactedFolder:
    return redact_copy(desk, full.id, tmp_path / "show", words, Choices())


@pytest.fixture
def whole(desk: Desk, full: Case, copy: RedactedFolder, words: Words, tmp_path: Path) -> Path:
    return export_case(desk, full.id, tmp_path / "whole", words).path


def faults(copy: Path, whole: Path) -> set[tuple[str, str]]:
    return {(one.code, one.subject) for one in verify(copy, original=whole).faults}


def test_nothing_of_it_stands_anywhere_in_the_copy(copy: RedactedFolder) -> None:
    everything = b"".join((copy.path / name).read_bytes() for name in file_names(copy.path))
    for text in TOLD:
        assert text.encode() not in everything, text
        assert json.dumps(text).encode().strip(b'"') not in everything, text


def test_statement_and_journal_count_it(desk: Desk, full: Case, copy: RedactedFolder) -> None:
    told = json.loads((copy.path / "data/redaction.json").read_bytes())["left_out"]
    (event,) = desk.store.events_of(full.id, EventType.CASE_REDACTED)
    for kind, count in LEFT_OUT.items():
        assert told[kind] == count
        assert event.data[kind] == count


@pytest.mark.parametrize(
    "line",
    [
        "略去 1 笔债务的合同条款",
        "略去 2 次对方主张的金额",
        "略去 1 份机器转写的文字稿",
        "证据目录的编排",
        "The contract terms of 1 debt were left out.",
        "2 sums that were claimed were left out.",
        "1 transcript written by a machine was left out.",
        "The order of the evidence list",
    ],
)
def test_the_statement_says_it_in_both_languages(copy: RedactedFolder, line: str) -> None:
    assert line in (copy.path / "REDACTED.txt").read_text("utf-8")


def test_the_copy_agrees_with_its_original(copy: RedactedFolder, whole: Path) -> None:
    assert faults(copy.path, whole) == set()


def test_the_whole_folder_has_it_and_is_intact(whole: Path) -> None:
    assert {one.code for one in verify(whole).faults} == set()
    assert "欠款一万八" in (whole / "START-HERE.html").read_text("utf-8")


def put(kind: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(told: dict[str, Any]) -> None:
        told["case_file"][kind] = value

    return change


FORGED = {
    "case": "c-00000000",
    "terms": {**TERMS, "principal": "1"},
    "moment": {"utc": "2026-11-23T13:43:03.000000Z", "offset_minutes": 480, "boot": "b", "mono_ns": "1"},
}


@pytest.mark.parametrize(
    ("kind", "value", "subjects"),
    [
        ("debt", FORGED, {"data/case-REDACTED.json debt", "debts"}),
        ("evidence", {"items": []}, {"data/case-REDACTED.json evidence"}),
        ("claims", [{"id": "m-00000009"}], {"data/case-REDACTED.json claims m-00000009", "claims"}),
        (
            "transcripts",
            [{"id": "w-00000009"}],
            {"data/case-REDACTED.json transcripts w-00000009", "transcripts"},
        ),
    ],
)
def test_what_somebody_put_into_the_copy_is_a_fault(
    copy: RedactedFolder, whole: Path, kind: str, value: Any, subjects: set[str]
) -> None:
    rewrite_json(copy.path / "data/case-REDACTED.json", put(kind, value))
    reseal(copy.path)
    assert subjects <= {subject for _, subject in faults(copy.path, whole)}


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_a_count_that_was_changed_is_a_fault(copy: RedactedFolder, whole: Path, kind: str) -> None:
    def forget(told: dict[str, Any]) -> None:
        del told["left_out"][kind]

    rewrite_json(copy.path / "data/redaction.json", forget)
    reseal(copy.path)
    assert ("original-left-out", kind) in faults(copy.path, whole)
