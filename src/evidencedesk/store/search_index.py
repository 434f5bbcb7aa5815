"""Where the words of all cases stand, kept in the same transaction as the journal.

``search_texts`` holds each text with its place, ``search_grams`` (FTS5, contentless) which pairs and words
occur in which of them. FTS5's own trigrams are of no use: they can't find two characters, and most Chinese
names and words are two. Its tokenizer ``ascii`` splits at nothing but ASCII signs, so what is one token is
decided in ``domain.search_text`` alone, whatever SQLite knows of Unicode. Case and kind are words there as
well: a search for 的 in one small case must not look at all the texts of the others.

A contentless table forgets a row only when it is told all of its tokens again. They follow from ``body``,
which is kept as it was folded: a Python that folds otherwise would leave traces of other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from evidencedesk.domain.case import ImportedSound, Recording
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.search import (
    NAMES,
    Findable,
    SearchKind,
    findable_case,
    findable_claim,
    findable_contact,
    findable_debt,
    findable_file,
    findable_in,
    findable_note,
    findable_person,
    findable_sentences,
    findable_step,
)
from evidencedesk.domain.search_text import body_of, fold, tokens_of
from evidencedesk.store import rows, tables
from evidencedesk.store.tables import search_texts

GRAMS = "search_grams"
CREATE_GRAMS = (
    "CREATE VIRTUAL TABLE search_grams USING fts5(grams, place, content='', tokenize='ascii', prefix='1')"
)
_FORGET = "INSERT INTO search_grams(search_grams, rowid, grams, place) VALUES ('delete', ?, ?, ?)"
_LEARN = "INSERT INTO search_grams(rowid, grams, place) VALUES (?, ?, ?)"
# The index answers in the order of its numbers. Names get the high ones, so that they come first.
_NAMES_FROM = 1 << 40
_AT_ONCE = 500

_CLAIMS = (EventType.CLAIM_LOGGED, EventType.CLAIM_CHANGED, EventType.CLAIM_WITHDRAWN)
_TRANSCRIPTS = (
    EventType.TRANSCRIPT_DRAFTED,
    EventType.TRANSCRIPT_HEARD,
    EventType.TRANSCRIPT_CORRECTED,
)

T = TypeVar("T")
Key = tuple[str, str, int]

_NAMED_BY: Mapping[EventType, tuple[SearchKind, str]] = {
    EventType.NOTE_TAKEN: (SearchKind.NOTE, "note"),
    EventType.NOTE_CORRECTED: (SearchKind.NOTE, "note"),
    EventType.COLLECTOR_ADDED: (SearchKind.PERSON, "collector"),
    EventType.COLLECTOR_CHANGED: (SearchKind.PERSON, "collector"),
    EventType.ATTACHMENT_ADDED: (SearchKind.FILE, "attachment"),
    EventType.ATTACHMENT_DESCRIBED: (SearchKind.FILE, "attachment"),
    EventType.RECORDING_IMPORTED: (SearchKind.FILE, "imported"),
    EventType.CONTACT_LOGGED: (SearchKind.CONTACT, "contact"),
    EventType.CONTACT_CHANGED: (SearchKind.CONTACT, "contact"),
    EventType.CONTACT_WITHDRAWN: (SearchKind.CONTACT, "contact"),
    EventType.FOLLOW_UP_LOGGED: (SearchKind.STEP, "follow_up"),
    EventType.FOLLOW_UP_CHANGED: (SearchKind.STEP, "follow_up"),
    EventType.FOLLOW_UP_WITHDRAWN: (SearchKind.STEP, "follow_up"),
    EventType.CLAIM_LOGGED: (SearchKind.CLAIM, "claim"),
    EventType.CLAIM_CHANGED: (SearchKind.CLAIM, "claim"),
    EventType.CLAIM_WITHDRAWN: (SearchKind.CLAIM, "claim"),
    EventType.TRANSCRIPT_DRAFTED: (SearchKind.SENTENCE, "transcript"),
    EventType.TRANSCRIPT_HEARD: (SearchKind.SENTENCE, "transcript"),
    EventType.TRANSCRIPT_CORRECTED: (SearchKind.SENTENCE, "transcript"),
}
_NAMED_BY_CASE: Mapping[EventType, SearchKind] = {
    EventType.CASE_OPENED: SearchKind.CASE,
    EventType.CASE_CHANGED: SearchKind.CASE,
    EventType.DEBT_DESCRIBED: SearchKind.DEBT,
}
_FROM_TABLES: Mapping[SearchKind, tuple[Table, Callable[[Row[Any]], Findable | None]]] = {
    SearchKind.CASE: (tables.cases, lambda row: findable_case(rows.case_of(row))),
    SearchKind.NOTE: (tables.notes, lambda row: findable_note(rows.note_of(row))),
    SearchKind.PERSON: (tables.collectors, lambda row: findable_person(rows.collector_of(row))),
    SearchKind.CONTACT: (tables.contacts, lambda row: findable_contact(rows.contact_of(row))),
    SearchKind.STEP: (tables.follow_ups, lambda row: findable_step(rows.follow_up_of(row))),
}


def index_events(connection: Connection, written: Sequence[Event]) -> None:
    """Bring the index up to events of one case that the query tables have taken already."""
    touched: defaultdict[SearchKind, dict[str, None]] = defaultdict(dict)
    for event in written:
        if event.type in _NAMED_BY:
            kind, key = _NAMED_BY[event.type]
            touched[kind][event.data[key]] = None
        elif event.type in _NAMED_BY_CASE:
            touched[_NAMED_BY_CASE[event.type]][event.case] = None
    for kind, names in touched.items():
        for some in _some(names):
            _keep(connection, written[0].case, kind, some)


def fill_index(connection: Connection) -> None:
    """Make the whole index anew from the query tables and the journals."""
    connection.exec_driver_sql("INSERT INTO search_grams(search_grams) VALUES ('delete-all')")
    connection.execute(delete(search_texts))
    # Cases that began earlier first: numbers grow with time, more or less.
    for case_id in list(
        connection.execute(select(tables.cases.c.id).order_by(tables.cases.c.opened_utc)).scalars()
    ):
        case_file = rows.read_case_file(connection, case_id)
        if case_file is not None:
            _add(connection, sorted(findable_in(case_file), key=lambda one: one.utc))


def forget_case(connection: Connection, case_id: str) -> None:
    """Take a case out, and its words from the index's own pages."""
    known = list(connection.execute(select(search_texts).where(search_texts.c.case_id == case_id)))
    if known:
        _forget(connection, known)
        # Until its parts are merged FTS5 only remembers that rows are gone, and their words stay readable.
        connection.exec_driver_sql("INSERT INTO search_grams(search_grams) VALUES ('optimize')")


