"""Whole case folders for tests: real sound, real journals, and the means to tamper with them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile as sf

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.checkpoint import Checkpoint, SoundMark, Why
from evidencedesk.custody.device_key import Signer
from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.journal import JournalHead, event_line, line_hash, next_event
from evidencedesk.custody.manifests import MANIFEST, TAG_MANIFEST, manifest_line
from evidencedesk.custody.projection import project
from evidencedesk.custody.pulses import pulse_hash, pulse_line
from evidencedesk.domain.event import FIRST_PREV, Event, EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.export.case_folder import ExportPlan, write_case_folder
from evidencedesk.export.signed_folder import checkpoint_files, folder_signature
from evidencedesk.system.resources import resource

CASE = "c-00000001"
VISIT = "e-00000001"
SEALED = "r-00000001"
RECOVERED = "r-00000002"
NOTE = "n-00000001"
TICK = "t-00000001"
COLLECTOR = "p-00000001"
ATTACHMENT = "a-00000001"
RATE_HZ = 8000
FRAMES = 12_000
CARD = {
    "name": "张伟",
    "staff_number": "A-17",
    "organisation": "某某催收",
    "lender": "来分期",
    "phone": "13800000000",
    "plate": "沪A·12345",
    "description": "",
    "documents": {"work_id": "refused", "licence": "shown_when_asked"},
}
SCHEMAS = ("case.schema.json", "event.schema.json")


def moment(second: int) -> Moment:
    """A moment in the evening of the visit."""
    at = f"2026-11-23T14:{second // 60:02}:{second % 60:02}.123456Z"
    return Moment(at, 480, "boot-1", second * 1_000_000_000)


@dataclass
class BuiltCase:
    """A case with its files, as a library holds it."""

    source: Path
    events: list[Event] = field(default_factory=list)

    @property
    def head(self) -> JournalHead:
        if not self.events:
            return JournalHead()
        return JournalHead(self.events[-1].seq, line_hash(event_line(self.events[-1])))

    def add(self, kind: EventType, data: Mapping[str, Any]) -> None:
        self.events.append(next_event(CASE, self.head, kind, data, moment(len(self.events))))

    def plan(self, destination: Path) -> ExportPlan:
        return ExportPlan(
            case_file=project(self.events),
            journal_lines=tuple(event_line(event) for event in self.events),
            head=self.head,
            case_source_folder=self.source,
            destination=destination,
            start_here_html="<!doctype html><title>上门催收</title>\n",
            how_to_check="sha256sum -c manifest-sha256.txt\n",
            verify_html="<!doctype html><title>核验</title>\n",
            schemas=tuple(resource("schemas", name) for name in SCHEMAS),
            language="zh",
            app_version="0.1.0",
            exported=self.events[-1].moment,
        )

    def export(self, destination: Path) -> Path:
        return write_case_folder(self.plan(destination)).path

    def export_signed(self, destination: Path, signer: Signer, checkpoints: Sequence[Checkpoint]) -> Path:
        """Signed with a key, with these checkpoints (signed where they name its certificate)."""
        kept = [
            (one, signer.sign(one.content()) if one.device == signer.fingerprint else b"")
            for one in checkpoints
        ]
        plan = dataclasses.replace(
            self.plan(destination),
            signatures=checkpoint_files(kept, {}, signer),
            after=folder_signature(signer, self.events[-1].moment),
        )
        return write_case_folder(plan).path

    def checkpoint(self, seq: int, why: Why, device: str, sounds: tuple[SoundMark, ...] = ()) -> Checkpoint:
        """What a checkpoint after the event ``seq`` would have seen."""
        event = self.events[seq - 1]
        head = JournalHead(seq, line_hash(event_line(event)))
        return Checkpoint(CASE, head, why, event.moment.utc, 480, device, sounds)

    def sound_mark(self, recording: str, line: int) -> SoundMark:
        """The line ``line`` of a recording's pulse journal, as a checkpoint would note it."""
        content = (self.source / "recordings" / recording / "pulse.jsonl").read_bytes().split(b"\n")
        return SoundMark(recording, line, pulse_hash(content[line - 1]), 4096)


