"""The about page: version, licence, every component with the whole text of its licence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from evidencedesk.domain.notice import Notice
from evidencedesk.ui.about.presenter import AboutPresenter, AboutState
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import PageTitle, SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.about import LICENCE, NO_ADVICE, PRIVACY, REPLACE_QT, WHAT_IT_IS

_LIST_WIDTH, _TEXTS_HEIGHT = 300, 420


class AboutPage(QWidget):
    """``back_clicked``: the reader is done."""

    back_clicked = Signal()

    def __init__(self, presenter: AboutPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._notices: tuple[Notice, ...] = ()
        self.back_button = PlainButton(parent=self)
        self.back_button.make_flat()
        self._title = PageTitle(parent=self)
        self.banner = Banner("error", self)
        self.banner.hide()
        self._said = [TextLabel(tone=tone, parent=self, wrap=True) for tone in ("ink", "sub", "sub", "sub")]
        self.copy_button = PlainButton(icon_name="file-text", parent=self)
        self.copied = TextLabel(tone="ok", parent=self)
        self.details = TextLabel(tone="faint", parent=self, wrap=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._made_of = SectionTitle(parent=self)
        self.list = QListWidget(self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self._qt_title = SectionTitle(parent=self)
        self._qt = TextLabel(tone="sub", parent=self, wrap=True)
        self._qt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.back_button.clicked.connect(self.back_clicked)
        self.copy_button.clicked.connect(presenter.copy_details)
        self.list.currentRowChanged.connect(self._row_changed)
        self.banner.closed.connect(presenter.dismiss_problem)
        presenter.copy_wanted.connect(self._copy)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    @Slot(object)
    def render_state(self, state: AboutState) -> None:
        """Show what is known."""
        t = self._words.text
        self._title.setText(t("EvidenceDesk {version}", version=state.version))
        self.details.setText(state.details)
        self.copy_button.setEnabled(bool(state.details))
        self.copied.setText(
            t("Copied: versions and system, nothing about you or your cases.") if state.copied else ""
        )
        show_problem(self.banner, self._words.words, state.problem)
        if state.notices != self._notices:
            self._notices = state.notices
            self.list.clear()
            for one in state.notices:
                self.list.addItem(" · ".join(part for part in (one.name, one.version, one.licence) if part))
        row = next((at for at, one in enumerate(state.notices) if one.name == state.chosen), -1)
        self.list.setCurrentRow(row)
        if self.text.toPlainText() != state.text:
            self.text.setPlainText(state.text)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.back_button.setText(t("‹ Back to the settings"))
        self.back_button.setAccessibleName(t("Back to the settings"))
        for label, text in zip(self._said, (WHAT_IT_IS, LICENCE, PRIVACY, NO_ADVICE), strict=True):
            label.setText(t(text))
        self.copy_button.setText(t("Copy details for a report"))
        self._made_of.setText(t("Made with"))
        self.list.setAccessibleName(t("Components and their licences"))
        self.text.setAccessibleName(t("Text of the licence"))
        self._qt_title.setText(t("Qt and other libraries under the LGPL"))
        self._qt.setText(t(REPLACE_QT))
        self.render_state(self._presenter.state)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what is there."""
        super().showEvent(event)
        self._presenter.refresh()

    def _lay_out(self) -> None:
        self.text.setFont(mono_font(12, QFont.Weight.Normal))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll = VerticalScroll(self)
        scroll.column.setSpacing(16)
        scroll.column.setContentsMargins(26, 0, 26, 22)
        what, parts, library = Card(self), Card(self), Card(self)
        for card in (what, parts, library):
            card.column.setSpacing(8)
            scroll.column.addWidget(card)
        for label in self._said:
            what.column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.copy_button)
        row.addWidget(self.copied, 1)
        what.column.addLayout(row)
        what.column.addWidget(self.details)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.list)
        beside.addWidget(self.text, 1)
        self.text.setMinimumHeight(_TEXTS_HEIGHT)
        parts.column.addWidget(self._made_of)
        parts.column.addLayout(beside)
        library.column.addWidget(self._qt_title)
        library.column.addWidget(self._qt)
        scroll.column.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(26, 0, 26, 0)
        head.setSpacing(8)
        head.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._title)
        head.addWidget(self.banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(scroll, 1)

    @Slot(int)
    def _row_changed(self, row: int) -> None:
        if 0 <= row < len(self._notices):
            self._presenter.choose(self._notices[row].name)

    @Slot(str)
    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
