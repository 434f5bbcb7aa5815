"""All keys of the encounter page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from evidencedesk.domain.rules import Marker
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.key_cap import KeyCap
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_KEYS = (
    ("Ctrl+1…8", mark("This rule was not kept")),
    ("Ctrl+Shift+1…8", mark("This rule was kept")),
    ("Ctrl+PgUp/PgDn", mark("Before, door, talk, after")),
    ("Ctrl+Z", mark("Undo the last mark (in a line: the last words)")),
    ("Enter", mark("Keep the note with its second")),
    ("Esc", mark("Back to the notes")),
    ("Ctrl+Shift+S", mark("Stop and save")),
    ("Ctrl+L", mark("Lock; the recording goes on")),
    ("Esc Esc Esc", mark("Hide the window behind an empty sheet")),
    ("F12", mark("These keys")),
    ("Shift+F1", mark("Help beside the notes")),
)


class KeysCard(Card):
    """A list; closes by its button, by Esc or by its key."""

    closed = Signal()

    def __init__(self, words: UiWords, markers: Iterable[Marker], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._markers = tuple(marker for marker in markers if marker.key)
        self.back = PlainButton(parent=self)
        self.back.make_flat()
        self.back.make_tall()
        self.back.clicked.connect(self.closed)
        self._labels: list[TextLabel] = []
        scroll = VerticalScroll(self)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        keys = [*(key for key, _ in _KEYS), *(marker.key for marker in self._markers)]
        for row, key in enumerate(keys):
            label = TextLabel(parent=scroll.body, wrap=True)
            self._labels.append(label)
            grid.addWidget(KeyCap(key, scroll.body), row, 0)
            grid.addWidget(label, row, 1)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        self.column.setContentsMargins(12, 8, 16, 12)
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addStretch(1)
        self.column.addLayout(top)
        self.column.addSpacing(6)
        self.column.addWidget(scroll, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        t = self._words.text
        self.back.setText(t("‹ Back to the rules"))
        self.back.setAccessibleName(t("Back to the rules"))
        texts = [t(text) for _, text in _KEYS]
        texts += [marker.text.in_language(self._words.language) for marker in self._markers]
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