def build_case(source: Path, device: str = "") -> BuiltCase:
    """One visit with a sealed and a recovered recording, and one of everything else.

    ``device`` is the fingerprint of the certificate that will sign the folder.
    """
    built = BuiltCase(source)
    built.add(EventType.CASE_OPENED, {"title": "来分期", "creditor": "某某消费金融", "contract": "LFQ-1"})
    built.add(EventType.ENCOUNTER_OPENED, {"encounter": VISIT, "mode": "visit"})
    _sealed(built)
    _recovered(built)
    place = {"encounter": VISIT, "recording": SEALED}
    built.add(
        EventType.NOTE_TAKEN, {**place, "note": NOTE, "at_ms": 500, "text": "证件在车里", "marker": None}
    )
    built.add(EventType.NOTE_CORRECTED, {"note": NOTE, "text": "证件在车里。", "corrects": 7})
    tick = {"pack": "cn-article-2025", "pack_version": "1", "item": "work-id", "verdict": "breached"}
    built.add(EventType.TICK_SET, {**place, **tick, "tick": TICK, "at_ms": None, "automatic": False})
    built.add(EventType.TICK_WITHDRAWN, {"tick": TICK})
    built.add(EventType.COLLECTOR_ADDED, {"collector": COLLECTOR, "encounter": VISIT, "card": CARD})
    _attachment(built)
    built.add(EventType.ENCOUNTER_CLOSED, {"encounter": VISIT})
    built.add(EventType.CASE_CHANGED, {"contract": "LFQ-2024-0831"})
    before = {"seq": built.head.seq, "hash": built.head.hash}
    signed_by = {"device": device} if device else {}
    exported = {"folder": "out", "language": "zh", "head_before": before}
    built.add(EventType.CASE_EXPORTED, exported | signed_by)
    return built


def _started(recording: str, *, simulated: bool) -> dict[str, Any]:
    return {
        "recording": recording,
        "encounter": VISIT,
        "device": "内置麦克风",
        "source": "default",
        "rate_hz": RATE_HZ,
        "channels": 1,
        "simulated": simulated,
        "file": "audio.flac",
        "started_utc": moment(2).utc,
    }


def _sealed(built: BuiltCase) -> None:
    built.add(EventType.RECORDING_STARTED, _started(SEALED, simulated=False))
    folder = built.source / "recordings" / SEALED
    folder.mkdir(parents=True)
    pcm = _sound(folder / "audio.flac", seed=1)
    file_sha256, file_bytes = hash_file(folder / "audio.flac")
    pcm_sha256 = hashlib.sha256(pcm).hexdigest()
    stop = {
        "kind": "stop",
        "reason": "user",
        "samples": FRAMES,
        "pcm_sha256": pcm_sha256,
        "file_bytes": file_bytes,
        "file_sha256": file_sha256,
        "reread_pcm_sha256": pcm_sha256,
    }
    pulse_sha256 = _pulses(folder, SEALED, pcm, [stop], simulated=False)
    built.add(
        EventType.RECORDING_STOPPED,
        {
            "recording": SEALED,
            "reason": "user",
            "samples": FRAMES,
            "file": "audio.flac",
            "file_bytes": file_bytes,
            "file_sha256": file_sha256,
            "pcm_sha256": pcm_sha256,
            "pulse_sha256": pulse_sha256,
        },
    )


def _recovered(built: BuiltCase) -> None:
    built.add(EventType.RECORDING_STARTED, _started(RECOVERED, simulated=True))
    folder = built.source / "recordings" / RECOVERED
    folder.mkdir(parents=True)
    pcm = _sound(folder / "audio.recovered.flac", seed=2)
    whole = (folder / "audio.recovered.flac").read_bytes()
    (folder / "audio.flac").write_bytes(whole + b"half a frame")
    gap = {"kind": "gap", "code": "overflow", "at_samples": 4096, "length_ms": 40}
    pulse_sha256 = _pulses(folder, RECOVERED, pcm, [gap], simulated=True)
    found_sha256, found_bytes = hash_file(folder / "audio.flac")
    file_sha256, file_bytes = hash_file(folder / "audio.recovered.flac")
    outcome = {
        "samples": FRAMES,
        "saved_samples": 8192,
        "missing_ms": 1250,
        "cut_bytes": 12,
        "found_file": "audio.flac",
        "found_bytes": found_bytes,
        "found_sha256": found_sha256,
        "file": "audio.recovered.flac",
        "file_bytes": file_bytes,
        "file_sha256": file_sha256,
        "pcm_sha256": hashlib.sha256(pcm).hexdigest(),
        "pulse_sha256": pulse_sha256,
        "agrees_with_pulses": True,
    }
    noted = {"v": 1, "utc": moment(5).utc, "offset_minutes": 480, "outcome": {**outcome, "rate_hz": RATE_HZ}}
    (folder / "recovery.json").write_bytes(canonical_line(noted) + b"\n")
    built.add(EventType.RECORDING_RECOVERED, {"recording": RECOVERED, **outcome})


