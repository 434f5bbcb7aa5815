"""The built package in clean roots: installed, started, recorded with, exported, verified, and gone again.

    python packaging/smoke_test.py dist/evidencedesk_*.deb [--suite bookworm] [--mirror URL] [--pictures DIR]

Needs root, mmdebstrap, Xvfb, openbox, xdotool and PulseAudio; `make smoke` sees to it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

from smoke.desk import desk
from smoke.root import clean_root, own_mirror
from smoke.trial import Trial

SUITES = ("bookworm", "trixie")  # Debian 12 and 13
_TOOLS = ("mmdebstrap", "unshare", "nsenter", "Xvfb", "openbox", "xdotool", "xprop", "pulseaudio", "paplay")


def main() -> int:
    """Try every package in every root; 0 when all went well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("package", type=Path)
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
    for suite in given.suite or SUITES:
        begun = time.monotonic()
        print(f"== {given.package.name} in a clean {suite}", flush=True)
        with clean_root(suite, mirror) as root, desk() as place:
            try:
                Trial(root, place, given.package, given.pictures).all()
            except (AssertionError, RuntimeError) as error:
                if given.pictures is None:
                    place.picture().save("smoke-failed.png")
                print(f"FAILED: {error}", file=sys.stderr)
                return 1
        print(f"   done in {time.monotonic() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
