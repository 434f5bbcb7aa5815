"""Writing Chinese on Linux: the input method that Qt would not find by itself.

The Qt that this program ships has a plugin for ibus and none for fcitx. Where only fcitx runs, Qt finds
nothing and no Chinese can be written; fcitx answers the protocol of ibus as well
(https://fcitx-im.org/wiki/Using_Fcitx_5_on_Wayland#Qt), so that is asked for. Not tried with a real fcitx.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from evidencedesk.system.kind import SYSTEM

_WANTED, _LIST, _X11 = "QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS"


def choose_input_method(environ: MutableMapping[str, str], plugins: Path | None = None) -> None:
    """Before Qt starts: ask for ibus where fcitx is meant and its plugin is missing.

    What the user set is kept, unless it names the plugin that is not there.
    """
    if not SYSTEM.startswith("linux") or environ.get(_LIST):
        return
    folder = plugins or Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    if any("fcitx" in one.name for one in folder.glob("platforminputcontexts/*")):
        return
    wanted = environ.get(_WANTED, "")
    # Under Wayland the desktop itself brings the input method to a program that asks for none.
    on_x11 = not environ.get("WAYLAND_DISPLAY") or environ.get("QT_QPA_PLATFORM") == "xcb"
    meant = not wanted and on_x11 and "fcitx" in environ.get(_X11, "")
    if meant or wanted.startswith("fcitx"):
        environ[_WANTED] = "ibus"
