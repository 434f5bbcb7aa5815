"""Take a rule pack of the user's own into the library."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.loader import pack_content, read_pack
from evidencedesk.guidance.shelf import file_name
from evidencedesk.system.durable import create_folder, disk_failure, write_atomic
from evidencedesk.workflows.desk import Desk


def add_pack(desk: Desk, path: Path) -> RulePack:
    """Copy a pack's file to where its ticks will find it; one that is there already stays.

    Raises PACK_INVALID; PACK_SHIPPED for an id of the program's own packs; PACK_VERSION_TAKEN when the
    same version is there with other content: earlier ticks would change their words.
    """
    content = pack_content(path)
    pack = read_pack(content, path.name)
    if desk.shelf.is_shipped(pack.id):
        raise WrongUse(Code.PACK_SHIPPED, pack=pack.id)
    target = desk.shelf.own_folder / file_name(pack)
    try:
        create_folder(desk.shelf.own_folder)
        if not target.exists():
            write_atomic(target, content)
        elif target.read_bytes() != content:
            raise WrongUse(Code.PACK_VERSION_TAKEN, pack=pack.id, version=pack.version)
    except OSError as error:
        raise disk_failure(error, target) from error
    desk.shelf.look_again()
    return pack
