"""The program's icon for Windows (.ico) and macOS (.icns), drawn from its SVG in every size it is shown in.

QT_QPA_PLATFORM=offscreen python packaging/make_icons.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

ICON = Path(__file__).resolve().parents[1] / "resources" / "icons" / "evidencedesk.svg"
_WINDOWS = (16, 20, 24, 32, 40, 48, 64, 256)
_MAC = (16, 32, 64, 128, 256, 512, 1024)


def main(arguments: list[str]) -> int:
    """Draw both files; one line for each."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    application = QApplication.instance() or QApplication([])
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    windows = [drawn(pixels) for pixels in _WINDOWS]
    ico = folder / "evidencedesk.ico"
    # As bitmaps: not every program that reads icons knows the compressed ones.
    windows[-1].save(
        ico, sizes=[one.size for one in windows], append_images=windows[:-1], bitmap_format="bmp"
    )
    mac = [drawn(pixels) for pixels in _MAC]
    icns = folder / "evidencedesk.icns"
    mac[-1].save(icns, append_images=mac[:-1])
    for made in (ico, icns):
        print(made)
    del application
    return 0


def drawn(pixels: int) -> Image.Image:
    """The icon in one size, drawn for it and not scaled."""
    picture = QImage(pixels, pixels, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(ICON)).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (pixels, pixels), bytes(picture.constBits()), "raw", "BGRA")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
