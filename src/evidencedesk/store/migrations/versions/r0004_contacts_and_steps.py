"""Contacts and the user's own steps; more about encounters, marks, people and files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables and columns; of what was written before only when papers were shown is worked out."""
    _contacts()
    _follow_ups()
    _add("cases", sa.Column("hotline", sa.Text(), nullable=False, server_default=""))
    _add("encounters", sa.Column("present", sa.Integer()), sa.Column("agreed", sa.Boolean()))
    _add(
        "ticks",
        sa.Column("rule", sa.Text(), nullable=False, server_default=""),
        sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("subject", sa.Text(), nullable=False, server_default=""),
    )
    _add(
        "collectors",
        sa.Column("credit_code", sa.Text(), nullable=False, server_default=""),
        sa.Column("names_on", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("letter_until", sa.Text(), nullable=False, server_default=""),
        sa.Column("listed", sa.Text()),
        sa.Column("document_moments", sa.JSON(), nullable=False, server_default="{}"),
    )
    _add("attachments", *(sa.Column(name, sa.Text()) for name in _SHOWN_BY_A_FILE))
    _work_out_moments()


_SHOWN_BY_A_FILE = ("collector_id", "document", "contact_id", "follow_up_id")


def _add(table: str, *columns: sa.Column[Any]) -> None:
    for column in columns:
        op.add_column(table, column)


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("encounter_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("begun_utc", sa.Text(), nullable=False),
        sa.Column("begun_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.Column("length_s", sa.BigInteger(), nullable=True),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("outgoing", sa.Boolean(), nullable=False),
        sa.Column("announces", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("logged_utc", sa.Text(), nullable=False),
        sa.Column("logged_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("logged_boot", sa.Text(), nullable=False),
        sa.Column("logged_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_contacts_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_case_id_seq", "contacts", ["case_id", "seq"], unique=False)


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("encounter_id", sa.Text(), nullable=True),
        sa.Column("recording_id", sa.Text(), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=True),
        sa.Column("collector_id", sa.Text(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done_utc", sa.Text(), nullable=False),
        sa.Column("done_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("logged_utc", sa.Text(), nullable=False),
        sa.Column("logged_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("logged_boot", sa.Text(), nullable=False),
        sa.Column("logged_mono_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_follow_ups_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_ups"),
    )
    op.create_index("ix_follow_ups_case_id_seq", "follow_ups", ["case_id", "seq"], unique=False)


def _work_out_moments() -> None:
    """When each paper came to stand as the card says, from the journal."""
    connection = op.get_bind()
    papers: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {}
    for event in _card_events(connection):
        name = event["data"]["collector"]
        before = papers.get(name, {})
        moment = {key: event[key] for key in ("utc", "offset_minutes", "boot", "mono_ns")}
        papers[name] = {
            paper: before[paper] if before.get(paper, ("",))[0] == shown else (shown, moment)
            for paper, shown in event["data"]["card"]["documents"].items()
        }
    for name, known in papers.items():
        moments = json.dumps({paper: moment for paper, (_, moment) in sorted(known.items())})
        change = sa.text("UPDATE collectors SET document_moments = :moments WHERE id = :name")
        connection.execute(change, {"moments": moments, "name": name})


def _card_events(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    query = sa.text(
        "SELECT line FROM events WHERE type IN ('collector.added', 'collector.changed') ORDER BY case_id, seq"
    )
    for (line,) in connection.execute(query):
        yield json.loads(line)
