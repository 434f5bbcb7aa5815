"""Whether a recording survived a fault: what has to be true of every one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from chaos.stage import Follower, Outcome, Stage, ended_well
from evidencedesk.domain.pulse import StopReason

Fault = Callable[[Stage], Outcome]

AT_ONCE_S = 1.5
# Between a fault and the moment a reopened device gives sound: opening takes a moment, so does a block.
REOPENING_S = 2.5
# Stopping waits for the last words and reads everything back.
PATIENT_END_S = 4.0
# Gaps below this are not claimed to be seen (docs/faults.md); of anything longer half must be told at least.
_SHORT_S = 0.3
_TOO_LITTLE_S = 0.6
# How long a process takes to start on a busy computer; a gap where nothing is missing has no such excuse.
_TOO_MUCH_S = 1.5


@dataclass(frozen=True, slots=True)
class Loss:
    """What was seen: when it was noticed, what is truly missing, and what the journal says is missing."""

    noticed_s: float
    lost_s: float
    told_s: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """How late it may be noticed, and how much may be missing at most."""

    lost_s: float = 0.0
    soon_s: float = AT_ONCE_S


def complaints(loss: Loss, bounds: Bounds) -> list[str]:
    """Noticed in time, lost no more than can't be helped, and what is lost is told: no less and no more."""
    found = []
    if loss.noticed_s > bounds.soon_s:
        found.append(f"noticed after {loss.noticed_s:.1f} s")
    if loss.lost_s > bounds.lost_s:
        found.append(f"lost {loss.lost_s:.4f} s of at most {bounds.lost_s:.2f} s")
    least_s = max(loss.lost_s / 2 if loss.lost_s > _SHORT_S else 0.0, loss.lost_s - _TOO_LITTLE_S)
    most_s = loss.lost_s + (_TOO_MUCH_S if loss.lost_s else _SHORT_S)
    if not least_s <= loss.told_s <= most_s:
        found.append(f"said {loss.told_s:.2f} s missing, true are {loss.lost_s:.2f} s")
    return found


def judge(
    follower: Follower,
    fault: str,
    loss: Loss,
    bounds: Bounds,
    *,
    message: str = "",
    reason: StopReason = StopReason.USER,
) -> Outcome:
    """The outcome of a fault whose recording ended in good order, because of ``reason``."""
    faults = complaints(loss, bounds)
    if not ended_well(follower):
        faults.append(f"ended {follower.status.state} {follower.status.error}")
    sealed = follower.status.sealed
    if sealed is not None and sealed.reason is not reason:
        faults.append(f"ended because of {sealed.reason}")
    return outcome(fault, loss, message, faults)


def outcome(fault: str, loss: Loss, message: str, faults: list[str]) -> Outcome:
    """A line of the table."""
    return Outcome(fault, loss.noticed_s, loss.lost_s, loss.told_s, message, not faults, "; ".join(faults))


def add(to: Outcome, faults: list[str]) -> Outcome:
    """The same with further complaints."""
    if not faults:
        return to
    return replace(to, good=False, why="; ".join(filter(None, (to.why, *faults))))
