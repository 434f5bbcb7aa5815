"""Choices as chips that wrap like words, one of them taken, or none; each as high as a thumb needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.segmented import Segment


class ChoiceChip(QPushButton):
    """One of the choices."""

    def __init__(self, segment: Segment, parent: QWidget) -> None:
        super().__init__(parent)
        self.segment = segment
        self.setCheckable(True)
        self.setProperty("kind", segment.kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """As wide as in bold: taking a choice must not move its neighbours."""
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        text = self.text()
        extra = QFontMetrics(bold).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
        return QSize(hint.width() + max(0, extra), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()


class ChoiceChips(QWidget):
    """Shows which choice is taken and tells which one was clicked; taking it is the owner's decision.

    ``clicked`` carries the choice's id, also when it was taken already.
    """

    clicked = Signal(str)

    def __init__(self, segments: Sequence[Segment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = ""
        self.buttons: dict[str, ChoiceChip] = {}
        self._flow = FlowLayout(self, 4)
        for segment in segments:
            chip = ChoiceChip(segment, self)
            chip.clicked.connect(self._chip_clicked)
            self.buttons[segment.id] = chip
            self._flow.addWidget(chip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def current(self) -> str:
        """The id of the choice taken, or an empty text."""
        return self._current

    def set_current(self, segment_id: str) -> None:
        """Show which choice is taken; an empty text means none."""
        self._current = segment_id
        for name, chip in self.buttons.items():
            chip.setChecked(name == segment_id)

    def set_label(self, segment_id: str, text: str, spoken: str = "") -> None:
        """Name a choice; ``spoken`` says the whole thing for screen readers."""
        chip = self.buttons[segment_id]
        if chip.text() != text:
            chip.setText(text)
            self._flow.invalidate()
            self.updateGeometry()
        chip.setAccessibleName(spoken or text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from choice to choice."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        chips = list(self.buttons.values())
        focused = next((i for i, chip in enumerate(chips) if chip.hasFocus()), None)
        if step and focused is not None:
            chips[(focused + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @Slot()
    def _chip_clicked(self) -> None:
        chip = self.sender()
        self.set_current(self._current)  # Qt has toggled it already; the owner decides
        if isinstance(chip, ChoiceChip):
            self.clicked.emit(chip.segment.id)
