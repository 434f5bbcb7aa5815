"""A key in memory, as the settings page looks after it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evidencedesk.custody.device_key import Kept
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.ui.settings.key_presenter import KeyFacts

FIRST, SECOND = "4f9c07ab53d1e21a" * 4, "a7c390be11f409d2" * 4


@dataclass
class FakeKey:
    """A key that ``passphrase`` locks, if there is any; ``refuse`` is raised by everything but looking."""

    facts: KeyFacts = field(default_factory=lambda: KeyFacts(FIRST, Kept.ACCOUNT))
    passphrase: str = ""
    refuse: Known | None = None
    damaged: Known | None = None

    def key_facts(self) -> KeyFacts:
        if self.damaged is not None:
            raise self.damaged
        return self.facts

    def make_key(self) -> KeyFacts:
        self._maybe_refuse()
        self.damaged = None
        made = FIRST if not self.facts.fingerprint else SECOND
        self.facts, self.passphrase = KeyFacts(made, Kept.ACCOUNT, opened=True), ""
        return self.facts

    def set_passphrase(self, present: str, new: str) -> KeyFacts:
        self._maybe_refuse()
        if self.facts.asks and present != self.passphrase:
            raise WrongUse(Code.KEY_WRONG_PASSPHRASE if present else Code.KEY_LOCKED)
        self.passphrase = new
        kept = Kept.PASSPHRASE if new else Kept.ACCOUNT
        self.facts = replace(self.facts, kept=kept, opened=True)
        return self.facts

    def _maybe_refuse(self) -> None:
        if self.refuse is not None:
            raise self.refuse
