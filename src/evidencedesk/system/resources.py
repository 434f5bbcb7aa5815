"""The files that ship with the program: packs, translations, templates, icons, the demo sound."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

_PACKAGE = Path(__file__).resolve().parents[1] / "resources"  # wheel, frozen program
_CHECKOUT = Path(__file__).resolve().parents[3] / "resources"  # editable install: hatch puts none inside
# The guides are documentation first; a wheel or frozen program has them among its resources.
_DOCUMENTS = Path(__file__).resolve().parents[3] / "docs"
_GUIDE = "guide"


def resource(*parts: str) -> Path:
    """Path of a file or folder that ships with the program.

    Raises ValueError for a name that leaves the folder, FileNotFoundError for one that is not there.
    """
    name = PurePosixPath(*parts)
    if name.is_absolute() or ".." in name.parts or any("\\" in part for part in name.parts):
        raise ValueError(f"not inside the resources: {name}")
    documents: tuple[Path, ...] = (_DOCUMENTS,) if name.parts[:1] == (_GUIDE,) else ()
    for folder in (_PACKAGE, _CHECKOUT, *documents):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(str(name))
