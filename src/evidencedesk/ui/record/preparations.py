"""What to do before anyone comes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider, VerticalScroll
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.words import UiWords


class PreparationsCard(Card):
    """The list on the right, kept with the case."""

    item_toggled = Signal(str, bool)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._title = SectionTitle(parent=self)
        self._count = Pill(parent=self)
        self._lead = TextLabel(tone="sub", wrap=True)
        self._list = VerticalScroll(self)
        self.rows: dict[str, CheckRow] = {}
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
        for one in state.preparations:
            row = self.rows[one.item.id]
            hint = one.item.hint.in_language(language) if one.item.hint else ""
            row.set_texts(one.item.text.in_language(language), hint)
            row.set_checked(bool(one.tick))

    def _build(self, state: RecordState) -> None:
        column = self._list.column
        while (item := column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.rows = {}
        for one in state.preparations:
            row = CheckRow(one.item.id, self._list.body)
            row.toggled_by_user.connect(self.item_toggled)
            self.rows[one.item.id] = row
            column.addWidget(Divider(self._list.body))
            column.addWidget(row)
        column.addStretch(1)
