"""A form that takes files by choosing, dropping or pasting them: receipts of a payment, files of a step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from evidencedesk.ui.cases.review.payments_presenter import Receipt
from evidencedesk.ui.kit.surfaces import Inset


class FilesForm(Inset):
    """Install it as the event filter of its fields, so that a picture pasted there is taken as a file.

    Emits:
        dismissed: the user changed their mind.
        receipts_given: paths or ``QImage`` that show it.
        choose_clicked: the system's dialog is wanted.
    """

    dismissed = Signal()
    receipts_given = Signal(object)
    choose_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def take(self, mime: QMimeData) -> bool:
        """Tell of the files that somebody drops or pastes; whether there were any."""
        found = receipts_in(mime)
        if found:
            self.receipts_given.emit(found)
        return bool(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere on the form."""
        if receipts_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it in."""
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A picture pasted while a field has the keyboard is a file; words go into the field."""
        is_key = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if is_key and event.matches(QKeySequence.StandardKey.Paste):  # type: ignore[attr-defined]
            mime = QGuiApplication.clipboard().mimeData()
            if receipts_in(mime):
                if event.type() is QEvent.Type.KeyPress:
                    self.take(mime)
                event.accept()
                return True
        return super().eventFilter(watched, event)


def receipts_in(mime: QMimeData) -> list[Receipt]:
    """The files, or the picture, that somebody drops or pastes."""
    paths: list[Receipt] = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    image = mime.imageData() if mime.hasImage() and not paths else None
    return [image] if isinstance(image, QImage) and not image.isNull() else paths
