"""The case folder that was signed and stamped once, and that every later version must find the same in."""

from __future__ import annotations

import tarfile
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures"
GOLDEN_ROOT = FIXTURES / "case-signed-stamped.root.pem"
AUTHORITY = "golden"
STAMPED_S = 1795604172  # the time of the stamp over its signature


def golden_folder(place: Path) -> Path:
    """The folder, unpacked into ``place``."""
    with tarfile.open(FIXTURES / "case-signed-stamped.tar.xz") as archive:
        archive.extractall(place, filter="data")
    return place / "case"
