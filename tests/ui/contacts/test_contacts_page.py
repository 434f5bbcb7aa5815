"""The contacts page, as somebody uses it whose phone has just rung."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import (
    Case,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    Encounter,
    Mode,
    Reached,
    Verdict,
)
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.moment import local_text
from evidencedesk.ui.contacts.contact_table import RESULT
from evidencedesk.ui.contacts.findings import findings
from evidencedesk.ui.contacts.page import ContactsPage
from evidencedesk.ui.contacts.rows import rows_of
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.shell.main_window import CONTACTS, MainWindow
from evidencedesk.ui.words import UiWords
from fakes.accessible import nameless, unreachable
from fakes.contact_services import FakeContactServices, busy_case
from fakes.ui_more_services import FakeFileChoice
from fakes.ui_services import HeldRunner, InstantRunner, moment
from fakes.ui_stage import show

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Stage:
    """A page on a case with some contacts."""

    page: ContactsPage
    services: FakeContactServices
    case: Case

    @property
    def contacts(self) -> tuple[Contact, ...]:
        return self.services.case_file(self.case.id).contacts

    @property
    def last(self) -> Contact:
        return self.contacts[-1]

    @property
    def told(self) -> str:
        return self.page.line.text


@pytest.fixture
def open_page(qtbot: QtBot, en: UiWords) -> Callable[[FakeContactServices], ContactsPage]:
    def opened(services: FakeContactServices) -> ContactsPage:
        page = ContactsPage(services, InstantRunner(), en, FakeFileChoice())
        qtbot.addWidget(page)
        page.resize(1196, 800)
        page.refresh()
        show(qtbot, page)
        return page

    return opened


@pytest.fixture
def stage(open_page: Callable[[FakeContactServices], ContactsPage]) -> Stage:
    services = FakeContactServices()
    case = services.open_case("Laifenqi")
    return Stage(open_page(services), services, case)


@pytest.fixture
def busy(open_page: Callable[[FakeContactServices], ContactsPage]) -> Stage:
    services = FakeContactServices()
    case = busy_case(services)
    return Stage(open_page(services), services, case)


# Logging


def test_from_anywhere_two_touches_log_a_missed_call(qtbot: QtBot, en: UiWords) -> None:
    services = FakeContactServices()
    window = MainWindow(en, Messages())
    qtbot.addWidget(window)
    page = ContactsPage(services, InstantRunner(), en, FakeFileChoice())
    window.add_page(CONTACTS, page)
    window.page_shown.connect(lambda name: page.refresh() if name == CONTACTS else None)
    show(qtbot, window)
    qtbot.mouseClick(window.rail.buttons[CONTACTS], LEFT)  # first
    qtbot.mouseClick(page.buttons.buttons[2], LEFT)  # second
    (file,) = services.files.values()
    (contact,) = file.contacts
    assert contact.details.kind is ContactKind.MISSED_CALL
    assert contact.details.begun_utc == services.moment.utc
    assert page.line.text == "Missed call logged at 21:03"


@pytest.mark.parametrize(
    ("key", "kind", "reached"),
    [
        (Qt.Key.Key_1, ContactKind.VISIT, Reached.DEBTOR),
        (Qt.Key.Key_2, ContactKind.CALL, Reached.DEBTOR),
        (Qt.Key.Key_3, ContactKind.MISSED_CALL, Reached.DEBTOR),
        (Qt.Key.Key_4, ContactKind.SMS, Reached.DEBTOR),
        (Qt.Key.Key_5, ContactKind.CHAT, Reached.DEBTOR),
        (Qt.Key.Key_6, ContactKind.LETTER, Reached.DEBTOR),
        (Qt.Key.Key_7, ContactKind.OTHER, Reached.FAMILY),
    ],
)
def test_each_kind_has_a_key(
    qtbot: QtBot, stage: Stage, key: Qt.Key, kind: ContactKind, reached: Reached
) -> None:
    stage.page.take_focus()
    qtbot.keyClick(stage.page, key)
    assert (stage.last.details.kind, stage.last.details.reached) == (kind, reached)


def test_the_keyboard_alone_logs_changes_and_takes_back(qtbot: QtBot, stage: Stage) -> None:
    stage.page.take_focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert stage.last.details.kind is ContactKind.CALL
    stage.page.line.change_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(stage.page.line.change_button, Qt.Key.Key_Space)
    qtbot.keyClicks(QApplication.focusWidget(), "13800001111")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert stage.last.details.party == "13800001111"
    stage.page.line.undo_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(stage.page.line.undo_button, Qt.Key.Key_Space)
    assert stage.last.withdrawn


def test_a_digit_that_is_written_logs_nothing(qtbot: QtBot, stage: Stage) -> None:
    stage.page.buttons.press(3)
    stage.page.line.change_button.click()
    qtbot.keyClicks(stage.page.editor.form.number.edit, "1234567")
    assert len(stage.contacts) == 1
    assert stage.page.editor.form.number.text == "1234567"


def test_logging_is_on_the_disk_before_the_rules_are_asked(qtbot: QtBot, en: UiWords) -> None:
    services, runner = FakeContactServices(), HeldRunner()
    case = services.open_case("Laifenqi")
    page = ContactsPage(services, runner, en, FakeFileChoice())
    qtbot.addWidget(page)
    page.refresh()
    page.buttons.press(2)
    assert len(services.case_file(case.id).contacts) == 1
    assert page.overview.table.contacts.rows[0].kind == "Answered call"
    assert services.judged == 0


def test_a_full_disk_is_said_on_the_page_and_nothing_looks_logged(stage: Stage) -> None:
    stage.services.refuse = MachineFailure(Code.DISK_FULL, path="library")
    stage.page.buttons.press(3)
    assert stage.page.banner.isVisible()
    assert "logged at" not in stage.told
    assert stage.page.overview.table.contacts.rows == ()
    stage.services.refuse = None
    stage.page.buttons.press(3)
    assert not stage.page.banner.isVisible()


def test_undo_takes_back_and_the_line_stays_readable(qtbot: QtBot, stage: Stage) -> None:
    stage.page.buttons.press(2)
    qtbot.mouseClick(stage.page.line.undo_button, LEFT)
    assert stage.last.withdrawn
    (row,) = stage.page.overview.table.contacts.rows
    assert row.result == "Taken back"
    assert "Answered calls: 0, limit 3" in stage.page.overview.today.lines[0]


# The editor


def test_what_is_written_saves_itself_after_a_moment(qtbot: QtBot, stage: Stage) -> None:
    stage.page.buttons.press(2)
    stage.page.editor.form.text.setPlainText("They threatened to come")
    qtbot.waitUntil(lambda: stage.last.details.text == "They threatened to come")


def test_a_time_that_can_t_be_read_is_not_saved_and_said(qtbot: QtBot, stage: Stage) -> None:
    stage.page.buttons.press(2)
    editor = stage.page.editor
    editor.form.when.edit.selectAll()
    qtbot.keyClicks(editor.form.when.edit, "yesterday evening")
    editor.save()
    assert editor.form.when_hint.isVisible()
    assert stage.last.details.begun_utc == stage.services.moment.utc
    editor.form.when.edit.selectAll()
    qtbot.keyClicks(editor.form.when.edit, "2026-11-20 08:15")
    editor.save()
    assert not editor.form.when_hint.isVisible()
    details = stage.last.details
    assert local_text(details.begun_utc, details.begun_offset_minutes).startswith("2026-11-20 08:15:00")


def test_a_time_is_changed_in_the_local_time_of_its_own_place(qtbot: QtBot, stage: Stage) -> None:
    utc = "2026-11-20T04:00:00.000000Z"
    stage.services.log_contact(stage.case.id, ContactDetails(ContactKind.CALL, utc, 345))  # Kathmandu
    stage.page.refresh()
    stage.page.presenter.choose(stage.last.id)
    editor = stage.page.editor
    assert editor.form.when.text == "2026-11-20 09:45:00"
    editor.form.when.edit.selectAll()
    qtbot.keyClicks(editor.form.when.edit, "2026-11-20 09:46")
    editor.save()
    details = stage.last.details
    assert (details.begun_utc, details.begun_offset_minutes) == ("2026-11-20T04:01:00.000000Z", 345)


def test_another_row_keeps_what_was_written_about_the_first(qtbot: QtBot, busy: Stage) -> None:
    table = busy.page.overview.table
    table.selectRow(0)
    first = busy.page.editor.contact
    assert first is not None
    busy.page.editor.form.name.edit.setFocus()
    qtbot.keyClicks(busy.page.editor.form.name.edit, "Manager Wang")
    table.selectRow(3)
    kept = next(one for one in busy.contacts if one.id == first.id)
    assert kept.details.name == "Manager Wang"
    assert busy.page.editor.contact is not None
    assert busy.page.editor.contact.id != first.id


def test_logging_while_writing_saves_what_was_written(qtbot: QtBot, stage: Stage) -> None:
    stage.page.buttons.press(2)
    stage.page.line.change_button.click()
    qtbot.keyClicks(stage.page.editor.form.number.edit, "010")
    stage.page.buttons.press(3)
    first, second = stage.contacts
    assert first.details.party == "010"
    assert second.details.party == ""
    assert stage.page.editor.contact is not None
    assert stage.page.editor.contact.id == second.id


def test_every_mark_of_a_contact_can_be_set(stage: Stage) -> None:
    stage.page.buttons.press(4)
    for check in stage.page.editor.form.checks.values():
        check.click()
    stage.page.editor.form.length.set_text("1:20")
    stage.page.editor.save()
    details = stage.last.details
    assert (details.announces, details.agreed, details.outgoing, details.length_s) == (True, True, True, 80)


def test_a_pasted_screenshot_belongs_to_the_contact(qtbot: QtBot, stage: Stage) -> None:
    stage.page.buttons.press(4)
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    stage.page.editor.form.number.edit.setFocus()
    QTest.keyClick(stage.page.editor.form.number.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (attachment,) = stage.services.case_file(stage.case.id).attachments
    assert attachment.contact == stage.last.id
    assert attachment.name.endswith(".png")
    assert stage.page.editor.form.number.text == ""


def test_pasted_text_goes_into_the_field(stage: Stage) -> None:
    stage.page.buttons.press(4)
    mime = QMimeData()
    mime.setText("106900001")
    QGuiApplication.clipboard().setMimeData(mime)
    stage.page.editor.form.number.edit.setFocus()
    QTest.keyClick(stage.page.editor.form.number.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert stage.page.editor.form.number.text == "106900001"
    assert stage.services.case_file(stage.case.id).attachments == ()


@pytest.mark.parametrize(
    ("party", "explained"), [("1069000012345", True), ("13800001111", False), ("", False)]
)
def test_a_106_sender_is_explained_and_nothing_else_is(stage: Stage, party: str, *, explained: bool) -> None:
    contact = stage.services.add(stage.case.id, ContactKind.SMS, 1, party=party)
    stage.page.refresh()
    stage.page.presenter.choose(contact.id)
    hint = stage.page.editor.form.sender_hint
    assert hint.isVisible() is explained
    assert not explained or "not who sent it (as reported)" in hint.text()


# The picture


def test_today_s_counts_stand_beside_the_limits_with_their_source(busy: Stage) -> None:
    lines = busy.page.overview.today.lines
    assert lines[0] == "Answered calls: 4, limit 3 (GB/T 45251-2025, as reported) – over the limit"
    assert lines[1] == "Missed calls: 1, limit 6 (GB/T 45251-2025, as reported)"
    assert "To family, work or others: 1" in lines


def test_calls_to_the_family_are_told_but_pass_no_limit(stage: Stage) -> None:
    for hours in (1, 2, 3, 4):
        stage.services.add(stage.case.id, ContactKind.CALL, hours, reached=Reached.FAMILY)
    stage.services.add(stage.case.id, ContactKind.CALL, 5)
    stage.page.refresh()
    line = stage.page.overview.today.lines[0]
    assert line == "Answered calls: 5, to one person 1, limit 3 (GB/T 45251-2025, as reported)"


def test_missed_calls_from_many_numbers_are_not_decided_and_the_card_says_so(stage: Stage) -> None:
    for last in range(7):
        stage.services.add(stage.case.id, ContactKind.MISSED_CALL, 1 + last / 10, party=f"1380000000{last}")
    stage.page.refresh()
    line = stage.page.overview.today.lines[1]
    assert line.startswith("Missed calls: 7, from one number 1, limit 6 (")
    assert line.endswith(") – can't be told: they came from several numbers")


def test_one_visit_is_one_visit(stage: Stage) -> None:
    stage.page.buttons.press(1)
    assert stage.page.overview.today.lines[-1].endswith("0 missed, 0 messages, 1 visit")


def test_a_click_on_a_day_shows_only_that_day(qtbot: QtBot, busy: Stage) -> None:
    heat = busy.page.overview.heat_map
    today = date(2026, 11, 25)
    heat.setFocus()
    qtbot.keyClick(heat, Qt.Key.Key_Return)
    assert busy.page.presenter.state.day == today
    assert {row.local.date() for row in busy.page.overview.table.contacts.rows} == {today}
    assert busy.page.overview.all_button.isVisible()
    qtbot.keyClick(heat, Qt.Key.Key_Escape)
    assert busy.page.presenter.state.day is None


def test_the_keyboard_walks_over_the_days_and_a_screen_reader_hears_them(qtbot: QtBot, busy: Stage) -> None:
    heat = busy.page.overview.heat_map
    heat.setFocus()
    heard = [heat.accessibleDescription()]
    assert heard[0].startswith("2026-11-25: answered calls: 4 · missed calls: 1")
    assert heard[0].endswith("a limit was passed")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(heat, key)
        heard.append(heat.accessibleDescription())
    days = [text[:10] for text in heard]
    assert days == ["2026-11-25", "2026-11-24", "2026-11-17", "2026-11-18", "2026-11-25", "2026-11-25"]


def test_a_mouse_click_hits_the_day_that_is_painted_there(qtbot: QtBot, busy: Stage) -> None:
    heat = busy.page.overview.heat_map
    column = heat._weeks() - 1
    place = heat.rect().topLeft()
    place.setX(26 + column * 17 + 7)
    place.setY(18 + 1 * 17 + 7)
    qtbot.mouseClick(heat, LEFT, pos=place)
    assert busy.page.presenter.state.day == date(2026, 11, 24)
    place.setY(18 + 5 * 17 + 7)  # Saturday is still to come
    qtbot.mouseClick(heat, LEFT, pos=place)
    assert busy.page.presenter.state.day == date(2026, 11, 24)


def test_the_hours_name_who_keeps_them_free(busy: Stage) -> None:
    hours = busy.page.overview.hours
    nine = hours.hour_text(21)
    assert "closed 21:00–08:00: Advice for a collection visit (2025 article)" in nine
    assert "GB/T" not in nine
    assert "GB/T 45251-2025" in hours.hour_text(22)
    shown = [label.text() for label in busy.page.overview.closed if label.isVisible()]
    assert shown[1] == "closed 22:00–08:00: GB/T 45251-2025"


def test_a_rule_that_was_passed_stands_beside_its_contact_with_its_facts(busy: Stage) -> None:
    (row,) = [row for row in busy.page.overview.table.contacts.rows if row.result]
    assert row.result == "Outside the guideline"
    assert "22:10:00" in row.results[0]
    assert "illegal" not in row.results[0]
    number = busy.page.overview.table.contacts.rows.index(row)
    tip = busy.page.overview.table.contacts.index(number, RESULT).data(Qt.ItemDataRole.ToolTipRole)
    assert "GB/T 45251-2025" in tip
    busy.page.overview.table.selectRow(number)
    assert "22:10:00" in busy.page.editor.results_label.text()


def test_of_several_results_the_one_that_weighs_most_is_shown_and_all_are_told(en: UiWords) -> None:
    services = FakeContactServices()
    case = busy_case(services)
    (late,) = {one.subject for one in services.found if one.subject.startswith("k-")}
    contact = next(one for one in services.case_file(case.id).contacts if one.id == late)
    services.found = ()
    services.judge(contact, "not-after-21", services.packs[0].id)
    services.judge(contact)
    told = findings(services.found, services.packs)
    rows = rows_of(services.case_file(case.id), told, services.packs, en.words)
    (row,) = [row for row in rows if row.id == late]
    assert row.result == "Outside the guideline"
    assert [line.split(":")[0] for line in row.results] == [
        "Outside the article's advice",
        "Outside the guideline",
    ]


def test_a_recorded_visit_is_in_the_list_and_can_t_be_changed(stage: Stage) -> None:
    visit = Encounter("e-1", stage.case.id, Mode.VISIT, moment("2026-11-25T12:00:00.000000Z"))
    file = stage.services.files[stage.case.id]
    stage.services.files[stage.case.id] = replace(file, encounters=(visit,))
    stage.page.refresh()
    (row,) = stage.page.overview.table.contacts.rows
    assert (row.kind, row.said) == ("Visit at the door", "recorded")
    stage.page.overview.table.selectRow(0)
    assert not stage.page.editor.isVisible()
    assert "Visits: 1" in stage.page.overview.today.lines


def test_ten_thousand_contacts_are_shown_without_a_pause(stage: Stage) -> None:
    details = ContactDetails(ContactKind.CALL, "2026-11-20T04:00:00.000000Z", 480, party="13800001111")
    many = tuple(
        Contact(f"k-{n:08}", stage.case.id, None, ContactSource.LIST, details, stage.services.moment)
        for n in range(10_000)
    )
    file = stage.services.files[stage.case.id]
    stage.services.files[stage.case.id] = replace(file, contacts=many)
    stage.page.refresh()
    assert stage.page.overview.table.contacts.rowCount() == 10_000
    begun = time.perf_counter()
    for _ in range(20):
        stage.page.overview.table.scrollToBottom()
        QApplication.processEvents()
        stage.page.overview.table.scrollToTop()
        QApplication.processEvents()
    assert time.perf_counter() - begun < 8  # 40 repaints; measuring every row would take far longer


# Recordings


def recorded(stage: Stage, mode: Mode, begun: str, ended: str) -> Encounter:
    """An encounter of the case."""
    file = stage.services.files[stage.case.id]
    name = f"e-0000000{len(file.encounters)}"
    made = Encounter(name, stage.case.id, mode, moment(begun), moment(ended))
    stage.services.files[stage.case.id] = replace(file, encounters=(*file.encounters, made))
    stage.page.refresh()
    return made


def test_a_call_logged_at_once_after_its_recording_is_suggested_to_be_the_same(
    qtbot: QtBot, stage: Stage
) -> None:
    call = recorded(stage, Mode.CALL, "2026-11-25T12:55:00.000000Z", "2026-11-25T13:02:00.000000Z")
    stage.page.buttons.press(2)  # a minute after it ended
    link = stage.page.editor.link
    assert link.hint == "Recorded at 20:55: is it the same? Until you say so, both are counted."
    assert stage.page.overview.today.lines[0].startswith("Answered calls: 2, limit 3")
    assert stage.last.encounter is None
    qtbot.mouseClick(link.accept_button, LEFT)
    assert stage.last.encounter == call.id
    assert link.hint == ""
    assert stage.page.overview.today.lines[0].startswith("Answered calls: 1, limit 3")
    (row,) = stage.page.overview.table.contacts.rows
    assert row.said == "recorded"


@pytest.mark.parametrize(
    ("mode", "ended"),
    [
        (Mode.VISIT, "2026-11-25T13:02:00.000000Z"),  # another kind
        (Mode.CALL, "2026-11-25T13:00:30.000000Z"),  # two and a half minutes ago
    ],
)
def test_what_is_likely_another_contact_is_not_suggested(stage: Stage, mode: Mode, ended: str) -> None:
    recorded(stage, mode, "2026-11-25T12:55:00.000000Z", ended)
    stage.page.buttons.press(2)
    assert stage.page.editor.link.hint == ""


def test_a_recording_can_be_chosen_and_none_again(stage: Stage) -> None:
    call = recorded(stage, Mode.CALL, "2026-11-25T09:00:00.000000Z", "2026-11-25T09:05:00.000000Z")
    stage.page.buttons.press(2)
    choice = stage.page.editor.link.choice
    assert [choice.itemText(n) for n in range(choice.count())] == [
        "None: it counts by itself",
        "2026-11-25 17:00",
    ]
    for index, expected in ((1, call.id), (0, None)):
        choice.setCurrentIndex(index)
        choice.activated.emit(index)
        assert stage.last.encounter == expected


def test_what_was_written_is_kept_when_a_recording_is_chosen(qtbot: QtBot, stage: Stage) -> None:
    call = recorded(stage, Mode.CALL, "2026-11-25T12:55:00.000000Z", "2026-11-25T13:02:00.000000Z")
    stage.page.buttons.press(2)
    stage.page.editor.form.text.setPlainText("They threatened to come")
    qtbot.mouseClick(stage.page.editor.link.accept_button, LEFT)
    assert (stage.last.encounter, stage.last.details.text) == (call.id, "They threatened to come")


def test_without_a_recording_nothing_is_asked(stage: Stage) -> None:
    stage.page.buttons.press(2)
    assert not stage.page.editor.link.isVisible()


def test_a_full_disk_leaves_the_link_as_it_was(stage: Stage) -> None:
    recorded(stage, Mode.CALL, "2026-11-25T12:55:00.000000Z", "2026-11-25T13:02:00.000000Z")
    stage.page.buttons.press(2)
    stage.services.refuse = MachineFailure(Code.DISK_FULL, path="library")
    choice = stage.page.editor.link.choice
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    assert stage.page.banner.isVisible()
    assert choice.currentIndex() == 0
    assert stage.last.encounter is None


# Lists


def test_a_list_says_which_of_its_calls_were_recorded_here(qtbot: QtBot, stage: Stage) -> None:
    call = recorded(stage, Mode.CALL, "2026-11-25T02:00:10.000000Z", "2026-11-25T02:05:10.000000Z")
    stage.page.import_button.click()
    stage.page.import_presenter.look_at("号码,类型,时间,时长\n138,呼入,2026-11-25 10:00:05,300\n")
    panel = stage.page.panel
    assert panel._summary.text() == "pasted.txt · 1 contact · new: 0 · already recorded here: 1"
    assert [row.remark for row in panel.table.offers.rows] == ["belongs to the recording of 10:00:10"]
    qtbot.mouseClick(panel.take_button, LEFT)
    assert stage.last.encounter == call.id


def test_a_dropped_list_is_looked_at_before_it_is_taken(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(
        "号码,类型,时间,时长\n138,呼入,2026-11-25 10:00,60\n138,呼入,2026-11-25 10:00,60\n138,呼入,soon,1\n"
    )
    stage.page.import_presenter.open(stage.case.id)
    stage.page.import_presenter.look_at(path)
    panel = stage.page.panel
    assert panel.isVisible()
    assert not stage.contacts
    assert panel._summary.text() == "calls.csv · 2 contacts · new: 1 · 1 line not taken"
    remarks = [row.remark for row in panel.table.offers.rows]
    assert remarks == ["", "stands in the list twice", "the time can't be read"]
    qtbot.mouseClick(panel.take_button, LEFT)
    assert [contact.source for contact in stage.contacts] == [ContactSource.LIST]
    assert not panel.isVisible()
    assert stage.told == "1 contact taken in from the list"


def test_a_whole_list_can_be_taken_back(qtbot: QtBot, stage: Stage) -> None:
    stage.page.import_button.click()
    stage.page.panel.pasted.setPlainText("2026-11-20 10:00 138000 未接\n2026-11-20 11:00 138000 未接")
    qtbot.mouseClick(stage.page.panel.look_button, LEFT)
    qtbot.mouseClick(stage.page.panel.take_button, LEFT)
    assert len(stage.contacts) == 2
    qtbot.mouseClick(stage.page.line.undo_button, LEFT)
    assert all(one.withdrawn for one in stage.contacts)


def test_space_chooses_what_is_taken(qtbot: QtBot, stage: Stage) -> None:
    stage.page.import_button.click()
    stage.page.import_presenter.look_at("2026-11-20 10:00 138000 未接\n2026-11-20 11:00 139000 未接")
    table = stage.page.panel.table
    table.setFocus()
    table.setCurrentIndex(table.offers.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert stage.page.panel.take_button.text() == "Take in 1 contact"
    stage.page.panel.take_button.click()
    assert [one.details.party for one in stage.contacts] == ["139000"]


def test_the_zone_of_a_list_can_be_chosen(stage: Stage) -> None:
    stage.page.import_button.click()
    stage.page.import_presenter.look_at("2026-11-20 10:00 138000 未接")
    stage.page.import_presenter.choose_zone("America/New_York")
    preview = stage.page.import_presenter.state.preview
    assert preview is not None
    assert preview.offers[0].found.details.begun_utc == "2026-11-20T15:00:00.000000Z"


def test_what_is_no_list_is_said_and_another_can_be_chosen(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG\x00\x00")
    stage.page.import_button.click()
    stage.page.import_presenter.look_at(path)
    assert stage.page.panel.banner.isVisible()
    assert stage.page.panel.file_button.isEnabled()


def test_a_list_can_be_taken_in_before_there_is_a_case(
    open_page: Callable[[FakeContactServices], ContactsPage],
) -> None:
    services = FakeContactServices()
    page = open_page(services)
    page.import_button.click()
    page.import_presenter.look_at("2026-11-20 10:00 138000 未接")
    page.panel.take_button.click()
    (file,) = services.files.values()
    assert len(file.contacts) == 1


# Many of them


def test_the_same_findings_again_are_the_very_same_and_draw_nothing(busy: Stage) -> None:
    before = busy.page.presenter.state.findings
    busy.page.refresh()
    assert busy.services.judged == 2
    assert busy.page.presenter.state.findings is before


def test_what_kept_to_the_rules_does_not_reach_the_window(busy: Stage) -> None:
    kept = tuple(replace(one, verdict=Verdict.KEPT, subject="k-x") for one in busy.services.found)
    busy.services.found = (*busy.services.found, *kept)
    busy.page.refresh()
    assert "k-x" not in busy.page.presenter.state.findings.breaches


# For everyone


def test_every_control_has_a_name_and_tab_reaches_it(busy: Stage) -> None:
    busy.page.presenter.choose(busy.last.id)
    assert nameless(busy.page) == []
    assert unreachable(busy.page) == []
    busy.page.import_button.click()
    busy.page.import_presenter.look_at("2026-11-20 10:00 138000 未接")
    assert nameless(busy.page) == []
    assert unreachable(busy.page) == []


def test_the_language_switches_at_once(busy: Stage, en: UiWords) -> None:
    busy.page.buttons.press(3)
    busy.page.presenter.choose(busy.last.id)
    en.set_language("zh")
    assert busy.page._title.text() == "联系记录"
    assert busy.told == "已记下：未接来电，21:03"
    assert busy.page.buttons.buttons[0].text() == "上门"
    assert busy.page.editor.form.kind.currentText() == "未接来电"
    assert busy.page.overview.table.contacts.rows[0].kind == "未接来电"
    assert busy.page.overview.today.lines[1].startswith("未接来电：")
    en.set_language("en")
    assert busy.page._title.text() == "Contacts"


def test_what_the_user_left_undone_is_no_breach_of_a_contact(stage: Stage) -> None:
    contact = stage.services.add(stage.case.id, ContactKind.VISIT, 1)
    stage.services.judge(contact, item="keep-evidence", pack="cn-article-2025")
    stage.page.refresh()
    assert [row.result for row in stage.page.overview.table.contacts.rows] == [""]
    stage.page.presenter.choose(contact.id)
    assert stage.page.editor.results_label.text() == ""
    assert stage.page.editor.hints_label.text().startswith("Advice to you: ")
    stage.services.judge(contact)
    stage.page.refresh()
    assert [row.result for row in stage.page.overview.table.contacts.rows] == ["Outside the guideline"]
    assert "Advice to you" not in stage.page.editor.results_label.text()
