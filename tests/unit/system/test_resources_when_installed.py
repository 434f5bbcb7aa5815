"""The same resolver finds what ships in an editable install, in a wheel, and in a frozen program's folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ASK = "from evidencedesk.system.resources import resource; print(resource('packs', 'cn-article-2025.toml'))"


def ask(folder: Path, cwd: Path, question: str = ASK) -> Path:
    """Where a Python that sees only ``folder`` finds the rule pack, or what else is asked for."""
    done = subprocess.run(
        [sys.executable, "-c", question],
        capture_output=True,
        text=True,
        check=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is released, built without any network."""
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = place.glob("*.whl")
    return built


def test_an_editable_install_uses_the_checkouts_folder(tmp_path: Path) -> None:
    assert ask(ROOT / "src", tmp_path) == ROOT / "resources" / "packs" / "cn-article-2025.toml"


def test_a_wheel_carries_everything_that_is_in_the_folder(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if "/resources/" in name}
    shipped = {
        f"evidencedesk/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    guides = {f"evidencedesk/resources/guide/{path.name}" for path in (ROOT / "docs" / "guide").iterdir()}
    assert inside == shipped | guides


@pytest.mark.parametrize("place", ["site-packages", "EvidenceDesk/_internal"], ids=["wheel", "frozen"])
def test_an_installed_or_frozen_program_finds_its_own_copy(wheel: Path, tmp_path: Path, place: str) -> None:
    """A frozen program has the package's data where the wheel has it, in a folder of another name."""
    folder = tmp_path / place
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    found = ask(folder, tmp_path)
    assert found == folder / "evidencedesk" / "resources" / "packs" / "cn-article-2025.toml"


def test_the_help_is_found_in_a_checkout_and_in_a_wheel(wheel: Path, tmp_path: Path) -> None:
    ask_guide = ASK.replace("'packs', 'cn-article-2025.toml'", "'guide', 'visit.md'")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    assert ask(ROOT / "src", tmp_path, ask_guide) == ROOT / "docs" / "guide" / "visit.md"
    inside = tmp_path / "site" / "evidencedesk" / "resources" / "guide" / "visit.md"
    assert ask(tmp_path / "site", tmp_path, ask_guide) == inside


def test_the_wheel_has_the_migrations_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("evidencedesk/store/migrations/versions/") for name in names)
    assert not any("test" in Path(name).parts[0] for name in names)
