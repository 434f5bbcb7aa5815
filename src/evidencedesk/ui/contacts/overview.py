"""The picture of one case: days, hours, the list, and at the side today's counts and the editor."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.guidance.approaches import Approach
from evidencedesk.guidance.contact_picture import (
    ATTEMPTS_PER_DAY,
    CONNECTED_PER_DAY,
    DayCount,
    arrivals,
    closed_hours,
    day_calls,
    day_counts,
    hour_counts,
    week_count,
)
from evidencedesk.ui.contacts.contact_table import ContactTable
from evidencedesk.ui.contacts.heat_map import HeatMap
from evidencedesk.ui.contacts.hour_strip import HourStrip, closed_text
from evidencedesk.ui.contacts.presenter import ContactsState
from evidencedesk.ui.contacts.rows import Kept, rows_of
from evidencedesk.ui.contacts.today_card import Today, TodayCard
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.theme.text_size import at_least_high, fix_width, free_width, scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Words

_SIDE_WIDTH, _SIDE_IN_NARROW = 300, 284
_NARROW, _STACKED = 940, 700
_BESIDE, _UNDER = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_CLOSED_LINES = 3


class Overview(QWidget):
    """Draws a state of the contacts; ``editor`` stands at its side."""

    def __init__(self, words: UiWords, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._kept: Kept = {}
        self._drawn: tuple[object, ...] = ()
        self._drawn_words: Words | None = None
        self.heat_map = HeatMap(words, self)
        self.hours = HourStrip(words, self)
        self.closed = [ElidedLabel(tone="faint", parent=self) for _ in range(_CLOSED_LINES)]
        self.list_card = Card(self)
        self._list_title = SectionTitle(parent=self.list_card)
        self.all_button = PlainButton(parent=self.list_card)
        self.table = ContactTable(words, self.list_card)
        self.empty = EmptyState("phone", self.list_card)
        self.today = TodayCard(words, self)
        self._side = VerticalScroll(self)
        self._lay_out(editor)

    def show_state(self, state: ContactsState) -> None:
        """With ten thousand contacts it is drawn only where it changed."""
        if state.case_file is None:
            self._show_nothing(state)
            return
        words = self._words.words
        drawn = (state.case_file, state.findings, state.packs, state.day, state.today)
        if words is self._drawn_words and _same(drawn, self._drawn):
            self.table.choose(state.chosen)
            return
        if self._drawn and (self._drawn[2] is not state.packs or words is not self._drawn_words):
            self._kept.clear()
        self._drawn, self._drawn_words = drawn, words
        self._show_picture(state, state.case_file)
        rows = rows_of(state.case_file, state.findings, state.packs, words, self._kept)
        self.table.show_rows(rows, state.day, state.chosen)
        self._show_list(state.day)

    def retranslate(self) -> None:
        """Write what never changes in the language of the moment."""
        t = self._words.text
        self.heat_map.setAccessibleName(t("Contacts by day"))
        self.all_button.setText(t("Show all days"))
        self.all_button.setAccessibleName(t("Show all days"))
        self.table.setAccessibleName(t("Contacts"))
        self.table.contacts.set_headings((t("When"), t("Kind"), t("Who"), t("What"), t("Result")))
        self.empty.set_texts(
            t("No contact yet"),
            t("Each time they get in touch, touch one of the buttons above. Details can be added later."),
        )

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest part: in a narrow window they stand under each other."""
        whole = super().minimumSizeHint()
        side = self._side.minimumSizeHint().width()
        return QSize(max(self.heat_map.minimumSizeHint().width() + 32, side), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list needs the room more than the side."""
        super().resizeEvent(event)
        stacked = self.width() < scaled(_STACKED)
        self._row.setDirection(_UNDER if stacked else _BESIDE)
        self._both.setDirection(_UNDER if stacked else _BESIDE)
        if stacked:
            free_width(self._side)
            self._side.setMinimumHeight(self._side.body.sizeHint().height())
        else:
            fix_width(self._side, _SIDE_IN_NARROW if self.width() < scaled(_NARROW) else _SIDE_WIDTH)
            self._side.setMinimumHeight(0)

    def _show_picture(self, state: ContactsState, file: CaseFile) -> None:
        found = arrivals(file)
        counts = day_counts(found)
        self.heat_map.show_days(counts, state.today, state.day, frozenset(state.findings.breaches))
        self._show_hours(state, hour_counts(found))
        self.today.show_day(_today(state, file, found, counts))

    def _show_hours(self, state: ContactsState, hours: tuple[int, ...]) -> None:
        closed = closed_hours(state.packs)
        self.hours.show_hours(hours, closed)
        for number, label in enumerate(self.closed):
            said = number < len(closed) and state.case_file is not None
            label.setText(closed_text(self._words.words, closed[number]) if said else "")
            label.setVisible(said)

    def _show_list(self, day: date | None) -> None:
        shown = len(self.table.contacts.rows)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self._list_title.setText(
            self._words.plural("{n} contact", "{n} contacts", shown)
            if day is None
            else self._words.text("{day}: {n}", day=day.isoformat(), n=shown)
        )
        self.all_button.setVisible(day is not None)

    def _show_nothing(self, state: ContactsState) -> None:
        self._drawn = ()
        self.heat_map.show_days({}, state.today, None, frozenset())
        self._show_hours(state, (0,) * 24)
        day = DayCount(state.today)
        self.today.show_day(Today(day, day))
        self.table.show_rows((), None, "")
        self._show_list(None)

    def _lay_out(self, editor: QWidget) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._picture())
        left.addWidget(self.list_card, 1)
        self._fill_list_card()
        side = self._side
        fix_width(side, _SIDE_WIDTH)
        side.column.setSpacing(12)
        side.column.addWidget(editor)
        side.column.addWidget(self.today)
        side.column.addStretch(1)
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._row = row = QBoxLayout(_BESIDE, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(side)

    def _picture(self) -> QWidget:
        picture = Card(self)
        picture.column.setContentsMargins(16, 12, 16, 10)
        self._both = both = QBoxLayout(_BESIDE)
        both.setSpacing(22)
        both.addWidget(self.heat_map, 5, Qt.AlignmentFlag.AlignTop)
        strip = QVBoxLayout()
        strip.setSpacing(1)
        strip.addWidget(self.hours)
        for label in self.closed:
            strip.addWidget(label)
        strip.addStretch(1)
        both.addLayout(strip, 4)
        picture.column.addLayout(both)
        return picture

    def _fill_list_card(self) -> None:
        self.list_card.column.setContentsMargins(10, 8, 10, 8)
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 8, 4)
        top.addWidget(self._list_title, 1)
        self.all_button.make_small()
        top.addWidget(self.all_button)
        self.list_card.column.addLayout(top)
        self.list_card.column.addWidget(self.table, 1)
        self.list_card.column.addWidget(self.empty, 1)
        at_least_high(self.table, 72)
        at_least_high(self.empty, 72)


def _today(
    state: ContactsState, file: CaseFile, found: tuple[Approach, ...], counts: dict[date, DayCount]
) -> Today:
    day = state.day or state.today
    return Today(
        counts.get(day, DayCount(day)),
        week_count(counts, day),
        day_calls(file, found, state.packs, CONNECTED_PER_DAY, day),
        day_calls(file, found, state.packs, ATTEMPTS_PER_DAY, day),
        is_today=day == state.today,
    )


def _same(now: tuple[object, ...], before: tuple[object, ...]) -> bool:
    """Whether the very same things are shown. To compare ten thousand contacts would take long."""
    return len(now) == len(before) and all(
        a is b or (not isinstance(a, CaseFile | tuple) and a == b) for a, b in zip(now, before, strict=True)
    )
