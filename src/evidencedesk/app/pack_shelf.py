"""The rule packs, as the law page and the first steps ask for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.rules import RulePack
from evidencedesk.system.settings import Settings
from evidencedesk.ui.law.services import Disagreement, SetAside
from evidencedesk.workflows.desk import Desk


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
        return self._desk.packs

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """Those in use, the leading one first."""
        by_id = {pack.id: pack for pack in self.all_packs}
        found = tuple(by_id[one] for one in self._settings().packs if one in by_id)
        return found or self.all_packs[:1]

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Files among the user's packs that can't be used."""
        return ()

    def today(self) -> date:
        """The day, where the user is."""
        return self._desk.clock.now().local.date()

    def choose_packs(self, ids: tuple[str, ...]) -> None:
        """Use these from now on, the leading one first. Raises what the disk says; they hold all the same."""
        self._save(replace(self._settings(), packs=ids))

    def add_pack(self, path: Path) -> RulePack:
        """Take a pack of the user's own. Raises PACK_INVALID and what else is wrong with it."""
        raise Unreadable(Code.PACK_INVALID, file=path.name, item="", reason="unreadable: no shelf")

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where packs in use name different limits for one thing."""
        return ()
