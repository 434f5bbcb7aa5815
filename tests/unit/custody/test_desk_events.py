"""Debt, claims, files, evidence list and transcripts: what events told is what the case file says."""

from __future__ import annotations

import pytest

from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.custody.projection import project
from evidencedesk.domain.case import AttachmentKind
from evidencedesk.domain.event import EventType
from evidencedesk.domain.evidence import EvidenceChoice
from fakes.case_folders import SEALED, VISIT, BuiltCase
from fakes.desk_events import CLAIM, DESCRIBED, FILE, INSTALMENT, SENTENCES, SUM, TERMS, TRANSCRIPT
from fakes.law_events import with_law_events


def test_the_last_terms_of_the_debt_stand(built: BuiltCase) -> None:
    debt = project(with_law_events(built).events).debt
    assert debt is not None
    assert (debt.terms.principal, debt.terms.fees[0].name, debt.changed) == ("5000", "服务费", True)
    assert [one.due for one in debt.terms.instalments] == ["2026-12-01", "2027-01-01"]
    assert debt.terms.instalments[0].principal == INSTALMENT["principal"]


def test_a_claim_keeps_who_said_it_and_what_shows_it(built: BuiltCase) -> None:
    (claim,) = project(with_law_events(built).events).claims
    assert (claim.id, claim.encounter, claim.attachment) == (CLAIM, VISIT, FILE)
    assert (claim.details.amount, claim.details.penalty) == ("18600.00", SUM["penalty"])
    assert claim.changed
    assert claim.withdrawn


def test_a_file_shows_what_was_said_of_it_last(built: BuiltCase) -> None:
    shown = project(with_law_events(built).events).attachments[-1]
    assert (shown.id, shown.kind, shown.text) == (FILE, AttachmentKind.SMS, DESCRIBED["text"])
    assert (shown.encounter, shown.contact, shown.follow_up) == (VISIT, None, None)
    assert shown.debt
    assert shown.template == "dispute zh"  # what made it is never described anew


def test_the_evidence_list_is_as_it_was_last_arranged(built: BuiltCase) -> None:
    arranged = project(with_law_events(built).events).evidence
    assert arranged is not None
    assert arranged.items[0] == EvidenceChoice(FILE, "短信", "威胁上门")
    assert [one.id for one in arranged.items] == [FILE, SEALED]


def test_a_corrected_sentence_keeps_what_the_machine_heard(built: BuiltCase) -> None:
    (transcript,) = project(with_law_events(built).events).transcripts
    first, second = transcript.sentences
    assert (transcript.id, transcript.recording, first.text) == (TRANSCRIPT, SEALED, SENTENCES[0]["text"])
    assert not first.corrected
    assert (second.text, second.earlier) == ("欠款一万八千六", (SENTENCES[1]["text"],))
    assert (second.at_ms, second.corrected) == (SENTENCES[1]["at_ms"], True)


def test_a_sentence_that_nobody_heard_cannot_be_corrected(built: BuiltCase) -> None:
    more = with_law_events(built)
    more.add(EventType.TRANSCRIPT_CORRECTED, {"transcript": TRANSCRIPT, "sentence": 2, "text": ""})
    with pytest.raises(KeyError, match="sentence 2"):
        project(more.events)


def test_an_archived_case_says_so_and_others_say_nothing(built: BuiltCase) -> None:
    assert project(with_law_events(built).events).case.archived
    told = case_file_to_json(project(built.events))
    assert "archived" not in told["case"]
    assert not {"debt", "claims", "evidence", "transcripts"} & told.keys()
    assert not {"kind", "text", "debt", "template"} & told["attachments"][0].keys()


def test_case_json_tells_the_terms_as_they_were_written(built: BuiltCase) -> None:
    told = case_file_to_json(project(with_law_events(built).events))
    assert told["debt"]["terms"] == TERMS
    assert told["evidence"]["items"][1] == {"id": SEALED, "group": "录音", "proves": ""}
