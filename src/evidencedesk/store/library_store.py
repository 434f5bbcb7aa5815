"""The library: every case's journal and what follows from it. The one write path."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from evidencedesk.custody.journal import JournalHead, line_hash
from evidencedesk.domain.case import Case, CaseFile, CaseSummary, Encounter, Recording, RecordingState
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.finding import Finding
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.domain.search import SearchAnswer
from evidencedesk.store.checking import check_library
from evidencedesk.store.database import (
    FILE_NAME,
    create_file,
    is_plain,
    make_private,
    open_engine,
    write_anew,
    writing,
)
from evidencedesk.store.disk_errors import known_errors
from evidencedesk.store.file_rows import read_file_hashes
from evidencedesk.store.guards import create_guards, missing_guards
from evidencedesk.store.journal_rows import (
    NewEvent,
    broken_ends,
    read_event,
    read_events_of,
    read_head,
    read_lines,
    write_events,
    write_lines,
    wrong_heads,
)
from evidencedesk.store.people_rows import KnownPerson, read_callers, read_people
from evidencedesk.store.projections import apply_events, clear_case
from evidencedesk.store.rows import read_case_file, read_encounter, read_recording
from evidencedesk.store.schema import (
    FileState,
    bring_up_to_date,
    copy_file,
    damaged,
    guards_missing,
    inspect_file,
    remove_copies,
)
from evidencedesk.store.search_index import GRAMS, fill_index, has_grams
from evidencedesk.store.search_rows import SearchWish, read_hits
from evidencedesk.store.step_rows import WaitingStep, read_waiting
from evidencedesk.store.summaries import cases_named, newest_cases, read_summaries
from evidencedesk.store.tables import PROJECTIONS, deleting, events, metadata, recordings
from evidencedesk.system.durable import disk_failure

LIBRARY_JOURNAL = "library"
_PAGE = 500


class LibraryStore:
    """An open library.

    May be used from several threads: each transaction borrows a connection of its own, writers wait for
    each other. Another process must be kept out by the lock file (``workflows.desk``); if one writes all
    the same, SQLite makes it wait, and after ten seconds LIBRARY_IN_USE is raised.

    What fails on the disk raises DISK_FULL, NOT_WRITABLE, INPUT_OUTPUT or LIBRARY_DAMAGED; then nothing
    of that call was saved.
    """

    def __init__(
        self, file: Path, engine: Engine, clock: Clock, app_version: str, key: bytes | None = None
    ) -> None:
        self._file = file
        self._app_version = app_version
        self._key = key
        self._engine = engine
        self._writer = writing(engine)
        self._clock = clock
        # SQLite's own waiting polls and is not fair; threads of this process queue here instead.
        self._write_turn = threading.Lock()
        self._closed = False
        self._moved_to = ""

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock,
        app_version: str,
        *,
        restore_guards: bool = False,
        key: bytes | None = None,
    ) -> LibraryStore:
        """Open the library in a folder, or begin one there; older tables are brought up to date.

        Checks what is quick: the file, the tables, the guards, the end of each journal; ``check`` does
        the rest. ``key`` opens a sealed database; a new one is sealed with it. Raises LIBRARY_NEWER,
        LIBRARY_DAMAGED, VAULT_OTHER_KEY, GUARDS_MISSING and what the disk says; the file is then as it was.
        With ``restore_guards`` missing guards are made anew, but only if every journal is whole (else
        LIBRARY_DAMAGED).
        """
        file = path / FILE_NAME
        with known_errors(file):
            bring_up_to_date(
                file,
                _look_at(file, key),
                clock.now(),
                app_version,
                require_guards=not restore_guards,
                key=key,
            )
            engine = open_engine(file, key)
            try:
                with _own_rows(file):
                    if restore_guards:
                        _restore_guards(engine, file)
                    with engine.connect() as connection:
                        _require_sound(connection, file)
            except BaseException:
                engine.dispose()
                raise
        return cls(file, engine, clock, app_version, key)

    def open_copy(self, path: Path) -> LibraryStore:
        """Open a copy of this library in another folder, sealed with the same key or plain.

        Raises what ``open`` raises.
        """
        file = path / FILE_NAME
        key = None if file.is_file() and is_plain(file) else self._key
        return LibraryStore.open(path, self._clock, self._app_version, key=key)

    def close(self) -> None:
        """Close all connections; the last one tidies the log file away. May be called twice."""
        self._closed = True
        self._engine.dispose()

    def append(
        self, case_id: str, new: Sequence[NewEvent], moment: Moment | None = None
    ) -> tuple[Event, ...]:
        """Add events to a case; when this returns they are on the disk, all of them or (raising) none.

        Raises UNKNOWN_CASE unless the case exists or the first event opens it, and ValueError or
        KeyError for events that make no sense after those before (a bug of the caller).
        """
        taken = moment or self._clock.now()
        with self._writing() as connection:
            head = read_head(connection, case_id)
            begins = bool(new) and new[0][0] is EventType.CASE_OPENED
            if case_id == LIBRARY_JOURNAL or (head.seq == 0 and not begins):
                raise WrongUse(Code.UNKNOWN_CASE, case=case_id)
            written, head = write_events(connection, case_id, head, new, taken)
            apply_events(connection, written, head)
        return written

    def append_lines(
        self, case_id: str, lines: Sequence[bytes], new: Sequence[NewEvent], moment: Moment
    ) -> JournalHead:
        """Add a journal's lines from another library as they are, and events of our own after them.

        All of it or (raising) nothing. Raises ValueError or KeyError for lines that do not follow, or that
        name what belongs to another case.
        """
        with self._writing() as connection:
            taken, head = write_lines(connection, case_id, read_head(connection, case_id), lines)
            written, head = write_events(connection, case_id, head, new, moment)
            apply_events(connection, (*taken, *written), head)
        return head

    def cases(self) -> tuple[CaseSummary, ...]:
        """The list of cases, the one something happened to last first."""
        with self._reading() as connection:
            return read_summaries(connection)

    def newest_cases(self) -> tuple[Case, ...]:
        """The cases that are not archived, the one something happened to last first."""
        with self._reading() as connection:
            return newest_cases(connection)

    def summary(self, case_id: str) -> CaseSummary:
        """The line of one case. Raises UNKNOWN_CASE."""
        with self._reading() as connection:
            found = read_summaries(connection, case_id)
        if not found:
            raise WrongUse(Code.UNKNOWN_CASE, case=case_id)
        return found[0]

    def find_case(self, name: str) -> Case:
        """The case with this name, or the only one that begins so. Raises UNKNOWN_CASE, AMBIGUOUS_CASE."""
        with self._reading() as connection:
            found = cases_named(connection, name.strip().lower())
        if not found:
            raise WrongUse(Code.UNKNOWN_CASE, case=name)
        if len(found) > 1:
            raise WrongUse(Code.AMBIGUOUS_CASE, case=name, cases=", ".join(case.id for case in found))
        return found[0]

    def case_file(self, case_id: str) -> CaseFile:
        """Everything known about a case. Raises UNKNOWN_CASE."""
        with self._reading() as connection:
            case_file = read_case_file(connection, case_id)
        if case_file is None:
            raise WrongUse(Code.UNKNOWN_CASE, case=case_id)
        return case_file

    def people(self) -> tuple[KnownPerson, ...]:
        """Everybody who was ever written down, in all cases; those seen last come first."""
        with self._reading() as connection:
            return read_people(connection)

    def callers(self) -> tuple[KnownPerson, ...]:
        """The number and name of everybody who called or wrote, in all cases; the newest come first."""
        with self._reading() as connection:
            return read_callers(connection)

    def waiting_steps(self) -> tuple[WaitingStep, ...]:
        """Steps that are planned or have a day, of all cases that are not archived."""
        with self._reading() as connection:
            return read_waiting(connection)

    def recording(self, recording_id: str) -> Recording | None:
        """One recording, if the journal knows it."""
        with self._reading() as connection:
            return read_recording(connection, recording_id)

    def encounter(self, encounter_id: str) -> Encounter | None:
        """One encounter, if the journal knows it."""
        with self._reading() as connection:
            return read_encounter(connection, encounter_id)

    def head(self, case_id: str) -> JournalHead:
        """The end of a case's journal. Raises UNKNOWN_CASE."""
        with self._reading() as connection:
            head = read_head(connection, case_id)
        if head.seq == 0:
            raise WrongUse(Code.UNKNOWN_CASE, case=case_id)
        return head

    def hash_at(self, case_id: str, seq: int) -> str | None:
        """The SHA-256 of one event's line; None when there is no such event."""
        query = select(events.c.hash).where(events.c.case_id == case_id, events.c.seq == seq)
        with self._reading() as connection:
            return connection.execute(query).scalar_one_or_none()

    def recordings_since(self, utc: str) -> tuple[tuple[str, str, int], ...]:
        """Case, recording and number of its first journal entry, of all that began at this time or later."""
        table = recordings
        query = select(table.c.case_id, table.c.id, table.c.seq).where(table.c.started_utc >= utc)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(table.c.case_id, table.c.seq)).all()
        return tuple((row.case_id, row.id, row.seq) for row in rows)

    def is_recording(self) -> bool:
        """Whether a recording of any case was begun and has not ended yet, as far as the journals know."""
        running = select(recordings.c.id).where(recordings.c.state == RecordingState.RUNNING.value)
        with self._reading() as connection:
            return connection.execute(running.limit(1)).first() is not None

    def ended_recordings(self) -> Mapping[str, str]:
        """All recordings whose end the journal tells, with what became of their second copy."""
        table = recordings
        query = select(table.c.id, table.c.copy).where(table.c.samples.is_not(None))
        with self._reading() as connection:
            return {row.id: row.copy or "" for row in connection.execute(query)}

    def recorded_devices(self) -> frozenset[str]:
        """The devices that gave a recording already."""
        with self._reading() as connection:
            return frozenset(connection.execute(select(recordings.c.device).distinct()).scalars())

    def imported_until(self) -> Mapping[str, int]:
        """For each case from another library: the number of the entry that says so last."""
        query = select(events.c.case_id, func.max(events.c.seq).label("seq"))
        imported = query.where(events.c.type == EventType.CASE_IMPORTED.value).group_by(events.c.case_id)
        with self._reading() as connection:
            return {row.case_id: row.seq for row in connection.execute(imported)}

    def hashes(self, case_id: str) -> tuple[str, ...]:
        """The SHA-256 of all lines of a journal, in order; empty for a case that is not here."""
        query = select(events.c.hash).where(events.c.case_id == case_id).order_by(events.c.seq)
        with self._reading() as connection:
            return tuple(connection.execute(query).scalars())

    def deleted_cases(self) -> frozenset[str]:
        """The cases whose deletion the library's own journal tells of."""
        with self._reading() as connection:
            told = read_events_of(connection, LIBRARY_JOURNAL, EventType.CASE_DELETED)
        return frozenset(str(event.data["case"]) for event in told)

    def journal_lines(self, case_id: str) -> Iterator[bytes]:
        """The exact bytes that were hashed, one event each, without line ends."""
        # Page by page: a caller that stops half way leaves no transaction open.
        after = 0
        while True:
            with self._reading() as connection:
                lines = read_lines(connection, case_id, after, _PAGE)
            yield from lines
            if len(lines) < _PAGE:
                return
            after += len(lines)

    def events(self, case_id: str) -> Iterator[Event]:
        """A case's events from the first on."""
        for line in self.journal_lines(case_id):
            with _own_rows(self._file):
                event = read_event(line)
            yield event

    def events_of(self, case_id: str, kind: EventType) -> tuple[Event, ...]:
        """A case's events of one kind, in order."""
        with self._reading() as connection:
            return tuple(read_events_of(connection, case_id, kind))

    def search(self, wish: SearchWish) -> SearchAnswer:
        """What holds the words, in one case or all; see ``SearchWish``."""
        with self._reading() as connection:
            return read_hits(connection, wish)

    def rebuild_projections(self) -> None:
        """Empty the query tables and replay every journal into them, in one transaction.

        The search index is made anew as well.
        """
        with self._writing() as connection, _own_rows(self._file):
            for table in PROJECTIONS:
                connection.execute(delete(table))
            for case_id in list(connection.execute(select(events.c.case_id).distinct()).scalars()):
                if case_id != LIBRARY_JOURNAL:
                    _replay(connection, case_id)
            fill_index(connection)

    def heads(self) -> Mapping[str, JournalHead]:
        """Where each journal ends."""
        last = select(events.c.case_id, func.max(events.c.seq).label("seq")).group_by(events.c.case_id)
        ends = last.subquery()
        query = select(events.c.case_id, events.c.seq, events.c.hash).join(
            ends, (ends.c.case_id == events.c.case_id) & (ends.c.seq == events.c.seq)
        )
        with self._reading() as connection:
            return {row.case_id: JournalHead(row.seq, row.hash) for row in connection.execute(query)}

    def file_hashes(self) -> Mapping[str, str]:
        """The SHA-256 that journals promise, by the file's place in the library."""
        with self._reading() as connection:
            return read_file_hashes(connection)

    def snapshot(self, target: Path) -> None:
        """Copy the database in one step, as it is at one moment, durably; a sealed one sealed.

        Raises what the disk says.
        """
        self._require_open()
        with known_errors(self._file):
            copy_file(self._file, target, self._key)

    @contextmanager
    def standstill(self) -> Iterator[None]:
        """Nothing is written for the length of a ``with`` block: who wants to, waits."""
        with self._writing():
            yield

    def retire(self, moved_to: Path) -> None:
        """From now on everything here raises LIBRARY_MOVED: the library lives elsewhere."""
        self._moved_to = str(moved_to)

    def check(self) -> tuple[Finding, ...]:
        """Everything that is not as it should be, in the whole library."""
        with self._reading() as connection:
            return check_library(connection, LIBRARY_JOURNAL)

    def delete_case(self, case_id: str) -> None:
        """Delete a case's journal and rows for good; the library's own journal keeps that it was.

        The file is written anew without it, the log emptied, and copies made before migrations are taken
        away, because they hold the case too. Files beside the database are not touched. Raises
        UNKNOWN_CASE.
        """
        with self._writing() as connection:
            head = read_head(connection, case_id)
            if head.seq == 0 or case_id == LIBRARY_JOURNAL:
                raise WrongUse(Code.UNKNOWN_CASE, case=case_id)
            connection.execute(insert(deleting).values(case_id=case_id))
            clear_case(connection, case_id)
            connection.execute(delete(events).where(events.c.case_id == case_id))
            connection.execute(delete(deleting))
            facts = {"case": case_id, "events": head.seq, "head": head.hash}
            own = read_head(connection, LIBRARY_JOURNAL)
            write_events(
                connection, LIBRARY_JOURNAL, own, [(EventType.CASE_DELETED, facts)], self._clock.now()
            )
        with known_errors(self._file):
            write_anew(self._engine)
        remove_copies(self._file)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._require_open()
        with known_errors(self._file), _own_rows(self._file), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._require_open()
        try:
            with self._write_turn, known_errors(self._file), self._writer.begin() as connection:
                yield connection
        except IntegrityError as error:
            # A guard or a key refused it: an event that can't follow, a thing begun twice.
            raise ValueError(str(error.orig)) from error

    def _require_open(self) -> None:
        if self._moved_to:
            raise MachineFailure(Code.LIBRARY_MOVED, path=self._moved_to)
        # The engine would connect again by itself, when another process may already hold the lock.
        if self._closed:
            raise RuntimeError("the library is closed")


