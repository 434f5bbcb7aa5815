"""The rule packs, as the law page and the first steps ask for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evidencedesk.domain.rules import RuleItem, RulePack
from evidencedesk.guidance.differences import Position, differences
from evidencedesk.system.settings import Settings
from evidencedesk.ui.law.services import SetAside
from evidencedesk.workflows.add_pack import add_pack
from evidencedesk.workflows.desk import Desk


@dataclass(frozen=True, slots=True)
class PackSide:
    """What one pack says about a thing on which packs differ."""

    pack: RulePack
    item: RuleItem


@dataclass(frozen=True, slots=True)
class PackDisagreement:
    """One rule for which packs in use name different limits."""

    rule: str
    sides: tuple[PackSide, ...]


class PackShelf:
    """All packs of a desk, those in use, and what the user can change about it."""

    def __init__(
        self, desk: Desk, settings: Callable[[], Settings], save: Callable[[Settings], None]
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._save = save

    @property
    def all_packs(self) -> tuple[RulePack, ...]:
        """The newest version of every pack."""
        return self._desk.all_packs

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """Those in use, the leading one first."""
        return self._desk.shelf.in_use(self._settings().packs)

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Files among the user's packs that can't be used."""
        return tuple(self._desk.shelf.set_aside)

    def today(self) -> date:
        """The day, where the user is."""
        return self._desk.clock.now().local.date()

    def choose_packs(self, ids: tuple[str, ...]) -> None:
        """Use these from now on, the leading one first. Raises what the disk says; they hold all the same."""
        self._save(replace(self._settings(), packs=ids))

    def add_pack(self, path: Path) -> RulePack:
        """Take a pack of the user's own. Raises PACK_INVALID and what else is wrong with it."""
        return add_pack(self._desk, path)

    def disagreements(self) -> tuple[PackDisagreement, ...]:
        """Where packs in use name different limits for one thing, each item of a pack once."""
        packs = {(pack.id, pack.version): pack for pack in self.packs}

        def side(position: Position) -> PackSide:
            pack = packs[position.pack, position.pack_version]
            return PackSide(pack, pack.item(position.item))

        return tuple(
            PackDisagreement(one.rule, tuple(map(side, one.positions)))
            for one in differences(self.packs)
            if one.parameter != "unless_agreed"
        )
