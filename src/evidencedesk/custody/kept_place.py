"""Where a file that was taken in is kept: a sealed one is not called by its name, which the journal knows."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.domain.case import TakenIn

SEALED_NAME = "sealed"
ATTACHMENTS = "attachments"


def attachment_file(case_folder: Path, kept: TakenIn) -> Path:
    """The file of an attachment or an imported recording, sealed or not."""
    return kept_in(case_folder / ATTACHMENTS / kept.id, kept.stored_name)


def kept_in(folder: Path, stored_name: str) -> Path:
    """The file in an attachment's own folder."""
    sealed = folder / SEALED_NAME
    return sealed if sealed.exists() else folder / stored_name


def place_of(folder: Path, name: str) -> Path:
    """The file that a journal promises under a name such as ``attachments/<id>/bill.pdf``."""
    path = folder / name
    return kept_in(path.parent, path.name) if path.parent.parent.name == ATTACHMENTS else path


def new_name(stored_name: str, seals_to: bytes | None) -> str:
    """What a new file of this name is called."""
    return stored_name if seals_to is None else SEALED_NAME
