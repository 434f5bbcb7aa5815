"""What came today and this week, beside the limits of the packs in use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.rules import Confidence, RulePack
from evidencedesk.guidance.contact_picture import (
    ATTEMPTS_PER_DAY,
    CONNECTED_PER_DAY,
    DayCount,
    DayLimit,
    day_limits,
)
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords


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

    def show_counts(
        self, day: DayCount, week: DayCount, packs: Sequence[RulePack], *, is_today: bool
    ) -> None:
        """Draw other counts."""
        drawn = (day, week, tuple(packs), is_today, self._words.language)
        if drawn == self._shown:
            return
        self._shown = drawn
        t = self._words.text
        self._heading.setText(t("Today") if is_today else day.day.isoformat())
        connected = day_limits(packs, CONNECTED_PER_DAY)
        attempts = day_limits(packs, ATTEMPTS_PER_DAY)
        rows = [
            *self._counted(t("Answered calls"), day.connected, connected, day.connected_to_one),
            *self._counted(t("Missed calls"), day.attempts, attempts, day.attempts_to_one),
            (t("Messages: {n}", n=day.messages), "ink"),
            (t("Visits: {n}", n=day.visits), "ink"),
            (
                t("To family, work or others: {n}", n=day.third_parties),
                "warn" if day.third_parties else "ink",
            ),
            (self._week(week), "faint"),
        ]
        self.lines = tuple(text for text, _ in rows)
        self._draw(rows)

    def _counted(
        self, what: str, count: int, limits: Sequence[DayLimit], measured: int
    ) -> list[tuple[str, str]]:
        t = self._words.text
        if not limits:
            return [(t("{what}: {n}", what=what, n=count), "ink")]
        rows = []
        for limit in limits:
            pack = limit.pack.title.in_language(self._words.language)
            reported = any(source.confidence is Confidence.REPORTED for source in limit.item.sources)
            pattern = (
                t(
                    "{what}: {n}, limit {limit} ({pack}, as reported)",
                    what=what,
                    n=measured,
                    limit=limit.limit,
                    pack=pack,
                )
                if reported
                else t(
                    "{what}: {n}, limit {limit} ({pack})", what=what, n=measured, limit=limit.limit, pack=pack
                )
            )
            over = measured > limit.limit
            rows.append(
                (t("{line} – over the limit", line=pattern) if over else pattern, "bad" if over else "ink")
            )
        return rows

    def _week(self, week: DayCount) -> str:
        return self._words.text(
            "Seven days: {calls} answered, {missed} missed, {messages} messages, {visits} visits",
            calls=week.connected,
            missed=week.attempts,
            messages=week.messages,
            visits=week.visits,
        )

    def _draw(self, rows: Sequence[tuple[str, str]]) -> None:
        for label in self.findChildren(TextLabel):
            if label is not self._heading:
                self.column.removeWidget(label)
                label.hide()
                label.deleteLater()
        for text, tone in rows:
            self.column.addWidget(paragraph(text, tone, self))
