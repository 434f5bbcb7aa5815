"""A letter as sheets of paper, one under the other: white and black by day and by night."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.theme.palette import current_tokens

# A4 in points; the screen shows it smaller or larger.
_WIDTH, _HEIGHT = 595.0, 842.0
_MARGIN = 70.0
_BETWEEN = 14
_STYLE = """
h1 { font-size: 17pt; font-weight: 600; text-align: center; margin: 0 0 12px 0 }
h2 { font-size: 12pt; font-weight: 600; margin: 9px 0 3px 0 }
p { margin: 0 0 4px 0; font-size: 11pt }
p.right { text-align: right }
p.small { font-size: 9pt }
p.cell { font-size: 9pt; margin: 1px }
td { padding: 2px 4px; border: 1px solid #000000 }
"""
_INDENT = "p.text { text-indent: 22px }"
_FONTS = ("Times New Roman", "宋体", "SimSun", "Songti SC", "Noto Serif CJK SC", "Noto Sans CJK SC")


class Sheets(QWidget):
    """Paints the pages; reads out as plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = QTextDocument(self)
        face = QFont()
        face.setFamilies(list(_FONTS))
        face.setPixelSize(14)
        self._document.setDefaultFont(face)
        self._document.setDocumentMargin(_MARGIN)
        self._document.setPageSize(QSizeF(_WIDTH, _HEIGHT))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_page(self, html: str, *, indented: bool) -> None:
        """Show a letter; ``indented`` as Chinese letters are."""
        self._document.setDefaultStyleSheet(_STYLE + (_INDENT if indented else ""))
        self._document.setHtml(html.replace("<table>", '<table border="1" cellspacing="0" width="100%">'))
        self._document.setPageSize(QSizeF(_WIDTH, _HEIGHT))
        self.setAccessibleDescription(self._document.toPlainText())
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.update()

    @property
    def text(self) -> str:
        """The words on it."""
        return self._document.toPlainText()

    @property
    def pages(self) -> int:
        """How many sheets there are."""
        return max(1, self._document.pageCount())

    def heightForWidth(self, width: int) -> int:
        """All sheets, as wide as there is room."""
        return round(self.pages * (width * _HEIGHT / _WIDTH + _BETWEEN))

    def sizeHint(self) -> QSize:
        """A sheet that can be read."""
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        """Small, but a sheet."""
        return QSize(260, 200)

    def resizeEvent(self, _event: object) -> None:
        """The height follows the width."""
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the sheets in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.width() / _WIDTH
        high = self.width() * _HEIGHT / _WIDTH
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor("#000000"))
        for page in range(self.pages):
            top = page * (high + _BETWEEN)
            sheet = QRectF(0, top, self.width(), high)
            if not sheet.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(sheet, QColor("#ffffff"))
            painter.setPen(QColor(current_tokens().edge))
            painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.save()
            painter.setClipRect(sheet)
            painter.translate(0, top)
            painter.scale(scale, scale)
            painter.translate(0, -page * _HEIGHT)
            context.clip = QRectF(0, page * _HEIGHT, _WIDTH, _HEIGHT)
            self._document.documentLayout().draw(painter, context)
            painter.restore()
        if self.hasFocus():
            painter.setPen(QColor(current_tokens().accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class SheetView(VerticalScroll):
    """The sheets, scrolling."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheets = Sheets(self.body)
        self.column.addWidget(self.sheets)
        self.column.addStretch(1)

    def show_page(self, html: str, *, indented: bool) -> None:
        """Show a letter where it was scrolled to."""
        self.sheets.show_page(html, indented=indented)
