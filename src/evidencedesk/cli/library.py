"""The library a command works on. Kept apart from the session: checking a folder needs no library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from evidencedesk.cli.session import Session
from evidencedesk.cli.vault_keys import keys_of
from evidencedesk.custody.vault import VaultKeys
from evidencedesk.domain.errors import Known
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.library_place import require_there
from evidencedesk.system.places import config_file
from evidencedesk.system.settings import authorities_asked, packs_chosen
from evidencedesk.wording.findings import describe_finding
from evidencedesk.workflows.checkpoints import disagreements
from evidencedesk.workflows.desk import Desk, open_desk


@contextmanager
def open_library(session: Session, keys: VaultKeys | None = None) -> Iterator[Desk]:
    """Open the session's library for a ``with`` block; says if checkpoints do not fit it.

    A locked one is opened with ``keys``, or with what ``vault_keys`` finds.
    """
    require_there(session.library)
    with open_desk(
        session.library,
        session.clock,
        authorities=_authorities,
        chosen_packs=_packs,
        keys=keys or keys_of(session, session.library),
    ) as desk:
        try:
            for finding in disagreements(desk):
                session.output.message(describe_finding(session.words, finding))
        except Known as error:
            # Said, but no reason to keep anybody from the library.
            session.output.error(error)
        yield desk


def _authorities() -> tuple[Authority, ...]:
    return authorities_asked(config_file())


def _packs() -> tuple[str, ...]:
    return packs_chosen(config_file())
