"""Screenshots and other files that show a contact: chosen, dropped or pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import Attachment
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.words import UiWords


class ContactFiles(QWidget):
    """The files there are; what is given by the clipboard or the mouse becomes a signal.

    Emits:
        files_given: paths.
        image_given: a ``QImage``.
        open_clicked: the ``Attachment`` to look at.
    """

    files_given = Signal(object)
    image_given = Signal(object)
    open_clicked = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._attachments: tuple[Attachment, ...] = ()
        self._attaching = 0
        self._files = QWidget(self)
        self._row = QHBoxLayout(self._files)
        self._row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._files)
        self.retranslate()

    def watch(self, widget: QWidget) -> None:
        """A picture pasted while ``widget`` has the keyboard belongs to the contact."""
        widget.installEventFilter(self)

    def show_files(self, attachments: tuple[Attachment, ...], attaching: int) -> None:
        """Show other files; ``attaching`` are on their way."""
        if (attachments, attaching) != (self._attachments, self._attaching):
            self._attachments, self._attaching = attachments, attaching
            self.retranslate()

    def retranslate(self) -> None:
        """Draw all of them in the language of the moment."""
        empty_layout(self._row)
        for attachment in self._attachments:
            button = PlainButton(attachment.name, parent=self._files)
            button.make_small()
            button.setAccessibleName(self._words.text("Open {name}", name=attachment.name))
            button.clicked.connect(_Opens(self, attachment).open)
            self._row.addWidget(button)
        if self._attaching:
            text = self._words.text("Being taken in…")
            self._row.addWidget(TextLabel(text, "faint", self._files))
        self.setVisible(bool(self._attachments) or bool(self._attaching))

    def take(self, mime: QMimeData) -> bool:
        """Take in what was dropped or pasted, if it is a picture or a file."""
        paths = paths_of(mime)
        image = mime.imageData() if mime.hasImage() else None
        if paths:
            self.files_given.emit(paths)
        elif isinstance(image, QImage) and not image.isNull():
            self.image_given.emit(image)
        else:
            return False
        return True

    @Slot()
    def paste(self) -> None:
        """A picture or files from the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key of a paste into a watched field; pasted text is the field's own."""
        is_key = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if is_key and event.matches(QKeySequence.StandardKey.Paste):  # type: ignore[attr-defined]
            mime = QGuiApplication.clipboard().mimeData()
            if mime.hasImage() or paths_of(mime):
                if event.type() is QEvent.Type.KeyPress:
                    self.take(mime)
                event.accept()
                return True
        return super().eventFilter(watched, event)


class _Opens(QObject):
    """Remembers which file a button opens."""

    def __init__(self, files: ContactFiles, attachment: Attachment) -> None:
        super().__init__(files)
        self._files = files
        self._attachment = attachment

    @Slot()
    def open(self) -> None:
        """Show it."""
        self._files.open_clicked.emit(self._attachment)


def paths_of(mime: QMimeData) -> list[Path]:
    """The files of a drop or a clipboard."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
