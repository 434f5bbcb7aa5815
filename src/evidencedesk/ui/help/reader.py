"""Shows one page of the help in the colours of the moment. Fetches nothing and opens nothing by itself."""

from __future__ import annotations

from pathlib import Path
from string import Template

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QImage, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from evidencedesk.domain.search_text import query_words
from evidencedesk.ui.help.texts import HelpPage
from evidencedesk.ui.theme.fonts import FAMILIES, MONO_FAMILIES
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import scaled, text_scale
from evidencedesk.ui.theme.tokens import Tokens

_MARGIN, _AIR = 18, 10
_SHEET = Template("""
body { color: $ink; font-family: $fonts; font-size: ${px14}px }
h1 { font-size: ${px22}px; font-weight: 700; margin-top: 4px; margin-bottom: 10px }
h2 { font-size: ${px17}px; font-weight: 700; margin-top: 26px; margin-bottom: 6px }
h3 { font-size: ${px15}px; font-weight: 700; margin-top: 16px; margin-bottom: 4px }
p, li { line-height: 140% }
td, th { line-height: 120% }
p { margin-top: 6px; margin-bottom: 6px }
li { margin-bottom: 4px }
a { color: $accent }
code, pre { font-family: $mono; font-size: ${px13}px; background-color: $bg }
th { text-align: left; background-color: $bg; font-weight: 700 }
table { border-color: $edge; border-style: solid; margin-top: 6px; margin-bottom: 10px }
blockquote { color: $sub }
""")
_PIXELS = (13, 14, 15, 17, 22)
_RENDER_MS = 120


class HelpReader(QTextBrowser):
    """``link_clicked`` carries where a link leads; whoever shows the reader decides what comes of it."""

    link_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: HelpPage | None = None
        self._folder = Path()
        self._anchor = ""
        self._marked = ""
        self._drawn: tuple[object, ...] = ()
        self._scrolled_to = 0
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.anchorClicked.connect(self._anchor_clicked)
        # Dragging a window's edge asks for many widths; the pictures are scaled for the last one.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_RENDER_MS)
        self._later.timeout.connect(self._draw_again)

    def show_page(self, page: HelpPage, folder: Path, anchor: str = "", marked: str = "") -> None:
        """Show a page from an anchor on, with the words marked that led there."""
        self._page, self._folder, self._anchor, self._marked = page, folder, anchor, marked
        self._draw()
        self._scroll()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures that lie beside the guides, no wider than the page; nothing else from nowhere."""
        file = name.toString() if isinstance(name, QUrl) else name
        picture = kind == QTextDocument.ResourceType.ImageResource.value
        if not picture or Path(file).name != file or not (self._folder / file).is_file():
            return None
        image = QImage(str(self._folder / file))
        ratio = self.devicePixelRatioF()
        room = int(self._room() * ratio)
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio if image.width() == room else 1.0)
        return image

    def sizeHint(self) -> QSize:
        """A page to read."""
        return QSize(560, 480)

    def minimumSizeHint(self) -> QSize:
        """A column."""
        return QSize(240, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures as wide as there is room."""
        super().resizeEvent(event)
        self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._later.start()

    def _room(self) -> int:
        # As if the bar were there: it comes when the pictures are in.
        return max(200, self.width() - self.verticalScrollBar().sizeHint().width() - 2 * _MARGIN - 4)

    def _draw(self) -> None:
        tokens = current_tokens()
        drawn = (self._page, self._folder, self._room(), tokens, text_scale(), self._marked)
        if self._page is None or drawn == self._drawn:
            return
        self._drawn = drawn
        self.document().setDefaultStyleSheet(_sheet(tokens))
        self.setHtml(_html(self._page))
        self._mark(tokens)

    @Slot()
    def _draw_again(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        still = bar.value() == self._scrolled_to
        before = self._drawn
        self._draw()
        if still:
            self._scroll()
        elif before != self._drawn:
            bar.setValue(round(share * bar.maximum()))

    def _scroll(self) -> None:
        bar = self.verticalScrollBar()
        if self._anchor:
            self.scrollToAnchor(self._anchor)
            bar.setValue(bar.value() - _AIR)
        else:
            bar.setValue(0)
        self._scrolled_to = bar.value()

    def _mark(self, tokens: Tokens) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        for word in query_words(self._marked):
            found = self.document().find(word)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(found)
                mark.format.setBackground(QColor(tokens.warn_bg))
                mark.format.setForeground(QColor(tokens.warn))
                marks.append(mark)
                found = self.document().find(word, found)
        self.setExtraSelections(marks)

    @Slot(QUrl)
    def _anchor_clicked(self, url: QUrl) -> None:
        self.link_clicked.emit(url.toString())


def _sheet(tokens: Tokens) -> str:
    fonts = ", ".join(f"'{name}'" for name in FAMILIES)
    mono = ", ".join(f"'{name}'" for name in (*MONO_FAMILIES, *FAMILIES))
    return _SHEET.substitute(
        ink=tokens.ink,
        sub=tokens.sub,
        accent=tokens.accent,
        bg=tokens.bg,
        edge=tokens.edge,
        fonts=fonts,
        mono=mono,
        **{f"px{pixels}": str(scaled(pixels)) for pixels in _PIXELS},
    )


def _html(page: HelpPage) -> str:
    parts = []
    for section in page.sections:
        names = "".join(f'<a name="{anchor}"></a>' for anchor in section.anchors)
        level = min(section.level, 3)
        parts.append(f"<h{level}>{names}{_escaped(section.title)}</h{level}>\n{section.html}")
    return "<body>" + "\n".join(parts) + "</body>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
