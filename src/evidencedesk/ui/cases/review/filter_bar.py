"""Chips and a field that narrow the timeline."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from evidencedesk.ui.cases.review.line_filter import Group, LineFilter, Origin
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.theme.text_size import at_least_wide
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_GROUPS: dict[Group, str] = {
    Group.BREACHES: mark("Breaches"),
    Group.MARKS: mark("All marks"),
    Group.NOTES: mark("Notes"),
    Group.FAULTS: mark("Gaps and warnings"),
    Group.CONTACTS: mark("Contacts and steps"),
}
_ORIGINS: dict[Origin, str] = {
    Origin.ANYONE: mark("By anyone"),
    Origin.PROGRAM: mark("Automatic"),
    Origin.USER: mark("By me"),
}


class FilterBar(QWidget):
    """The chips; ``origin`` and ``search`` are put where there is room for them.

    Emits ``changed`` with the ``LineFilter``.
    """

    changed = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.groups = {group: PlainButton(parent=self) for group in Group}
        self.origin = ElidedComboBox(self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        at_least_wide(self.search, 90)
        row = FlowLayout(self, spacing=6)
        for button in self.groups.values():
            button.setCheckable(True)
            button.make_small()
            button.clicked.connect(self._changed)
            row.addWidget(button)
        for origin in Origin:
            self.origin.addItem("", origin.value)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.origin.activated.connect(self._changed)
        self.search.textChanged.connect(self._changed)
        self.retranslate()

    @property
    def filter(self) -> LineFilter:
        """What is chosen."""
        chosen = frozenset(group for group, button in self.groups.items() if button.isChecked())
        return LineFilter(chosen, Origin(self.origin.currentData()), self.search.text().strip())

    def clear(self) -> None:
        """Show everything again."""
        for button in self.groups.values():
            button.setChecked(False)
        self.origin.setCurrentIndex(0)
        self.search.clear()
        self._changed()

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        for group, button in self.groups.items():
            button.setText(t(_GROUPS[group]))
            button.setAccessibleName(t("Show only: {what}", what=t(_GROUPS[group])))
        for number, origin in enumerate(Origin):
            self.origin.setItemText(number, t(_ORIGINS[origin]))
        self.origin.setAccessibleName(t("Who wrote it"))
        self.search.setPlaceholderText(t("Words in the timeline"))
        self.search.setAccessibleName(t("Words in the timeline"))

    @Slot()
    def _changed(self) -> None:
        self.changed.emit(self.filter)
