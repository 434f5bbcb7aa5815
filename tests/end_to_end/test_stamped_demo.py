"""The scripted visit with time stamps: recorded, stamped meanwhile, exported, checked by others' tools."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from evidencedesk.domain.finding import Layer
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.run_demo import run_demo
from evidencedesk.workflows.verify_folder import verify
from fakes.chromium import IS_THERE
from fakes.time_authorities import TimeServer
from fakes.verify_pages import check

STAMPED = r"signatures/(checkpoints/\d{6}-[a-z-]+\.json|tagmanifest-sha256\.txt\.p7s)"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two authorities of different owners, and the folder they stamped; then they are gone."""
    made = tmp_path_factory.mktemp("stamped-demo")
    with (
        pytest.MonkeyPatch.context() as patch,
        TimeServer(made / "first") as first,
        TimeServer(made / "second") as second,
    ):
        patch.setenv("no_proxy", "127.0.0.1,localhost")
        first.digits = second.digits = 3
        asked = tuple(
            Authority(server.folder.name, server.url, root_file=str(server.folder / "root.pem"))
            for server in (first, second)
        )
        words = Words("en", resource("locale"))
        run_demo(made / "case", SystemClock(), words, lambda _line: None, authorities=lambda: asked)
    yield made
    shutil.rmtree(made)


def test_every_stamp_holds_and_the_whole_journal_has_its_time(place: Path) -> None:
    roots = [place / "first/root.pem", place / "second/root.pem"]
    report = verify(place / "case", trust_time=roots)
    assert report.faults == ()
    times = [finding for finding in report.findings if finding.layer is Layer.TIME]
    assert {one.code for one in times} == {"folder-time-proven", "time-proven", "time-between"}
    assert sum(one.code == "folder-time-proven" for one in times) == 2
    (stamps,) = [one.count for one in report.checked if one.layer is Layer.TIME]
    # Start and end of the recording, and the folder's signature, by both.
    assert stamps == 6


def test_a_reader_who_knows_no_root_is_told_that_nothing_is_proven(place: Path) -> None:
    codes = {finding.code for finding in verify(place / "case").findings if finding.layer is Layer.TIME}
    assert codes == {"time-claimed", "self-attested"}


def test_openssl_accepts_each_stamp_without_a_network(place: Path) -> None:
    folder = place / "case"
    answers = [path.relative_to(folder).as_posix() for path in folder.glob("signatures/**/*.tsr")]
    assert len(answers) == 6
    for answer in answers:
        match = re.fullmatch(rf"({STAMPED})\.(first|second)\.tsr", answer)
        assert match is not None, answer
        stamped, name = match[1], match[3]
        shelf = folder / "signatures/authorities" / name
        everything = place / f"{name}.pem"
        everything.write_bytes(b"".join(path.read_bytes() for path in sorted(shelf.iterdir())))
        verify_it = ["openssl", "ts", "-verify", "-in", answer]
        for question in (["-data", stamped], ["-queryfile", f"{stamped}.{name}.tsq"]):
            for roots in (
                ["-CAfile", f"{shelf}/root.pem", "-untrusted", f"{shelf}/chain.pem"],
                ["-CAfile", everything, "-crl_check_all"],
            ):
                done = subprocess.run(
                    [*verify_it, *question, *roots], cwd=folder, capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, done.stderr


def test_the_stamps_stand_in_the_timeline_and_in_the_facts(place: Path) -> None:
    page = (place / "case/START-HERE.html").read_text("utf-8")
    assert page.count("Outside time stamp by first") == 2
    assert "technical support" in page
    assert '"stamps"' in (place / "case/data/case.json").read_text("utf-8")


@pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver")
def test_the_page_in_the_folder_finds_no_fault_and_the_same_times(place: Path, verify_page: Chrome) -> None:
    report = check(verify_page, place / "case")
    assert report.faults == set()
    assert "facts-disagree" not in {code for code, _ in report.remarks}
    assert len(report.report["proven"]) == 6
