"""Which case the next encounter belongs to, and how to choose another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.labels import ElidedLabel
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.words import UiWords

if TYPE_CHECKING:  # not for the first paint
    from evidencedesk.domain.case import Case

_NEW = ""


class CaseLine(QWidget):
    """Shows the case; the button opens a menu, a new case is named right here."""

    case_clicked = Signal(str)
    new_case_clicked = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._cases: tuple[Case, ...] = ()
        self._name = ElidedLabel(tone="sub")
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.change_button = PlainButton(parent=self)
        self.change_button.make_small()
        self.change_button.clicked.connect(self._change_clicked)
        self.menu = QMenu(self)
        self.menu.triggered.connect(self._menu_triggered)
        self.title_field = QLineEdit(self)
        self.title_field.setMaxLength(200)
        self.title_field.returnPressed.connect(self._create_clicked)
        self.create_button = PrimaryButton(parent=self)
        self.create_button.clicked.connect(self._create_clicked)
        self.cancel_button = PlainButton(parent=self)
        self.cancel_button.clicked.connect(self._cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._name, self.change_button):
            row.addWidget(widget)
        row.addWidget(self.title_field, 1)
        row.addWidget(self.create_button)
        row.addWidget(self.cancel_button)
        row.addStretch(0)
        self._naming(on=False)

    def render(self, state: RecordState) -> None:  # type: ignore[override]
        """Show the case."""
        t = self._words.text
        self._cases = state.cases
        if state.case is None:
            name = t("No case yet: one is opened when you record") if state.ready else ""
        else:
            name = case_text(self._words, state.case)
        if name != self._name.text():
            self._name.setText(name)
            self._name.updateGeometry()
        self.change_button.setText(t("Change"))
        self.change_button.setAccessibleName(t("Change the case"))
        self.change_button.setEnabled(not state.starting)
        self.change_button.setVisible(state.ready and not self.title_field.isVisible())
        self.title_field.setPlaceholderText(t("Name of the case, such as the lender's name"))
        self.title_field.setAccessibleName(t("Name of the new case"))
        self.create_button.setText(t("Open case"))
        self.create_button.setAccessibleName(t("Open case"))
        self.cancel_button.setText(t("Cancel"))
        self.cancel_button.setAccessibleName(t("Cancel"))
        self.menu.setAccessibleName(t("Cases"))

    @Slot()
    def _change_clicked(self) -> None:
        self.menu.clear()
        for case in self._cases:
            self._add(case_text(self._words, case), case.id)
        if self._cases:
            self.menu.addSeparator()
        self._add(self._words.text("New case…"), _NEW)
        self.menu.popup(self.change_button.mapToGlobal(QPoint(0, self.change_button.height() + 4)))

    def _add(self, text: str, case_id: str) -> None:
        action = QAction(text.replace("&", "&&"), self.menu)
        action.setData(case_id)
        self.menu.addAction(action)

    @Slot(QAction)
    def _menu_triggered(self, action: QAction) -> None:
        if action.data() == _NEW:
            self._naming(on=True)
        else:
            self.case_clicked.emit(action.data())

    @Slot()
    def _create_clicked(self) -> None:
        title = self.title_field.text().strip()
        if title:
            self._naming(on=False)
            self.new_case_clicked.emit(title)

    @Slot()
    def _cancel_clicked(self) -> None:
        self._naming(on=False)

    def _naming(self, *, on: bool) -> None:
        self.title_field.clear()
        for widget in (self.title_field, self.create_button, self.cancel_button):
            widget.setVisible(on)
        for other in (self._name, self.change_button):
            other.setVisible(not on)
        if on:
            self.title_field.setFocus()


def case_text(words: UiWords, case: Case) -> str:
    """A case in one line."""
    if case.contract:
        return words.text("Case: {title} · contract {contract}", title=case.title, contract=case.contract)
    return words.text("Case: {title}", title=case.title)
