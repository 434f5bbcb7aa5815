"""What the help and about pages of a frozen program need beside its code and ``resources``.

A wheel gets the guides by ``pyproject.toml`` and reads notices from the metadata that pip leaves. Whatever
freezes the program calls this, in the environment it is frozen from::

    datas += help_files(Path("build/notices"), LEFT_OUT)
"""

from __future__ import annotations

from pathlib import Path

from evidencedesk.app.notices import write_notices

_ROOT = Path(__file__).resolve().parents[1]
_INSIDE = "evidencedesk/resources"


def help_files(work: Path, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Sources, and the folders of the frozen program they go to.

    ``work`` takes what has to be made; ``without`` are packages by name that are left out of the program.
    """
    notices = write_notices(work, without)
    return [
        (str(_ROOT / "docs" / "guide"), f"{_INSIDE}/guide"),
        (str(notices), f"{_INSIDE}/notices"),
    ]
