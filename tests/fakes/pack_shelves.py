"""A desk with rule packs that stand in no file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.shelf import Origin, Shelf, Shelved
from evidencedesk.workflows.desk import Desk

_NOWHERE = Path("/nowhere")


class MadeShelf(Shelf):
    """Has these packs and no others."""

    def __init__(self, *packs: RulePack) -> None:
        super().__init__(_NOWHERE, _NOWHERE)
        self._shipped = {pack.id: Shelved(pack, b"", Origin.SHIPPED, _NOWHERE) for pack in packs}
        self.look_again()


def with_packs(desk: Desk, *packs: RulePack) -> Desk:
    """The same desk with these packs in use, in this order."""
    ids = tuple(pack.id for pack in packs)
    return replace(desk, shelf=MadeShelf(*packs), chosen_packs=lambda: ids)
