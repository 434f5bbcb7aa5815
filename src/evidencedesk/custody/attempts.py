"""Wrong passphrases make the next try wait: 1, 2, 4 … 60 seconds, also after the program was started again.

Against somebody who tries words at an open screen. Against whoever has the files protects Argon2id.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.moment import Clock, parse_utc
from evidencedesk.system.durable import write_atomic

ATTEMPTS_FILE = "vault-attempts.json"
MOST_S = 60


@dataclass(frozen=True, slots=True)
class _Failed:
    """How often in a row, and when the last time."""

    times: int = 0
    utc: str = ""


class Attempts:
    """The tries at one library's passphrase."""

    def __init__(self, library: Path, clock: Clock) -> None:
        self._path = library / ATTEMPTS_FILE
        self._clock = clock
        self._failed = self._read()

    def wait_s(self) -> float:
        """How long until the next try."""
        if not self._failed.times:
            return 0.0
        delay_s = float(min(2 ** (self._failed.times - 1), MOST_S))
        since = parse_utc(self._clock.now().utc) - parse_utc(self._failed.utc)
        # A clock that was set back shortens nothing, and makes nobody wait for days.
        return min(delay_s, max(0.0, delay_s - since.total_seconds()))

    def open(self, vault: Vault, passphrase: str) -> VaultKeys:
        """Try a passphrase; it counts as wrong until it was right. Raises what ``Vault.open`` raises."""
        self.begin()
        try:
            keys = vault.open(passphrase)
        except Known as error:
            if error.code is Code.VAULT_WRONG_PASSPHRASE:
                self.was_wrong()
            else:
                self.was_right()  # nobody guessed anything: the file could not be read
            raise
        self.was_right()
        return keys

    def begin(self) -> None:
        """A try counts as failed until it was right: ending the program meanwhile gains nothing."""
        self._note(min(self._failed.times + 1, MOST_S))

    def was_wrong(self) -> None:
        """The wait begins now: trying it took its time."""
        self._note(self._failed.times)

    def was_right(self) -> None:
        """Nobody has to wait any more."""
        self._failed = _Failed()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _note(self, times: int) -> None:
        self._failed = _Failed(times, self._clock.now().utc)
        # A disk that takes nothing does not keep the owner out.
        with contextlib.suppress(OSError):
            write_atomic(self._path, json.dumps(asdict(self._failed)).encode() + b"\n")

    def _read(self) -> _Failed:
        try:
            told = json.loads(self._path.read_bytes())
            found = _Failed(min(max(int(told["times"]), 0), MOST_S), str(told["utc"]))
            parse_utc(found.utc)
        except (OSError, ValueError, TypeError, KeyError):
            return _Failed()
        return found
