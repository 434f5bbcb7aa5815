"""What the window says this program is made of is what it needs, under the licences that are written down."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from evidencedesk.app.components import COMPONENTS

ROOT = Path(__file__).resolve().parents[3]


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + extras["desktop"] + extras["transcribe"]
    return {plain(re.split(r"[<>=!~;\[ ]", one)[0]) for one in wanted}


def written_down() -> dict[str, str]:
    """The rows of the table: package, licence."""
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").partition("Shipped with")[0]
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.count("|") == 4]
    return {plain(re.split(r"[ (,]", row[1])[0]): row[2] for row in rows}


def test_every_package_that_is_installed_beside_it_is_named() -> None:
    assert {plain(name) for name, _ in COMPONENTS} == needed()


def test_each_has_the_licence_that_is_written_down() -> None:
    rows = written_down()
    assert [name for name, licence in COMPONENTS if not rows.get(plain(name), "").startswith(licence)] == []
