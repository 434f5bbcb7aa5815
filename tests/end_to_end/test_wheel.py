"""The wheel, installed as anybody would: the command and the window start from it, with all that ships."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from fakes.recordings import until

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the programs of an environment that has the wheel; its dependencies are this one's."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place / "dist")]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = (place / "dist").glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(place / "venv")], check=True)
    python = place / "venv" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (packages,) = (place / "venv" / "lib").glob("python*/site-packages")
    # Behind the wheel's own: an editable checkout there must not be what is found.
    (packages / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return python.parent


def clean(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | more


def test_what_is_imported_is_the_wheel_and_not_the_checkout(programs: Path) -> None:
    code = "import evidencedesk; from evidencedesk.system.resources import resource; print(resource('packs'))"
    done = subprocess.run(
        [programs / "python", "-c", code], capture_output=True, text=True, check=True, env=clean()
    )
    assert str(programs.parent) in done.stdout


def test_the_command_makes_and_checks_a_whole_case_folder(programs: Path, tmp_path: Path) -> None:
    env = clean(XDG_CONFIG_HOME=str(tmp_path / "config"), EVIDENCEDESK_LIBRARY=str(tmp_path / "library"))
    demo = [str(programs / "evidencedesk"), "demo", str(tmp_path / "demo")]
    done = subprocess.run(demo, capture_output=True, text=True, check=False, env=env, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed")
def test_the_window_opens_on_a_screen(programs: Path, tmp_path: Path, screen: str) -> None:
    env = clean(
        DISPLAY=screen,
        QT_QPA_PLATFORM="xcb",
        LANG="en_US.UTF-8",
        XDG_CONFIG_HOME=str(tmp_path / "config"),
        XDG_RUNTIME_DIR=str(tmp_path),
    )
    command = [str(programs / "evidencedesk-window"), "--library", str(tmp_path / "library")]
    with subprocess.Popen(command, env=env, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        try:
            search = ["xdotool", "search", "--onlyvisible", "--name", "^EvidenceDesk$"]
            until(
                lambda: subprocess.run(search, env=env, capture_output=True, check=False).stdout, "the window"
            )
            until((tmp_path / "library" / "cache" / "last-view.json").exists, "all its pages")
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert process.returncode == 0
