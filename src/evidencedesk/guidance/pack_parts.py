"""Reads what a pack may have beside its items: markers, hotlines, cautions, clocks, senders, consent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidencedesk.domain.rules import (
    Begins,
    Caution,
    Confidence,
    ConsentNotice,
    Deadline,
    Hotline,
    Marker,
    SenderPrefix,
    Source,
    Text,
    Topic,
    Unit,
)
from evidencedesk.guidance.toml_table import Mistake, Table, opened

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"F([1-9]|1[0-2])")
_NUMBER = re.compile(r"[0-9]{3,12}")
_PREFIX = re.compile(r"[0-9]{1,12}")
_PLACE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def markers(top: Table, item_ids: set[str]) -> tuple[Marker, ...]:
    """Read the quick markers, each on a key of its own. Raises Mistake."""
    found = tuple(_marker(table, item_ids) for table in top.tables_or_none("markers"))
    refuse_twins("markers.id", (marker.id for marker in found))
    refuse_twins("markers.key", (marker.key for marker in found))
    return found


def hotlines(top: Table) -> tuple[Hotline, ...]:
    """Read the numbers to call. Raises Mistake."""
    found = tuple(
        Hotline(
            number=formed(table, "number", _NUMBER),
            text=table.words("text"),
            danger=table.truth("danger"),
            confidence=table.choice("confidence", Confidence),
        )
        for table in top.tables_or_none("hotlines")
    )
    refuse_twins("hotlines.number", (hotline.number for hotline in found))
    return found


def cautions(top: Table, documents: dict[str, Text], item_ids: set[str]) -> tuple[Caution, ...]:
    """Read what can hurt the user. Raises Mistake."""
    found = tuple(
        Caution(
            id=formed(table, "id", ID),
            topic=table.choice("topic", Topic),
            text=table.words("text"),
            items=_known_items(table, item_ids),
            sources=sources(table, documents),
        )
        for table in top.tables_or_none("cautions")
    )
    refuse_twins("cautions.id", (caution.id for caution in found))
    return found


def deadlines(top: Table, documents: dict[str, Text]) -> tuple[Deadline, ...]:
    """Read the clocks of the law. Raises Mistake."""
    found = tuple(_deadline(table, documents) for table in top.tables_or_none("deadlines"))
    refuse_twins("deadlines.id", (deadline.id for deadline in found))
    return found


def senders(top: Table) -> tuple[SenderPrefix, ...]:
    """Read what is known about senders by their first digits. Raises Mistake."""
    found = tuple(
        SenderPrefix(
            prefix=formed(table, "prefix", _PREFIX),
            text=table.words("text"),
            confidence=table.choice("confidence", Confidence),
        )
        for table in top.tables_or_none("senders")
    )
    refuse_twins("senders.prefix", (sender.prefix for sender in found))
    return found


def consent(top: Table, documents: dict[str, Text]) -> ConsentNotice | None:
    """Read the notice about recording by place, if the pack has one. Raises Mistake."""
    if "consent" not in top:
        return None
    with opened(top.table("consent"), "consent") as table:
        return ConsentNotice(
            places=_formed_texts(table, "places", _PLACE),
            text=table.words("text"),
            otherwise=table.words("otherwise"),
            sources=sources(table, documents),
        )


def sources(table: Table, documents: dict[str, Text]) -> tuple[Source, ...]:
    """Read where something comes from: one source or more. Raises Mistake."""
    return tuple(
        Source(
            document=documents[known(source, "document", set(documents))],
            place=source.words("place"),
            confidence=source.choice("confidence", Confidence),
        )
        for source in table.tables("sources")
    )


def formed(table: Table, key: str, form: re.Pattern[str]) -> str:
    """Read a text of a given form. Raises Mistake."""
    return _refuse_unformed(table.text(key), f"{table.where}.{key}", form)


def known(table: Table, key: str, names: set[str]) -> str:
    """Read a name that must be one of those given. Raises Mistake."""
    value = table.text(key)
    if value not in names:
        raise Mistake("unknown-value", f"{table.where}.{key}={value}")
    return value


def refuse_twins(where: str, names: Iterable[str]) -> None:
    """Refuse a name that stands twice. Raises Mistake."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Mistake("duplicate", f"{where}={name}")
        seen.add(name)


def _marker(table: Table, item_ids: set[str]) -> Marker:
    marker = Marker(
        id=formed(table, "id", ID),
        key=formed(table, "key", _KEY),
        text=table.words("text"),
        item=known(table, "item", item_ids) if "item" in table else "",
        own=table.truth("own") if "own" in table else False,
    )
    if marker.own and marker.item:
        raise Mistake("own-needs-no-item", table.where)
    return marker


def _deadline(table: Table, documents: dict[str, Text]) -> Deadline:
    deadline = Deadline(
        id=formed(table, "id", ID),
        text=table.words("text"),
        begins=table.choice("begins", Begins),
        length=table.whole_number("length"),
        unit=table.choice("unit", Unit),
        numbers=_formed_texts(table, "numbers", _NUMBER) if "numbers" in table else (),
        sources=sources(table, documents),
    )
    if deadline.numbers and deadline.begins is not Begins.COMPLAINT:
        raise Mistake("numbers-need-complaint", table.where)
    return deadline


def _known_items(table: Table, item_ids: set[str]) -> tuple[str, ...]:
    names = table.texts("items") if "items" in table else ()
    for name in names:
        if name not in item_ids:
            raise Mistake("unknown-value", f"{table.where}.items={name}")
    return names


def _formed_texts(table: Table, key: str, form: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(_refuse_unformed(text, f"{table.where}.{key}", form) for text in table.texts(key))


def _refuse_unformed(value: str, where: str, form: re.Pattern[str]) -> str:
    if not form.fullmatch(value):
        raise Mistake("bad-value", f"{where}={value}".removeprefix("."))
    return value
