"""The groups of the settings: a list on the left, or a line on top where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.settings.setting import GROUP_NAMES, Group
from evidencedesk.ui.words import UiWords

_LEAST = 160
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class GroupList(QWidget):
    """``chosen`` carries a group; taking it is the owner's decision."""

    chosen = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.buttons: dict[Group, PlainButton] = {}
        self._order = QButtonGroup(self)
        self._order.setExclusive(False)
        self._order.idClicked.connect(self._clicked)
        self._flow = FlowLayout(self, spacing=6)
        for number, group in enumerate(Group):
            button = PlainButton(parent=self)
            button.setCheckable(True)
            button.make_list()
            button.hide()
            self._order.addButton(button, number)
            self.buttons[group] = button
            self._flow.addWidget(button)

    def offer(self, group: Group) -> None:
        """There is something in this group."""
        self.buttons[group].show()

    def set_current(self, group: Group | None) -> None:
        """Show where we are; None while nothing is chosen."""
        for name, button in self.buttons.items():
            button.setChecked(name is group)

    def set_narrow(self, *, narrow: bool) -> None:
        """On top instead of on the left."""
        width = 0 if narrow else max(_LEAST, *(self._width(one) for one in self.buttons.values()))
        for button in self.buttons.values():
            button.setMinimumWidth(width or self._width(button))
        self.setMinimumWidth(width)
        self.setMaximumWidth(16_777_215 if narrow else width)
        vertical = QSizePolicy.Policy.Minimum if narrow else QSizePolicy.Policy.Preferred
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.updateGeometry()

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        for group, button in self.buttons.items():
            button.setText(self._words.text(GROUP_NAMES[group]))
        self.setAccessibleName(self._words.text("Groups of settings"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from group to group."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        shown = [button for button in self.buttons.values() if button.isVisibleTo(self)]
        here = next((place for place, button in enumerate(shown) if button.hasFocus()), None)
        if step and here is not None:
            shown[(here + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @staticmethod
    def _width(button: PlainButton) -> int:
        """Room for the words in bold, as they are written when the group is chosen."""
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = button.text()
        more = QFontMetrics(bold).horizontalAdvance(words) - button.fontMetrics().horizontalAdvance(words)
        return button.sizeHint().width() + max(0, more) + 2

    @Slot(int)
    def _clicked(self, number: int) -> None:
        group = list(self.buttons)[number]
        self.buttons[group].setChecked(not self.buttons[group].isChecked())  # the owner decides
        self.chosen.emit(group)
