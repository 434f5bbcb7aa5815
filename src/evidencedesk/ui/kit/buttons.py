"""Buttons. They take the focus by keyboard only, so that a ring means: here is the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.theme.fonts import font, mono_font
from evidencedesk.ui.theme.icons import icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import icon_size, scaled

# Words of a chip that are too long for one line.
_SMALL_PX, _LINE_PX, _SMALL_LEFT, _MORE_ROOM = 11, 14, 9, 3


class _Button(QPushButton):
    def __init__(self, text: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if icon_name:
            self.setIcon(icon(icon_name, self._icon_tone()))
            icon_size(self, 16)

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

    def make_link(self) -> None:
        """A flat one whose words stand in line with the text above."""
        self.make_flat()
        set_look(self, "scale", "link")

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
        """The button, and the key as a little cap on its right.

        Long words go on two small lines, and end in an ellipsis only where these are too short.
        """
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - self._key_width() - 25
        lines = [option.text]
        if self.fontMetrics().horizontalAdvance(option.text) > room:
            lines = two_lines(option.text, room + _MORE_ROOM, QFontMetrics(font(_SMALL_PX)))
            option.text = ""
        self.setToolTip(
            "" if "".join(lines).replace(" ", "") == self.text().replace(" ", "") else self.text()
        )
        button_painter = QStylePainter(self)
        button_painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        button_painter.end()
        if not option.text:
            self._paint_lines(lines)
        if not self._key:
            return
        tokens = current_tokens()
        width = self._key_width()
        height = scaled(19)
        box = QRect(self.width() - width - 9, (self.height() - height) // 2, width, height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.edge))
        painter.setBrush(tokens.panel)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(tokens.sub)
        painter.setFont(mono_font(11))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()

    def _paint_lines(self, lines: list[str]) -> None:
        painter = QPainter(self)
        painter.setFont(font(_SMALL_PX))
        painter.setPen(current_tokens().ink)
        pitch = scaled(_LINE_PX)
        top = (self.height() - pitch * len(lines)) // 2
        for number, line in enumerate(lines):
            box = QRect(_SMALL_LEFT, top + number * pitch, self.width(), pitch)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()

    def _key_width(self) -> int:
        return scaled(10 + 7 * len(self._key)) if self._key else 0


def two_lines(text: str, room: int, metrics: QFontMetrics) -> list[str]:
    """Break a text once, at a space or after a sign of Chinese; its end may become an ellipsis."""
    breaks = [at for at, sign in enumerate(text, start=1) if sign in " /" or not sign.isascii()]
    fitting = [at for at in breaks if metrics.horizontalAdvance(text[:at].rstrip()) <= room]
    at = fitting[-1] if fitting else 0
    parts = [text[:at].rstrip(), text[at:]]
    return [metrics.elidedText(part, Qt.TextElideMode.ElideRight, room) for part in parts if part]
