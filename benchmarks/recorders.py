"""The programs that are compared: how each is told to record a microphone into FLAC."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.common import NotPossibleError, need
from benchmarks.sound_stage import RATE_HZ, Microphone

PRODUCT = "evidencedesk"
PEERS = ("ffmpeg", "parecord")
ALL = (PRODUCT, *PEERS)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Take:
    """One recording to be made by one program in a folder of its own."""

    program: str
    command: tuple[str, ...]
    folder: Path

    @property
    def log(self) -> Path:
        """Where what it says is kept."""
        return self.folder / "said.txt"

    def sound(self) -> Path:
        """The file that was made."""
        pattern = "library/cases/*/recordings/*/audio.flac" if self.program == PRODUCT else "sound.flac"
        found = list(self.folder.glob(pattern))
        if len(found) != 1:
            said = self.log.read_text("utf-8", "replace")
            raise NotPossibleError(f"{self.program} made {len(found)} recordings; it said:\n{said}")
        return found[0]


def take(program: str, microphone: Microphone, folder: Path) -> Take:
    """Prepare a recording; ``folder`` is made."""
    folder.mkdir(parents=True)
    rate, channels, out = str(RATE_HZ), str(microphone.channels), str(folder / "sound.flac")
    if program == PRODUCT:
        command = product("record", "--source", microphone.name, library=folder / "library")
    elif program == "ffmpeg":
        need("ffmpeg")
        command = (
            *("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error"),
            *("-f", "pulse", "-sample_rate", rate, "-channels", channels, "-i", microphone.name),
            *("-c:a", "flac", out),
        )
    else:
        need("parecord")
        command = (
            *("parecord", f"--device={microphone.name}", "--file-format=flac", "--format=s16le"),
            *(f"--rate={rate}", f"--channels={channels}", out),
        )
    return Take(program, tuple(command), folder)


def product(*arguments: str, library: Path) -> tuple[str, ...]:
    """The product's command line, as installed beside this Python."""
    program = Path(sys.executable).parent / PRODUCT
    if not program.exists():
        raise NotPossibleError(f"not installed: {program}")
    return (str(program), "--library", str(library), arguments[0], "--json", *arguments[1:])


def ask_product(*arguments: str, library: Path, env: Mapping[str, str]) -> tuple[list[Json], str]:
    """Run the product to its end: its JSON lines, and what it said on stderr."""
    done = subprocess.run(
        product(*arguments, library=library), env=dict(env), capture_output=True, text=True, check=False
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr
