"""Which case the next encounter belongs to, and how to choose another."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from evidencedesk.domain.case import Case
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.labels import ElidedLabel
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.words import UiWords

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
        self.change = PlainButton(parent=self)
        self.change.make_small()
        self.change.clicked.connect(self._change_clicked)
        self.menu = QMenu(self)
        self.menu.triggered.connect(self._menu_triggered)
        self.title = QLineEdit(self)
        self.title.setMaxLength(200)
        self.title.returnPressed.connect(self._create_clicked)
        self.create = PrimaryButton(parent=self)
        self.create.clicked.connect(self._create_clicked)
        self.cancel = PlainButton(parent=self)
        self.cancel.clicked.connect(self._cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._name, self.change):
            row.addWidget(widget)
        row.addWidget(self.title, 1)
        row.addWidget(self.create)
        row.addWidget(self.cancel)
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
        self.change.setText(t("Change"))
        self.change.setAccessibleName(t("Change the case"))
        self.change.setEnabled(state.ready and not state.starting)
        self.title.setPlaceholderText(t("Name of the case, such as the lender's name"))
        self.title.setAccessibleName(t("Name of the new case"))
        self.create.setText(t("Open case"))
        self.create.setAccessibleName(t("Open case"))
        self.cancel.setText(t("Cancel"))
        self.cancel.setAccessibleName(t("Cancel"))
        self.menu.setAccessibleName(t("Cases"))

    @Slot()
    def _change_clicked(self) -> None:
        self.menu.clear()
        for case in self._cases:
            self._add(case_text(self._words, case), case.id)
        if self._cases:
            self.menu.addSeparator()
        self._add(self._words.text("New case…"), _NEW)
        self.menu.popup(self.change.mapToGlobal(QPoint(0, self.change.height() + 4)))

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
        title = self.title.text().strip()
        if title:
            self._naming(on=False)
            self.new_case_clicked.emit(title)

    @Slot()
    def _cancel_clicked(self) -> None:
        self._naming(on=False)

    def _naming(self, *, on: bool) -> None:
        self.title.clear()
        for widget in (self.title, self.create, self.cancel):
            widget.setVisible(on)
        for other in (self._name, self.change):
            other.setVisible(not on)
        if on:
            self.title.setFocus()


def case_text(words: UiWords, case: Case) -> str:
    """A case in one line."""
    if case.contract:
        return words.text("Case: {title} · contract {contract}", title=case.title, contract=case.contract)
    return words.text("Case: {title}", title=case.title)
