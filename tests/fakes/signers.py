"""Keys made for tests: always the same, known to everybody."""

from __future__ import annotations

import threading
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from evidencedesk.custody.device_certificate import self_made_certificate
from evidencedesk.custody.device_key import Signer
from evidencedesk.domain.moment import Moment

MADE = Moment("2026-11-23T14:00:00.000000Z", 480, "boot-1", 0)


def signer(number: int = 1) -> Signer:
    """The same key and certificate for the same number, as long as the tests run."""
    return _made(number)


@cache
def _made(number: int) -> Signer:
    key = ec.derive_private_key(0x5EED << 128 | number, ec.SECP256R1())
    return Signer(key, self_made_certificate(key, MADE))


class ForgetfulKeyring:
    """A keyring in memory that can lose everything, or refuse."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name) if self.works else None

    def put(self, name: str, secret: str) -> bool:
        if self.works:
            self.kept[name] = secret
        return self.works

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


class AskingKeyring(ForgetfulKeyring):
    """A keyring that asks the user first; ``asked`` tells that it does, ``answered`` lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.answered = threading.Event()

    def get(self, name: str) -> str | None:
        self.asked.set()
        self.answered.wait(30)
        return super().get(name)
