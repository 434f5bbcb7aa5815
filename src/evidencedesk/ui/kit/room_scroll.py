"""Where large text needs more room than the window has, a page can be scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.theme.text_size import text_scale


class RoomScroll(QScrollArea):
    """Shows its page in full where it fits, which it does with text of the usual size.

    Not ``setWidgetResizable``: that would make a page as high as all it could show, and pages have parts that
    scroll by themselves.
    """

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """A window never outgrows its screen because of large text."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page goes with the window."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page needs another room."""
        if watched is self.page and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own
        """Tab goes where the eye goes, also through rows that were made just now."""
        tab_as_laid_out(self.page)
        return super().focusNextPrevChild(next)

    def _fit(self) -> None:
        # Pages make do with little by themselves: what their layouts call the least is a wish, and only where
        # text is larger it counts.
        least = QSize(0, 0) if text_scale() == 1 else self.page.minimumSizeHint()
        whole, bar = self.maximumViewportSize(), self.verticalScrollBar().sizeHint().width()
        # One bar takes room from the other direction.
        wide = least.width() > whole.width()
        high = least.height() > whole.height() - (bar if wide else 0)
        wide = least.width() > whole.width() - (bar if high else 0)
        room = whole - QSize(bar if high else 0, bar if wide else 0)
        self.page.resize(room.expandedTo(least))
