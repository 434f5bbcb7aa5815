"""Choose one of many encounters: a list in a little window that can be searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.cases.case_words import moment_text
from evidencedesk.ui.cases.review.timeline import breaches
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words

_ID_ROLE = Qt.ItemDataRole.UserRole + 1
_WIDTH, _HEIGHT = 480, 380


@dataclass(frozen=True, slots=True)
class Choice:
    """One encounter in the list."""

    id: str
    text: str


def choices(case_file: CaseFile, words: Words) -> tuple[Choice, ...]:
    """Every encounter with its time, way, length and breaches, the latest first."""
    lengths: Counter[str] = Counter()
    for recording in case_file.recordings:
        end_ms = recording.begins_ms + (recording.duration_ms or 0)
        lengths[recording.encounter] = max(lengths[recording.encounter], end_ms)
    broken = Counter(tick.encounter for tick in breaches(case_file.ticks))
    found = []
    for encounter in reversed(case_file.encounters):
        minutes, seconds = divmod(lengths[encounter.id] // 1000, 60)
        told = [moment_text(words, encounter.opened), label(words, encounter.mode)]
        told.append(f"{minutes}:{seconds:02}" if lengths[encounter.id] else words.text("no sound"))
        if broken[encounter.id]:
            count = broken[encounter.id]
            told.append(words.plural("{n} breach marked", "{n} breaches marked", count))
        found.append(Choice(encounter.id, " · ".join(told)))
    return tuple(found)


class EncounterPicker(QFrame):
    """Emits ``chosen`` with the id of an encounter."""

    chosen = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._words = words
        self._choices: Sequence[Choice] = ()
        self.setObjectName("EncounterPicker")
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.list = QListView(self)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.clicked.connect(self._take)

    def open_at(self, below: QWidget, shown: Sequence[Choice], current: str | None) -> None:
        """Open below a button, with the cursor on the encounter in sight."""
        t = self._words.text
        self._choices = shown
        self.search.clear()
        self.search.setPlaceholderText(t("Search: date, way, number of breaches…"))
        self.search.setAccessibleName(t("Search the encounters"))
        self.list.setAccessibleName(t("Encounters"))
        self._narrow("")
        for row, choice in enumerate(shown):
            if choice.id == current:
                self._choose_row(row)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))
        corner = below.mapToGlobal(QPoint(below.width() - self.width(), below.height() + 4))
        self.move(corner)
        self.show()
        # A popup gets the keyboard only once it is on the screen.
        QTimer.singleShot(0, self.search, self._focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down and Return belong to the list while somebody writes."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
            by = step.get(Qt.Key(event.key()))
            if by is not None:
                row = self.list.currentIndex().row() + by
                self._choose_row(max(0, min(self._model.rowCount() - 1, row)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _choose_row(self, row: int) -> None:
        index = self._model.index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    @Slot()
    def _focus(self) -> None:
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(str)
    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        self._model.clear()
        for choice in self._choices:
            if all(word in choice.text.casefold() for word in wanted):
                item = QStandardItem(choice.text)
                item.setData(choice.id, _ID_ROLE)
                self._model.appendRow(item)
        self._choose_row(0)

    @Slot()
    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.hide()
            self.chosen.emit(index.data(_ID_ROLE))
