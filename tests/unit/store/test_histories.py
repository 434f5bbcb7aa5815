"""Random histories: the tables say exactly what the journal says, and can be made again from it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from evidencedesk.custody.journal import event_line
from evidencedesk.custody.projection import project
from evidencedesk.domain.case import Document, Mode, Shown, Verdict
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.domain.stamp import Subject
from evidencedesk.domain.standing import standing_ticks
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.store.projections import STEPS
from evidencedesk.store.tables import PROJECTIONS
from evidencedesk.system.clock import SystemClock
from fakes.desk_histories import desk_facts
from fakes.law_histories import CARD_LATER, TICK_LATER, attachment_later, law_facts

History = list[tuple[int, EventType, dict[str, Any], Moment]]

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SHA256 = st.text("0123456789abcdef", min_size=64, max_size=64)
_COUNT = st.integers(0, 2**40)
_FLAG = st.booleans()
_MOMENT = st.builds(
    lambda second, zone, boot, mono: Moment(f"2026-11-23T14:05:{second:02}.123456Z", zone, boot, mono),
    st.integers(0, 59),
    st.integers(-720, 840),
    st.sampled_from(["boot-1", "boot-2"]),
    st.integers(0, 2**63 - 1),
)
_CARD = st.fixed_dictionaries(
    {
        "name": _TEXT,
        "staff_number": _TEXT,
        "organisation": _TEXT,
        "lender": _TEXT,
        "phone": _TEXT,
        "plate": _TEXT,
        "description": _TEXT,
        "documents": st.dictionaries(
            st.sampled_from([d.value for d in Document]), st.sampled_from([s.value for s in Shown])
        ),
    },
    optional=CARD_LATER,
)
_SOUND = {
    "samples": _COUNT,
    "file": _TEXT,
    "file_bytes": _COUNT,
    "file_sha256": _SHA256,
    "pcm_sha256": _SHA256,
    "pulse_sha256": _SHA256,
}
_ID_KEYS = {
    EventType.ENCOUNTER_OPENED: "encounter",
    EventType.RECORDING_STARTED: "recording",
    EventType.NOTE_TAKEN: "note",
    EventType.TICK_SET: "tick",
    EventType.COLLECTOR_ADDED: "collector",
    EventType.ATTACHMENT_ADDED: "attachment",
    EventType.RECORDING_IMPORTED: "imported",
    EventType.STAMP_RECEIVED: "stamp",
    EventType.CONTACT_LOGGED: "contact",
    EventType.FOLLOW_UP_LOGGED: "follow_up",
    EventType.CLAIM_LOGGED: "claim",
    EventType.TRANSCRIPT_DRAFTED: "transcript",
}


def _facts(kind: EventType, known: dict[str, list[str]]) -> st.SearchStrategy[dict[str, Any]] | None:
    """Data for one event after what is known; None when there is nothing yet it could speak of."""

    def of(name: str) -> st.SearchStrategy[str]:
        return st.sampled_from(known.get(name) or [f"no-{name}-yet"])

    def or_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.none() | strategy

    place = {
        "encounter": or_none(of("encounter")),
        "recording": or_none(of("recording")),
        "at_ms": or_none(_COUNT),
    }
    names = {"title": _TEXT, "creditor": _TEXT, "contract": _TEXT}
    changes = {**names, "hotline": _TEXT}
    made: dict[EventType, tuple[str | None, st.SearchStrategy[dict[str, Any]]]] = {
        EventType.CASE_CHANGED: (None, st.fixed_dictionaries({}, optional=changes)),
        EventType.CASE_DELETED: (None, st.just({})),
        EventType.CASE_EXPORTED: (None, st.fixed_dictionaries({"folder": _TEXT})),
        EventType.CASE_EXPORT_FAILED: (None, st.fixed_dictionaries({"folder": _TEXT})),
        EventType.CASE_REDACTED: (None, st.fixed_dictionaries({"folder": _TEXT})),
        EventType.ENCOUNTER_OPENED: (
            None,
            st.fixed_dictionaries({"mode": st.sampled_from([m.value for m in Mode])}),
        ),
        EventType.ENCOUNTER_CLOSED: ("encounter", st.fixed_dictionaries({"encounter": of("encounter")})),
        EventType.RECORDING_STARTED: (
            None,
            st.fixed_dictionaries(
                {
                    "encounter": of("encounter"),
                    "device": _TEXT,
                    "source": _TEXT,
                    "rate_hz": st.sampled_from([8000, 48000]),
                    "channels": st.integers(1, 2),
                    "simulated": _FLAG,
                    "file": _TEXT,
                    "started_utc": _TEXT,
                }
            ),
        ),
        EventType.RECORDING_GAP: (
            "recording",
            st.fixed_dictionaries(
                {"recording": of("recording"), "at_ms": _COUNT, "length_ms": _COUNT, "cause": _TEXT}
            ),
        ),
        EventType.RECORDING_WARNING: (
            "recording",
            st.fixed_dictionaries({"recording": of("recording"), "at_ms": _COUNT, "code": _TEXT}),
        ),
        EventType.RECORDING_STOPPED: (
            "recording",
            st.fixed_dictionaries({"recording": of("recording"), "reason": _TEXT, **_SOUND}),
        ),
        EventType.RECORDING_RECOVERED: (
            "recording",
            st.fixed_dictionaries(
                {
                    "recording": of("recording"),
                    "saved_samples": _COUNT,
                    "missing_ms": _COUNT,
                    "cut_bytes": _COUNT,
                    "found_file": _TEXT,
                    "found_bytes": _COUNT,
                    "found_sha256": _SHA256,
                    "agrees_with_pulses": _FLAG,
                    **_SOUND,
                }
            ),
        ),
        EventType.RECORDING_IMPORTED: (
            None,
            st.fixed_dictionaries(
                {
                    "encounter": or_none(of("encounter")),
                    "name": _TEXT,
                    "stored_name": _TEXT,
                    "file_bytes": _COUNT,
                    "sha256": _SHA256,
                    "file_modified_utc": or_none(_TEXT),
                    "format": _TEXT,
                    "duration_ms": or_none(_COUNT),
                    "rate_hz": or_none(st.sampled_from([8000, 48000])),
                    "channels": or_none(st.integers(1, 2)),
                    "decoder": _TEXT,
                }
            ),
        ),
        EventType.NOTE_TAKEN: (
            None,
            st.fixed_dictionaries({**place, "text": _TEXT, "marker": or_none(_TEXT)}),
        ),
        EventType.NOTE_CORRECTED: (
            "note",
            st.fixed_dictionaries({"note": of("note"), "text": _TEXT, "corrects": st.integers(1, 99)}),
        ),
        EventType.TICK_SET: (
            None,
            st.fixed_dictionaries(
                {
                    **place,
                    "pack": st.sampled_from(["law", "guide"]),
                    "pack_version": _TEXT,
                    "item": st.sampled_from(["hours", "papers"]),
                    "verdict": st.sampled_from([v.value for v in Verdict]),
                    "automatic": _FLAG,
                },
                optional=TICK_LATER,
            ),
        ),
        EventType.TICK_WITHDRAWN: (
            "tick",
            st.fixed_dictionaries({"tick": of("tick")}, optional={"automatic": st.just(True)}),
        ),
        EventType.COLLECTOR_ADDED: (
            None,
            st.fixed_dictionaries({"encounter": of("encounter"), "card": _CARD}),
        ),
        EventType.COLLECTOR_CHANGED: (
            "collector",
            st.fixed_dictionaries({"collector": of("collector"), "card": _CARD}),
        ),
        EventType.ATTACHMENT_ADDED: (
            None,
            st.fixed_dictionaries(
                {
                    "encounter": or_none(of("encounter")),
                    "name": _TEXT,
                    "stored_name": _TEXT,
                    "file_bytes": _COUNT,
                    "sha256": _SHA256,
                },
                optional=attachment_later(of),
            ),
        ),
        EventType.STAMP_RECEIVED: (
            None,
            st.fixed_dictionaries(
                {
                    "subject": st.sampled_from([subject.value for subject in Subject]),
                    "imprint": _SHA256,
                    "seq": or_none(_COUNT),
                    "authority": st.sampled_from(["one", "two"]),
                    "gen_time": _TEXT,
                    "serial": _TEXT,
                    "policy": _TEXT,
                    "token_sha256": _SHA256,
                }
            ),
        ),
        **law_facts(of, place),
        **desk_facts(of),
    }
    needs, strategy = made[kind]
    return None if needs is not None and not known.get(needs) else strategy


# Each case begins with one of everything, so that the rest has something to speak of.
_BEGIN = (
    *_ID_KEYS,
    EventType.NOTE_CORRECTED,
    EventType.TICK_SET,
    EventType.TRANSCRIPT_HEARD,
    EventType.DEBT_DESCRIBED,
    EventType.EVIDENCE_ARRANGED,
)
_LATER: tuple[EventType, ...] = tuple(kind for kind in EventType if kind is not EventType.CASE_OPENED)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Two cases whose events come mixed, each making sense after those before."""
    history: History = []
    known: list[dict[str, list[str]]] = [{}, {}]
    for case in (0, 1):
        opened = {"title": draw(_TEXT), "creditor": draw(_TEXT), "contract": draw(_TEXT)}
        history.append((case, EventType.CASE_OPENED, opened, draw(_MOMENT)))
    steps = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(_LATER)), min_size=8, max_size=24)
    begin = [(case, kind) for kind in _BEGIN for case in (0, 1)]
    for number, (case, kind) in enumerate(begin + draw(steps)):
        strategy = _facts(kind, known[case])
        if strategy is None:
            continue
        facts = draw(strategy)
        if kind in _ID_KEYS:
            facts = {_ID_KEYS[kind]: f"{kind.value[0]}-{number:08}", **facts}
            known[case].setdefault(_ID_KEYS[kind], []).append(facts[_ID_KEYS[kind]])
        if kind is EventType.TRANSCRIPT_HEARD:
            known[case].setdefault("heard", []).append(facts["transcript"])
        history.append((case, kind, facts, draw(_MOMENT)))
    return history


