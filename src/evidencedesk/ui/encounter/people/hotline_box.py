"""Call the lender's hotline: was this person sent by them?"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.case import FollowUp
from evidencedesk.ui.encounter.people.calls import call_text
from evidencedesk.ui.encounter.people.card_field import CardLine
from evidencedesk.ui.encounter.people.hotline_presenter import ANSWERS, HotlineState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.kit.segmented import Segment
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.hotline_answers import answer_text

_LONGEST = 200


class HotlineBox(Fold):
    """The number, who answered, and the answer, which keeps the call.

    Emits:
        number_edited, agent_edited: the text of a field; editing_finished: it was left.
        answered: one of ``ANSWERS``.
        withdrawn: the id of a call that was not so.
    """

    number_edited = Signal(str)
    agent_edited = Signal(str)
    editing_finished = Signal()
    answered = Signal(str)
    withdrawn = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.number = CardLine(self.body)
        self.agent = CardLine(self.body)
        self._captions: dict[CardLine, TextLabel] = {}
        for field, edited in ((self.number, self.number_edited), (self.agent, self.agent_edited)):
            caption = TextLabel(tone="caption", parent=self.body, wrap=True)
            caption.setBuddy(field)
            field.setMaxLength(_LONGEST)

            field.textEdited.connect(edited)
            field.editingFinished.connect(self.editing_finished)
            self._captions[field] = caption
            self.column.addWidget(caption)
            self.column.addWidget(field)
        self._question = TextLabel(tone="caption", parent=self.body, wrap=True)
        kinds = ("ok", "bad", "quiet")
        self.answers = ChoiceChips(
            [Segment(answer, kind) for answer, kind in zip(ANSWERS, kinds, strict=True)], self.body
        )
        self.answers.clicked.connect(self.answered)
        self.calls: list[CallLine] = []
        self.column.addWidget(self._question)
        self.column.addWidget(self.answers)

    def render(self, state: HotlineState) -> None:  # type: ignore[override]
        """Show the form and the calls."""
        t = self._words.text
        self.button.setText(t("Check with the hotline"))
        self._captions[self.number].setText(t("Number dialled (from your contract or the official app)"))
        self._captions[self.agent].setText(t("Who answered (name or number)"))
        for field, text in ((self.number, state.number), (self.agent, state.agent)):
            field.setAccessibleName(self._captions[field].text())
            if field.text() != text:
                with QSignalBlocker(field):
                    field.setText(text)
        self._question.setText(t("Did they send this person?"))
        self.answers.setAccessibleName(self._question.text())
        for answer, short in zip(ANSWERS, (t("Yes"), t("No"), t("No answer")), strict=True):
            self.answers.set_label(answer, short, answer_text(self._words.words, answer))
        self._show_calls(state.calls)

    def _show_calls(self, calls: tuple[FollowUp, ...]) -> None:
        for line in self.calls:
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.calls = [CallLine(call, self._words, self.body) for call in calls]
        for line in self.calls:
            line.withdrawn.connect(self.withdrawn)
            self.column.addWidget(line)


class CallLine(QWidget):
    """One call that is on the disk."""

    withdrawn = Signal(str)

    def __init__(self, call: FollowUp, words: UiWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._call = call
        self.said = TextLabel(call_text(words.words, call), "sub", self, wrap=True)
        undo = PlainButton(icon_name="undo-2", parent=self)
        undo.make_flat()
        set_look(undo, "scale", "thumb")
        undo.setToolTip(words.text("Take back"))
        undo.setAccessibleName(words.text("Take back: {line}", line=self.said.text()))
        undo.clicked.connect(self._undo_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self.said, 1)
        row.addWidget(undo)
        self.undo = undo

    @Slot()
    def _undo_clicked(self) -> None:
        self.withdrawn.emit(self._call.id)
