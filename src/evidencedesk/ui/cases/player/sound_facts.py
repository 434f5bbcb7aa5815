"""What is known of the file that is heard: its hash, its form, and the ways to it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.case import ImportedSound, Recording
from evidencedesk.ui.cases.case_words import short_hash
from evidencedesk.ui.cases.player.services import Sound
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label


class SoundFacts(QWidget):
    """One line about one file.

    Emits:
        open_clicked, folder_clicked: the ``Recording`` or ``ImportedSound``.
    """

    open_clicked = Signal(object)
    folder_clicked = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.sound: Sound | None = None
        self._several = False
        self.part = ElidedLabel(tone="sub", parent=self)
        self._hash = TextLabel(tone="faint", parent=self)
        self.copy_button = PlainButton(parent=self)
        self.copy_button.make_small()
        self._format = Pill(parent=self)
        self.open_button = PlainButton(parent=self)
        self.folder_button = PlainButton(parent=self)
        facts = QHBoxLayout()
        facts.setSpacing(10)
        for widget in (self._hash, self.copy_button, self._format):
            facts.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for widget in (self.open_button, self.folder_button):
            buttons.addWidget(widget)
        line = TurningRow(self)
        line.row.addWidget(self.part, 1)
        line.row.addLayout(facts)
        line.row.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line)
        for button in (self.open_button, self.folder_button):
            button.make_small()
        self.open_button.clicked.connect(self._open_clicked)
        self.folder_button.clicked.connect(self._folder_clicked)
        self.copy_button.clicked.connect(self._copy_clicked)

    def show_sound(self, sound: Sound | None, *, several: bool) -> None:
        """Tell of another file; of one among ``several`` it is said which."""
        self.sound = sound
        self._several = several
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        sound = self.sound
        self.setVisible(sound is not None)
        if sound is None:
            return
        self.part.setText(self._which(sound))
        self._hash.setText(t("SHA-256 {hash}", hash=short_hash(_sha256(sound))))
        self._hash.setToolTip(_sha256(sound))
        self.copy_button.setText(t("Copy"))
        self.copy_button.setAccessibleName(t("Copy the SHA-256 of the recording"))
        self.copy_button.setEnabled(bool(_sha256(sound)))
        self.open_button.setText(t("Open in another program"))
        self.open_button.setToolTip(t("Opens the original with this computer's own player"))
        self.folder_button.setText(t("Show folder"))
        rate = f"{(sound.rate_hz or 0) / 1000:g}"
        if isinstance(sound, ImportedSound):
            self._format.setText(t("Not recorded here"))
        elif sound.found_file is not None:
            self._format.setText(t("Brought back, FLAC {rate} kHz", rate=rate))
        else:
            self._format.setText(t("Original FLAC {rate} kHz", rate=rate))

    def _which(self, sound: Sound) -> str:
        t = self._words.text
        if isinstance(sound, ImportedSound):
            return sound.name
        if not self._several:
            return ""
        side = label(self._words.words, sound.leg)
        return t("{side} · part {number}", side=side, number=sound.part)

    @Slot()
    def _open_clicked(self) -> None:
        self.open_clicked.emit(self.sound)

    @Slot()
    def _folder_clicked(self) -> None:
        self.folder_clicked.emit(self.sound)

    @Slot()
    def _copy_clicked(self) -> None:
        if self.sound is not None:
            QGuiApplication.clipboard().setText(_sha256(self.sound))
            self.copy_button.setText(self._words.text("Copied"))


def _sha256(sound: Sound) -> str:
    return (sound.file_sha256 or "") if isinstance(sound, Recording) else sound.sha256
