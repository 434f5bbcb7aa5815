"""Makes the pages and joins them: which click on one leads to which other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from evidencedesk.app.journal_watch import JournalWatch
from evidencedesk.app.key_care import KeyCare
from evidencedesk.app.pack_shelf import PackShelf
from evidencedesk.app.services import Services
from evidencedesk.app.session_end import SessionEnd
from evidencedesk.capture.remote import RunningCapture
from evidencedesk.domain.errors import Known
from evidencedesk.system.places import config_file
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.contacts.page import ContactsPage
from evidencedesk.ui.law.page import LawPage
from evidencedesk.ui.law.presenter import LawPresenter
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.settings.key_presenter import KeyPresenter
from evidencedesk.ui.settings.page import SettingsPage
from evidencedesk.ui.settings.presenter import SettingsPresenter
from evidencedesk.ui.settings.time_presenter import TimePresenter
from evidencedesk.ui.shell.main_window import CASES, CONTACTS, LAW, RECORD, SETTINGS, MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.start.practice_guide import KEY as PRACTICE
from evidencedesk.ui.start.presenter import WelcomePresenter
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.verify.page import VerifyPage
from evidencedesk.ui.verify.presenter import VerifyPresenter
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import system_language
from evidencedesk.workflows.desk import Desk

VERIFY = "verify"


class Pages(QObject):
    """All pages of an open desk."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        words: UiWords,
        messages: Messages,
        theme: Theme,
        jobs: Jobs,
        begin: Jobs,
        settings: Settings,
        running: Iterable[RunningCapture] = (),
    ) -> None:
        """``running`` are the recorders that outlived their window."""
        super().__init__(window)
        self._window = window
        self._words = words
        self._theme = theme
        self._messages = messages
        self._jobs = jobs
        self._services = Services(desk, settings, config_file(), running)
        self.flow = RecordingFlow(window, self._services, begin, words, messages, settings, jobs)
        self._sounds = Jobs("sounds", self)
        self.cases = CasesPage(self._services, jobs, words, sounds=self._sounds)
        self._shelf = PackShelf(desk, self._services.settings, self._services.save_settings)
        self._law_presenter = LawPresenter(self._shelf, self)
        self.law = LawPage(self._law_presenter, words)
        self.welcome = WelcomePresenter(self._services, self._shelf, window.record_page, messages, self)
        self._settings_presenter = SettingsPresenter(self._services, jobs, self)
        self._time_presenter = TimePresenter(self._services, jobs, self)
        self.key_presenter = KeyPresenter(KeyCare(desk.key), jobs, messages, self)
        self.settings = SettingsPage(
            self._settings_presenter, words, time=self._time_presenter, key=self.key_presenter
        )
        self._verify_presenter = VerifyPresenter(self._services, jobs, self)
        self.verify = VerifyPage(self._verify_presenter, words)
        self.contacts = ContactsPage(self._services, jobs, words)
        for name, page in (
            (CASES, self.cases),
            (CONTACTS, self.contacts),
            (LAW, self.law),
            (SETTINGS, self.settings),
            (VERIFY, self.verify),
        ):
            window.add_page(name, page)
        self._journal_watch = JournalWatch(desk, jobs, messages, self)
        self._journal_watch.look()
        self._session_end = SessionEnd(window, self.flow)
        self._connect()

    def close(self) -> None:
        """Let go of the microphone, of authorities that are being asked, and of sounds that are read."""
        self._services.end_studies()
        self._sounds.close()
        self._services.stop_listening()
        self._services.close_stamping()

    @Slot(str)
    def page_shown(self, name: str) -> None:
        """A page came into sight."""
        if name != CASES:
            self.cases.player_presenter.pause()
        if name == CASES:
            self.cases.refresh()
        elif name == CONTACTS:
            self.contacts.refresh()
        elif name == LAW:
            self._law_presenter.refresh()
        elif name == SETTINGS:
            self._settings_presenter.refresh()

    @Slot(str)
    def recording_finished(self, case_id: str) -> None:
        """The recording is sealed: show its case."""
        self.cases.set_recording(False)
        self.verify.set_recording(False)
        self.law.set_recording(False)
        self._window.show_page(CASES)
        self.cases.show_case(case_id)
        self._jobs.run(
            partial(self._services.keep_judgements, case_id), success=self._judged, failure=self._not_judged
        )

    def _judged(self, _nothing: None) -> None:
        self.cases.review_presenter.refresh()

    def _not_judged(self, _error: Known) -> None:
        """The export looks once more, and says so if the journal takes nothing."""

    @Slot(object)
    def recording_began(self, _live: object) -> None:
        """No dialogs from now on."""
        self.cases.set_recording(True)
        self.verify.set_recording(True)
        self.law.set_recording(True)

    @Slot(object)
    def check_folder(self, path: Path) -> None:
        """Look at a case folder layer by layer."""
        self._window.show_page(VERIFY)
        self._verify_presenter.check(path)

    @Slot()
    def show_verify(self) -> None:
        """The user wants to choose a case folder to check."""
        self._window.show_page(VERIFY)

    @Slot()
    def leave_verify(self) -> None:
        """Back from checking."""
        self._window.show_page(CASES)

    @Slot(str)
    def language_chosen(self, chosen: str) -> None:
        """Another language, at once."""
        if chosen == "zh":
            self._words.set_language("zh")
        else:
            self._words.set_language("en" if chosen == "en" else system_language())

    @Slot(str)
    def mode_chosen(self, mode: str) -> None:
        """Visit or call, also next time."""
        self._services.save_settings(replace(self._services.settings(), mode=mode))

    @Slot(str)
    def source_chosen(self, source: str) -> None:
        """This microphone, also next time."""
        self._services.save_settings(replace(self._services.settings(), source=source))

    @Slot(str)
    def far_source_chosen(self, source: str) -> None:
        """Where the other side of a call is heard, also next time."""
        self._services.save_settings(replace(self._services.settings(), far_source=source))

    @Slot(str, str)
    def places_chosen(self, here: str, there: str) -> None:
        """Where both sides are, also next time."""
        self._services.save_settings(replace(self._services.settings(), place_here=here, place_there=there))

    @Slot()
    def show_welcome(self) -> None:
        """The first steps again."""
        self.welcome.open()
        self._window.show_page(RECORD)

    @Slot()
    def practice_deleted(self) -> None:
        """What was said about it no longer holds."""
        self._messages.withdraw(PRACTICE)

    def _connect(self) -> None:
        self._window.page_shown.connect(self.page_shown)
        self.flow.finished.connect(self.recording_finished)
        self.flow.record.began.connect(self.recording_began)
        self.flow.mode_chosen.connect(self.mode_chosen)
        self.flow.source_chosen.connect(self.source_chosen)
        self.flow.far_source_chosen.connect(self.far_source_chosen)
        self.flow.places_chosen.connect(self.places_chosen)
        self.flow.record.began.connect(self.welcome.recording_began)
        self.welcome.language_chosen.connect(self.language_chosen)
        self.welcome.packs_chosen.connect(self.flow.record.read_rules)
        self._law_presenter.packs_chosen.connect(self.flow.record.read_rules)
        self._law_presenter.packs_chosen.connect(self.welcome.show_choices)
        self.settings.welcome_clicked.connect(self.show_welcome)
        self.cases.case_deleted.connect(self.practice_deleted)
        self.cases.check_wanted.connect(self.check_folder)
        self.settings.check_clicked.connect(self.show_verify)
        self.verify.back_clicked.connect(self.leave_verify)
        self._settings_presenter.language_chosen.connect(self.language_chosen)
        self._settings_presenter.theme_chosen.connect(self._theme.choose)
        self._settings_presenter.source_chosen.connect(self.flow.record.choose_source)
