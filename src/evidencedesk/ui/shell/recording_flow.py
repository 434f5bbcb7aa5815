"""From the red button to the encounter page and on to the case: the one path that must never break."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.pulse import StopReason
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Runner
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.encounter.presenter import EncounterPresenter
from evidencedesk.ui.encounter.session import Session
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.record.presenter import RecordPresenter
from evidencedesk.ui.services import DeskServices, LiveEncounter
from evidencedesk.ui.shell.main_window import ENCOUNTER, RECORD, MainWindow
from evidencedesk.ui.start.practice_guide import KEY as PRACTICE
from evidencedesk.ui.start.practice_guide import PracticeGuide
from evidencedesk.ui.words import UiWords


class RecordingFlow(QObject):
    """Made when the desk is open; brings the record page to life.

    ``runner`` is a thread of its own for starting recordings: an export must not delay them. ``slow`` is for
    what is only to be shown.

    Emits:
        finished: the case's id, after the recording is sealed; the app shows the case then.
        mode_chosen, source_chosen, far_source_chosen, places_chosen: to be kept in the settings.
    """

    finished = Signal(str)
    mode_chosen = Signal(str)
    source_chosen = Signal(str)
    far_source_chosen = Signal(str)
    places_chosen = Signal(str, str)

    def __init__(
        self,
        window: MainWindow,
        services: DeskServices,
        runner: Runner,
        words: UiWords,
        messages: Messages,
        settings: Settings,
        slow: Runner | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._words = words
        self._messages = messages
        self._slow = slow or runner
        self.encounter: EncounterPresenter | None = None
        self._page: EncounterPage | None = None
        self.practice: PracticeGuide | None = None
        self.record = RecordPresenter(services, runner, words, messages, settings, self, slow=slow)
        self.record.mode_chosen.connect(self.mode_chosen)
        self.record.source_chosen.connect(self.source_chosen)
        self.record.far_source_chosen.connect(self.far_source_chosen)
        self.record.places_chosen.connect(self.places_chosen)
        self.record.began.connect(self.follow)
        self.record.practice_began.connect(self._practice_began)
        self._bring_to_life()
        window.page_shown.connect(self._page_shown)
        window.stop_requested.connect(self.stop)
        window.leaving.connect(self.leave)
        if window.page == RECORD:
            self.record.activate()

    @Slot()
    def start(self, mode: str = "") -> None:
        """Record now, wherever the user is (a second start with ``--record``).

        ``mode`` names one; otherwise it is the one used last.
        """
        if self.encounter is None:
            self._window.show_page(RECORD)
            if mode:
                self.record.choose_mode(mode)
            self.record.start()

    @Slot(object)
    def follow(self, live: LiveEncounter) -> None:
        """A recording has begun, or one was found running: show it."""
        if self.encounter is not None:
            return
        self.record.deactivate()
        self._messages.withdraw(PRACTICE)
        session = Session(self._services, live, self._messages, self._slow)
        self.encounter = EncounterPresenter(session, self)
        self.encounter.finished.connect(self._finished)
        self._page = EncounterPage(self._words, self._services.packs)
        self._page.follow(self.encounter)
        self._page.bar.lock_button.setVisible(self._window.lockable)
        self._page.bar.lock_clicked.connect(self._window.lock_wanted)
        self._page.bar.hide_clicked.connect(self._window.hide_wanted)
        self._window.add_page(ENCOUNTER, self._page)
        self._window.set_recording(running=True)
        self.encounter.begin()

    @Slot(object)
    def _practice_began(self, live: LiveEncounter) -> None:
        self.practice = PracticeGuide(self._services, live.case, self._messages, self)
        self.practice.begin()

    @Slot()
    def stop(self) -> None:
        """Stop and save."""
        if self._page is not None and self.encounter is not None:
            self._page.keep_typed()
            self.encounter.stop()

    def stop_for_system(self) -> None:
        """The desktop's session ends: stop and save, and say that the system wanted it."""
        if self._page is not None and self.encounter is not None:
            self._page.keep_typed()
            self.encounter.stop_because(StopReason.SIGNAL)

    @Slot()
    def leave(self) -> None:
        """The window goes while the recording goes on: keep what was typed."""
        if self._page is not None and self.encounter is not None:
            self._page.keep_typed()
            self.encounter.keep_typed()

    @Slot(str)
    def _finished(self, case_id: str) -> None:
        if self._page is not None:
            self._page.keep_typed()
        if self.encounter is not None:
            self.encounter.deleteLater()
        self.encounter = None
        self._window.set_recording(running=False)
        self.record.choose_case(case_id)
        self._window.show_page(RECORD)
        self.finished.emit(case_id)
        if self.practice is not None:
            self.practice.end()
            self.practice.deleteLater()
            self.practice = None
        if self._page is not None:
            self._page = None
            self._window.remove_page(ENCOUNTER)

    @Slot(str)
    def _page_shown(self, name: str) -> None:
        if name == RECORD:
            self.record.activate()
        elif name != ENCOUNTER:
            self.record.deactivate()

    def _bring_to_life(self) -> None:
        page, presenter = self._window.record_page, self.record
        presenter.state_changed.connect(page.render)
        presenter.level_changed.connect(page.show_level)
        page.start_clicked.connect(presenter.start)
        page.mode_clicked.connect(presenter.choose_mode)
        page.source_clicked.connect(presenter.choose_source)
        page.far_source_clicked.connect(presenter.choose_far_source)
        page.look_again_clicked.connect(presenter.look_again)
        page.test_clicked.connect(presenter.test)
        page.test_other_clicked.connect(presenter.test_source)
        page.case_clicked.connect(presenter.choose_case)
        page.new_case_clicked.connect(presenter.open_case)
        page.item_toggled.connect(presenter.set_done)
        page.practice_clicked.connect(presenter.practise)
        page.places_chosen.connect(presenter.choose_places)
        page.render(presenter.state)
