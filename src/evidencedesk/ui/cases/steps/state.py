"""What the page about steps shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evidencedesk.domain.agenda import Suggestion
from evidencedesk.domain.case import Attachment, Encounter, FollowUp, Step
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.errors import Known
from evidencedesk.domain.rules import Caution, Hotline, RulePack
from evidencedesk.ui.cases.review.payments_presenter import Receipt


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The step that is being written down.

    ``before`` is what was known of it, None for a new one; ``item`` what it belongs to. While ``warned`` is
    false, the ``cautions`` stand where the form will be. ``number`` is the hotline the guidance names first.
    """

    step: Step
    before: FollowUp | None = None
    item: str = ""
    planned: bool = False
    cautions: tuple[Caution, ...] = ()
    warned: bool = True
    hotlines: tuple[Hotline, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class StepsState:
    """Steps of a case, what is suggested, and what is due; ``today`` is None until somebody looked.

    ``looked`` says whether the days by which something is due are known yet.

    ``receipts`` wait for the step in the form to be kept; ``attaching`` counts files on their way.
    ``written`` is the calendar file that was made last.
    """

    case_id: str = ""
    steps: tuple[FollowUp, ...] = ()
    files: tuple[Attachment, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    due: tuple[DueDate, ...] = ()
    packs: tuple[RulePack, ...] = ()
    today: date | None = None
    looked: bool = False
    form: OpenForm | None = None
    receipts: tuple[Receipt, ...] = ()
    attaching: int = 0
    written: str = ""
    problem: Known | None = None

    @property
    def planned_deadlines(self) -> frozenset[str]:
        """The deadlines that were made into steps."""
        return frozenset(one.details.item for one in self.steps if "/" in one.details.item)

    def has_step(self, due: DueDate) -> bool:
        """Whether a deadline was made into a step."""
        return due.key in self.planned_deadlines

    def files_of(self, step: str) -> tuple[Attachment, ...]:
        """The files that belong to a step."""
        return tuple(one for one in self.files if one.follow_up == step)

    def find(self, step: str) -> FollowUp | None:
        """One that stands."""
        return next((one for one in self.steps if one.id == step), None)
