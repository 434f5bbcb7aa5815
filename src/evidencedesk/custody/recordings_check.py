"""Compare recordings with what the journal and their own pulse journals say about them."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.custody.facts_check import differences
from evidencedesk.custody.file_hashes import FileHashes
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.pulses import Pulses, read_pulses
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.case import CaseFile, Recording, RecordingState
from evidencedesk.domain.finding import Finding, Layer, Weight
from evidencedesk.domain.pulse import PULSE_FILE, RECOVERY_FILE, PulseKind

# Yields interleaved little-endian int16 of a sound file; raises ValueError when it can't be decoded.
PcmReader = Callable[[Path], Iterator[bytes]]

_STREAMINFO_TOTAL = slice(18, 26)
_SHOWN_LIMIT = 20
_RECOVERY_LIMIT = 64 * 1024
_RECOVERED_FACTS = (
    "samples",
    "file",
    "file_bytes",
    "file_sha256",
    "pcm_sha256",
    "pulse_sha256",
    "found_file",
    "found_sha256",
    "missing_ms",
    "cut_bytes",
)


@dataclass(frozen=True, slots=True)
class RecordingsCheck:
    """What was found in all recordings, and how many were looked at."""

    findings: tuple[Finding, ...]
    recordings: int
    pulses: int


def check_recordings(
    root: Path, case_file: CaseFile, hashes: FileHashes, read_pcm: PcmReader | None
) -> RecordingsCheck:
    """Check each recording against the journal and its pulses; gaps and the like become remarks."""
    findings: list[Finding] = []
    pulse_lines = 0
    for recording in case_file.recordings:
        known_gaps = Counter(gap.length_ms for gap in case_file.gaps if gap.recording == recording.id)
        check = _One(root, recording, hashes, known_gaps, read_pcm, findings)
        pulse_lines += check.run()
    for gap in case_file.gaps:
        length = f"{gap.length_ms} ms {gap.cause}"
        findings.append(_remark(Layer.RECORDINGS, "recording-gap", gap.recording, found=length))
    return RecordingsCheck(tuple(findings), len(case_file.recordings), pulse_lines)


def _remark(layer: Layer, code: str, subject: str, found: str = "") -> Finding:
    return Finding(layer, code, subject, found=found, weight=Weight.REMARK)


@dataclass(frozen=True, slots=True)
class _One:
    """The check of one recording."""

    root: Path
    recording: Recording
    hashes: FileHashes
    known_gaps: Counter[int]
    read_pcm: PcmReader | None
    findings: list[Finding]

    @property
    def folder(self) -> str:
        return f"data/recordings/{self.recording.id}"

    def find(self, code: str, name: str, expected: object = "", found: object = "") -> None:
        subject = f"{self.folder}/{name}"
        self.findings.append(Finding(Layer.RECORDINGS, code, subject, str(expected), str(found)))

    def run(self) -> int:
        recording = self.recording
        if recording.simulated:
            self.findings.append(_remark(Layer.ORIGIN, "simulated", recording.id, recording.device))
        if recording.state is RecordingState.RUNNING:
            self.find("recording-unsealed", recording.file)
            return 0
        if not recording.samples:
            return 0
        if recording.state is RecordingState.RECOVERED:
            missing = f"{recording.missing_ms} ms"
            self.findings.append(_remark(Layer.RECORDINGS, "recording-recovered", recording.id, missing))
            self._same_file(recording.found_file or "", recording.found_sha256 or "", "recording-changed")
            self._recovery()
        sound_is_there = self._same_file(recording.file, recording.file_sha256 or "", "recording-changed")
        pulses = self._pulses()
        if pulses is not None:
            self._agree(pulses)
            self._gaps(pulses)
        if sound_is_there:
            self._decode(pulses)
        return len(pulses.lines) if pulses is not None else 0

    def _same_file(self, name: str, expected: str, code: str) -> bool:
        found = self.hashes.get(f"{self.folder}/{name}")
        if found is None:
            self.find("pulse-missing" if name == PULSE_FILE else "recording-missing", name, expected)
            return False
        if found != expected:
            self.find(code, name, expected, found)
        return True

    def _pulses(self) -> Pulses | None:
        if not self._same_file(PULSE_FILE, self.recording.pulse_sha256 or "", "pulse-disagrees"):
            return None
        try:
            pulses = read_pulses(self.root / self.folder / PULSE_FILE)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            self.find("pulse-line", PULSE_FILE, found=reason)
            return None
        for fault in pulses.faults[:_SHOWN_LIMIT]:
            self.find(fault.code, f"{PULSE_FILE}:{fault.line}", fault.expected, fault.found)
        if not pulses.start:
            self.find("pulse-line", f"{PULSE_FILE}:1", PulseKind.START.value)
        return pulses

    def _recovery(self) -> None:
        """What the recovery wrote beside the sound is what it told the journal."""
        name = f"{self.folder}/{RECOVERY_FILE}"
        if self.hashes.get(name) is None:
            self.findings.append(Finding(Layer.FACTS, "facts-missing", name))
            return
        try:
            with os.fdopen(open_regular(self.root / name), "rb") as file:
                outcome = parse_strict(file.read(_RECOVERY_LIMIT))["outcome"]
            told = {key: outcome[key] for key in _RECOVERED_FACTS}
        except (OSError, ValueError, KeyError, TypeError) as error:
            found = f"{type(error).__name__}: {error}"
            self.findings.append(Finding(Layer.FACTS, "facts-unreadable", name, found=found))
            return
        expected = {key: getattr(self.recording, key) for key in _RECOVERED_FACTS}
        self.findings.extend(differences(name, expected, told))

    def _gaps(self, pulses: Pulses) -> None:
        """Gaps that the recorder wrote down before a crash and the journal never heard of."""
        lengths = [line["length_ms"] for line in pulses.lines if line["kind"] == PulseKind.GAP]
        for length_ms, count in (Counter(lengths) - self.known_gaps).items():
            found = f"{length_ms} ms" if count == 1 else f"{count} × {length_ms} ms"
            self.findings.append(_remark(Layer.RECORDINGS, "recording-gap", self.recording.id, found))

    def _agree(self, pulses: Pulses) -> None:
        """The pulse journal and the case's journal tell of the same recording."""
        recording = self.recording
        if pulses.start:
            for key, expected in (
                ("recording", recording.id),
                ("case", recording.case),
                ("encounter", recording.encounter),
                ("rate_hz", recording.rate_hz),
                ("channels", recording.channels),
                ("simulated", recording.simulated),
            ):
                if pulses.start.get(key) != expected:
                    self.find("pulse-disagrees", f"{PULSE_FILE} {key}", expected, pulses.start.get(key))
        if recording.state is RecordingState.RECOVERED:
            return
        if pulses.stop is None:
            self.find("recording-unsealed", PULSE_FILE)
            return
        for key, wanted in (
            ("samples", recording.samples),
            ("file_sha256", recording.file_sha256),
            ("pcm_sha256", recording.pcm_sha256),
            ("reread_pcm_sha256", recording.pcm_sha256),
        ):
            if pulses.stop[key] != wanted:
                self.find("pulse-disagrees", f"{PULSE_FILE} {key}", wanted, pulses.stop[key])

    def _decode(self, pulses: Pulses | None) -> None:
        recording = self.recording
        path = self.root / self.folder / recording.file
        if self.read_pcm is None:
            total = _streaminfo_samples(path)
            if total != recording.samples:
                self.find("recording-changed", recording.file, recording.samples, total)
            return
        frame_bytes = 2 * recording.channels
        end = (recording.samples or 0) * frame_bytes
        promised = {
            line["samples"] * frame_bytes: line["pcm_sha256"]
            for line in (pulses.lines if pulses is not None else ())
            if line["kind"] == PulseKind.PULSE and line["samples"]
        }
        if recording.state is RecordingState.RECOVERED:
            # A pulse may have promised what damage took away; the recovery said so in the journal.
            promised = {at: sha256 for at, sha256 in promised.items() if at <= end}
        try:
            whole, count, wrong = _hash_pcm(self.read_pcm(path), promised, end)
        except ValueError as error:
            self.find("recording-not-decoded", recording.file, found=error)
            return
        for at in wrong[:_SHOWN_LIMIT]:
            frame = at // frame_bytes
            self.find("pulse-disagrees", f"{recording.file} ({frame})", promised[at], "")
        if whole != recording.pcm_sha256 or count != end:
            self.find("recording-changed", recording.file, recording.pcm_sha256, whole)


