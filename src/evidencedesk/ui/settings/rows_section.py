"""A card of rows: what is chosen, what it means, and the controls to choose it with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Divider
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.settings.setting import Setting, SettingsSection
from evidencedesk.ui.theme.text_size import at_least_wide
from evidencedesk.ui.words import UiWords

_LEAST_TEXT_PX = 220


class RowsSection(SettingsSection):
    """Each ``add_row`` makes a row and lets it be found."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._settings: list[tuple[Setting, TextLabel, TextLabel]] = []
        self.column.setContentsMargins(18, 7, 18, 7)
        words.language_changed.connect(self.retranslate)

    def add_row(self, name: str, title: str, hint: str, also: str, *controls: QWidget) -> None:
        """A row; title, hint and other names are sentences that are translated when they are shown."""
        heading = TextLabel(tone="strong", parent=self)
        told = TextLabel(tone="faint", parent=self, wrap=True)
        self._settings.append((Setting(name, title, hint, also, controls), heading, told))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(heading)
        texts.addWidget(told)
        at_least_wide(told, _LEAST_TEXT_PX)
        beside = QHBoxLayout()
        beside.setSpacing(10)
        for control in controls:
            beside.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        # Under the words they begin where the words begin.
        beside.addStretch(1)
        row = TurningRow(self)
        row.row.setContentsMargins(0, 9, 0, 9)
        row.row.addLayout(texts, 1)
        row.row.addLayout(beside)
        if self.column.count():
            self.column.addWidget(Divider(self))
        self.column.addWidget(row)

    def settings(self) -> tuple[Setting, ...]:
        """One for each row."""
        return tuple(setting for setting, _, _ in self._settings)

    @Slot()
    def retranslate(self) -> None:
        """Write the rows in the language of the moment."""
        for setting, heading, told in self._settings:
            heading.setText(self._words.text(setting.title))
            told.setText(self._words.text(setting.hint))
