"""A checkpoint: the head of a journal, and how far running sounds had come, at one moment.

It is small, so that it can be signed, stamped and kept outside the database. A journal whose end was
cut off is still a whole chain; only a checkpoint tells.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.journal import JournalHead
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.moment import Moment

FORMAT = 1
LINE_LIMIT = 64 * 1024
_SHA256 = re.compile("[0-9a-f]{64}")
_KEYS = frozenset({"v", "case", "device", "head", "offset_minutes", "sounds", "utc", "why"})


class Why(StrEnum):
    """What a checkpoint was made for."""

    RECORDING_STARTED = "recording-started"
    RECORDING = "recording"
    RECORDING_STOPPED = "recording-stopped"
    EXPORT = "export"
    CASE_DELETED = "case-deleted"


@dataclass(frozen=True, slots=True)
class SoundMark:
    """The last whole line of a recording's pulse journal: its number, SHA-256 and promised samples."""

    recording: str
    line: int
    hash: str
    samples: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed. ``device`` is the fingerprint of the certificate that signs, empty for none."""

    case: str
    head: JournalHead
    why: Why
    utc: str
    offset_minutes: int
    device: str = ""
    sounds: tuple[SoundMark, ...] = ()

    def content(self) -> bytes:
        """The exact bytes that are signed and stamped."""
        return canonical_line(
            {
                "v": FORMAT,
                "case": self.case,
                "device": self.device,
                "head": {"seq": self.head.seq, "hash": self.head.hash},
                "offset_minutes": self.offset_minutes,
                "sounds": [
                    {"recording": s.recording, "line": s.line, "hash": s.hash, "samples": s.samples}
                    for s in self.sounds
                ],
                "utc": self.utc,
                "why": self.why.value,
            }
        )

    @property
    def id(self) -> str:
        """SHA-256 (hex) of its content: also the imprint of its time stamps."""
        return hashlib.sha256(self.content()).hexdigest()


def read_checkpoint(content: bytes) -> Checkpoint:
    """Read the exact bytes of a checkpoint. Raises ValueError for anything else."""
    if len(content) > LINE_LIMIT:
        raise ValueError("too large")
    value = parse_strict(content)
    try:
        checkpoint = _from_json(value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a checkpoint: {type(error).__name__}") from error
    if checkpoint.content() != content:
        raise ValueError("not in canonical form")
    return checkpoint


def _from_json(value: Any) -> Checkpoint:
    if value.keys() != _KEYS or value["v"] != FORMAT:
        raise ValueError("not a checkpoint of this format")
    moment = Moment(value["utc"], _whole(value["offset_minutes"]), "", 0)  # raises for no UTC moment
    head = JournalHead(_whole(value["head"]["seq"]), _hash(value["head"]["hash"]))
    sounds = tuple(
        SoundMark(str(one["recording"]), _whole(one["line"]), _hash(one["hash"]), _whole(one["samples"]))
        for one in value["sounds"]
    )
    device = value["device"]
    return Checkpoint(
        case=str(value["case"]),
        head=head,
        why=Why(value["why"]),
        utc=moment.utc,
        offset_minutes=moment.offset_minutes,
        device=_hash(device) if device else "",
        sounds=sounds,
    )


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not a whole number")  # noqa: TRY004 - one error for all bad values
    return value


def _hash(value: Any) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError("not a SHA-256")
    return value
