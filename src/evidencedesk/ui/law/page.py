"""What the rules say, and which rules are in use."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidencedesk.domain.rules import Phase
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.file_choice import FileChoice, SystemFileChoice
from evidencedesk.ui.kit.labels import PageTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.law.items_view import items_view
from evidencedesk.ui.law.other_views import cautions_view, deadlines_view, differences_view
from evidencedesk.ui.law.pack_words import PHASES, STATUSES, status_line
from evidencedesk.ui.law.packs_view import PacksView
from evidencedesk.ui.law.presenter import LawPresenter, LawState, View
from evidencedesk.ui.theme.text_size import at_least_wide
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import mark

_ALL = "all"
_VIEWS = {
    View.ITEMS: mark("Rules"),
    View.PACKS: mark("Packs"),
    View.DIFFERENCES: mark("Where they differ"),
    View.DEADLINES: mark("Deadlines"),
    View.CAUTIONS: mark("Be careful"),
}


class LawPage(QWidget):
    """Reads packs out; nothing in them can be changed here, only which of them are in use."""

    def __init__(
        self,
        presenter: LawPresenter,
        words: UiWords,
        files: FileChoice | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._files = files or SystemFileChoice()
        self._recording = False
        self._shown: object = None
        self._title = PageTitle(parent=self)
        self._status = TextLabel(tone="sub", parent=self, wrap=True)
        self._kind = Pill(parent=self)
        self._due = Pill(kind="warn", parent=self)
        self.views = SegmentedControl(
            [Segment(view.value) for view in View], small=True, parent=self, wraps=True
        )
        self.packs = ElidedComboBox(self)
        self.packs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.packs.setMinimumContentsLength(26)
        self.phases = SegmentedControl(
            [Segment(_ALL), *(Segment(phase.value) for phase in PHASES if phase is not Phase.ANY)],
            small=True,
            parent=self,
            wraps=True,
        )
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self._found = TextLabel(tone="faint", parent=self)
        self.banner = Banner("error", self)
        self.about = Card(self)
        self.about.column.setContentsMargins(18, 12, 18, 12)
        self._about_text = TextLabel(tone="sub", parent=self.about, wrap=True)
        self._advice = TextLabel(tone="warn", parent=self.about, wrap=True)
        self.cards: list[QWidget] = []
        self._lay_out()
        self.views.clicked.connect(self._view_clicked)
        self.packs.activated.connect(self._pack_activated)
        self.phases.clicked.connect(self._phase_clicked)
        self.search.textChanged.connect(presenter.search)
        self.banner.closed.connect(presenter.dismiss)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    @property
    def packs_view(self) -> PacksView | None:
        """The list of packs, while it is shown."""
        return next((card for card in self.cards if isinstance(card, PacksView)), None)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording

    @Slot(object)
    def render_state(self, state: LawState) -> None:
        """Show what was chosen."""
        words, pack = self._words.words, state.pack
        reading = state.view is View.ITEMS
        searching = reading and bool(state.query)
        self.views.set_current(state.view.value)
        self._show_pack_names(state)
        self.phases.set_current(_ALL if state.phase is None else state.phase.value)
        self._status.setText(words.text("In all packs") if searching else status_line(words, pack))
        msgid, kind = STATUSES[pack.status]
        self._kind.show_text(words.text(msgid) if reading and not searching else "", kind)
        due = reading and not searching and state.is_due(pack)
        self._due.show_text(words.text("Due for review") if due else "")
        self._about_text.setText(pack.about.in_language(words.language))
        self._about_text.setVisible(not searching)
        if self.search.text().strip() != state.query:
            self.search.setText(state.query)
        for widget in (self.phases, self._found, self.search, self._status, self.about):
            widget.setVisible(reading)
        self.packs.setVisible(reading and not searching and self.packs.count() > 1)
        self._found.setText(
            words.plural("{n} item", "{n} items", state.found)
            if state.found
            else words.text("Nothing found for “{query}”", query=state.query)
        )
        self._show_problem(state)
        drawn = (
            state.view,
            state.shown,
            state.packs,
            state.in_use,
            state.set_aside,
            state.disagreements,
            words,
        )
        if drawn != self._shown:
            self._shown = drawn
            self._show_cards(state)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Law and limits"))
        self.packs.setAccessibleName(t("Which rules"))
        self.views.setAccessibleName(t("What to read"))
        for view, msgid in _VIEWS.items():
            self.views.set_label(view.value, t(msgid))
        self.phases.set_label(_ALL, t("All"))
        for phase, msgid in PHASES.items():
            if phase is not Phase.ANY:
                self.phases.set_label(phase.value, t(msgid))
        self.search.setPlaceholderText(t("Search"))
        self.search.setAccessibleName(t("Search in the rules"))
        self._advice.setText(
            t(
                "This is not legal advice. What happened is judged by the police, the authorities and the "
                "courts; ask a lawyer when it matters."
            )
        )
        self.render_state(self._presenter.state)

    def _lay_out(self) -> None:
        name = QHBoxLayout()
        name.setSpacing(10)
        for widget in (self._title, self._kind, self._due):
            name.addWidget(widget)
        name.addStretch(1)
        title_row = TurningRow(self)
        title_row.row.addLayout(name, 1)
        title_row.row.addWidget(self.packs)
        finding = QHBoxLayout()
        finding.setSpacing(12)
        finding.addWidget(self._found)
        finding.addStretch(1)
        finding.addWidget(self.search)
        at_least_wide(self.phases, 400)
        tools = TurningRow(self, 12)
        tools.row.addWidget(self.phases, 1)
        tools.row.addLayout(finding)
        at_least_wide(self.search, 180)
        header = QVBoxLayout()
        header.setContentsMargins(26, 0, 26, 0)
        header.setSpacing(10)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(title_row)
        titles.addWidget(self._status)
        header.addLayout(titles)
        header.addWidget(self.views)
        header.addWidget(tools)
        header.addWidget(self.banner)
        self.about.column.setSpacing(4)
        self.about.column.addWidget(self._about_text)
        self.about.column.addWidget(self._advice)
        self._scroll = VerticalScroll(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setProperty("reads", "true")
        self._scroll.column.setContentsMargins(26, 0, 26, 22)
        self._scroll.column.setSpacing(14)
        self._scroll.column.addWidget(self.about)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 22, 0, 0)
        column.setSpacing(14)
        column.addLayout(header)
        column.addWidget(self._scroll, 1)
        tab_as_laid_out(self)

    def _show_pack_names(self, state: LawState) -> None:
        words = self._words.words
        shown = [_pack_name(self._words, state, number) for number in range(len(state.packs))]
        if shown != [self.packs.itemText(number) for number in range(self.packs.count())]:
            self.packs.clear()
            for text, pack in zip(shown, state.packs, strict=True):
                self.packs.addItem(text, pack.id)
        self.packs.setCurrentIndex(self.packs.findData(state.pack.id))
        self.packs.setToolTip(state.pack.title.in_language(words.language))

    def _show_problem(self, state: LawState) -> None:
        words = self._words.words
        self.banner.setVisible(state.problem is not None or state.added is not None)
        if state.problem is not None:
            told = describe(words, state.problem)
            self.banner.set_kind("error")
            self.banner.set_texts(told.what, told.next)
        elif state.added is not None:
            title = state.added.title.in_language(words.language)
            self.banner.set_kind("info")
            self.banner.set_texts(words.text("Added and in use: “{title}”", title=title))
        self.banner.set_actions([], words.text("Dismiss"))

    def _show_cards(self, state: LawState) -> None:
        for card in self.cards:
            self._scroll.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for widget in self._made(state):
            self.cards.append(widget)
            self._scroll.column.insertWidget(len(self.cards), widget)
        self._scroll.verticalScrollBar().setValue(0)

    def _made(self, state: LawState) -> list[QWidget]:
        words, body = self._words.words, self._scroll.body
        if state.view is View.PACKS:
            return [self._packs_view(state)]
        makers = {
            View.ITEMS: items_view,
            View.DIFFERENCES: differences_view,
            View.DEADLINES: deadlines_view,
            View.CAUTIONS: cautions_view,
        }
        return makers[state.view](state, words, body)

    def _packs_view(self, state: LawState) -> PacksView:
        view = PacksView(state, self._words.words, self._scroll.body)
        view.use_clicked.connect(self._presenter.use)
        view.lead_clicked.connect(self._presenter.lead)
        view.read_clicked.connect(self._presenter.choose_pack)
        view.add_clicked.connect(self._add_clicked)
        return view

    @Slot(str)
    def _view_clicked(self, segment: str) -> None:
        self._presenter.choose_view(View(segment))

    @Slot(int)
    def _pack_activated(self, index: int) -> None:
        self._presenter.choose_pack(self.packs.itemData(index))

    @Slot(str)
    def _phase_clicked(self, segment: str) -> None:
        self._presenter.choose_phase(None if segment == _ALL else Phase(segment))

    @Slot()
    def _add_clicked(self) -> None:
        if self._recording:
            return
        for path in self._files.files(self, self._words.text("A rule pack (TOML)"))[:1]:
            self._presenter.add(path)


def _pack_name(words: UiWords, state: LawState, number: int) -> str:
    pack = state.packs[number]
    title = pack.title.in_language(words.language)
    if pack.id in state.in_use:
        return title
    return words.text("{title} (not in use)", title=title)
