"""What the desktop is set to is followed while the window is open, where the user left it to the desktop."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtDBus import QDBusVariant
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.app.desktop_follow import DesktopFollow
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.desktop_wishes import DesktopWishes
from evidencedesk.ui.theme.motion import still
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords

GNOME, KDE = "org.gnome.desktop.interface", "org.kde.kdeglobals.KDE"


@pytest.fixture
def window(en: UiWords, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(en, Messages())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.hide()


@pytest.mark.parametrize(("chosen", "now"), [(False, "zh"), (True, "en")])
def test_another_language_of_the_system_is_spoken_unless_one_was_chosen(
    chosen: bool, now: str, window: MainWindow, theme: Theme, en: UiWords
) -> None:
    follow = DesktopFollow(window, theme, en, lambda: chosen, lambda: "zh")
    QApplication.sendEvent(window, QEvent(QEvent.Type.LocaleChange))
    assert en.language == now
    assert window.rail.buttons["cases"].text() == ("案件" if now == "zh" else "Cases")
    del follow


def test_a_desktop_without_animations_makes_the_window_still(
    window: MainWindow, theme: Theme, en: UiWords
) -> None:
    follow = DesktopFollow(window, theme, en, lambda: True)
    follow.begin()
    follow.wishes.setting_changed(GNOME, "enable-animations", QDBusVariant(False))
    assert still()
    follow.wishes.setting_changed(GNOME, "enable-animations", QDBusVariant(True))
    assert not still()
    follow.wishes.setting_changed(KDE, "AnimationDurationFactor", QDBusVariant("0"))
    assert still()
    follow.wishes.setting_changed(KDE, "AnimationDurationFactor", QDBusVariant("1"))
    assert not still()


def test_under_x11_the_size_of_text_is_left_to_qt_which_enlarges_everything(qapp: QApplication) -> None:
    wishes = DesktopWishes()
    wishes.setting_changed(GNOME, "text-scaling-factor", QDBusVariant(1.5))
    assert wishes.text_factor == 1.0


def test_a_desktop_that_says_nonsense_changes_nothing(qapp: QApplication) -> None:
    wishes = DesktopWishes()
    wishes.setting_changed(KDE, "AnimationDurationFactor", QDBusVariant("fast"))
    wishes.setting_changed("org.other", "enable-animations", QDBusVariant(False))
    assert not wishes.less_motion


PORTAL = """
import gi, sys
from gi.repository import Gio, GLib
XML = '''<node><interface name="org.freedesktop.portal.Settings">
<method name="Read"><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="v" direction="out"/></method>
<signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal></interface></node>'''
PATH, NAME = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
def call(bus, sender, path, interface, method, arguments, answer):
    group, key = arguments.unpack()
    if key == "enable-animations":
        answer.return_value(GLib.Variant("(v)", (GLib.Variant("v", GLib.Variant("b", False)),)))
        GLib.timeout_add(300, lambda: bus.emit_signal(None, PATH, NAME, "SettingChanged",
            GLib.Variant("(ssv)", ("org.gnome.desktop.interface", key, GLib.Variant("b", True)))) and False)
    else:
        answer.return_dbus_error("org.freedesktop.portal.Error.NotFound", "no such key")
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], call, None, None)
OWN = "org.freedesktop.portal.Desktop"
Gio.bus_own_name_on_connection(bus, OWN, 0, lambda *a: print("ready", flush=True), None)
GLib.MainLoop().run()
"""
ASKER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from evidencedesk.ui.theme.desktop_wishes import DesktopWishes
application = QGuiApplication([])
wishes = DesktopWishes()
heard = []
def changed():
    heard.append(wishes.less_motion)
    if heard == [True, False]:
        application.quit()
wishes.changed.connect(changed)
wishes.ask()
QTimer.singleShot(8000, application.quit)
application.exec()
print(heard)
"""


def test_a_settings_portal_is_asked_and_listened_to() -> None:
    """A real bus, and a portal of our own on it that first forbids animations and then allows them."""
    system = "/usr/bin/python3"
    if (
        not shutil.which("dbus-daemon")
        or subprocess.run(
            [system, "-c", "from gi.repository import Gio"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("dbus-daemon and python3-gi are not installed")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bus:
        assert bus.stdout is not None
        env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        plain = {key: value for key, value in env.items() if key != "PYTHONPATH"}
        with subprocess.Popen([system, "-c", PORTAL], env=plain, stdout=subprocess.PIPE, text=True) as portal:
            try:
                assert portal.stdout is not None
                assert portal.stdout.readline().strip() == "ready"
                env["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
                asker = [sys.executable, "-c", ASKER]
                told = subprocess.run(
                    asker,
                    env=env,
                    capture_output=True,
                    text=True,
                    check=False,
                    timeout=40,
                )
            finally:
                portal.kill()
                bus.kill()
    assert told.stdout.strip() == "[True, False]", told.stderr
