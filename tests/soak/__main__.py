"""``make soak``: a day of sound through recorder, parts, journal, export and verification.

    python -m soak [HOURS] [FOLDER]

The sound comes as fast as the recorder takes it; about 6 GB of room are needed for 24 hours.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from soak.day import record_a_day

_MOST_GROWTH_MIB = 32


def main(arguments: list[str]) -> int:
    """Run it and print what was seen; 1 when anything is wrong."""
    hours = float(arguments[0]) if arguments else 24.0
    place = arguments[1] if len(arguments) > 1 else None
    with tempfile.TemporaryDirectory(prefix="ed-soak-", dir=place) as folder:
        figures = record_a_day(Path(folder), hours * 3600, 3600)
    growth = figures.growth_mib()
    if growth > _MOST_GROWTH_MIB:
        figures.faults.append(f"memory grew by {growth:.0f} MiB")
    print(f"{hours:g} h of sound in {figures.took_s:.0f} s, {figures.parts} parts")
    print(f"sound files: {figures.sound_bytes / 1e9:.2f} GB")
    memory = [mib for _, mib in figures.memory]
    print(f"memory: {memory[0]:.0f} MiB at first, {max(memory):.0f} at most, growth {growth:.1f} MiB")
    print(f"export: {figures.export_s:.0f} s, verify: {figures.verify_s:.0f} s")
    print(f"memory after all of it: {figures.memory_after:.0f} MiB")
    print("\n".join(figures.faults) or "no sample lost, none twice; the folder verifies")
    return 1 if figures.faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
