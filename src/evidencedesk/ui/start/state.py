"""What the first steps show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # not for the first paint
    from evidencedesk.domain.rules import RulePack


class Step(StrEnum):
    """How far somebody is; in this order."""

    PROMISES = "promises"
    MICROPHONE = "microphone"
    CHOICES = "choices"


STEPS = tuple(Step)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the last step; nothing before the library is open."""

    packs: tuple[RulePack, ...] = ()
    in_use: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.packs)
