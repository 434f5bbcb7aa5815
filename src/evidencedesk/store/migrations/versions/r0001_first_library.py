"""The first library: the journal, and the tables made from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables; the guards follow after the last migration."""
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("creditor", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("opened_utc", sa.Text(), nullable=False),
        sa.Column("opened_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("opened_boot", sa.Text(), nullable=False),
        sa.Column("opened_mono_ns", sa.BigInteger(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.Column("last_utc", sa.Text(), nullable=False),
        sa.Column("last_offset_minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_table(
        "deleting",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_deleting"),
    )
    op.create_table(
        "events",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_events"),
    )
    op.create_table(
        "upgrades",
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("app_version", sa.Text(), nullable=False),
        sa.Column("utc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name="pk_upgrades"),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("encounter_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stored_name", sa.Text(), nullable=False),
        sa.Column("file_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("added_utc", sa.Text(), nullable=False),
        sa.Column("added_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("added_boot", sa.Text(), nullable=False),
        sa.Column("added_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_attachments_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_case_id_seq", "attachments", ["case_id", "seq"], unique=False)
    op.create_table(
        "collectors",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("encounter_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("staff_number", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("lender", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("added_utc", sa.Text(), nullable=False),
        sa.Column("added_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("added_boot", sa.Text(), nullable=False),
        sa.Column("added_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_collectors_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_collectors"),
    )
    op.create_index("ix_collectors_case_id_seq", "collectors", ["case_id", "seq"], unique=False)
    op.create_table(
        "encounters",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("opened_utc", sa.Text(), nullable=False),
        sa.Column("opened_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("opened_boot", sa.Text(), nullable=False),
        sa.Column("opened_mono_ns", sa.BigInteger(), nullable=False),
        sa.Column("closed_utc", sa.Text(), nullable=True),
        sa.Column("closed_offset_minutes", sa.Integer(), nullable=True),
        sa.Column("closed_boot", sa.Text(), nullable=True),
        sa.Column("closed_mono_ns", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_encounters_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_encounters"),
    )
    op.create_index("ix_encounters_case_id_seq", "encounters", ["case_id", "seq"], unique=False)
    op.create_table(
        "gaps",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recording_id", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("length_ms", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("noted_utc", sa.Text(), nullable=False),
        sa.Column("noted_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("noted_boot", sa.Text(), nullable=False),
        sa.Column("noted_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_gaps_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_gaps"),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("encounter_id", sa.Text(), nullable=True),
        sa.Column("recording_id", sa.Text(), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("marker", sa.Text(), nullable=True),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("taken_utc", sa.Text(), nullable=False),
        sa.Column("taken_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("taken_boot", sa.Text(), nullable=False),
        sa.Column("taken_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_notes_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_case_id_seq", "notes", ["case_id", "seq"], unique=False)
    op.create_table(
        "recordings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("encounter_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_utc", sa.Text(), nullable=False),
        sa.Column("started_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("started_boot", sa.Text(), nullable=False),
        sa.Column("started_mono_ns", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("rate_hz", sa.Integer(), nullable=False),
        sa.Column("channels", sa.Integer(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("samples", sa.BigInteger(), nullable=True),
        sa.Column("file_bytes", sa.BigInteger(), nullable=True),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("pcm_sha256", sa.Text(), nullable=True),
        sa.Column("pulse_sha256", sa.Text(), nullable=True),
        sa.Column("found_file", sa.Text(), nullable=True),
        sa.Column("found_sha256", sa.Text(), nullable=True),
        sa.Column("missing_ms", sa.BigInteger(), nullable=True),
        sa.Column("cut_bytes", sa.BigInteger(), nullable=True),
        sa.Column("stopped_utc", sa.Text(), nullable=True),
        sa.Column("stopped_offset_minutes", sa.Integer(), nullable=True),
        sa.Column("stopped_boot", sa.Text(), nullable=True),
        sa.Column("stopped_mono_ns", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_recordings_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_recordings"),
    )
    op.create_index("ix_recordings_case_id_seq", "recordings", ["case_id", "seq"], unique=False)
    op.create_table(
        "ticks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("encounter_id", sa.Text(), nullable=True),
        sa.Column("recording_id", sa.Text(), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=True),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("pack_version", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("set_utc", sa.Text(), nullable=False),
        sa.Column("set_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("set_boot", sa.Text(), nullable=False),
        sa.Column("set_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_ticks_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_ticks"),
    )
    op.create_index("ix_ticks_case_id_seq", "ticks", ["case_id", "seq"], unique=False)
    op.create_table(
        "warnings",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recording_id", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("noted_utc", sa.Text(), nullable=False),
        sa.Column("noted_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("noted_boot", sa.Text(), nullable=False),
        sa.Column("noted_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_warnings_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_warnings"),
    )
