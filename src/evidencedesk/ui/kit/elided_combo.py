"""A choice whose long name ends in an ellipsis where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter


class ElidedComboBox(QComboBox):
    """Qt cuts the name in the middle of a letter where there is a style sheet. The whole is the tooltip."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        whole = option.currentText
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.shown_in(whole, room.width())
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def shown_in(self, whole: str, width: int) -> str:
        """As much of a name as has room."""
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, width)
        self.setToolTip(whole if shown != whole else "")
        return shown
