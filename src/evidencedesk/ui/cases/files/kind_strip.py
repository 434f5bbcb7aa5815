"""One touch right after taking in: what is it?"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from evidencedesk.domain.case import AttachmentKind
from evidencedesk.ui.cases.case_words import SEPARATOR
from evidencedesk.ui.cases.files.presenter import FilesState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.segmented import Segment
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.theme.text_size import at_least_wide
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.attachment_kinds import kind_text

_NAMED = 5
_LEAST_WIDTH = 680


class KindStrip(Card):
    """Chips for the kinds; one that a name speaks for is marked, and still waits for the touch.

    Emits:
        kind_chosen: the ``AttachmentKind``.
        later_clicked: nobody wants to say now.
    """

    kind_chosen = Signal(object)
    later_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._title = SectionTitle(parent=self)
        self._names = ElidedLabel(tone="sub", parent=self)
        self.chips = ChoiceChips([Segment(kind.value) for kind in AttachmentKind], self)
        # As high as they need at the width they get; their own wish is one chip in each line.
        at_least_wide(self.chips, _LEAST_WIDTH)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.chips.setSizePolicy(policy)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.later_button = PlainButton(parent=self)
        self.later_button.make_flat()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._names, 1)
        head.addWidget(self.later_button)
        self.column.setContentsMargins(16, 10, 16, 12)
        self.column.setSpacing(6)
        self.column.addLayout(head)
        self.column.addWidget(self.chips)
        self.column.addWidget(self._hint)
        self.chips.clicked.connect(self._chip_clicked)
        self.later_button.clicked.connect(self.later_clicked)
        self.hide()

    def show_state(self, state: FilesState) -> None:
        """Ask about what was taken in; hidden when there is nothing to ask."""
        asked, guess = state.asked, state.guess
        self.setVisible(bool(asked))
        if not asked:
            return
        t = self._words.text
        count = len(asked)
        title = t("What is it?") if count == 1 else t("What are these {n} files?", n=count)
        self._title.setText(title)
        names = [one.name for one in asked[:_NAMED]]
        self._names.setText(SEPARATOR.join(names) + (" …" if count > _NAMED else ""))
        self.later_button.setText(t("Later"))
        self.later_button.setAccessibleName(t("Say later what it is"))
        for kind in AttachmentKind:
            self.chips.set_label(kind.value, kind_text(self._words.words, kind))
        self.chips.set_current("" if guess is None else guess.value)
        self.chips.setAccessibleName(title)
        self._hint.setVisible(guess is not None)
        if guess is not None:
            name = kind_text(self._words.words, guess)
            self._hint.setText(t("The name sounds like: {kind}. Touch it to confirm, or another.", kind=name))

    @Slot(str)
    def _chip_clicked(self, kind: str) -> None:
        self.kind_chosen.emit(AttachmentKind(kind))
