"""The setup program for Windows: compiled by Debian's makensis, and run under Wine where that is installed.

Wine is no Windows. What it shows is that the script does what it says; nobody has run it on Windows yet.
The stand-in for the program is Wine's command line, which stays open as long as it may be told something.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import make_icons
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from windows.make_setup import make_setup
from windows.version_info import version_info

from fakes.recordings import until

needs_nsis = pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
needs_wine = pytest.mark.skipif(
    not Path("/usr/lib/wine/wine64").exists() or shutil.which("makensis") is None, reason="no Wine here"
)
# Wine without 32-bit libraries runs only this kind; on Windows the usual one is made.
FOR_WINE = "-XTarget amd64-unicode"


@pytest.fixture
def icon(qtbot: QtBot, tmp_path: Path) -> Path:
    assert make_icons.main([str(tmp_path / "icons")]) == 0
    return tmp_path / "icons" / "evidencedesk.ico"


def frozen(folder: Path, program: bytes = b"MZ", part: str = "python312.dll") -> Path:
    """A folder as PyInstaller makes it."""
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / part).write_bytes(b"part")
    for name in ("evidencedesk.exe", "evidencedesk-window.exe"):
        (folder / name).write_bytes(program)
    return folder


def test_the_icon_has_every_size_that_windows_shows(icon: Path) -> None:
    with Image.open(icon) as opened:
        assert {(16, 16), (24, 24), (32, 32), (48, 48), (256, 256)} <= set(opened.info["sizes"])
        corner, disc = opened.convert("RGBA").getpixel((0, 0)), opened.convert("RGBA").getpixel((176, 176))
    assert isinstance(corner, tuple)
    assert corner[3] == 0
    assert isinstance(disc, tuple)
    assert disc[0] > 180 > disc[1]  # the red button


@needs_nsis
def test_the_script_compiles_without_a_warning_to_a_program_for_windows(icon: Path, tmp_path: Path) -> None:
    made = make_setup(frozen(tmp_path / "frozen"), icon, tmp_path / "dist", "1.2.3")
    assert made.name == "EvidenceDesk-1.2.3-setup.exe"
    content = made.read_bytes()
    assert content.startswith(b"MZ")
    for shown in ("取证台", "EvidenceDesk", "1.2.3"):
        assert shown.encode("utf-16-le") in content  # its facts for the file's properties


def test_a_folder_without_the_window_is_refused(tmp_path: Path) -> None:
    place = frozen(tmp_path / "frozen")
    (place / "evidencedesk-window.exe").unlink()
    with pytest.raises(FileNotFoundError):
        make_setup(place, tmp_path / "icon.ico", tmp_path / "dist", "1.2.3")


def test_the_facts_of_a_program_file_are_python_that_names_it_in_both_languages() -> None:
    text = version_info("1.2.3", "evidencedesk.exe")
    compile(text, "version_info", "eval")
    assert "filevers=(1, 2, 3, 0)" in text
    assert "'040904B0'" in text
    assert "取证台" in text


class Wine:
    """A computer with Windows, more or less, and one user."""

    def __init__(self, place: Path) -> None:
        self._env = {**os.environ, "WINEPREFIX": str(place), "WINEDEBUG": "-all", "USER": "borrower"}
        self._env.pop("DISPLAY", None)
        self.run("wineboot.exe", "--init")
        (self.home,) = (one for one in (place / "drive_c" / "users").iterdir() if one.name != "Public")
        self.installed = self.home / "AppData" / "Local" / "Programs" / "EvidenceDesk"
        self.menu = self.home / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        self.shell = place / "drive_c" / "windows" / "system32" / "cmd.exe"

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["wine", *command],
            env=self._env,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def run(self, *command: str) -> int:
        with self.start(*command) as process:
            process.communicate(timeout=100)
            return process.returncode

    def uninstall(self) -> int:
        # Named so, it runs where it is and not as a copy that nobody waits for.
        name = f"C:\\users\\{self.home.name}\\AppData\\Local\\Programs\\EvidenceDesk"
        return self.run(f"{name}\\uninstall.exe", "/S", f"_?={name}")

    def close(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self._env, check=False, timeout=30)


@pytest.fixture
def wine(tmp_path: Path) -> Iterator[Wine]:
    machine = Wine(tmp_path / "wine")
    yield machine
    machine.close()


@needs_wine
@pytest.mark.timeout(400)
def test_installed_upgraded_and_taken_away_it_leaves_the_library_alone(
    wine: Wine, icon: Path, tmp_path: Path
) -> None:
    library = wine.home / "AppData" / "Local" / "EvidenceDesk" / "library" / "library.sqlite3"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"evidence")
    program = wine.shell.read_bytes()
    old = make_setup(frozen(tmp_path / "old", program, "old.dll"), icon, tmp_path / "a", "1.0.0", FOR_WINE)
    new = make_setup(frozen(tmp_path / "new", program, "new.dll"), icon, tmp_path / "b", "1.1.0", FOR_WINE)

    assert wine.run(str(old), "/S") == 0
    assert (wine.installed / "_internal" / "old.dll").exists()
    names = {file.name for file in wine.menu.rglob("*.lnk") if "Evidence" in str(file)}
    assert names == {"EvidenceDesk.lnk", "Record a visit now.lnk", "Record a call now.lnk"}
    (wine.installed / "mine.txt").write_text("not of the program")

    assert wine.run(str(new), "/S") == 0
    assert [file.name for file in (wine.installed / "_internal").iterdir()] == ["new.dll"]

    assert wine.uninstall() == 0
    # It can't take itself away while it runs there; run by Windows it is a copy in another folder that does.
    assert {file.name for file in wine.installed.iterdir()} == {"mine.txt", "uninstall.exe"}
    assert not list(wine.menu.rglob("*Evidence*"))
    assert library.read_bytes() == b"evidence"


@needs_wine
@pytest.mark.timeout(400)
def test_while_the_program_runs_it_is_neither_replaced_nor_taken_away(
    wine: Wine, icon: Path, tmp_path: Path
) -> None:
    program = wine.shell.read_bytes()
    setup = make_setup(frozen(tmp_path / "frozen", program), icon, tmp_path / "a", "1.0.0", FOR_WINE)
    assert wine.run(str(setup), "/S") == 0
    running = wine.start(str(wine.installed / "evidencedesk-window.exe"))
    try:
        until(lambda: wine.run(str(setup), "/S") == 2, "the setup program says no")
        assert wine.uninstall() == 2
        assert (wine.installed / "_internal" / "python312.dll").exists()
    finally:
        running.communicate()  # its input ends, and so does it
    assert wine.run(str(setup), "/S") == 0
