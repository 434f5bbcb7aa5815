"""Tables for search; ``schema`` fills them after the last migration, when all other tables are today's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add empty tables. Alembic knows nothing of FTS5 and must never be asked to change its table."""
    op.create_table(
        "search_texts",
        sa.Column("docid", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("encounter_id", sa.Text(), nullable=True),
        sa.Column("recording_id", sa.Text(), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=True),
        sa.Column("utc", sa.Text(), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("docid", name="pk_search_texts"),
    )
    columns = ["case_id", "kind", "id", "part"]
    op.create_index("ix_search_texts_case_id_kind_id_part", "search_texts", columns, unique=True)
    op.execute(
        "CREATE VIRTUAL TABLE search_grams USING fts5(grams, place, content='', tokenize='ascii', prefix='1')"
    )
