"""How long ``evidencedesk recover`` takes for a long recording whose recorder was killed.

Against decoding the same file once, as ``flac --test`` and ffmpeg do. Recovery keeps the file as found,
hashes it, writes a repaired copy, decodes that, and hashes samples and copy.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import soundfile as sf
from benchmarks.common import ROOT, NotPossibleError, Outcome, Setting, need, run
from benchmarks.recorders import ask_product
from benchmarks.unfinished_recording import RATE_HZ, RECORDING
from benchmarks.voice import voice


def main() -> int:
    """Make the recording, then measure each program once on it."""
    return run(__doc__ or "", "minutes of sound (full 180, short 10)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    need("flac", "ffmpeg")
    seconds = 60 * setting.choose(10, 180)
    library = setting.folder / "library"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(setting.folder / "config")}
    case = _case(setting.folder, library, env)
    began_s = time.monotonic()
    maker = str(ROOT / "benchmarks" / "unfinished_recording.py")
    subprocess.run([sys.executable, maker, str(library), case, str(seconds)], env=env, check=False)
    made_s = time.monotonic() - began_s
    found = library / "cases" / case / "recordings" / RECORDING / "audio.flac"
    size_mib = found.stat().st_size / 2**20

    took = {
        # First, so that it pays for whatever is not yet in the system's cache.
        "evidencedesk recover": _recover(library, env, seconds),
        "flac --test": _time("flac", "--test", "--silent", str(found)),
        "ffmpeg -f null": _time("ffmpeg", "-v", "error", "-nostdin", "-i", str(found), "-f", "null", "-"),
    }
    decoded_s = took["flac --test"]
    rows = [(name, one_s, f"{seconds / one_s:.0f}", one_s / decoded_s) for name, one_s in took.items()]
    yield Outcome(
        title=f"Recovery of {seconds // 60} min, {size_mib:.0f} MiB",
        header=("program", "s", "x real time", "to flac --test"),
        rows=rows,
        figures={
            name: {"s": one_s, "times_real_time": seconds / one_s, "to_flac_test": one_s / decoded_s}
            for name, one_s in took.items()
        },
        notes=[f"the unfinished recording was written in {made_s:.0f} s"],
    )


def _case(folder: Path, library: Path, env: Mapping[str, str]) -> str:
    """A library with a case in it."""
    second = folder / "second.wav"
    sf.write(second, voice(1, RATE_HZ), RATE_HZ, subtype="PCM_16")
    lines, said = ask_product("record", "--source", f"file:{second}", library=library, env=env)
    if not lines:
        raise NotPossibleError(f"evidencedesk record: {said.strip()}")
    return str(lines[0]["case"])


def _recover(library: Path, env: Mapping[str, str], seconds: int) -> float:
    began_s = time.monotonic()
    lines, said = ask_product("recover", library=library, env=env)
    took_s = time.monotonic() - began_s
    recovered = [float(line["seconds"]) for line in lines if line["event"] == "recovered"]
    if len(recovered) != 1 or recovered[0] < seconds - 1 or not lines[0]["agrees_with_pulses"]:
        raise RuntimeError(f"recovered {recovered} of {seconds} s: {said}")
    return took_s


def _time(*command: str) -> float:
    began_s = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - began_s


if __name__ == "__main__":
    raise SystemExit(main())
