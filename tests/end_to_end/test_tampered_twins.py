"""The golden folder and its tampered twins, in the hands of a clerk who types what the documents say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from evidencedesk.export.how_to_check import how_to_check
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.verify_folder import verify
from fakes.chromium import IS_THERE
from fakes.golden import AUTHORITY, GOLDEN_ROOT, STAMPED_S, golden_folder
from fakes.tampered_twins import TWINS
from fakes.verify_pages import check

DOCS = Path(__file__).parents[2] / "docs"
# Told for other systems, or this program itself.
_NOT_HERE = ("certutil", "shasum", "evidencedesk")
# Each command by what it looks at: its beginning and its end.
_COMMANDS: Mapping[str, str] = {
    "lists": r"sha256sum -c tagmanifest-sha256\.txt .+",
    "bag": r"python -m bagit .+",
    "sound": r"flac -t .+",
    "signature": r"openssl cms -verify .+",
    "fingerprint": r"openssl x509 .+ -fingerprint .+",
    "list of signatures": r"sha256sum -c signatures/.+",
    "key": r"openssl x509 .+ -pubkey .+",
    "allowed signers": r"echo .+",
    "other signature": r"ssh-keygen -Y verify .+",
    "end of the journal": r"tail .+",
    "checkpoint": r"openssl dgst .+",
    "stamp as text": r"openssl ts -reply .+",
    "stamp and question": r"openssl ts -verify .+ -queryfile .+",
    "stamp and signature": r"openssl ts -verify .+ -data .+ -untrusted .+",
    "authority": r"cat .+",
    "called back": r"openssl ts -verify .+ -crl_check",
}
_STAMPS = ("stamp as text", "stamp and question", "stamp and signature", "authority", "called back")
# Without a certificate from the signature there is no fingerprint, and no key for what follows.
UNSIGNED = frozenset({"signature", "fingerprint", "key", "other signature", "checkpoint"})
# What fails in each twin, and what `evidencedesk verify` says at least.
NAMED: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "sound and lists": (UNSIGNED, frozenset({"signature-invalid", "recording-changed", "pulse-disagrees"})),
    "file missing": (frozenset({"lists", "bag"}), frozenset({"file-missing"})),
    "file missing, lists redone": (UNSIGNED, frozenset({"signature-invalid", "file-missing"})),
    "time in case.json, lists redone": (UNSIGNED, frozenset({"signature-invalid", "facts-disagree"})),
    "journal's end cut off, heads and lists redone": (
        UNSIGNED,
        frozenset({"signature-invalid", "checkpoint-disagrees", "facts-disagree"}),
    ),
    "chain re-hashed, heads and lists redone": (
        UNSIGNED,
        frozenset({"signature-invalid", "checkpoint-disagrees", "facts-disagree"}),
    ),
    "junk signature": (
        UNSIGNED | {"stamp and signature", "called back"},
        frozenset({"signature-invalid", "stamp-invalid"}),
    ),
    "broken line, lists redone": (UNSIGNED, frozenset({"signature-invalid", "journal-line"})),
    "extra file": (frozenset({"bag"}), frozenset({"file-extra"})),
    "extra file, lists redone": (UNSIGNED, frozenset({"signature-invalid"})),
    "old signature on a new list": (UNSIGNED, frozenset({"signature-invalid", "file-changed"})),
    "lines reordered, lists redone": (UNSIGNED, frozenset({"signature-invalid", "journal-order"})),
    "renamed": (frozenset({"lists", "bag"}), frozenset({"file-missing", "file-extra"})),
    "renamed, lists redone": (UNSIGNED, frozenset({"signature-invalid", "file-missing"})),
    "twin in case": (frozenset({"bag"}), frozenset({"file-extra", "name-twins"})),
    "twin in case, lists redone": (UNSIGNED, frozenset({"signature-invalid", "name-twins"})),
    "twin in Unicode": (frozenset({"bag"}), frozenset({"file-extra", "name-twins"})),
    "twin in Unicode, lists redone": (UNSIGNED, frozenset({"signature-invalid", "name-twins"})),
    "keyless forgery": (frozenset({"fingerprint", "checkpoint"}), frozenset({"signature-other-key"})),
    # Every line passes: only the fingerprint of whoever signed is not the one on the paper.
    "keyless forgery, checkpoints, too": (frozenset({"fingerprint"}), frozenset({"signature-other-key"})),
}


def told() -> dict[str, str]:
    """The commands of this version's HOW-TO-CHECK.txt, by what they look at."""
    text = how_to_check(Words("en", resource("locale")), [AUTHORITY]).split("=" * 72)[0]
    lines = [line.strip() for line in text.splitlines() if re.match(" {5}[a-z]", line)]
    named = {}
    for line in lines:
        if not line.startswith(_NOT_HERE):
            (name,) = [name for name, form in _COMMANDS.items() if re.fullmatch(form, line)]
            named[name] = line
    return named


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    if line.startswith("openssl ts -verify"):
        # As the page says for years later: as of the time of the stamp.
        line = f"{line} -attime {STAMPED_S}"
    line = line.replace("python ", f"{sys.executable} ")
    return subprocess.run(  # noqa: S602 - typed into a shell, as the text says
        line, shell=True, cwd=folder, capture_output=True, text=True, check=False
    )


