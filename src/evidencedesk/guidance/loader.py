"""Reads rule packs and refuses every mistake in them, naming the file, the item and the key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.pack_names import is_pack_id
from evidencedesk.domain.rules import (
    Check,
    CheckKind,
    Group,
    Helper,
    Phase,
    RuleItem,
    RulePack,
    Status,
    Text,
    Who,
)
from evidencedesk.guidance.checks import refuse_bad_check, refuse_unknown_names
from evidencedesk.guidance.pack_parts import (
    ID,
    cautions,
    consent,
    deadlines,
    formed,
    hotlines,
    known,
    markers,
    refuse_twins,
    senders,
    sources,
)
from evidencedesk.guidance.toml_table import Mistake, Table, opened

PACK_BYTES = 1_000_000
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}")
_COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class PackMistake:
    """What is wrong with a pack (``missing``), where (``items[3].group``), and in which item, if in one."""

    reason: str
    where: str
    item: str

    @property
    def told(self) -> str:
        """Reason and place in one text, for errors."""
        return f"{self.reason}: {self.where}" if self.where else self.reason


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
    return read_pack(pack_content(path), path.name)


def pack_content(path: Path) -> bytes:
    """The bytes of a pack's file. Raises PACK_INVALID."""
    try:
        with path.open("rb") as file:
            return file.read(PACK_BYTES + 1)
    except OSError as error:
        reason = f"unreadable: {error.strerror or ''}"
        raise Unreadable(Code.PACK_INVALID, file=path.name, item="", reason=reason) from error


def read_pack(content: bytes, name: str) -> RulePack:
    """Read a pack from the content of the file ``name``. Raises PACK_INVALID like ``load_pack``."""
    found = examine(content)
    if isinstance(found, PackMistake):
        raise Unreadable(Code.PACK_INVALID, file=name, item=found.item, reason=found.told)
    return found


def examine(content: bytes) -> RulePack | PackMistake:
    """The pack that a file's content is, or the first mistake in it."""
    place = _Place()
    try:
        return _read_pack(content, place)
    except Mistake as mistake:
        return PackMistake(mistake.reason, mistake.where, place.item)


def _read_pack(content: bytes, place: _Place) -> RulePack:
    with opened(_toml(content), "") as top:
        documents = _documents(top)
        groups = tuple(Group(formed(table, "id", ID), table.words("title")) for table in top.tables("groups"))
        refuse_twins("groups.id", (group.id for group in groups))
        items = _items(top, documents, {group.id for group in groups}, place)
        item_ids = {item.id for item in items}
        pack = RulePack(
            id=_pack_id(top),
            version=formed(top, "version", _VERSION),
            title=top.words("title"),
            jurisdiction=formed(top, "jurisdiction", _COUNTRY),
            status=top.choice("status", Status),
            dated=top.day("dated"),
            reviewed=top.day("reviewed"),
            about=top.words("about"),
            groups=groups,
            items=items,
            markers=markers(top, item_ids),
            hotlines=hotlines(top),
            keep_private=top.words_or_none("keep_private"),
            applies_to=top.words("applies_to"),
            in_force=top.day_or_none("in_force"),
            review_by=top.day_or_none("review_by"),
            cautions=cautions(top, documents, item_ids),
            deadlines=deadlines(top, documents),
            senders=senders(top),
            consent=consent(top, documents),
        )
    if pack.review_by is not None and pack.review_by <= pack.reviewed:
        raise Mistake("not-after-reviewed", "review_by")
    marker_ids = {marker.id for marker in pack.markers}
    for number, item in enumerate(pack.items, start=1):
        place.item = item.id
        refuse_unknown_names(item.check, f"items[{number}].check", item_ids, marker_ids)
    return pack


def _pack_id(top: Table) -> str:
    value = top.text("id")
    if not is_pack_id(value):
        raise Mistake("bad-value", f"id={value}")
    return value


def _toml(content: bytes) -> object:
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
        name = formed(table, "id", ID)
        if name in documents:
            raise Mistake("duplicate", f"{table.where}.id={name}")
        documents[name] = table.words("text")
    return documents


def _items(top: Table, documents: dict[str, Text], groups: set[str], place: _Place) -> tuple[RuleItem, ...]:
    items: list[RuleItem] = []
    for table in top.tables("items"):
        place.item = table.where
        place.item = formed(table, "id", ID)
        items.append(_item(table, place.item, documents, groups))
        # Here, not after the loop: the mistake is named by the second of the twins.
        refuse_twins("items.id", (item.id for item in items))
        refuse_twins("items.order", (str(item.order) for item in items))
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
        group=known(table, "group", groups),
        order=table.whole_number("order"),
        text=table.words("text"),
        hint=table.words_or_none("hint"),
        say=table.words_or_none("say"),
        sources=sources(table, documents),
        check=_check(table),
    )


def _check(item: Table) -> Check:
    where = f"{item.where}.check"
    with opened(item.table("check"), where) as table:
        check = Check(
            kind=table.choice("kind", CheckKind),
            rule=table.text_or_empty("rule"),
            parameters=table.pairs_or_empty("parameters"),
            helpers=tuple(
                Helper(helper.text("rule"), helper.pairs_or_empty("parameters"))
                for helper in table.tables_or_none("helpers")
            ),
        )
    refuse_bad_check(check, where)
    return check
