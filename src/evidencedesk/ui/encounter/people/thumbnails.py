"""Small pictures of photos, as far as this program can open them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from evidencedesk.custody.kept import read_kept
from evidencedesk.domain.errors import Known

HEIGHT = 40
_WIDEST = 80
_MOST_PIXELS = 80_000_000
_MOST_BYTES = 200_000_000
# Formats that can do no more than hold a picture; what a phone calls HEIC is not among them.
_FORMATS = frozenset({b"png", b"jpeg", b"webp", b"gif", b"bmp"})


def thumbnail(path: Path) -> QImage | None:
    """The picture made small; None for what is no picture, is broken or is far too big. Any thread."""
    data = QByteArray(_bytes(path))
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    # A file is what its first bytes say: people rename things.
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    whole = reader.size()
    if reader.format().data() not in _FORMATS or whole.width() * whole.height() > _MOST_PIXELS:
        return None
    if whole.isValid():
        room = QSize(2 * _WIDEST, 2 * HEIGHT)  # sharp on screens with two pixels for one
        if whole.width() > room.width() or whole.height() > room.height():
            reader.setScaledSize(whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    picture = reader.read()
    return None if picture.isNull() else picture


def _bytes(path: Path) -> bytes:
    """A file of the library, sealed or not; nothing of one that is gone or larger than any photo."""
    try:
        return read_kept(path) if path.stat().st_size <= _MOST_BYTES else b""
    except (OSError, Known):
        return b""


def png_bytes(picture: QImage) -> bytes:
    """A picture as a file of its own, no pixel changed. Any thread."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    # Little compression: somebody waits, and a screenshot is small all the same.
    writer.setCompression(20)
    if not writer.write(picture):
        raise ValueError(f"no PNG of {picture.width()} x {picture.height()}: {writer.errorString()}")
    return bytes(data.data())
