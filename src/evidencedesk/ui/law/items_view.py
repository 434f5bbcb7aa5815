"""The items of packs, by phase and heading."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.selection import GroupedItems
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.law.item_card import ItemRow
from evidencedesk.ui.law.pack_words import PHASES
from evidencedesk.ui.law.presenter import LawState
from evidencedesk.wording.language import Words


def items_view(state: LawState, words: Words, parent: QWidget) -> list[QWidget]:
    """A heading for each phase, and for each pack where several were searched."""
    made: list[QWidget] = []
    for one in state.shown:
        for section in one.sections:
            phase = words.text(PHASES[section.phase])
            made.append(SectionTitle(_heading(state, one.pack, phase, words), parent))
            made.extend(GroupCard(group, words, one.pack, parent) for group in section.groups)
    return made


def _heading(state: LawState, pack: RulePack, phase: str, words: Words) -> str:
    if not state.query:
        return phase
    title = pack.title.in_language(words.language)
    if pack.id in state.in_use:
        return words.text("{title} · {phase}", title=title, phase=phase)
    return words.text("{title} (not in use) · {phase}", title=title, phase=phase)


class GroupCard(Card):
    """The items under one heading."""

    def __init__(
        self, group: GroupedItems, words: Words, pack: RulePack, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.column.setContentsMargins(18, 12, 18, 6)
        self.column.addWidget(TextLabel(group.group.title.in_language(words.language), "faint", self))
        self.rows: list[ItemRow] = []
        for item in group.items:
            if self.rows:
                self.column.addWidget(Divider(self))
            row = ItemRow(item, words, self, pack.cautions)
            self.rows.append(row)
            self.column.addWidget(row)