def shown(folder: Path) -> dict[str, str]:
    """What each command prints; those about stamps only where there are stamps, as the page says."""
    stamped = (folder / f"signatures/tagmanifest-sha256.txt.p7s.{AUTHORITY}.tsr").exists()
    printed = {}
    for name, line in told().items():
        if stamped or name not in _STAMPS:
            done = typed(line, folder)
            if done.returncode == 0:
                printed[name] = done.stdout
    return printed


def failing(folder: Path, paper: str) -> set[str]:
    """The commands that fail, or show something else than the paper and the checkpoint do."""
    printed = shown(folder)
    stamped = (folder / f"signatures/tagmanifest-sha256.txt.p7s.{AUTHORITY}.tsr").exists()
    failed = {name for name in told() if name not in printed and (stamped or name not in _STAMPS)}
    if printed.get("fingerprint") not in (None, paper):
        failed.add("fingerprint")
    if printed["end of the journal"].split()[0] not in (folder / "signatures/checkpoint.json").read_text():
        failed.add("end of the journal")
    return failed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return golden_folder(tmp_path)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The fingerprint as it is shown for the genuine folder, printed on paper."""
    return shown(golden_folder(tmp_path_factory.mktemp("genuine")))["fingerprint"]


def test_every_command_of_the_text_is_known_here() -> None:
    assert list(told()) == list(_COMMANDS)


@pytest.mark.parametrize("page", ["verifying.md", "verifying.zh-CN.md"])
def test_the_page_has_no_other_commands(page: str) -> None:
    blocks = re.findall(r"```(?:sh)?\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if " NAME" not in line]
    commands = {line.replace("NAME", AUTHORITY) for line in lines if not line.startswith(_NOT_HERE)}
    ours = {"make mutations"}
    assert {line.strip() for line in commands} - ours <= set(told().values())


def test_every_command_passes_on_the_golden_folder(folder: Path, paper: str) -> None:
    assert len(told()) == 16
    assert failing(folder, paper) == set()


def test_its_fingerprint_is_the_one_in_the_journal(folder: Path, paper: str) -> None:
    exported = json.loads((folder / "data/journal.jsonl").read_bytes().splitlines()[-1])
    assert paper.strip().partition("=")[2].replace(":", "").lower() == exported["data"]["device"]


def test_every_twin_is_told_here() -> None:
    assert list(NAMED) == list(TWINS)


@pytest.mark.parametrize("name", TWINS)
def test_a_command_fails_on_each_twin(name: str, folder: Path, paper: str) -> None:
    TWINS[name](folder)
    assert failing(folder, paper) == NAMED[name][0]


def test_a_file_beside_the_payload_is_seen_by_verify_only(folder: Path, paper: str) -> None:
    """BagIt allows files that no list names there, and says nothing; docs/verifying.md tells of it."""
    (folder / "later.txt").write_text("put in later", "utf-8")
    assert failing(folder, paper) == set()
    assert ("file-not-covered", "later.txt") in {(one.code, one.subject) for one in verify(folder).faults}


@pytest.mark.parametrize("name", TWINS)
def test_verify_names_each_twin(name: str, folder: Path) -> None:
    TWINS[name](folder)
    arguments = ["verify", str(folder), "--json", "--trust-time", str(GOLDEN_ROOT)]
    command = [sys.executable, "-m", "evidencedesk", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, done.stderr
    findings = json.loads(done.stdout)["findings"]
    assert NAMED[name][1] <= {one["code"] for one in findings if one["weight"] == "fault"}


@pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver")
def test_the_page_finds_no_fault_in_the_golden_folder(folder: Path, verify_page: Chrome) -> None:
    assert check(verify_page, folder).faults == set()


@pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver")
@pytest.mark.parametrize("name", TWINS)
def test_the_page_names_each_twin(name: str, folder: Path, verify_page: Chrome) -> None:
    TWINS[name](folder)
    assert {code for code, _ in check(verify_page, folder).faults} & NAMED[name][1]
