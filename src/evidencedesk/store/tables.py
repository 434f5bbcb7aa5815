"""The tables as they are today. Migrations never import this: they say what they made in their day."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
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


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _text_or_null(name: str) -> Column[str]:
    return Column(name, Text)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _number_or_null(name: str) -> Column[int]:
    return Column(name, BigInteger)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> tuple[Column[str] | Column[int], ...]:
    return (
        Column(f"{name}_utc", Text, nullable=nullable),
        Column(f"{name}_offset_minutes", Integer, nullable=nullable),
        Column(f"{name}_boot", Text, nullable=nullable),
        Column(f"{name}_mono_ns", BigInteger, nullable=nullable),
    )


def _place() -> tuple[Column[str] | Column[int], ...]:
    """Case and number of the event a row began with: their order is the order of the rows."""
    return (
        Column("case", Text, ForeignKey("cases.id"), primary_key=True),
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
    )


# The truth. ``line`` is the exact canonical text whose SHA-256 is ``hash``; ``number`` counts over
# all cases.
events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("case"),
    _number("seq"),
    _text("type"),
    _text("line"),
    _text("hash"),
    UniqueConstraint("case", "seq"),
)

# A case named here may lose its events: only inside the transaction that deletes the case.
deletions = Table("deletions", metadata, Column("case", Text, primary_key=True))

# Everything below can be made again from the events.
cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    _text("title"),
    _text("creditor"),
    _text("contract"),
    *_moment("opened"),
    _number("events"),
    _text("head"),
    _text("last_utc"),
    Column("last_offset_minutes", Integer, nullable=False),
)

encounters = Table(
    "encounters",
    metadata,
    *_place(),
    Column("id", Text, nullable=False, unique=True),
    _text("mode"),
    *_moment("opened"),
    *_moment("closed", nullable=True),
)

recordings = Table(
    "recordings",
    metadata,
    *_place(),
    Column("id", Text, nullable=False, unique=True),
    _text("encounter"),
    _text("state"),
    *_moment("started"),
    _text("device"),
    _number("rate_hz"),
    _number("channels"),
    _flag("simulated"),
    _text("file"),
    _number_or_null("samples"),
    _number_or_null("file_bytes"),
    _text_or_null("file_sha256"),
    _text_or_null("pcm_sha256"),
    _text_or_null("pulse_sha256"),
    _text_or_null("found_file"),
    _text_or_null("found_sha256"),
    _number_or_null("missing_ms"),
    _number_or_null("cut_bytes"),
    *_moment("stopped", nullable=True),
    _text_or_null("reason"),
)

gaps = Table(
    "gaps",
    metadata,
    *_place(),
    _text("recording"),
    _number("at_ms"),
    _number("length_ms"),
    _text("cause"),
    *_moment("noted"),
)

warnings = Table(
    "warnings",
    metadata,
    *_place(),
    _text("recording"),
    _number("at_ms"),
    _text("code"),
    *_moment("noted"),
)

notes = Table(
    "notes",
    metadata,
    *_place(),
    Column("id", Text, nullable=False, unique=True),
    _text_or_null("encounter"),
    _text_or_null("recording"),
    _number_or_null("at_ms"),
    _text("text"),
    _text_or_null("marker"),
    *_moment("taken"),
    _flag("corrected"),
    _text("earlier"),  # JSON list of the wordings that corrections replaced
)

ticks = Table(
    "ticks",
    metadata,
    *_place(),
    Column("id", Text, nullable=False, unique=True),
    _text_or_null("encounter"),
    _text_or_null("recording"),
    _number_or_null("at_ms"),
    _text("pack"),
    _text("pack_version"),
    _text("item"),
    _text("verdict"),
    _flag("automatic"),
    *_moment("set"),
    _flag("withdrawn"),
)

collectors = Table(
    "collectors",
    metadata,
    *_place(),
    Column("id", Text, nullable=False, unique=True),
    _text("encounter"),
    _text("card"),  # JSON as in the journal
    *_moment("added"),
)

attachments = Table(
    "attachments",
    metadata,
    *_place(),
    Column("id", Text, nullable=False, unique=True),
    _text_or_null("encounter"),
    _text("name"),
    _text("stored_name"),
    _number("file_bytes"),
    _text("sha256"),
    *_moment("added"),
)

# Rows that hang on a case first, so that deleting in this order breaks no foreign key.
projections = (
    encounters,
    recordings,
    gaps,
    warnings,
    notes,
    ticks,
    collectors,
    attachments,
    cases,
)
