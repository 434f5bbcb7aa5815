"""Steps and deadlines for the calendar that the user keeps elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from evidencedesk.ui.cases.steps.state import StepsState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords


class CalendarCard(Card):
    """Emits ``export_clicked``."""

    export_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._heading = SectionTitle(parent=self)
        self._said = TextLabel(tone="sub", parent=self, wrap=True)
        self.nameless = QCheckBox(self)
        self.nameless.setChecked(True)
        self.button = PlainButton(icon_name="clock", parent=self)
        self.button.clicked.connect(self.export_clicked)
        self._written = TextLabel(tone="faint", parent=self, wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.setSpacing(8)
        for widget in (self._heading, self._said, self.nameless):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self.column.addWidget(self._written)

    @property
    def names(self) -> bool:
        """Whether names and numbers go into the file."""
        return not self.nameless.isChecked()

    def show_state(self, state: StepsState, *, recording: bool) -> None:
        """Show where the last one is; the system's dialog has to wait for a recording."""
        t = self._words.text
        self._heading.setText(t("Calendar"))
        self._said.setText(
            t("A file with all steps and deadlines that your phone's or computer's calendar opens.")
        )
        self.nameless.setText(t("Without names, sums and numbers"))
        self.button.setText(t("Calendar file…"))
        self.button.setEnabled(bool(state.case_id) and not recording)
        self._written.setText(t("Written: {file}", file=state.written) if state.written else "")
        self._written.setVisible(bool(state.written))
