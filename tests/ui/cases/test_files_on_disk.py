"""The documents page on a real library, with the jobs thread and the process that looks into files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from evidencedesk.app.services import OpenedDesk, Services
from evidencedesk.domain.case import AttachmentKind
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeFileChoice
from samples import attached_files as made

PATIENCE_MS = 60_000


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = OpenedDesk(tmp_path / "library", SystemClock())
    yield Services(opened.desk, Settings(), tmp_path / "config" / "settings.json")
    opened.close()


def test_a_photo_a_bomb_and_a_picture_that_was_copied(
    services: Services, en: UiWords, qtbot: QtBot, tmp_path: Path
) -> None:
    case = services.open_case("来分期")
    with Jobs() as jobs:
        page = CasesPage(services, jobs, en, FakeFileChoice())
        qtbot.addWidget(page)
        page.resize(1196, 800)
        page.show()
        page.show_case(case.id)
        page.review.sections.choose("files")
        section = page.review.sections.section("files")
        assert isinstance(section, FilesSection)
        section.take([made.huge_png(tmp_path / "huge.png"), made.photo(tmp_path / "门口.jpg")])
        qtbot.waitUntil(lambda: "HUAWEI" in section.details.facts.text(), timeout=PATIENCE_MS)
        section.strip.chips.buttons["other"].click()  # the bomb, whose name says nothing
        assert section.strip.chips.current == "door_photo"
        section.strip.chips.buttons["door_photo"].click()
        qtbot.waitUntil(
            lambda: section.list.files.index(0).data(Qt.ItemDataRole.DecorationRole) is not None,
            timeout=PATIENCE_MS,
        )
        picture = QImage(4, 4, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.green)
        section.presenter.take_picture(picture)
        qtbot.waitUntil(lambda: len(section.list.files.rows) == 3, timeout=PATIENCE_MS)
        huge = next(row.id for row in section.list.files.rows if row.name == "huge.png")
        section.show_subject(huge)
        qtbot.waitUntil(
            lambda: "100,000 × 100,000" in section.details.preview.said.text(), timeout=PATIENCE_MS
        )
        kinds = {one.name: one.kind for one in services.case_file(case.id).attachments}
        assert kinds["门口.jpg"] is AttachmentKind.DOOR_PHOTO
        assert kinds["huge.png"] is AttachmentKind.OTHER
