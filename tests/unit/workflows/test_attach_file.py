"""Files are taken in bit for bit, or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.custody.names import unsafe_because
from evidencedesk.domain.case import AttachmentKind, Case, FollowUpDetails, Step
from evidencedesk.domain.errors import Code, Known
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.kept_file import safe_name
from evidencedesk.workflows.log_follow_up import log_follow_up


def test_an_attachment_is_the_same_bytes_read_only(desk: Desk, case: Case, tmp_path: Path) -> None:
    source = tmp_path / "门口照片.jpg"
    source.write_bytes(os.urandom(700_000))
    attachment = attach_file(desk, case.id, source)
    kept = desk.case_folder(case.id) / "attachments" / attachment.id / attachment.stored_name
    assert kept.read_bytes() == source.read_bytes()
    assert attachment.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert kept.stat().st_mode & 0o222 == 0
    assert desk.store.case_file(case.id).attachments == (attachment,)


@pytest.mark.parametrize(
    ("step", "kind", "kept"),
    [
        (Step.PAYMENT, None, AttachmentKind.RECEIPT),
        (Step.PAYMENT, AttachmentKind.CHAT, AttachmentKind.CHAT),
        (Step.COMPLAINT, None, None),
    ],
)
def test_what_is_given_with_a_payment_is_its_receipt_unless_said_otherwise(
    desk: Desk,
    case: Case,
    tmp_path: Path,
    step: Step,
    kind: AttachmentKind | None,
    kept: AttachmentKind | None,
) -> None:
    (source := tmp_path / "付款.png").write_bytes(b"\x89PNG")
    now = desk.clock.now()
    taken = log_follow_up(desk, case.id, FollowUpDetails(step, now.utc, now.offset_minutes, amount="500"))
    assert attach_file(desk, case.id, source, follow_up=taken.id, kind=kind).kind is kept
    assert desk.store.case_file(case.id).attachments[0].kind is kept


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.mkdir(), Code.NOT_A_FILE),
        (os.mkfifo, Code.NOT_A_FILE),
        (lambda path: path.symlink_to("/nowhere"), Code.FILE_UNREADABLE),
        (lambda path: None, Code.FILE_UNREADABLE),
    ],
    ids=["folder", "fifo", "broken link", "missing"],
)
def test_what_is_no_readable_file_is_refused(
    desk: Desk, case: Case, tmp_path: Path, make: object, code: Code
) -> None:
    path = tmp_path / "thing"
    make(path)  # type: ignore[operator]
    with pytest.raises(Known) as raised:
        attach_file(desk, case.id, path)
    assert raised.value.code is code
    assert desk.store.case_file(case.id).attachments == ()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("合同.pdf", "合同.pdf"),
        ("a:b?.txt", "a_b_.txt"),
        ("CON.txt", "_CON.txt"),
        ("...", "file"),
        ("100%.pdf", "100_.pdf"),
        ("com¹.txt", "_com¹.txt"),
        ("bad\x85name", "bad_name"),
        ("evil\u202egpj.exe", "evil_gpj.exe"),
    ],
)
def test_names_become_safe_on_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_name_becomes_a_short_one_without_separators(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\x00')
    assert len(safe.encode()) <= 180
    assert not unsafe_because(safe)
