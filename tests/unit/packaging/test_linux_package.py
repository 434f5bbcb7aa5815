"""What stands around the program in the packages for Linux: control, menu, manual, completions, icons."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import click
import make_packages
import pytest
from linux.completions import completions
from linux.control import control_file
from linux.man_page import compressed, man_page
from linux.needed import DEBIAN_OTHERS, debian_depends, needed_libraries, rpm_requires
from linux.pictures import ICON_SIZES, icon_png
from PySide6.QtGui import QImage

from evidencedesk import __version__
from evidencedesk.app.entry import wants_window
from evidencedesk.app.first_paint import window_options
from evidencedesk.cli.main import program
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words

HERE = Path(make_packages.__file__).parent / "linux"
DESKTOP = HERE / "evidencedesk.desktop"
PLUGIN = Path(sysconfig.get_path("platlib"), "PySide6/Qt/plugins/platforms/libqxcb.so")


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed; packaging/system_packages.sh test")
    return found


def entries() -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, delimiters="=")
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(DESKTOP, encoding="utf-8")
    return read


def test_the_menu_entry_is_valid() -> None:
    said = subprocess.run(
        [tool("desktop-file-validate"), str(DESKTOP)], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout) == (0, "")


def test_every_name_in_the_menu_is_chinese_too() -> None:
    for section in entries().values():
        translated = {key.removesuffix("[zh_CN]") for key in section if key.endswith("[zh_CN]")}
        assert translated == {"Name", "GenericName", "Comment", "Keywords"} & set(section)


@pytest.mark.parametrize(
    ("action", "wish"), [("record-visit", "record visit"), ("record-call", "record call")]
)
def test_actions_of_the_menu_entry_record(action: str, wish: str) -> None:
    assert action in entries()["Desktop Entry"]["Actions"].split(";")
    command, *arguments = shlex.split(entries()[f"Desktop Action {action}"]["Exec"])
    assert command == "evidencedesk"
    assert wants_window(arguments)
    assert window_options(arguments)[1] == wish


def test_the_software_catalogue_entry_is_valid(tmp_path: Path) -> None:
    text = (HERE / "evidencedesk.metainfo.xml").read_text("utf-8")
    filled = {"@PROJECT_URL@": make_packages.PROJECT_URL, "@VERSION@": __version__, "@DATE@": "2026-01-31"}
    for name, value in filled.items():
        assert name in text
        text = text.replace(name, value)
    written = tmp_path / "evidencedesk.metainfo.xml"
    written.write_text(text, encoding="utf-8")
    said = subprocess.run(
        [tool("appstreamcli"), "validate", "--no-net", str(written)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout


def test_pictures_of_the_catalogue_entry_are_there() -> None:
    text = (HERE / "evidencedesk.metainfo.xml").read_text("utf-8")
    pictures = re.findall(r"@PROJECT_URL@/raw/main/(docs/[^<]+)", text)
    assert len(pictures) == 6
    assert [one for one in pictures if not (HERE.parents[1] / one).is_file()] == []


def commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = click.Context(command, info_name=name, parent=context)
        yield below.command_path, command
        if isinstance(command, click.Group):
            yield from commands(command, below)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_manual_has_every_command_with_every_option(language: Language) -> None:
    group = program(Words(language, resource("locale")))
    page = man_page(language)
    whole = list(commands(group, click.Context(group, info_name="evidencedesk")))
    assert len(whole) > 30
    for path, command in whole:
        part = page.partition(f'.SS "{path}"')[2].partition(".SS")[0]
        assert part, path
        options = [name for one in command.params for name in one.opts if name.startswith("--")]
        general = {name for one in group.params for name in one.opts}
        assert [
            name for name in options if name not in general and name.replace("-", "\\-") not in part
        ] == []
        assert [
            name for name in general if name.startswith("--") and name.replace("-", "\\-") not in page
        ] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_manual_can_be_read(language: Language, tmp_path: Path) -> None:
    page = tmp_path / "evidencedesk.1.gz"
    page.write_bytes(compressed(man_page(language)))
    shown = subprocess.run(
        [tool("man"), "--local-file", "--encoding=UTF-8", str(page)],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "MAN_KEEP_FORMATTING": "", "MANPAGER": "cat"},
    ).stdout
    assert "EVIDENCEDESK_LIBRARY" in shown
    assert ("立即录制上门" if language == "zh" else "records a visit at once") in shown


def test_completions_of_three_shells_ask_the_program() -> None:
    made = completions()
    assert {place.partition("/")[0] for place in made} == {"bash-completion", "zsh", "fish"}
    for script in made.values():
        assert "_EVIDENCEDESK_COMPLETE=" in script
        assert script.count("evidencedesk") > 3


def test_the_completion_of_bash_completes(tmp_path: Path) -> None:
    script = completions()["bash-completion/completions/evidencedesk"]
    (tmp_path / "evidencedesk").write_text(
        "#!/bin/sh\n"
        'test "$_EVIDENCEDESK_COMPLETE" = bash_complete && test "$COMP_WORDS" = "evidencedesk ver"\n'
        'test "$COMP_CWORD" = 1 && echo plain,verify\n'
    )
    (tmp_path / "evidencedesk").chmod(0o755)
    words = "COMP_WORDS=(evidencedesk ver); COMP_CWORD=1"
    type_it = f'{script}\n{words}; _evidencedesk_completion evidencedesk; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(
        ["bash", "-c", type_it],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )
    assert done.stdout == "verify\n"


@pytest.mark.parametrize("size", ICON_SIZES)
def test_the_icon_can_be_told_at_every_size(size: int) -> None:
    picture = QImage.fromData(icon_png(size))
    assert (picture.width(), picture.height()) == (size, size)
    dot = picture.pixelColor(round(size * 0.69), round(size * 0.69))
    ground = picture.pixelColor(size // 2, round(size * 0.12))
    assert dot.red() > 180, "the red dot"
    assert dot.blue() < 100
    assert ground.blue() > 120, "on blue"
    assert ground.red() < 80
    assert picture.pixelColor(0, 0).alpha() == 0, "round corners"


def test_the_package_depends_on_what_its_files_name(tmp_path: Path) -> None:
    shutil.copy(PLUGIN, tmp_path)
    libraries = needed_libraries(tmp_path)
    assert "libxcb-cursor.so.0" in libraries
    assert not [name for name in libraries if name.startswith(("libc.", "libm.", "ld-"))]
    known = [name for name in libraries if not name.startswith("libQt6")]
    depends = debian_depends(known)
    assert {"libxcb-cursor0", "libxkbcommon-x11-0", "libstdc++6 (>= 12)", *DEBIAN_OTHERS} <= set(depends)
    assert "libxcb-cursor.so.0()(64bit)" in rpm_requires(known)


def test_a_library_that_stands_beside_is_no_dependency(tmp_path: Path) -> None:
    shutil.copy(PLUGIN, tmp_path)
    (tmp_path / "libxcb-cursor.so.0").touch()
    assert "libxcb-cursor.so.0" not in needed_libraries(tmp_path)


def test_a_library_that_no_package_is_known_for_stops_the_build() -> None:
    with pytest.raises(KeyError, match="libnew"):
        debian_depends(["libnew.so.1"])


def test_one_package_serves_debian_12_and_13() -> None:
    depends = debian_depends(["libglib-2.0.so.0", "libssl.so.3"])
    assert {"libglib2.0-0t64 | libglib2.0-0", "libssl3t64 | libssl3"} <= set(depends)
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", depends[0])


def test_the_same_files_twice_give_the_same_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool("dpkg-deb")
    monkeypatch.setattr(make_packages, "COMPRESSION", "1")
    tree = tmp_path / "tree"
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "evidencedesk").write_text("#!/bin/sh\n")
    made = []
    for folder in ("one", "two"):
        monkeypatch.setattr(make_packages, "WORK", tmp_path / folder)
        monkeypatch.setattr(make_packages, "DIST", tmp_path / f"{folder}-out")
        (tmp_path / folder).mkdir()
        (tmp_path / f"{folder}-out").mkdir()
        made.append(make_packages.make_deb(tree, ["libssl.so.3"], "amd64", 1_700_000_000))
    assert made[0].read_bytes() == made[1].read_bytes()
    listed = subprocess.run(
        ["dpkg-deb", "-c", str(made[0])], capture_output=True, text=True, check=True
    ).stdout
    assert "root/root" in listed
    facts = subprocess.run(
        ["dpkg-deb", "-f", str(made[0])], capture_output=True, text=True, check=True
    ).stdout
    assert f"Version: {__version__}" in facts


def test_no_line_of_the_control_file_is_broken() -> None:
    text = control_file("amd64", ["libc6"], 1, "https://evidencedesk.example")
    assert all(re.match(r"(\S+: .+| \S.*)$", line) for line in text.splitlines()), text
