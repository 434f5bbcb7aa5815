"""Choose a photo beside the page: the system's dialogs are modal, and nothing modal opens while recording."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from evidencedesk.domain.case import Document
from evidencedesk.ui.words import UiWords


class PhotoFiles(QObject):
    """A window of its own that holds nothing up.

    Emits:
        chosen: the ``Document`` (or None) it was asked for, and the paths.
    """

    chosen = Signal(object, object)

    def __init__(self, words: UiWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._beside = parent
        self._document: Document | None = None
        self.dialog: QFileDialog | None = None

    def ask(self, document: Document | None) -> None:
        """Open it, or bring it to the front."""
        self._document = document
        if self.dialog is None:
            # Qt's own: a native one would be modal on some systems, whatever is asked for.
            self.dialog = QFileDialog(self._beside, "", str(Path.home()))
            self.dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            self.dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            self.dialog.setModal(False)
            self.dialog.setWindowModality(Qt.WindowModality.NonModal)
            self.dialog.filesSelected.connect(self._selected)
        self.dialog.setWindowTitle(self._words.text("Photos for this card"))
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """The page goes."""
        if self.dialog is not None:
            self.dialog.hide()

    @Slot(list)
    def _selected(self, names: list[str]) -> None:
        self.chosen.emit(self._document, tuple(Path(name) for name in names))
