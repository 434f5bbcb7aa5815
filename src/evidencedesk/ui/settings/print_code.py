"""The recovery code on paper: through the system's own dialog; no file of it is left unasked."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from evidencedesk.ui.theme.fonts import mono_font

_MARGIN_MM = 25.0
_TITLE_PT, _CODE_PT, _TEXT_PT = 16, 18, 11


def print_code(parent: QWidget, title: str, code: str, text: str) -> bool:
    """Ask where to print; False when the user left, or the printer refused."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    return paint_code(printer, title, code, text)


def paint_code(printer: QPrinter, title: str, code: str, text: str) -> bool:
    """One page: what it is, the code, and what it is good for."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    page = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
    page.moveTo(0, 0)
    for words, font, size in (
        (title, QFont(parent_family(), _TITLE_PT, QFont.Weight.Bold), _TITLE_PT),
        (code, mono_font(_CODE_PT, QFont.Weight.Bold), _CODE_PT),
        (text, QFont(parent_family(), _TEXT_PT), _TEXT_PT),
    ):
        font.setPointSize(size)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        used = painter.boundingRect(page, flags, words)
        painter.drawText(page, flags, words)
        page.setTop(used.bottom() + used.height() / max(1, words.count("\n") + 1) / 2 + size * 8)
    return painter.end()


def parent_family() -> str:
    """The family that the window writes in."""
    return QFont().family()
