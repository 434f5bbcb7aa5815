"""Whatever stands in a folder's files, a check ends with findings and never with an error."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.journal import event_line
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.event import Event
from fakes.case_folders import RECOVERED, SEALED, BuiltCase, forged, reseal

FILES = (
    "data/case.json",
    "data/journal.jsonl",
    "signatures/checkpoint.json",
    f"data/recordings/{RECOVERED}/recovery.json",
    f"data/recordings/{SEALED}/pulse.jsonl",
)
CONTENTS = {
    "nothing": b"",
    "a line end": b"\n",
    "bad UTF-8": b'{"v":"\xff\xfe"}\n',
    "a byte order mark": b"\xef\xbb\xbf{}\n",
    "a key twice": b'{"v":1,"v":2}\n',
    "a number without end": b'{"v":1e400}\n',
    "not a number": b'{"v":NaN}\n',
    "a huge integer": b'{"v":' + b"9" * 5000 + b"}\n",
    "a large integer": b'{"v":' + b"9" * 30 + b"}\n",
    "deep lists": b"[" * 100_000 + b"\n",
    "deep whole lists": b"[" * 100_000 + b"]" * 100_000 + b"\n",
    "deep maps": b'{"outcome":' * 100_000 + b"1" + b"}" * 100_000 + b"\n",
    "maps at the edge of deep": b'{"case_file":' * 900 + b"1" + b"}" * 900 + b"\n",
    "NUL": b"\x00" * 1000 + b"\n",
    "half a character": b'{"outcome":"\\ud800","head":"\\udfff","\\ud800":1}\n',
    "null": b"null\n",
    "a text": b'"x"\n',
    "wrong types": b'{"v":[],"case_file":7,"journal":"x","head":[1],"outcome":[],"kind":{},"data":null}\n',
}
hostile_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.sampled_from(["", "x", "\x00", "../../etc/passwd", "/", "\u202e", "9" * 400, "audio.flac"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
def test_no_content_of_any_file_ends_a_check(folder: Path, content: bytes) -> None:
    before = {name: (folder / name).read_bytes() for name in FILES}
    for name in FILES:
        for hostile in (content, before[name] + content):
            if hostile == before[name] or (
                hostile.strip() == before[name].strip() and name.endswith(".json")
            ):
                continue  # the same JSON
            (folder / name).write_bytes(hostile)
            reseal(folder)
            report = verify_folder(folder, read_pcm)
            assert [fault for fault in report.faults if fault.subject.startswith(name)], name
        (folder / name).write_bytes(before[name])


@pytest.fixture
def work(exported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(exported, tmp_path / "work")


@settings(
    max_examples=80,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_value_in_an_event_ends_a_check(built: BuiltCase, work: Path, data: st.DataObject) -> None:
    """The chain is right again around the event: only what it says is wrong."""
    number = data.draw(st.integers(0, len(built.events) - 1), label="event")
    key = data.draw(st.sampled_from([*sorted(built.events[number].data), "added"]), label="key")
    value: Any = data.draw(hostile_values, label="value")

    def change(event: Event) -> Event:
        if event.seq != number + 1:
            return event
        return dataclasses.replace(event, data={**event.data, key: value})

    copy = forged(built, change)
    (work / "data/journal.jsonl").write_bytes(b"".join(event_line(event) + b"\n" for event in copy.events))
    report = verify_folder(work)
    codes = {fault.code for fault in report.faults}
    assert {"file-changed"} <= codes or copy.head == built.head
    if key == "added" or isinstance(value, list | dict):
        assert codes & {"journal-line", "journal-head"}