def case_token(case_id: str) -> str:
    """A case as a word of the index."""
    return "case" + "".join(sign for sign in case_id if sign.isalnum())


def kind_token(kind: SearchKind) -> str:
    """A kind as a word of the index."""
    return "kind" + kind.value


def has_grams(connection: Connection) -> bool:
    """Whether the full-text table is there as this program made it."""
    query = "SELECT sql FROM sqlite_master WHERE name = 'search_grams'"
    return bool(connection.exec_driver_sql(query).scalar_one_or_none() == CREATE_GRAMS)


def fill_if_empty(connection: Connection) -> None:
    """After a migration: a library that is older than the index, or whose migration emptied it, gets one."""
    known = connection.execute(select(search_texts.c.docid).limit(1)).first()
    if known is None and has_grams(connection):
        fill_index(connection)


def indexed(connection: Connection, case_id: str) -> frozenset[Findable]:
    """What the index holds of a case. Raises ValueError for what no version of this program wrote."""
    query = select(search_texts).where(search_texts.c.case_id == case_id)
    return frozenset(found_in(row) for row in connection.execute(query))


def stray_texts(connection: Connection) -> tuple[str, ...]:
    """Cases whose texts ``search_grams`` misses, or that are none; "" for what only ``search_grams`` has."""
    query = """
        SELECT DISTINCT case_id FROM search_texts
        WHERE docid NOT IN (SELECT id FROM search_grams_docsize) OR case_id NOT IN (SELECT id FROM cases)
        UNION SELECT '' FROM search_grams_docsize WHERE id NOT IN (SELECT docid FROM search_texts)
    """
    return tuple(connection.exec_driver_sql(query).scalars())


def found_in(row: Row[Any]) -> Findable:
    """A thing with words from its row."""
    return Findable(
        row.case_id,
        SearchKind(row.kind),
        row.id,
        row.part,
        row.encounter_id,
        row.recording_id,
        row.at_ms,
        row.utc,
        row.offset_minutes,
        row.text,
    )