@contextmanager
def _library(history: History, clock: Clock) -> Iterator[LibraryStore]:
    with tempfile.TemporaryDirectory() as folder:
        store = LibraryStore.open(Path(folder), clock, "1.2.3")
        try:
            for case, kind, facts, moment in history:
                store.append(f"c-0000000{case}", [(kind, facts)], moment)
            yield store
        finally:
            store.close()


def _all_rows(store: LibraryStore) -> list[Any]:
    with store._reading() as connection:
        return [list(connection.execute(select(t).order_by(*t.primary_key))) for t in PROJECTIONS]


# Every example is a real library on the disk: shrinking a failure would take minutes.
_UNSHRUNK = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@settings(_UNSHRUNK, max_examples=15)
@given(histories())
def test_tables_equal_the_fold_of_the_journal_and_can_be_made_again_from_it(history: History) -> None:
    with _library(history, SystemClock()) as store:
        for case_id in ("c-00000000", "c-00000001"):
            told = project(store.events(case_id))
            assert store.case_file(case_id) == told
            assert list(store.journal_lines(case_id)) == [event_line(e) for e in store.events(case_id)]
        assert store.check() == ()
        before, summaries = _all_rows(store), store.cases()
        store.rebuild_projections()
        assert _all_rows(store) == before
        assert store.cases() == summaries


