"""Draw the search page into PNG files: python tests/ui/render_search.py FOLDER."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidencedesk.domain.case import CaseFile, Note
from evidencedesk.domain.search import SearchAnswer, SearchKind
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.search.page import SearchPage
from evidencedesk.ui.search.presenter import SearchPresenter
from evidencedesk.ui.shell.main_window import SEARCH, MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.catalogues import locale_dir
from fakes.ui_more_services import FakeCaseServices, moment, told_file
from fakes.ui_services import InstantRunner

SIZES = {"1280": QSize(1280, 800), "960": QSize(960, 640)}
_SAID = "今天必须把欠款还清，不然我们明天上门，找你单位领导谈谈，这个事情你自己看着办。"


class _TwoCases(FakeCaseServices):
    """A second case with notes, and more hits than are shown."""

    def search(self, query: str, case: str | None, kinds: object, limit: int) -> SearchAnswer:
        wanted = [kind for kind in SearchKind if not kinds or kind in kinds]  # type: ignore[operator]
        here = super().search(query, case, wanted, limit)
        first = self.file
        other = replace(
            first.case, id="c-0000bbbb", title="某某消费贷 2025 年的一笔借款，由另一家公司催收", creditor=""
        )
        notes = tuple(
            Note(f"n-{n:08}", other.id, None, "r", 192_000 + n * 61_000, f"第{n}次：{_SAID}", None, moment(n))
            for n in range(5)
        )
        self.file = CaseFile(other, notes=notes)
        there = super().search(query, case, wanted, limit)
        self.file = first
        return SearchAnswer(query, here.count + there.count + 1000, (*here.hits, *there.hits))


def hits(words: UiWords) -> QWidget:
    return _window(words, "必须", _TwoCases(file=told_file()))


def many(words: UiWords) -> QWidget:
    return _window(words, "张 1", _TwoCases(file=told_file()))


def nothing(words: UiWords) -> QWidget:
    return _window(words, "鼋鼍", FakeCaseServices(file=told_file()))


def empty(words: UiWords) -> QWidget:
    return _window(words, "", FakeCaseServices(file=told_file()))


def _window(words: UiWords, query: str, services: FakeCaseServices) -> QWidget:
    window = MainWindow(words, Messages())
    page = SearchPage(SearchPresenter(services, InstantRunner(), window), words)
    window.add_page(SEARCH, page)
    window.show_page(SEARCH)
    page.presenter.offer_case(services.file.case)
    page.field.setText(query)
    page.presenter.ask_now()
    return window


PAGES: tuple[Callable[[UiWords], QWidget], ...] = (hits, many, nothing, empty)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    catalogues = locale_dir(folder / "locale")
    application = QApplication([])
    theme = Theme(application)
    looks = (("1280", "zh", "dark"), ("1280", "en", "light"), ("960", "zh", "light"), ("960", "en", "dark"))
    for make in PAGES:
        for name, language, look in looks:
            theme.choose(look)
            window = make(UiWords("zh" if language == "zh" else "en", catalogues))
            window.resize(SIZES[name])
            window.show()
            for _ in range(3):
                application.processEvents()
            window.grab().save(str(folder / f"{make.__name__}-{name}-{language}-{look}.png"))
            window.close()


if __name__ == "__main__":
    main()
