"""Draw the case page with its player: python tests/ui/render_player.py FOLDER [NAME…]."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from fakes.big_cases import call_case, many_encounters, many_lines
from fakes.catalogues import locale_dir
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file
from fakes.ui_services import InstantRunner

SIZES = {"1280": QSize(1280 - 84, 800), "960": QSize(960 - 84, 640)}


def page_of(words: UiWords, file: CaseFile) -> CasesPage:
    services = FakeCaseServices(file)
    page = CasesPage(services, InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.show_case(file.case.id)
    return page


def visit(words: UiWords) -> CasesPage:
    page = page_of(words, example_case_file())
    page.player_presenter.seek(345_000)
    return page


def call(words: UiWords) -> CasesPage:
    page = page_of(words, call_case())
    player = page.player_presenter
    player.seek(40_000)
    player.set_first()
    player.seek(110_000)
    player.set_last()
    player.seek(82_000)
    player.toggle()
    player.set_speed(1.5)
    return page


def zoomed(words: UiWords) -> CasesPage:
    page = visit(words)
    page.review.encounter.player.wave.zoom(9)
    return page


def recording(words: UiWords) -> CasesPage:
    page = visit(words)
    page.set_recording(True)
    return page


def many(words: UiWords) -> CasesPage:
    page = page_of(words, many_encounters(240))
    page.resize(SIZES["1280"])
    page.show()
    page.review.encounter.place_button.click()
    return page


def filtered(words: UiWords) -> CasesPage:
    page = page_of(words, many_lines(10_000))
    page.review.timeline.filters.search.setText("必须还 99")
    return page


PAGES: tuple[Callable[[UiWords], QWidget], ...] = (visit, call, zoomed, recording, many, filtered)


def main() -> None:
    folder = Path(sys.argv[1])
    wanted = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    catalogues = locale_dir(folder / "locale")
    application = QApplication([])
    theme = Theme(application)
    for make in PAGES:
        if wanted and make.__name__ not in wanted:
            continue
        for name, language, look in (
            ("1280", "zh", "dark"),
            ("960", "en", "light"),
            ("1280", "en", "light"),
            ("960", "zh", "dark"),
        ):
            theme.choose(look)
            page = make(UiWords("zh" if language == "zh" else "en", catalogues))
            page.resize(SIZES[name])
            page.show()
            for _ in range(5):
                application.processEvents()
            file = folder / f"{make.__name__}-{name}-{language}-{look}"
            page.grab().save(f"{file}.png")
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.grab().save(f"{file}-popup.png")
                popup.hide()
            page.close()


if __name__ == "__main__":
    main()
