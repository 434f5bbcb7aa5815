"""A pulse journal is read whole, torn or hostile, and each bad line is named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.custody import pulses as pulses_module
from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.pulses import Pulses, pulse_hash, pulse_line, read_pulses
from evidencedesk.domain.event import FIRST_PREV
from fakes.case_folders import FRAMES, SEALED, BuiltCase


@pytest.fixture
def content(built: BuiltCase) -> bytes:
    return (built.source / "recordings" / SEALED / "pulse.jsonl").read_bytes()


def read(tmp_path: Path, content: bytes) -> Pulses:
    path = tmp_path / "pulse.jsonl"
    path.write_bytes(content)
    return read_pulses(path)


def codes(pulses: Pulses) -> list[tuple[str, int]]:
    return [(fault.code, fault.line) for fault in pulses.faults]


def test_a_whole_journal_is_read(tmp_path: Path, content: bytes) -> None:
    pulses = read(tmp_path, content)
    assert pulses.faults == ()
    assert not pulses.torn
    assert pulses.start["recording"] == SEALED
    assert len(pulses.lines) == 5
    assert pulses.stop is not None
    assert pulses.stop["samples"] == FRAMES
    assert pulses.last_pulse is not None
    assert pulses.last_pulse["samples"] == 8192
    assert pulses.sha256 == hash_file(tmp_path / "pulse.jsonl")[0]
    assert pulses.last_hash == pulse_hash(content.splitlines()[-1])


def test_a_torn_last_line_is_no_fault_but_is_told(tmp_path: Path, content: bytes) -> None:
    for cut in range(1, len(content.splitlines()[-1])):
        pulses = read(tmp_path, content[:-cut])
        assert pulses.torn
        assert pulses.stop is None
        assert pulses.faults == ()
        assert len(pulses.lines) == 4


def test_nothing_at_all_has_no_start(tmp_path: Path) -> None:
    pulses = read(tmp_path, b"")
    assert (pulses.start, pulses.stop, pulses.torn, pulses.last_pulse) == ({}, None, False, None)


def test_each_line_taken_out_is_named(tmp_path: Path, content: bytes) -> None:
    lines = content.splitlines(keepends=True)
    for gone in range(4):
        pulses = read(tmp_path, b"".join(lines[:gone] + lines[gone + 1 :]))
        assert ("pulse-chain", gone + 1) in codes(pulses)


def test_a_changed_byte_in_any_line_but_the_last_is_named(tmp_path: Path, content: bytes) -> None:
    end = content.rindex(b"\n", 0, -1)
    for position in range(0, end, 7):
        changed = bytearray(content)
        changed[position] ^= 1
        assert read(tmp_path, bytes(changed)).faults, position


def test_lines_after_the_end_are_named(tmp_path: Path, content: bytes) -> None:
    last = pulse_hash(content.splitlines()[-1])
    more = pulse_line({"kind": "warning", "code": "silent", "at_samples": 1}, last) + b"\n"
    assert codes(read(tmp_path, content + more)) == [("pulse-line", 6)]


def test_a_second_start_is_named(tmp_path: Path, content: bytes) -> None:
    lines = content.splitlines()[:2]
    again = {**read(tmp_path, content).start}
    del again["prev"]
    second = pulse_line(again, pulse_hash(lines[-1]))
    assert codes(read(tmp_path, b"\n".join([*lines, second, b""]))) == [("pulse-line", 3)]


GOOD: dict[str, Any] = {
    "kind": "pulse",
    "samples": 1,
    "file_bytes": 1,
    "pcm_sha256": "",
    "utc": "",
    "mono_ns": "5",
}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "invented"},
        {"kind": None},
        {"kind": []},
        {"samples": -1},
        {"samples": True},
        {"samples": "1"},
        {"samples": None},
        {"pcm_sha256": 1},
        {"mono_ns": "x"},
        {"mono_ns": "9" * 30},
        {"utc": "x" * 20_000},
    ],
)
def test_a_line_no_recorder_writes_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    line = pulse_line({**GOOD, **change}, FIRST_PREV)
    assert ("pulse-line", 1) in codes(read(tmp_path, line + b"\n"))
    assert read(tmp_path, line + b"\n").lines == ()


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff", b"null", b"[]", b"{}", b"[" * 10_000, b'{"kind":1e400}', b'{"kind":"stop"}', b"\x00"],
)
def test_a_line_that_is_no_object_is_named(tmp_path: Path, raw: bytes) -> None:
    assert ("pulse-line", 1) in codes(read(tmp_path, raw + b"\n"))


def test_a_warning_without_clocks_is_read(tmp_path: Path) -> None:
    line = canonical_line(
        {"kind": "warning", "code": "silent", "at_samples": 1, "mono_ns": [], "prev": FIRST_PREV}
    )
    assert ("pulse-line", 1) in codes(read(tmp_path, line + b"\n"))


def test_a_hundred_million_empty_lines_end_early(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"\n" * 50_000_000).faults) == pulses_module.FAULT_LIMIT


def test_what_is_absurdly_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulses_module, "FILE_LIMIT", 10)
    with pytest.raises(ValueError, match="too large"):
        read(tmp_path, b"x" * 11)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pulse.jsonl")
    with pytest.raises(ValueError, match="regular"):
        read_pulses(tmp_path / "pulse.jsonl")


def test_a_link_is_not_followed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "real").write_bytes(content)
    (tmp_path / "pulse.jsonl").symlink_to("real")
    with pytest.raises(OSError, match="symbolic"):
        read_pulses(tmp_path / "pulse.jsonl")


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_raise(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    read(tmp_path_factory.getbasetemp(), raw)
