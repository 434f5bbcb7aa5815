"""One recording on the screen: its shape, its state, its hash."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import Gap, Recording, RecordingState
from evidencedesk.domain.moment import clock_text
from evidencedesk.ui.cases.case_words import short_hash
from evidencedesk.ui.cases.services import Peaks
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.sound_picture import SoundPicture
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.words import UiWords


class SoundStrip(QWidget):
    """Picture, length, hash, and two ways to the file.

    Emits:
        position_chosen: recording id and milliseconds.
        play_clicked, folder_clicked: the ``Recording``.
    """

    position_chosen = Signal(str, int)
    play_clicked = Signal(object)
    folder_clicked = Signal(object)

    def __init__(self, recording: Recording, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recording = recording
        self._words = words
        self.picture = SoundPicture(self)
        self.play_button = PlainButton(icon_name="play", parent=self)
        self._length = TextLabel(parent=self)
        self._length.setFont(mono_font(14))
        self._hash = TextLabel(tone="faint", parent=self)
        self.copy_button = PlainButton(parent=self)
        self.copy_button.make_small()
        self.folder_button = PlainButton(icon_name="folder", parent=self)
        self._format = Pill(parent=self)
        self.remark = TextLabel(tone="warn", parent=self, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.play_button)
        row.addWidget(self._length)
        row.addStretch(1)
        for widget in (self._hash, self.copy_button, self._format, self.folder_button):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.picture)
        column.addWidget(self.remark)
        column.addLayout(row)
        self.picture.position_chosen.connect(self._position_chosen)
        self.play_button.clicked.connect(self._play_clicked)
        self.folder_button.clicked.connect(self._folder_clicked)
        self.copy_button.clicked.connect(self._copy_clicked)
        self._write()

    def show_sound(self, peaks: Peaks | None, markers: Sequence[tuple[int, str]]) -> None:
        """Draw what is known of the sound."""
        self.picture.show_sound(peaks or (), self.recording.duration_ms or 0)
        self.picture.set_markers(markers)

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """Say what is missing, in the words of what is certain."""
        t = self._words.text
        said = []
        if self.recording.state is RecordingState.RECOVERED:
            said.append(
                t(
                    "Brought back after an interruption. Everything shown as saved is there; at most "
                    "{seconds} s behind it may be missing. The file as found is kept beside it.",
                    seconds=f"{(self.recording.missing_ms or 0) / 1000:.1f}",
                )
            )
        if gaps:
            seconds = f"{sum(gap.length_ms for gap in gaps) / 1000:.1f}"
            said.append(
                self._words.plural(
                    "{n} gap: {seconds} s were not recorded.",
                    "{n} gaps: {seconds} s were not recorded.",
                    len(gaps),
                    seconds=seconds,
                )
            )
        if self.recording.simulated:
            said.append(t("Simulated: played from a file or made for a test, no real encounter."))
        self.remark.setText(" ".join(said))
        self.remark.setVisible(bool(said))

    def _write(self) -> None:
        t = self._words.text
        recording = self.recording
        finished = recording.state is not RecordingState.RUNNING
        self.picture.setAccessibleName(t("Shape of the sound; left and right move by five seconds"))
        self.play_button.setText(t("Play"))
        self.play_button.setToolTip(t("Opens the original with this computer's own player"))
        self.play_button.setAccessibleName(t("Play the recording of {time}", time=self._clock()))
        self.play_button.setEnabled(finished)
        length = t("still recording") if recording.duration_ms is None else clock_text(recording.duration_ms)
        self._length.setText(length)
        sha256 = recording.file_sha256 or ""
        self._hash.setText(t("SHA-256 {hash}", hash=short_hash(sha256)))
        self._hash.setToolTip(sha256)
        self.copy_button.setText(t("Copy"))
        self.copy_button.setAccessibleName(t("Copy the SHA-256 of the recording"))
        self.copy_button.setEnabled(bool(sha256))
        self.folder_button.setText(t("Show folder"))
        self._format.setText(t("Original FLAC {rate} kHz", rate=f"{recording.rate_hz / 1000:g}"))

    def _clock(self) -> str:
        return f"{self.recording.started.local:%H:%M}"

    @Slot(int)
    def _position_chosen(self, position_ms: int) -> None:
        self.position_chosen.emit(self.recording.id, position_ms)

    @Slot()
    def _play_clicked(self) -> None:
        self.play_clicked.emit(self.recording)

    @Slot()
    def _folder_clicked(self) -> None:
        self.folder_clicked.emit(self.recording)

    @Slot()
    def _copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.recording.file_sha256 or "")
        self.copy_button.setText(self._words.text("Copied"))
