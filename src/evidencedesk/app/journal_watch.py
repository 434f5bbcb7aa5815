"""Looks, after a library was opened, whether its journals still hold what the checkpoints saw.

What is found is said in the window and stays there; nothing is locked, and a recording can begin meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from evidencedesk.domain.errors import Known
from evidencedesk.domain.finding import Finding
from evidencedesk.ui.background import Runner
from evidencedesk.ui.messages import Message, Messages
from evidencedesk.wording.language import mark
from evidencedesk.workflows.checkpoints import disagreements
from evidencedesk.workflows.desk import Desk

_CUT = mark("The end of a case's journal is missing: {cases}")
_MADE_ANEW = mark("A case's journal is not the one this program wrote: {cases}")
_UNSEEN = mark("The checkpoints that watch over the journals are missing: {cases}")
_WHAT_TO_DO = mark(
    "Change and delete nothing. Copy the whole folder {library} to another drive, and ask a lawyer or an "
    "expert for help. You can go on recording; what is recorded now is kept as always."
)


@dataclass(frozen=True, slots=True)
class _Found:
    """The cases, by their names where the database still has them."""

    cut: tuple[str, ...]
    made_anew: tuple[str, ...]
    unseen: tuple[str, ...]


class JournalWatch(QObject):
    """Looks once."""

    def __init__(self, desk: Desk, jobs: Runner, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._messages = messages

    def look(self) -> None:
        """Look on the jobs thread; returns at once."""
        self._jobs.run(self._find, success=self._say, failure=self._not_found_out)

    def _find(self) -> _Found:
        findings = disagreements(self._desk)
        if not findings:
            return _Found((), (), ())
        titles = {summary.case.id: summary.case.title for summary in self._desk.store.cases()}

        def named(code: str, of: Sequence[Finding]) -> tuple[str, ...]:
            return tuple(titles.get(one.subject, one.subject) for one in of if one.code == code)

        codes = ("journal-cut", "journal-made-anew", "checkpoints-missing")
        return _Found(*(named(code, findings) for code in codes))

    def _say(self, found: _Found) -> None:
        for msgid, cases in ((_UNSEEN, found.unseen), (_MADE_ANEW, found.made_anew), (_CUT, found.cut)):
            if cases:
                facts = {"cases": " · ".join(cases), "library": str(self._desk.library)}
                self._messages.show(
                    Message(
                        key=f"journal-{msgid}",
                        kind="error",
                        msgid=msgid,
                        detail_msgid=_WHAT_TO_DO,
                        facts=facts,
                        closable=False,
                        lasting=True,
                    )
                )

    def _not_found_out(self, problem: Known) -> None:
        self._messages.show_error(problem)
