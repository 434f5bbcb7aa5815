"""What came today and this week, beside the limits of the packs in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.rules import Confidence
from evidencedesk.guidance.contact_picture import DayCalls, DayCount
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_TO_ONE = mark("{total}, to one person {n}, limit {limit}")
_FROM_ONE = mark("{total}, from one number {n}, limit {limit}")
_TONES = {Verdict.BREACHED: "bad", Verdict.NOT_SEEN: "warn"}


@dataclass(frozen=True, slots=True)
class Today:
    """One day and the week that ends with it; calls as each pack with a limit counts them."""

    day: DayCount
    week: DayCount
    connected: tuple[DayCalls, ...] = ()
    attempts: tuple[DayCalls, ...] = ()
    is_today: bool = True


class TodayCard(Card):
    """Counts with their limits, then a line about the week."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self.column.setSpacing(4)
        self._heading = SectionTitle(parent=self)
        self.column.addWidget(self._heading)
        self.lines: tuple[str, ...] = ()

    def show_day(self, shown: Today) -> None:
        """Draw other counts."""
        if (shown, self._words.language) == self._shown:
            return
        self._shown = (shown, self._words.language)
        t = self._words.text
        day = shown.day
        self._heading.setText(t("Today") if shown.is_today else day.day.isoformat())
        rows = [
            *self._calls(t("Answered calls"), day.connected, shown.connected, _TO_ONE),
            *self._calls(t("Missed calls"), day.attempts, shown.attempts, _FROM_ONE),
            (t("Messages: {n}", n=day.messages), "ink"),
            (t("Visits: {n}", n=day.visits), "ink"),
            (
                t("To family, work or others: {n}", n=day.third_parties),
                "warn" if day.third_parties else "ink",
            ),
            (self._week(shown.week), "faint"),
        ]
        self.lines = tuple(text for text, _ in rows)
        self._draw(rows)

    def _calls(self, what: str, total: int, counted: Sequence[DayCalls], apart: str) -> list[tuple[str, str]]:
        if not counted:
            return [(self._words.text("{what}: {n}", what=what, n=total), "ink")]
        return [(self._line(what, total, one, apart), _TONES.get(one.verdict, "ink")) for one in counted]

    def _line(self, what: str, total: int, one: DayCalls, apart: str) -> str:
        """The rule's own count; where it does not count every call, all of them stand before it."""
        t = self._words.text
        counts = {"total": total, "n": one.count, "limit": one.limit}
        counted = t("{n}, limit {limit}", **counts) if one.count == total else t(apart, **counts)
        source = one.pack.title.in_language(self._words.language)
        if any(found.confidence is Confidence.REPORTED for found in one.item.sources):
            source = t("{pack}, as reported", pack=source)
        line = t("{what}: {counted} ({source})", what=what, counted=counted, source=source)
        if one.verdict is Verdict.BREACHED:
            return t("{line} – over the limit", line=line)
        if one.verdict is Verdict.NOT_SEEN:
            return t("{line} – can't be told: they came from several numbers", line=line)
        return line

    def _week(self, week: DayCount) -> str:
        plural = self._words.plural
        return self._words.text(
            "Seven days: {calls} answered, {missed} missed, {messages}, {visits}",
            calls=week.connected,
            missed=week.attempts,
            messages=plural("{n} message", "{n} messages", week.messages),
            visits=plural("{n} visit", "{n} visits", week.visits),
        )

    def _draw(self, rows: Sequence[tuple[str, str]]) -> None:
        for label in self.findChildren(TextLabel):
            if label is not self._heading:
                self.column.removeWidget(label)
                label.hide()
                label.deleteLater()
        for text, tone in rows:
            self.column.addWidget(paragraph(text, tone, self))
