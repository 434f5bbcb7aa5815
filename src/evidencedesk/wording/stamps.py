"""Why there is no time stamp, or why one proves nothing; and what stamps are, said carefully."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.case import Stamp
from evidencedesk.domain.stamp import Subject, Trouble
from evidencedesk.wording.language import Words, mark

_TROUBLES: Mapping[str, str] = {
    Trouble.UNREACHABLE: mark("the authority can't be reached"),
    Trouble.TOO_SLOW: mark("the authority did not answer in time"),
    Trouble.HTTP_STATUS: mark("the authority's server reported an error"),
    Trouble.REDIRECTED: mark("the authority's server sent us elsewhere"),
    Trouble.NOT_AN_ANSWER: mark("what came back is not the answer of an authority"),
    Trouble.TOO_LARGE: mark("it is too large"),
    Trouble.JUNK: mark("it can't be read"),
    Trouble.REFUSED: mark("the authority refused"),
    Trouble.WRONG_HASH: mark("it is about something else"),
    Trouble.WRONG_NONCE: mark("it answers another question"),
    Trouble.WRONG_POLICY: mark("it was made under another policy"),
    Trouble.NO_CERTIFICATE: mark("the certificate that signed it is missing"),
    Trouble.WRONG_PURPOSE: mark("its certificate is not made for time stamps"),
    Trouble.EXPIRED: mark("its certificate was not valid at that time"),
    Trouble.UNKNOWN_ROOT: mark("its certificates lead to no root that is known here"),
    Trouble.BAD_SIGNATURE: mark("its signature does not hold"),
    Trouble.REVOKED: mark("its certificate was called back"),
    Trouble.ROOT_FILE: mark("the authority's root file can't be read"),
}

WHAT_IS_SENT = mark(
    "Sent is a hash (SHA-256, 64 characters): never sound, text, names or files. The authority sees your "
    "network address and the time. So does whoever keeps its certificates and its lists of those that were "
    "called back: these files are fetched from the addresses in its certificates, often another company's."
)
WHAT_IT_IS_WORTH = mark(
    "An outside time stamp is technical support: it shows that something existed at a time and has not "
    "changed since. It does not show that what was said is true."
)


def trouble_text(words: Words, trouble: str, detail: str = "") -> str:
    """The reason in words; ``trouble`` may have the system's own words behind a colon."""
    code, _, more = trouble.partition(": ")
    reason = words.text(_TROUBLES[code]) if code in _TROUBLES else code
    said = detail or more
    return words.text("{reason} ({detail})", reason=reason, detail=said) if said else reason


def stamp_text(words: Words, stamp: Stamp) -> str:
    """What a received stamp says, in one line of a timeline."""
    facts = {"authority": stamp.authority, "time": f"{stamp.gen_time[:19].replace('T', ' ')} UTC"}
    if stamp.subject is Subject.CHECKPOINT:
        return words.text(
            "Outside time stamp by {authority}: no. 1-{seq} of the journal existed at {time}",
            **facts,
            seq=str(stamp.seq),
        )
    return words.text(
        "Outside time stamp by {authority}: the signature of a case folder existed at {time}", **facts
    )
