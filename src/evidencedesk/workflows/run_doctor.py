"""Look at everything a recording depends on, before it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evidencedesk.capture.devices import list_sources
from evidencedesk.capture.far_side import default_far_source
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.finding import Finding
from evidencedesk.domain.moment import Clock
from evidencedesk.export.papers.fonts import faces
from evidencedesk.system.clock_sync import ClockSyncState, clock_sync
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.secret_store import NoSecrets
from evidencedesk.workflows.checkpoints import disagreements
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.stamp_queue import waiting_stamps

BYTES_PER_HOUR = 48_000 * 2 * 3600 * 6 // 10  # mono 48 kHz as FLAC, rather too much than too little
_LOW_BYTES = 2_000_000_000
_EARLIEST_SANE = "2026-01-01"
_NOT_LOOKED_AT = frozenset({Code.LIBRARY_IN_USE, Code.VAULT_LOCKED})


class Health(StrEnum):
    """Result of one check."""

    GOOD = "good"
    CARE = "care"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``problem`` is what ``wording.errors`` describes."""

    name: str
    health: Health
    facts: tuple[tuple[str, str], ...] = ()
    problem: Known | None = None


def run_doctor(
    library: Path,
    clock: Clock,
    fonts: Callable[[], bool] | None = None,
    keys: VaultKeys | None = None,
) -> tuple[Check, ...]:
    """Check sound, disk, clock, database, journal and fonts; never raises a Known error.

    ``keys`` open a locked library; without them nobody can look into it, which is said.
    """
    checks = [
        _microphone(),
        _far_side(),
        _disk(library),
        _clock(clock),
        _network_time(),
        _time_stamps(library, keys),
        _lock(library),
        *_library(library, clock, keys),
    ]
    if fonts is not None:
        checks.append(Check("fonts", Health.GOOD if fonts() else Health.CARE))
    checks.append(_report_font())
    return tuple(checks)


def _microphone() -> Check:
    try:
        sources = [source for source in list_sources() if not source.is_monitor]
    except Known as error:
        return Check("microphone", Health.BAD, problem=error)
    if not sources:
        return Check("microphone", Health.BAD, problem=MachineFailure(Code.NO_MICROPHONE))
    labels = ", ".join(source.label for source in sources)
    return Check("microphone", Health.GOOD, (("devices", labels),))


def _far_side() -> Check:
    """Only calls on this computer need it."""
    try:
        source = default_far_source()
    except Known as error:
        return Check("far-side", Health.CARE, problem=error)
    if source is None:
        return Check("far-side", Health.CARE)
    return Check("far-side", Health.GOOD, (("device", source.label),))


def _disk(library: Path) -> Check:
    place = library
    while not place.exists():
        place = place.parent
    try:
        free = free_bytes(place)
    except OSError as error:
        return Check(
            "disk", Health.BAD, problem=MachineFailure(Code.INPUT_OUTPUT, path=str(place), detail=str(error))
        )
    facts = (("hours", str(free // BYTES_PER_HOUR)), ("free_bytes", str(free)))
    if free < _LOW_BYTES:
        return Check("disk", Health.CARE, facts, MachineFailure(Code.DISK_NEARLY_FULL, path=str(place)))
    return Check("disk", Health.GOOD, facts)


def _clock(clock: Clock) -> Check:
    now = clock.now()
    health = Health.GOOD if now.utc > _EARLIEST_SANE else Health.BAD
    return Check("clock", health, (("utc", now.utc), ("offset_minutes", str(now.offset_minutes))))


def _report_font() -> Check:
    """A report can be made without a Chinese font, but then not in Chinese."""
    family = faces().chinese
    return Check("report-font", Health.GOOD if family else Health.CARE, (("family", family),))


def _network_time() -> Check:
    kept = clock_sync()
    health = Health.GOOD if kept.state is ClockSyncState.SYNCHRONISED else Health.CARE
    facts = [("state", kept.state.value)]
    if kept.max_error_us is not None:
        facts.append(("max_error_us", str(kept.max_error_us)))
    return Check("network-time", health, tuple(facts))


def _time_stamps(library: Path, keys: VaultKeys | None) -> Check:
    """How many stamps wait; that they do is no fault of this computer."""
    try:
        with KEY_RING.holding(keys.files if keys is not None else None):
            waiting = waiting_stamps(library)
    except Known as error:
        health = Health.CARE if error.code in _NOT_LOOKED_AT else Health.BAD
        return Check("time-stamps", health, problem=error)
    facts = [("waiting", str(len(waiting)))]
    failed = [one for one in waiting if one.trouble]
    if failed:
        last = max(failed, key=lambda one: one.due_utc)
        facts += [("authority", last.authority), ("trouble", last.trouble), ("detail", last.detail)]
    return Check("time-stamps", Health.CARE if failed else Health.GOOD, tuple(facts))


def _lock(library: Path) -> Check:
    """What opens the library; no lock is no fault."""
    try:
        facts = Vault(library, NoSecrets()).facts()
    except Known as error:
        return Check("lock", Health.BAD, problem=error)
    if facts is None:
        return Check("lock", Health.GOOD, (("state", "none"),))
    by = ",".join(sorted(facts.opened_by))
    return Check("lock", Health.GOOD, (("state", facts.state.value), ("opened_by", by)))


def _library(library: Path, clock: Clock, keys: VaultKeys | None) -> list[Check]:
    if not (library / "library.sqlite3").exists():
        return [Check("database", Health.GOOD, (("state", "new"),))]
    missing_guards: Known | None = None
    try:
        findings, cases = _look_into(library, clock, restore_guards=False, keys=keys)
    except Known as error:
        if error.code is not Code.GUARDS_MISSING:
            health = Health.CARE if error.code in _NOT_LOOKED_AT else Health.BAD
            return [Check("database", health, problem=error)]
        missing_guards = error
    if missing_guards is not None:
        # Only the doctor makes them anew, after a full check, and says so: it must not pass unseen.
        try:
            findings, cases = _look_into(library, clock, restore_guards=True, keys=keys)
        except Known as error:
            return [Check("database", Health.BAD, problem=error)]
    facts = (("cases", str(cases)), ("path", str(library)))
    journal = Check("journal", Health.GOOD, (("cases", str(cases)),))
    if findings:
        named = "; ".join(f"{finding.subject}: {finding.code}" for finding in findings)
        problem = MachineFailure(Code.LIBRARY_DAMAGED, path=str(library), detail=named)
        journal = Check("journal", Health.BAD, problem=problem)
    if missing_guards is not None:
        restored = (*facts, ("guards", "restored"))
        return [Check("database", Health.CARE, restored, missing_guards), journal]
    return [Check("database", Health.GOOD, facts), journal]


def _look_into(
    library: Path, clock: Clock, *, restore_guards: bool, keys: VaultKeys | None
) -> tuple[tuple[Finding, ...], int]:
    with open_desk(library, clock, restore_guards=restore_guards, keys=keys) as desk:
        cut = disagreements(desk)
        return (*desk.store.check(), *cut), len(desk.store.cases())
