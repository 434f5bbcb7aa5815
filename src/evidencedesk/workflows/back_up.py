"""Back up a whole library into one file that is read back before it gets its name."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evidencedesk.custody.device_key import CERTIFICATE_FILE, EARLIER_FOLDER
from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.kept import read_kept, write_kept
from evidencedesk.custody.names import unsafe_because
from evidencedesk.custody.zip_entries import read_entries
from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.zip_refusal import Refused
from evidencedesk.export.age_file import read_recipients, write_encrypted
from evidencedesk.export.whole_file import Sink, write_whole
from evidencedesk.export.zip_folder import zip_files
from evidencedesk.store.database import FILE_NAME
from evidencedesk.system.durable import create_folder, disk_failure
from evidencedesk.workflows.backup_format import ABOUT, FORMAT, LIBRARY, MANIFEST, ROOT, TIMES, manifest_text
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.library_files import (
    LAST_BACKUP,
    Cancelled,
    Progress,
    differing_files,
    kept_files,
    never_changes,
    require_no_recording,
    require_room,
    size_of,
)

_PRIVATE = ".back-up-"
_KEYS = "keys/"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A back-up that was written and read back.

    ``differing`` are files that are not what the journal says of them: they were backed up as they are.
    ``from_drive``: read back from the drive itself, not only from the system's memory.
    """

    path: Path
    files: int
    file_bytes: int
    cases: int
    with_key: bool
    sealed: bool
    from_drive: bool
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When this library was backed up last, and where to."""

    utc: str
    offset_minutes: int
    path: str


def backup_name(moment: Moment) -> str:
    """A name for the file a window proposes."""
    return f"EvidenceDesk-backup-{moment.local:%Y%m%d-%H%M%S}.zip"


def back_up(
    desk: Desk,
    destination: Path,
    *,
    with_key: bool = False,
    encrypt_to: Sequence[str] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> BackedUp:
    """Write everything into one file; into a folder, under a name of its own.

    ``with_key`` puts the key that signs in as well, locked as it is. With ``encrypt_to`` (public keys of age)
    only DEST.age is written. Raises BUSY_RECORDING, TARGET_INSIDE_LIBRARY, TARGET_NOT_EMPTY, BAD_RECIPIENT,
    READ_BACK_DIFFERS, ORIGINAL_CHANGED, CANCELLED and what the disks say; then nothing stays.
    """
    recipients = read_recipients(encrypt_to)
    require_no_recording(desk)
    moment = desk.clock.now()
    target = destination.expanduser().absolute()
    if target.is_dir():
        target /= backup_name(moment)
    if recipients and target.suffix != ".age":
        target = target.with_name(target.name + ".age")
    library = desk.library.resolve()
    if library in (target.resolve(), *target.resolve().parents):
        raise WrongUse(Code.TARGET_INSIDE_LIBRARY, path=str(target))
    if os.path.lexists(target):
        raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(target))
    try:
        with _private(desk.library) as place:
            require_room(target.parent, size_of(desk.library))
            create_folder(target.parent)
            return _write(desk, place, target, moment, recipients, progress, cancelled, with_key=with_key)
    except OSError as error:
        raise disk_failure(error, target) from error


def last_backup(library: Path) -> LastBackup | None:
    """The last back-up that was finished; None when nobody knows of one."""
    try:
        told = json.loads(read_kept(library / LAST_BACKUP))
        return LastBackup(str(told["utc"]), int(told["offset_minutes"]), str(told["path"]))
    except (OSError, ValueError, KeyError, TypeError, Known):
        return None


def _write(
    desk: Desk,
    place: Path,
    target: Path,
    moment: Moment,
    recipients: list[object],
    progress: Progress | None,
    cancelled: Cancelled | None,
    *,
    with_key: bool,
) -> BackedUp:
    # The database first: a file that comes later is one too many, never one too few.
    desk.store.snapshot(place / FILE_NAME)
    files = _gathered(desk.library, place, with_key=with_key)
    total = sum(path.stat().st_size for path in files.values())
    count = _Count(3 * total, progress, cancelled)  # hashed, written, read back
    hashes: dict[str, str] = {}
    for name, path in files.items():
        count.name = name
        hashes[name] = hash_file(path, count.add)[0]
    promised = desk.store.file_hashes()
    differing = differing_files(desk.library, promised, hashes)
    cases = len(desk.store.heads())
    about = {
        "v": FORMAT,
        "app": desk.app_version,
        "made": {"utc": moment.utc, "offset_minutes": moment.offset_minutes},
        "cases": cases,
        "with_key": with_key,
        "differing": list(differing),
    }
    (place / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (place / MANIFEST).write_bytes(manifest_text(hashes))
    entries = [(ROOT + name, place / name) for name in (ABOUT, MANIFEST)]
    entries += [(f"{ROOT}{LIBRARY}{name}", path) for name, path in files.items()]
    count.name = target.name

    def chunks() -> Iterator[bytes]:
        for chunk in zip_files(entries, cancelled):
            count.add(len(chunk))
            yield chunk

    def fill(sink: Sink) -> None:
        for chunk in chunks():
            sink.write(chunk)

    if recipients:
        from_drive = write_encrypted(chunks(), target, recipients, count.add)
    else:
        from_drive = write_whole(target, fill, count.add)
    if not recipients:
        _require_readable(target)
    _remember(desk, moment, target)
    return BackedUp(
        path=target,
        files=len(files),
        file_bytes=target.stat().st_size,
        cases=cases,
        with_key=with_key,
        sealed=bool(recipients),
        from_drive=from_drive,
        differing=differing,
    )


def _require_readable(target: Path) -> None:
    """What restoring would refuse must not be called a back-up. Raises READ_BACK_DIFFERS."""
    try:
        with target.open("rb") as file:
            read_entries(file, times=TIMES)
    except Refused as refused:
        target.unlink()
        raise MachineFailure(Code.READ_BACK_DIFFERS, path=refused.item or target.name) from refused


def _gathered(library: Path, place: Path, *, with_key: bool) -> dict[str, Path]:
    """Each file of the back-up and where to read it; what may change meanwhile is copied first."""
    files = {FILE_NAME: place / FILE_NAME}
    for found in kept_files(library):
        source = library / found
        name = found if with_key else _without_key(source, found)
        if not name or unsafe_because(f"{ROOT}{LIBRARY}{name}"):
            continue  # this program gives no file a name that another system would not take
        if never_changes(name):
            files[name] = source
            continue
        copy = place / LIBRARY / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(source, copy)
        except FileNotFoundError:
            continue  # a time stamp that was waited for has just arrived
        files[name] = copy
    return dict(sorted(files.items(), key=lambda one: one[0].encode()))


def _without_key(source: Path, name: str) -> str:
    """Where a file goes when the key stays here; empty for the key itself.

    Its certificate goes along, as that of an earlier key: what it signed can be checked with it, and the
    restored library makes a key of its own.
    """
    if not name.startswith(_KEYS):
        return name
    if name == f"{_KEYS}{CERTIFICATE_FILE}":
        return f"{_KEYS}{EARLIER_FOLDER}/kept-{hash_file(source)[0][:12]}/{CERTIFICATE_FILE}"
    return name if name.endswith(f"/{CERTIFICATE_FILE}") else ""


@contextmanager
def _private(library: Path) -> Iterator[Path]:
    for left in library.glob(f"{_PRIVATE}*"):  # by a back-up that was killed
        shutil.rmtree(left)
    with TemporaryDirectory(prefix=_PRIVATE, dir=library) as folder:  # 0700
        yield Path(folder)


def _remember(desk: Desk, moment: Moment, target: Path) -> None:
    told = {"utc": moment.utc, "offset_minutes": moment.offset_minutes, "path": str(target)}
    try:
        content = json.dumps(told, ensure_ascii=False).encode()
        write_kept(desk.library / LAST_BACKUP, content, desk.seals_to)
    except (OSError, Known):
        return  # the back-up stands; only its date is not known


class _Count:
    """Tells how far it has come, and whether anybody still wants it."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self.name = ""
        self._total = max(1, total)
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def add(self, count: int) -> None:
        """So many bytes more. Raises CANCELLED."""
        if self._cancelled is not None and self._cancelled():
            raise WrongUse(Code.CANCELLED)
        self._done += count
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total, self.name)
