"""What the window and a recorder process say to each other: JSON over a private local socket.

Never pickles: a reader must not run what a writer sends. One request, one answer; any number of clients.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import (
    PartStatus,
    PulseWarning,
    RecorderState,
    RecorderStatus,
    SealedSound,
    StopReason,
)

CONTROL_FILE = "capture.json"
LOCK_FILE = "capture.lock"
PLAN_FILE = "plan.json"


def status_request(columns_from: int, warnings_from: int = 0) -> bytes:
    """Ask how it stands, with the columns and warnings from an index on: a day of them is a megabyte."""
    request = {"do": "status", "columns_from": columns_from, "warnings_from": warnings_from}
    return json.dumps(request).encode()


def stop_request(reason: StopReason) -> bytes:
    """Ask for a normal end."""
    return json.dumps({"do": "stop", "reason": reason.value}).encode()


def encode_status(status: RecorderStatus, warnings_from: int = 0) -> bytes:
    """A status as bytes, with the warnings from an index on."""
    new = dataclasses.replace(status, warnings=status.warnings[warnings_from:])
    facts = dataclasses.asdict(new)
    if warnings_from:  # only who asked for it knows the word
        facts["warnings_from"] = warnings_from
    return json.dumps(facts).encode()


def decode_status(answer: bytes, known: tuple[PulseWarning, ...] = ()) -> RecorderStatus:
    """Read what ``encode_status`` wrote, with the warnings ``known`` from earlier answers before its own.

    Raises ValueError, KeyError, TypeError.
    """
    facts: dict[str, Any] = json.loads(answer)
    # A recorder of an older version, and one asked by ``stop``, gives all of them.
    before = known[: int(facts.pop("warnings_from", 0))]
    return RecorderStatus(
        **{
            **facts,
            "state": RecorderState(facts["state"]),
            "columns": tuple((low, high) for low, high in facts["columns"]),
            "warnings": (*before, *(PulseWarning(**warning) for warning in facts["warnings"])),
            "error_facts": tuple((key, value) for key, value in facts["error_facts"]),
            "sealed": _sealed(facts["sealed"]),
            "parts": tuple(_part(part) for part in facts["parts"]),
        }
    )


def _part(facts: dict[str, Any]) -> PartStatus:
    started, sealed = Moment(**facts["started"]), _sealed(facts["sealed"])
    return PartStatus(**{**facts, "started": started, "sealed": sealed})


def _sealed(facts: dict[str, Any] | None) -> SealedSound | None:
    return None if facts is None else SealedSound(**{**facts, "reason": StopReason(facts["reason"])})
