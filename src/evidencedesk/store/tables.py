"""The tables of the library's database; the migrations must lead to exactly these.

``events`` is the truth. All tables in ``PROJECTIONS`` are made from it and can be made again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _moment(prefix: str, *, nullable: bool = False) -> tuple[Column[Any], ...]:
    return (
        Column(f"{prefix}_utc", Text, nullable=nullable),
        Column(f"{prefix}_offset_minutes", Integer, nullable=nullable),
        Column(f"{prefix}_boot", Text, nullable=nullable),
        Column(f"{prefix}_mono_ns", BigInteger, nullable=nullable),
    )


def _of_case(*, primary_key: bool = False) -> tuple[Column[Any], ...]:
    """The case, and the event that made the row: its number gives the order.

    Encounters and recordings are named without a foreign key on purpose: a note must never be
    refused because the journal still waits for the event that began its recording.
    """
    return (
        Column("case_id", Text, ForeignKey("cases.id"), primary_key=primary_key, nullable=False),
        Column("seq", Integer, primary_key=primary_key, autoincrement=False, nullable=False),
    )


events = Table(
    "events",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False),
    # The exact bytes that were hashed: exported as they are, never made again.
    Column("line", LargeBinary, nullable=False),
    # Rare kinds have no table: they are read from here.
    Index(None, "case_id", "type"),
)

# While a case's name stands here its events may be deleted; see ``guards``. Outside the transaction
# of ``delete_case`` this table is empty.
deleting = Table("deleting", metadata, Column("case_id", Text, primary_key=True))

# Which version of the program brought the tables to which revision.
upgrades = Table(
    "upgrades",
    metadata,
    Column("revision", Text, primary_key=True),
    Column("app_version", Text, nullable=False),
    Column("utc", Text, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("creditor", Text, nullable=False),
    Column("contract", Text, nullable=False),
    *_moment("opened"),
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", Text, nullable=False),
    Column("last_utc", Text, nullable=False),
    Column("last_offset_minutes", Integer, nullable=False),
    Column("hotline", Text, nullable=False, server_default=""),
    Column("archived", Boolean, nullable=False, server_default="0"),
)

encounters = Table(
    "encounters",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("mode", Text, nullable=False),
    *_moment("opened"),
    *_moment("closed", nullable=True),
    Column("present", Integer),
    Column("agreed", Boolean),
    Index(None, "case_id", "seq"),
)

recordings = Table(
    "recordings",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("encounter_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    *_moment("started"),
    Column("device", Text, nullable=False),
    Column("rate_hz", Integer, nullable=False),
    Column("channels", Integer, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("file", Text, nullable=False),
    Column("samples", BigInteger),
    Column("file_bytes", BigInteger),
    Column("file_sha256", Text),
    Column("pcm_sha256", Text),
    Column("pulse_sha256", Text),
    Column("found_file", Text),
    Column("found_sha256", Text),
    Column("missing_ms", BigInteger),
    Column("cut_bytes", BigInteger),
    *_moment("stopped", nullable=True),
    Column("reason", Text),
    Column("leg", Text, nullable=False, server_default="near"),
    Column("part", Integer, nullable=False, server_default="1"),
    Column("begins_ms", BigInteger, nullable=False, server_default="0"),
    Column("earlier_ms", BigInteger, nullable=False, server_default="0"),
    Column("copy", Text),
    Index(None, "case_id", "seq"),
)

gaps = Table(
    "gaps",
    metadata,
    *_of_case(primary_key=True),
    Column("recording_id", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("length_ms", BigInteger, nullable=False),
    Column("cause", Text, nullable=False),
    *_moment("noted"),
)

warnings = Table(
    "warnings",
    metadata,
    *_of_case(primary_key=True),
    Column("recording_id", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("code", Text, nullable=False),
    *_moment("noted"),
    Column("by_ms", BigInteger),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("encounter_id", Text),
    Column("recording_id", Text),
    Column("at_ms", BigInteger),
    Column("text", Text, nullable=False),
    Column("marker", Text),
    Column("corrected", Boolean, nullable=False),
    Column("earlier", JSON, nullable=False),
    *_moment("taken"),
    Index(None, "case_id", "seq"),
)

ticks = Table(
    "ticks",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("encounter_id", Text),
    Column("recording_id", Text),
    Column("at_ms", BigInteger),
    Column("pack", Text, nullable=False),
    Column("pack_version", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    *_moment("set"),
    Column("rule", Text, nullable=False, server_default=""),
    Column("facts", JSON, nullable=False, server_default="{}"),
    Column("subject", Text, nullable=False, server_default=""),
    Index(None, "case_id", "seq"),
)

collectors = Table(
    "collectors",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("encounter_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("staff_number", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("lender", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("plate", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("documents", JSON, nullable=False),
    *_moment("added"),
    Column("credit_code", Text, nullable=False, server_default=""),
    Column("names_on", JSON, nullable=False, server_default="{}"),
    Column("letter_until", Text, nullable=False, server_default=""),
    Column("listed", Text),
    Column("document_moments", JSON, nullable=False, server_default="{}"),
    Index(None, "case_id", "seq"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("encounter_id", Text),
    Column("name", Text, nullable=False),
    Column("stored_name", Text, nullable=False),
    Column("file_bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    *_moment("added"),
    Column("collector_id", Text),
    Column("document", Text),
    Column("contact_id", Text),
    Column("follow_up_id", Text),
    Column("kind", Text),
    Column("text", Text, nullable=False, server_default=""),
    Column("debt", Boolean, nullable=False, server_default="0"),
    Column("template", Text, nullable=False, server_default=""),
    Index(None, "case_id", "seq"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("encounter_id", Text),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("begun_utc", Text, nullable=False),
    Column("begun_offset_minutes", Integer, nullable=False),
    Column("reached", Text, nullable=False),
    Column("length_s", BigInteger),
    Column("party", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("outgoing", Boolean, nullable=False),
    Column("announces", Boolean, nullable=False),
    Column("agreed", Boolean, nullable=False),
    Column("changed", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    *_moment("logged"),
    Index(None, "case_id", "seq"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("encounter_id", Text),
    Column("recording_id", Text),
    Column("at_ms", BigInteger),
    Column("collector_id", Text),
    Column("step", Text, nullable=False),
    Column("done_utc", Text, nullable=False),
    Column("done_offset_minutes", Integer, nullable=False),
    Column("item", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("whom", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("amount", Text, nullable=False),
    Column("changed", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    *_moment("logged"),
    Column("progress", Text, nullable=False, server_default="done"),
    Column("due", Text, nullable=False, server_default=""),
    Column("remind", Text, nullable=False, server_default=""),
    Column("outcome", Text, nullable=False, server_default=""),
    Column("plan", JSON, nullable=False, server_default="[]"),
    Index(None, "case_id", "seq"),
)

stamps = Table(
    "stamps",
    metadata,
    Column("id", Text, primary_key=True),
    *_of_case(),
    Column("subject", Text, nullable=False),
    Column("imprint", Text, nullable=False),
    Column("head_seq", Integer),
    Column("authority", Text, nullable=False),
    Column("gen_time", Text, nullable=False),
    Column("serial", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("token_sha256", Text, nullable=False),
    *_moment("received"),
    Index(None, "case_id", "seq"),
)

# Made from the others and the journal, and kept by ``search_index``; ``search_grams`` beside it is an FTS5
# table, which SQLAlchemy knows nothing of. ``docid`` is what a text is called there.
search_texts = Table(
    "search_texts",
    metadata,
    Column("docid", Integer, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("encounter_id", Text),
    Column("recording_id", Text),
    Column("at_ms", BigInteger),
    Column("utc", Text, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "case_id", "kind", "id", "part", unique=True),
)

# Those that name a case first, the cases last: the order in which rows can be deleted.
PROJECTIONS = (
    follow_ups,
    contacts,
    stamps,
    attachments,
    collectors,
    ticks,
    notes,
    warnings,
    gaps,
    recordings,
    encounters,
    cases,
)
