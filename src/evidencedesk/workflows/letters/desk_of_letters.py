"""What a library keeps for letters: the user's own templates, who writes, letters being changed."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from evidencedesk.custody.kept import read_kept, size_kept, write_kept
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.letter import LetterForm, LetterKind, LetterLanguage, Sender
from evidencedesk.system.durable import create_folder, disk_failure
from evidencedesk.system.resources import resource
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.working_copies import WORKING_COPIES

FOLDER = "letters"
_SENDER = "sender.json"
_CHANGING = "being-changed"
_MOST_BYTES = 30_000_000


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it is now; ``own`` is true for one of the user's."""

    path: Path
    content: bytes
    own: bool

    @property
    def named(self) -> str:
        """How a kept letter names it: the file and its hash."""
        place = "own" if self.own else "delivered"
        digest = hashlib.sha256(self.content).hexdigest()
        return f"{place}:{self.path.parent.name}/{self.path.name} sha256:{digest}"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What stands in a letter's fields before anybody changes it."""

    subject: str
    addressee: str
    requests: tuple[str, ...]


def own_template(desk: Desk, kind: LetterKind, language: LetterLanguage) -> Path:
    """Where the user's own template is kept, there or not."""
    return desk.library / FOLDER / language / f"{kind.value}.docx"


def template(desk: Desk, kind: LetterKind, language: LetterLanguage, *, delivered: bool = False) -> Template:
    """The user's own template if there is one, else the delivered one. Raises what the disk says."""
    own = own_template(desk, kind, language)
    if not delivered and own.is_file():
        _take_back(own)
        return Template(own, _read(own), own=True)
    path = resource(FOLDER, language, f"{kind.value}.docx")
    return Template(path, _read(path), own=False)


def copy_template(desk: Desk, kind: LetterKind, language: LetterLanguage) -> Path:
    """Make an own template from the delivered one, or keep the one there is; where it can be changed."""
    own = own_template(desk, kind, language)
    if not own.exists():
        _write(desk, own, template(desk, kind, language, delivered=True).content)
    return _working_copy(desk, own)


def set_template_aside(desk: Desk, kind: LetterKind, language: LetterLanguage) -> Path | None:
    """Use the delivered template again; the user's own stays beside under another name."""
    own = own_template(desk, kind, language)
    if not own.exists():
        return None
    number = 1
    while (aside := own.with_name(f"{own.stem}.unused-{number}.docx")).exists():
        number += 1
    try:
        WORKING_COPIES.put_away(own)
        own.rename(aside)
    except OSError as error:
        raise disk_failure(error, own) from error
    return aside


def defaults(kind: LetterKind, language: LetterLanguage) -> Defaults:
    """The fields as they are delivered."""
    tables = tomllib.loads(resource(FOLDER, f"{language}.toml").read_text(encoding="utf-8"))
    found = tables[kind.value]
    return Defaults(found["subject"], found.get("addressee", ""), tuple(found["requests"]))


def sender_file(desk: Desk) -> Path:
    """Where the user's own data are kept, if they said so."""
    return desk.library / FOLDER / _SENDER


def remembered_sender(desk: Desk) -> Sender:
    """The user's own data; empty while they are not kept or can't be read."""
    try:
        stored = json.loads(read_kept(sender_file(desk)))
        return Sender(**{name: str(stored.get(name, "")) for name in Sender.__slots__})
    except (OSError, ValueError, AttributeError, Known):
        return Sender()


def remember_sender(desk: Desk, sender: Sender) -> Path:
    """Keep them in the library, for the next letter; never in a journal. Raises what the disk says."""
    text = json.dumps(asdict(sender), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    _write(desk, sender_file(desk), text.encode())
    return sender_file(desk)


def forget_sender(desk: Desk) -> None:
    """Take the file away. Raises what the disk says."""
    try:
        sender_file(desk).unlink(missing_ok=True)
    except OSError as error:
        raise disk_failure(error, sender_file(desk)) from error


def changing_file(desk: Desk, case_id: str, form: LetterForm) -> Path:
    """Where a letter is kept while it is changed in Word or WPS."""
    return desk.library / FOLDER / _CHANGING / case_id / f"{form.kind.value}-{form.language}.docx"


def put_out(desk: Desk, path: Path, content: bytes) -> Path:
    """Keep a letter; where other programs can open it. Raises what the disk says."""
    try:
        WORKING_COPIES.put_away(path)  # what was changed before gives way
    except OSError as error:
        raise disk_failure(error, path) from error
    _write(desk, path, content)
    return _working_copy(desk, path)


def read_changed(path: Path) -> bytes:
    """What another program made of it. Raises LETTER_NOT_WORD."""
    try:
        WORKING_COPIES.take_back(path)
        if size_kept(path) > _MOST_BYTES:
            raise MachineFailure(Code.LETTER_NOT_WORD, path=str(path))
        return read_kept(path)
    except OSError as error:
        raise MachineFailure(Code.LETTER_NOT_WORD, path=str(path), detail=str(error.strerror)) from error


def _read(path: Path) -> bytes:
    try:
        if size_kept(path) > _MOST_BYTES:
            raise MachineFailure(Code.TEMPLATE_FORBIDDEN, file=path.name, reason="size")
        return read_kept(path)
    except OSError as error:
        raise disk_failure(error, path) from error


def _working_copy(desk: Desk, path: Path) -> Path:
    try:
        return WORKING_COPIES.open(path, desk.seals_to)
    except OSError as error:
        raise disk_failure(error, path) from error


def _take_back(path: Path) -> None:
    try:
        WORKING_COPIES.take_back(path)
    except OSError as error:
        raise disk_failure(error, path) from error


def _write(desk: Desk, path: Path, content: bytes) -> None:
    try:
        create_folder(path.parent)
        write_kept(path, content, desk.seals_to)
    except OSError as error:
        raise disk_failure(error, path) from error
