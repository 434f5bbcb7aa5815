"""A locked library, as the door asks about it. Loaded after the first paint."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.capture.remote import RemoteRecorder, attach, running_captures
from evidencedesk.custody.attempts import Attempts
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pulse import NO_COLUMNS, RecorderStatus
from evidencedesk.domain.vault import OpenedBy, VaultFacts
from evidencedesk.system.secret_store import SecretStore, SystemKeyring
from evidencedesk.system.settings import Settings
from evidencedesk.ui.lock.presenter import BehindLock
from evidencedesk.workflows.leg import ENDED
from evidencedesk.workflows.record_before_unlock import RecordBeforeUnlock, begin_before_unlock
from evidencedesk.workflows.record_encounter import RecordOptions


class LockedLibrary:
    """Opens the vault of one library, and records into it without opening it."""

    def __init__(
        self, library: Path, clock: Clock, settings: Settings, secrets: SecretStore | None = None
    ) -> None:
        self._library = library
        self._clock = clock
        self._settings = settings
        self._vault = Vault(library, secrets or SystemKeyring())
        self._attempts = Attempts(library, clock)

    def opened_by(self) -> frozenset[OpenedBy]:
        """What opens it."""
        return self._facts().opened_by

    def wait_s(self) -> float:
        """How long until the next try."""
        return self._attempts.wait_s()

    def open(self, passphrase: str) -> VaultKeys:
        """Try a passphrase; it counts as wrong until it was right."""
        return self._attempts.open(self._vault, passphrase)

    def open_with_code(self, code: str) -> VaultKeys:
        """Try the recovery code: nobody guesses 135 bits, so nobody has to wait."""
        keys = self._vault.open_with_code(code)
        self._attempts.was_right()
        return keys

    def open_with_keyring(self) -> VaultKeys:
        """Ask the keyring."""
        return self._vault.open_with_keyring()

    def begin(self, title: str, mode: str = "") -> BehindLock:
        """Record, sealed to the public key."""
        chosen = self._settings
        meant = Mode(mode or chosen.mode)
        options = RecordOptions(
            far_source=chosen.far_source if meant is Mode.CALL else "",
            second_folder=chosen.second_folder,
            fallback=chosen.fallback == "yes",
        )
        begun = begin_before_unlock(
            self._library, self._facts().seals_to, self._clock, meant, chosen.source, title, options
        )
        return _Begun(begun)

    def running(self) -> BehindLock | None:
        """A recorder that outlived its window, if there is one."""
        for one in running_captures(self._library):
            return _Found(attach(one))
        return None

    def _facts(self) -> VaultFacts:
        facts = self._vault.facts()
        if facts is None:
            raise WrongUse(Code.VAULT_NOT_HERE)
        return facts


class _Begun:
    """What was begun at the door."""

    def __init__(self, begun: RecordBeforeUnlock) -> None:
        self._begun = begun

    def look(self) -> int | None:
        status = self._begun.poll()
        return None if self._begun.ended else status.elapsed_ms()


class _Found:
    """What another window began."""

    def __init__(self, recorder: RemoteRecorder) -> None:
        self._recorder = recorder

    def look(self) -> int | None:
        status: RecorderStatus = self._recorder.status(NO_COLUMNS)
        return None if status.state in ENDED else status.elapsed_ms()
