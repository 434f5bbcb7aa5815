"""What the rules card shows."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.domain.rules import Caution, Phase, RuleItem, Who
from evidencedesk.domain.suggestion import Suggestion
from evidencedesk.guidance.selection import Duty


@dataclass(frozen=True, slots=True)
class Line:
    """One duty and what was found; ``found`` has the tick of each item shown in it.

    ``suggestion`` is there as long as nobody marked the leading item.
    """

    key: str
    duty: Duty
    found: tuple[Tick | None, ...] = (None,)
    suggestion: Suggestion | None = None

    @property
    def item(self) -> RuleItem:
        """The leading item."""
        return self.duty.item

    @property
    def tick(self) -> Tick | None:
        """The tick of the leading item."""
        return self.found[0]

    @property
    def verdict(self) -> Verdict | None:
        """What the leading item's tick says."""
        return None if self.tick is None else self.tick.verdict

    @property
    def breached(self) -> bool:
        """Whether the other side did not keep to it, by any of the packs."""
        mine = self.item.who is Who.USER
        return not mine and any(tick is not None and tick.verdict is Verdict.BREACHED for tick in self.found)


@dataclass(frozen=True, slots=True)
class ChecklistState:
    """The duties of a phase; ``hidden`` counts those behind "more".

    ``hidden_suggestions`` counts what is suggested there. ``opened`` is the row whose source is shown,
    ``last`` the mark that can be undone. ``caution`` is open in place of what to say. ``hours`` are the
    duties that the clock decides. ``closing`` is an hour that comes soon, in ``minutes_left``.
    """

    phase: Phase = Phase.DOOR
    lines: tuple[Line, ...] = ()
    breaches: int = 0
    hidden: int = 0
    hidden_suggestions: int = 0
    all_shown: bool = False
    touched: str = ""
    opened: str = ""
    say: RuleItem | None = None
    caution: Caution | None = None
    last: Tick | None = None
    last_item: RuleItem | None = None
    hours: tuple[Line, ...] = ()
    local_time: str = ""
    closing: str = ""
    minutes_left: int = 0
