"""Calls have two legs, long recordings have parts, and clocks are seen to be set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; what was recorded before is one near leg in one part."""
    op.add_column("recordings", sa.Column("leg", sa.Text(), nullable=False, server_default="near"))
    op.add_column("recordings", sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("recordings", sa.Column("begins_ms", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("recordings", sa.Column("earlier_ms", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("recordings", sa.Column("copy", sa.Text(), nullable=True))
    op.add_column("warnings", sa.Column("by_ms", sa.BigInteger(), nullable=True))
