"""Time stamps of outside authorities."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an empty table; no stamp was received before."""
    op.create_table(
        "stamps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("imprint", sa.Text(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("gen_time", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("received_utc", sa.Text(), nullable=False),
        sa.Column("received_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("received_boot", sa.Text(), nullable=False),
        sa.Column("received_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_stamps_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_stamps"),
    )
    op.create_index("ix_stamps_case_id_seq", "stamps", ["case_id", "seq"], unique=False)
