"""What the rules say: all items of a pack, with their sources."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidencedesk.domain.rules import Phase, RulePack, Status
from evidencedesk.guidance.selection import GroupedItems
from evidencedesk.ui.kit.labels import PageTitle, SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card, Divider, VerticalScroll
from evidencedesk.ui.law.item_card import ItemRow
from evidencedesk.ui.law.presenter import LawPresenter, LawState
from evidencedesk.ui.law.sections import Section
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Words, mark

_ALL = "all"
_PHASES: dict[Phase, str] = {
    Phase.BEFORE: mark("Before anyone comes"),
    Phase.DOOR: mark("At the door"),
    Phase.CONVERSATION: mark("While talking"),
    Phase.AFTER: mark("Afterwards"),
    Phase.ANY: mark("At any time"),
}
_STATUSES: dict[Status, tuple[str, Kind]] = {
    Status.ADVICE: (mark("Advice, not law"), "warn"),
    Status.GUIDELINE: (mark("Guideline"), "accent"),
    Status.STANDARD: (mark("Standard"), "accent"),
    Status.LAW: (mark("Law"), "accent"),
    Status.REPEALED: (mark("No longer in force"), "bad"),
}


class LawPage(QWidget):
    """Reads a pack out; nothing can be changed here."""

    def __init__(self, presenter: LawPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._shown: object = None
        self._title = PageTitle(parent=self)
        self._status = TextLabel(tone="sub", parent=self, wrap=True)
        self._kind = Pill(parent=self)
        self.packs = QComboBox(self)
        self.phases = SegmentedControl(
            [Segment(_ALL), *(Segment(phase.value) for phase in _PHASES if phase is not Phase.ANY)],
            small=True,
            parent=self,
        )
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self._found = TextLabel(tone="faint", parent=self)
        self.about = Card(self)
        self.about.column.setContentsMargins(18, 12, 18, 12)
        self._about_text = TextLabel(tone="sub", parent=self.about, wrap=True)
        self._advice = TextLabel(tone="warn", parent=self.about, wrap=True)
        self.cards: list[QWidget] = []
        self._lay_out()
        self.packs.activated.connect(presenter.choose_pack)
        self.phases.clicked.connect(self._phase_clicked)
        self.search.textChanged.connect(presenter.search)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    @Slot(object)
    def render_state(self, state: LawState) -> None:
        """Show what was chosen."""
        words = self._words.words
        pack = state.pack
        self.phases.set_current(_ALL if state.phase is None else state.phase.value)
        self._status.setText(status_line(words, pack))
        msgid, kind = _STATUSES[pack.status]
        self._kind.show_text(words.text(msgid), kind)
        self._about_text.setText(pack.about.in_language(words.language))
        self._found.setText(
            words.plural("{n} item", "{n} items", state.found)
            if state.found
            else words.text("Nothing found for “{query}”", query=state.query)
        )
        drawn = (state.shown, words)
        if drawn != self._shown:
            self._shown = drawn
            self._show_sections(state.shown)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Law and limits"))
        self.packs.setAccessibleName(t("Which rules"))
        self.packs.blockSignals(True)
        self.packs.clear()
        for pack in self._presenter.state.packs:
            self.packs.addItem(pack.title.in_language(self._words.language))
        self.packs.setCurrentIndex(self._presenter.state.chosen)
        self.packs.blockSignals(False)
        self.packs.setVisible(self.packs.count() > 1)
        self.phases.set_label(_ALL, t("All"))
        for phase, msgid in _PHASES.items():
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
        title_row = QHBoxLayout()
        title_row.setSpacing(10)
        title_row.addWidget(self._title)
        title_row.addWidget(self._kind)
        title_row.addStretch(1)
        title_row.addWidget(self.packs)
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.phases)
        tools.addWidget(self._found)
        tools.addStretch(1)
        tools.addWidget(self.search)
        self.search.setMinimumWidth(180)
        header = QVBoxLayout()
        header.setContentsMargins(26, 0, 26, 0)
        header.setSpacing(12)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addLayout(title_row)
        titles.addWidget(self._status)
        header.addLayout(titles)
        header.addLayout(tools)
        self.about.column.setSpacing(4)
        self.about.column.addWidget(self._about_text)
        self.about.column.addWidget(self._advice)
        self._scroll = VerticalScroll(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.column.setContentsMargins(26, 0, 26, 22)
        self._scroll.column.setSpacing(14)
        self._scroll.column.addWidget(self.about)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 22, 0, 0)
        column.setSpacing(14)
        column.addLayout(header)
        column.addWidget(self._scroll, 1)

    def _show_sections(self, sections: tuple[Section, ...]) -> None:
        for card in self.cards:
            self._scroll.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for section in sections:
            heading = SectionTitle(self._words.text(_PHASES[section.phase]), self._scroll.body)
            self._add(heading)
            for group in section.groups:
                self._add(GroupCard(group, self._words.words, self._scroll.body))
        self._scroll.verticalScrollBar().setValue(0)

    def _add(self, widget: QWidget) -> None:
        self.cards.append(widget)
        self._scroll.column.insertWidget(len(self.cards), widget)

    @Slot(str)
    def _phase_clicked(self, segment: str) -> None:
        self._presenter.choose_phase(None if segment == _ALL else Phase(segment))


class GroupCard(Card):
    """The items under one heading."""

    def __init__(self, group: GroupedItems, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setContentsMargins(18, 12, 18, 6)
        self.column.addWidget(TextLabel(group.group.title.in_language(words.language), "faint", self))
        self.rows: list[ItemRow] = []
        for item in group.items:
            if self.rows:
                self.column.addWidget(Divider(self))
            row = ItemRow(item, words, self)
            self.rows.append(row)
            self.column.addWidget(row)


def status_line(words: Words, pack: RulePack) -> str:
    """Which pack, from when, and when somebody last looked at it."""
    title = pack.title.in_language(words.language)
    said = [
        title,
        words.text("version {version}", version=pack.version),
        words.text("of {date}", date=pack.dated.isoformat()),
        words.text("looked through on {date}", date=pack.reviewed.isoformat()),
    ]
    if pack.in_force is not None:
        said.append(words.text("in force since {date}", date=pack.in_force.isoformat()))
    return " · ".join(said)
