"""Check a case folder that lies in a folder, or in one ZIP."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cryptography import x509

from evidencedesk.custody.file_hashes import Progress
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.recordings_check import PcmReader
from evidencedesk.custody.shown_text import shown_text
from evidencedesk.custody.unpacked import unpacked
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.finding import Finding, Layer, Report, Weight
from evidencedesk.domain.zip_refusal import Refusal, Refused

_ZIP_SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
_AGE_SIGN = b"age-encryption.org/v1\n"
_SHOWN_LIMIT = 20


def verify_path(
    path: Path,
    read_pcm: PcmReader | None = None,
    progress: Progress | None = None,
    zip_names: str = "utf-8",
    trusted: Collection[str] = (),
    time_roots: Sequence[x509.Certificate] = (),
    original: Path | None = None,
) -> Report:
    """Check a folder, or the one case folder in a ZIP.

    ``zip_names`` is the encoding of names in a ZIP that does not mark them as UTF-8, ``trusted`` has the
    fingerprints of certificates that the reader knows, ``time_roots`` the roots of time-stamping
    authorities, ``original`` the case folder that a redacted copy is compared with. Raises
    FOLDER_UNREADABLE, ARCHIVE_REFUSED, ARCHIVE_LOCKED and, for the room a ZIP needs, what the disk says.
    """
    file = _opened(path)
    if file is None:
        return verify_folder(path, read_pcm, progress, trusted, time_roots, original)
    with file:
        sign = file.read(len(_AGE_SIGN))
        if sign == _AGE_SIGN:
            raise Unreadable(Code.ARCHIVE_LOCKED, path=str(path))
        if not sign.startswith(_ZIP_SIGNS):
            raise Unreadable(Code.FOLDER_UNREADABLE, path=str(path), reason="not-a-folder")
        first_half, second_half = _halves(progress)
        try:
            with unpacked(file, zip_names, first_half) as content:
                root = _case_folder(content)
                report = verify_folder(root, read_pcm, second_half, trusted, time_roots, original)
                beside = _beside(content, root)
        except Refused as refused:
            if refused.refusal is Refusal.NAME_UNMARKED and zip_names == "utf-8":
                item = shown_text(refused.item)
                raise Unreadable(Code.ARCHIVE_NAMES, path=str(path), item=item) from refused
            facts = {"reason": refused.refusal.value, "item": shown_text(refused.item)}
            raise Unreadable(Code.ARCHIVE_REFUSED, path=str(path), **facts) from refused
    return replace(report, folder=str(path), findings=(*beside, *report.findings))


@contextmanager
def case_folder_at(path: Path, progress: Progress | None = None) -> Iterator[Path]:
    """The case folder itself, for the length of a ``with`` block; that in a ZIP is unpacked for so long.

    Raises what ``verify_path`` raises.
    """
    file = _opened(path)
    if file is None:
        yield path
        return
    with file:
        sign = file.read(len(_AGE_SIGN))
        if sign == _AGE_SIGN:
            raise Unreadable(Code.ARCHIVE_LOCKED, path=str(path))
        if not sign.startswith(_ZIP_SIGNS):
            raise Unreadable(Code.FOLDER_UNREADABLE, path=str(path), reason="not-a-folder")
        try:
            with unpacked(file, progress=progress) as content:
                yield _case_folder(content)
        except Refused as refused:
            facts = {"reason": refused.refusal.value, "item": shown_text(refused.item)}
            raise Unreadable(Code.ARCHIVE_REFUSED, path=str(path), **facts) from refused


def _opened(path: Path) -> BinaryIO | None:
    """The file, or None when it is no regular file: then what is wrong with it is for others to say."""
    try:
        if not path.is_file():
            return None
        return os.fdopen(open_regular(path.resolve()), "rb")
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        raise Unreadable(Code.FOLDER_UNREADABLE, path=str(path), reason=reason) from error


def _case_folder(content: Path) -> Path:
    """The folder with a BagIt declaration: the archive itself, or the one folder in it that has one."""
    places = [content, *sorted(path for path in content.iterdir() if path.is_dir())]
    found = [place for place in places if (place / "bagit.txt").is_file()]
    if not found:
        # Without its declaration it is still one, if it is alone.
        found = [place for place in places if any(place.glob("*manifest-*.txt"))]
    if not found:
        raise Refused(Refusal.NO_CASE_FOLDER)
    if len(found) > 1:
        raise Refused(Refusal.SEVERAL_CASE_FOLDERS, found[1].name)
    return found[0]


def _beside(content: Path, root: Path) -> list[Finding]:
    """A remark for each thing in the archive that is not in the case folder: nobody vouches for it."""
    if root == content:
        return []
    names = sorted(path.name for path in content.iterdir() if path != root)
    found = [
        Finding(Layer.FILES, "beside-the-folder", shown_text(name), weight=Weight.REMARK)
        for name in names[:_SHOWN_LIMIT]
    ]
    if len(names) > _SHOWN_LIMIT:
        more = str(len(names) - _SHOWN_LIMIT)
        limit = str(_SHOWN_LIMIT)
        found.append(Finding(Layer.FILES, "too-many", "beside-the-folder", limit, more, weight=Weight.REMARK))
    return found


def _halves(progress: Progress | None) -> tuple[Callable[[int, int], None], Callable[[int, int], None]]:
    """Unpacking is the first half of the work, checking the second."""
    unpacked_bytes = 0

    def first(done: int, total: int) -> None:
        nonlocal unpacked_bytes
        unpacked_bytes = total
        if progress is not None:
            progress(done, 2 * total)

    def second(done: int, total: int) -> None:
        if progress is not None:
            progress(unpacked_bytes + unpacked_bytes * done // max(1, total), 2 * unpacked_bytes)

    return first, second
