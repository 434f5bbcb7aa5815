"""What a file shows is said afterwards, whole, and the file itself stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.custody.projection import project
from evidencedesk.domain.case import (
    Attachment,
    AttachmentKind,
    Case,
    CollectorCard,
    ContactDetails,
    ContactKind,
    Document,
    FollowUpDetails,
    ImportedSound,
    Mode,
    Step,
)
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.describe_attachment import describe_attachment
from evidencedesk.workflows.describe_collector import add_collector
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_recording import take_in
from evidencedesk.workflows.log_contact import log_contact
from evidencedesk.workflows.log_follow_up import log_follow_up
from evidencedesk.workflows.take_in_once import take_in_once

NOON = "2026-11-25T04:00:00.000000Z"


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "账单.pdf"
    path.write_bytes(b"%PDF-1.7 a bill")
    return path


@pytest.fixture
def encounter(desk: Desk, case: Case) -> str:
    name = new_id(Kind.ENCOUNTER)
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, {"encounter": name, "mode": Mode.VISIT.value})])
    return name


def test_everything_said_of_a_file_is_read_back(desk: Desk, case: Case, bill: Path, encounter: str) -> None:
    kept = attach_file(desk, case.id, bill)
    person = add_collector(desk, case.id, encounter, CollectorCard(name="张某"))
    sms = log_contact(desk, case.id, ContactDetails(ContactKind.SMS, NOON, 480))
    asked = log_follow_up(desk, case.id, FollowUpDetails(Step.REQUEST_PAPERS, NOON, 480))
    told = replace(
        kept,
        encounter=encounter,
        collector=person.id,
        document=Document.LICENCE,
        contact=sms.id,
        follow_up=asked.id,
        kind=AttachmentKind.BILL,
        text="  他们发来的账单\r\n第二页缺  ",
        debt=True,
    )
    described = describe_attachment(desk, case.id, told)
    assert described == replace(told, text="他们发来的账单\n第二页缺")
    assert desk.store.case_file(case.id).attachments == (described,)
    assert project(tuple(desk.store.events(case.id))).attachments == (described,)


def test_a_file_can_be_taken_in_with_what_it_shows(desk: Desk, case: Case, bill: Path) -> None:
    kept = take_in(desk, case.id, bill, kind=AttachmentKind.BILL, text="十一月", debt=True, template="plan")
    assert isinstance(kept, Attachment)
    assert (kept.kind, kept.text, kept.debt, kept.template) == (AttachmentKind.BILL, "十一月", True, "plan")
    assert desk.store.case_file(case.id).attachments == (kept,)


def test_what_says_nothing_new_is_not_written(desk: Desk, case: Case, bill: Path) -> None:
    kept = attach_file(desk, case.id, bill)
    before = desk.store.head(case.id)
    assert describe_attachment(desk, case.id, kept) == kept
    assert desk.store.head(case.id) == before


def test_name_bytes_and_hash_are_not_the_users_to_say(desk: Desk, case: Case, bill: Path) -> None:
    kept = attach_file(desk, case.id, bill)
    told = replace(kept, name="other.pdf", sha256="0" * 64, file_bytes=1, kind=AttachmentKind.OTHER)
    assert describe_attachment(desk, case.id, told) == replace(kept, kind=AttachmentKind.OTHER)


def test_a_paper_without_its_person_is_nobodys(desk: Desk, case: Case, bill: Path) -> None:
    kept = attach_file(desk, case.id, bill)
    described = describe_attachment(desk, case.id, replace(kept, document=Document.WORK_ID))
    assert described.document is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda kept: replace(kept, id="a-00000000"), Code.UNKNOWN_ITEM),
        (lambda kept: replace(kept, collector="p-00000000"), Code.UNKNOWN_ITEM),
        (lambda kept: replace(kept, contact="k-00000000"), Code.UNKNOWN_ITEM),
        (lambda kept: replace(kept, follow_up="f-00000000"), Code.UNKNOWN_ITEM),
        (lambda kept: replace(kept, encounter="e-00000000"), Code.UNKNOWN_ENCOUNTER),
        (lambda kept: replace(kept, text="长" * 20_001), Code.TEXT_TOO_LONG),
    ],
    ids=["file", "collector", "contact", "step", "encounter", "words"],
)
def test_what_the_case_does_not_know_is_refused(
    desk: Desk, case: Case, bill: Path, wrong: Callable[[Attachment], Attachment], code: Code
) -> None:
    kept = attach_file(desk, case.id, bill)
    with pytest.raises(Known) as raised:
        describe_attachment(desk, case.id, wrong(kept))
    assert raised.value.code is code
    assert desk.store.case_file(case.id).attachments == (kept,)


def test_the_same_bytes_are_noticed_under_another_name(
    desk: Desk, case: Case, bill: Path, tmp_path: Path
) -> None:
    first = take_in_once(desk, case.id, bill)
    again = tmp_path / "copy.pdf"
    again.write_bytes(bill.read_bytes())
    second = take_in_once(desk, case.id, again)
    assert (first.already, second.already, second.kept) == (False, True, first.kept)
    third = take_in_once(desk, case.id, again, again=True)
    assert not third.already
    assert len(desk.store.case_file(case.id).attachments) == 2


def test_a_file_of_the_same_length_is_another_file(
    desk: Desk, case: Case, bill: Path, tmp_path: Path
) -> None:
    take_in_once(desk, case.id, bill)
    other = tmp_path / "other.pdf"
    other.write_bytes(b"x" * bill.stat().st_size)
    assert not take_in_once(desk, case.id, other).already


def test_the_same_bytes_behind_a_link_are_noticed(desk: Desk, case: Case, bill: Path, tmp_path: Path) -> None:
    take_in_once(desk, case.id, bill)
    link = tmp_path / "link.pdf"
    link.symlink_to(bill)
    assert take_in_once(desk, case.id, link).already


def test_a_sound_is_imported_and_noticed_too(desk: Desk, case: Case, short_sound: Path) -> None:
    first = take_in_once(desk, case.id, short_sound, kind=AttachmentKind.OTHER)
    assert isinstance(first.kept, ImportedSound)
    assert take_in_once(desk, case.id, short_sound).already


def test_what_is_not_there_is_refused(desk: Desk, case: Case, tmp_path: Path) -> None:
    with pytest.raises(Known) as raised:
        take_in_once(desk, case.id, tmp_path / "none.pdf")
    assert raised.value.code is Code.FILE_UNREADABLE
