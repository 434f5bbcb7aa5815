"""The window with its red button, for the benchmarks that press it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import ROOT

from evidencedesk.system.settings import Settings, save_settings

_TIMEOUT_S = 180.0


@dataclass(frozen=True, slots=True)
class Use:
    """One recording by the window: the press, the two costs, and the file it made."""

    click_ns: int
    seen_s: float
    unseen_s: float
    sound: Path


def use_window(
    folder: Path, env: Mapping[str, str], source: str, *, seconds: float = 0.0, earlier: bool = False
) -> Use:
    """Open a window off the screen with a library of its own, and record in it once."""
    config = folder / "config"
    settings = Settings(language="en", source=source, earlier="yes" if earlier else "no")
    save_settings(config / "EvidenceDesk" / "settings.json", settings)
    library = folder / "library"
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "window_user.py"), str(library), str(seconds)],
        env={**env, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(config)},
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the window failed:\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    sounds = list(library.glob("cases/*/recordings/*/audio.flac"))
    if len(sounds) != 1 or "click_ns" not in found:
        raise RuntimeError(f"the window made {len(sounds)} recordings:\n{done.stderr}")
    return Use(found["click_ns"], found.get("seen_s", 0.0), found.get("unseen_s", 0.0), sounds[0])
