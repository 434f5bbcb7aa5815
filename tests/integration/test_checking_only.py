"""``pip install evidencedesk`` without the desktop: checks folders, and says what it can't do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from fakes.case_folders import build_case

DESKTOP_ONLY = (
    *("PySide6", "sounddevice", "soundfile", "numpy", "sqlalchemy", "alembic", "jinja2"),
    *("wakepy", "soxr", "keyring", "typst", "docx", "pyrage"),
)
# A module that is None in sys.modules can't be found, as if it were not installed.
_WITHOUT = """
import sys
for name in {names!r}:
    sys.modules[name] = None
from evidencedesk.app.entry import main
sys.exit(main(sys.argv[1:]))
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = _WITHOUT.format(names=DESKTOP_ONLY)
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("case")
    return build_case(place / "source").export(place / "case")


def test_a_whole_folder_is_found_whole(folder: Path) -> None:
    done = run("verify", folder, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    codes = {finding["code"] for finding in report["findings"]}
    assert "sound-not-decoded" in codes, "what was not done is said"
    assert report["intact"]


def test_a_changed_folder_is_found_changed(folder: Path, tmp_path: Path) -> None:
    changed = build_case(tmp_path / "source").export(tmp_path / "case")
    (changed / "data/case.json").write_text("{}")
    assert run("verify", changed).returncode == 1


@pytest.mark.parametrize("command", [["record"], ["export", "c", "out"], ["doctor", "--only", "disk"], []])
def test_everything_else_says_what_to_install(command: list[str]) -> None:
    done = run(*command)
    assert done.returncode == 2, done.stdout
    assert "evidencedesk[desktop]" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_lists_every_command() -> None:
    done = run("--help", "--language", "en")
    assert done.returncode == 0
    for name in ("record", "verify", "export"):
        assert re.search(rf"^  {name} ", done.stdout, re.MULTILINE)


def test_the_plain_package_asks_for_nothing_of_the_desktop() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    plain = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    named = {"python-docx" if name == "docx" else name.lower() for name in DESKTOP_ONLY}
    assert not plain & (named | {"pyside6-essentials"})
