"""The demo's case folder, in the hands of outsiders: bagit, sha256sum, flac, and one changed byte."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from fakes.chromium import IS_THERE
from fakes.verify_pages import check

# Told for other systems, or this program itself.
_NOT_HERE = ("certutil", "shasum", "evidencedesk")
EVIDENCEDESK = [sys.executable, "-m", "evidencedesk"]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*EVIDENCEDESK, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=90)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One demo visit for all tests of this file (20 s of sound in real time)."""
    target = tmp_path_factory.mktemp("demo") / "案件 folder"
    done = run("demo", target)
    assert done.returncode == 0, done.stderr
    assert str(target) in done.stdout
    return target


def test_our_own_verify_finds_no_fault(folder: Path) -> None:
    done = run("verify", folder, "--json")
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    codes = {finding["code"] for finding in report["findings"]}
    assert codes == {"simulated", "signed-by-unknown", "self-attested"}


@pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver")
def test_its_own_page_finds_no_fault_in_a_browser(folder: Path, verify_page: Chrome) -> None:
    verify_page.get((folder / "VERIFY.html").as_uri())
    page = check(verify_page, folder)
    assert page.faults == set()
    assert {code for code, _ in page.remarks} >= {"simulated", "self-attested"}
    assert page.checked["pulses"] > 15


def test_bagit_accepts_it(folder: Path) -> None:
    command = [sys.executable, "-m", "bagit", "--validate", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_sha256sum_accepts_it(folder: Path, manifest: str) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", manifest],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_flac_accepts_every_recording(folder: Path) -> None:
    sounds = sorted(folder.rglob("*.flac"))
    assert sounds
    for sound in sounds:
        subprocess.run(["flac", "--test", "--silent", "--warnings-as-errors", str(sound)], check=True)


def test_one_changed_byte_in_any_file_is_named(folder: Path, tmp_path: Path) -> None:
    names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    assert len(names) > 8
    for name in names:
        twin = tmp_path / "twin"
        shutil.copytree(folder, twin)
        changed = twin / name
        changed.chmod(0o600)
        data = bytearray(changed.read_bytes())
        data[len(data) // 2] ^= 1
        changed.write_bytes(bytes(data))
        done = run("verify", twin, "--json", "--language", "en")
        assert done.returncode == 1, f"{name}: {done.stdout}"
        assert name.name in done.stdout, name
        shutil.rmtree(twin)


def test_the_demo_refuses_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    done = run("demo", tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(folder, tmp_path / "case")


def commands(copy: Path) -> list[str]:
    """The lines that are set in, of the first of the two languages."""
    text = (copy / "HOW-TO-CHECK.txt").read_text("utf-8").split("=" * 72)[0]
    lines = [line.strip() for line in text.splitlines() if re.match(" {5}[a-z]", line)]
    return [line for line in lines if not line.startswith(_NOT_HERE)]


def failing(copy: Path) -> list[str]:
    told = commands(copy)
    return [line for line in told if typed(line.replace("python ", f"{sys.executable} "), copy) != 0]


def typed(line: str, copy: Path) -> int:
    # Typed into a shell, as the text says.
    return subprocess.run(line, shell=True, cwd=copy, capture_output=True, check=False).returncode  # noqa: S602


def test_every_command_passes_on_a_fresh_folder(copy: Path) -> None:
    assert len(commands(copy)) >= 8
    assert failing(copy) == []


def test_both_languages_tell_the_same_commands(copy: Path) -> None:
    english, chinese = (copy / "HOW-TO-CHECK.txt").read_text("utf-8").split("=" * 72)
    told = [re.findall(r"^ {5}(.+)$", part, re.MULTILINE) for part in (english, chinese)]
    assert told[0] == told[1]


def test_the_last_line_of_the_journal_hashes_to_what_the_checkpoint_says(copy: Path) -> None:
    line = next(command for command in commands(copy) if command.startswith("tail"))
    shown = subprocess.run(line, shell=True, cwd=copy, capture_output=True, check=True)  # noqa: S602
    assert shown.stdout.split()[0].decode() in (copy / "signatures/checkpoint.json").read_text()


@pytest.mark.parametrize(
    "name",
    [
        "data/journal.jsonl",
        "data/case.json",
        "START-HERE.html",
        "tagmanifest-sha256.txt",
        "manifest-sha256.txt",
        "signatures/tagmanifest-sha256.txt.p7s",
        "signatures/device.pem",
        "signatures/checkpoints/000001-recording-started.json",
    ],
)
def test_one_changed_byte_makes_a_command_fail(copy: Path, name: str) -> None:
    path = copy / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    assert failing(copy)


def test_a_changed_sound_makes_a_command_fail(copy: Path) -> None:
    sound = next(copy.glob("data/recordings/*/audio.flac"))
    content = bytearray(sound.read_bytes())
    content[-100] ^= 1
    sound.write_bytes(bytes(content))
    assert len(failing(copy)) >= 3, "hash, bag and decoder"


@pytest.mark.parametrize("page", ["verifying.md", "verifying.zh-CN.md"])
def test_the_documents_tell_the_same_commands_as_the_folder(copy: Path, page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    told = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert sorted(told) == sorted(commands(copy))


def test_the_demo_shows_contact_card_call_for_help_and_grounds(folder: Path) -> None:
    case_file = json.loads((folder / "data/case.json").read_text("utf-8"))["case_file"]
    (contact,) = case_file["contacts"]
    assert contact["details"]["announces"] is True
    assert set(contact["details"]["party"][4:]) == {"0"}, "nobody's number"
    (step,) = case_file["follow_ups"]
    assert step["details"]["answer"] == "not-sent-by-them"
    (visit,) = case_file["encounters"]
    assert visit["present"] == 2
    (person,) = case_file["collectors"]
    assert {"refused", "shown_when_asked"} == set(person["card"]["documents"].values())
    page = (folder / "START-HERE.html").read_text("utf-8")
    for told in (contact["details"]["party"], step["details"]["number"], person["card"]["credit_code"]):
        assert told in page
