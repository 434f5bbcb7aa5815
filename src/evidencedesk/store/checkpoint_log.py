"""Checkpoints beside the database: a database whose end is missing does not know it, this file does.

One line each: the checkpoint and its signature (hex, empty when no key could be opened then). Lines are only
added. A line without its end, as a crash leaves it, counts as not written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.checkpoint import Checkpoint, read_checkpoint
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.system.durable import disk_failure, force, fsync_folder

FILE_NAME = "checkpoints.jsonl"


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A checkpoint with its DER signature; empty when it is not signed."""

    checkpoint: Checkpoint
    signature: bytes = b""


class CheckpointLog:
    """The file of one library. May be used from several threads."""

    def __init__(self, library: Path) -> None:
        self._path = library / FILE_NAME
        self._lock = Lock()

    def add(self, kept: KeptCheckpoint) -> None:
        """Append a line; when this returns it is on the disk. Raises what the disk says."""
        value = parse_strict(kept.checkpoint.content())
        line = canonical_line({"checkpoint": value, "signature": kept.signature.hex()}) + b"\n"
        with self._lock:
            try:
                self._append(line)
            except OSError as error:
                raise disk_failure(error, self._path) from error

    def read(self) -> tuple[KeptCheckpoint, ...]:
        """All checkpoints in order, each once, signed if it ever was. Lines that are none are passed over.

        Raises what the disk says.
        """
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise disk_failure(error, self._path) from error
        found: dict[str, KeptCheckpoint] = {}
        for raw in content.split(b"\n")[:-1]:
            kept = _read_line(raw)
            if kept is None:
                continue
            known = found.get(kept.checkpoint.id)
            if known is None or not known.signature:
                found[kept.checkpoint.id] = kept
        return tuple(found.values())

    def _append(self, line: bytes) -> None:
        begins = not self._path.exists()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._path, flags, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            if size:
                os.lseek(descriptor, size - 1, os.SEEK_SET)
                if os.read(descriptor, 1) != b"\n":
                    line = b"\n" + line  # a crash left half a line: it stays one of its own
            os.write(descriptor, line)
            force(descriptor)
        finally:
            os.close(descriptor)
        if begins:
            fsync_folder(self._path.parent)


def _read_line(raw: bytes) -> KeptCheckpoint | None:
    try:
        value = parse_strict(raw)
        checkpoint = read_checkpoint(canonical_line(value["checkpoint"]))
        return KeptCheckpoint(checkpoint, bytes.fromhex(value["signature"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
