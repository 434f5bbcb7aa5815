"""A whole case through the real window, by clicks and keys. Run by ``test_case_story.py``.

    python case_story.py LIBRARY PLACE PICTURES BILL

Ends with 0; any step that does not happen in time ends it with 1.
"""

from __future__ import annotations

import sys
import traceback
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from evidencedesk.app import first_paint
from evidencedesk.domain.case import CaseFile, Document, FollowUp, Progress, Shown, Step, Verdict
from evidencedesk.domain.rules import Phase
from evidencedesk.system.clock import SystemClock
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.debt.page import DebtSection
from evidencedesk.ui.cases.evidence.page import EvidenceSection
from evidencedesk.ui.cases.evidence.rows import RowKind
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.cases.letters.page import LettersSection
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.cases.steps.page import StepsSection
from evidencedesk.ui.cases.steps.path_card import PathCard
from evidencedesk.ui.contacts.page import ContactsPage
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.search.page import SearchPage
from evidencedesk.ui.shell.main_window import CASES, CONTACTS, RECORD, SEARCH, MainWindow
from fakes.window_hands import answer_dialog, choose, click, until, write

CREDITOR, CONTRACT = "某某消费金融有限公司", "LFQ-2024-0831"
ANNOUNCED = "【来分期】因您逾期未还，明日将安排工作人员上门，请在家等候。"
SAID_AT_THE_DOOR = "两名男子敲门，说证件在车里"
CLAIMED = "18600"
HOTLINE = "400-000-0000"
PAID = 3
DISPUTE_RECEIPT, COMPLAINT_RECEIPT = "EMS-1180000000", "12378-2026-000123"
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Story:
    """The steps, in order."""

    def __init__(self, window: MainWindow, place: Path, pictures: Path, bill: Path) -> None:
        self.window = window
        self.place = place
        self.pictures = pictures
        self.bill = bill

    def tell(self) -> None:
        """From the first SMS to the exported folder."""
        until("the red button is ready", self.window.record_page.button.isEnabled)
        for chapter in (
            self.open_case,
            self.first_sms,
            self.hotline,
            self.visit,
            self.claim,
            self.contract,
            self.arrange,
            self.dispute,
            self.complain,
            self.plan,
            self.pay,
            self.arrange_the_rest,
            self.find,
            self.hand_over,
        ):
            self.activate()
            chapter()
            self.picture(chapter.__name__)

    def activate(self) -> None:
        """Nobody manages windows on this screen, and keys go to the active one."""
        self.window.activateWindow()
        until("the window is active", self.window.isActiveWindow)

    @property
    def cases(self) -> CasesPage:
        page = self.window.findChild(CasesPage)
        assert isinstance(page, CasesPage)
        return page

    @property
    def file(self) -> CaseFile:
        """The case as the page has read it."""
        case_file = self.cases.review_presenter.state.case_file
        assert case_file is not None
        return case_file

    def section(self, name: str) -> CaseSection:
        """A page of the case, by its key."""
        if self.window.page != CASES:
            click(self.window.rail.buttons[CASES])
        review = self.cases.review
        number = list(review.bar.control.buttons).index(name) + 1
        QTest.keyClick(self.window, getattr(Qt.Key, f"Key_{number}"), _CONTROL)
        until(f"the page {name} is shown", lambda: review.sections.current == name)
        return review.sections.section(name)

    def steps(self, step: Step) -> list[FollowUp]:
        """Steps of a kind that stand."""
        return [one for one in self.file.follow_ups if one.details.step is step and not one.withdrawn]

    def open_case(self) -> None:
        """The case has a name before anybody comes."""
        click(self.window.rail.buttons[CASES])
        overview = self.cases.overview
        click(overview.new_button)
        for field, text in (
            (overview.form.title, "来分期"),
            (overview.form.creditor, CREDITOR),
            (overview.form.contract, CONTRACT),
        ):
            write(field.edit, text)
        QTest.keyClick(overview.form.contract.edit, Qt.Key.Key_Return)
        until("the case is open", lambda: self.cases.currentWidget() is self.cases.review)

    def first_sms(self) -> None:
        """Two touches log the SMS; its screenshot is pasted among the documents and belongs to it."""
        click(self.window.rail.buttons[CONTACTS])
        page = self.window.findChild(ContactsPage)
        assert isinstance(page, ContactsPage)
        page.setFocus()
        QTest.keyClick(page, Qt.Key.Key_4)
        until("the SMS is logged", lambda: page.presenter.state.just_logged)
        click(page.line.change_button)
        form = page.editor.form
        write(form.number.edit, "1068000012")
        write(form.text, ANNOUNCED)
        click(form.checks["announces"])
        click(page.editor.close_button)

        files = self.section("files")
        assert isinstance(files, FilesSection)
        QGuiApplication.clipboard().setImage(screenshot("1068000012", ANNOUNCED))
        QTest.keyClick(files.list, Qt.Key.Key_V, _CONTROL)
        until("it is asked what it is", files.strip.isVisible)
        click(files.strip.chips.buttons["sms"])
        until("the kind is kept", lambda: self.file.attachments[0].kind == "sms")
        until("the file is shown", files.details.isVisible)
        self.picture("documents")
        choose(files.details.links.choices["contact"], lambda text: "1068000012" in text)
        until("it belongs to the SMS", lambda: self.file.attachments[0].contact is not None)

    def hotline(self) -> None:
        """The platform's own number was called before anybody came."""
        steps = self.section("steps")
        assert isinstance(steps, StepsSection)
        path = steps.path
        self.unfold(path, Step.CALL)
        click(partial(suggested, path, Step.CALL, "write"))
        for field, text in (
            (path.form.number, HOTLINE),
            (path.form.whom, "来分期客服"),
            (path.form.agent, "客服 2031"),
            (path.form.answer, "没有安排人员上门"),
        ):
            write(field.edit, text)
        click(path.form.keep_button)
        until("the call is written down", lambda: self.steps(Step.CALL))

    def visit(self) -> None:
        """One click records; note, marker, tick and card are kept; stop seals."""
        click(self.window.rail.buttons[RECORD])
        click(self.window.record_page.button)
        until("the recording is on the screen", lambda: self.window.recording)
        page = self.window.findChild(EncounterPage)
        assert isinstance(page, EncounterPage)
        until("two seconds are recorded", lambda: page.bar.time.text() >= "00:00:02")
        write(page.notes.input, SAID_AT_THE_DOOR)
        QTest.keyClick(page.notes.input, Qt.Key.Key_Return)
        until("the note is saved and its field empty", lambda: not page.notes.input.text())
        QTest.keyClick(page.notes.input, Qt.Key.Key_F3)
        click(page.checklist.phases.buttons[Phase.CONVERSATION.value])
        row = page.checklist.rows["no-public-disclosure"]
        click(row.buttons.buttons[Verdict.BREACHED.value])
        write(page.people.fields["name"], "张某")
        QTest.keyClick(page.people.fields["name"], Qt.Key.Key_Tab)
        click(page.people.papers[Document.WORK_ID].buttons[Shown.REFUSED.value])
        click(page.people.team.choices.buttons["2"])
        self.picture("recording")
        click(page.bar.stop)
        until("the recording is sealed", lambda: not self.window.recording)
        until("the case is shown", lambda: self.window.page == CASES)
        until("it is the same case", lambda: len(self.file.encounters) == 1)

    def claim(self) -> None:
        """What they ask, and that the visit shows it."""
        debt = self.section("debt")
        assert isinstance(debt, DebtSection)
        click(debt.claims.add_button)
        form = debt.claims.form
        write(form.amount.edit, CLAIMED)
        write(form.by.edit, "张某")
        choose(form.shows, lambda text: "上门" in text)
        click(form.keep_button)
        until("the claim is kept", lambda: self.file.claims)

    def contract(self) -> None:
        """The contract in a form, its instalments filled in, then replaced by the bill of the platform."""
        debt = self.section("debt")
        assert isinstance(debt, DebtSection)
        card = debt.contract
        click(card.edit_button)
        for field, text in (
            (card.form.principal, "10000"),
            (card.form.received, "9200"),
            (card.form.yearly_rate, "24"),
        ):
            write(field.edit, text)
        generator = card.form.generator
        write(generator.amount.edit, "10000")
        write(generator.rate.edit, "24")
        write(generator.count.edit, "12")
        write(generator.first.edit, self.bill.read_text("gb18030").splitlines()[1].split(",")[1])
        click(generator.fill_button)
        until("twelve instalments", lambda: len(card.form.table.lines.instalments) == 12)
        click(card.form.keep_button)
        until("the contract is kept", lambda: self.file.debt is not None)
        answer_dialog(self.bill)
        click(card.bill_button)
        until("the bill is read", lambda: card.bill.isVisible() and card.bill.take_button.isEnabled())
        for place in range(PAID):
            click(card.bill.payments[place])
        self.picture("bill")
        click(card.bill.take_button)
        until("the bill is among the documents", lambda: any(o.kind == "bill" for o in self.file.attachments))
        until("what was paid is kept", lambda: len(self.steps(Step.PAYMENT)) == PAID)
        paid = f"{PAID} 笔"
        until("they are counted", lambda: any(paid in one.figure.remark for one in debt.papers.figures))
        until("the claim stands beside the papers", lambda: debt.papers.claims)
        assert "18,600" in debt.papers.claims[0].row.asked
        assert "多要" in debt.papers.claims[0].row.difference

    def arrange(self) -> None:
        """The papers are put before the recordings, by keys alone, before letters name their numbers."""
        evidence = self.section("evidence")
        assert isinstance(evidence, EvidenceSection)
        pieces = evidence.list
        sms = self.file.attachments[0].id
        until("the list is there", lambda: pieces.rows.place_of(sms) > 0)
        heading = pieces.rows.place_of(sms) - 1
        assert (pieces.rows.rows[heading].kind, heading > 0) == (RowKind.HEADING, True)
        QTest.keyClick(pieces, Qt.Key.Key_Home)
        for _ in range(heading):
            QTest.keyClick(pieces, Qt.Key.Key_Down)
        QTest.keyClick(pieces, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        until("the screenshot is the first piece", lambda: number_of(evidence, sms) == "1-1")
        until("the list is the user's own", lambda: self.file.evidence is not None)

    def dispute(self) -> None:
        """From the step to its letter; kept, printed and posted, then marked as sent."""
        steps = self.section("steps")
        assert isinstance(steps, StepsSection)
        click(partial(suggested, steps.path, Step.DISPUTE, "letter"))
        letters = self.letter()
        form = letters.editor.form
        for name, text in (("name", "李某"), ("address", "某市某区某路 1 号"), ("phone", "13900000000")):
            write(form.fields[name].edit, text)
        write(form.areas["own_words"].edit, "我已还三期，对其余金额的计算有异议。")
        until("the page shows it", lambda: "李某" in letters.editor.page.sheets.text)
        self.keep(letters)
        assert self.steps(Step.DISPUTE)[0].details.progress is Progress.PLANNED
        self.sent(letters, Step.DISPUTE, DISPUTE_RECEIPT)

    def complain(self) -> None:
        """The same for the complaint to the regulator."""
        steps = self.section("steps")
        assert isinstance(steps, StepsSection)
        click(partial(suggested, steps.path, Step.COMPLAINT, "letter"))
        letters = self.letter()
        form = letters.editor.form
        for name in list(form.breaches.rows):
            if not form.breaches.rows[name].box.isChecked():
                click(form.breaches.rows[name].box)
        write(form.fields["name"].edit, "李某")
        until("the page shows it", lambda: "李某" in letters.editor.page.sheets.text)
        self.keep(letters)
        self.sent(letters, Step.COMPLAINT, COMPLAINT_RECEIPT)

    def plan(self) -> None:
        """The caution about limitation comes before each form; then the plan is proposed, and agreed."""
        steps = self.section("steps")
        assert isinstance(steps, StepsSection)
        path = steps.path
        for step in (Step.PLAN_PROPOSED, Step.PLAN_AGREED):
            self.unfold(path, step)
            click(partial(suggested, path, step, "write"))
            until("the caution is read first", path.warning.isVisible)
            assert not path.form.isVisible()
            assert "诉讼时效" in "".join(one.text() for one in path.warning.findChildren(QLabel))
            self.picture(f"caution-{step.value}")
            click(path.go_on_button)
            write(path.form.whom, CREDITOR)
            write(path.form.plan.edit, f"{self.day(30)} 500; {self.day(61)} 500")
            click(path.form.keep_button)
            until(f"{step} is kept", partial(self.steps, step))

    def pay(self) -> None:
        """A payment with the screenshot of its receipt."""
        debt = self.section("debt")
        assert isinstance(debt, DebtSection)
        click(debt.payments.add_button)
        form = debt.payments.form
        write(form.amount.edit, "500")
        write(form.note.edit, "按计划第 1 期")
        QGuiApplication.clipboard().setImage(screenshot("付款成功", "¥500.00  收款方：某某消费金融有限公司"))
        QTest.keyClick(form.note.edit, Qt.Key.Key_V, _CONTROL)
        click(form.keep_button)
        until("the payment has its receipt", lambda: self.receipt() is not None)

    def unfold(self, path: PathCard, step: Step) -> None:
        """Steps that nothing in the case asks for are folded away."""
        until("the step is offered", lambda: step in path.suggestions)
        if path.more is not None and path.more.isAncestorOf(path.suggestions[step]) and not path.more.opened:
            click(lambda: (path.more or path).findChildren(PlainButton)[0])

    def receipt(self) -> str | None:
        """The id of the payment's receipt."""
        ids = {one.id for one in self.steps(Step.PAYMENT)}
        return next((one.id for one in self.file.attachments if one.follow_up in ids), None)

    def arrange_the_rest(self) -> None:
        """What came after is put on the list with the space bar."""
        evidence = self.section("evidence")
        assert isinstance(evidence, EvidenceSection)
        pieces, receipt = evidence.list, self.receipt()
        assert receipt is not None
        until("the receipt is offered", lambda: pieces.rows.place_of(receipt) >= 0)
        row = pieces.rows.rows[pieces.rows.place_of(receipt)]
        assert row.kind is RowKind.LEFT
        QTest.keyClick(pieces, Qt.Key.Key_Home)
        for _ in range(pieces.rows.place_of(receipt)):
            QTest.keyClick(pieces, Qt.Key.Key_Down)
        QTest.keyClick(pieces, Qt.Key.Key_Space)
        until("it has a number", lambda: number_of(evidence, receipt))

    def find(self) -> None:
        """Two characters find the note, and Return leads to its second."""
        QTest.keyClick(self.window, Qt.Key.Key_F, _CONTROL)
        until("the search is shown", lambda: self.window.page == SEARCH)
        page = self.window.findChild(SearchPage)
        assert isinstance(page, SearchPage)
        write(page.field, "车里")
        until("the note is found", lambda: page.list.row is not None)
        self.picture("found")
        QTest.keyClick(page.field, Qt.Key.Key_Return)
        until("the case is shown again", lambda: self.window.page == CASES)
        line = self.cases.review.timeline.table.line
        assert line is not None
        assert line.text.startswith("两名男子敲门"), line

    def hand_over(self) -> None:
        """Export through the real folder dialog."""
        review = self.cases.review
        click(review.export_button)
        until("the panel asks for a place", review.panel.asking.isVisible)
        answer_dialog(self.place)
        click(review.panel.asking.place_button)
        until("a place is chosen", review.panel.asking.begin_button.isEnabled)
        click(review.panel.asking.begin_button)
        until("the folder is written and checked", review.panel.result.isVisible, 60)

    def leave(self) -> None:
        """Close the window while pages are still being read: nobody hears of a library that is gone."""
        self.section("steps")
        self.cases.refresh()
        self.window.close()

    def letter(self) -> LettersSection:
        """The page of letters, with a letter that is made."""
        sections = self.cases.review.sections
        letters = sections.currentWidget()
        assert isinstance(letters, LettersSection)
        until("a letter is begun", lambda: letters.presenter.state.made is not None)
        return letters

    def keep(self, letters: LettersSection) -> None:
        """Keep what is on the page once it is made from what was written."""
        until("the letter is made", letters.editor.keep.isEnabled)
        self.picture(f"letter-{len(letters.presenter.state.letters)}")
        count = len(letters.presenter.state.letters)
        click(letters.editor.keep)
        until("the letter is among the others", lambda: len(letters.presenter.state.letters) == count + 1)
        until("they are shown", lambda: letters.made.rows and letters.made.rows[0].isVisible())

    def sent(self, letters: LettersSection, step: Step, receipt: str) -> None:
        """It was posted; the number of the receipt is written down."""
        row = letters.made.rows[0]
        click(row.tell)
        write(row.receipt.edit, receipt)
        click(row.save)
        until("the step is done", lambda: self.steps(step)[0].details.progress is Progress.DONE)
        assert self.steps(step)[0].details.receipt == receipt

    def day(self, days: int) -> str:
        """A day from today."""
        return (SystemClock().now().local.date() + timedelta(days=days)).isoformat()

    def picture(self, name: str) -> None:
        """Keep what is on the screen, laid out and painted."""
        QTest.qWait(150)
        self.window.grab().save(str(self.pictures / f"{name}.png"))


def suggested(path: PathCard, step: Step, button: str) -> QWidget:
    """A button of a step that is offered; the rows are made anew whenever the case is read."""
    return path.suggestions[step].buttons[button]


def number_of(evidence: EvidenceSection, piece: str) -> str:
    """The number on the list; empty for what is not on it."""
    place = evidence.list.rows.place_of(piece)
    return evidence.list.rows.rows[place].number if place >= 0 else ""


def screenshot(title: str, text: str) -> QImage:
    """What a phone shows."""
    image = QImage(540, 960, QImage.Format.Format_RGB32)
    image.fill(QColor("#ededed"))
    painter = QPainter(image)
    painter.setFont(QFont("Noto Sans CJK SC", 18))
    painter.drawText(20, 60, title)
    painter.fillRect(20, 120, 440, 220, QColor("#ffffff"))
    painter.drawText(36, 136, 410, 200, Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere, text)
    painter.end()
    return image


class Teller:
    """Tells the story once the window is there, then ends the program."""

    def __init__(self, place: Path, pictures: Path, bill: Path) -> None:
        self.paths = place, pictures, bill
        self.code = 1

    def begin(self) -> None:
        """Everything, then close the window."""
        window: QWidget = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        assert isinstance(window, MainWindow)
        story = Story(window, *self.paths)
        try:
            story.tell()
            story.leave()
            self.code = 0
        except BaseException:  # noqa: BLE001 - the end of a test program
            traceback.print_exc()
            story.picture("failed")
        QApplication.quit()


def main() -> int:
    """Open the real window and tell the story in it."""
    library, place, pictures, bill = sys.argv[1:5]
    application = QApplication([sys.argv[0]])
    teller = Teller(Path(place), Path(pictures), Path(bill))
    QTimer.singleShot(0, teller.begin)
    ended = first_paint.run(["--library", library])
    del application
    return teller.code or ended


if __name__ == "__main__":
    raise SystemExit(main())
