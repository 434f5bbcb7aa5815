"""Speaks of steps whose day has come: a message in the window, a word on the desktop, a number on the rail.

The calendar's day is looked at again and again: a clock that was set and a computer that slept need no care
of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.agenda import Waits
from evidencedesk.domain.case import FollowUpDetails
from evidencedesk.domain.errors import Known
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.reminder import Reminder
from evidencedesk.ui.background import Runner
from evidencedesk.ui.latest_only import LatestOnly
from evidencedesk.ui.messages import Action, Message, Messages
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Words, mark
from evidencedesk.wording.steps import due_words, entry_text

LOOK_EVERY_MS = 60_000
_MANY = 2  # more than so many are said in one message
_KEY = "reminder"
_OPEN, _DONE, _TOMORROW = "open", "done", "tomorrow"
_DEALT_WITH = {
    Waits.TO_DO: mark("Mark as done"),
    Waits.ANSWER: mark("Answered"),
    Waits.PAPER: mark("Dealt with"),
    Waits.REMINDER: mark("Mark as done"),
}


class ReminderServices(Protocol):
    """What reminding asks of the workflows."""

    def now(self) -> Moment:
        """Read the clock."""
        ...

    def due_reminders(self) -> tuple[Reminder, ...]:
        """Find the steps of all cases whose day has come; called on the jobs thread."""
        ...

    def said_today(self) -> frozenset[str]:
        """Give the steps that were spoken of today."""
        ...

    def remember_said(self, steps: Iterable[str]) -> None:
        """Do not speak of these again today."""
        ...

    def finish_step(self, case_id: str, step_id: str) -> FollowUpDetails:
        """Check a step off."""
        ...

    def remind_tomorrow(self, case_id: str, step_id: str) -> None:
        """Say no more of a step today."""
        ...


class Notifier(Protocol):
    """Whoever can say a word outside the window."""

    def notify(self, title: str, text: str) -> None:
        """Say it, where the desktop lets us."""
        ...


class _Spoken:
    """A fact of a message that is itself a sentence, in the language of the moment."""

    def __init__(self, words: UiWords, say: Callable[[Words], str]) -> None:
        self._words = words
        self._say = say

    def __str__(self) -> str:
        return self._say(self._words.words)


class Reminders(QObject):
    """Looks at the start, every minute whether it is another day, and when a case has changed.

    Nothing is said while a recording runs; it is held until after.

    Emits:
        open_wanted: case and step that the user wants to see.
        count_changed: how many steps have had their day come.
        changed: a step was changed from a message.
    """

    open_wanted = Signal(str, str)
    count_changed = Signal(int)
    changed = Signal()

    def __init__(
        self,
        services: ReminderServices,
        jobs: Runner,
        words: UiWords,
        messages: Messages,
        notifier: Notifier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._readings = LatestOnly(jobs, self)
        self._words = words
        self._messages = messages
        self._notifier = notifier
        self._recording = False
        self._held: tuple[Reminder, ...] = ()
        self._count = 0
        self._day: date | None = None
        self._shown: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.tick)
        words.language_changed.connect(self.tell_count)

    def start(self) -> None:
        """Look now, and go on looking."""
        self._timer.start()
        self.look()

    @Slot()
    def tick(self) -> None:
        """Look again when it is another day, later or earlier."""
        if self._services.now().local.date() != self._day:
            self.look()

    @Slot()
    def look(self) -> None:
        """Look on the jobs thread; returns at once."""
        self._day = self._services.now().local.date()
        self._readings.run(self._services.due_reminders, success=self._found, failure=self._failed)

    def set_recording(self, *, running: bool) -> None:
        """Hold everything back while a recording runs."""
        self._recording = running
        if not running and self._held:
            held, self._held = self._held, ()
            self._say(held)

    @Slot()
    def tell_count(self) -> None:
        """Say the number again, for whoever writes it in words."""
        self.count_changed.emit(self._count)

    def _found(self, found: tuple[Reminder, ...]) -> None:
        self._count = len(found)
        self.tell_count()
        for step in self._shown - {one.step.id for one in found}:
            self._messages.withdraw(_key(step))
            self._shown.discard(step)
        if self._recording:
            self._held = found
        else:
            self._say(found)

    def _say(self, found: Sequence[Reminder]) -> None:
        said = self._services.said_today()
        new = [one for one in found if one.step.id not in said]
        if not new:
            return
        self._services.remember_said([one.step.id for one in new])
        if len(new) > _MANY:
            self._say_many(new)
        else:
            for one in new:
                self._say_one(one)
        t = self._words
        # Whoever stands beside the screen reads this as well: no names.
        text = t.plural("{n} step is due", "{n} steps are due", len(new))
        self._notifier.notify(t.text("EvidenceDesk"), text)

    def _say_one(self, one: Reminder) -> None:
        today = self._services.now().local.date()
        self._shown.add(one.step.id)
        self._messages.show(
            Message(
                key=_key(one.step.id),
                kind="info",
                msgid=mark("{what}, {when}"),
                detail_msgid=mark("Case: {title}"),
                facts={
                    "what": _Spoken(self._words, lambda words: entry_text(words, one.entry)),
                    "when": _Spoken(self._words, lambda words: due_words(words, one.entry.day, today)),
                    "title": one.title,
                },
                actions=(
                    Action(_OPEN, mark("Open")),
                    Action(_DONE, _DEALT_WITH[one.entry.waits]),
                    Action(_TOMORROW, mark("Remind me tomorrow")),
                ),
                answer=partial(self._answered, one),
            )
        )

    def _say_many(self, found: Sequence[Reminder]) -> None:
        titles = dict.fromkeys(one.title for one in found)
        self._messages.show(
            Message(
                key=_key(""),
                kind="info",
                msgid=mark("Steps that are due: {n}"),
                detail_msgid=mark("Cases: {titles}"),
                facts={"n": len(found), "titles": " · ".join(titles)},
                actions=(Action(_OPEN, mark("Open the first")),),
                answer=partial(self._answered, found[0]),
            )
        )

    def _answered(self, one: Reminder, answer: str) -> None:
        self._shown.discard(one.step.id)
        if answer == _OPEN:
            self.open_wanted.emit(one.step.case, one.step.id)
            return
        verb = self._services.finish_step if answer == _DONE else self._services.remind_tomorrow
        try:
            verb(one.step.case, one.step.id)
        except Known as problem:
            self._messages.show_error(problem)
            return
        self.changed.emit()
        self.look()

    def _failed(self, problem: Known) -> None:
        self._messages.show_error(problem)


def _key(step: str) -> str:
    return f"{_KEY}-{step}"
