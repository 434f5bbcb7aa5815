"""A program that is started, watched and ended, with what it and all its children cost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_S = 0.1
_PATIENCE_S = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a whole process tree used: processor seconds, and the most memory seen at one time in MiB."""

    processor_s: float
    memory_mib: float
    exit_code: int


class MeasuredProcess:
    """One program from its start to its end."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        """Start it; what it says goes to ``log``."""
        self._most_bytes = 0
        self._over = threading.Event()
        with log.open("wb") as out:
            self.started_ns = time.monotonic_ns()
            self._process = subprocess.Popen(
                list(command), env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
            )
        self._sampler = threading.Thread(target=self._sample, name="memory", daemon=True)
        self._sampler.start()

    @property
    def pid(self) -> int:
        """The program's own process."""
        return self._process.pid

    def processor_s(self) -> float:
        """Processor seconds of it and its living children so far, to a hundredth."""
        return sum(_processor_s(pid) for pid in family(self.pid))

    def end(self) -> Cost:
        """Ask for a normal end and wait for it. Raises TimeoutError when it does not come."""
        # Not SIGINT: a shell that runs this in the background lets children ignore it.
        self._process.send_signal(signal.SIGTERM)
        return self.wait()

    def wait(self) -> Cost:
        """Wait until it ends by itself. Raises TimeoutError."""
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            # wait4 alone counts exactly this child and the children it waited for itself.
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                kill_family(self.pid)
                raise TimeoutError(f"process {self.pid} did not end")
            time.sleep(0.01)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._over.set()
        self._sampler.join()
        # Not ru_maxrss: it also counts this program's memory, shared for a moment before the other began.
        memory_mib = self._most_bytes / 2**20
        return Cost(usage.ru_utime + usage.ru_stime, memory_mib, self._process.returncode)

    def _sample(self) -> None:
        while not self._over.wait(_SAMPLE_S):
            sizes = [_resident_bytes(pid) for pid in family(self.pid)]
            self._most_bytes = max(self._most_bytes, sum(sizes))


def family(pid: int) -> list[int]:
    """A process and all that descend from it and still live."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                # The name in brackets may hold anything, brackets too.
                after_name = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2]
                parents[int(entry.name)] = int(after_name.split()[1])
    found = [pid]
    for one in found:
        found.extend(child for child, parent in parents.items() if parent == one)
    return found


def kill_family(pid: int) -> None:
    """``kill -9`` for a process and all its descendants, itself first."""
    for one in family(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def _processor_s(pid: int) -> float:
    try:
        times = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(times[11]) + int(times[12])) / _TICKS


def _resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE_BYTES
    except (OSError, IndexError):
        return 0
