"""Stamp now: what waits, and the signature of a folder that was exported earlier, here or elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from evidencedesk.custody.certificates import bundle
from evidencedesk.custody.signature_files import CHECKPOINT_FILE, SIGNATURE_FILE
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.errors import Known
from evidencedesk.domain.stamp import Authority, Subject
from evidencedesk.export.stamps import answer_files, authority_files
from evidencedesk.store.stamp_files import CHAIN_FILE, ROOT_FILE, StampFiles
from evidencedesk.store.waiting_stamps import WaitingStamp, WaitingStamps
from evidencedesk.system.time_authority import Network
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.get_stamp import Line, NoStamp, Received, get_stamp
from evidencedesk.workflows.send_stamps import Sender, Sent, known_stamp
from evidencedesk.workflows.stamp_folder import add_to_folder, folder_signature, put_into_folder

_CHECKPOINT_LIMIT = 64 * 1024


def stamp_now(
    desk: Desk,
    authorities: Sequence[Authority],
    folder: Path | None = None,
    line: Callable[[], Line] = Network,
    on_sent: Callable[[Sent], None] | None = None,
) -> tuple[Sent, ...]:
    """Ask ``authorities`` now for everything that waits, and for a folder's signature.

    Authorities that are not among the chosen ones are asked once: what they do not answer is not kept
    waiting for them. Raises NOTHING_TO_STAMP, FOLDER_UNREADABLE and what the disk says.
    """
    waiting = WaitingStamps(desk.library, desk.seals_to)
    foreign: list[Sent] = []
    if folder is not None:
        foreign = _want_folder(desk, authorities, folder, line, on_sent)
    extra = [one for one in authorities if one not in desk.authorities()]
    wishes = {(one.imprint, one.case): one for one in waiting.read()}
    for authority in extra:
        for wish in wishes.values():
            if not waiting.has(wish.imprint, authority.name):
                waiting.put(replace(wish, authority=authority.name, tries=0, trouble="", detail=""))
    sent = Sender(desk, line, authorities=authorities).send(now=True, on_sent=on_sent)
    once = {authority.name for authority in extra}
    for one in sent:
        if one.trouble is not None and one.waiting.authority in once:
            waiting.drop(one.waiting)
    return (*foreign, *sent)


def _want_folder(
    desk: Desk,
    authorities: Sequence[Authority],
    folder: Path,
    line: Callable[[], Line],
    on_sent: Callable[[Sent], None] | None,
) -> list[Sent]:
    """Let a folder's signature wait, or stamp it at once when its case is not in this library."""
    signature = folder_signature(folder)
    imprint = hashlib.sha256(signature).hexdigest()
    case_id = _case_of(folder)
    now = desk.clock.now().utc
    place = str(folder.absolute())
    sent = []
    try:
        stamps = desk.store.case_file(case_id).stamps
    except Known:
        stamps = None
    for authority in authorities:
        wish = WaitingStamp(case_id, Subject.SIGNATURE, imprint, None, authority.name, now, now, place)
        if stamps is None:
            one = _stamp_foreign(folder, authority, wish, line())
        elif (known := known_stamp(stamps, imprint, authority.name)) is not None:
            add_to_folder(desk.library, folder, case_id, (authority.name,))
            one = Sent(wish, known.gen_time, known.serial)
        else:
            WaitingStamps(desk.library, desk.seals_to).put(wish)
            continue
        sent.append(one)
        if on_sent is not None:
            on_sent(one)
    return sent


def _stamp_foreign(folder: Path, authority: Authority, wish: WaitingStamp, line: Line) -> Sent:
    try:
        received = get_stamp(line, authority, wish.imprint)
    except NoStamp as error:
        return Sent(wish, trouble=error.trouble, detail=error.detail)
    put_into_folder(folder, _files(authority.name, received))
    return Sent(wish, received.stamp.gen_time, received.stamp.serial)


def _files(authority: str, received: Received) -> dict[str, bytes]:
    kept = {ROOT_FILE: bundle(received.stamp.path[-1:]), CHAIN_FILE: bundle(received.stamp.path[:-1])}
    for crl in received.crls:
        kept[StampFiles.crl_name(crl)] = crl.public_bytes(Encoding.PEM)
    return answer_files(SIGNATURE_FILE, authority, (received.question, received.answer)) | authority_files(
        authority, kept
    )


def _case_of(folder: Path) -> str:
    """The case that a folder says it is of; empty when it does not say."""
    try:
        with (folder / CHECKPOINT_FILE).open("rb") as file:
            told = parse_strict(file.read(_CHECKPOINT_LIMIT))
    except (OSError, ValueError):
        return ""
    return str(told.get("case", "")) if isinstance(told, dict) else ""
