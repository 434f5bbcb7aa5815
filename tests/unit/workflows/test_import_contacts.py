"""A list is looked at, then taken in: all of what was chosen or nothing, and the list itself beside it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from evidencedesk.domain.case import Case, Contact, ContactDetails, ContactKind, ContactSource
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.intake.offers import Standing
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_contacts import preview, take_list
from evidencedesk.workflows.log_contact import log_contact, withdraw_contact

SHANGHAI = ZoneInfo("Asia/Shanghai")
LIST = """号码,类型,时间,时长
13800001111,呼入,2026-11-20 21:03:12,1分20秒
13800001111,呼入,2026-11-20 21:03:12,1分20秒
+86 139 0000 2222,未接,2026-11-20 22:03:12,
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "通话记录.csv"
    made.write_bytes(LIST.encode("gb18030"))
    return made


def contacts(desk: Desk, case: Case) -> tuple[Contact, ...]:
    return desk.store.case_file(case.id).contacts


def standings(desk: Desk, case: Case, source: Path | str) -> list[Standing]:
    return [offer.standing for offer in preview(desk, case.id, source, SHANGHAI).offers]


def test_looking_writes_nothing(desk: Desk, case: Case, path: Path) -> None:
    before = len(list(desk.store.events(case.id)))
    assert standings(desk, case, path) == [Standing.NEW, Standing.TWICE, Standing.NEW]
    assert len(list(desk.store.events(case.id))) == before


def test_what_was_chosen_is_logged_and_the_list_is_kept_bit_for_bit(
    desk: Desk, case: Case, path: Path
) -> None:
    looked_at = preview(desk, case.id, path, SHANGHAI)
    taken = take_list(desk, case.id, looked_at, looked_at.new)
    assert [one.details.party for one in contacts(desk, case)] == ["13800001111", "+8613900002222"]
    assert {one.source for one in contacts(desk, case)} == {ContactSource.LIST}
    kept = desk.case_folder(case.id) / "attachments" / taken.original.id / taken.original.stored_name
    assert kept.read_bytes() == path.read_bytes()
    assert taken.original.sha256 == looked_at.sha256


def test_the_same_list_once_more_brings_nothing_new(desk: Desk, case: Case, path: Path) -> None:
    looked_at = preview(desk, case.id, path, SHANGHAI)
    take_list(desk, case.id, looked_at, looked_at.new)
    assert standings(desk, case, path) == [Standing.THERE, Standing.THERE, Standing.THERE]


def test_what_was_taken_back_can_be_taken_in_again(desk: Desk, case: Case, path: Path) -> None:
    looked_at = preview(desk, case.id, path, SHANGHAI)
    for contact in take_list(desk, case.id, looked_at, looked_at.new).logged:
        withdraw_contact(desk, case.id, contact.id)
    assert standings(desk, case, path) == [Standing.NEW, Standing.TWICE, Standing.NEW]


@pytest.mark.parametrize(
    ("utc", "party", "expected"),
    [
        ("2026-11-20T13:05:00.000000Z", "", Standing.PERHAPS),
        ("2026-11-20T13:05:00.000000Z", "138 0000 1111", Standing.PERHAPS),
        ("2026-11-20T13:05:00.000000Z", "13900002222", Standing.NEW),
        ("2026-11-20T13:07:00.000000Z", "", Standing.NEW),
    ],
)
def test_a_call_that_was_logged_by_hand_a_little_later_is_perhaps_the_same(
    desk: Desk, case: Case, path: Path, utc: str, party: str, expected: Standing
) -> None:
    log_contact(desk, case.id, ContactDetails(ContactKind.CALL, utc, 480, party=party))
    assert standings(desk, case, path)[0] is expected


def test_a_list_that_changed_after_it_was_looked_at_is_refused(desk: Desk, case: Case, path: Path) -> None:
    looked_at = preview(desk, case.id, path, SHANGHAI)
    path.write_text("number,type,date\n", encoding="utf-8")
    with pytest.raises(Known) as caught:
        take_list(desk, case.id, looked_at, looked_at.new)
    assert caught.value.code is Code.LIST_CHANGED
    assert contacts(desk, case) == ()


def test_the_whole_list_is_one_step_of_the_journal_or_none(desk: Desk, case: Case, path: Path) -> None:
    looked_at = preview(desk, case.id, path, SHANGHAI)
    broken = replace(looked_at.offers[2].found.details, begun_utc="not a time")
    last = replace(looked_at.offers[2], found=replace(looked_at.offers[2].found, details=broken))
    offers = (*looked_at.offers[:2], last)
    with pytest.raises(Known):
        take_list(desk, case.id, replace(looked_at, offers=offers), (0, 2))
    logged = [event for event in desk.store.events(case.id) if event.type is EventType.CONTACT_LOGGED]
    assert logged == []


def test_pasted_text_is_kept_as_a_file(desk: Desk, case: Case) -> None:
    text = "王经理 2026/11/20 21:03\n你再不还钱我们就上门\n"
    looked_at = preview(desk, case.id, text, SHANGHAI)
    taken = take_list(desk, case.id, looked_at, looked_at.new)
    kept = desk.case_folder(case.id) / "attachments" / taken.original.id / taken.original.stored_name
    assert kept.read_text(encoding="utf-8") == text
    assert taken.original.name.startswith("pasted-")
    assert [one.details.kind for one in contacts(desk, case)] == [ContactKind.CHAT]
    assert [one.name for one in desk.library.iterdir() if one.name.startswith("tmp")] == []


def test_address_cards_name_the_numbers_of_the_case(desk: Desk, case: Case, tmp_path: Path) -> None:
    when = "2026-11-20T13:05:00.000000Z"
    log_contact(desk, case.id, ContactDetails(ContactKind.CALL, when, 480, party="138-0000-1111"))
    log_contact(desk, case.id, ContactDetails(ContactKind.CALL, when, 480, party="13900002222", name="Li"))
    path = tmp_path / "contacts.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:某某法务\nTEL:+8613800001111\nTEL:13900002222\nEND:VCARD\n",
        encoding="utf-8",
    )
    looked_at = preview(desk, case.id, path)
    assert take_list(desk, case.id, looked_at, ()).named == 1
    assert [one.details.name for one in contacts(desk, case)] == ["某某法务", "Li"]


@pytest.mark.parametrize("what", ["missing", "folder", "pipe", "forbidden"])
def test_what_is_no_file_is_refused(desk: Desk, case: Case, tmp_path: Path, what: str) -> None:
    path = tmp_path / what
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "forbidden":
        path.symlink_to(path)
    with pytest.raises(Known) as caught:
        preview(desk, case.id, path)
    assert caught.value.code in (Code.FILE_UNREADABLE, Code.NOT_A_FILE)
