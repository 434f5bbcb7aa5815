"""A folder with time stamps: what verify and ``openssl ts`` say of it, and of its forgeries."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.manifests import TAG_MANIFEST, manifest_line
from evidencedesk.custody.time_stamp import make_request, read_request
from evidencedesk.domain.finding import Finding, Layer, Report
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.checkpoints import mark
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.send_stamps import Sender
from evidencedesk.workflows.stamp_exported import stamp_now
from evidencedesk.workflows.stamp_folder import put_into_folder
from evidencedesk.workflows.stamp_queue import waiting_stamps
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.verify_folder import verify
from fakes.case_folders import reseal
from fakes.time_authorities import TimeServer

P7S = f"signatures/{TAG_MANIFEST}.p7s"
FIRST = "signatures/checkpoints/000001-recording-started.json"


@dataclass
class Made:
    """A stamped folder, and the authority that stamped it."""

    folder: Path
    server: TimeServer
    library: Path
    case: str

    @property
    def root(self) -> Path:
        return self.server.folder / "root.pem"

    @property
    def authority(self) -> Authority:
        return Authority("loopback", self.server.url, root_file=str(self.root))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    place = tmp_path_factory.mktemp("stamped")
    words = Words("en", resource("locale"))
    with pytest.MonkeyPatch.context() as patch, TimeServer(place / "authority") as server:
        patch.setenv("no_proxy", "127.0.0.1,localhost")
        result = Made(place / "out", server, place / "library", "")
        server.digits = 6
        with opened(result) as desk:
            desk.key.open()
            result.case = open_case(desk, "来分期", "", "").id
            stamped_note(desk, result.case, "起", Why.RECORDING_STARTED)
            stamped_note(desk, result.case, "止", Why.RECORDING_STOPPED)
            export_case(desk, result.case, result.folder, words)
            assert Sender(desk).send()[0].trouble is None
        yield result


def opened(made: Made) -> AbstractContextManager[Desk]:
    return open_desk(made.library, SystemClock(), authorities=lambda: (made.authority,))


def stamped_note(desk: Desk, case: str, text: str, why: Why) -> None:
    take_note(desk, case, text)
    mark(desk, case, why)
    (sent,) = Sender(desk).send()
    assert sent.trouble is None


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return shutil.copytree(made.folder, tmp_path / "case")


def of_time(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.layer is Layer.TIME]


def time_codes(folder: Path, *roots: Path) -> set[str]:
    return {finding.code for finding in of_time(verify(folder, trust_time=roots))}


def found(folder: Path, code: str, *roots: Path) -> Finding:
    return next(one for one in verify(folder, trust_time=roots).findings if one.code == code)


def test_with_the_root_known_it_says_what_existed_when_and_by_whom(made: Made) -> None:
    report = verify(made.folder, trust_time=[made.root])
    assert report.faults == ()
    times = of_time(report)
    assert [(one.code, one.subject) for one in times] == [
        ("folder-time-proven", P7S),
        ("time-proven", "1-2"),
        ("time-proven", "3"),
        ("time-between", "4"),
        ("time-between", "5"),
        ("time-between", "6"),
    ]
    assert all("Test good (Test root)" in one.found for one in times)
    counted = [one for one in report.checked if one.layer is Layer.TIME]
    assert [(one.code, one.count) for one in counted] == [("stamps", 3)]


def test_a_root_that_came_with_the_folder_is_named_and_proves_nothing(made: Made) -> None:
    report = verify(made.folder)
    assert report.faults == ()
    assert [one.code for one in of_time(report)] == ["time-claimed", "self-attested"]
    claimed = found(made.folder, "time-claimed")
    assert claimed.subject == "Test root"
    der = subprocess.run(
        ["openssl", "x509", "-in", made.root, "-outform", "DER"], check=True, capture_output=True
    ).stdout
    assert hashlib.sha256(der).hexdigest() in claimed.found


def test_the_root_of_somebody_else_changes_nothing(made: Made) -> None:
    assert "time-claimed" in time_codes(made.folder, made.server.folder / "other-root.pem")


@pytest.mark.parametrize("stamped", [P7S, FIRST])
def test_a_changed_answer_is_a_fault(made: Made, copy: Path, stamped: str) -> None:
    answer = copy / f"{stamped}.loopback.tsr"
    content = bytearray(answer.read_bytes())
    content[len(content) // 2] ^= 1
    answer.write_bytes(bytes(content))
    report = verify(copy, trust_time=[made.root])
    assert not report.intact
    codes = {one.code for one in report.faults}
    assert codes >= {"tag-changed"}, "its hash is in a list"


def test_an_answer_about_something_else_is_a_fault(made: Made, copy: Path) -> None:
    other = copy / "signatures/checkpoints/000002-recording-stopped.json.loopback"
    for ending in (".tsq", ".tsr"):
        shutil.copy(f"{other}{ending}", f"{copy / FIRST}.loopback{ending}")
    seal(copy)
    assert found(copy, "stamp-invalid", made.root).found.startswith("wrong-hash")


def test_an_answer_to_another_request_is_a_fault(made: Made, copy: Path) -> None:
    asked = read_request((copy / f"{P7S}.loopback.tsq").read_bytes())
    another = make_request(asked.imprint, asked.nonce ^ 1)
    (copy / f"{P7S}.loopback.tsr").write_bytes(made.server.reply(another))
    seal(copy)
    assert found(copy, "stamp-invalid", made.root).found.startswith("wrong-nonce")


def test_a_missing_request_is_a_fault(made: Made, copy: Path) -> None:
    (copy / f"{P7S}.loopback.tsq").unlink()
    seal(copy)
    assert "stamp-invalid" in time_codes(copy, made.root)


def test_an_answer_that_the_journal_tells_of_and_is_gone_is_a_fault(made: Made, copy: Path) -> None:
    for ending in (".tsq", ".tsr"):
        (copy / f"{FIRST}.loopback{ending}").unlink()
    seal(copy)
    assert "stamp-missing" in time_codes(copy, made.root)


@pytest.mark.parametrize(
    ("signer", "code", "reason"),
    [
        ("expired", "stamp-invalid", "expired"),
        ("other", "stamp-invalid", "unknown-root"),
        ("revoked", "stamp-revoked", "Test revoked"),
    ],
)
def test_a_stamp_by_a_certificate_that_counts_for_nothing_is_a_fault(
    made: Made, copy: Path, signer: str, code: str, reason: str
) -> None:
    question = (copy / f"{P7S}.loopback.tsq").read_bytes()
    (copy / f"{P7S}.loopback.tsr").write_bytes(made.server.reply(question, signer))
    seal(copy)
    finding = found(copy, code, made.root)
    assert finding.subject == f"{P7S}.loopback.tsr"
    assert finding.found.startswith(reason)


def test_without_revocation_lists_that_is_said(made: Made, copy: Path) -> None:
    for crl in copy.glob("signatures/authorities/loopback/*.crl"):
        crl.unlink()
    seal(copy)
    assert "revocation-unknown" in time_codes(copy, made.root)


def test_a_journal_made_anew_has_no_time(made: Made, copy: Path) -> None:
    journal = copy / "data/journal.jsonl"
    lines = journal.read_bytes().split(b"\n")
    lines[1] = lines[1].replace("起".encode(), "落".encode())
    chained: list[bytes] = []
    for line in lines[:-1]:
        prev = hashlib.sha256(chained[-1]).hexdigest() if chained else "0" * 64
        chained.append(re.sub(rb'"prev":"[0-9a-f]{64}"', f'"prev":"{prev}"'.encode(), line))
    journal.write_bytes(b"\n".join(chained) + b"\n")
    reseal(copy)
    report = verify(copy, trust_time=[made.root])
    assert {one.code for one in report.faults} >= {"checkpoint-disagrees", "signature-invalid"}
    assert {"time-proven", "time-between"}.isdisjoint(one.code for one in report.findings)


def seal(folder: Path) -> None:
    """What a forger can do: make the lists fit, without the key."""
    listed = folder / "signatures/signed-sha256.txt"
    names = [
        path.relative_to(folder).as_posix()
        for path in folder.glob("signatures/**/*")
        if path.is_file() and (path.name.startswith(TAG_MANIFEST) or "authorities" in path.parts)
    ]
    lines = {
        name: manifest_line(hashlib.sha256((folder / name).read_bytes()).hexdigest(), name) for name in names
    }
    listed.write_bytes(b"".join(lines[name] for name in sorted(names)))
    tags = (folder / TAG_MANIFEST).read_text().splitlines()
    kept = [line for line in tags if (folder / line[66:]).is_file()]
    fresh = [f"{hashlib.sha256((folder / line[66:]).read_bytes()).hexdigest()}  {line[66:]}" for line in kept]
    (folder / TAG_MANIFEST).write_text("".join(f"{line}\n" for line in fresh))


# The commands of HOW-TO-CHECK.txt, typed without this program and without a network.


def commands(folder: Path) -> list[str]:
    text = (folder / "HOW-TO-CHECK.txt").read_text("utf-8").split("=" * 72)[0]
    return [line.strip() for line in text.splitlines() if re.match(" {5}(openssl ts|cat) ", line)]


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S602 - typed into a shell, as the text says
        line, shell=True, cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_command_for_stamps_passes(copy: Path) -> None:
    lines = commands(copy)
    assert len(lines) == 5
    for line in lines:
        done = typed(line, copy)
        assert done.returncode == 0, (line, done.stderr)


def test_a_checkpoint_is_checked_in_the_same_way(copy: Path) -> None:
    for line in commands(copy):
        assert typed(line.replace(P7S, FIRST), copy).returncode == 0, line


def test_the_commands_fail_when_the_signature_is_another(copy: Path) -> None:
    (copy / P7S).write_bytes((copy / P7S).read_bytes() + b"x")
    failing = [line for line in commands(copy) if typed(line, copy).returncode != 0]
    assert len(failing) == 2, "those that look at the data"


def test_years_later_attime_is_needed_and_enough(made: Made, copy: Path) -> None:
    """The certificates have run out: ``openssl`` says so unless it is told the time of the stamp."""
    stamp = found(copy, "folder-time-proven", made.root).found
    at = parse_utc(re.sub(r".*?(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d).*", r"\1T\2.000000Z", stamp))
    line = next(line for line in commands(copy) if "-data" in line and "crl_check" not in line)
    later = round((at + timedelta(days=20 * 365)).timestamp())
    assert typed(f"{line} -attime {later}", copy).returncode != 0
    assert typed(f"{line} -attime {round(at.timestamp())}", copy).returncode == 0


def test_a_certificate_that_was_called_back_fails_with_crl_check_only(made: Made, copy: Path) -> None:
    question = (copy / f"{P7S}.loopback.tsq").read_bytes()
    (copy / f"{P7S}.loopback.tsr").write_bytes(made.server.reply(question, "revoked"))
    failing = [line for line in commands(copy) if typed(line, copy).returncode != 0]
    assert len(failing) == 1
    assert failing[0].endswith("-crl_check")


# `stamp FOLDER`: an answer that comes later, here or elsewhere.


def without_stamp(folder: Path) -> None:
    for ending in (".tsq", ".tsr"):
        (folder / f"{P7S}.loopback{ending}").unlink()
    seal(folder)


def test_the_library_s_answer_is_put_into_a_copy_without_asking_again(made: Made, copy: Path) -> None:
    without_stamp(copy)
    asked = len(made.server.requests)
    with opened(made) as desk:
        (sent,) = stamp_now(desk, [made.authority], copy)
    assert sent.trouble is None
    assert len(made.server.requests) == asked
    assert verify(copy, trust_time=[made.root]).faults == ()
    assert "folder-time-proven" in time_codes(copy, made.root)


def test_answers_that_come_at_once_are_all_named_in_the_list(copy: Path) -> None:
    """Each authority has a thread of its own."""
    for turn in range(5):
        names = [f"{P7S}.a{turn}-{number}.tsr" for number in range(8)]
        with ThreadPoolExecutor(len(names)) as pool:
            added = list(pool.map(lambda name: put_into_folder(copy, {name: b"answer"}), names))
        assert added == [(name,) for name in names]
        listed = (copy / "signatures/signed-sha256.txt").read_text()
        assert [name for name in names if name not in listed] == []


def test_a_folder_of_another_library_is_stamped_too(made: Made, copy: Path, tmp_path: Path) -> None:
    without_stamp(copy)
    shutil.rmtree(copy / "signatures/authorities")
    seal(copy)
    with open_desk(tmp_path / "other", SystemClock()) as desk:
        (sent,) = stamp_now(desk, [made.authority], copy)
        assert waiting_stamps(desk.library) == []
    assert sent.trouble is None
    report = verify(copy, trust_time=[made.root])
    assert report.faults == ()
    assert "folder-time-proven" in {one.code for one in report.findings}


def test_what_is_signed_is_not_touched_by_a_late_stamp(made: Made, copy: Path) -> None:
    without_stamp(copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    with opened(made) as desk:
        stamp_now(desk, [made.authority], copy)
    changed = {path.name for path, content in before.items() if path.read_bytes() != content}
    assert changed == {"signed-sha256.txt"}


def test_a_file_that_somebody_put_in_is_not_taken_into_the_list(made: Made, copy: Path) -> None:
    without_stamp(copy)
    (copy / "signatures/authorities/loopback/more.pem").write_bytes(b"x")
    with opened(made) as desk:
        stamp_now(desk, [made.authority], copy)
    assert {one.code for one in verify(copy, trust_time=[made.root]).faults} == {"file-not-covered"}


def test_nothing_is_written_through_a_link(made: Made, copy: Path, tmp_path: Path) -> None:
    without_stamp(copy)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.rmtree(copy / "signatures/authorities")
    (copy / "signatures/authorities").symlink_to(elsewhere)
    with opened(made) as desk, pytest.raises(Exception, match="input-output"):
        stamp_now(desk, [made.authority], copy)
    assert list(elsewhere.iterdir()) == []


def test_an_authority_that_was_only_named_is_not_waited_for(
    made: Made, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.server.manner = "500"
    try:
        with open_desk(made.library, SystemClock()) as desk:
            named = Authority("named-once", made.server.url, root_file=str(made.root))
            (sent,) = stamp_now(desk, [named], copy)
            assert sent.trouble is not None
            assert waiting_stamps(desk.library) == []
    finally:
        made.server.manner = "good"
