"""Time stamps of outside authorities (RFC 3161): whom to ask, and what can go wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_NAME = re.compile(r"[a-z0-9-]{1,32}")


class Subject(StrEnum):
    """What a stamp is about."""

    CHECKPOINT = "checkpoint"
    SIGNATURE = "signature"


class Trouble(StrEnum):
    """Why there is no stamp, or why one proves nothing."""

    # The way to the authority
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too-slow"
    HTTP_STATUS = "http-status"
    REDIRECTED = "redirected"
    NOT_AN_ANSWER = "not-an-answer"
    TOO_LARGE = "too-large"
    # The answer
    JUNK = "junk"
    REFUSED = "refused"
    WRONG_HASH = "wrong-hash"
    WRONG_NONCE = "wrong-nonce"
    WRONG_POLICY = "wrong-policy"
    NO_CERTIFICATE = "no-certificate"
    WRONG_PURPOSE = "wrong-purpose"
    EXPIRED = "expired"
    UNKNOWN_ROOT = "unknown-root"
    BAD_SIGNATURE = "bad-signature"
    REVOKED = "revoked"
    # This computer
    ROOT_FILE = "root-file"


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority: where it is asked, what it wants to see, and which root its stamps must lead to.

    ``root_file`` is the path of a PEM file; empty for the roots this computer trusts. ``policy`` is an
    object identifier to insist on; empty for whichever the authority uses.
    """

    name: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    root_file: str = ""
    policy: str = ""


# Public addresses, as their owners name them. Each stamp is checked, so a wrong address makes no false one.
SUGGESTED = (
    Authority("digicert", "http://timestamp.digicert.com"),
    Authority("sectigo", "http://timestamp.sectigo.com"),
)


def is_authority_name(text: str) -> bool:
    """Whether a text may name an authority; safe in a file name if so."""
    return _NAME.fullmatch(text) is not None
