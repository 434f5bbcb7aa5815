"""Draw the settings, help and about pages: python tests/ui/render_help.py FOLDER [NAME…]."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidencedesk.app.about_services import AboutDetails
from evidencedesk.ui.about.page import AboutPage
from evidencedesk.ui.about.presenter import AboutPresenter
from evidencedesk.ui.help.page import HelpPage
from evidencedesk.ui.help.presenter import HelpPresenter
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.settings.page import SettingsPage
from evidencedesk.ui.settings.setting import Group
from evidencedesk.ui.shell.main_window import HELP, SETTINGS, MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.catalogues import locale_dir
from fakes.settings_stage import whole_settings_page
from fakes.ui_services import InstantRunner


def settings(words: UiWords, group: Group = Group.GENERAL) -> SettingsPage:
    page = whole_settings_page(words)
    page.show_group(group)
    return page


def found(words: UiWords) -> SettingsPage:
    page = settings(words)
    page.field.setText("备份" if words.language == "en" else "password")
    return page


def nothing(words: UiWords) -> SettingsPage:
    page = settings(words)
    page.field.setText("qwertz")
    return page


def help_page(words: UiWords, place: str = "start") -> HelpPage:
    page = HelpPage(HelpPresenter(words.language), words)
    page.presenter.show(place)
    return page


def help_found(words: UiWords) -> HelpPage:
    page = help_page(words)
    page.presenter.type("F1" if words.language == "en" else "指纹")
    return page


def help_marked(words: UiWords) -> HelpPage:
    page = help_page(words)
    page.presenter.show("safety#key", "指纹" if words.language == "zh" else "fingerprint")
    return page


def help_address(words: UiWords) -> HelpPage:
    page = help_page(words)
    page.presenter.follow("https://example.org/")
    return page


def about(words: UiWords) -> AboutPage:
    return AboutPage(AboutPresenter(AboutDetails("0.1.0", words.language), InstantRunner()), words)


PAGES: dict[str, Callable[[UiWords], QWidget]] = {
    **{f"settings-{group}": partial(settings, group=group) for group in Group},
    "settings-found": found,
    "settings-nothing": nothing,
    "help": help_page,
    "help-visit": lambda words: help_page(words, "visit"),
    "help-keys": lambda words: help_page(words, "keys"),
    "help-lost": lambda words: help_page(words, "trouble#lost"),
    "help-trouble": partial(help_page, place="trouble"),
    "help-numbers": partial(help_page, place="numbers"),
    "help-safety": partial(help_page, place="safety#backup"),
    "help-found": help_found,
    "help-marked": help_marked,
    "help-address": help_address,
    "about": about,
}
SIZES = {"1280": QSize(1280, 800), "960": QSize(960, 640)}
LOOKS = (
    ("1280", "zh", "light"),
    ("1280", "en", "dark"),
    ("960", "zh", "dark"),
    ("960", "en", "light"),
)
_PLACES = {"settings": SETTINGS, "help": HELP}


def main() -> None:
    folder = Path(sys.argv[1])
    wanted = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    catalogues = locale_dir(folder / "locale")
    application = QApplication([])
    theme = Theme(application)
    for name, make in PAGES.items():
        if wanted and name not in wanted:
            continue
        for size, language, look in LOOKS:
            theme.choose(look)
            words = UiWords("zh" if language == "zh" else "en", catalogues)
            window = MainWindow(words, Messages())
            window.resize(SIZES[size])
            place = _PLACES.get(name.partition("-")[0], "about")
            window.add_page(place, make(words))
            window.show_page(place)
            window.show()
            QTest.qWait(400)
            window.grab().save(str(folder / f"{name}-{size}-{language}-{look}.png"))
            window.close()


if __name__ == "__main__":
    main()