def _hash_pcm(blocks: Iterator[bytes], promised: Mapping[int, str], end: int) -> tuple[str, int, list[int]]:
    """SHA-256 of all samples, their bytes, and the positions whose promised SHA-256 is another.

    Stops soon after ``end``: a small file can be made to give days of silence.
    """
    digest, count = hashlib.sha256(), 0
    waiting = sorted(promised, reverse=True)
    wrong = []
    for block in blocks:
        at = 0
        while waiting and waiting[-1] <= count + len(block):
            position = waiting.pop()
            digest.update(block[at : position - count])
            at = position - count
            if digest.hexdigest() != promised[position]:
                wrong.append(position)
        digest.update(block[at:])
        count += len(block)
        if count > end:
            break
    return digest.hexdigest(), count, wrong + waiting[::-1]


def _streaminfo_samples(path: Path) -> int:
    """Total samples as the FLAC header says (RFC 9639 section 8.2); 0 when there is none."""
    try:
        descriptor = open_regular(path)
    except OSError:
        return 0
    with os.fdopen(descriptor, "rb") as file:
        head = file.read(_STREAMINFO_TOTAL.stop)
    if head[:4] != b"fLaC":
        return 0
    return int.from_bytes(head[_STREAMINFO_TOTAL], "big") & ((1 << 36) - 1)
