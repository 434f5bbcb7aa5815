"""The page of steps: the path of the guidance, written down, checked off and reminded of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import CaseFile, FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.moment import local_text
from evidencedesk.domain.rules import RulePack, Topic
from evidencedesk.guidance.selection import cautions_about
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.steps.page import StepsSection
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_packs, moment, told_file
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner

CHINESE_RULES = ("cn-article-2025", "cn-statutes")


def packs(*names: str) -> tuple[RulePack, ...]:
    return tuple(pack for pack in example_packs() if pack.id in names)


def step(
    name: str, kind: Step, progress: Progress = Progress.DONE, seconds: float = 0, **facts: Any
) -> FollowUp:
    at = moment(seconds)
    details = FollowUpDetails(kind, at.utc, 480, progress=progress, **facts)
    return FollowUp(name, "c-0000aaaa", None, None, None, None, details, at)


def with_steps(*steps: FollowUp, keep: bool = False) -> CaseFile:
    file = told_file()
    return replace(file, follow_ups=(*file.follow_ups, *steps) if keep else steps)


class Stage:
    """The page of steps of one case, and what it keeps."""

    def __init__(self, qtbot: QtBot, words: UiWords, file: CaseFile, used: tuple[RulePack, ...]) -> None:
        self.services = FakeCaseServices(file)
        self.services.packs = used
        self.services.careful = cautions_about(used, Topic.NEGOTIATING)
        self.files = FakeFileChoice()
        self.page = CasesPage(self.services, InstantRunner(), words, self.files)
        qtbot.addWidget(self.page)
        self.page.resize(1196, 800)
        self.page.show()
        self.page.show_case("c-0000aaaa")
        self.page.review.show_steps("")
        section = self.page.review.sections.section("steps")
        assert isinstance(section, StepsSection)
        self.section = section
        self.path = section.path
        self.form = section.path.form

    def kept(self, name: str) -> FollowUp:
        return next(one for one in self.services.file.follow_ups if one.id == name)

    @property
    def latest(self) -> FollowUp:
        return self.services.file.follow_ups[-1]

    def files_of(self, name: str) -> list[str]:
        return [one.name for one in self.services.file.attachments if one.follow_up == name]

    def shown(self, widget: QWidget | None = None) -> str:
        QApplication.processEvents()  # what was just added is shown with the next layout
        inside = widget or self.section
        return "\n".join(one.text() for one in inside.findChildren(QLabel) if one.isVisibleTo(inside))


Open = Callable[..., Stage]


@pytest.fixture
def opened(qtbot: QtBot, en: UiWords) -> Open:
    def build(*steps: FollowUp, keep: bool = False, used: tuple[str, ...] = CHINESE_RULES) -> Stage:
        return Stage(qtbot, en, with_steps(*steps, keep=keep), packs(*used))

    return build


def test_what_is_not_begun_is_offered_with_its_reason_and_the_packs_number(opened: Open) -> None:
    stage = opened()
    row = stage.path.suggestions[Step.COMPLAINT]
    assert "3 breaches are noted here: 12378" in stage.shown(row)
    assert "No bill and no contract" in stage.shown(stage.path.suggestions[Step.REQUEST_PAPERS])


def test_what_nothing_speaks_for_yet_is_folded_away(opened: Open) -> None:
    stage = opened()
    assert stage.path.more is not None
    assert not stage.path.suggestions[Step.CREDIT_OBJECTION].isVisible()
    stage.path.more.button.click()
    QApplication.processEvents()  # what was just added is shown with the next layout
    assert stage.path.suggestions[Step.CREDIT_OBJECTION].isVisible()


def test_a_complaint_is_written_down_with_the_number_at_hand(opened: Open) -> None:
    stage = opened()
    stage.path.suggestions[Step.COMPLAINT].buttons["write"].click()
    assert stage.form.isVisible()
    assert (stage.form.number.text, stage.form.whom.text) == ("12378", "Financial regulator")
    stage.form.when.set_text("2026-11-20 14:30")
    stage.form.agent.set_text("8021")
    stage.form.receipt.set_text("SL-1")
    stage.form.answer.set_text("They named my debt to the neighbours")
    stage.form.due.set_text("2026-12-10")
    stage.form.remind.set_text("2026-12-08")
    stage.form.encounter.setCurrentIndex(1)
    stage.form.keep_button.click()
    kept = stage.latest
    details = kept.details
    assert (details.step, details.progress, details.item) == (
        Step.COMPLAINT,
        Progress.DONE,
        "complain-financial-regulator",
    )
    assert local_text(details.done_utc, details.done_offset_minutes).startswith("2026-11-20 14:30:00")
    assert (details.agent, details.receipt, details.due, details.remind) == (
        "8021",
        "SL-1",
        "2026-12-10",
        "2026-12-08",
    )
    assert kept.encounter == stage.services.file.encounters[0].id
    assert stage.form.isHidden()
    assert "in 20 days" in stage.shown(stage.path.rows[kept.id])
    assert Step.COMPLAINT not in stage.path.suggestions


def test_a_step_can_be_planned_for_a_day(opened: Open) -> None:
    stage = opened()
    stage.path.suggestions[Step.REQUEST_PAPERS].buttons["plan"].click()
    assert stage.form.when.text == "2026-11-21", "tomorrow"
    stage.form.when.set_text("2026-11-23")
    stage.form.keep_button.click()
    details = stage.latest.details
    assert details.progress is Progress.PLANNED
    assert local_text(details.done_utc, details.done_offset_minutes).startswith("2026-11-23 09:00:00")
    assert "Planned: Request for bill and contract" in stage.shown()


def test_the_caution_stands_before_the_form_of_a_plan(opened: Open) -> None:
    stage = opened()
    assert stage.path.more is not None
    stage.path.more.button.click()
    stage.path.suggestions[Step.PLAN_PROPOSED].buttons["write"].click()
    assert stage.form.isHidden()
    assert "restarts the limitation period" in stage.shown(stage.path.warning)
    stage.path.leave_button.click()
    assert stage.path.warning.isHidden()
    assert not stage.services.file.follow_ups
    stage.path.suggestions[Step.PLAN_PROPOSED].buttons["write"].click()
    stage.path.go_on_button.click()
    stage.form.plan.set_text("2026-12-01 1500; 2027-01-01: 500")
    stage.form.keep_button.click()
    assert stage.latest.details.plan == (Instalment("2026-12-01", "1500"), Instalment("2027-01-01", "500"))


def test_changing_a_plan_warns_again(opened: Open) -> None:
    stage = opened(step("f-plan", Step.PLAN_AGREED))
    stage.path.rows["f-plan"].buttons["change"].click()
    assert stage.path.warning.isVisible()
    assert stage.form.isHidden()


def test_a_payment_leads_to_the_page_debt(opened: Open, qtbot: QtBot) -> None:
    stage = opened(step("f-pay", Step.PAYMENT, amount="100"))
    with qtbot.waitSignal(stage.section.section_wanted) as asked:
        stage.path.rows["f-pay"].buttons["change"].click()
    assert asked.args == ["debt", "f-pay"]


def test_a_letter_is_drafted_on_its_own_page(opened: Open, qtbot: QtBot) -> None:
    stage = opened()
    with qtbot.waitSignal(stage.section.section_wanted) as asked:
        stage.path.suggestions[Step.COMPLAINT].buttons["letter"].click()
    assert asked.args == ["letters", "complaint"]


def test_checking_off_goes_from_planned_to_done_to_answered(opened: Open) -> None:
    stage = opened(step("f-1", Step.DISPUTE, Progress.PLANNED))
    stage.path.rows["f-1"].buttons["finish"].click()
    assert stage.kept("f-1").details.progress is Progress.DONE
    assert "finish" not in stage.path.rows["f-1"].buttons, "nothing is awaited"
    stage.path.rows["f-1"].buttons["change"].click()
    stage.form.due.set_text("2026-12-01")
    stage.form.keep_button.click()
    stage.path.rows["f-1"].buttons["finish"].click()
    assert stage.kept("f-1").details.progress is Progress.ANSWERED


def test_a_step_that_is_overdue_says_since_when(opened: Open) -> None:
    stage = opened(step("f-1", Step.DISPUTE, due="2026-11-18"))
    assert "overdue since 2026-11-18" in stage.shown(stage.path.rows["f-1"])


def test_the_nearest_stands_first_and_what_is_done_below(opened: Open) -> None:
    stage = opened(
        step("f-old", Step.LEGAL_HELP, seconds=-900_000),
        step("f-new", Step.DEMAND),
        step("f-later", Step.COMPLAINT, due="2026-12-20"),
        step("f-soon", Step.DISPUTE, due="2026-11-22"),
    )
    assert list(stage.path.rows) == ["f-soon", "f-later", "f-new", "f-old"]


def test_a_change_keeps_the_second_when_the_time_was_not_touched(opened: Open) -> None:
    told = step("f-1", Step.DISPUTE, seconds=17.25)
    stage = opened(told)
    stage.path.rows["f-1"].buttons["change"].click()
    stage.form.outcome.set_text("accepted")
    stage.form.progress.buttons["closed"].click()
    stage.form.keep_button.click()
    details = stage.kept("f-1").details
    assert (details.done_utc, details.outcome) == (told.details.done_utc, "accepted")
    assert details.progress is Progress.CLOSED


@pytest.mark.parametrize("when", ["", "soon", "2026-02-30", "2026-13-01 10:00"])
def test_a_time_that_is_none_is_refused_and_what_was_written_stays(opened: Open, when: str) -> None:
    stage = opened()
    stage.path.suggestions[Step.COMPLAINT].buttons["write"].click()
    stage.form.answer.set_text("kept")
    stage.form.when.set_text(when)
    stage.form.keep_button.click()
    assert stage.path.banner.isVisible()
    assert stage.form.isVisible()
    assert stage.form.answer.text == "kept"
    assert not stage.services.file.follow_ups


def test_a_full_disk_keeps_the_form_as_it_is(opened: Open) -> None:
    stage = opened()
    stage.path.suggestions[Step.COMPLAINT].buttons["write"].click()
    stage.services.refuse = MachineFailure(Code.DISK_FULL, path="/library")
    stage.form.keep_button.click()
    assert stage.form.isVisible()
    stage.form.keep_button.click()
    assert len(stage.services.file.follow_ups) == 1


def test_what_is_being_typed_stays_when_the_case_is_read_again(opened: Open) -> None:
    stage = opened()
    stage.path.suggestions[Step.COMPLAINT].buttons["write"].click()
    stage.form.answer.set_text("half a sen")
    stage.page.review_presenter.refresh()
    assert stage.form.answer.text == "half a sen"


def test_escape_leaves_the_form(opened: Open) -> None:
    stage = opened()
    stage.path.add_button.click()
    QTest.keyClick(stage.form.whom.edit, Qt.Key.Key_Escape)
    assert stage.form.isHidden()


def drop(target: Any, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    target.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    )


def test_files_come_by_dropping_pasting_and_choosing(opened: Open, tmp_path: Path) -> None:
    stage = opened(step("f-1", Step.DISPUTE))
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7")
    drop(stage.path.rows["f-1"], letter)
    stage.files.chosen = [letter]
    stage.path.rows["f-1"].buttons["files"].click()
    assert stage.files_of("f-1") == ["letter.pdf", "letter.pdf"]
    stage.path.add_button.click()
    drop(stage.form, letter)
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    stage.form.whom.edit.setFocus()
    QTest.keySequence(stage.form.whom.edit, QKeySequence(QKeySequence.StandardKey.Paste))
    stage.form.keep_button.click()
    taken = stage.files_of(stage.latest.id)
    assert taken[0] == "letter.pdf"
    assert taken[1].endswith(".png")


def test_no_modal_dialog_while_recording(opened: Open) -> None:
    stage = opened(step("f-1", Step.DISPUTE, due="2026-12-01"))
    stage.path.add_button.click()
    stage.page.set_recording(True)
    buttons = stage.path.rows["f-1"].buttons
    assert not buttons["files"].isEnabled()
    assert not buttons["calendar"].isEnabled()
    assert not stage.form.choose_button.isEnabled()
    assert not stage.section.calendar.button.isEnabled()
    stage.page.set_recording(False)
    assert stage.section.calendar.button.isEnabled()


def test_due_dates_stand_with_what_began_them_how_they_were_counted_and_their_source(opened: Open) -> None:
    text = stage_text(opened(keep=True))
    assert "2026-12-19, 29 days left" in text
    assert "counted from the complaint of 2026-11-19: 30 days, that day not counted" in text
    assert "art. 26" in text
    assert "not legal advice" in text
    assert text.index("2026-12-19") < text.index("2027-05-19") < text.index("2029-11-19")


def stage_text(stage: Stage) -> str:
    return stage.shown(stage.section.deadlines)


def test_the_courts_paper_names_its_own_day_and_the_rules_day_stands_beside_it(opened: Open) -> None:
    stage = opened(step("f-c", Step.COURT_PAPERS, due="2026-12-09"))
    text = stage_text(stage)
    assert text.count("2026-12-09, 19 days left") == 1, "one day, however many rules count it"
    assert "by the rule it would be 2026-12-04" in text
    assert "by the rule it would be 2026-11-26" in text


def test_what_is_over_stays_quiet(opened: Open) -> None:
    long_ago = replace(
        step("f-1", Step.COMPLAINT).details, number="12363", done_utc="2025-01-05T04:00:00.000000Z"
    )
    stage = opened(replace(step("f-1", Step.COMPLAINT), details=long_ago))
    assert "2025-02-04" not in stage_text(stage)
    fold = next(
        one for one in stage.section.deadlines.findChildren(Fold) if one.button.text().startswith("Over")
    )
    fold.button.click()
    assert "2025-02-04" in stage_text(stage)


def test_rules_without_deadlines_show_no_card(opened: Open) -> None:
    assert not opened(used=("cn-article-2025",)).section.deadlines.isVisible()


def test_a_deadline_becomes_a_step_in_one_touch(opened: Open) -> None:
    stage = opened(step("f-1", Step.CREDIT_OBJECTION))
    before = len(stage.section.deadlines.plan_buttons)
    stage.section.deadlines.plan_buttons[0].click()
    details = stage.latest.details
    assert (details.progress, details.due) == (Progress.PLANNED, "2026-12-09")
    assert "a written answer is due within 20 days" in details.answer
    assert len(stage.section.deadlines.plan_buttons) == before - 1
    assert "Among your steps" in stage_text(stage)


def test_a_notice_of_a_pack_can_be_written_down_and_begins_its_deadline(opened: Open) -> None:
    stage = opened(used=("us-fdcpa-regf",))
    with_notice = stage.section.deadlines
    with_notice.notice_clicked.emit("us-dispute-period")
    stage.form.when.set_text("2026-11-19")
    stage.form.keep_button.click()
    assert stage.latest.details.item == "us-dispute-period"
    assert "2026-12-19" in stage_text(stage)


def test_a_calendar_file_is_written_without_names_unless_they_are_wanted(
    opened: Open, tmp_path: Path
) -> None:
    stage = opened(step("f-1", Step.DISPUTE, due="2026-12-01"))
    stage.files.place = tmp_path
    stage.section.calendar.button.click()
    stage.section.calendar.nameless.setChecked(False)
    stage.path.rows["f-1"].buttons["calendar"].click()
    asked = [call for call in stage.services.calls if call[0] == "calendar"]
    assert asked == [
        ("calendar", "en", "c-0000aaaa", tmp_path, False, ""),
        ("calendar", "en", "c-0000aaaa", tmp_path, True, "f-1"),
    ]
    assert "EvidenceDesk-20261125.ics" in stage.shown(stage.section.calendar)


def test_a_step_is_brought_into_sight(opened: Open, qtbot: QtBot) -> None:
    many = [step(f"f-{n:02}", Step.CALL, number=str(n), seconds=-n) for n in range(30)]
    stage = opened(*many)
    bar = stage.section.findChildren(QScrollArea)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    assert stage.path.rows["f-29"].visibleRegion().isEmpty()
    stage.page.review.show_steps("f-29")
    qtbot.waitUntil(lambda: not stage.path.rows["f-29"].visibleRegion().isEmpty())
    qtbot.waitUntil(stage.path.rows["f-29"].buttons["change"].hasFocus)


def test_a_suggestion_that_is_folded_away_is_unfolded_to_be_seen(opened: Open, qtbot: QtBot) -> None:
    stage = opened()
    stage.page.review.show_steps("credit_objection")
    qtbot.waitUntil(stage.path.suggestions[Step.CREDIT_OBJECTION].isVisible)


def test_another_language_writes_everything_anew(opened: Open, en: UiWords) -> None:
    stage = opened(step("f-1", Step.DISPUTE, due="2026-12-01"))
    stage.path.suggestions[Step.COMPLAINT].buttons["write"].click()
    en.set_language("zh")
    text = stage.shown()
    assert "提出异议" in text
    assert "答复期限" in text
    for english in ("Dispute", "Deadlines", "Remind me", "Answer due", "Next"):
        assert english not in text


def test_every_control_has_a_name(opened: Open) -> None:
    stage = opened(step("f-1", Step.DISPUTE, due="2026-12-01"))
    stage.path.suggestions[Step.COMPLAINT].buttons["write"].click()
    assert stage.path.more is not None
    stage.path.more.button.click()
    assert unnamed(stage.section) == []


def test_a_narrow_window_cuts_nothing_off(opened: Open) -> None:
    stage = opened(step("f-1", Step.DISPUTE, due="2026-12-01"))
    stage.path.suggestions[Step.COMPLAINT].buttons["write"].click()
    stage.page.resize(876, 640)
    QApplication.processEvents()
    body = stage.path.parentWidget()
    assert body is not None
    assert stage.path.geometry().right() <= body.width()
    assert stage.form.geometry().right() <= stage.path.width()
