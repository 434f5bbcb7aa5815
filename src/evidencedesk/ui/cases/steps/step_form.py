"""Write a step down, or give one other words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import Encounter, Progress, Step
from evidencedesk.domain.rules import Hotline
from evidencedesk.ui.cases.review.files_form import FilesForm
from evidencedesk.ui.cases.review.payments_presenter import Receipt
from evidencedesk.ui.cases.steps.state import OpenForm
from evidencedesk.ui.cases.steps.written import Written, written_of
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label
from evidencedesk.wording.steps import advice_text

_PLANS = frozenset({Step.PLAN_PROPOSED, Step.PLAN_AGREED})
_SHORT = 60


class StepForm(FilesForm):
    """Lines to fill in, and files by choosing, dropping or pasting them.

    Emits:
        kept: the ``Written`` fields.
    """

    kept = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._form: OpenForm | None = None
        self._title = SectionTitle(parent=self)
        self.progress = SegmentedControl([Segment(one.value) for one in Progress], parent=self)
        self.hotlines: ChoiceChips | None = None
        self.when = Field(self, _SHORT)
        self.number = Field(self, _SHORT)
        self.whom = Field(self, 200)
        self.agent = Field(self, 200)
        self.receipt = Field(self, 200)
        self.answer = Field(self, 2000)
        self.outcome = Field(self, 2000)
        self.due = Field(self, _SHORT)
        self.remind = Field(self, _SHORT)
        self.plan = Field(self, 4000)
        self.encounter = ElidedComboBox(self)
        self._encounter_name = TextLabel(tone="faint", parent=self)
        self._encounter_name.setBuddy(self.encounter)
        self.choose_button = PlainButton(icon_name="paperclip", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.keep_button = PrimaryButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        self._lay_out()
        self._connect()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All lines, in the order in which they stand."""
        return (
            *(self.when, self.number, self.whom, self.agent, self.receipt),
            *(self.due, self.remind, self.plan, self.answer, self.outcome),
        )

    def open(self, form: OpenForm, when: str, encounters: Sequence[Encounter]) -> None:
        """Show one step, or an empty form with a time to begin with."""
        self._form = form
        if form.before is not None:
            written = written_of(form.before.details)
        else:
            written = Written(Progress.PLANNED if form.planned else Progress.DONE, when)
        for field, text in zip(self.fields, _texts(written), strict=True):
            field.set_text(text)
        self.progress.set_current(written.progress.value)
        self.encounter.clear()
        self.encounter.addItem("", None)
        for one in encounters:
            self.encounter.addItem("", one)
        self._offer(form.hotlines)
        self.number.setVisible(bool(form.hotlines) or bool(written.number) or form.step is Step.CALL)
        self.plan.setVisible(form.step in _PLANS)
        new = form.before is None and bool(encounters)
        self.encounter.setVisible(new)
        self._encounter_name.setVisible(new)
        self.retranslate()
        if form.before is None and form.number:
            self._hotline_clicked(form.number)
        self.show()
        first = self.number if self.number.isVisibleTo(self) else self.whom
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_receipts(self, receipts: tuple[Receipt, ...], *, recording: bool) -> None:
        """What was given so far; the system's dialog is modal and has to wait for the recording."""
        t = self._words.text
        self.choose_button.setEnabled(not recording)
        names = [one.name if isinstance(one, Path) else t("picture from the clipboard") for one in receipts]
        self._hint.setText(
            t("Files: {names}", names=t(", ").join(names))
            if names
            else t("Drop or paste letters, receipts and screenshots here. They can be added later, too.")
        )

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t, words = self._words.text, self._words.words
        for one in Progress:
            self.progress.set_label(one.value, label(words, one))
        step = Step.OTHER if self._form is None else self._form.step
        self._title.setText(advice_text(words, step))
        planned = self.progress_now is Progress.PLANNED
        court = step is Step.COURT_PAPERS
        when = t("Planned for") if planned else t("They came on") if court else t("Date and time")
        self.when.set_texts(when, "2026-11-25 14:30")
        offered = () if self._form is None else self._form.hotlines
        self.number.set_texts(t("Number"), offered[0].number if offered else "")
        self.whom.set_texts(t("Court") if court else t("Office, company or person"))
        self.agent.set_texts(t("Who dealt with it: name, officer or staff no."))
        self.receipt.set_texts(t("Case number") if court else t("Receipt or case number"))
        due = t("To be done by") if planned else t("Answer due by")
        self.due.set_texts(t("Last day by the paper") if court else due, "2026-12-15")
        self.remind.set_texts(t("Remind me on"), "2026-12-10")
        self.plan.set_texts(
            t("Instalments: day and sum, one after the other"), "2026-12-01 500; 2027-01-01 500"
        )
        self.answer.set_texts(t("What it says") if court else t("What was said or asked"))
        self.outcome.set_texts(t("What came of it"))
        self._encounter_name.setText(t("About the visit or call"))
        self.encounter.setAccessibleName(self._encounter_name.text())
        self.encounter.setItemText(0, t("No particular one"))
        for index in range(1, self.encounter.count()):
            one = self.encounter.itemData(index)
            self.encounter.setItemText(index, f"{one.opened.local:%Y-%m-%d %H:%M} {label(words, one.mode)}")
        self.choose_button.setText(t("Files…"))
        self.keep_button.setText(t("Save"))
        self.leave_button.setText(t("Cancel"))
        self._name_hotlines()

    @property
    def progress_now(self) -> Progress:
        """How far the step is, as it stands in the form."""
        return Progress(self.progress.current or Progress.DONE.value)

    def _offer(self, hotlines: Sequence[Hotline]) -> None:
        if self.hotlines is not None:
            self._chips.removeWidget(self.hotlines)
            self.hotlines.hide()
            self.hotlines.deleteLater()
            self.hotlines = None
        if hotlines:
            self.hotlines = ChoiceChips([Segment(one.number) for one in hotlines], self)
            self.hotlines.clicked.connect(self._hotline_clicked)
            self._chips.addWidget(self.hotlines)

    def _name_hotlines(self) -> None:
        if self.hotlines is None or self._form is None:
            return
        for one in self._form.hotlines:
            whole = one.text.in_language(self._words.language)
            self.hotlines.set_label(one.number, f"{one.number} {_office(whole)}", f"{one.number} {whole}")
            self.hotlines.buttons[one.number].setToolTip(whole)

    @Slot(str)
    def _hotline_clicked(self, number: str) -> None:
        if self.hotlines is None or self._form is None:
            return
        chosen = next(one for one in self._form.hotlines if one.number == number)
        self.hotlines.set_current(number)
        self.number.set_text(number)
        self.whom.set_text(_office(chosen.text.in_language(self._words.language)))

    @Slot(str)
    def _progress_clicked(self, progress: str) -> None:
        self.progress.set_current(progress)
        self.retranslate()

    @Slot()
    def _keep_clicked(self) -> None:
        when, number, whom, agent, receipt, due, remind, plan, answer, outcome = (
            field.text for field in self.fields
        )
        chosen = self.encounter.currentData()
        self.kept.emit(
            Written(
                progress=self.progress_now,
                when=when,
                number=number,
                whom=whom,
                agent=agent,
                receipt=receipt,
                answer=answer,
                outcome=outcome,
                due=due,
                remind=remind,
                plan=plan,
                encounter=None if chosen is None else chosen.id,
            )
        )

    def _connect(self) -> None:
        for field in self.fields:
            field.entered.connect(self._keep_clicked)
            field.edit.installEventFilter(self)
        self.progress.clicked.connect(self._progress_clicked)
        self.keep_button.clicked.connect(self._keep_clicked)
        self.leave_button.clicked.connect(self.dismissed)
        self.choose_button.clicked.connect(self.choose_clicked)

    def _lay_out(self) -> None:
        progress = QHBoxLayout()
        progress.addWidget(self.progress)
        progress.addStretch(1)
        self._chips = QVBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        places = ((self.when, self.number), (self.whom, self.agent), (self.receipt, self.due))
        for row, pair in enumerate(places):
            for column, field in enumerate(pair):
                grid.addWidget(field, row, column)
        about = QVBoxLayout()
        about.setSpacing(3)
        about.addWidget(self._encounter_name)
        about.addWidget(self.encounter)
        grid.addWidget(self.remind, 3, 0)
        grid.addLayout(about, 3, 1)
        for row, field in enumerate((self.plan, self.answer, self.outcome), 4):
            grid.addWidget(field, row, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.choose_button)
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.keep_button)
        self.column.setSpacing(10)
        self.column.addWidget(self._title)
        self.column.addLayout(progress)
        self.column.addLayout(self._chips)
        self.column.addLayout(grid)
        self.column.addWidget(self._hint)
        self.column.addLayout(foot)


def _office(text: str) -> str:
    """Whom a number reaches: the words before the colon."""
    return text.replace("：", ":").split(":", 1)[0]


def _texts(written: Written) -> tuple[str, ...]:
    return (
        *(written.when, written.number, written.whom, written.agent, written.receipt),
        *(written.due, written.remind, written.plan, written.answer, written.outcome),
    )
