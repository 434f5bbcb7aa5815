"""The setup program for Windows from the frozen program, by NSIS: on Windows, or for a check on Linux.

python packaging/windows/make_setup.py FROZEN_FOLDER ICON FOLDER
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("installer.nsi")
# What the script's shortcuts start, and what a command line finds.
NEEDED = ("evidencedesk-window.exe", "evidencedesk.exe", "_internal")
_ON_WINDOWS = r"C:\Program Files (x86)\NSIS\makensis.exe"
_VERSION = Path(__file__).resolve().parents[2] / "src" / "evidencedesk" / "__init__.py"


def make_setup(frozen: Path, icon: Path, folder: Path, version: str, *options: str) -> Path:
    """Write ``EvidenceDesk-VERSION-setup.exe``. Raises FileNotFoundError, CalledProcessError."""
    for name in NEEDED:
        if not (frozen / name).exists():
            raise FileNotFoundError(str(frozen / name))
    folder.mkdir(parents=True, exist_ok=True)
    made = folder.absolute() / f"EvidenceDesk-{version}-setup.exe"
    words = {"VERSION": version, "SOURCE": frozen.absolute(), "ICON": icon.absolute(), "OUTPUT": made}
    command = [shutil.which("makensis") or _ON_WINDOWS, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options]
    subprocess.run([*command, *(f"-D{key}={value}" for key, value in words.items()), str(SCRIPT)], check=True)
    return made


def main(arguments: list[str]) -> int:
    """One line: the file that was made."""
    found = re.search(r'__version__ = "([^"]+)"', _VERSION.read_text(encoding="utf-8"))
    if len(arguments) != 3 or found is None:
        print(__doc__, file=sys.stderr)
        return 2
    frozen, icon, folder = map(Path, arguments)
    print(make_setup(frozen, icon, folder, found[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
