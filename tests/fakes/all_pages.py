"""Every page in the real window, with something on it: what the tests of accessibility walk over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.vault import VaultState
from evidencedesk.ui.about.page import AboutPage
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.sections.registry import SECTIONS, TIMELINE
from evidencedesk.ui.contacts.page import ContactsPage
from evidencedesk.ui.help.page import HelpPage
from evidencedesk.ui.law.page import LawPage
from evidencedesk.ui.lock.neutral_page import NeutralPage
from evidencedesk.ui.lock.page import LockPage
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.search.page import SearchPage
from evidencedesk.ui.settings.key_presenter import KeyPresenter
from evidencedesk.ui.settings.library_presenter import LibraryPresenter
from evidencedesk.ui.settings.page import SettingsPage
from evidencedesk.ui.settings.presenter import SettingsPresenter
from evidencedesk.ui.settings.setting import Group
from evidencedesk.ui.settings.time_presenter import TimePresenter
from evidencedesk.ui.settings.vault_presenter import VaultAsks, VaultPresenter
from evidencedesk.ui.shell.main_window import CASES, CONTACTS, HELP, LAW, SEARCH, SETTINGS, MainWindow
from evidencedesk.ui.theme.icons import neutral_icon
from evidencedesk.ui.verify.page import VerifyPage
from evidencedesk.ui.words import UiWords
from fakes.debt_stories import with_debt
from fakes.desk_library import FakeWholeLibrary
from fakes.settings_stage import FakeTimeServices
from fakes.ui_keys import FakeKey
from fakes.ui_more_services import (
    FakeCaseServices,
    FakeFileChoice,
    FakeSettingsServices,
    example_case_file,
    moment,
)
from fakes.ui_services import InstantRunner
from fakes.ui_vault import CODE, FakeVault, WaitingRunner, locked
from samples.documents_case import documents_services
from ui import (
    render_contacts,
    render_documents,
    render_help,
    render_lock,
    render_more_pages,
    render_pages,
    render_player,
    render_search,
)

Make = Callable[[UiWords, Path], MainWindow]
VERIFY, ABOUT = "verify", "about"
_PLACES = ((CasesPage, CASES), (ContactsPage, CONTACTS), (LawPage, LAW), (SettingsPage, SETTINGS))
_PLACES_MORE = ((SearchPage, SEARCH), (VerifyPage, VERIFY), (HelpPage, HELP), (AboutPage, ABOUT))


def in_window(words: UiWords, page: QWidget) -> MainWindow:
    """Put a page into a window and show it there."""
    if isinstance(page, MainWindow):
        return page
    window = MainWindow(words, Messages())
    name = next(name for kind, name in (*_PLACES, *_PLACES_MORE) if isinstance(page, kind))
    window.add_page(name, page)
    window.show_page(name)
    for button in window.rail.buttons.values():
        button.setEnabled(True)
    return window


def section(name: str, words: UiWords, _place: Path) -> MainWindow:
    """One of the pages of a case."""
    file: CaseFile = with_debt(example_case_file(), moment())
    page = CasesPage(FakeCaseServices(file), InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.show_case(file.case.id)
    page.review.sections.choose(name)
    return in_window(words, page)


def whole_settings(words: UiWords, _place: Path) -> MainWindow:
    """The settings with all their cards."""
    runner = InstantRunner()
    page = SettingsPage(
        SettingsPresenter(FakeSettingsServices(), runner),
        words,
        FakeFileChoice(),
        time=TimePresenter(FakeTimeServices(), runner),
        key=KeyPresenter(FakeKey(), runner, Messages()),
        library=LibraryPresenter(FakeWholeLibrary(), runner),
    )
    page.refresh()
    return in_window(words, page)


def settings_of_lock(
    stands: VaultState | None, asking: VaultAsks, words: UiWords, _place: Path
) -> MainWindow:
    """The group of the lock: how it stands, and what the card asks for."""
    code = CODE if stands is VaultState.SEALING and asking is VaultAsks.NOTHING else ""
    facts = None if stands is None else locked(stands)
    vault = VaultPresenter(FakeVault(facts), InstantRunner(), WaitingRunner(), Messages(), code=code)
    page = SettingsPage(
        SettingsPresenter(FakeSettingsServices(), InstantRunner()), words, FakeFileChoice(), vault=vault
    )
    page.refresh()
    page.show_group(Group.SECURITY)
    vault.begin()
    vault.ask(asking)
    return in_window(words, page)


def door(name: str, words: UiWords, _place: Path) -> MainWindow:
    """The page before a locked library, over the window."""
    window = MainWindow(words, Messages())
    page = LockPage(words)
    window.cover(page)
    page.render(render_lock.DOORS[name])
    return window


def hidden(words: UiWords, _place: Path) -> MainWindow:
    """The empty sheet that hides it."""
    window = MainWindow(words, Messages())
    window.cover(NeutralPage(words), words.text("Notes"), neutral_icon())
    return window


def _staged(name: str, words: UiWords, _place: Path) -> MainWindow:
    return render_pages.SCENES[name](words).window


def _page(make: Callable[[UiWords], QWidget], words: UiWords, _place: Path) -> MainWindow:
    return in_window(words, make(words))


def _documents(scene: Callable[[render_documents.Stage], None], words: UiWords, place: Path) -> MainWindow:
    stage = render_documents.Stage(words, documents_services(place))
    scene(stage)
    return in_window(words, stage.page)


_MORE = tuple(make for make in render_more_pages.PAGES if not make.__name__.startswith("key"))

PAGES: dict[str, Make] = {
    **{f"record/{name}": partial(_staged, name) for name in render_pages.SCENES},
    **{f"case/{name}": partial(section, name) for name in (TIMELINE, *(one.name for one in SECTIONS))},
    **{f"more/{make.__name__}": partial(_page, make) for make in _MORE},
    **{f"documents/{scene.__name__}": partial(_documents, scene) for scene in render_documents.SCENES},
    **{f"contacts/{make.__name__}": partial(_page, make) for make in render_contacts.PAGES},
    **{
        f"player/{make.__name__}": partial(_page, make)
        for make in (render_player.call, render_player.recording)
    },
    **{f"search/{make.__name__}": partial(_page, make) for make in render_search.PAGES},
    "settings": whole_settings,
    **{f"help/{name}": partial(_page, make) for name, make in render_help.PAGES.items()},
    **{
        f"lock/settings-{name}": partial(settings_of_lock, stands, asking)
        for name, stands, asking in (
            ("none", None, VaultAsks.NOTHING),
            ("set-up", None, VaultAsks.SET_UP),
            ("code", VaultState.SEALING, VaultAsks.NOTHING),
            ("sealed", VaultState.SEALED, VaultAsks.NOTHING),
            ("change", VaultState.SEALED, VaultAsks.CHANGE),
            ("give-up", VaultState.SEALED, VaultAsks.GIVE_UP),
            ("unsealing", VaultState.UNSEALING, VaultAsks.NOTHING),
        )
    },
    **{f"lock/{name}": partial(door, name) for name in render_lock.DOORS},
    "lock/hidden": hidden,
}
# One of each kind: what a test that takes its time walks over.
ONE_OF_EACH = (
    "record/record",
    "record/welcome",
    "record/welcome-choices",
    "record/error",
    "record/encounter",
    "record/encounter-call",
    "record/encounter-alarm",
    "case/timeline",
    *(f"case/{one.name}" for one in SECTIONS),
    "more/cases",
    "more/new_case",
    "more/export_ask",
    "more/redacting",
    "more/law",
    "more/law_packs",
    "more/verify_faults",
    "contacts/contacts",
    "contacts/contacts_editor",
    "contacts/contacts_import",
    "search/hits",
    "settings",
    "help/settings-recording",
    "help/settings-speech",
    "help/settings-proof",
    "help/settings-library",
    "help/settings-found",
    "help/help",
    "help/help-found",
    "help/about",
    "lock/settings-none",
    "lock/settings-set-up",
    "lock/settings-code",
    "lock/settings-sealed",
    "lock/settings-change",
    "lock/door",
    "lock/door-wrong",
    "lock/door-code",
    "lock/door-recording",
    "lock/hidden",
)
