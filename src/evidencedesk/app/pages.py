"""Makes the pages and joins them: which click on one leads to which other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from evidencedesk.app.about_services import AboutDetails
from evidencedesk.app.journal_watch import JournalWatch
from evidencedesk.app.key_care import KeyCare
from evidencedesk.app.last_view import LastView, View
from evidencedesk.app.pack_shelf import PackShelf
from evidencedesk.app.services import Services
from evidencedesk.app.session_end import SessionEnd
from evidencedesk.app.start_again import start_program
from evidencedesk.app.vault_services import VaultOnDesk
from evidencedesk.capture.remote import RunningCapture
from evidencedesk.domain.errors import Known
from evidencedesk.domain.search import SearchHit, SearchKind
from evidencedesk.system.places import config_file
from evidencedesk.system.settings import Settings
from evidencedesk.ui.about.page import AboutPage
from evidencedesk.ui.about.presenter import AboutPresenter
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.contacts.page import ContactsPage
from evidencedesk.ui.help.page import HelpPage
from evidencedesk.ui.help.presenter import HelpPresenter
from evidencedesk.ui.kit.announce import announce
from evidencedesk.ui.law.page import LawPage
from evidencedesk.ui.law.presenter import LawPresenter
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.search.page import SearchPage
from evidencedesk.ui.search.presenter import SearchPresenter
from evidencedesk.ui.settings.key_presenter import KeyPresenter
from evidencedesk.ui.settings.library_presenter import LibraryPresenter
from evidencedesk.ui.settings.page import SettingsPage
from evidencedesk.ui.settings.presenter import SettingsPresenter
from evidencedesk.ui.settings.setting import Group
from evidencedesk.ui.settings.speech_presenter import SpeechPresenter
from evidencedesk.ui.settings.time_presenter import TimePresenter
from evidencedesk.ui.settings.vault_presenter import VaultPresenter
from evidencedesk.ui.shell.main_window import (
    CASES,
    CONTACTS,
    ENCOUNTER,
    HELP,
    LAW,
    RECORD,
    SEARCH,
    SETTINGS,
    MainWindow,
)
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.shell.reminders import Reminders
from evidencedesk.ui.start.practice_guide import KEY as PRACTICE
from evidencedesk.ui.start.presenter import WelcomePresenter
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.verify.page import VerifyPage
from evidencedesk.ui.verify.presenter import VerifyPresenter
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark, system_language
from evidencedesk.workflows.desk import Desk

VERIFY, ABOUT = "verify", "about"
_BROUGHT_BACK = (CASES, CONTACTS, LAW, SEARCH, SETTINGS, HELP, VERIFY, ABOUT)


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
        code: str = "",
    ) -> None:
        """``running`` are the recorders that outlived their window; ``code`` is a new recovery code."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._words = words
        self._theme = theme
        self._messages = messages
        self._jobs = jobs
        self._services = Services(desk, settings, config_file(), running)
        self.flow = RecordingFlow(window, self._services, begin, words, messages, settings, jobs)
        self._sounds = Jobs("sounds", self)
        self._search_jobs = Jobs("search", self)  # whoever types must not wait for an export
        self.last_view = LastView(desk.library, jobs, desk.store.find_case, self)
        # A thread of its own: a library takes as long to be sealed as its disk takes to be written.
        self._sealer = Jobs("vault", self)
        self.vault = VaultPresenter(
            VaultOnDesk(desk, self._services.settings, self._services.save_settings),
            jobs,
            self._sealer,
            messages,
            self,
            code=code,
        )
        self._session_end = SessionEnd(window, self.flow)
        window.page_shown.connect(self.page_shown)
        self.flow.finished.connect(self.recording_finished)
        self.flow.record.began.connect(self.recording_began)
        self.flow.mode_chosen.connect(self.mode_chosen)
        self.flow.source_chosen.connect(self.source_chosen)
        self.flow.far_source_chosen.connect(self.far_source_chosen)
        self.flow.places_chosen.connect(self.places_chosen)
        # The red button works from here on. The rest is made piece by piece, with room for a click between.
        self._pieces = deque(
            (
                self._make_cases,
                self._make_contacts,
                self._make_law,
                self._make_search,
                self._make_settings,
                self._make_help,
                self._make_verify,
                self._join,
            )
        )
        self._next_piece = QTimer(self)
        self._next_piece.timeout.connect(self.make_piece)
        self._next_piece.start(0)

    @Slot()
    def make_piece(self) -> None:
        """Make the next page; after the last one they are joined."""
        if self._pieces:
            self._pieces.popleft()()
        if not self._pieces:
            self._next_piece.stop()

    def complete(self) -> None:
        """Make what is not there yet, now."""
        while self._pieces:
            self.make_piece()

    def _make_cases(self) -> None:
        self.cases = CasesPage(self._services, self._jobs, self._words, sounds=self._sounds)
        self._window.add_page(CASES, self.cases)

    def _make_contacts(self) -> None:
        self.contacts = ContactsPage(self._services, self._jobs, self._words)
        self._window.add_page(CONTACTS, self.contacts)

    def _make_law(self) -> None:
        self._shelf = PackShelf(self._desk, self._services.settings, self._services.save_settings)
        self._law_presenter = LawPresenter(self._shelf, self)
        self.law = LawPage(self._law_presenter, self._words)
        self._window.add_page(LAW, self.law)
        self.welcome = WelcomePresenter(
            self._services, self._shelf, self._window.record_page, self._messages, self
        )

    def _make_search(self) -> None:
        self.search = SearchPage(SearchPresenter(self._services, self._search_jobs, self), self._words)
        self._window.add_page(SEARCH, self.search)

    def _make_settings(self) -> None:
        self._settings_presenter = SettingsPresenter(self._services, self._jobs, self)
        self._time_presenter = TimePresenter(self._services, self._jobs, self)
        self.key_presenter = KeyPresenter(KeyCare(self._desk.key), self._jobs, self._messages, self)
        self.library = LibraryPresenter(self._services, self._jobs, self)
        self.settings = SettingsPage(
            self._settings_presenter,
            self._words,
            time=self._time_presenter,
            key=self.key_presenter,
            library=self.library,
            speech=SpeechPresenter(self._services, self._jobs, self),
            vault=self.vault,
        )
        self._window.add_page(SETTINGS, self.settings)

    def _make_help(self) -> None:
        details = AboutDetails(self._desk.app_version, self._words.language)
        self.about = AboutPage(AboutPresenter(details, self._jobs, self), self._words)
        self.help = HelpPage(HelpPresenter(self._words.language, parent=self), self._words)
        self._window.add_page(HELP, self.help)
        self._window.add_page(ABOUT, self.about)

    def _make_verify(self) -> None:
        self._verify_presenter = VerifyPresenter(self._services, self._jobs, self)
        self.verify = VerifyPage(self._verify_presenter, self._words)
        self._window.add_page(VERIFY, self.verify)

    def _join(self) -> None:
        self._journal_watch = JournalWatch(self._desk, self._jobs, self._messages, self)
        self._journal_watch.look()
        self.reminders = Reminders(
            self._services, self._jobs, self._words, self._messages, self._window.tray, self
        )
        self._connect()
        self.reminders.start()
        self.last_view.found.connect(self.bring_back)
        self.last_view.ready.connect(self.remember_views)
        self.last_view.look()
        if self.flow.encounter is not None:
            self.recording_began(None)
        self.vault.begin()

    def close(self) -> None:
        """Let go of the microphone, of authorities, and of searches, sounds and transcripts on their way."""
        self._next_piece.stop()
        self.flow.record.end()
        self.vault.end()
        self._sealer.close()
        if not self._pieces:
            self.cases.review.end()
        self._search_jobs.close()
        self._services.end_studies()
        self._sounds.close()
        self._services.stop_listening()
        self._services.close_stamping()
        self._services.close_transcripts()

    def let_go(self) -> None:
        """The library is being locked: nothing of this is to be left, and nothing to be told any more."""
        for part in (self._session_end, self.flow, self):
            part.deleteLater()

    @property
    def chosen(self) -> Settings:
        """The settings as they are now."""
        return self._services.settings()

    @property
    def view(self) -> tuple[str, str]:
        """The page in sight, and the case that is open."""
        case_file = None if self._pieces else self.cases.review_presenter.state.case_file
        return self._window.page, "" if case_file is None else case_file.case.id

    def show_view(self, view: tuple[str, str]) -> None:
        """The same again, after the library was locked."""
        page, case_id = view
        self.complete()
        if case_id:
            self.cases.show_case(case_id)
        self._window.show_page(page)

    def show_lock(self) -> None:
        """The library has got or lost its lock: a new code, and what is still to be done, must be seen."""
        self.complete()
        self._window.show_page(SETTINGS)
        self.settings.show_group(Group.SECURITY)

    @Slot(str)
    def page_shown(self, name: str) -> None:
        """A page came into sight."""
        if name in (RECORD, ENCOUNTER) and self._pieces:
            return
        self.complete()
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
            self.library.refresh()
        elif name == SEARCH:
            case_file = self.cases.review_presenter.state.case_file
            self.search.presenter.offer_case(None if case_file is None else case_file.case)
            self.search.presenter.ask_now()
            self.search.take_focus()

    @Slot(object)
    def bring_back(self, view: View) -> None:
        """The last window was not closed: show what was open in it, unless somebody is busy already."""
        if self._window.recording or self._window.page != RECORD or view.page not in _BROUGHT_BACK:
            return
        self._window.show_page(view.page)
        if view.page == CASES and view.case:
            self.cases.show_case(view.case)
        self._messages.show_info(
            mark("The program ended last time without being closed. Here is what was open then.")
        )

    @Slot()
    def remember_views(self) -> None:
        """From now on each page that is shown counts as open, until the window is closed."""
        self._window.page_shown.connect(self.last_view.page_shown)
        self.cases.case_opened.connect(self.last_view.case_shown)
        self.cases.currentChanged.connect(self.cases_turned)
        self.last_view.page_shown(self._window.page)
        if self.cases.review_presenter.state.case_file is not None:
            self.last_view.case_shown(self.cases.review_presenter.state.case_file.case.id)

    @Slot()
    def cases_turned(self) -> None:
        """Back to the list of all cases: none is open."""
        if self.cases.currentWidget() is self.cases.overview:
            self.last_view.case_shown("")

    @Slot(object)
    def show_hit(self, hit: SearchHit) -> None:
        """Show what was found in its place."""
        found = hit.found
        if found.kind is SearchKind.CONTACT:
            self._window.show_page(CONTACTS)
            self.contacts.show_contact(found.case, found.id)
        else:
            self._window.show_page(CASES)
            self.cases.show_hit(found)

    @Slot(str)
    def recording_finished(self, case_id: str) -> None:
        """The recording is sealed: show its case."""
        self.complete()
        announce(self._window, self._words.text("The recording is saved."))
        self.reminders.set_recording(running=False)
        self.cases.set_recording(False)
        self.library.set_recording(False)
        self.vault.set_recording(running=False)
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
    def recording_began(self, live: object) -> None:
        """No dialogs from now on."""
        if self._pieces:
            return  # said to all pages as soon as they are there; the encounter must be seen first
        self.welcome.recording_began(live)
        self.reminders.set_recording(running=True)
        self.cases.set_recording(True)
        self.library.set_recording(True)
        self.vault.set_recording(running=True)
        self.verify.set_recording(True)
        self.law.set_recording(True)

    @Slot(str, str)
    def show_step(self, case_id: str, step: str) -> None:
        """A reminder leads to its step."""
        self._window.show_page(CASES)
        self.cases.show_case(case_id)
        self.cases.review.show_steps(step)

    @Slot(int)
    def count_reminders(self, count: int) -> None:
        """How many steps have had their day come, on the way to the cases."""
        spoken = self._words.plural("{n} step is due", "{n} steps are due", count) if count else ""
        self._window.rail.set_count(CASES, count, spoken)

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
    def show_about(self) -> None:
        """The user wants to know what the program is made of."""
        self._window.show_page(ABOUT)

    @Slot()
    def leave_about(self) -> None:
        """Back from there."""
        self._window.show_page(SETTINGS)

    @Slot(str)
    def show_help(self, topic: str) -> None:
        """A question mark was pressed."""
        self.help.presenter.show(topic)
        self._window.show_page(HELP)

    @Slot(str)
    def open_address(self, address: str) -> None:
        """The reader of the help wants an address opened in the browser."""
        QDesktopServices.openUrl(QUrl(address))

    @Slot()
    def show_welcome(self) -> None:
        """The first steps again."""
        self.welcome.open()
        self._window.show_page(RECORD)

    @Slot()
    def practice_deleted(self) -> None:
        """What was said about it no longer holds."""
        self._messages.withdraw(PRACTICE)

    @Slot()
    def start_again(self) -> None:
        """Another library is remembered: a new window opens it, and this one goes."""
        start_program()
        QCoreApplication.quit()

    def _connect(self) -> None:
        self.library.restart_wanted.connect(self.start_again)
        self.cases.overview_presenter.cases_changed.connect(self.library.refresh)
        self.search.presenter.hit_chosen.connect(self.show_hit)
        self.welcome.language_chosen.connect(self.language_chosen)
        self.welcome.packs_chosen.connect(self.flow.record.read_rules)
        self._law_presenter.packs_chosen.connect(self.flow.record.read_rules)
        self._law_presenter.packs_chosen.connect(self.welcome.show_choices)
        self.reminders.open_wanted.connect(self.show_step)
        self.reminders.count_changed.connect(self.count_reminders)
        self.reminders.changed.connect(self.cases.refresh)
        self.cases.review_presenter.case_changed.connect(self.reminders.look)
        self.settings.welcome_clicked.connect(self.show_welcome)
        self.cases.case_deleted.connect(self.practice_deleted)
        self.cases.check_wanted.connect(self.check_folder)
        self.settings.check_clicked.connect(self.show_verify)
        self.settings.about_clicked.connect(self.show_about)
        self.about.back_clicked.connect(self.leave_about)
        self._window.help_wanted.connect(self.show_help)
        self.help.presenter.address_opened.connect(self.open_address)
        self.verify.back_clicked.connect(self.leave_verify)
        self._settings_presenter.language_chosen.connect(self.language_chosen)
        self._settings_presenter.theme_chosen.connect(self._theme.choose)
        self._settings_presenter.text_size_chosen.connect(self._theme.choose_text_size)
        self._settings_presenter.motion_chosen.connect(self._theme.choose_motion)
        self._settings_presenter.source_chosen.connect(self.flow.record.choose_source)
