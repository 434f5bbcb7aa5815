"""A message inside the window, with buttons: nothing waits for it, nothing is covered by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.theme.text_size import at_least_wide

BannerKind = Literal["info", "warn", "error"]
_LEAST_TEXT_PX = 240
_ICONS = {"info": ("info", "accent"), "warn": ("triangle-alert", "warn"), "error": ("circle-alert", "bad")}


class Banner(QFrame):
    """Says what happened; ``action_clicked`` carries the id of a button, ``closed`` the cross."""

    action_clicked = Signal(str)
    closed = Signal()

    def __init__(self, kind: BannerKind = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: BannerKind = kind
        self._action_ids: list[str] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._action)
        self._picture = IconLabel(*_ICONS[kind], 20, self)
        self._title = TextLabel(tone="strong", parent=self, wrap=True)
        self._detail = TextLabel(tone="sub", parent=self, wrap=True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self.close_button = PlainButton(icon_name="x", parent=self)
        self.close_button.make_flat()
        self.close_button.clicked.connect(self.closed)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._detail)
        said = TurningRow(self, 12)
        said.row.addLayout(texts, 1)
        said.row.addLayout(self._actions)
        at_least_wide(self._title, _LEAST_TEXT_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(said, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.set_kind(kind)
        self._detail.hide()

    def set_kind(self, kind: BannerKind) -> None:
        """Colour and picture."""
        self._kind = kind
        set_look(self, "kind", kind)
        name, tone = _ICONS[kind]
        self._picture.set_icon(name, tone)

    def set_texts(self, title: str, detail: str = "") -> None:
        """What happened, and what to do about it."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)

    def set_actions(self, actions: Sequence[tuple[str, str]], close_name: str = "") -> None:
        """Buttons as (id, text); without ``close_name`` there is no cross."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._actions.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._action_ids = [name for name, _ in actions]
        for index, (_, text) in enumerate(actions):
            button = PlainButton(text, parent=self)
            button.setAccessibleName(text)
            self._group.addButton(button, index)
            self._actions.addWidget(button)
        self.close_button.setAccessibleName(close_name)
        self.close_button.setToolTip(close_name)
        self.close_button.setVisible(bool(close_name))

    def button(self, action_id: str) -> PlainButton:
        """The button with this id. Raises ValueError."""
        found = self._group.button(self._action_ids.index(action_id))
        assert isinstance(found, PlainButton)  # noqa: S101 - only PlainButtons are ever added
        return found

    @Slot(int)
    def _action(self, index: int) -> None:
        self.action_clicked.emit(self._action_ids[index])
