"""Cause every fault and print what became of the recording; exit 1 when one was not survived.

    python -m chaos [--vault] [NAME …]

With ``--vault`` the library is locked, and everything is sealed as it is recorded.

A fault that can't be caused here is named as such. What goes wrong with one keeps nobody from the others.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from chaos.faults import FAULTS, Fault
from chaos.stage import NotHereError, Outcome, stage

_WIDTH = 27


def main(arguments: Sequence[str]) -> int:
    """Run all faults, or those whose names are given."""
    vault = "--vault" in arguments
    arguments = [name for name in arguments if name != "--vault"]
    unknown = set(arguments) - {fault.__name__ for fault in FAULTS}
    if unknown:
        print(f"no such fault: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    chosen = [fault for fault in FAULTS if not arguments or fault.__name__ in arguments]
    print(f"{'fault':<{_WIDTH}}{'noticed':>9}{'lost':>9}{'said':>9}  message")
    ends = Counter(_line(fault, vault=vault) for fault in chosen)
    print(", ".join(f"{ends[end]} {end}" for end in _End))
    return 1 if ends[_End.FAILED] else 0


class _End(StrEnum):
    SURVIVED = "survived"
    NOT_RUN = "not run"
    FAILED = "failed"


def _line(fault: Fault, *, vault: bool) -> _End:
    """Cause one and print its line of the table."""
    name = fault.__name__.replace("_", " ")
    try:
        seen = _cause(fault, vault=vault)
    except NotHereError as reason:
        print(f"{name:<{_WIDTH}}  {reason}, not run", flush=True)
        return _End.NOT_RUN
    except Exception as error:  # noqa: BLE001 - a broken stage is a failed line, not the end of the table
        print(f"{name:<{_WIDTH}}  << FAILED: {type(error).__name__}: {error}", flush=True)
        return _End.FAILED
    mark = "" if seen.good else f"  << FAILED: {seen.why}"
    figures = f"{seen.noticed_s:>7.2f} s{seen.lost_s:>7.2f} s{seen.told_s:>7.2f} s"
    print(f"{seen.fault:<{_WIDTH}}{figures}  {seen.message or '-'}{mark}", flush=True)
    return _End.SURVIVED if seen.good else _End.FAILED


def _cause(fault: Fault, *, vault: bool) -> Outcome:
    # What a broken fault leaves behind must not hide what broke it.
    place = tempfile.TemporaryDirectory(prefix="ed-chaos-", ignore_cleanup_errors=True)
    with place as folder, stage(Path(folder), vault=vault) as set_up:
        return fault(set_up)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
