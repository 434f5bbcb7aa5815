"""Lock a library, or give its lock up: two steps each, so that nothing can be lost in between.

``begin_…`` notes in ``vault.json`` what is wanted; new files follow at once. The library is then closed and
opened again with its keys, which brings the database into the new form as a whole. ``finish_conversion``
brings every other file into it, one by one, while the library can be used. Killed at any moment, it is
called again: what is left shows in ``vault.json`` and in the files themselves.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.capture.control import LOCK_FILE, PLAN_FILE
from evidencedesk.custody.change_form import PARTIAL, change_form, sealed_to
from evidencedesk.custody.kept_place import ATTACHMENTS, SEALED_NAME
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.sealed_format import SealBroken
from evidencedesk.custody.vault import VaultKeys
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.domain.vault import VaultState
from evidencedesk.store.database import FILE_NAME, is_plain
from evidencedesk.store.rollback import kept_after
from evidencedesk.store.schema import remove_copies
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.lock import is_held
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.library_files import (
    CACHE,
    LAST_BACKUP,
    MOMENTARY,
    Cancelled,
    Progress,
    require_no_recording,
)
from evidencedesk.workflows.remind import FILE_NAME as REMINDED
from evidencedesk.workflows.speech_model import KNOWN_FILE as SPEECH_MODEL

_FOLDERS = ("cases", "deleted", "letters", "stamps/waiting")
_FILES = (LAST_BACKUP, REMINDED, SPEECH_MODEL)
# Answers of authorities: hashes and times, made to be shown.
_STAMPS = "stamps"
_SPARE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Converted:
    """What ``finish_conversion`` did; ``left`` files could not be opened and stay as they are."""

    files: int
    file_bytes: int
    left: tuple[str, ...] = ()


def begin_locking(desk: Desk, passphrase: str) -> tuple[VaultKeys, str]:
    """Give the library a lock: its keys, and the recovery code, which nobody can be told again.

    With an empty passphrase the keyring opens it. Close the library then, open it with the keys, and call
    ``finish_conversion``. Raises BUSY_RECORDING, VAULT_HERE_ALREADY, VAULT_WEAK_PASSPHRASE, VAULT_NO_KEYRING,
    DISK_FULL and what else the disk says.
    """
    require_no_recording(desk)
    _require_room(desk)
    assert desk.vault is not None  # noqa: S101 - every open library has one, locked or not
    keys, code = desk.vault.create(passphrase)
    # What is sealed from now on can be read while the library is still open as it was.
    KEY_RING.hold(keys.files)
    return keys, code


def begin_unlocking(desk: Desk) -> None:
    """Give the lock up: nothing new is sealed from now on. Then as after ``begin_locking``.

    Raises BUSY_RECORDING, VAULT_NOT_HERE, and what the disk says.
    """
    _change_mind(desk, VaultState.UNSEALING)


def lock_again(desk: Desk) -> None:
    """Keep a lock that was being given up; the passphrase is the one before. Raises as above."""
    _change_mind(desk, VaultState.SEALING)


def conversion_left(desk: Desk) -> bool:
    """Whether ``finish_conversion`` has something to do. Raises what ``Vault.facts`` raises."""
    facts = desk.vault.facts() if desk.vault is not None else None
    return facts is not None and facts.state is not VaultState.SEALED


def finish_conversion(
    desk: Desk, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Converted:
    """Bring every file into the form that the vault wants; in the end the vault is shut, or gone.

    Recordings go on being possible meanwhile; with one running nothing is begun. A file that is damaged stays
    as it is, and the rest is done. Raises BUSY_RECORDING, CANCELLED, VAULT_FILE_DIFFERS, DISK_FULL and what
    else the disk says; what was done by then stays done.
    """
    vault = desk.vault
    facts = vault.facts() if vault is not None else None
    if vault is None or facts is None or facts.state is VaultState.SEALED:
        return Converted(0, 0)
    require_no_recording(desk)
    sealing = facts.state is VaultState.SEALING
    if is_plain(desk.library / FILE_NAME) == sealing:
        _require_room(desk)  # or else there was none when it was opened
        raise RuntimeError("the library must be closed and opened with its keys before")
    try:
        converted = _Conversion(desk, facts.public, progress, cancelled, sealing=sealing).run()
        # Copies made before migrations, and what can be made again, are of the other form.
        remove_copies(desk.library / FILE_NAME)
        for left in desk.library.glob(f"{FILE_NAME}*.partial"):
            left.unlink()  # by a copy that was killed
        shutil.rmtree(desk.library / CACHE, ignore_errors=True)
    except OSError as error:
        raise disk_failure(error, desk.library) from error
    require_no_recording(desk)  # one that began meanwhile has files that were left out
    if sealing:
        vault.set_state(VaultState.SEALED)
    elif not converted.left:
        vault.remove()
    return converted


def _require_room(desk: Desk) -> None:
    """There must be room for another database, and for the largest file. Raises DISK_FULL."""
    library = desk.library
    try:
        largest = max((path.stat().st_size for path in _files(library)), default=0)
        needed = _SPARE_BYTES + max(largest, sum(p.stat().st_size for p in library.glob(f"{FILE_NAME}*")))
        free = free_bytes(library)
    except OSError as error:
        raise disk_failure(error, library) from error
    if free < needed:
        raise MachineFailure(Code.DISK_FULL, path=str(library), needed_bytes=needed, free_bytes=free)


def _change_mind(desk: Desk, state: VaultState) -> None:
    require_no_recording(desk)
    _require_room(desk)
    facts = desk.vault.facts() if desk.vault is not None else None
    if desk.vault is None or facts is None:
        raise WrongUse(Code.VAULT_NOT_HERE)
    desk.vault.set_state(state)


class _Conversion:
    def __init__(
        self,
        desk: Desk,
        public: bytes,
        progress: Progress | None,
        cancelled: Cancelled | None,
        *,
        sealing: bool,
    ) -> None:
        self._library = desk.library
        self._public = public
        self._progress = progress
        self._cancelled = cancelled
        self._sealing = sealing
        # An attachment's own folder, and what its file is called there.
        self._names = {
            str(Path(name).parent): Path(name).name
            for name in desk.store.file_hashes()
            if Path(name).parent.parent.name == ATTACHMENTS
        }
        self._done = 0
        self._total = 0
        self._name = ""

    def run(self) -> Converted:
        """Raises what ``finish_conversion`` raises, and OSError."""
        waiting = [path for path in _files(self._library) if sealed_to(path, self._public) != self._sealing]
        self._total = sum(path.stat().st_size for path in waiting)
        left: list[str] = []
        for path in waiting:
            self._name = path.relative_to(self._library).as_posix()
            self._took(0)
            seals_to = self._public if self._sealing else None
            try:
                while not change_form(path, self._target(path), seals_to, self._took):
                    if sealed_to(path, self._public) == self._sealing:
                        break  # written anew meanwhile, in the right form
            except FileNotFoundError:
                continue  # answered, sent or deleted meanwhile
            except SealBroken:
                left.append(self._name)
        done = len(waiting) - len(left)
        return Converted(done, self._done, (*left, *self._left_databases()))

    def _left_databases(self) -> list[str]:
        """What a way back has kept changed its form with the database; a damaged one does so as any file."""
        left = []
        for path in kept_after(self._library):
            if self._sealing:
                if is_plain(path):
                    change_form(path, path, self._public, self._took)
            elif sealed_to(path, self._public):
                change_form(path, path, None, self._took)
            elif not is_plain(path):
                left.append(path.name)
        return left

    def _target(self, path: Path) -> Path:
        folder = path.parent
        if folder.parent.name != ATTACHMENTS:
            return path
        if self._sealing:
            return folder / SEALED_NAME
        return folder / self._names.get(folder.relative_to(self._library).as_posix(), SEALED_NAME)

    def _took(self, count: int) -> None:
        if self._cancelled is not None and self._cancelled():
            raise WrongUse(Code.CANCELLED)
        self._done += count
        if self._progress is not None:
            self._progress(min(self._done, self._total), max(1, self._total), self._name)


def _files(library: Path) -> Iterator[Path]:
    """Everything that a lock covers, but for what a recorder is writing just now. Raises OSError."""
    for name in _FILES:
        if (library / name).is_file():
            yield library / name
    for top in _FOLDERS:
        for place, folders, names in os.walk(library / top, onerror=_raise):
            folder = Path(place)
            folders[:] = sorted(name for name in folders if not (top == "cases" and name == _STAMPS))
            if LOCK_FILE in names and is_held(folder / LOCK_FILE):
                continue
            for name in sorted(names):
                if name.endswith(PARTIAL):
                    with suppress(FileNotFoundError):
                        (folder / name).unlink()  # by a conversion that was killed
                elif not _passed_by(folder / name):
                    yield folder / name


def _passed_by(path: Path) -> bool:
    name = path.name
    momentary = name in MOMENTARY or name == PLAN_FILE or name.endswith(".partial")
    return momentary or path.is_symlink() or not path.is_file()


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # no letter was ever written
        raise error
