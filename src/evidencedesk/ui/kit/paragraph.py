"""Text of several lines that is written once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evidencedesk.ui.kit.labels import TextLabel


def paragraph(text: str, tone: str = "ink", parent: QWidget | None = None) -> TextLabel:
    """A wrapped label whose height follows its width."""
    label = TextLabel(tone=tone, parent=parent, wrap=True)
    # Only text that is set later makes Qt ask for the height that a width needs.
    label.setText(text)
    return label
