"""Draw the list of many cases and the library in the settings: python tests/ui/render_library.py FOLDER."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from evidencedesk.domain.case import Case, CaseSummary
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.services import Origin
from evidencedesk.ui.settings.library_presenter import LibraryPresenter
from evidencedesk.ui.settings.library_section import LibrarySection
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from fakes.catalogues import locale_dir
from fakes.desk_library import FakeWholeLibrary
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_summaries, moment
from fakes.ui_services import HeldRunner, InstantRunner

SIZES = {"1280": QSize(1280 - 84, 800), "960": QSize(960 - 84, 640)}


def _services() -> FakeCaseServices:
    many = tuple(
        CaseSummary(
            Case(f"c-{number:08d}", f"月月还 {number}", "月月还", f"LFQ-{number}", moment(-86_400 * number)),
            encounters=number % 9,
            notes=number,
            breaches=number % 4,
        )
        for number in range(1, 40)
    )
    done = replace(many[0], case=replace(many[0].case, title="已还清的旧案", archived=True))
    return FakeCaseServices(summaries=(*example_summaries(), *many[1:], done))


def cases(words: UiWords) -> CasesPage:
    page = CasesPage(_services(), InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.overview.archived_button.click()
    page.overview_presenter.archive("c-0000bbbb")
    return page


def importing(words: UiWords) -> CasesPage:
    page = CasesPage(_services(), InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.overview_presenter.ask_for_folder()
    return page


def arriving(words: UiWords) -> CasesPage:
    page = CasesPage(_services(), HeldRunner(), words, FakeFileChoice())
    page.refresh()
    page.overview_presenter.take_in(Path("/media/stick/EvidenceDesk-来分期-20261123"))
    return page


def refused(words: UiWords) -> CasesPage:
    services = _services()
    page = CasesPage(services, InstantRunner(), words, FakeFileChoice())
    page.refresh()
    path = "/media/stick/EvidenceDesk-来分期-20261123"
    services.refuse = Unreadable(
        Code.IMPORT_NOT_INTACT, path=path, count=2, item="data/audio.flac (file-changed)"
    )
    page.overview_presenter.take_in(Path(path))
    return page


def origin(words: UiWords) -> CasesPage:
    services = _services()
    services.came_from = (Origin(moment().utc, 480, "EvidenceDesk-来分期-20261123", "4f9c" * 16, 412),)
    page = CasesPage(services, InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.show_case("c-0000aaaa")
    page.review.archive_button.click()
    return page


def library(words: UiWords) -> LibrarySection:
    services = FakeWholeLibrary()
    services.facts = replace(services.facts, before="/home/user/.local/share/EvidenceDesk/library")
    presenter = LibraryPresenter(services, InstantRunner())
    section = LibrarySection(presenter, words, FakeFileChoice())
    presenter.refresh()
    presenter.back_up(Path("/media/stick"))
    return section


def library_working(words: UiWords) -> LibrarySection:
    runner = HeldRunner()
    presenter = LibraryPresenter(FakeWholeLibrary(), runner)
    section = LibrarySection(presenter, words, FakeFileChoice())
    presenter.refresh()
    runner.let_go()
    presenter.move(Path("/media/disk/EvidenceDesk"))
    return section


PAGES: tuple[Callable[[UiWords], QWidget], ...] = (
    cases,
    importing,
    arriving,
    refused,
    origin,
    library,
    library_working,
)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    catalogues = locale_dir(folder / "locale")
    application = QApplication([])
    theme = Theme(application)
    for make in PAGES:
        for name, language, look in (("1280", "zh", "dark"), ("960", "en", "light")):
            theme.choose(look)
            page = make(UiWords("zh" if language == "zh" else "en", catalogues))
            page.resize(SIZES[name])
            page.show()
            for _ in range(3):
                application.processEvents()
            page.grab().save(str(folder / f"{make.__name__}-{name}-{language}-{look}.png"))
            page.close()


if __name__ == "__main__":
    main()
