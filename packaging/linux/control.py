"""What Debian and rpm are told of the package."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from linux.needed import DEBIAN_RECOMMENDS, DEBIAN_SUGGESTS

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from evidencedesk import __version__

MAINTAINER = "EvidenceDesk maintainers <maintainers@evidencedesk.example>"
SUMMARY = "record what debt collectors say, and hand it over as evidence"
_LINES = """\
Debt collectors stand at the door or call: one press records them, straight
to the disk, in a process that goes on when the window ends. Notes, people and
papers are kept with the second at which they came.

Afterwards the case is handed over as a folder with report, evidence list,
transcript and sound, and anyone can check on any computer, offline, that
nothing in it was changed.

取证台：录下催收人员上门或来电时说的话，整理成任何人都能离线核对的案件文件夹。

The drafts that a machine writes of what was said (faster-whisper) are not in
this package."""


def control_file(machine: str, depends: Sequence[str], kib: int, homepage: str) -> str:
    """The file ``control`` of the Debian package."""
    description = "\n".join(f" {line or '.'}" for line in _LINES.splitlines())
    fields = {
        "Package": "evidencedesk",
        "Version": __version__,
        "Architecture": machine,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(kib),
        "Depends": ", ".join(depends),
        "Recommends": ", ".join(DEBIAN_RECOMMENDS),
        "Suggests": ", ".join(DEBIAN_SUGGESTS),
        "Section": "sound",
        "Priority": "optional",
        "Homepage": homepage,
        "Description": f"{SUMMARY}\n{description}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def rpm_description() -> str:
    """The same words without Debian's dots."""
    return _LINES


def installed_kib(tree: Path) -> int:
    """The room that the files take, counted as Debian counts it."""
    files = sum(
        -(-path.lstat().st_size // 1024) for path in tree.rglob("*") if path.is_file() or path.is_symlink()
    )
    return files + sum(1 for path in tree.rglob("*") if path.is_dir() and not path.is_symlink())