def _sound(path: Path, seed: int) -> bytes:
    samples = np.random.default_rng(seed).integers(-9000, 9000, size=(FRAMES, 1), dtype=np.int16)
    sf.write(path, samples, RATE_HZ, subtype="PCM_16", format="FLAC")
    return samples.astype("<i2").tobytes()


def _pulses(
    folder: Path, recording: str, pcm: bytes, ending: list[dict[str, Any]], *, simulated: bool
) -> str:
    start = {
        "v": 1,
        "kind": "start",
        "case": CASE,
        "encounter": VISIT,
        "recording": recording,
        "mode": "visit",
        "device": "内置麦克风",
        "source": "default",
        "simulated": simulated,
        "rate_hz": RATE_HZ,
        "channels": 1,
        "format": "PCM_16",
        "codec": "FLAC",
        "file": "audio.flac",
        "boot": "boot-1",
        "app": "0.1.0",
    }
    pulses: list[dict[str, Any]] = [
        {
            "kind": "pulse",
            "samples": frames,
            "pcm_sha256": hashlib.sha256(pcm[: frames * 2]).hexdigest(),
            "file_bytes": frames,
            "flags": [],
        }
        for frames in (0, 4096, 8192)
    ]
    write_pulses(folder / "pulse.jsonl", [start, *pulses, *ending])
    return hash_file(folder / "pulse.jsonl")[0]


def write_pulses(path: Path, facts: list[dict[str, Any]]) -> None:
    """A pulse journal with clocks and a right chain."""
    lines, prev = [], FIRST_PREV
    for second, fact in enumerate(facts):
        now = moment(second)
        steady = {"mono_ns": str(now.mono_ns), "boottime_ns": str(now.mono_ns)}
        line = pulse_line({**fact, **steady, "utc": now.utc, "offset_minutes": 480}, prev)
        lines.append(line + b"\n")
        prev = pulse_hash(line)
    path.write_bytes(b"".join(lines))


def _attachment(built: BuiltCase) -> None:
    content = b"%PDF-1.4 contract"
    folder = built.source / "attachments" / ATTACHMENT
    folder.mkdir(parents=True)
    (folder / "合同 100%.pdf").write_bytes(content)
    built.add(
        EventType.ATTACHMENT_ADDED,
        {
            "attachment": ATTACHMENT,
            "encounter": None,
            "name": "合同 100%.pdf",
            "stored_name": "合同 100%.pdf",
            "file_bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    )


def file_names(folder: Path) -> list[str]:
    """Every file in a folder, by its path with ``/``."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def reseal(folder: Path) -> None:
    """What a forger would do: make manifests and Payload-Oxum fit the folder as it is now."""
    payload = [name for name in file_names(folder) if name.startswith("data/")]
    oxum = f"{sum((folder / name).stat().st_size for name in payload)}.{len(payload)}"
    info = (folder / "bag-info.txt").read_text("utf-8").splitlines()
    lines = [f"Payload-Oxum: {oxum}" if line.startswith("Payload-Oxum:") else line for line in info]
    (folder / "bag-info.txt").write_text("\n".join(lines) + "\n", "utf-8")
    _write_manifest(folder, MANIFEST, payload)
    tags = [n for n in file_names(folder) if not n.startswith("data/") and n != TAG_MANIFEST]
    _write_manifest(folder, TAG_MANIFEST, tags)


def _write_manifest(folder: Path, manifest: str, names: list[str]) -> None:
    by_bytes = sorted(names, key=str.encode)
    lines = [manifest_line(hash_file(folder / name)[0], name) for name in by_bytes]
    (folder / manifest).write_bytes(b"".join(lines))


def rewrite_journal(folder: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Change the journal's lines and make the manifests fit."""
    path = folder / "data/journal.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in change(path.read_bytes().split(b"\n")[:-1])))
    reseal(folder)


def forged(built: BuiltCase, change: Callable[[Event], Event | None]) -> BuiltCase:
    """The patient forger: changed (or left out) events in a chain that is right again."""
    copy = BuiltCase(built.source)
    for event in built.events:
        changed = change(event)
        if changed is not None:
            copy.events.append(dataclasses.replace(changed, seq=len(copy.events) + 1, prev=copy.head.hash))
    return copy


def rewrite_json(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a JSON file in place."""
    value = json.loads(path.read_bytes())
    change(value)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
