"""Photos on the clipboard, or under the mouse."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage


@dataclass(frozen=True)
class Incoming:
    """Files, or (without files) a picture that is no file yet."""

    paths: tuple[Path, ...] = ()
    picture: QImage = field(default_factory=QImage)

    def __bool__(self) -> bool:
        """Whether there is anything to take."""
        return bool(self.paths) or not self.picture.isNull()


def incoming(data: QMimeData | None) -> Incoming:
    """What can be taken in. Files come first: their bytes are the original, a picture made of them is not."""
    if data is None:
        return Incoming()
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Incoming(paths)
    picture = data.imageData() if data.hasImage() else None
    return Incoming(picture=picture) if isinstance(picture, QImage) else Incoming()


def is_for_the_card(data: QMimeData | None) -> bool:
    """Whether pasting into a line of text means a photo: no text, or nothing but names of files."""
    if data is None:
        return False
    if data.hasUrls():
        return any(url.isLocalFile() for url in data.urls())
    return data.hasImage() and not data.hasText()


def clipboard() -> QMimeData | None:
    """What was copied last."""
    return QGuiApplication.clipboard().mimeData()
