"""How fast speech is written down with a model of your own, and how much memory that takes.

    PYTHONPATH=tests python -m benchmarks.transcribe_speed MODEL_DIR [--minutes 10] [--sound FILE]

Without a sound it is the voice of the demo, over and over, with silence between; with one, that sound. The
same process runs as in the program: at the lowest priority, with half of the processor's cores.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile as sf

from evidencedesk.capture.imported_sound import examine
from evidencedesk.capture.speech.listener import SpeechPlan, WrittenDown, write_down
from evidencedesk.capture.speech.model_folder import read_model
from evidencedesk.system.resources import resource as shipped

_SILENCE_S = 5


def main() -> int:
    """Measure once and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--sound", type=Path)
    parser.add_argument("--language", choices=("auto", "zh", "en"), default="auto")
    given = parser.parse_args()
    model = read_model(given.model)
    with tempfile.TemporaryDirectory() as folder:
        sound = given.sound or _long_sound(Path(folder) / "long.flac", given.minutes)
        duration_ms = examine(sound).duration_ms or 0
        began = time.monotonic()
        told = write_down(
            SpeechPlan(sound, duration_ms, model.path, given.language),
            lambda _heard, _whole: None,
            lambda: False,
            lambda: False,
        )
        took = time.monotonic() - began
    _print(model.name, duration_ms / 1000, took, told)
    return 0


def _print(name: str, seconds: float, took: float, told: WrittenDown) -> None:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor, memory_mib = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"model {name}, {told.program}, language {told.language}")
    print(f"{seconds:.0f} s of sound in {took:.1f} s: {seconds / took:.1f} x real time")
    print(f"processor time {processor:.1f} s: {seconds / processor:.1f} x real time on a core of its own")
    print(f"most memory of the process: {memory_mib:.0f} MiB")
    print(f"{len(told.sentences)} sentences, {told.left_out} left out")


def _long_sound(path: Path, minutes: float) -> Path:
    samples, rate_hz = sf.read(shipped("demo") / "visit.flac", dtype="int16")
    silence = np.random.default_rng(1).integers(-20, 20, _SILENCE_S * rate_hz).astype(np.int16)
    once = np.concatenate((samples, silence))
    with sf.SoundFile(path, "w", samplerate=rate_hz, channels=1, format="FLAC") as file:
        written = 0
        while written < minutes * 60 * rate_hz:
            file.write(once)
            written += len(once)
    return path


if __name__ == "__main__":
    sys.exit(main())
