"""Time stamps that are wanted and not there yet: one small file for each, so that a restart forgets none."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from evidencedesk.custody.kept import read_kept, write_kept
from evidencedesk.domain.identifiers import is_id
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.stamp import Subject, is_authority_name
from evidencedesk.system.durable import create_folder, disk_failure, fsync_folder

_SHA256 = re.compile("[0-9a-f]{64}")
_ENDING = ".json"


@dataclass(frozen=True, slots=True)
class WaitingStamp:
    """What is to be stamped by whom. ``imprint`` is all that is ever sent.

    ``folder`` is where an export was written whose signature this is. ``tries`` have failed so far, the
    last one for ``trouble``; the next is due at ``due_utc``.
    """

    case: str
    subject: Subject
    imprint: str
    seq: int | None
    authority: str
    wanted_utc: str
    due_utc: str
    folder: str = ""
    tries: int = 0
    trouble: str = ""
    detail: str = ""

    @property
    def name(self) -> str:
        """Names this wish and its file."""
        return f"{self.imprint}.{self.authority}"


class WaitingStamps:
    """The files of one library. May be used from several threads, one for each authority.

    A wish names the folder of an export, so it is sealed in a locked library.
    """

    def __init__(self, library: Path, seals_to: bytes | None = None) -> None:
        self._seals_to = seals_to
        self._folder = library / "stamps" / "waiting"

    def put(self, waiting: WaitingStamp) -> None:
        """Keep a wish, or what became of it. Raises what the disk says."""
        text = json.dumps({"v": 1, **asdict(waiting)}, ensure_ascii=False, sort_keys=True) + "\n"
        try:
            create_folder(self._folder)
            write_kept(self._path(waiting), text.encode(), self._seals_to)
        except OSError as error:
            raise disk_failure(error, self._folder) from error

    def drop(self, waiting: WaitingStamp) -> None:
        """Forget a wish. Raises what the disk says."""
        try:
            self._path(waiting).unlink(missing_ok=True)
            if self._folder.is_dir():
                fsync_folder(self._folder)
        except OSError as error:
            raise disk_failure(error, self._folder) from error

    def has(self, imprint: str, authority: str) -> bool:
        """Whether this wish waits already."""
        return (self._folder / f"{imprint}.{authority}{_ENDING}").exists()

    def read(self) -> tuple[WaitingStamp, ...]:
        """All wishes, the oldest first. Files that are none are passed over. Raises what the disk says."""
        found = []
        try:
            for path in sorted(self._folder.glob(f"*{_ENDING}")) if self._folder.is_dir() else ():
                waiting = _read(path)
                if waiting is not None:
                    found.append(waiting)
        except OSError as error:
            raise disk_failure(error, self._folder) from error
        return tuple(sorted(found, key=lambda one: (one.wanted_utc, one.name)))

    def _path(self, waiting: WaitingStamp) -> Path:
        return self._folder / f"{waiting.name}{_ENDING}"


def _read(path: Path) -> WaitingStamp | None:
    try:
        value: dict[str, Any] = json.loads(read_kept(path))
        if value["v"] != 1:
            return None
        waiting = WaitingStamp(**{field.name: value[field.name] for field in fields(WaitingStamp)})
        parse_utc(waiting.wanted_utc)
        parse_utc(waiting.due_utc)
        sound = (
            is_id(waiting.case)
            and _SHA256.fullmatch(waiting.imprint) is not None
            and is_authority_name(waiting.authority)
            and isinstance(waiting.tries, int)
            and (waiting.seq is None or isinstance(waiting.seq, int))
            and path.name == f"{waiting.name}{_ENDING}"
        )
        subject = Subject(waiting.subject)
    except FileNotFoundError:  # answered meanwhile
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if not sound:
        return None
    return WaitingStamp(**{**asdict(waiting), "subject": subject})