def _keep(connection: Connection, case_id: str, kind: SearchKind, names: tuple[str, ...]) -> None:
    texts = search_texts
    query = select(texts).where(texts.c.case_id == case_id, texts.c.kind == kind.value)
    if kind is SearchKind.SENTENCE:
        recordings, now = _sentences(connection, case_id, names)
        query = query.where(texts.c.recording_id.in_(recordings))
    else:
        now = [one for one in _as_now(connection, case_id, kind, names) if one is not None and one.text]
        query = query.where(texts.c.id.in_(names))
    before = {_key(found_in(row)): row for row in connection.execute(query)}
    wanted = {_key(one): one for one in now}
    _forget(connection, [row for key, row in before.items() if key not in wanted])
    for key, one in wanted.items():
        if key in before and found_in(before[key]) != one:
            _change(connection, before[key], one)
    _add(connection, [one for key, one in wanted.items() if key not in before])


def _as_now(
    connection: Connection, case_id: str, kind: SearchKind, names: tuple[str, ...]
) -> Iterator[Findable | None]:
    if kind is SearchKind.FILE:
        files = select(tables.attachments).where(tables.attachments.c.id.in_(names))
        yield from (findable_file(rows.attachment_of(row)) for row in connection.execute(files))
        wanted = set(names)
        yield from (findable_file(one) for one in rows.read_imported(connection, case_id) if one.id in wanted)
    elif kind in _FROM_TABLES:
        table, read = _FROM_TABLES[kind]
        query = select(table).where(table.c.id.in_(names))
        yield from (read(row) for row in connection.execute(query))
    elif kind is SearchKind.DEBT:
        debt = rows.read_folded(connection, case_id, EventType.DEBT_DESCRIBED).debt
        yield None if debt is None else findable_debt(debt)
    else:
        claims = rows.read_folded(connection, case_id, *_CLAIMS).claims
        yield from (findable_claim(claims[name]) for name in names)


def _sentences(
    connection: Connection, case_id: str, names: tuple[str, ...]
) -> tuple[set[str], list[Findable]]:
    """The recordings these drafts are of, and what is said in the latest draft of each."""
    told = rows.read_folded(connection, case_id, *_TRANSCRIPTS).transcripts
    wanted = {told[name].recording for name in names}
    sounds: dict[str, Recording | ImportedSound] = {
        one.id: one for one in rows.read_imported(connection, case_id) if one.id in wanted
    }
    for name in wanted:
        recording = rows.read_recording(connection, name)
        if recording is not None and recording.case == case_id:
            sounds[name] = recording
    transcripts = tuple(one for one in told.values() if one.recording in wanted)
    return wanted, list(findable_sentences(transcripts, sounds))


def _some(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    left = iter(items)
    while some := tuple(islice(left, _AT_ONCE)):
        yield some


def _key(one: Findable) -> Key:
    return one.kind.value, one.id, one.part


def _forget(connection: Connection, known: Sequence[Row[Any]]) -> None:
    for some in _some(known):
        connection.exec_driver_sql(_FORGET, [_gram_row(row._asdict()) for row in some])
        gone = [row.docid for row in some]
        connection.execute(delete(search_texts).where(search_texts.c.docid.in_(gone)))


def _change(connection: Connection, row: Row[Any], one: Findable) -> None:
    values = _values(one)
    if values["body"] != row.body:
        connection.exec_driver_sql(_FORGET, _gram_row(row._asdict()))
        connection.exec_driver_sql(_LEARN, _gram_row({**values, "docid": row.docid}))
    connection.execute(update(search_texts).where(search_texts.c.docid == row.docid).values(**values))


def _add(connection: Connection, new: Iterable[Findable]) -> None:
    for some in _some(new):
        free = {names: _last_number(connection, names=names) for names in (False, True)}
        made = []
        for one in some:
            free[one.kind in NAMES] += 1
            made.append({"docid": free[one.kind in NAMES], **_values(one)})
        connection.execute(insert(search_texts), made)
        connection.exec_driver_sql(_LEARN, [_gram_row(one) for one in made])


def _gram_row(values: Mapping[str, Any]) -> tuple[int, str, str]:
    place = f"{case_token(values['case_id'])} {kind_token(SearchKind(values['kind']))}"
    return values["docid"], tokens_of(values["body"]), place


def _last_number(connection: Connection, *, names: bool) -> int:
    number = search_texts.c.docid
    query = select(func.max(number)).where(number >= _NAMES_FROM if names else number < _NAMES_FROM)
    last = connection.execute(query).scalar_one()
    return (_NAMES_FROM if names else 0) if last is None else int(last)


def _values(one: Findable) -> dict[str, Any]:
    return {
        "case_id": one.case,
        "kind": one.kind.value,
        "id": one.id,
        "part": one.part,
        "encounter_id": one.encounter,
        "recording_id": one.recording,
        "at_ms": one.at_ms,
        "utc": one.utc,
        "offset_minutes": one.offset_minutes,
        "text": one.text,
        "body": body_of(fold(one.text)),
    }
