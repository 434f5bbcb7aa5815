"""The build server's files: they name only what is there, run nothing that may change, and may do little."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
OURS = re.compile(r"(?:packaging|\.ci)/[\w./-]*\w")
# A part of another branch of the same work may bring it; here it must at least be named right.
SPEC = "packaging/evidencedesk.spec"


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def text(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


def test_there_are_tests_and_packages() -> None:
    assert {path.name for path in WORKFLOWS} == {"test.yml", "packages.yml"}


def test_every_action_of_others_is_pinned_to_a_commit_and_says_its_version(text: str) -> None:
    used = re.findall(r"uses: (.+)", text)
    assert used
    for one in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


def test_nothing_more_than_reading_is_allowed_but_to_the_release(text: str) -> None:
    assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE)
    assert text.count("contents: write") == text.count("gh release create")


def test_the_token_is_left_in_no_checkout(text: str) -> None:
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_every_script_it_runs_is_there(text: str) -> None:
    for name in OURS.findall(text):
        assert (ROOT / name).exists() or name == SPEC, name


def test_no_secret_is_written_into_a_command(text: str) -> None:
    commands = [line for line in text.splitlines() if "run:" in line or line.startswith("          ")]
    assert not [line for line in commands if "secrets." in line and ": ${{ secrets." not in line]


def test_indents_are_of_two_blanks_and_no_tabs(text: str) -> None:
    assert "\t" not in text
    assert not [line for line in text.splitlines() if (len(line) - len(line.lstrip(" "))) % 2]


def test_all_packages_come_with_checksums_into_a_draft() -> None:
    text = (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")
    assert "needs: [linux, windows, macos]" in text
    assert "sha256sum -- * > SHA256SUMS" in text
    assert "--draft" in text
