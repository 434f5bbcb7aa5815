"""Where packs differ, which clocks they know, and what to be careful with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.rules import Caution, Deadline, RulePack, Topic
from evidencedesk.guidance.selection import cautions_about
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.labels import SectionTitle
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.law.item_card import caution_box
from evidencedesk.ui.law.pack_words import STATUSES, TOPICS, begins_text, length_text, rule_text
from evidencedesk.ui.law.presenter import LawState
from evidencedesk.ui.law.services import Disagreement
from evidencedesk.ui.law.sources import sources_line
from evidencedesk.wording.language import Words


def differences_view(state: LawState, words: Words, parent: QWidget) -> list[QWidget]:
    """Both sides with their sources."""
    t = words.text
    if not state.disagreements:
        return [_nothing(t("The rules in use do not contradict each other"), "", parent)]
    intro = t("Both are shown, and both are checked. A result names the one that was passed.")
    made: list[QWidget] = [paragraph(intro, "sub", parent)]
    return made + [_difference(one, words, parent) for one in state.disagreements]


def deadlines_view(state: LawState, words: Words, parent: QWidget) -> list[QWidget]:
    """How long, from what on, and by which text."""
    cards = [
        _deadlines(pack, pack.deadlines, words, parent)
        for pack in state.packs
        if pack.id in state.in_use and pack.deadlines
    ]
    if not cards:
        return [_nothing(words.text("The rules in use name no deadlines"), "", parent)]
    intro = words.text("A reminder, not legal advice: other facts can start a clock anew or stop it.")
    return [paragraph(intro, "sub", parent), *cards]


def cautions_view(state: LawState, words: Words, parent: QWidget) -> list[QWidget]:
    """What can hurt the user, by topic."""
    made: list[QWidget] = []
    packs = [pack for pack in state.packs if pack.id in state.in_use]
    for topic in Topic:
        found = cautions_about(packs, topic)
        if found:
            made.append(SectionTitle(words.text(TOPICS[topic]), parent))
            made.append(_cautions(found, words, parent))
    return made or [_nothing(words.text("The rules in use name no cautions"), "", parent)]


def _difference(one: Disagreement, words: Words, parent: QWidget) -> Card:
    card = Card(parent)
    card.column.setSpacing(4)
    card.column.addWidget(SectionTitle(rule_text(words, one.rule), card))
    for number, side in enumerate(one.sides):
        card.column.addSpacing(6)
        if number:
            card.column.addWidget(Divider(card))
            card.column.addSpacing(6)
        msgid, kind = STATUSES[side.pack.status]
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(paragraph(side.item.text.in_language(words.language), "strong", card), 1)
        first.addWidget(Pill(words.text(msgid), kind, card), 0, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(first)
        card.column.addWidget(paragraph(side.pack.title.in_language(words.language), "sub", card))
        card.column.addWidget(paragraph(sources_line(words, side.item.sources), "faint", card))
    return card


def _deadlines(pack: RulePack, deadlines: Sequence[Deadline], words: Words, parent: QWidget) -> Card:
    card = Card(parent)
    card.column.setSpacing(4)
    card.column.addWidget(paragraph(pack.title.in_language(words.language), "faint", card))
    for number, one in enumerate(deadlines):
        card.column.addSpacing(6)
        if number:
            card.column.addWidget(Divider(card))
            card.column.addSpacing(6)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(paragraph(one.text.in_language(words.language), "strong", card), 1)
        first.addWidget(Pill(length_text(words, one), "accent", card), 0, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(first)
        card.column.addWidget(paragraph(begins_text(words, one), "sub", card))
        card.column.addWidget(paragraph(sources_line(words, one.sources), "faint", card))
    return card


def _cautions(found: Sequence[Caution], words: Words, parent: QWidget) -> Card:
    card = Card(parent)
    card.column.setSpacing(10)
    for caution in found:
        card.column.addWidget(caution_box(words, caution, card))
    return card


def _nothing(title: str, detail: str, parent: QWidget) -> EmptyState:
    empty = EmptyState("scale", parent)
    empty.set_texts(title, detail)
    return empty
