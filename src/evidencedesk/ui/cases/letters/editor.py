"""One letter being written: what it is for, the form, the page, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import FollowUp
from evidencedesk.ui.cases.caution_line import CautionLine
from evidencedesk.ui.cases.letters.form import LetterFormView
from evidencedesk.ui.cases.letters.presenter import LettersState
from evidencedesk.ui.cases.letters.sheet_view import SheetView
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.letters import letter_words, missing_text

# From here on form and page stand side by side.
_WIDE = 760


class LetterEditor(QWidget):
    """Emits what was clicked; ``keep_clicked`` with the id of a step, or an empty text for a new one."""

    keep_clicked = Signal(str)
    open_clicked = Signal()
    changed_clicked = Signal()
    copy_clicked = Signal()
    language_clicked = Signal(str)
    template_clicked = Signal()
    drop_template_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._state = LettersState()
        self._recording = False
        self.title = ElidedLabel(tone="section", parent=self)
        self.about = TextLabel(tone="sub", parent=self, wrap=True)
        self.caution = CautionLine(words, self)
        self.view = SegmentedControl([Segment("form"), Segment("page")], parent=self)
        self.view.set_current("form")
        self.language = SegmentedControl([Segment("zh"), Segment("en")], parent=self)
        self.form = LetterFormView(words, self)
        self.page = SheetView(self)
        self.missing = TextLabel(tone="warn", parent=self, wrap=True)
        self.notice = TextLabel(tone="faint", parent=self, wrap=True)
        self.step = ElidedComboBox(self)
        self.keep = PrimaryButton(icon_name="check", parent=self)
        self.open = PlainButton(icon_name="external-link", parent=self)
        self.take_changed = PlainButton(icon_name="refresh-cw", parent=self)
        self.copy = PlainButton(icon_name="folder-output", parent=self)
        self.template = PlainButton(icon_name="pencil", parent=self)
        self.drop_template = PlainButton(icon_name="undo-2", parent=self)
        for button in (self.template, self.drop_template):
            button.make_flat()
        self._lay_out()
        self._connect()

    def show_state(self, state: LettersState, sender_place: str) -> None:
        """Show it as it stands."""
        self._state = state
        self.form.show_state(state, sender_place)
        made = state.made
        if made is not None:
            self.page.show_page(made.page, indented=made.form.language == "zh")
        if state.form is not None:
            self.language.set_current(state.form.language)
        self._steps(state.steps)
        self.retranslate()

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """The system's dialog for folders has to wait."""
        self._recording = recording
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t, state = self._words.text, self._state
        if state.form is None:
            return
        said = letter_words(self._words.words, state.form.kind)
        self.title.setText(said.title)
        self.about.setText(f"{said.not_when}\n{said.standing}")
        self.caution.retranslate()
        self.form.retranslate()
        self.view.set_label("form", t("Fill in"))
        self.view.set_label("page", t("The page"))
        # Each in its own language, whatever the window speaks.
        self.language.set_label("zh", "中文")
        self.language.set_label("en", "English")
        self.page.sheets.setAccessibleName(t("The letter as a page"))
        self._say_missing()
        self.notice.setText(
            t(
                "Nothing is sent by this program. Print the letter, then post it, hand it in or upload "
                "it yourself."
            )
        )
        self.step.setAccessibleName(t("Step it belongs to"))
        self.step.setItemText(0, t("A new step, planned"))
        self.keep.setText(t("Keep in the case"))
        self.open.setText(t("Open in Word or WPS"))
        self.open.setToolTip(t("To change it there, or to print it"))
        self.take_changed.setText(t("Take the changed file"))
        self.copy.setText(t("Save a copy…"))
        self.template.setText(t("Change this template…"))
        self.drop_template.setText(t("Use the template delivered"))
        ready = state.made is not None and not state.making
        for button in (self.keep, self.open, self.copy):
            button.setEnabled(ready)
        self.copy.setEnabled(ready and not self._recording)
        self.take_changed.setVisible(state.out is not None)
        self.drop_template.setVisible(state.own_template)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Form and page side by side where there is room, else one of them."""
        super().resizeEvent(event)
        self._arrange()

    def _say_missing(self) -> None:
        t, state = self._words.text, self._state
        if state.made is None or state.making:
            self.missing.setText(t("The page is being made…") if state.making else "")
            return
        lines = []
        if state.changed:
            lines.append(t("This is the file as you changed it. Changing the form makes the letter anew."))
        if state.made.own and not state.changed:
            lines.append(t("Made from your own template."))
        if state.made.missing:
            names = t(", ").join(missing_text(self._words.words, name) for name in state.made.missing)
            lines.append(t("Still missing, left blank to fill in by hand: {names}", names=names))
        self.missing.setText("\n".join(lines))
        self.missing.setVisible(bool(lines))

    def _steps(self, steps: tuple[FollowUp, ...]) -> None:
        """A new step, or one there is: by day and whom."""
        wanted = self.step.currentData()
        self.step.clear()
        self.step.addItem("", "")
        for one in steps:
            parts = (one.details.done_utc[:10], one.details.whom, one.details.receipt)
            self.step.addItem(" · ".join(part for part in parts if part), one.id)
        self.step.setCurrentIndex(max(0, self.step.findData(wanted)))
        self.step.setVisible(bool(steps))

    def _arrange(self) -> None:
        wide = self.width() >= scaled(_WIDE)
        self.view.setVisible(not wide)
        self.form.setVisible(wide or self.view.current == "form")
        self.page.setVisible(wide or self.view.current == "page")

    def _view_clicked(self, name: str) -> None:
        self.view.set_current(name)
        self._arrange()

    def _keep_clicked(self) -> None:
        self.keep_clicked.emit(self.step.currentData() or "")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.view)
        head.addWidget(self.language)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.form, 1)
        both.addWidget(self.page, 1)
        # Above and below the fields: a small window needs its height for them.
        self.form.column.insertWidget(0, self.about)
        self.form.column.insertWidget(1, self.caution)
        for button in (self.template, self.drop_template):
            self.form.column.insertWidget(self.form.column.count() - 1, button, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QWidget(self)
        flow = FlowLayout(foot, 8)
        for widget in (self.keep, self.step, self.take_changed, self.open, self.copy):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(both, 1)
        column.addWidget(self.missing)
        column.addWidget(foot)
        column.addWidget(self.notice)

    def _connect(self) -> None:
        self.view.clicked.connect(self._view_clicked)
        self.language.clicked.connect(self.language_clicked)
        self.keep.clicked.connect(self._keep_clicked)
        self.open.clicked.connect(self.open_clicked)
        self.take_changed.clicked.connect(self.changed_clicked)
        self.copy.clicked.connect(self.copy_clicked)
        self.template.clicked.connect(self.template_clicked)
        self.drop_template.clicked.connect(self.drop_template_clicked)
