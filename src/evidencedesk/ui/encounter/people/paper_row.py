"""One paper of a collector: how it came, when, and its photos."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.domain.case import Document, Shown
from evidencedesk.ui.encounter.people.photo_strip import PhotoStrip
from evidencedesk.ui.encounter.people.photos_presenter import Photo
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.kit.segmented import Segment
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.theme.text_size import letters_of
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import mark

_ANSWERS = (
    (Shown.UNASKED, "ok", mark("Shown")),
    (Shown.WHEN_ASKED, "ok", mark("On request")),
    (Shown.REFUSED, "bad", mark("Refused")),
    (Shown.NOT_ASKED, "quiet", mark("Not asked")),
)


class PaperRow(QWidget):
    """Name and time, what can have happened, and under it the photos once there are any.

    Emits:
        answered: the ``Shown`` that was clicked.
    """

    answered = Signal(str)

    def __init__(self, document: Document, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._words = words
        self._name = ElidedLabel(tone="sub", parent=self)
        self.time = TextLabel(tone="accent", parent=self)
        letters_of(self.time, mono_font(12))
        self.photo = PlainButton(icon_name="camera", parent=self)
        self.photo.make_flat()
        set_look(self.photo, "scale", "thumb")
        self.photo.clicked.connect(self._photo_clicked)
        self.choices = ChoiceChips([Segment(shown.value, kind) for shown, kind, _ in _ANSWERS], self)
        self.choices.clicked.connect(self.answered)
        self.strip = PhotoStrip(words, self)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self._name, 1)
        head.addWidget(self.time)
        head.addWidget(self.photo)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.choices)
        whole.addWidget(self.strip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.strip.hide()

    def show_paper(self, shown: Shown | None, time: str) -> None:
        """How it came and when."""
        t = self._words.text
        name = label(self._words.words, self.document)
        self._name.setText(name)
        self.choices.setAccessibleName(name)
        for one, _, msgid in _ANSWERS:
            spoken = t("{text}: {verdict}", text=name, verdict=label(self._words.words, one))
            self.choices.set_label(one.value, t(msgid), spoken)
        self.choices.set_current(shown.value if shown else "")
        self.time.setText(time)
        self.time.setVisible(bool(time))
        photo = t("Photo: {paper}", paper=name)
        self.photo.setAccessibleName(photo)
        self.photo.setToolTip(photo)
        self.strip.retranslate(name)

    def show_photos(self, photos: tuple[Photo, ...]) -> None:
        """The photos that are on the disk."""
        self.strip.show_photos(photos)
        if photos:
            self.strip.show()

    @Slot()
    def _photo_clicked(self) -> None:
        self.strip.setVisible(self.strip.isHidden())
        if not self.strip.isHidden():
            self.strip.paste.setFocus(Qt.FocusReason.TabFocusReason)
