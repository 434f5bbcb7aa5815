"""Read a list of calls or messages, whatever it is."""

from __future__ import annotations

from datetime import tzinfo

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.intake.backups import looks_like_backup, read_backup
from evidencedesk.intake.cards import looks_like_cards, read_cards
from evidencedesk.intake.found import ReadList
from evidencedesk.intake.pasted import read_pasted
from evidencedesk.intake.tables import read_table
from evidencedesk.intake.texts import text_of


def read_list(data: bytes, name: str, zone: tzinfo | None = None) -> ReadList:
    """Contacts, or names, from the bytes of a file. Raises LIST_TOO_LARGE, LIST_UNREADABLE.

    Times without an offset are in ``zone``; None is the system's.
    """
    return read_text(text_of(data, name), name, zone)


def read_text(text: str, name: str, zone: tzinfo | None = None) -> ReadList:
    """The same for text, as it was pasted."""
    if looks_like_cards(text):
        return read_cards(text)
    if looks_like_backup(text):
        return read_backup(text, name, zone)
    found = read_table(text, zone)
    if found is None:
        found = read_pasted(text, zone)
        if not found.found and not found.refused:
            raise Unreadable(Code.LIST_UNREADABLE, path=name)
    return found
