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


def status_request(columns_from: int) -> bytes:
    """Ask how it stands."""
    return json.dumps({"do": "status", "columns_from": columns_from}).encode()


def stop_request(reason: StopReason) -> bytes:
    """Ask for a normal end."""
    return json.dumps({"do": "stop", "reason": reason.value}).encode()


def encode_status(status: RecorderStatus) -> bytes:
    """A status as bytes."""
    return json.dumps(dataclasses.asdict(status)).encode()


def decode_status(answer: bytes) -> RecorderStatus:
    """Read what ``encode_status`` wrote. Raises ValueError, KeyError, TypeError."""
    facts: dict[str, Any] = json.loads(answer)
    return RecorderStatus(
        **{
            **facts,
            "state": RecorderState(facts["state"]),
            "columns": tuple((low, high) for low, high in facts["columns"]),
            "warnings": tuple(PulseWarning(**warning) for warning in facts["warnings"]),
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
