"""Which rules are in use, which of them lead, and what else could be used."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.rules import RulePack
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import SectionTitle
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.law.pack_words import STATUSES, dates_line
from evidencedesk.ui.law.presenter import LawState
from evidencedesk.ui.theme.text_size import fix_size
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Words


class PackRow(QWidget):
    """One pack. The owner draws it anew after each change.

    Emits:
        use_clicked: the pack's id, and whether it shall be in use.
        lead_clicked, read_clicked: the pack's id.
    """

    use_clicked = Signal(str, bool)
    lead_clicked = Signal(str)
    read_clicked = Signal(str)

    def __init__(self, pack: RulePack, state: LawState, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t = words.text
        self.pack_id = pack.id
        in_use = pack.id in state.in_use
        leads = in_use and state.in_use[0] == pack.id
        title = pack.title.in_language(words.language)
        self.box = QCheckBox(self)
        fix_size(self.box, 22, 22)
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.setChecked(in_use)
        self.box.setEnabled(not (in_use and len(state.in_use) == 1))
        self.box.setAccessibleName(t("Use “{title}”", title=title))
        self.box.clicked.connect(self._box_clicked)
        self.pills: list[str] = []
        pills = QWidget(self)
        flow = FlowLayout(pills)
        msgid, kind = STATUSES[pack.status]
        flow.addWidget(self._pill(Pill(t(msgid), kind, pills)))
        if leads:
            flow.addWidget(self._pill(Pill(t("Leads the checklist"), "ok", pills)))
        if state.is_due(pack):
            flow.addWidget(self._pill(Pill(t("Due for review"), "warn", pills)))
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(paragraph(title, "strong", self))
        texts.addWidget(pills)
        if pack.applies_to is not None:
            texts.addWidget(paragraph(pack.applies_to.in_language(words.language), "sub", self))
        texts.addWidget(paragraph(dates_line(words, pack), "faint", self))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.lead_button = PlainButton(t("Let it lead"), parent=self)
        self.lead_button.setAccessibleName(t("Let “{title}” lead the checklist", title=title))
        self.lead_button.setVisible(in_use and not leads)
        self.lead_button.clicked.connect(self._lead_clicked)
        self.read_button = PlainButton(t("Read"), parent=self)
        self.read_button.setAccessibleName(t("Read “{title}”", title=title))
        self.read_button.clicked.connect(self._read_clicked)
        buttons.addWidget(self.lead_button)
        buttons.addWidget(self.read_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(12)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addLayout(buttons)

    def _pill(self, pill: Pill) -> Pill:
        self.pills.append(pill.text())
        return pill

    def _box_clicked(self, checked: bool) -> None:  # noqa: FBT001 - a slot
        self.use_clicked.emit(self.pack_id, checked)

    def _lead_clicked(self) -> None:
        self.lead_clicked.emit(self.pack_id)

    def _read_clicked(self) -> None:
        self.read_clicked.emit(self.pack_id)


class PacksView(QWidget):
    """All packs: those in use, the others, and files that can't be used."""

    use_clicked = Signal(str, bool)
    lead_clicked = Signal(str)
    read_clicked = Signal(str)
    add_clicked = Signal()

    def __init__(self, state: LawState, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t = words.text
        self.rows: dict[str, PackRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        used = [pack for pack in state.packs if pack.id in state.in_use]
        others = [pack for pack in state.packs if pack.id not in state.in_use]
        self._add_packs(t("In use"), used, state, words)
        self._column.addWidget(
            paragraph(
                t(
                    "Every pack in use is checked side by side. The leading one stands first on the screen. "
                    "A change holds from the next encounter on; marks made earlier keep their own words."
                ),
                "faint",
                self,
            )
        )
        self._add_packs(t("Not in use"), others, state, words)
        self._add_set_aside(state, words)
        self.add_button = PlainButton(t("Add a pack of your own…"), "plus", self)
        self.add_button.setAccessibleName(t("Add a rule pack from a file"))
        self.add_button.clicked.connect(self.add_clicked)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_packs(self, heading: str, packs: list[RulePack], state: LawState, words: Words) -> None:
        if not packs:
            return
        self._column.addWidget(SectionTitle(heading, self))
        card = Card(self)
        card.column.setContentsMargins(18, 2, 18, 2)
        for pack in packs:
            if card.column.count():
                card.column.addWidget(Divider(card))
            row = PackRow(pack, state, words, card)
            row.use_clicked.connect(self.use_clicked)
            row.lead_clicked.connect(self.lead_clicked)
            row.read_clicked.connect(self.read_clicked)
            self.rows[pack.id] = row
            card.column.addWidget(row)
        self._column.addWidget(card)

    def _add_set_aside(self, state: LawState, words: Words) -> None:
        if not state.set_aside:
            return
        self._column.addWidget(SectionTitle(words.text("Files that can't be used"), self))
        card = Card(self)
        for one in state.set_aside:
            told = describe(words, one.error)
            card.column.addWidget(paragraph(one.path.name, "strong", card))
            card.column.addWidget(paragraph(f"{told.what} {told.next}", "sub", card))
        self._column.addWidget(card)
