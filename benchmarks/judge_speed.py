"""Keeping what rules say of a long list of contacts, against appending as many events of the same kind.

Each time into a new library: the list is logged, then judged by the packs in use and kept, then looked at
once more. The same ticks are appended to another case of the same library in one transaction.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.common import Goal, Outcome, Setting, run, spread

from evidencedesk.domain.case import ContactDetails, ContactKind, Reached, Tick
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import format_utc
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.judge_case import judgements, keep_judgements
from evidencedesk.workflows.log_contact import log_contacts
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.tick_item import tick_facts

_GOAL = 3.0
_CHINA = 480
_BEGAN = datetime(2023, 1, 1, tzinfo=UTC)
_KINDS = (ContactKind.CALL, ContactKind.MISSED_CALL, ContactKind.SMS)


def main() -> int:
    """Log, judge, keep, and append the same again."""
    return run(__doc__ or "", "rounds (full 5, short 3)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    count = 1_000 if setting.short else 10_000
    rounds = [_round(setting.folder / f"library-{n}", count) for n in range(setting.choose(3, 5))]
    names = ("judge", "keep the first time", "look again", "append the same events")
    took = {name: [one[index] for one in rounds] for index, name in enumerate(names)}
    ratios = [one[1] / one[3] for one in rounds]
    yield Outcome(
        title=f"{count} contacts, {rounds[0][4]} breaches kept",
        header=("s", "least", "median", "most"),
        rows=[
            *((name, *spread(seconds).values()) for name, seconds in took.items()),
            ("keep to append, round by round", *spread(ratios).values()),
        ],
        figures={**{name: spread(seconds) for name, seconds in took.items()}, "ratio": spread(ratios)},
        goals=[Goal("median ratio to appending the same events", statistics.median(ratios), _GOAL)],
    )


def _round(library: Path, count: int) -> tuple[float, float, float, float, int]:
    with open_desk(library, SystemClock()) as desk:
        case, other = open_case(desk, "judged"), open_case(desk, "appended")
        log_contacts(desk, case.id, _contacts(count))
        began_s = time.monotonic()
        judgements(desk, case.id)
        judged_s = time.monotonic()
        kept = keep_judgements(desk, case.id).set
        kept_s = time.monotonic()
        again = keep_judgements(desk, case.id)
        again_s = time.monotonic()
        if again.set or again.withdrawn:
            raise RuntimeError("looking again changed the journal")
        appended_s = _append(desk, other.id, kept)
    return judged_s - began_s, kept_s - judged_s, again_s - kept_s, appended_s, len(kept)


def _append(desk: Desk, case_id: str, kept: tuple[Tick, ...]) -> float:
    events = [
        (EventType.TICK_SET, tick_facts(replace(tick, id=new_id(Kind.TICK), case=case_id))) for tick in kept
    ]
    began_s = time.monotonic()
    desk.store.append(case_id, events)
    return time.monotonic() - began_s


def _contacts(count: int) -> list[ContactDetails]:
    """One each two and a half hours, day and night; the same ones each time."""
    chance = random.Random(1)  # noqa: S311 - no secret
    return [
        ContactDetails(
            chance.choice(_KINDS),
            format_utc(_BEGAN + timedelta(minutes=150 * n)),
            _CHINA,
            chance.choice(list(Reached)),
            60,
            party=f"138{chance.randrange(10**8):08d}",
        )
        for n in range(count)
    ]


if __name__ == "__main__":
    raise SystemExit(main())
