"""More about files and steps, archived cases, and a quick way to the rare kinds of event."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and an index; nothing that was written before says any of it."""
    op.add_column("cases", sa.Column("archived", sa.Boolean(), nullable=False, server_default="0"))
    _add(
        "attachments",
        sa.Column("kind", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False, server_default=""),
        sa.Column("debt", sa.Boolean(), nullable=False, server_default="0"),
        sa.Column("template", sa.Text(), nullable=False, server_default=""),
    )
    _add(
        "follow_ups",
        sa.Column("progress", sa.Text(), nullable=False, server_default="done"),
        sa.Column("due", sa.Text(), nullable=False, server_default=""),
        sa.Column("remind", sa.Text(), nullable=False, server_default=""),
        sa.Column("outcome", sa.Text(), nullable=False, server_default=""),
        sa.Column("plan", sa.JSON(), nullable=False, server_default="[]"),
    )
    op.create_index("ix_events_case_id_type", "events", ["case_id", "type"])


def _add(table: str, *columns: sa.Column[Any]) -> None:
    for column in columns:
        op.add_column(table, column)
