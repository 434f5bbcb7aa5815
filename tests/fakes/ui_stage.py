"""What page tests stand on: words in both languages, a theme, a desk in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import CaseFile, Encounter, Mode
from evidencedesk.system.settings import Settings
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.encounter.presenter import EncounterPresenter
from evidencedesk.ui.encounter.session import Session
from evidencedesk.ui.messages import Message, Messages
from evidencedesk.ui.words import UiWords
from fakes.ui_services import FakeDesk, FakeLive


@dataclass
class Heard:
    """Messages with a list of what was said."""

    messages: Messages = field(default_factory=Messages)
    said: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.messages.shown.connect(self.said.append)

    @property
    def codes(self) -> list[str]:
        return [message.error.code.value for message in self.said if message.error]


@dataclass
class EncounterStage:
    """A running encounter."""

    words: UiWords
    desk: FakeDesk = field(default_factory=FakeDesk)
    heard: Heard = field(default_factory=Heard)

    def __post_init__(self) -> None:
        case = self.desk.open_case("Laifenqi")
        self.live = FakeLive(case.id)
        # Since 19:00, as its wall clock says.
        opened = replace(self.desk.clock, utc=f"{self.desk.clock.utc[:10]}T11:00:00.000000Z")
        visit = Encounter(self.live.encounter, case.id, Mode.VISIT, opened)
        self.desk.files[case.id] = CaseFile(case, encounters=(visit,))
        self.live.at(192)
        self.presenter = EncounterPresenter(self.session())

    def session(self) -> Session:
        """What the presenters share; everything can be kept."""
        return Session(self.desk, self.live, self.heard.messages)

    @property
    def file(self) -> CaseFile:
        return self.desk.case_file(self.live.case)

    def open_page(self, qtbot: QtBot) -> EncounterPage:
        page = EncounterPage(self.words, self.desk.packs)
        page.follow(self.presenter)
        qtbot.addWidget(page)
        show(qtbot, page)
        return page


def show(qtbot: QtBot, widget: QWidget) -> None:
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()


SETTINGS = Settings(language="zh")
