from __future__ import annotations

import ast
import io
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

import evidencedesk
from evidencedesk.custody.unpacked import PREFIX
from evidencedesk.store.database import open_engine
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.momentary import BACK_UP, HANDOVER, LISTENING, PASTED

# The only files that may make temporary ones: each says where they lie and when they go.
_MAKE_TEMPORARY = {
    "capture/speech/listener.py",  # a file without a name
    "custody/unpacked.py",
    "system/durable.py",  # beside what it replaces
    "system/local_address.py",  # a socket
    "system/private_temp.py",
    "workflows/back_up.py",
    "workflows/handover_place.py",
    "workflows/import_contacts.py",
    "workflows/listening.py",
    "workflows/place_beside.py",
    "workflows/run_demo.py",  # an invented visit
}
_UNPACKS = """
import sys, zipfile
from pathlib import Path
from evidencedesk.custody.unpacked import unpacked
with open(sys.argv[1], "rb") as file, unpacked(file) as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    place = tmp_path / "library"
    with open_desk(place, SystemClock()):
        pass
    return place


@pytest.mark.parametrize("kind", [LISTENING, HANDOVER, BACK_UP, PASTED])
def test_what_a_killed_run_left_in_the_library_goes_when_it_is_opened(kind: str, library: Path) -> None:
    left = library / f"{kind}killed"
    left.mkdir()
    (left / "plain.txt").write_text("what they said")
    with open_desk(library, SystemClock()):
        assert not left.exists()


def test_a_link_of_that_name_leads_nobody_away(library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept.txt").write_text("kept")
    (library / f"{HANDOVER}link").symlink_to(other)
    with open_desk(library, SystemClock()):
        assert (other / "kept.txt").exists()


def test_what_a_killed_check_of_a_zip_left_goes_when_a_library_is_opened(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    archive = tmp_path / "case.zip"
    archive.write_bytes(_zip("case/note.txt", b"plain"))
    process = subprocess.Popen(
        [sys.executable, "-c", _UNPACKS, str(archive)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert list(place.glob(f"{PREFIX}*"))
    with open_desk(library, SystemClock()):
        assert not list(place.glob(f"{PREFIX}*"))


def test_sqlite_writes_no_temporary_files(library: Path) -> None:
    engine = open_engine(library / "library.sqlite3")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar_one() == 2
    engine.dispose()


def test_no_other_part_of_the_program_makes_temporary_files() -> None:
    home = Path(evidencedesk.__file__).parent
    found = {
        path.relative_to(home).as_posix()
        for path in home.rglob("*.py")
        if "tempfile" in _imported(ast.parse(path.read_text("utf-8")))
    }
    assert found == _MAKE_TEMPORARY


def _imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def _zip(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()