@contextmanager
def _own_rows(file: Path) -> Iterator[None]:
    """Rows this program wrote and can't read any more were changed from outside."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(file, str(error)) from error


def _look_at(file: Path, key: bytes | None) -> FileState:
    try:
        if file.exists() and not file.is_file():
            raise damaged(file, "not a file")
        if not file.exists() or file.stat().st_size == 0:
            # An empty list of cases over folders full of recordings would hide that something is gone.
            if any(folder.is_dir() for folder in (file.parent / "cases").glob("*")):
                raise damaged(file, "the database is missing or empty, but there are cases")
            if not file.exists():
                create_file(file)
        make_private(file)
        return inspect_file(file, key)
    except OSError as error:
        raise disk_failure(error, file) from error


def _require_sound(connection: Connection, file: Path) -> None:
    tables = inspect(connection)
    for table in metadata.sorted_tables:
        wanted = {column.name for column in table.columns}
        found = {c["name"] for c in tables.get_columns(table.name)} if tables.has_table(table.name) else set()
        if wanted != found:
            raise damaged(file, f"table {table.name}")
    if not has_grams(connection):
        raise damaged(file, f"table {GRAMS}")
    gone = missing_guards(connection)
    if gone:
        raise guards_missing(file, gone)
    for case_id in broken_ends(connection):
        raise damaged(file, f"the end of the journal of {case_id}")
    for case_id in wrong_heads(connection):
        raise damaged(file, f"the end of the journal of {case_id}")


def _restore_guards(engine: Engine, file: Path) -> None:
    with writing(engine).begin() as connection:
        connection.execute(delete(deleting))
        create_guards(connection)
        findings = check_library(connection, LIBRARY_JOURNAL)
        if findings:
            raise damaged(file, "; ".join(f"{finding.subject}: {finding.code}" for finding in findings))


def _replay(connection: Connection, case_id: str) -> None:
    lines = read_lines(connection, case_id)
    if lines:
        replayed = [read_event(line) for line in lines]
        head = JournalHead(replayed[-1].seq, line_hash(lines[-1]))
        apply_events(connection, replayed, head, indexed=False)
