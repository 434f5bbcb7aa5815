"""The parts of VERIFY.html's script against the Python that they repeat, piece by piece."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from selenium.webdriver import Chrome

from evidencedesk.custody import projection
from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.custody.event_shapes import wrong_in
from evidencedesk.custody.journal import JournalHead, event_line, line_hash, next_event
from evidencedesk.custody.names import look_alike_key, unsafe_because
from evidencedesk.custody.projection import project
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.event import Event, EventType, event_from_json
from evidencedesk.system.resources import resource
from fakes.case_folders import BuiltCase, build_case
from fakes.chromium import IS_THERE
from fakes.law_events import law_events, with_law_events
from fakes.verify_pages import run_script
from unit.store.test_histories import History, histories

pytestmark = pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver")
# The browser is one for all examples; shrinking would ask it a thousand times.
few = settings(
    deadline=None,
    max_examples=15,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltCase:
    return build_case(tmp_path_factory.mktemp("library") / "c-00000001")


# What later versions say as well, in every second event that can.
_LATER: dict[EventType, dict[str, Any]] = {
    EventType.RECORDING_STARTED: {"leg": "far", "part": 2, "begins_ms": 3, "earlier_ms": 4},
    EventType.RECORDING_WARNING: {"by_ms": -5},
    EventType.RECORDING_STOPPED: {"copy": "same"},
}


def chained(history: History, wanted: int) -> list[Event]:
    """The events of one of the two cases of a history, in a right chain."""
    events: list[Event] = []
    head = JournalHead()
    for case, kind, facts, moment in history:
        if case == wanted:
            later = _LATER.get(kind, {}) if len(events) % 2 else {}
            events.append(next_event(f"c-0000000{case}", head, kind, {**facts, **later}, moment))
            head = JournalHead(len(events), line_hash(event_line(events[-1])))
    return events


@few
@given(history=histories())
def test_the_fold_of_a_random_history_is_what_python_makes_of_it(
    verify_page: Chrome, history: History
) -> None:
    cases = [chained(history, number) for number in (0, 1)]
    lines = [[event_line(event).decode() for event in case] for case in cases]
    folded = run_script(
        verify_page,
        """
        return args[0].map((lines) => {
          const bytes = lines.map((line) => UTF8.encode(line));
          const events = bytes.map((line) => Object.assign(parseStrict(line), { hash: sha256Hex(line) }));
          return JSON.stringify(foldEvents(events, (event, error) => { throw error; }));
        });
        """,
        lines,
    )
    assert [json.loads(told) for told in folded] == [case_file_to_json(project(case)) for case in cases]


def test_the_fold_of_contacts_and_steps_is_what_python_makes_of_it(
    verify_page: Chrome, built: BuiltCase
) -> None:
    events = with_law_events(built).events
    folded = run_script(
        verify_page,
        """
        const bytes = args[0].map((line) => UTF8.encode(line));
        const events = bytes.map((line) => Object.assign(parseStrict(line), { hash: sha256Hex(line) }));
        return JSON.stringify(foldEvents(events, (event, error) => { throw error; }));
        """,
        [event_line(event).decode() for event in events],
    )
    assert json.loads(folded) == case_file_to_json(project(events))


def test_a_case_json_from_before_papers_had_moments_is_not_faulted_by_the_page(
    verify_page: Chrome, built: BuiltCase
) -> None:
    known = case_file_to_json(project(built.events))
    older = json.loads(json.dumps(known))
    del older["collectors"][0]["document_moments"]
    forged = json.loads(json.dumps(known))
    forged["collectors"][0]["document_moments"]["work_id"]["utc"] = "2026-11-23T03:00:00.000000Z"
    script = """
        return args[1].map((told) => {
          const found = [];
          checkFacts(args[0], [], { v: 1, case_file: told }, { add: (code, subject) => found.push(subject) });
          return found;
        });
    """
    wrong = "data/case.json case_file.collectors[0].document_moments.work_id.utc"
    assert run_script(verify_page, script, known, [known, older, forged]) == [[], [], [wrong]]


def test_every_event_that_changes_a_fact_has_its_step(verify_page: Chrome) -> None:
    steps = set(run_script(verify_page, "return Object.keys(FOLD_STEPS);"))
    changing = {kind for kind, step in projection.STEPS.items() if step is not projection._nothing}
    assert steps == {kind.value for kind in changing}


def test_whatever_is_wrong_in_an_event_is_wrong_for_the_page(verify_page: Chrome, built: BuiltCase) -> None:
    odd: tuple[Any, ...] = (
        None,
        True,
        -1,
        0,
        1,
        2**53 - 1,
        "",
        "x",
        [],
        {},
        {"x": "y"},
        "2026-02-30T00:00:00.000000Z",
    )
    changed = []
    for event in [*built.events, *law_events(built)]:
        whole = event.as_json()
        for key in [*event.data, "more"]:
            without = {name: value for name, value in event.data.items() if name != key}
            changed += [
                {**whole, "data": without},
                *({**whole, "data": {**without, key: one}} for one in odd),
            ]
        for key in ("seq", "case", "utc", "offset_minutes", "boot", "prev", "data"):
            changed += [{**whole, key: one} for one in odd]
    wrong = []
    for value in changed:
        try:
            wrong.append(bool(wrong_in(event_from_json(value))))
        except (ValueError, KeyError, TypeError, AttributeError):
            wrong.append(True)
    schema = json.loads(resource("schemas", "event.schema.json").read_bytes())
    found = run_script(
        verify_page, "return args[1].map((one) => wrongField(args[0], one) !== '');", schema, changed
    )
    differing = [value for value, ours, theirs in zip(changed, wrong, found, strict=True) if ours != theirs]
    assert differing == []


def test_sha256_is_right_at_every_length_and_in_pieces(verify_page: Chrome) -> None:
    content = bytes(range(256)) * 5
    ours = [hashlib.sha256(content[:length]).hexdigest() for length in range(300)]
    script = """
        const content = Uint8Array.from({ length: 1280 }, (_, index) => index & 255);
        const whole = Array.from({ length: 300 }, (_, length) => sha256Hex(content.subarray(0, length)));
        const pieces = Array.from({ length: 300 }, (_, length) => {
          const digest = new Sha256();
          for (let at = 0; at < length; at += 37) {
            digest.update(content.subarray(at, Math.min(length, at + 37)));
          }
          return digest.hex();
        });
        return [whole, pieces];
    """
    assert run_script(verify_page, script) == [ours, ours]


def test_every_character_looks_like_the_same_others(verify_page: Chrome) -> None:
    # Browsers know newer characters than Python: only those that both have can be compared.
    known = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in {"Cn", "Cs"} and not 0xAC00 <= code < 0xD7A4
    ]
    found = run_script(
        verify_page, "return Array.from(args[0], (one) => lookAlikeKey(one)).join('\\n');", "".join(known)
    )
    assert found == "\n".join(look_alike_key(one) for one in known)


@few
@given(
    paths=st.lists(
        st.lists(
            st.one_of(
                st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
                st.sampled_from(
                    [
                        "con",
                        "NUL.txt",
                        "com¹",
                        "a.",
                        "b ",
                        "..",
                        ".",
                        "~",
                        "a:b",
                        "x" * 255,
                        "名" * 90,
                        "con\\n",
                    ]
                ),
            ),
            min_size=1,
            max_size=4,
        ).map("/".join),
        max_size=60,
    )
)
def test_the_same_names_are_unsafe_for_the_same_reason(verify_page: Chrome, paths: list[str]) -> None:
    assert run_script(verify_page, "return args[0].map(unsafeBecause);", paths) == [
        unsafe_because(p) for p in paths
    ]


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.text(max_size=8)
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@few
@given(
    texts=st.lists(
        st.one_of(
            _JSON.map(json.dumps),
            _JSON.map(lambda value: json.dumps(value, ensure_ascii=False, indent=1)),
            st.text('{}[]":,0123456789.eE-+truefalsn\\\\u d8', max_size=12),
        ),
        min_size=20,
        max_size=80,
    )
)
def test_the_same_json_is_refused_and_the_rest_has_the_same_canonical_text(
    verify_page: Chrome, texts: list[str]
) -> None:
    ours = []
    for text in texts:
        try:
            ours.append(canonical_line(parse_strict(text.encode("utf-8", "surrogatepass"))).decode())
        except (ValueError, UnicodeError):
            ours.append("refused")
    script = """
        return args[0].map((text) => {
          try { return canonicalText(parseStrict(UTF8.encode(text))); }
          catch (error) { if (error instanceof Refused) return "refused"; throw error; }
        });
    """
    assert run_script(verify_page, script, texts) == ours


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        "1.0",
        "1e5",
        "-0",
        "01",
        "NaN",
        '"\\ud800"',
        "[" * 100_000,
        "\ufeff1",
        '"\t"',
        "1 2",
        "",
        '{"__proto__":1}',
    ],
)
def test_json_that_two_readers_could_understand_differently(verify_page: Chrome, text: str) -> None:
    script = """
        try { return canonicalText(parseStrict(UTF8.encode(args[0]))); }
        catch (error) { if (error instanceof Refused) return "refused"; throw error; }
    """
    try:
        ours = canonical_line(parse_strict(text.encode())).decode()
    except ValueError:
        ours = "refused"
    assert run_script(verify_page, script, text) == ours


def test_a_dropped_folder_is_walked_to_its_end_however_it_is_handed_out(verify_page: Chrome) -> None:
    script = """
        const file = (name) => ({
          name,
          isDirectory: false,
          file: (give, refuse) => {
            if (name === "bad") refuse(new DOMException("", "NotReadableError"));
            else give(new File([], name));
          },
        });
        const folder = (name, inner) => ({
          name,
          isDirectory: true,
          createReader: () => {
            const left = [...inner];
            return { readEntries: (give) => give(left.splice(0, 2)) };
          },
        });
        const names = ["a", "b", "c", "d", "bad"].map(file);
        const root = folder("case", [...names, folder("data", [file("x"), folder("deep", [file("y")])])]);
        const { name, files } = await fromFolder(new EntryThing(root), () => {});
        return [name, ...files.map((one) => [one.path, one.reason || ""].join(" ")).sort()];
    """
    found = ["case", "a ", "b ", "bad NotReadableError", "c ", "d ", "data/deep/y ", "data/x "]
    assert run_script(verify_page, script) == found
