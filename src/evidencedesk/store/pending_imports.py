"""Files of a case from another computer, between their arrival and their place.

They wait in ``imports/<case>/files``. The journal is one transaction: whether it holds the folder's last
entry decides, after a crash too, if the waiting files belong to the case or to nobody.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from evidencedesk.custody.journal import JournalHead
from evidencedesk.domain.identifiers import is_id
from evidencedesk.system.durable import create_folder, disk_failure, fsync_folder, write_atomic

if TYPE_CHECKING:
    from evidencedesk.store.library_store import LibraryStore

FOLDER = "imports"
FILES = "files"
_FACTS = "import.json"


def waiting_place(library: Path, case_id: str, head: JournalHead) -> Path:
    """A new folder for the files of a case whose journal will reach ``head``. Raises OSError."""
    place = library / FOLDER / case_id
    if place.exists():
        shutil.rmtree(place)
    create_folder(place / FILES)
    write_atomic(place / _FACTS, json.dumps({"seq": head.seq, "hash": head.hash}).encode())
    return place / FILES


def settle(library: Path, store: LibraryStore) -> None:
    """Bring waiting files to their places if the journal took their entries, or take them away.

    Can be interrupted and repeated. Raises what the disk says.
    """
    home = library / FOLDER
    if not home.is_dir():
        return
    try:
        for place in sorted(home.iterdir()):
            if is_id(place.name) and _taken(place, store):
                _move(place / FILES, library / "cases" / place.name)
            shutil.rmtree(place)
        home.rmdir()
        fsync_folder(library)
    except OSError as error:
        raise disk_failure(error, home) from error


def _taken(place: Path, store: LibraryStore) -> bool:
    try:
        facts = json.loads((place / _FACTS).read_bytes())
        return store.hash_at(place.name, int(facts["seq"])) == str(facts["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _move(files: Path, case_folder: Path) -> None:
    changed: set[Path] = set()
    for source in sorted(path for path in files.rglob("*") if path.is_file()):
        target = case_folder / source.relative_to(files)
        create_folder(target.parent)
        if not target.exists():  # what is here already is never overwritten
            os.replace(source, target)  # noqa: PTH105 - the same drive, and nothing is there
            changed.add(target.parent)
    for folder in sorted(changed):
        fsync_folder(folder)
