"""Steps of all cases that wait for something, found without reading the cases."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from evidencedesk.domain.case import FollowUp, Progress
from evidencedesk.store.rows import follow_up_of
from evidencedesk.store.tables import cases, follow_ups


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """A step with the title of its case."""

    title: str
    step: FollowUp


def read_waiting(connection: Connection) -> tuple[WaitingStep, ...]:
    """Steps that are planned, or have a day; not those of archived cases."""
    c = follow_ups.c
    query = (
        select(follow_ups, cases.c.title)
        .join(cases, c.case_id == cases.c.id)
        .where(
            c.withdrawn.is_(False),
            c.progress != Progress.CLOSED.value,
            or_(c.progress == Progress.PLANNED.value, c.due != "", c.remind != ""),
            cases.c.archived.is_(False),
        )
        .order_by(c.case_id, c.seq)
    )
    return tuple(WaitingStep(row.title, follow_up_of(row)) for row in connection.execute(query))
