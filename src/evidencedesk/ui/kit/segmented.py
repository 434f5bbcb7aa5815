"""Two or three choices side by side, one of them taken, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.theme.text_size import text_scale

Scale = Literal["normal", "small", "touch"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice; ``kind`` (accent, ok, bad, warn, quiet) colours it when taken."""

    id: str
    kind: str = "accent"


class SegmentButton(QPushButton):
    """One of the choices."""

    def __init__(self, segment: Segment, place: str, scale: Scale, parent: QWidget) -> None:
        super().__init__(parent)
        self.segment = segment
        self.setCheckable(True)
        self.setProperty("kind", segment.kind)
        self.setProperty("place", place)
        self.setProperty("scale", scale)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """As wide as in bold: taking a choice must not move its neighbours."""
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        extra = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(
            self.text()
        )
        return QSize(hint.width() + max(0, extra), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()


class _Lines(FlowLayout):
    """One line with text of the usual size: height for width would change the layout of whole pages."""

    def hasHeightForWidth(self) -> bool:
        """Only large text may need a second line."""
        return text_scale() > 1


class SegmentedControl(QWidget):
    """Shows which choice is taken and tells which one was clicked; taking it is the owner's decision.

    ``clicked`` carries the segment's id, also when it was taken already.
    """

    clicked = Signal(str)

    def __init__(
        self,
        segments: Sequence[Segment],
        *,
        small: bool = False,
        parent: QWidget | None = None,
        scale: Scale | None = None,
        wraps: bool = False,
    ) -> None:
        """``scale`` "touch" is for a thumb: 40 pixels high. One that ``wraps`` may take a second line."""
        super().__init__(parent)
        self._current = ""
        self._wraps = wraps
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons: dict[str, SegmentButton] = {}
        row: QLayout = _Lines(self, 0) if wraps else QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, segment in enumerate(segments):
            place = "first" if index == 0 else "last" if index == len(segments) - 1 else "middle"
            button = SegmentButton(segment, place, scale or ("small" if small else "normal"), self)
            self.buttons[segment.id] = button
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.idClicked.connect(self._button_clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def current(self) -> str:
        """The id of the choice taken, or an empty text."""
        return self._current

    def set_current(self, segment_id: str) -> None:
        """Show which choice is taken; an empty text means none."""
        self._current = segment_id
        for name, button in self.buttons.items():
            button.setChecked(name == segment_id)

    def minimumSizeHint(self) -> QSize:
        """One line with text of the usual size."""
        whole = super().minimumSizeHint()
        if not self._wraps or text_scale() > 1:
            return whole
        return QSize(sum(button.sizeHint().width() for button in self.buttons.values()), whole.height())

    def set_label(self, segment_id: str, text: str, spoken: str = "") -> None:
        """Name a choice; ``spoken`` says the whole thing for screen readers."""
        button = self.buttons[segment_id]
        if button.text() != text:
            button.setText(text)
            button.updateGeometry()
        button.setAccessibleName(spoken or text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from choice to choice."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        buttons = list(self.buttons.values())
        focused = next((i for i, button in enumerate(buttons) if button.hasFocus()), None)
        if step and focused is not None:
            buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @Slot(int)
    def _button_clicked(self, index: int) -> None:
        clicked = list(self.buttons)[index]
        self.set_current(self._current)  # Qt has toggled it already; the owner decides
        self.clicked.emit(clicked)
