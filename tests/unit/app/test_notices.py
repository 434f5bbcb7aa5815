"""Everything this program stands on is named, with the whole text of its licence, also when it is frozen."""

from __future__ import annotations

import getpass
import importlib.util
import platform
import shutil
from pathlib import Path

import pytest

from evidencedesk.app import notices as module
from evidencedesk.app.about_services import AboutDetails
from evidencedesk.app.components import COMPONENTS
from evidencedesk.app.notices import gather_notices, needed_packages, notices, plain, write_notices
from evidencedesk.system import resources
from evidencedesk.system.resources import resource
from evidencedesk.ui.help.texts import HelpTexts

ROOT = Path(__file__).resolve().parents[3]


def help_files(work: Path) -> list[tuple[str, str]]:
    """What the script for whoever freezes the program says."""
    spec = importlib.util.spec_from_file_location("help_files", ROOT / "packaging" / "help_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[tuple[str, str]] = module.help_files(work)
    return found


def test_every_component_that_is_installed_is_named_with_what_it_needs() -> None:
    found = set(needed_packages())
    installed = {plain(name) for name, _ in COMPONENTS if module._installed(plain(name)) is not None}
    assert installed <= found
    assert {"shiboken6", "markupsafe", "mako", "cffi", "lxml"} <= found
    assert not found & {"pytest", "mypy", "ruff", "evidencedesk"}


def test_each_has_version_licence_and_the_text_of_it() -> None:
    for one in gather_notices():
        assert one.licence, one.name
        assert len(one.text) > 500, one.name
        if one.name not in ("Lucide", "Libertinus, New Computer Modern, DejaVu"):
            assert one.version, one.name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("PySide6_Essentials", ("GNU LESSER GENERAL PUBLIC LICENSE", "GNU GENERAL PUBLIC LICENSE")),
        ("docxtpl", ("GNU LESSER GENERAL PUBLIC LICENSE",)),
        ("soundfile", ("GNU LESSER GENERAL PUBLIC LICENSE", "Redistribution and use")),
        ("Lucide", ("ISC License", "Cole Bemis")),
        ("Libertinus, New Computer Modern, DejaVu", ("SIL OPEN FONT LICENSE", "Bitstream")),
    ],
)
def test_the_text_is_that_of_the_licence(name: str, said: tuple[str, ...]) -> None:
    (found,) = [one for one in gather_notices() if one.name == name]
    for sentence in said:
        assert sentence in found.text


def test_our_own_licence_is_the_one_of_the_project() -> None:
    assert resource("licences", "Apache-2.0.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_a_frozen_program_says_what_its_builder_wrote_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered = gather_notices()
    write_notices(tmp_path / "notices")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    monkeypatch.setattr(module, "gather_notices", lambda: ())
    assert notices() == gathered


def test_what_is_left_out_of_a_program_is_not_named_in_it() -> None:
    whole = set(needed_packages())
    without = set(needed_packages(("faster-whisper",)))
    assert "faster-whisper" not in without
    assert without < whole


def test_what_the_help_of_a_frozen_program_needs_is_where_it_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source, place in help_files(tmp_path / "work"):
        target = tmp_path / "program" / place
        if Path(source).is_dir():
            shutil.copytree(source, target)
        else:
            target.mkdir(parents=True)
            shutil.copy(source, target)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "program" / "evidencedesk" / "resources")
    assert resource("notices", "notices.json").is_relative_to(tmp_path)
    texts = HelpTexts("zh")
    assert texts.folder.is_relative_to(tmp_path)
    assert texts.page("visit").title


@pytest.mark.usefixtures("qapp")
def test_details_for_a_report_name_versions_and_nobody() -> None:
    details = AboutDetails("1.2.3", "zh").report_details()
    assert "EvidenceDesk 1.2.3" in details
    for told in ("Qt 6", "PySide6 6", f"Python {platform.python_version()}", "soundfile"):
        assert told in details
    assert str(Path.home()) not in details
    assert platform.node() not in details.split()
    assert "/" not in details.replace("GNU/Linux", "")
    user = getpass.getuser()
    assert user not in details.split() or user in platform.platform()


@pytest.mark.usefixtures("qapp")
def test_this_program_stands_first_among_the_notices() -> None:
    first, *rest = AboutDetails("1.2.3", "zh").notices()
    assert (first.name, first.licence) == ("EvidenceDesk", "Apache-2.0")
    assert "TERMS AND CONDITIONS" in first.text
    assert rest == list(notices())
