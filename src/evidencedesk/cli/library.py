"""The library a command works on. Kept apart from the session: checking a folder needs no library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from evidencedesk.cli.session import Session
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.places import config_file
from evidencedesk.system.settings import authorities_asked
from evidencedesk.wording.findings import describe_finding
from evidencedesk.workflows.checkpoints import cut_journals
from evidencedesk.workflows.desk import Desk, open_desk


@contextmanager
def open_library(session: Session) -> Iterator[Desk]:
    """Open the session's library for the length of a ``with`` block; says if a journal's end is missing."""
    with open_desk(session.library, session.clock, authorities=_authorities) as desk:
        for finding in cut_journals(desk.store, desk.checkpoints):
            session.output.message(describe_finding(session.words, finding))
        yield desk


def _authorities() -> tuple[Authority, ...]:
    return authorities_asked(config_file())
