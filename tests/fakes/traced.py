"""Run a program in a network of its own that leads nowhere; read from strace whom it wanted to reach.

Every process that it starts is followed. What is read: the sockets that were made, whom they were connected
or bound to, what was sent through them, and which programs were started.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = ("socket", "connect", "bind", "sendto", "sendmsg", "sendmmsg", "io_uring_setup", "execve")
_LINE = re.compile(r"\d+ +(?P<call>\w+)\((?P<rest>.*)")
_ADDRESS = re.compile(r"sa_family=(?P<family>\w+)(?:, sun_path=(?P<abstract>@?)\"(?P<path>[^\"]*)\")?")
_THROUGH = re.compile(r"\d+<(?P<kind>[A-Z0-9-]+|/)")
# What `-yy` calls a descriptor that is no socket of a network; sending through a pipe is refused.
_LOCAL = ("UNIX", "/", "")


@dataclass(frozen=True, slots=True)
class Reached:
    """One call: ``family`` as the kernel names it, ``where`` a path, or the rest of the line."""

    call: str
    family: str
    where: str


@dataclass(frozen=True, slots=True)
class Traced:
    """How the program ended, and whom it and its children wanted to reach."""

    done: subprocess.CompletedProcess[str]
    reached: tuple[Reached, ...]
    programs: frozenset[str]


def cannot_trace() -> str:
    """Why it can't be done here; empty where it can."""
    for program in ("strace", "unshare"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    tried = subprocess.run(
        [*_alone(), "strace", "-f", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False
    )
    return "" if tried.returncode == 0 else f"not allowed here: {tried.stderr.strip()}"


def _alone() -> list[str]:
    """A network without ways; who is not root needs a name space of users for that."""
    return ["unshare", *([] if os.getuid() == 0 else ["--user", "--map-current-user"]), "--net"]


def traced(command: Sequence[str], environment: Mapping[str, str], log: Path, seconds: float) -> Traced:
    """Run it and read what it did."""
    tracer = ["strace", "--follow-forks", "-qq", "-yy", "--signal=none", f"--trace={','.join(CALLS)}"]
    done = subprocess.run(
        [*_alone(), *tracer, "-o", str(log), *command],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )
    lines = log.read_text("utf-8", errors="replace").splitlines()
    return Traced(done, tuple(filter(None, map(read_line, lines))), frozenset(_programs(lines)))


def read_line(line: str) -> Reached | None:
    """What a line of strace says; None for what reaches nobody."""
    match = _LINE.match(line)
    if match is None or match["call"] == "execve":
        return None
    call, rest = match["call"], match["rest"]
    if call == "io_uring_setup":
        return Reached(call, "io_uring", rest)
    if call == "socket":
        return Reached(call, rest.partition(",")[0], rest)
    address = _ADDRESS.search(rest)
    through = _THROUGH.match(rest)
    kind = "" if through is None else through["kind"]
    if address is not None:
        path = None if address["path"] is None else f"{address['abstract']}{address['path']}"
        return Reached(call, address["family"], rest if path is None else path)
    if call in ("connect", "bind"):
        return Reached(call, "unknown", rest)
    return None if kind.partition("-")[0] in _LOCAL else Reached(call, kind, rest)


def _programs(lines: Sequence[str]) -> set[str]:
    started = re.compile(r"\d+ +execve\(\"[^\"]*\", \[(?P<words>[^\]]*)\].*= 0$")
    return {match["words"] for line in lines if (match := started.match(line)) is not None}
