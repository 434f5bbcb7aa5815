"""Leads through a practice visit by a line above the page; everything can be done in any order."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Slot

from evidencedesk.domain.case import CaseFile, Tick, Verdict
from evidencedesk.domain.errors import Known
from evidencedesk.ui.messages import Action, Message, Messages
from evidencedesk.wording.language import mark

KEY = "practice"
_NEXT = "next"
LOOK_MS = 700


class Try(StrEnum):
    """What the user is asked to try; in this order."""

    MARK = "mark"
    NOTE = "note"
    SOURCE = "source"
    STOP = "stop"


_TRIES = tuple(Try)
_NOT_EVIDENCE = mark("Practice: not evidence. A simulated visit is being recorded.")
_ASKED = {
    Try.MARK: mark(
        "Imagine they tell your debt in the corridor: press “Talk”, find the rule, press “Not kept” (✗)."
    ),
    Try.NOTE: mark("Now write down in a few words what happens, and press Return."),
    Try.SOURCE: mark("Look where a rule comes from: its source stands with it."),
    Try.STOP: mark("That is all you need. Press “Stop and save” when you have looked round."),
}
_OVER = mark("That was practice. A real encounter will stand here in the same way, under “Cases”.")
_OVER_DETAIL = mark("This page is the practice case: look round in it, then delete it here.")


class CaseFiles(Protocol):
    """What the guide looks at."""

    def case_file(self, case_id: str) -> CaseFile:
        """Everything about a case."""
        ...


class PracticeGuide(QObject):
    """One practice, from its beginning to the case page."""

    def __init__(
        self, services: CaseFiles, case_id: str, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._case = case_id
        self._messages = messages
        self.asked = Try.MARK
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_MS)
        self.timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Ask for the first thing."""
        self._ask(Try.MARK)
        self.timer.start()

    @Slot()
    def look(self) -> None:
        """Whoever did what was asked is asked for the next thing."""
        try:
            file = self._services.case_file(self._case)
        except Known:
            return  # the encounter page says it
        if self.asked is Try.MARK and any(_is_own_breach(tick) for tick in file.ticks):
            self._ask(Try.NOTE)
        if self.asked is Try.NOTE and any(note.text for note in file.notes):
            self._ask(Try.SOURCE)

    def end(self) -> None:
        """The practice is over; the page of its case comes into sight."""
        self.timer.stop()
        self._messages.show(
            Message(key=KEY, kind="info", msgid=_OVER, detail_msgid=_OVER_DETAIL, lasting=True)
        )

    def _answered(self, _answer: str) -> None:
        self._ask(_TRIES[min(len(_TRIES) - 1, _TRIES.index(self.asked) + 1)])

    def _ask(self, asked: Try) -> None:
        self.asked = asked
        actions = () if asked is Try.STOP else (Action(_NEXT, mark("Go on")),)
        self._messages.show(
            Message(
                key=KEY,
                kind="warn",
                msgid=_NOT_EVIDENCE,
                detail_msgid=_ASKED[asked],
                actions=actions,
                answer=self._answered,
                closable=False,
                lasting=True,
            )
        )


def _is_own_breach(tick: Tick) -> bool:
    # Late in the evening the clock marks one by itself.
    return tick.verdict is Verdict.BREACHED and not tick.automatic and not tick.withdrawn
