"""Stamps taken out, put in, or against each other: by an owner with the key, or by anybody without."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.device_key import Signer
from evidencedesk.custody.signature_files import AUTHORITIES, SIGNATURE_FILE
from evidencedesk.domain.finding import Report
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.checkpoints import mark
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.send_stamps import Sender
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.verify_folder import verify
from fakes.owners import redated, relist, resign
from fakes.time_authorities import TimeServer

FIRST = "signatures/checkpoints/000001-recording-started.json"
LAST = "signatures/checkpoints/000002-recording-stopped.json"
SHELF = f"{AUTHORITIES}loopback/"


@dataclass
class Made:
    """A stamped folder, who signed it, and who stamped it."""

    folder: Path
    server: TimeServer
    owner: Signer

    def verify(self, folder: Path) -> Report:
        return verify(folder, trust_time=[self.server.folder / "root.pem"])

    def faults(self, folder: Path) -> set[tuple[str, str]]:
        return {(one.code, one.subject) for one in self.verify(folder).faults}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    place = tmp_path_factory.mktemp("stamped")
    with pytest.MonkeyPatch.context() as patch, TimeServer(place / "authority") as server:
        patch.setenv("no_proxy", "127.0.0.1,localhost")
        server.digits = 6
        authority = Authority("loopback", server.url, root_file=str(server.folder / "root.pem"))
        with open_desk(place / "library", SystemClock(), authorities=lambda: (authority,)) as desk:
            owner = desk.key.open()
            case = open_case(desk, "来分期", "", "").id
            for why in (Why.RECORDING_STARTED, Why.RECORDING_STOPPED):
                take_note(desk, case, "到场")
                mark(desk, case, why)
                assert Sender(desk).send()[0].trouble is None
            export_case(desk, case, place / "out", Words("en", resource("locale")))
            assert Sender(desk).send()[0].trouble is None
        yield Made(place / "out", server, owner)


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return shutil.copytree(made.folder, tmp_path / "case")


def test_the_folder_as_it_was_made_has_no_fault(made: Made, copy: Path) -> None:
    assert made.faults(copy) == set()
    resign(copy, made.owner)
    assert made.faults(copy) == set()


@pytest.mark.parametrize("revocation_lists", [True, False])
def test_a_stamp_the_owner_takes_out_is_missed_whatever_else_is_missing(
    made: Made, copy: Path, *, revocation_lists: bool
) -> None:
    for ending in (".tsq", ".tsr"):
        (copy / f"{LAST}.loopback{ending}").unlink()
    if not revocation_lists:
        for crl in copy.glob(f"{SHELF}*.crl"):
            crl.unlink()
    resign(copy, made.owner)
    assert made.faults(copy) == {("stamp-missing", "loopback")}


def test_a_request_without_its_answer_is_named(made: Made, copy: Path) -> None:
    (copy / f"{SIGNATURE_FILE}.loopback.tsr").unlink()
    relist(copy)
    assert made.faults(copy) == {("stamp-invalid", f"{SIGNATURE_FILE}.loopback.tsq")}


@pytest.mark.parametrize(
    "name", ["signatures/checkpoint.json.loopback.tsr", f"{FIRST}.sig.loopback.tsq", f"{FIRST}.Ä.tsr"]
)
def test_a_stamp_over_nothing_that_is_stamped_is_named(made: Made, copy: Path, name: str) -> None:
    shutil.copy(copy / f"{FIRST}.loopback.tsr", copy / name)
    resign(copy, made.owner)
    assert made.faults(copy) == {("stamp-invalid", name)}


def a_leaf(made: Made) -> bytes:
    return made.server.pki.pem("good")


def junk(_made: Made) -> bytes:
    return b"junk"


@pytest.mark.parametrize(
    ("file", "content"),
    [("root.pem", a_leaf), ("root.pem", junk), ("chain.pem", junk), ("more.crl", junk), ("more.crl", a_leaf)],
)
def test_a_file_of_an_authority_that_is_something_else_is_named(
    made: Made, copy: Path, file: str, content: Callable[[Made], bytes]
) -> None:
    (copy / SHELF / file).write_bytes(content(made))
    relist(copy)
    assert ("authority-invalid", SHELF + file) in made.faults(copy)


def test_stamps_that_contradict_each_other_are_a_fault(made: Made, copy: Path) -> None:
    """By the last stamp everything existed an hour before the first one, which the journal tells of."""
    answer = copy / f"{SIGNATURE_FILE}.loopback.tsr"
    key = made.server.folder / "good.key"
    answer.write_bytes(redated(answer.read_bytes(), key, timedelta(hours=-1)))
    relist(copy)
    report = made.verify(copy)
    assert {one.code for one in report.faults} == {"stamps-contradict"}
    assert "time-between" not in {one.code for one in report.findings}


def test_stamps_a_few_seconds_apart_are_none(made: Made, copy: Path) -> None:
    answer = copy / f"{SIGNATURE_FILE}.loopback.tsr"
    key = made.server.folder / "good.key"
    answer.write_bytes(redated(answer.read_bytes(), key, timedelta(seconds=-20)))
    relist(copy)
    assert made.faults(copy) == set()


def test_the_stamp_of_the_signature_does_not_speak_for_a_journal_put_in_later(made: Made, copy: Path) -> None:
    """A right chain, but not the journal whose hash was signed: only the lists know."""
    journal = copy / "data/journal.jsonl"
    chained: list[bytes] = []
    for line in journal.read_bytes().replace("到场".encode(), "离开".encode()).split(b"\n")[:-1]:
        prev = hashlib.sha256(chained[-1]).hexdigest() if chained else "0" * 64
        chained.append(re.sub(rb'"prev":"[0-9a-f]{64}"', f'"prev":"{prev}"'.encode(), line))
    journal.write_bytes(b"\n".join(chained) + b"\n")
    report = made.verify(copy)
    assert {"time-proven", "time-between"}.isdisjoint(one.code for one in report.findings)
    assert ("file-changed", "data/journal.jsonl") in {(one.code, one.subject) for one in report.faults}
