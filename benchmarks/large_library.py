"""A library as somebody's whole practice would fill it, written through the store's own append."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.system.clock import SystemClock

_RATE_HZ = 16_000
_SECONDS = 600
_LENDERS = ("来分期", "某某消费金融", "小额快贷", "有钱花花", "月月还")
_SAID = (
    "今天必须还清",
    "明天带人上门",
    "你家里人的电话我们都有",
    "先还一部分也可以",
    "请出示工作证",
    "法院见",
)

NewEvent = tuple[EventType, Mapping[str, Any]]


def fill_library(library: Path, cases: int, encounters: int, notes: int) -> None:
    """``encounters`` of each case, each recorded and with ``notes``; each sound has its folder."""
    store = LibraryStore.open(library, SystemClock(), "0")
    try:
        for number in range(cases):
            case = f"c-{number:08d}"
            moment = Moment(
                f"2026-{1 + number // 90 % 11:02d}-{1 + number % 28:02d}T10:00:00.000000Z", 480, "boot", 1
            )
            store.append(case, _events(number, encounters, notes), moment)
            for encounter in range(encounters):
                _sound(library / "cases" / case / "recordings" / f"r-{number * encounters + encounter:08d}")
    finally:
        store.close()


def _events(case: int, encounters: int, notes: int) -> list[NewEvent]:
    lender = _LENDERS[case % len(_LENDERS)]
    title = {"title": f"{lender} {case}", "creditor": lender, "contract": f"LFQ-{case:05d}"}
    events: list[NewEvent] = [(EventType.CASE_OPENED, title)]
    for number in range(case * encounters, (case + 1) * encounters):
        events += _encounter(number, notes)
    return events


def _encounter(number: int, notes: int) -> list[NewEvent]:
    visit, recording = f"e-{number:08d}", f"r-{number:08d}"
    begun = {
        "recording": recording,
        "encounter": visit,
        "device": f"Microphone {number % 7}",
        "source": "default",
        "rate_hz": _RATE_HZ,
        "channels": 1,
        "simulated": False,
        "file": "audio.flac",
        "started_utc": "2026-11-23T14:00:00.000000Z",
    }
    ended = {
        "recording": recording,
        "samples": _RATE_HZ * _SECONDS,
        "file": "audio.flac",
        "file_bytes": 4,
        "file_sha256": f"{number:064x}",
        "pcm_sha256": f"{number:064x}",
        "pulse_sha256": f"{number:064x}",
        "reason": "user",
    }
    taken = [
        (
            EventType.NOTE_TAKEN,
            {
                "note": f"n-{number * notes + one:08d}",
                "encounter": visit,
                "recording": recording,
                "at_ms": one * 1000,
                "text": f"对方说:{_SAID[(number + one) % len(_SAID)]}。第 {one} 次。",
                "marker": None,
            },
        )
        for one in range(notes)
    ]
    return [
        (EventType.ENCOUNTER_OPENED, {"encounter": visit, "mode": "visit"}),
        (EventType.RECORDING_STARTED, begun),
        *taken,
        (EventType.RECORDING_STOPPED, ended),
        (EventType.ENCOUNTER_CLOSED, {"encounter": visit}),
    ]


def _sound(folder: Path) -> None:
    """What a finished recording leaves; nobody listens to it here."""
    folder.mkdir(parents=True)
    (folder / "audio.flac").write_bytes(b"fLaC")
    (folder / "pulse.jsonl").write_bytes(b"{}\n")
