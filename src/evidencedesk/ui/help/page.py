"""The help page: pages on the left, one of them to read, and a field that looks through all."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.domain.search_text import query_words
from evidencedesk.ui.help.presenter import HelpPresenter, HelpState
from evidencedesk.ui.help.reader import HelpReader
from evidencedesk.ui.help.texts import HelpHit
from evidencedesk.ui.help.topics import PAGES
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.labels import PageTitle
from evidencedesk.ui.kit.search_field import SearchField
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.search.found_marks import marks_of
from evidencedesk.ui.search.result_list import ROW_ROLE, ResultList
from evidencedesk.ui.search.rows import Row
from evidencedesk.ui.words import UiWords

_LEFT_WIDTH = 228
_LONGEST = 80
_COPY, _OPEN = "copy", "open"


class HelpPage(QWidget):
    """Everything in it comes from files beside the program."""

    def __init__(self, presenter: HelpPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._words = words
        self._titles: tuple[str, ...] = ()
        self._title = PageTitle(parent=self)
        self.back_button = PlainButton(icon_name="undo-2", parent=self)
        self.field = SearchField(self)
        self.field.setMaxLength(_LONGEST)
        self.list = QListWidget(self)
        self.banner = Banner("info", self)
        self.banner.hide()
        self.reader = HelpReader(self)
        self.found = ResultList(self)
        self.empty = EmptyState("search", self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    @Slot(object)
    def render_state(self, state: HelpState) -> None:
        """Show the page, or what was found. Nothing is read before somebody looks."""
        if not self.isVisible():
            return
        self._show_list(state)
        self.back_button.setEnabled(bool(state.before))
        self._show_address(state)
        if self.field.text() != state.query:
            self.field.setText(state.query)
        if not state.query.strip():
            texts = self.presenter.texts
            self.reader.show_page(texts.page(state.page), texts.folder, state.anchor, state.marked)
            self._stack.setCurrentWidget(self._sheet)
            return
        rows = tuple(self._row(hit, state.query) for hit in state.hits)
        self.found.show_rows(rows)
        t = self._words.text
        self.empty.set_texts(
            t("Nothing found for “{query}”", query=state.query.strip()),
            t("Try fewer or shorter words. Escape shows the page again."),
        )
        self._stack.setCurrentWidget(self.found if rows else self.empty)
        self.field.setAccessibleDescription(rows[0].spoken if rows else self.empty.accessibleName())

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment, the guides as well."""
        t = self._words.text
        self._title.setText(t("Help"))
        self.back_button.setText(t("Back"))
        self.back_button.setToolTip("Alt+←")
        self.field.set_texts(self._words, t("Look through the help"), t("Look through the help  ( / )"))
        self.list.setAccessibleName(t("Pages of the help"))
        self.reader.setAccessibleName(t("Page of the help"))
        self.found.setAccessibleName(t("What was found"))
        self.presenter.set_language(self._words.language)
        self.render_state(self.presenter.state)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks now."""
        super().showEvent(event)
        self.render_state(self.presenter.state)

    def _show_list(self, state: HelpState) -> None:
        titles = tuple(page.title for page in self.presenter.texts.pages)
        if titles != self._titles:
            self._titles = titles
            self.list.blockSignals(True)
            self.list.clear()
            self.list.addItems(list(titles))
            for row, title in enumerate(titles):
                self.list.item(row).setToolTip(title)
            self.list.blockSignals(False)
        self.list.blockSignals(True)
        self.list.setCurrentRow(PAGES.index(state.page))
        self.list.blockSignals(False)

    def _show_address(self, state: HelpState) -> None:
        self.banner.setVisible(bool(state.address))
        if state.address:
            t = self._words.text
            self.banner.set_texts(t("This leads out of the program, to the network."), state.address)
            self.banner.set_actions(
                [(_COPY, t("Copy the address")), (_OPEN, t("Open in the browser"))], t("Dismiss")
            )

    def _row(self, hit: HelpHit, query: str) -> Row:
        title = hit.section.title
        detail = f"{hit.page_title} · {hit.snippet}" if title != hit.page_title else hit.snippet
        return Row(title, detail, marks_of(title, query_words(query)), "circle-help", hit)

    def _lay_out(self) -> None:
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        sheet = Card(self)
        sheet.column.setContentsMargins(1, 6, 1, 6)
        sheet.column.addWidget(self.reader)
        self.reader.setStyleSheet("QTextBrowser { border: 0; background: transparent; padding: 0 }")
        self._sheet = sheet
        for widget in (sheet, self.found, self.empty):
            self._stack.addWidget(widget)
        pages = Card(self)
        pages.column.setContentsMargins(6, 8, 6, 8)
        pages.column.addWidget(self.list)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.field)
        left.addWidget(pages, 1)
        self.field.setFixedWidth(_LEFT_WIDTH)
        pages.setFixedWidth(_LEFT_WIDTH)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.back_button)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 16)
        column.setSpacing(14)
        column.addLayout(head)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        for keys, activated in (("/", self._to_field), ("Alt+Left", presenter.back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(activated)
        self.back_button.clicked.connect(presenter.back)
        self.field.textChanged.connect(presenter.type)
        self.field.returnPressed.connect(self._entered)
        self.field.moved.connect(self.found.move_by)
        self.found.selectionModel().currentChanged.connect(self._row_chosen)
        self.found.activated.connect(self._activated)
        self.found.clicked.connect(self._activated)
        self.list.currentRowChanged.connect(self._page_chosen)
        self.reader.link_clicked.connect(presenter.follow)
        self.banner.action_clicked.connect(self._banner_clicked)
        self.banner.closed.connect(presenter.leave_address)
        presenter.state_changed.connect(self.render_state)
        self._words.language_changed.connect(self.retranslate)

    @Slot()
    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot(int)
    def _page_chosen(self, row: int) -> None:
        if row >= 0:
            self.presenter.show(PAGES[row])

    @Slot()
    def _entered(self) -> None:
        row = self.found.row
        if row is not None and self._stack.currentWidget() is self.found:
            self._open(row)

    @Slot(QModelIndex, QModelIndex)
    def _row_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.field.setAccessibleDescription(row.spoken)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self._open(index.data(ROW_ROLE))

    def _open(self, row: Row) -> None:
        if isinstance(row.hit, HelpHit):
            self.presenter.show(row.hit.place, self.presenter.state.query)
            self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _banner_clicked(self, action: str) -> None:
        if action == _COPY:
            QGuiApplication.clipboard().setText(self.presenter.state.address)
            self.presenter.leave_address()
        elif action == _OPEN:
            self.presenter.open_address()
