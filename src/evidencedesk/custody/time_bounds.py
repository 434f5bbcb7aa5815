"""What stamps say about single entries: which ones existed before, which were written after.

A stamp over a checkpoint shows that the entries up to it existed. The hash of the stamp's own token is an
entry, too; what follows that entry was written when the token was there already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidencedesk.custody.journal_check import JournalCheck
from evidencedesk.custody.time_stamp import TimeStamp
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.moment import parse_utc

# Less than this may be the way to the authority, or a clock that is kept right now and then.
_TOLERANCE_S = 60


@dataclass(frozen=True, slots=True)
class Proof:
    """A stamp that holds: its file, its token's SHA-256, and the last entry it covers (None: all)."""

    name: str
    stamp: TimeStamp
    token_sha256: str
    trusted: bool
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """Entries ``first`` to ``last`` were written after one stamp and before another, as far as known."""

    first: int
    last: int
    after: Proof | None
    before: Proof | None


def bounds(journal: JournalCheck, proofs: Sequence[Proof]) -> list[Bound]:
    """The journal in stretches that share their bounds; entries without any are left out."""
    if not proofs:
        return []
    received = _received(journal, proofs)
    ends = {proof.seq for proof in proofs if proof.seq is not None} | received.keys() | {journal.lines}
    found: list[Bound] = []
    first = 1
    for last in sorted(end for end in ends if end <= journal.lines):
        before = min(
            (one for one in proofs if one.seq is None or one.seq >= last), key=_gen_time, default=None
        )
        after = max((one for seq, one in received.items() if seq < first), key=_gen_time, default=None)
        if before is not None or after is not None:
            found.append(Bound(first, last, after, before))
        first = last + 1
    return _joined(found)


def contradict(after: Proof, before: Proof) -> bool:
    """Whether entries can't have been written after the one and before the other stamp."""
    apart = parse_utc(after.stamp.gen_time) - parse_utc(before.stamp.gen_time)
    return apart.total_seconds() > _TOLERANCE_S


def wrong_clocks(journal: JournalCheck, proofs: Sequence[Proof]) -> list[tuple[int, int]]:
    """Entries whose own time can't be, seen from the stamps: the entry, and by how many seconds at least."""
    found: dict[int, int] = {}
    received = _received(journal, proofs)
    events = {event.seq: event for event in journal.events}
    for seq, proof in received.items():
        early = _seconds(proof, events[seq])
        if early < -_TOLERANCE_S:
            found[seq] = early  # it came before it was made: the clock was slow
    for proof in proofs:
        event = events.get(proof.seq if proof.seq is not None else journal.lines)
        if event is not None and _seconds(proof, event) > _TOLERANCE_S:
            found[event.seq] = max(found.get(event.seq, 0), _seconds(proof, event))
    return sorted(found.items())


def _received(journal: JournalCheck, proofs: Sequence[Proof]) -> dict[int, Proof]:
    """The entries that tell of a stamp which is here and holds."""
    by_token = {proof.token_sha256: proof for proof in proofs}
    return {
        event.seq: by_token[event.data["token_sha256"]]
        for event in journal.events
        if event.type is EventType.STAMP_RECEIVED and event.data["token_sha256"] in by_token
    }


def _joined(found: Sequence[Bound]) -> list[Bound]:
    joined: list[Bound] = []
    for bound in found:
        last = joined[-1] if joined else None
        if last is not None and last.last == bound.first - 1 and _times(last) == _times(bound):
            joined[-1] = Bound(last.first, bound.last, bound.after, bound.before)
        else:
            joined.append(bound)
    return joined


def _times(bound: Bound) -> tuple[str, str]:
    return (
        "" if bound.after is None else bound.after.stamp.gen_time,
        "" if bound.before is None else bound.before.stamp.gen_time,
    )


def _gen_time(proof: Proof) -> str:
    return proof.stamp.gen_time


def _seconds(proof: Proof, event: Event) -> int:
    """How much later the entry says it was than the stamp says."""
    return int((parse_utc(event.moment.utc) - parse_utc(proof.stamp.gen_time)).total_seconds())
