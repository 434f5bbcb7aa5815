"""A step of the guidance that was not begun, with what speaks for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.domain.agenda import Suggestion
from evidencedesk.domain.case import Step
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.steps import advice_text, reason_text

# Steps that are a letter, whoever sends it.
WRITTEN = frozenset(
    {
        *(Step.REQUEST_PAPERS, Step.DISPUTE, Step.RECHECK, Step.COMPLAINT, Step.POLICE_REPORT),
        *(Step.PLAN_PROPOSED, Step.DEMAND, Step.DATA_REQUEST),
    }
)


class SuggestionRow(QWidget):
    """Emits ``action``: ``write``, ``plan``, ``letter`` or ``debt``, and the step."""

    action = Signal(str, object)

    def __init__(self, words: UiWords, suggestion: Suggestion, parent: QWidget) -> None:
        super().__init__(parent)
        self.suggestion = suggestion
        self.buttons: dict[str, PlainButton] = {}
        title = advice_text(words.words, suggestion.step)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(3)
        column.addWidget(paragraph(title, "strong", self))
        reason = reason_text(words.words, suggestion)
        if reason:
            column.addWidget(paragraph(reason, "ink", self))
        for item in suggestion.items:
            said = item.text.in_language(words.language)
            hint = "" if item.hint is None else item.hint.in_language(words.language)
            column.addWidget(paragraph(" · ".join(part for part in (said, hint) if part), "faint", self))
        column.addWidget(self._foot(words, title))

    def _foot(self, words: UiWords, title: str) -> QWidget:
        t = words.text
        box = QWidget(self)
        flow = FlowLayout(box)
        step = self.suggestion.step
        wanted = [("debt", t("Payments…"), "external-link")] if step is Step.PAYMENT else []
        if step is not Step.PAYMENT:
            wanted = [("write", t("Write down…"), "pencil")]
            if step is not Step.COURT_PAPERS:
                wanted.append(("plan", t("Plan…"), "clock"))
        if step in WRITTEN:
            wanted.append(("letter", t("Draft a letter…"), "file-text"))
        for name, text, icon in wanted:
            button = PlainButton(text, icon, box)
            button.make_small()
            button.setAccessibleName(f"{text} {title}")
            button.clicked.connect(partial(self._wanted, name))
            self.buttons[name] = button
            flow.addWidget(button)
        return box

    def _wanted(self, name: str) -> None:
        self.action.emit(name, self.suggestion.step)
