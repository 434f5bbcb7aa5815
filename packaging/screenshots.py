"""Pictures of every page for docs/: the real window, a real sound server, a visit of some seconds.

    python packaging/screenshots.py docs/screenshots

Needs PulseAudio; draws off screen. 1280x800 in both languages, light and dark, and 960x640 in light.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The keyring of whoever runs this is left alone.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from evidencedesk.app.pages import Pages
from evidencedesk.app.services import OpenedDesk
from evidencedesk.domain.case import Document, Shown, Verdict
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.cases.handover.presenter import Step
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.shell.main_window import CASES, LAW, RECORD, SETTINGS, MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Language
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from fakes.sound_server import PrivateSoundServer

LARGE, SMALL = QSize(1280, 800), QSize(960, 640)
VISIT_S = 14
PATIENCE_S = 40.0

TEXTS: dict[Language, dict[str, str]] = {
    "zh": {
        "case": "来分期",
        "creditor": "某某消费金融有限公司",
        "knock": "两名男子敲门,自称来分期委托",
        "papers": '说"证件在车里"',
        "sum": "称欠款 18,600 元,未给明细",
        "name": "张某",
        "firm": "某某信用管理有限公司",
    },
    "en": {
        "case": "Instalment platform",
        "creditor": "A consumer finance company",
        "knock": "Two men knock and say the platform sent them",
        "papers": "He says the papers are in the car",
        "sum": "They claim 18,600 yuan and show no bill",
        "name": "Mr Zhang",
        "firm": "A credit management firm",
    },
}


def until(what: str, condition: Callable[[], object]) -> None:
    """Let the window live until something is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"did not happen: {what}")
        QTest.qWait(30)


def scroll_to(part: QWidget) -> None:
    """Bring the top of a part to the top of its page."""
    parent = part.parentWidget()
    while parent is not None and not isinstance(parent, VerticalScroll):
        parent = parent.parentWidget()
    if isinstance(parent, VerticalScroll):
        top = part.mapTo(parent.body, part.rect().topLeft()).y()
        parent.verticalScrollBar().setValue(top - 12)


class Photographer:
    """Takes a page in all its forms."""

    def __init__(self, folder: Path, theme: Theme, language: Language) -> None:
        self._folder = folder
        self._theme = theme
        self._language = language

    def take(self, window: MainWindow, name: str, part: QWidget | None = None) -> None:
        """Light, dark and small; scrolled to a ``part`` of the page, if one is named."""
        for shade, size in (("light", LARGE), ("dark", LARGE), ("light", SMALL)):
            self._theme.choose(shade)
            window.resize(size)
            QTest.qWait(250)
            if part is not None:
                scroll_to(part)
                QTest.qWait(100)
            kind = f"{self._language}-{shade}-{size.width()}x{size.height()}"
            path = self._folder / f"{name}-{kind}.png"
            window.grab().save(str(path))
            # 256 well-chosen colours look the same on a flat page, at a third of the size.
            with Image.open(path) as picture:
                picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        self._theme.choose("light")
        window.resize(LARGE)


def main() -> None:
    """All pages in both languages."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, PrivateSoundServer(Path(scratch)) as server:
        os.environ.update(server.env)
        os.environ["XDG_CONFIG_HOME"] = scratch
        application = QApplication([])
        theme = Theme(application, "light")
        languages: tuple[Language, ...] = ("zh", "en")
        for language in languages:
            words = UiWords(language, resource("locale"))
            with server.playing():
                one_language(Path(scratch) / language, words, theme, Photographer(folder, theme, language))


def one_language(place: Path, words: UiWords, theme: Theme, photographer: Photographer) -> None:
    """The pages from the first look to the checked folder."""
    texts = TEXTS[words.language]
    messages = Messages()
    window = MainWindow(words, messages)
    opened = OpenedDesk(place / "library", SystemClock())
    open_case(opened.desk, texts["case"], texts["creditor"], "LFQ-2024-0831")
    with Jobs("jobs") as jobs, Jobs("begin") as begin:
        pages = Pages(window, opened.desk, words, messages, theme, jobs, begin, Settings())
        window.show()
        until("the microphone is heard", window.record_page.button.isEnabled)
        QTest.qWait(1500)
        photographer.take(window, "record")
        pages.flow.record.choose_mode("call")
        QTest.qWait(500)
        photographer.take(window, "record-call")
        pages.flow.record.choose_mode("visit")
        visit(window, pages, texts, photographer)
        until("the case is shown", pages.cases.review.export_button.isVisible)
        QTest.qWait(1500)
        photographer.take(window, "case")
        hand_over(window, pages, place, photographer)
        case_id = opened.desk.store.cases()[0].case.id
        exported = export_case(opened.desk, case_id, place / "case-folder", words.words)
        pages.check_folder(exported.path)
        QTest.qWait(3000)
        photographer.take(window, "verify")
        pages.cases.show_list()
        for name in (CASES, LAW, SETTINGS):
            window.show_page(name)
            QTest.qWait(700)
            photographer.take(window, name)
        photographer.take(window, "settings-signature", pages.settings.key)
        window.show_page(RECORD)
        pages.close()
        window.close()
    opened.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


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
    presenter.close()


def visit(window: MainWindow, pages: Pages, texts: dict[str, str], photographer: Photographer) -> None:
    """Record, write, tick, fill in the card, stop."""
    pages.flow.start()
    until("recording", lambda: window.recording)
    page = window.findChild(EncounterPage)
    if page is None:
        raise SystemExit("no encounter page")
    QTest.qWait(1000)
    write(page, texts["knock"])
    QTest.qWait(2000)
    page.notes.chips["refused-documents"].click()
    write(page, texts["papers"])
    for name, text in (("name", texts["name"]), ("organisation", texts["firm"]), ("phone", "138 0000 0000")):
        page.people.fields[name].setText(text)
        page.people.fields[name].textEdited.emit(text)
        page.people.fields[name].editingFinished.emit()
    page.people.papers[Document.WORK_ID].buttons[Shown.REFUSED.value].click()
    QTest.qWait(3000)
    page.checklist.rows["shows-authorisation"].buttons.buttons[Verdict.KEPT.value].click()
    write(page, texts["sum"])
    until("some seconds are recorded", lambda: page.bar.time.text() >= f"00:00:{VISIT_S:02}")
    photographer.take(window, "encounter")
    page.bar.stop.click()
    until("sealed", lambda: not window.recording)


def write(page: EncounterPage, text: str) -> None:
    """One note."""
    page.notes.input.setText(text)
    page.notes.enter()


if __name__ == "__main__":
    main()
