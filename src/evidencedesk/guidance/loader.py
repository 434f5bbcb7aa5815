"""Reads rule packs and refuses every mistake in them, naming the file, the item and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.rules import (
    Check,
    CheckKind,
    Confidence,
    Group,
    Hotline,
    Marker,
    Phase,
    RuleItem,
    RulePack,
    Source,
    Status,
    Text,
    Who,
)
from evidencedesk.guidance.checks import refuse_bad_check
from evidencedesk.guidance.toml_table import Mistake, Table, opened

PACK_BYTES = 1_000_000
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"F([1-9]|1[0-2])")
_NUMBER = re.compile(r"\d{3,12}")
_VERSION = re.compile(r"\d+(\.\d+){0,2}")
_COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


@dataclass(slots=True)
class _Place:
    """The item being read, so that a mistake can be named by it."""

    item: str = ""


def load_packs(folder: Path) -> tuple[RulePack, ...]:
    """Read every ``*.toml`` of a folder in the order of its name. Raises PACK_INVALID."""
    packs: dict[str, RulePack] = {}
    for path in sorted(folder.glob("*.toml")):
        pack = load_pack(path)
        if pack.id in packs:
            raise Unreadable(Code.PACK_INVALID, file=path.name, item=pack.id, reason="duplicate: id")
        packs[pack.id] = pack
    return tuple(packs.values())


def load_pack(path: Path) -> RulePack:
    """Read one pack. Raises PACK_INVALID with the file, the item ('' outside items) and the reason."""
    place = _Place()
    try:
        return _read_pack(path, place)
    except Mistake as mistake:
        reason = f"{mistake.reason}: {mistake.where}" if mistake.where else mistake.reason
        raise Unreadable(Code.PACK_INVALID, file=path.name, item=place.item, reason=reason) from mistake


def _read_pack(path: Path, place: _Place) -> RulePack:
    with opened(_read_toml(path), "") as top:
        documents = _documents(top)
        groups = tuple(
            Group(_formed(table, "id", _ID), table.words("title")) for table in top.tables("groups")
        )
        _refuse_twins("groups.id", (group.id for group in groups))
        items = _items(top, documents, {group.id for group in groups}, place)
        item_ids = {item.id for item in items}
        return RulePack(
            id=_formed(top, "id", _ID),
            version=_formed(top, "version", _VERSION),
            title=top.words("title"),
            jurisdiction=_formed(top, "jurisdiction", _COUNTRY),
            status=top.choice("status", Status),
            dated=top.day("dated"),
            reviewed=top.day("reviewed"),
            about=top.words("about"),
            groups=groups,
            items=items,
            markers=_markers(top, item_ids),
            hotlines=_hotlines(top),
            keep_private=top.words("keep_private"),
            applies_to=top.words("applies_to"),
            in_force=top.day_or_none("in_force"),
        )


def _read_toml(path: Path) -> object:
    try:
        with path.open("rb") as file:
            content = file.read(PACK_BYTES + 1)
    except OSError as error:
        raise Mistake("unreadable", error.strerror or "") from error
    if len(content) > PACK_BYTES:
        raise Mistake("too-large", "")
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Mistake("not-utf-8", str(error.start)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Mistake("not-toml", str(error)) from error


def _documents(top: Table) -> dict[str, Text]:
    documents: dict[str, Text] = {}
    for table in top.tables("documents"):
        name = _formed(table, "id", _ID)
        if name in documents:
            raise Mistake("duplicate", f"{table.where}.id={name}")
        documents[name] = table.words("text")
    return documents


def _items(top: Table, documents: dict[str, Text], groups: set[str], place: _Place) -> tuple[RuleItem, ...]:
    items: list[RuleItem] = []
    for table in top.tables("items"):
        place.item = table.where
        place.item = _formed(table, "id", _ID)
        items.append(_item(table, place.item, documents, groups))
        # Here, not after the loop: the mistake is named by the second of the twins.
        _refuse_twins("items.id", (item.id for item in items))
        _refuse_twins("items.order", (str(item.order) for item in items))
        # Keys nobody asked for are refused while the item still has its name.
        table.finish()
    place.item = ""
    return tuple(items)


def _item(table: Table, item_id: str, documents: dict[str, Text], groups: set[str]) -> RuleItem:
    phases = table.choices("phases", Phase)
    if Phase.ANY in phases and len(phases) > 1:
        raise Mistake("any-stands-alone", f"{table.where}.phases")
    return RuleItem(
        id=item_id,
        phases=phases,
        who=table.choice("who", Who),
        group=_known(table, "group", groups),
        order=table.whole_number("order"),
        text=table.words("text"),
        hint=table.words_or_none("hint"),
        say=table.words_or_none("say"),
        sources=tuple(_source(source, documents) for source in table.tables("sources")),
        check=_check(table),
    )


def _source(table: Table, documents: dict[str, Text]) -> Source:
    return Source(
        document=documents[_known(table, "document", set(documents))],
        place=table.words("place"),
        confidence=table.choice("confidence", Confidence),
    )


def _check(item: Table) -> Check:
    where = f"{item.where}.check"
    with opened(item.table("check"), where) as table:
        check = Check(
            kind=table.choice("kind", CheckKind),
            rule=table.text_or_empty("rule"),
            parameters=table.pairs_or_empty("parameters"),
        )
    refuse_bad_check(check, where)
    return check


def _markers(top: Table, item_ids: set[str]) -> tuple[Marker, ...]:
    markers = tuple(
        Marker(
            id=_formed(table, "id", _ID),
            key=_formed(table, "key", _KEY),
            text=table.words("text"),
            item=_optional_item(table, item_ids),
        )
        for table in top.tables("markers")
    )
    _refuse_twins("markers.id", (marker.id for marker in markers))
    _refuse_twins("markers.key", (marker.key for marker in markers))
    return markers


def _optional_item(table: Table, item_ids: set[str]) -> str:
    name = table.text_or_empty("item")
    if name and name not in item_ids:
        raise Mistake("unknown-value", f"{table.where}.item={name}")
    return name


def _hotlines(top: Table) -> tuple[Hotline, ...]:
    hotlines = tuple(
        Hotline(
            number=_formed(table, "number", _NUMBER),
            text=table.words("text"),
            danger=table.truth("danger"),
            confidence=table.choice("confidence", Confidence),
        )
        for table in top.tables("hotlines")
    )
    _refuse_twins("hotlines.number", (hotline.number for hotline in hotlines))
    return hotlines


def _formed(table: Table, key: str, form: re.Pattern[str]) -> str:
    value = table.text(key)
    if not form.fullmatch(value):
        raise Mistake("bad-value", f"{table.where}.{key}={value}".removeprefix("."))
    return value


def _known(table: Table, key: str, names: set[str]) -> str:
    value = table.text(key)
    if value not in names:
        raise Mistake("unknown-value", f"{table.where}.{key}={value}")
    return value


def _refuse_twins(where: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Mistake("duplicate", f"{where}={name}")
        seen.add(name)