@settings(_UNSHRUNK, max_examples=6)
@given(histories())
def test_summaries_count_what_the_fold_counts(history: History) -> None:
    with _library(history, SystemClock()) as store:
        for summary in store.cases():
            told = project(store.events(summary.case.id))
            current = [tick.verdict for tick in standing_ticks(told.ticks)]
            assert summary.case == told.case
            assert summary.encounters == len(told.encounters)
            assert summary.recordings == len(told.recordings)
            assert summary.recorded_ms == sum(r.duration_ms or 0 for r in told.recordings)
            assert summary.notes == len(told.notes)
            assert summary.attachments == len(told.attachments)
            assert summary.simulated == any(r.simulated for r in told.recordings)
            assert summary.practice == told.practice
            assert summary.breaches == current.count(Verdict.BREACHED)
            last = [event.moment for event in store.events(summary.case.id)][-1]
            assert (summary.last_utc, summary.last_offset_minutes) == (last.utc, last.offset_minutes)


def test_every_type_of_event_has_its_step() -> None:
    assert set(STEPS) == set(EventType)


def _tick(
    name: str,
    verdict: Verdict,
    item: str = "hours",
    encounter: str | None = None,
    *,
    automatic: bool = False,
    subject: str = "",
) -> dict[str, Any]:
    return {
        "tick": name,
        "encounter": encounter,
        "recording": None,
        "at_ms": None,
        "pack": "law",
        "pack_version": "1",
        "item": item,
        "verdict": verdict.value,
        "automatic": automatic,
        "subject": subject,
    }


