"""Runs first in the frozen program: what it starts must find the libraries of the system, not ours.

PyInstaller points the loader at its own folder. The loader of this process has read that already; ``pactl``,
``ffmpeg`` and the browser would take our copies of libraries and break.
"""

from __future__ import annotations

import os

for _name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    _before = os.environ.pop(f"{_name}_ORIG", None)
    os.environ.pop(_name, None)
    if _before:
        os.environ[_name] = _before
