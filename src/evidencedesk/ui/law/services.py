"""What the law page asks of the rest; tests bring their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from evidencedesk.domain.errors import Known
from evidencedesk.domain.rules import RuleItem, RulePack


class SetAside(Protocol):
    """A file among the user's packs that is not used."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    @property
    def error(self) -> Known:
        """What is wrong with it."""
        ...


class Side(Protocol):
    """What one pack says about a thing on which packs differ."""

    @property
    def pack(self) -> RulePack:
        """Which pack."""
        ...

    @property
    def item(self) -> RuleItem:
        """Which item of it."""
        ...


class Disagreement(Protocol):
    """One thing for which packs name different limits."""

    @property
    def rule(self) -> str:
        """The rule that looks at it, such as ``contact-hours``."""
        ...

    @property
    def sides(self) -> Sequence[Side]:
        """What each pack says, the leading one first."""
        ...


class LawServices(Protocol):
    """What the law page needs."""

    @property
    def all_packs(self) -> tuple[RulePack, ...]:
        """Every pack there is."""
        ...

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """Those in use, the leading one first."""
        ...

    @property
    def set_aside(self) -> Sequence[SetAside]:
        """Files among the user's packs that can't be used."""
        ...

    def today(self) -> date:
        """The day, where the user is."""
        ...

    def choose_packs(self, ids: tuple[str, ...]) -> None:
        """Use these from now on, the leading one first; raises what the disk says."""
        ...

    def add_pack(self, path: Path) -> RulePack:
        """Take a pack of the user's own; raises a Known error that says what is wrong with it."""
        ...

    def disagreements(self) -> Sequence[Disagreement]:
        """Where packs in use name different limits for one thing."""
        ...