@pytest.mark.parametrize(
    ("ticks", "withdrawn", "breaches"),
    [
        ([_tick("t-1", Verdict.BREACHED)], [], 1),
        ([_tick("t-1", Verdict.BREACHED), _tick("t-2", Verdict.BREACHED)], [], 1),
        ([_tick("t-1", Verdict.BREACHED), _tick("t-2", Verdict.KEPT)], [], 0),
        ([_tick("t-1", Verdict.KEPT), _tick("t-2", Verdict.BREACHED)], [], 1),
        ([_tick("t-1", Verdict.BREACHED), _tick("t-2", Verdict.KEPT)], ["t-2"], 1),
        ([_tick("t-1", Verdict.BREACHED)], ["t-1"], 0),
        ([_tick("t-1", Verdict.BREACHED), _tick("t-2", Verdict.KEPT, "papers")], [], 1),
        ([_tick("t-1", Verdict.BREACHED), _tick("t-2", Verdict.KEPT, encounter="e-1")], [], 1),
        ([_tick("t-1", Verdict.BREACHED, encounter="e-1"), _tick("t-2", Verdict.BREACHED)], [], 2),
        (
            [_tick("t-1", Verdict.BREACHED, subject="k-1"), _tick("t-2", Verdict.BREACHED, subject="k-2")],
            [],
            2,
        ),
        ([_tick("t-1", Verdict.BREACHED, subject="k-1"), _tick("t-2", Verdict.KEPT, subject="k-1")], [], 0),
        ([_tick("t-1", Verdict.KEPT), _tick("t-2", Verdict.BREACHED, automatic=True)], [], 0),
        ([_tick("t-1", Verdict.KEPT), _tick("t-2", Verdict.BREACHED, automatic=True)], ["t-1"], 1),
        ([_tick("t-1", Verdict.BREACHED, automatic=True), _tick("t-2", Verdict.KEPT)], [], 0),
    ],
)
def test_a_breach_counts_once_and_only_while_the_last_tick_says_so(
    store: LibraryStore, case: str, ticks: list[dict[str, Any]], withdrawn: list[str], breaches: int
) -> None:
    store.append(case, [(EventType.TICK_SET, facts) for facts in ticks])
    store.append(case, [(EventType.TICK_WITHDRAWN, {"tick": name}) for name in withdrawn])
    (summary,) = store.cases()
    assert summary.breaches == breaches


def test_a_note_keeps_every_wording_it_ever_had(store: LibraryStore, case: str) -> None:
    taken = {"note": "n-1", "encounter": None, "recording": None, "at_ms": None, "text": "a", "marker": None}
    store.append(case, [(EventType.NOTE_TAKEN, taken)])
    for text in ("b", "c"):
        store.append(case, [(EventType.NOTE_CORRECTED, {"note": "n-1", "text": text, "corrects": 2})])
    (note,) = store.case_file(case).notes
    assert (note.text, note.earlier, note.corrected) == ("c", ("a", "b"), True)
