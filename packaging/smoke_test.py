"""The built package in clean roots: installed, started, recorded with, exported, verified, and gone again.

    python packaging/smoke_test.py dist/*.deb [dist/*.rpm] [dist/*.tar.xz] [--suite bookworm] [--mirror URL]

With ``--pictures DIR`` it keeps three pictures of the installed program in each language.

Needs root, mmdebstrap, Xvfb, openbox, xdotool and PulseAudio; `make smoke` sees to it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from smoke.contents import files_of
from smoke.desk import desk
from smoke.root import clean_root, own_mirror
from smoke.trial import Trial

SUITES = ("bookworm", "trixie")  # Debian 12 and 13
_TOOLS = ("mmdebstrap", "unshare", "nsenter", "Xvfb", "openbox", "xdotool", "xprop", "pulseaudio", "paplay")


def same_files(package: Path, other: Path) -> None:
    """The other package holds what the .deb holds, bit for bit."""
    mine, theirs = files_of(package), files_of(other)
    different = sorted(place for place in mine.keys() | theirs.keys() if mine.get(place) != theirs.get(place))
    assert not different, different[:20]  # noqa: S101 - a test, outside pytest
    print(f"== {other.name} holds the same {len(mine)} files", flush=True)


def main() -> int:
    """Try every package in every root; 0 when all went well."""
    # Ended from outside, too, the roots are taken away.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    parser = argparse.ArgumentParser()
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--suite", action="append", choices=SUITES)
    parser.add_argument(
        "--mirror", help="where Debian's packages come from; by default where this computer has them from"
    )
    parser.add_argument("--pictures", type=Path, help="put pictures of the installed program there")
    given = parser.parse_args()
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if os.geteuid() != 0 or missing:
        print(f"needs root{' and: ' + ', '.join(missing) if missing else ''}", file=sys.stderr)
        return 2
    mirror = given.mirror or own_mirror()
    (package,) = (one for one in given.packages if one.suffix == ".deb")
    others = [one for one in given.packages if one != package]
    try:
        for other in others:
            same_files(package, other)
        archive = next((one for one in others if one.name.endswith(".tar.xz")), None)
        for suite in given.suite or SUITES:
            begun = time.monotonic()
            print(f"== {package.name} in a clean {suite}", flush=True)
            with clean_root(suite, mirror) as root, desk() as place:
                Trial(root, place, package, archive, given.pictures).all()
            print(f"   done in {time.monotonic() - begun:.0f} s", flush=True)
    except (AssertionError, RuntimeError, subprocess.TimeoutExpired) as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
