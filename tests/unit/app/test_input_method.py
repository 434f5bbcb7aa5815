from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evidencedesk.app.input_method import choose_input_method

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these")


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / "libibusplatforminputcontextplugin.so").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx5"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx5", "WAYLAND_DISPLAY": "wayland-0"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0"}, None),
        ({"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"}, "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, None),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, "xim"),
        ({"QT_IM_MODULES": "wayland;fcitx", "XMODIFIERS": "@im=fcitx"}, None),
        ({}, None),
    ],
)
def test_ibus_is_asked_for_only_where_fcitx_is_meant(
    before: dict[str, str], wanted: str | None, plugins: Path
) -> None:
    environ = dict(before)
    choose_input_method(environ, plugins)
    assert environ.get("QT_IM_MODULE") == wanted


def test_a_plugin_of_fcitx_that_is_there_is_left_to_work(plugins: Path) -> None:
    (plugins / "platforminputcontexts" / "libfcitx5platforminputcontextplugin.so").touch()
    environ = {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
    choose_input_method(environ, plugins)
    assert environ["QT_IM_MODULE"] == "fcitx"
