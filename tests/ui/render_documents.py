"""Draw the documents page of a case into PNG files: python tests/ui/render_documents.py FOLDER [NAME…]."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.catalogues import locale_dir
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice
from fakes.ui_services import InstantRunner
from samples.documents_case import BILL, CONTRACT, NOTICE, PHOTO, documents_services, phone_folder

SIZES = {"1280": QSize(1280 - 84, 800), "960": QSize(960 - 84, 640)}


class Stage:
    """The page of a case with its documents in sight."""

    def __init__(self, words: UiWords, services: FakeCaseServices) -> None:
        self.services = services
        self.page = CasesPage(services, InstantRunner(), words, FakeFileChoice())
        self.page.refresh()
        self.page.show_case(services.file.case.id)
        self.page.review.sections.choose("files")
        section = self.page.review.sections.section("files")
        assert isinstance(section, FilesSection)
        self.section = section


def photo(stage: Stage) -> None:
    stage.section.show_subject(PHOTO)


def bill(stage: Stage) -> None:
    stage.section.show_subject(BILL)


def contract(stage: Stage) -> None:
    stage.section.show_subject(CONTRACT)


def asked(stage: Stage) -> None:
    stage.services.same = {"催收函.pdf": NOTICE}
    stage.section.take([Path("/home/user/微信图片_1.png"), Path("/home/user/微信图片_2.png")])
    stage.section.take([Path("/home/user/催收函.pdf")])


def folder(stage: Stage) -> None:
    stage.services.scanned = phone_folder()
    stage.section.scan.begin(stage.services.file.case.id, phone_folder().folder)
    stage.section.scan.pick(0, picked=True)


def letter(stage: Stage) -> None:
    stage.section.show_subject(NOTICE)
    stage.section.details.verticalScrollBar().rangeChanged.connect(
        lambda _low, high: stage.section.details.verticalScrollBar().setValue(high)
    )


def nothing(stage: Stage) -> None:
    """An empty case."""


def timeline(stage: Stage) -> None:
    stage.page.review.sections.choose("timeline")
    bar = stage.page.review.side.verticalScrollBar()
    bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))


SCENES: tuple[Callable[[Stage], None], ...] = (
    photo,
    bill,
    contract,
    asked,
    folder,
    letter,
    nothing,
    timeline,
)


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    catalogues = locale_dir(target / "locale")
    application = QApplication([])
    theme = Theme(application)
    with tempfile.TemporaryDirectory() as made:
        for scene in SCENES:
            if sys.argv[2:] and scene.__name__ not in sys.argv[2:]:
                continue
            for name, language, look in (("1280", "zh", "dark"), ("960", "en", "light")):
                theme.choose(look)
                services = documents_services(Path(made))
                if scene is nothing:
                    case = services.file.case
                    services.file = type(services.file)(case)
                stage = Stage(UiWords("zh" if language == "zh" else "en", catalogues), services)
                scene(stage)
                stage.page.resize(SIZES[name])
                stage.page.show()
                if stage.page.size() != SIZES[name]:
                    print(scene.__name__, name, "grew to", stage.page.size().toTuple())  # noqa: T201
                for _ in range(4):
                    application.processEvents()
                stage.page.grab().save(str(target / f"{scene.__name__}-{name}-{language}-{look}.png"))
                stage.page.close()


if __name__ == "__main__":
    main()
