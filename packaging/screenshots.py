"""Pictures for docs/: the real window, a real sound server, a visit of some seconds.

    python packaging/screenshots.py docs/screenshots docs/guide

Needs PulseAudio; draws off screen. Every page 1280x800 in both languages, light and dark, and 960x640 in
light; for the tour one picture for each step.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The keyring of whoever runs this is left alone.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from pictures.desk import Stage, after_the_visit
from pictures.history import weeks_before
from pictures.photographer import Photographer, until
from pictures.texts import TEXTS
from pictures.visit import practice, visit
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidencedesk.app.pages import ABOUT, Pages
from evidencedesk.app.services import OpenedDesk
from evidencedesk.domain.case import Case
from evidencedesk.domain.vault import OpenedBy
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.cases.handover.presenter import Step
from evidencedesk.ui.law.presenter import View
from evidencedesk.ui.lock.page import LockPage
from evidencedesk.ui.lock.presenter import LockState
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.settings.setting import Group
from evidencedesk.ui.settings.vault_presenter import VaultAsks
from evidencedesk.ui.shell.main_window import CASES, CONTACTS, HELP, LAW, RECORD, SETTINGS, MainWindow
from evidencedesk.ui.start.state import Step as FirstStep
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Language
from evidencedesk.workflows.export_case import export_case
from fakes.sound_server import PrivateSoundServer

_EVENING = 21 * 60  # the visitors come a little late, whenever this runs
_AN_HOUR, _A_QUARTER, _NEARLY_OVER = 60, 15, 45


def main() -> None:
    """All pages in both languages."""
    folders = [Path(argument) for argument in sys.argv[1:3]]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, PrivateSoundServer(Path(scratch)) as server:
        os.environ.update(server.env)
        os.environ["XDG_CONFIG_HOME"] = scratch
        application = QApplication([])
        theme = Theme(application, "light")
        languages: tuple[Language, ...] = ("zh", "en")
        for language in languages:
            _make_it_evening()
            words = UiWords(language, resource("locale"))
            photographer = Photographer(folders[0], folders[-1], theme, language)
            with server.playing():
                one_language(Path(scratch) / language, words, theme, photographer)


def one_language(place: Path, words: UiWords, theme: Theme, photographer: Photographer) -> None:
    """The pages from the first look to the checked folder."""
    texts = TEXTS[words.language]
    messages = Messages()
    window = MainWindow(words, messages)
    opened = OpenedDesk(place / "library", SystemClock())
    case = weeks_before(opened.desk, texts)
    with Jobs("jobs") as jobs, Jobs("begin") as begin:
        pages = Pages(window, opened.desk, words, messages, theme, jobs, begin, Settings())
        window.show()
        until("the microphone is heard", window.record_page.button.isEnabled)
        QTest.qWait(1500)
        first_steps(window, pages, photographer)
        waiting(window, pages, photographer)
        practice(window, pages, photographer)
        window.show_page(RECORD)
        pages.flow.record.choose_case(case.id)
        contacts(window, pages, case, photographer)
        window.show_page(RECORD)
        visit(window, pages, texts, place, photographer)
        afterwards(window, pages, photographer)
        after_the_visit(Stage(window, pages, opened.desk, case, texts, photographer), place)
        hand_over(window, pages, place, photographer)
        exported = export_case(opened.desk, case.id, place / "case-folder", words.words)
        pages.check_folder(exported.path)
        QTest.qWait(3000)
        photographer.take(window, "verify")
        pages.cases.show_list()
        for name in (CASES, SETTINGS, HELP, ABOUT):
            window.show_page(name)
            photographer.show(window)
            photographer.take(window, name)
        locked_and_large(window, pages, theme, words, photographer)
        if pages.settings.key is not None:
            pages.settings.show_section(pages.settings.key)
            photographer.take(window, "settings-signature", pages.settings.key)
        if pages.settings.whole is not None:
            pages.settings.show_section(pages.settings.whole)
            photographer.take(window, "settings-library", pages.settings.whole)
            photographer.step(window, "backup", pages.settings.whole)
        law(window, pages, photographer)
        window.show_page(RECORD)
        pages.close()
        window.close()
    opened.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def first_steps(window: MainWindow, pages: Pages, photographer: Photographer) -> None:
    """What somebody sees who starts the program for the first time."""
    pages.show_welcome()
    QTest.qWait(500)
    photographer.take(window, "welcome")
    photographer.step(window, "welcome")
    for step in (FirstStep.MICROPHONE, FirstStep.CHOICES):
        window.record_page.welcome.show_step(step)
        QTest.qWait(500)
        photographer.take(window, f"welcome-{step.value}")
    window.record_page.welcome.done.emit()
    QTest.qWait(300)


def waiting(window: MainWindow, pages: Pages, photographer: Photographer) -> None:
    """The red button, and the list of what to do before."""
    page, record = window.record_page, pages.flow.record
    for item in ("call-platform-hotline", "sms-1068-received", "stay-calm"):
        record.set_done(item, done=True)
    QTest.qWait(300)
    photographer.take(window, "record")
    photographer.step(window, "red-button")
    photographer.step(window, "before", page.preparations)
    record.choose_mode("call")
    QTest.qWait(500)
    photographer.take(window, "record-call")
    record.choose_mode("visit")


def contacts(window: MainWindow, pages: Pages, case: Case, photographer: Photographer) -> None:
    """The log of contacts, and the message that announced the visit."""
    window.show_page(CONTACTS)
    page = pages.contacts
    page.presenter.choose_case(case.id)
    until("the contacts are judged", lambda: page.presenter.state.findings.breaches)
    photographer.show(window)
    photographer.take(window, "contacts")
    photographer.step(window, "contacts")
    photographer.step(window, "contact-buttons", page.buttons)
    file = page.presenter.state.case_file
    announced = [one.id for one in (file.contacts if file else ()) if one.details.announces]
    page.presenter.choose(announced[0])
    QTest.qWait(300)
    photographer.take(window, "contacts-sms")
    photographer.step(window, "sms", page.editor)
    page.presenter.choose("")


def afterwards(window: MainWindow, pages: Pages, photographer: Photographer) -> None:
    """The case page: this encounter, then the whole case."""
    review = pages.cases.review
    until("the case is shown", review.export_button.isVisible)
    QTest.qWait(1500)
    photographer.take(window, "case")
    photographer.step(window, "after")
    pages.cases.review_presenter.show_whole_case(True)
    QTest.qWait(500)
    bar = review.timeline.table.verticalScrollBar()
    bar.setValue(bar.maximum() * 3 // 4)
    photographer.take(window, "case-whole", review.timeline)
    photographer.step(window, "timeline", review.timeline)
    review.show_steps("")
    steps = review.sections.section("steps")
    until("the steps are shown", steps.isVisible)
    QTest.qWait(500)
    photographer.take(window, "case-deadlines", steps)
    review.sections.choose("timeline")
    photographer.take(window, "case-rules", review.side.results)
    photographer.step(window, "rules", review.side.results)
    pages.cases.review_presenter.show_whole_case(False)


def hand_over(window: MainWindow, pages: Pages, place: Path, photographer: Photographer) -> None:
    """Export from the panel: asking, and what came of it."""
    presenter = pages.cases.handover_presenter
    pages.cases.review.export_button.click()
    presenter.choose_place(place)
    QTest.qWait(500)
    photographer.take(window, "handover-ask")
    pages.cases.review.panel.asking.begin_button.click()
    until("the folder is written", lambda: presenter.state.step is Step.DONE)
    photographer.take(window, "handover", pages.cases.review.panel)
    photographer.step(window, "handover", pages.cases.review.panel)
    presenter.close()


def locked_and_large(
    window: MainWindow, pages: Pages, theme: Theme, words: UiWords, photographer: Photographer
) -> None:
    """The lock in the settings, the page before a locked library, and text at twice its size."""
    window.show_page(SETTINGS)
    pages.settings.show_group(Group.SECURITY)
    pages.vault.ask(VaultAsks.SET_UP)
    photographer.show(window)
    photographer.take(window, "settings-security")
    pages.vault.ask(VaultAsks.NOTHING)
    pages.settings.show_group(Group.GENERAL)
    door = LockPage(words)
    window.cover(door)
    door.render(LockState(opened_by=frozenset({OpenedBy.PASSPHRASE, OpenedBy.RECOVERY})))
    photographer.show(window)
    photographer.take(window, "lock")
    window.uncover()
    door.deleteLater()
    theme.choose_text_size("200")
    for name in (RECORD, CASES, SETTINGS):
        window.show_page(name)
        photographer.show(window)
        photographer.take(window, f"{name}-text-200")
    theme.choose_text_size("100")


def law(window: MainWindow, pages: Pages, photographer: Photographer) -> None:
    """The rules, and what else the page tells."""
    window.show_page(LAW)
    for view in View:
        pages.law.views.clicked.emit(view.value)
        photographer.show(window)
        name = LAW if view is View.ITEMS else f"{LAW}-{view.value}"
        photographer.take(window, name)
        if view in (View.DEADLINES, View.CAUTIONS):
            photographer.step(window, view.value)


def _make_it_evening() -> None:
    """Local time is between nine and ten, so that the hours of the article and of the standard differ."""
    now = time.gmtime()
    ahead = _EVENING - now.tm_hour * _AN_HOUR
    if now.tm_min > _NEARLY_OVER:
        ahead -= now.tm_min // _A_QUARTER * _A_QUARTER
    ahead = (ahead + 720) % 1440 - 720
    hours, minutes = divmod(abs(ahead), 60)
    sign = "-" if ahead > 0 else "+"  # POSIX counts westwards
    os.environ["TZ"] = f"LOCAL{sign}{hours:02}:{minutes:02}"
    time.tzset()


if __name__ == "__main__":
    main()
