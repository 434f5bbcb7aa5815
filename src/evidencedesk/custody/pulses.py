"""The pulse journal beside a recording: its lines, their chain, and a reader that trusts nothing."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.kept import open_kept
from evidencedesk.custody.sealed_format import SealBroken
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.event import FIRST_PREV
from evidencedesk.domain.pulse import PulseKind

LINE_LIMIT = 16_384
FILE_LIMIT = 128 * 1024 * 1024  # a line a second for three days and nights
FAULT_LIMIT = 1000
_NANOSECONDS = re.compile("[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class PulseFault:
    """One line that is not as it should be. ``code`` is a finding code."""

    code: str
    line: int
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Pulses:
    """A pulse journal as read. ``torn`` means: the last line has no end, as a crash leaves it."""

    start: dict[str, Any]
    lines: tuple[dict[str, Any], ...]
    stop: dict[str, Any] | None
    torn: bool
    sha256: str
    last_hash: str
    faults: tuple[PulseFault, ...]

    @property
    def last_pulse(self) -> dict[str, Any] | None:
        """The last line that promised samples on disk."""
        found: dict[str, Any] | None = None
        for line in self.lines:
            if line["kind"] == PulseKind.PULSE:
                found = line
        return found


def pulse_line(facts: Mapping[str, Any], prev: str) -> bytes:
    """One line with its chain link, without a line end. Raises ValueError."""
    return canonical_line({**facts, "prev": prev})


def pulse_hash(line: bytes) -> str:
    """SHA-256 (hex) of a line without its line end: the next line's ``prev``."""
    return hashlib.sha256(line).hexdigest()


def read_pulses(path: Path) -> Pulses:
    """Read and check a pulse journal that anybody can read: of a folder that was handed over.

    ``start`` is empty when there is no valid first line. Raises OSError when the file can't be read
    and ValueError when it is no regular file or absurdly large.
    """
    return _checked(_read_regular(path, _open_as_it_is))


def read_kept_pulses(path: Path) -> Pulses:
    """The same for one of a library, sealed or not, up to damage. Raises VAULT_LOCKED, too."""
    return _checked(_read_regular(path, partial(open_kept, to_damage=True)))


def _checked(content: bytes) -> Pulses:
    faults: list[PulseFault] = []
    lines: list[dict[str, Any]] = []
    start: dict[str, Any] = {}
    stop: dict[str, Any] | None = None
    prev = FIRST_PREV
    for number, raw in enumerate(_whole_lines(content), start=1):
        if len(faults) >= FAULT_LIMIT:
            break  # not a pulse journal; more of the same tells nothing
        line = _parse(raw)
        if line is None:
            faults.append(PulseFault("pulse-line", number, found=raw[:60].decode("utf-8", "replace")))
        else:
            if line["prev"] != prev:
                faults.append(PulseFault("pulse-chain", number, prev, str(line["prev"])))
            if (line["kind"] == PulseKind.START) != (number == 1) or stop is not None:
                faults.append(PulseFault("pulse-line", number, found=str(line["kind"])))
            if line["kind"] == PulseKind.START and number == 1:
                start = line
            elif line["kind"] == PulseKind.STOP:
                stop = line
            lines.append(line)
        prev = pulse_hash(raw)
    return Pulses(
        start=start,
        lines=tuple(lines),
        stop=stop,
        torn=not content.endswith(b"\n") and bool(content),
        sha256=hashlib.sha256(content).hexdigest(),
        last_hash=prev,
        faults=tuple(faults),
    )


def _whole_lines(content: bytes) -> Iterator[bytes]:
    """Lines that have their end, without it."""
    start = 0
    while (end := content.find(b"\n", start)) >= 0:
        yield content[start:end]
        start = end + 1


def _open_as_it_is(path: Path) -> BinaryIO:
    return os.fdopen(open_regular(path), "rb")


def _read_regular(path: Path, opened: Callable[[Path], BinaryIO]) -> bytes:
    try:
        with opened(path) as file:
            content = file.read(FILE_LIMIT + 1)
    except SealBroken as error:
        raise ValueError(str(error)) from error
    except OSError as error:
        if error.errno is None:
            raise ValueError("not a regular file") from error
        raise
    if len(content) > FILE_LIMIT:
        raise ValueError("too large")
    return content


_INTEGERS: dict[str, tuple[str, ...]] = {
    PulseKind.START: ("rate_hz", "channels"),
    PulseKind.PULSE: ("samples", "file_bytes"),
    PulseKind.GAP: ("at_samples", "length_ms"),
    PulseKind.WARNING: ("at_samples",),
    PulseKind.STOP: ("samples", "file_bytes"),
}
_TEXTS: dict[str, tuple[str, ...]] = {
    PulseKind.START: ("case", "encounter", "recording", "device", "file", "mono_ns", "utc"),
    PulseKind.PULSE: ("pcm_sha256", "mono_ns", "utc"),
    PulseKind.GAP: ("code",),
    PulseKind.WARNING: ("code",),
    PulseKind.STOP: ("reason", "pcm_sha256", "file_sha256", "reread_pcm_sha256"),
}


def _parse(raw: bytes) -> dict[str, Any] | None:
    """A line's object, or None when it is not one that a recorder writes."""
    if len(raw) > LINE_LIMIT:
        return None
    try:
        line = parse_strict(raw)
        if not isinstance(line, dict) or canonical_line(line) != raw:
            return None
    except (ValueError, RecursionError):
        return None
    kind = line.get("kind")
    if not isinstance(kind, str) or kind not in _INTEGERS or not isinstance(line.get("prev"), str):
        return None
    for key in _INTEGERS[kind]:
        value = line.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            return None
    if not all(isinstance(line.get(key), str) for key in _TEXTS[kind]):
        return None
    return line if _NANOSECONDS.fullmatch(str(line.get("mono_ns", "0"))) else None
