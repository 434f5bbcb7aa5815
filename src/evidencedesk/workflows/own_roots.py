"""The roots that this computer trusts."""

from __future__ import annotations

from functools import cache

from cryptography.x509 import Certificate

from evidencedesk.custody.certificates import usable
from evidencedesk.system.time_authority import trusted_roots


@cache
def own_roots() -> tuple[Certificate, ...]:
    """The certificates of this computer's own store, read once."""
    return usable(trusted_roots())
