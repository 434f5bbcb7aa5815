"""From starting the program to its window on the screen, and until it can record.

All on a screen of its own, one after the other in turns, warm (each was started once before): a bare
PySide6 window, this program, and Audacity and GNOME Sound Recorder where they are installed. *Painted* is
when there are pixels of a window with something in it, seen from outside. *Ready* is when the window has
started its level meter: the library is open, and from then on the red button records at once.

    python -m benchmarks.start_up [--times N] [-- PROGRAM [ARGUMENT …]]

Behind ``--`` stands an installed program to measure instead of this checkout, such as /usr/bin/evidencedesk.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.common import ROOT, Goal, Outcome, Setting, need, run
from benchmarks.x_screen import XScreen, wait

from evidencedesk.system.settings import Settings, save_settings
from fakes.sound_server import PrivateSoundServer

_PAINTED_AT_MOST = 1.3
_READY_AT_MOST_S = 1.2
_PATIENCE_S = 30.0
_OURS, _BARE = "EvidenceDesk", "bare PySide6 window"
# Without its greeting, its splash picture and its question about updates: the window alone.
_AUDACITY = "NewPrefsInitialized=1\n[GUI]\nShowSplashScreen=0\n[Update]\nDefaultUpdatesChecking=0\n"


@dataclass(frozen=True, slots=True)
class Program:
    """What is started, and whether it is ours, which has a level meter."""

    name: str
    command: Sequence[str]
    records: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the process."""

    painted_s: float
    ready_s: float | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, say whether the goals are met."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    program: list[str] = []
    if "--" in given:
        program = given[given.index("--") + 1 :]
        given = given[: given.index("--")]
    return run(__doc__ or "", "rounds (full 9, short 3)", partial(measure, program), given)


def measure(program: Sequence[str], setting: Setting) -> Iterator[Outcome]:
    """All programs in turn."""
    need("Xvfb", "pulseaudio")
    ours = list(program) or [sys.executable, "-m", "evidencedesk"]
    programs = [
        Program(_BARE, [sys.executable, str(ROOT / "benchmarks" / "bare_window.py")]),
        Program(_OURS, [*ours, "--library", str(setting.folder / "library")], records=True),
    ]
    for name, command in (("Audacity", "audacity"), ("GNOME Sound Recorder", "gnome-sound-recorder")):
        if shutil.which(command):
            programs.append(Program(name, [command]))
    rounds = setting.choose(3, 9)
    (setting.folder / "sound").mkdir()
    with PrivateSoundServer(setting.folder / "sound") as server, server.playing():
        env = _environment(setting.folder, server.env)
        found: dict[str, list[Start]] = {one.name: [] for one in programs}
        for number in range(rounds + 1):
            for one in programs:
                start = _start(one, env, setting.folder)
                if number:  # the first time it is read from the disk
                    found[one.name].append(start)
    yield _outcome(found)


def _environment(folder: Path, sound: Mapping[str, str]) -> dict[str, str]:
    home = folder / "home"
    (home / "run").mkdir(parents=True, mode=0o700)
    config = home / ".config"
    save_settings(config / "EvidenceDesk" / "settings.json", Settings(language="en", welcomed="yes"))
    (config / "audacity").mkdir()
    (config / "audacity" / "audacity.cfg").write_text(_AUDACITY, encoding="utf-8")
    env = {**os.environ, **sound, "HOME": str(home), "XDG_CONFIG_HOME": str(config)}
    env |= {"XDG_RUNTIME_DIR": str(home / "run"), "XDG_DATA_HOME": str(home / "data")}
    env |= {"XDG_CACHE_HOME": str(home / "cache"), "QT_QPA_PLATFORM": "xcb", "GDK_BACKEND": "x11"}
    env["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")  # as in an installed program
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env.pop("WAYLAND_DISPLAY", None)
    return env


def _start(program: Program, env: Mapping[str, str], folder: Path) -> Start:
    place = folder / "screen"
    place.mkdir(exist_ok=True)
    with XScreen(place) as screen:
        began = time.perf_counter()
        process = subprocess.Popen(
            program.command,
            env={**env, "DISPLAY": screen.name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            painted = wait(f"{program.name} is painted", screen.painted, _PATIENCE_S) - began
            ready = None
            if program.records:
                ready = wait(f"{program.name} listens", partial(_listens, process.pid), _PATIENCE_S) - began
        except TimeoutError:
            screen.save(folder / "last.ppm")
            raise
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return Start(painted, ready)


def _listens(pid: int) -> bool:
    """Whether a process has a child that is a level meter; by man 5 proc."""
    with suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                if b"meter" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return True
    return False


def _outcome(found: Mapping[str, Sequence[Start]]) -> Outcome:
    bare = [one.painted_s for one in found[_BARE]]
    rows: list[tuple[object, ...]] = []
    for name, starts in found.items():
        painted = [one.painted_s for one in starts]
        ratio = statistics.median(painted) / statistics.median(bare)
        rows.append((f"{name}, painted", min(painted), statistics.median(painted), max(painted), ratio))
    ready = [one.ready_s for one in found[_OURS] if one.ready_s is not None]
    rows.append((f"{_OURS}, ready to record", min(ready), statistics.median(ready), max(ready), None))
    ours = statistics.median(one.painted_s for one in found[_OURS])
    return Outcome(
        title="From the start of the program",
        header=("until", "least s", "median s", "most s", "to the bare window"),
        rows=rows,
        figures={name: [(one.painted_s, one.ready_s) for one in starts] for name, starts in found.items()},
        goals=[
            Goal("painted, to the bare window", ours / statistics.median(bare), _PAINTED_AT_MOST),
            Goal("seconds until ready to record", statistics.median(ready), _READY_AT_MOST_S),
        ],
    )


if __name__ == "__main__":
    raise SystemExit(main())
