"""The list of what the other side must and must not do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.rules import CheckKind, RuleItem
from evidencedesk.ui.encounter.checklist_presenter import ChecklistState, Line
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card, Divider, VerticalScroll
from evidencedesk.ui.words import UiWords

_CIRCLED_ONE = 0x2460


class DutyRow(QWidget):
    """One duty: its text, its source, and the two buttons."""

    verdict_clicked = Signal(str, str)
    clicked = Signal(str)

    def __init__(self, item: RuleItem, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"duty-{item.id}")
        self._item = item
        self._words = words
        self._text = TextLabel(wrap=True)
        self._automatic = Pill(parent=self)
        self._source = ElidedLabel(tone="faint")
        self.buttons = SegmentedControl(
            [Segment(Verdict.KEPT.value, "ok"), Segment(Verdict.BREACHED.value, "bad")], small=True
        )
        self.buttons.clicked.connect(self._verdict_clicked)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._automatic)
        below.addWidget(self._source, 1)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._text)
        texts.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(10)
        row.addLayout(texts, 1)
        row.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignTop)

    def render(self, line: Line, local_time: str) -> None:  # type: ignore[override]
        """Show the duty and its tick."""
        t, language = self._words.text, self._words.language
        text = self._item.text.in_language(language)
        self._text.setText(text)
        hint = self._item.hint.in_language(language) if self._item.hint else ""
        self._text.setToolTip(hint)
        by_clock = self._item.check.kind is CheckKind.AUTOMATIC
        breached = line.verdict is Verdict.BREACHED
        self._automatic.show_text(t("automatic") if by_clock else "", "bad" if breached else "neutral")
        sources = " · ".join(
            f"{s.document.in_language(language)} {s.place.in_language(language)}" for s in self._item.sources
        )
        if by_clock and local_time:
            now = t("It is {time} now", time=local_time)
            self._source.setText(f"{now} · {sources}")
        else:
            self._source.setText(sources)
        self._label(Verdict.KEPT, t("Kept"), line, text)
        self._label(Verdict.BREACHED, t("Not kept"), line, text)
        self.buttons.setAccessibleName(text)
        self.buttons.set_current(line.verdict.value if line.verdict else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words shows what to say."""
        self.clicked.emit(self._item.id)
        super().mouseReleaseEvent(event)

    def _label(self, verdict: Verdict, word: str, line: Line, text: str) -> None:
        label = word
        if line.tick is not None and line.verdict is verdict and line.tick.at_ms is not None:
            label = f"{word} {short_clock(line.tick.at_ms)}"
        spoken = self._words.text("{text}: {verdict}", text=text, verdict=label)
        self.buttons.set_label(verdict.value, label, spoken)

    @Slot(str)
    def _verdict_clicked(self, verdict: str) -> None:
        self.verdict_clicked.emit(self._item.id, verdict)


class ChecklistCard(Card):
    """The duties under their headings."""

    verdict_clicked = Signal(str, str)
    item_clicked = Signal(str)
    more_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: tuple[str, ...] = ()
        self.rows: dict[str, DutyRow] = {}
        self._headings: list[TextLabel] = []
        self._title = SectionTitle(parent=self)
        self._who = Pill(parent=self)
        self.count = Pill(parent=self)
        self._list = VerticalScroll(self)
        self.more = PlainButton(parent=self)
        self.more.make_flat()
        self.more.clicked.connect(self.more_clicked)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._who)
        head.addStretch(1)
        head.addWidget(self.count)
        self.column.addLayout(head)
        self.column.addSpacing(6)
        self.column.addWidget(self._list, 1)

    def render(self, state: ChecklistState) -> None:  # type: ignore[override]
        """Show the duties."""
        t, language = self._words.text, self._words.language
        self._title.setText(t("The rules"))
        self._who.setText(t("their duties"))
        found = self._words.plural("{n} not kept", "{n} not kept", state.breaches)
        self.count.show_text(found, "bad" if state.breaches else "neutral")
        ids = tuple(line.item.id for _, lines in state.groups for line in lines)
        if ids != self._shown:
            self._build(state)
            self._shown = ids
        for number, (heading, (group, lines)) in enumerate(zip(self._headings, state.groups, strict=True)):
            heading.setText(f"{chr(_CIRCLED_ONE + number)} {group.title.in_language(language)}")
            for line in lines:
                self.rows[line.item.id].render(line, state.local_time)
        more = t("Show fewer") if state.all_shown else t("{count} more…", count=state.hidden)
        self.more.setText(more)
        self.more.setAccessibleName(more)
        self.more.setVisible(bool(state.hidden))

    def _build(self, state: ChecklistState) -> None:
        column = self._list.column
        self.more.setParent(self)
        while (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.more:
                widget.hide()
                widget.deleteLater()
        self.rows, self._headings = {}, []
        body = self._list.body
        for group, lines in state.groups:
            heading = TextLabel(group.title.en, "faint", body)
            heading.setContentsMargins(0, 8 if not self._headings else 12, 0, 2)
            self._headings.append(heading)
            column.addWidget(heading)
            for line in lines:
                row = DutyRow(line.item, self._words, body)
                row.verdict_clicked.connect(self.verdict_clicked)
                row.clicked.connect(self.item_clicked)
                self.rows[line.item.id] = row
                column.addWidget(Divider(body))
                column.addWidget(row)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


def short_clock(milliseconds: int) -> str:
    """Minutes and seconds; hours only when there are some."""
    whole = clock_text(milliseconds)
    return whole.removeprefix("00:")
