"""One item of the law: what, why, what to say, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.rules import Caution, RuleItem, Who
from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.law.sources import sources_line
from evidencedesk.wording.language import Words, mark

_WHO: dict[Who, tuple[str, Kind]] = {
    Who.USER: (mark("You"), "accent"),
    Who.COLLECTOR_MUST: (mark("They should"), "ok"),
    Who.COLLECTOR_MUST_NOT: (mark("They should not"), "bad"),
}


class ItemRow(QWidget):
    """Everything a pack says about one item."""

    def __init__(
        self,
        item: RuleItem,
        words: Words,
        parent: QWidget | None = None,
        cautions: Iterable[Caution] = (),
    ) -> None:
        super().__init__(parent)
        language = words.language
        text = item.text.in_language(language)
        msgid, kind = _WHO[item.who]
        self.item_id = item.id
        self.setAccessibleName(f"{words.text(msgid)}: {text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 11, 0, 11)
        column.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(paragraph(text, "strong", self), 1)
        first.addWidget(Pill(words.text(msgid), kind, self), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(first)
        if item.hint is not None:
            column.addWidget(paragraph(item.hint.in_language(language), "sub", self))
        if item.say is not None:
            column.addWidget(_say(words, item.say.in_language(language), self))
        column.addWidget(paragraph(sources_line(words, item.sources), "faint", self))
        for caution in cautions:
            if item.id in caution.items:
                column.addWidget(caution_box(words, caution, self))


def caution_box(words: Words, caution: Caution, parent: QWidget) -> Inset:
    """What can hurt the user, with its sources."""
    box = Inset(parent)
    row = QHBoxLayout()
    row.setSpacing(9)
    row.addWidget(IconLabel("triangle-alert", "warn", 16, box), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(3)
    texts.addWidget(paragraph(caution.text.in_language(words.language), "ink", box))
    if caution.sources:
        texts.addWidget(paragraph(sources_line(words, caution.sources), "faint", box))
    row.addLayout(texts, 1)
    box.column.addLayout(row)
    return box


def _say(words: Words, text: str, parent: QWidget) -> Inset:
    box = Inset(parent)
    row = QHBoxLayout()
    row.setSpacing(9)
    row.addWidget(IconLabel("quote", "accent", 16, box), 0, Qt.AlignmentFlag.AlignTop)
    label = paragraph(text, "ink", box)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAccessibleName(words.text("You can say: {sentence}", sentence=text))
    row.addWidget(label, 1)
    box.column.addLayout(row)
    return box
