"""One line of a card to write in, and what is worth a second look about it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.domain.card_remark import CardRemark
from evidencedesk.ui.encounter.people.incoming import clipboard, is_for_the_card
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.card_remarks import remarks_text

_LONGEST = 500


class CardLine(QLineEdit):
    """Text only: a picture that is pasted or dropped here belongs to the card.

    Emits:
        photo_pasted: Ctrl+V, with a photo on the clipboard and no text.
    """

    photo_pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST)
        self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste what is no text elsewhere."""
        if event.matches(QKeySequence.StandardKey.Paste) and is_for_the_card(clipboard()):
            self.photo_pasted.emit()
            return
        super().keyPressEvent(event)


class CardField(QWidget):
    """Caption, line, remark.

    Emits:
        edited: the text.
    """

    edited = Signal(str)

    def __init__(self, name: str, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._words = words
        self.caption = TextLabel(tone="caption", parent=self, wrap=True)
        self.line = CardLine(self)
        self.line.setObjectName(f"collector-{name}")
        self.line.textEdited.connect(self.edited)
        self.caption.setBuddy(self.line)
        self.remark = TextLabel(tone="remark", parent=self, wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.caption, self.line, self.remark):
            whole.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.remark.hide()

    def show_field(self, caption: str, text: str, remarks: tuple[CardRemark, ...]) -> None:
        """The text as it stands on the card, and the remarks on it."""
        self.caption.setText(caption)
        self.line.setAccessibleName(caption)
        if self.line.text() != text:
            with QSignalBlocker(self.line):
                self.line.setText(text)
        said = remarks_text(self._words.words, remarks) if remarks else ""
        set_look(self.remark, "tone", "remark-ok" if all(one.fine for one in remarks) else "remark")
        self.remark.setText(said)
        self.remark.setVisible(bool(said))
        # Read out after the field's name: a screen reader would pass the line under it by.
        self.line.setAccessibleDescription(said)
