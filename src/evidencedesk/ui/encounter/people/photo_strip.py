"""The ways in which a photo comes, and small pictures of those that came."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.ui.amounts import size_text
from evidencedesk.ui.encounter.people.photos_presenter import Photo
from evidencedesk.ui.encounter.people.thumbnails import HEIGHT
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.words import UiWords

_LONGEST_NAME = 20


class PhotoStrip(QWidget):
    """Buttons on top, pictures under them.

    Emits:
        paste_clicked, choose_clicked, camera_clicked: how the next photo is to come.
    """

    paste_clicked = Signal()
    choose_clicked = Signal()
    camera_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._subject = ""
        self._shown: tuple[Photo, ...] = ()
        self.paste = PlainButton(parent=self)
        self.choose = PlainButton(parent=self)
        self.camera = PlainButton(parent=self)
        self.camera.hide()
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.pictures: list[TextLabel] = []
        buttons = FlowLayout(spacing=4)
        for button, clicked in (
            (self.paste, self.paste_clicked),
            (self.choose, self.choose_clicked),
            (self.camera, self.camera_clicked),
        ):
            set_look(button, "scale", "thumb")
            button.clicked.connect(clicked)
            buttons.addWidget(button)
        self._picture_box = QWidget(self)
        self._pictures = FlowLayout(self._picture_box, 4)
        self._picture_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 4)
        whole.setSpacing(4)
        whole.addLayout(buttons)
        whole.addWidget(self._hint)
        whole.addWidget(self._picture_box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._picture_box.hide()

    def retranslate(self, subject: str) -> None:
        """Name everything; ``subject`` is what the photos show."""
        t = self._words.text
        self._subject = subject
        self.paste.setText(t("Paste"))
        self.paste.setAccessibleName(t("Paste a photo: {subject}", subject=subject))
        self.choose.setText(t("Choose…"))
        self.choose.setAccessibleName(t("Choose a photo: {subject}", subject=subject))
        self.camera.setText(t("Take"))
        self.camera.setAccessibleName(t("Take a photo: {subject}", subject=subject))
        self._hint.setText(t("Or drop a photo here."))
        for picture, photo in zip(self.pictures, self._shown, strict=True):
            self._name(picture, photo)

    def show_photos(self, photos: tuple[Photo, ...]) -> None:
        """Replace the pictures."""
        if photos == self._shown:
            return
        self._shown = photos
        for picture in self.pictures:
            self._pictures.removeWidget(picture)
            picture.hide()
            picture.deleteLater()
        self.pictures = []
        for photo in photos:
            picture = TextLabel(tone="faint", parent=self._picture_box)
            self._draw(picture, photo)
            self._name(picture, photo)
            self.pictures.append(picture)
            self._pictures.addWidget(picture)
            picture.show()
        self._picture_box.setVisible(bool(photos))
        self._hint.setVisible(not photos)
        self._picture_box.updateGeometry()

    def _draw(self, picture: TextLabel, photo: Photo) -> None:
        name = photo.kept.name
        if photo.picture is None:
            picture.setText(name if len(name) <= _LONGEST_NAME else f"…{name[-_LONGEST_NAME + 1 :]}")
            return
        ratio = self.devicePixelRatioF()
        drawn = QPixmap.fromImage(photo.picture).scaled(
            QSize(round(2 * HEIGHT * ratio), round(HEIGHT * ratio)),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        drawn.setDevicePixelRatio(ratio)
        picture.setPixmap(drawn)

    def _name(self, picture: TextLabel, photo: Photo) -> None:
        kept = photo.kept
        picture.setToolTip(f"{kept.name}\n{size_text(kept.file_bytes)}\nSHA-256 {kept.sha256}")
        picture.setAccessibleName(self._words.text("Photo: {paper}", paper=f"{self._subject}, {kept.name}"))
