"""Checkpoints: what was in the journal is still there, and who says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.device_certificate import is_signed_by
from evidencedesk.domain.case import Case
from evidencedesk.domain.errors import Code
from evidencedesk.domain.finding import Finding
from evidencedesk.system.clock import SystemClock
from evidencedesk.wording.language import Words
from evidencedesk.workflows.checkpoints import cut_journals, mark, open_key_soon, sign_waiting
from evidencedesk.workflows.desk import Desk, DeskHolder, open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.run_doctor import Health, run_doctor
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.verify_folder import verify
from fakes.recordings import until
from fakes.signers import ForgetfulKeyring

PHRASE = "open sesame"


def test_a_checkpoint_with_an_open_key_is_signed(desk: Desk, case: Case) -> None:
    signer = desk.key.open()
    checkpoint = mark(desk, case.id, Why.RECORDING_STOPPED)
    kept = desk.checkpoints.read()[-1]
    assert kept.checkpoint == checkpoint
    assert checkpoint.head == desk.store.head(case.id)
    assert is_signed_by(signer.certificate, kept.signature, checkpoint.content())


def test_the_key_is_opened_without_anybody_waiting(desk: Desk) -> None:
    open_key_soon(desk)
    until(lambda: desk.key.opened, "the key is open")
    assert desk.key.fingerprint


def test_one_made_while_the_key_was_locked_is_signed_when_it_opens(tmp_path: Path) -> None:
    holder = DeskHolder(tmp_path / "library", SystemClock(), secrets=ForgetfulKeyring(works=False))
    desk = holder.open()
    desk.key.open()
    desk.key.set_passphrase(PHRASE)
    case = open_case(desk, "来分期")
    holder.close()
    desk = holder.open()
    mark(desk, case.id, Why.RECORDING_STOPPED)
    assert desk.checkpoints.read()[-1].signature == b""
    signed = sign_waiting(desk, case.id, desk.key.open(PHRASE))
    assert all(one.signature for one in signed)
    assert desk.checkpoints.read() == signed
    holder.close()


@pytest.fixture
def closed(tmp_path: Path) -> tuple[Path, str, bytes]:
    """A closed library, its case, and its database as it was two notes before."""
    library = tmp_path / "library"
    with open_desk(library, SystemClock()) as desk:
        case = open_case(desk, "来分期")
        take_note(desk, case.id, "第一条", None, None, None, None)
    earlier = (library / "library.sqlite3").read_bytes()
    with open_desk(library, SystemClock()) as desk:
        take_note(desk, case.id, "第二条", None, None, None, None)
        mark(desk, case.id, Why.RECORDING_STOPPED)
    return library, case.id, earlier


def found(library: Path) -> list[Finding]:
    with open_desk(library, SystemClock()) as desk:
        return list(cut_journals(desk.store, desk.checkpoints))


def test_a_library_as_it_was_left_is_whole(closed: tuple[Path, str, bytes]) -> None:
    assert found(closed[0]) == []


def test_a_database_that_lost_its_end_is_noticed_at_the_next_start(closed: tuple[Path, str, bytes]) -> None:
    library, case, earlier = closed
    (library / "library.sqlite3").write_bytes(earlier)
    (finding,) = found(library)
    assert (finding.code, finding.subject) == ("journal-cut", case)
    journal = {check.name: check for check in run_doctor(library, SystemClock())}["journal"]
    assert journal.health is Health.BAD
    assert journal.problem is not None
    assert journal.problem.code is Code.LIBRARY_DAMAGED


def test_another_history_of_the_same_length_is_noticed_too(closed: tuple[Path, str, bytes]) -> None:
    library, case, earlier = closed
    (library / "library.sqlite3").write_bytes(earlier)
    with open_desk(library, SystemClock()) as desk:
        take_note(desk, case, "另一条", None, None, None, None)
    assert [(finding.code, finding.subject) for finding in found(library)] == [("journal-made-anew", case)]


def test_a_case_that_was_deleted_is_not_missed(closed: tuple[Path, str, bytes]) -> None:
    library, case, _ = closed
    with open_desk(library, SystemClock()) as desk:
        desk.store.delete_case(case)
    assert found(library) == []


def test_an_export_is_signed_with_all_checkpoints_of_its_case_and_no_others(
    desk: Desk, case: Case, tmp_path: Path, words: Words
) -> None:
    other = open_case(desk, "别的案件")
    mark(desk, other.id, Why.RECORDING_STOPPED)
    mark(desk, case.id, Why.RECORDING_STOPPED)
    folder = export_case(desk, case.id, tmp_path / "out", words)
    report = verify(folder.path, trust=[desk.library / "keys" / "device.pem"])
    assert report.faults == ()
    assert folder.signer == desk.key.fingerprint
    assert "signed-by-known" in {finding.code for finding in report.findings}
    names = sorted(path.name for path in (folder.path / "signatures/checkpoints").glob("*.json"))
    assert names == ["000001-recording-stopped.json", "000002-export.json"]


def test_a_locked_key_keeps_nobody_from_handing_over(desk: Desk, tmp_path: Path, words: Words) -> None:
    holder = DeskHolder(tmp_path / "locked", SystemClock(), secrets=ForgetfulKeyring(works=False))
    locked = holder.open()
    locked.key.open()
    locked.key.set_passphrase(PHRASE)
    case = open_case(locked, "来分期")
    holder.close()
    locked = holder.open()
    folder = export_case(locked, case.id, tmp_path / "out", words)
    assert folder.unsigned is not None
    assert folder.unsigned.code is Code.KEY_LOCKED
    (entry,) = [line for line in locked.store.journal_lines(case.id) if b'"case.exported"' in line]
    why = f'"unsigned":"{Code.KEY_LOCKED.value}"'.encode()
    assert why in entry, "else a signature taken out looks the same"
    report = verify(folder.path)
    assert report.faults == ()
    assert {"not-signed", "checkpoint-unsigned"} <= {finding.code for finding in report.findings}
    signed = export_case(locked, case.id, tmp_path / "again", words, passphrase=PHRASE)
    assert verify(signed.path).faults == ()
    assert signed.signer
    holder.close()


def test_checkpoints_lie_outside_the_database(closed: tuple[Path, str, bytes]) -> None:
    library = closed[0]
    with closing(sqlite3.connect(library / "library.sqlite3")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not any("checkpoint" in name for name in tables)
    assert (library / "checkpoints.jsonl").read_bytes().endswith(b"\n")
