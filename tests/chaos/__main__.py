"""Cause every fault and print what became of the recording; exit 1 when one was not survived."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chaos.clock_faults import CLOCK_FAULTS
from chaos.faults import FAULTS
from chaos.stage import stage


def main(arguments: Sequence[str]) -> int:
    """Run all faults, or those whose names are given."""
    bad = 0
    print(f"{'fault':<24}{'noticed':>9}{'lost':>9}{'said':>9}  message")
    for fault in (*FAULTS, *CLOCK_FAULTS):
        if arguments and fault.__name__ not in arguments:
            continue
        with tempfile.TemporaryDirectory(prefix="ed-chaos-") as folder, stage(Path(folder)) as set_up:
            outcome = fault(set_up)
        mark = "" if outcome.good else f"  << NOT SURVIVED: {outcome.why}"
        figures = f"{outcome.noticed_s:>7.2f} s{outcome.lost_s:>7.2f} s{outcome.told_s:>7.2f} s"
        print(f"{outcome.fault:<24}{figures}  {outcome.message}{mark}", flush=True)
        bad += not outcome.good
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
