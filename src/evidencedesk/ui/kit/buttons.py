"""Buttons. They take the focus by keyboard only, so that a ring means: here is the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.theme.icons import icon
from evidencedesk.ui.theme.palette import current_tokens


class _Button(QPushButton):
    def __init__(self, text: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if icon_name:
            self.setIcon(icon(icon_name, self._icon_tone()))
            self.setIconSize(QSize(16, 16))

    def _icon_tone(self) -> str:
        return "ink"


class PlainButton(_Button):
    """A button like many."""

    def make_flat(self) -> None:
        """Without a border: for the less important."""
        set_look(self, "flat", "true")

    def make_small(self) -> None:
        """As small as a pill: for a word beside a line of text."""
        set_look(self, "scale", "small")

    def make_tall(self) -> None:
        """High enough for a thumb."""
        set_look(self, "scale", "touch")

    def make_list(self) -> None:
        """One of several lines to choose from: the words begin on the left."""
        set_look(self, "scale", "list")

    def make_icon(self) -> None:
        """An icon and nothing else: it needs an accessible name."""
        set_look(self, "scale", "icon")

    def make_warning(self) -> None:
        """What to be careful of."""
        set_look(self, "tone", "warn")

    def make_danger(self) -> None:
        """For danger: it stands out among its neighbours."""
        set_look(self, "tone", "bad")


class PrimaryButton(_Button):
    """The one thing this page is for."""

    def _icon_tone(self) -> str:
        return "on_fill"


class DangerButton(_Button):
    """Ends or deletes something."""

    def _icon_tone(self) -> str:
        return "on_fill"


class ChipButton(QPushButton):
    """A short word with its key beside it."""

    def __init__(self, text: str = "", key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key = key
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """Room for the word and the key."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._key_width() + (6 if self._key else 0), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The button, and the key as a little cap on its right; long words end in an ellipsis."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - self._key_width() - 25
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        self.setToolTip("" if option.text == self.text() else self.text())
        button_painter = QStylePainter(self)
        button_painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        button_painter.end()
        if not self._key:
            return
        tokens = current_tokens()
        width = self._key_width()
        box = QRect(self.width() - width - 9, (self.height() - 19) // 2, width, 19)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.edge))
        painter.setBrush(tokens.panel)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(tokens.sub)
        painter.setFont(mono_font(11))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()

    def _key_width(self) -> int:
        return 10 + 7 * len(self._key) if self._key else 0
