"""What to do before anyone comes."""

from __future__ import annotations

import importlib

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider, VerticalScroll
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.words import UiWords

AT_ONCE = 8  # more at one time frightens


class PreparationsCard(Card):
    """The list on the right, kept with the case: the most important at once, the rest one touch away.

    ``contact_entry`` is the place for what writes a contact down.
    """

    item_toggled = Signal(str, bool)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._title = SectionTitle(parent=self)
        self._count = Pill(parent=self)
        self._lead = TextLabel(tone="sub", wrap=True)
        self._list = VerticalScroll(self)
        self.rows: dict[str, CheckRow] = {}
        self.more_button = PlainButton(parent=self._list.body)
        self.more_button.make_flat()
        self.more_button.clicked.connect(self._more_clicked)
        self._all_shown = False
        self._total = 0
        self._lines: dict[str, Divider] = {}
        self.contact_entry = QVBoxLayout()
        self.contact_entry.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        self.column.addLayout(head)
        self.column.addSpacing(2)
        self.column.addWidget(self._lead)
        self.column.addSpacing(8)
        self.column.addWidget(self._list, 1)
        self.column.addLayout(self.contact_entry)

    def render(self, state: RecordState) -> None:  # type: ignore[override]
        """Show the list."""
        t, language = self._words.text, self._words.language
        self._title.setText(t("Before they come"))
        total = len(state.preparations)
        self._count.show_text(
            f"{state.done} / {total}" if total else "", "ok" if state.done == total else "neutral"
        )
        self._count.setAccessibleName(t("{done} of {total} done", done=state.done, total=total))
        self._lead.setText(t("A message says they will come? Do these things first."))
        if list(self.rows) != [one.item.id for one in state.preparations]:
            self._build(state)
        if state.preparations:
            words_of = importlib.import_module("evidencedesk.ui.record.preparation_words")
        for place, one in enumerate(state.preparations):
            row = self.rows[one.item.id]
            row.set_texts(one.item.text.in_language(language), words_of.under_text(self._words, one))
            row.set_hint_tone("hint" if one.suggestion else "faint")
            row.set_checked(bool(one.tick))
            for part in (row, self._lines[one.item.id]):
                part.setVisible(self._all_shown or place < AT_ONCE)
        self._total = total
        self._name_more()

    def _name_more(self) -> None:
        left = self._total - AT_ONCE
        self.more_button.setVisible(left > 0)
        text = (
            self._words.text("Show less")
            if self._all_shown
            else self._words.plural("{n} more thing", "{n} more things", max(1, left))
        )
        self.more_button.setText(text)
        self.more_button.setAccessibleName(text)

    @Slot()
    def _more_clicked(self) -> None:
        self._all_shown = not self._all_shown
        for part in list(self.rows)[AT_ONCE:]:
            self.rows[part].setVisible(self._all_shown)
            self._lines[part].setVisible(self._all_shown)
        self._name_more()

    def _build(self, state: RecordState) -> None:
        column = self._list.column
        column.removeWidget(self.more_button)
        while (item := column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.rows = {}
        self._lines = {}
        for one in state.preparations:
            row = CheckRow(one.item.id, self._list.body)
            row.toggled_by_user.connect(self.item_toggled)
            self.rows[one.item.id] = row
            self._lines[one.item.id] = Divider(self._list.body)
            column.addWidget(self._lines[one.item.id])
            column.addWidget(row)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
