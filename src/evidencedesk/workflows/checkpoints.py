"""Checkpoints as things happen: signed if the key is open, kept outside the database in any case."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress

from evidencedesk.custody.checkpoint import Checkpoint, SoundMark, Why
from evidencedesk.custody.device_key import Signer
from evidencedesk.domain.errors import Known
from evidencedesk.domain.finding import Finding, Layer
from evidencedesk.domain.stamp import Subject
from evidencedesk.store.checkpoint_log import FILE_NAME, KeptCheckpoint
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.stamp_queue import want_stamp

# An export is stamped by its signature, which covers more.
_STAMPED = frozenset({Why.RECORDING_STARTED, Why.RECORDING, Why.RECORDING_STOPPED})


def open_key_soon(desk: Desk) -> threading.Thread:
    """Open the key on a thread of its own: a keyring may ask the user, and a recording waits for nobody."""
    thread = threading.Thread(target=_open_key, args=(desk,), name="device-key", daemon=True)
    thread.start()
    return thread


def mark(desk: Desk, case_id: str, why: Why, sounds: Sequence[SoundMark] = ()) -> Checkpoint:
    """Keep where a case's journal ends now. Raises what the disk says.

    Without an open key the checkpoint stays unsigned until ``sign_waiting``. Those of recordings wait for
    a time stamp, too, if the user wants any.
    """
    signer = desk.key.opened
    moment = desk.clock.now()
    device = ""
    with suppress(Known):  # a key that can't be read is no reason to keep no checkpoint
        device = signer.fingerprint if signer is not None else desk.key.fingerprint
    checkpoint = Checkpoint(
        case=case_id,
        head=desk.store.head(case_id),
        why=why,
        utc=moment.utc,
        offset_minutes=moment.offset_minutes,
        device=device,
        sounds=tuple(sounds),
    )
    signature = signer.sign(checkpoint.content()) if signer is not None else b""
    desk.checkpoints.add(KeptCheckpoint(checkpoint, signature))
    if why in _STAMPED:
        content = checkpoint.content()
        want_stamp(desk, case_id, Subject.CHECKPOINT, checkpoint.id, checkpoint.head.seq, content)
    return checkpoint


def sign_waiting(desk: Desk, case_id: str, signer: Signer) -> tuple[KeptCheckpoint, ...]:
    """All checkpoints of a case; those that waited for this key are signed now.

    A log that takes no more costs nothing: they are signed again next time. Raises what the disk says when
    it can't be read.
    """
    found = []
    for kept in desk.checkpoints.read():
        if kept.checkpoint.case != case_id:
            continue
        if not kept.signature and kept.checkpoint.device == signer.fingerprint:
            signed = KeptCheckpoint(kept.checkpoint, signer.sign(kept.checkpoint.content()))
            with suppress(Known):
                desk.checkpoints.add(signed)
            found.append(signed)
        else:
            found.append(kept)
    return tuple(found)


def disagreements(desk: Desk) -> tuple[Finding, ...]:
    """Where journals and checkpoints do not fit together. Raises what the disk says."""
    kept = [one.checkpoint for one in desk.checkpoints.read()]
    return (*_missing(desk, kept), *_cut_journals(desk, kept))


def _cut_journals(desk: Desk, kept: Sequence[Checkpoint]) -> tuple[Finding, ...]:
    """Journals that no longer hold what a checkpoint saw: their end is missing, or they were made anew.

    One finding for each case, of the furthest checkpoint that disagrees: a journal that was cut and went on
    since agrees with the latest one.
    """
    findings: dict[str, Finding] = {}
    deleted = desk.store.deleted_cases()
    for checkpoint in sorted(kept, key=lambda one: one.head.seq):
        case_id, head = checkpoint.case, checkpoint.head
        if case_id in deleted:
            continue
        found = desk.store.hash_at(case_id, head.seq)
        if found != head.hash:
            code = "journal-cut" if found is None else "journal-made-anew"
            expected = f"{head.seq} {head.hash}"
            findings[case_id] = Finding(Layer.JOURNAL, code, case_id, expected, found or "")
    return tuple(findings[case_id] for case_id in sorted(findings))


def _missing(desk: Desk, kept: Sequence[Checkpoint]) -> tuple[Finding, ...]:
    """Recordings that no checkpoint saw: whoever changes a journal may have deleted them first.

    Counted from when the library got its key: versions before kept no checkpoints.
    """
    certificates = desk.key.certificates().values()
    if not certificates:
        return ()
    since = min(f"{one.not_valid_before_utc:%Y-%m-%dT%H:%M:%S.%f}Z" for one in certificates)
    elsewhere = desk.store.imported_until()  # another computer's checkpoints saw these
    recordings = [one for one in desk.store.recordings_since(since) if one[2] > elsewhere.get(one[0], 0)]
    if recordings and not kept:
        return (Finding(Layer.JOURNAL, "checkpoints-missing", FILE_NAME, str(len(recordings)), "0"),)
    seen: dict[str, int] = {}
    for one in kept:
        if one.why in _STAMPED:
            seen[one.case] = max(seen.get(one.case, 0), one.head.seq)
    without: dict[str, int] = {}
    for case_id, _, seq in recordings:
        without[case_id] = without.get(case_id, 0) + (seen.get(case_id, 0) < seq)
    return tuple(
        Finding(Layer.JOURNAL, "checkpoints-missing", case_id, str(count), "0")
        for case_id, count in sorted(without.items())
        if count
    )


def _open_key(desk: Desk) -> None:
    try:
        desk.key.open()
    except Known:
        # Locked or lost: checkpoints stay unsigned, and whoever exports is told why.
        return
