"""The revision at which no migration is looked for is the newest one there is."""

from __future__ import annotations

from evidencedesk.store.alembic_run import Migrations
from evidencedesk.store.schema import MIGRATIONS, NEWEST


def test_the_newest_revision_is_the_head_of_the_migrations() -> None:
    assert Migrations(MIGRATIONS).head == NEWEST
