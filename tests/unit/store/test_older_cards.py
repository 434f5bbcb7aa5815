"""A library of schema 0003 opens, and knows when each paper was shown: its journal always said so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evidencedesk.custody.projection import project
from evidencedesk.domain.event import EventType
from evidencedesk.store.library_store import LibraryStore

_CARD: dict[str, Any] = dict.fromkeys(
    ("name", "staff_number", "organisation", "lender", "phone", "plate", "description"), ""
)
_NEW_COLUMNS = {
    "cases": ("hotline", "archived"),
    "encounters": ("present", "agreed"),
    "ticks": ("rule", "facts", "subject"),
    "collectors": ("credit_code", "names_on", "letter_until", "listed", "document_moments"),
    "attachments": (
        "collector_id",
        "document",
        "contact_id",
        "follow_up_id",
        "kind",
        "text",
        "debt",
        "template",
    ),
}


def _as_of_0003() -> list[str]:
    new = [(table, column) for table, columns in _NEW_COLUMNS.items() for column in columns]
    return [
        *(f"ALTER TABLE {table} DROP COLUMN {column}" for table, column in new),
        "DROP INDEX ix_events_case_id_type",
        "DROP TABLE search_texts",
        "DROP TABLE search_grams",
        "DROP TABLE contacts",
        "DROP TABLE follow_ups",
        "UPDATE alembic_version SET version_num = '0003'",
    ]


def test_when_papers_were_shown_is_worked_out_from_the_journal(
    store: LibraryStore,
    case: str,
    tamper: Callable[..., None],
    open_store: Callable[[], LibraryStore],
) -> None:
    def card(**documents: str) -> dict[str, Any]:
        return {"collector": "p-00000001", "card": {**_CARD, "documents": documents}}

    store.append(case, [(EventType.ENCOUNTER_OPENED, {"encounter": "e-00000001", "mode": "visit"})])
    added = {**card(work_id="refused", licence="not_asked"), "encounter": "e-00000001"}
    store.append(case, [(EventType.COLLECTOR_ADDED, added)])
    changed = card(work_id="refused", licence="shown_when_asked")
    store.append(case, [(EventType.COLLECTOR_CHANGED, changed)])
    store.close()
    tamper(*_as_of_0003())

    again = open_store()
    assert again.check() == ()
    (collector,) = again.case_file(case).collectors
    moments = [event.moment for event in again.events(case)][-2:]
    assert [moment for _, moment in collector.document_moments] == [moments[1], moments[0]]
    assert again.case_file(case) == project(again.events(case))
