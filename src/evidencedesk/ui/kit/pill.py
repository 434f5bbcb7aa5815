"""A small word in a coloured capsule."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from evidencedesk.ui.kit.restyle import set_look

Kind = Literal["neutral", "accent", "ok", "bad", "warn"]


class Pill(QLabel):
    """Says one thing about its neighbour; colour never speaks alone."""

    def __init__(self, text: str = "", kind: Kind = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: Kind) -> None:
        """Change the colour."""
        set_look(self, "kind", kind)

    def show_text(self, text: str, kind: Kind | None = None) -> None:
        """Say something else; an empty text hides the pill."""
        if kind is not None:
            self.set_kind(kind)
        self.setText(text)
        self.setVisible(bool(text))
