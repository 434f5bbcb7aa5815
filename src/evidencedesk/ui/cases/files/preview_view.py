"""What is in a file: a picture, a page, a table, text; or the reason why there is nothing to see."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from evidencedesk.intake.preview import (
    Look,
    NotShown,
    PageShown,
    PictureShown,
    RichShown,
    TableShown,
    TextShown,
)
from evidencedesk.ui.cases.files.pictures import image_of
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.previews import trouble_text

_HEIGHT = 300
_WIDEST_COLUMN = 280


class PictureView(QWidget):
    """A picture, as large as there is room, never larger than it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QImage()

    def show_picture(self, picture: QImage) -> None:
        """Show another one."""
        self.picture = picture
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle."""
        if self.picture.isNull():
            return
        size = self.picture.size()
        room = self.size()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self.rect().center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, self.picture)
        painter.end()


class TameBrowser(QTextBrowser):
    """Shows plain HTML; loads nothing and opens nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Nothing: what a stranger's document wants is not fetched."""
        return None


class PreviewView(QWidget):
    """One of them, with a bar to turn pages or to choose a sheet.

    Emits:
        page_wanted: the number of the page or sheet, from 0.
    """

    page_wanted = Signal(int)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._look: Look | None = None
        self._shown: object = None
        self._page, self._pages = 0, 0
        self.stack = QStackedWidget(self)
        self.said = TextLabel(tone="sub", parent=self, wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture = PictureView(self)
        self.rich = TameBrowser(self)
        self.plain = QPlainTextEdit(self)
        self.plain.setReadOnly(True)
        self.plain.setTabChangesFocus(True)
        self.table = QTableWidget(self)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setCornerButtonEnabled(False)
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setMaximumSectionSize(_WIDEST_COLUMN)
        for widget in (self.said, self.picture, self.rich, self.plain, self.table):
            self.stack.addWidget(widget)
        self.set_height(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._bar = QWidget(self)
        self.back_button = PlainButton("‹", parent=self._bar)
        self.next_button = PlainButton("›", parent=self._bar)
        self._where = TextLabel(tone="sub", parent=self._bar)
        self.sheets = ElidedComboBox(self._bar)
        self._more = TextLabel(tone="faint", parent=self, wrap=True)
        self._lay_out()
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.sheets.activated.connect(self.page_wanted)

    def set_height(self, height: int) -> None:
        """As much as the owner has."""
        self.stack.setFixedHeight(height)

    def show_text(self, text: str) -> None:
        """Say something in place of a look."""
        self._look, self._shown = None, None
        self.said.setText(text)
        self.stack.setCurrentWidget(self.said)
        self._bar.hide()
        self._more.hide()

    def show_look(self, look: Look) -> None:
        """Show what was seen."""
        if (look, self._words.words) == self._shown:
            return
        self._look, self._shown = look, (look, self._words.words)
        self._more.hide()
        self._bar.hide()
        shown = look.shown
        t = self._words.text
        if isinstance(shown, NotShown):
            self.said.setText(trouble_text(self._words.words, shown.trouble.value, shown.width, shown.height))
            self.stack.setCurrentWidget(self.said)
        elif isinstance(shown, PictureShown | PageShown):
            self.picture.show_picture(image_of(shown.raster))
            self.picture.setAccessibleName(t("Picture of the file"))
            self.stack.setCurrentWidget(self.picture)
        elif isinstance(shown, RichShown):
            self.rich.setHtml(shown.html)
            self._show(self.rich, more=shown.more)
        elif isinstance(shown, TextShown):
            self.plain.setPlainText(shown.text)
            self._show(self.plain, more=shown.more)
        else:
            self._fill(shown)
            self._show(self.table, more=shown.more)
        if isinstance(shown, PageShown) and shown.pages > 1:
            self._show_pages(shown)
        if isinstance(shown, TableShown) and len(shown.sheets) > 1:
            self._show_sheets(shown)

    def retranslate(self) -> None:
        """Name everything anew."""
        t = self._words.text
        self.back_button.setAccessibleName(t("Page before"))
        self.next_button.setAccessibleName(t("Next page"))
        self.sheets.setAccessibleName(t("Sheet"))
        for widget in (self.rich, self.plain, self.table):
            widget.setAccessibleName(t("What is in the file"))
        if self._look is not None:
            self.show_look(self._look)

    def _show(self, widget: QWidget, *, more: bool) -> None:
        self.stack.setCurrentWidget(widget)
        self._more.setVisible(more)
        self._more.setText(
            self._words.text("Only the beginning is shown here. Open the file to see all of it.")
        )

    def _show_pages(self, shown: PageShown) -> None:
        self._page, self._pages = shown.page, shown.pages
        self._bar.show()
        self.sheets.hide()
        for widget in (self.back_button, self.next_button, self._where):
            widget.show()
        self.back_button.setEnabled(shown.page > 0)
        self.next_button.setEnabled(shown.page + 1 < shown.pages)
        self._where.setText(
            self._words.text("Page {page} of {pages}", page=shown.page + 1, pages=shown.pages)
        )

    def _show_sheets(self, shown: TableShown) -> None:
        self._bar.show()
        for widget in (self.back_button, self.next_button, self._where):
            widget.hide()
        self.sheets.show()
        self.sheets.clear()
        self.sheets.addItems(shown.sheets)
        self.sheets.setCurrentIndex(shown.sheet)

    def _fill(self, shown: TableShown) -> None:
        self.table.clear()
        self.table.setRowCount(len(shown.rows))
        self.table.setColumnCount(max((len(row) for row in shown.rows), default=0))
        for number, row in enumerate(shown.rows):
            for column, cell in enumerate(row):
                self.table.setItem(number, column, QTableWidgetItem(cell))
        self.table.resizeColumnsToContents()

    def _lay_out(self) -> None:
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addStretch(1)
        for widget in (self.back_button, self._where, self.next_button, self.sheets):
            bar.addWidget(widget)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.stack)
        column.addWidget(self._bar)
        column.addWidget(self._more)
        self._bar.hide()
        self._more.hide()

    @Slot()
    def _back(self) -> None:
        self.page_wanted.emit(max(0, self._page - 1))

    @Slot()
    def _next(self) -> None:
        self.page_wanted.emit(min(self._page + 1, self._pages - 1))
