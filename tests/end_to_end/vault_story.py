"""A locked library in the real window, by clicks and keys; ``test_vault_window.py`` gives it a screen.

    python vault_story.py locked|plain LIBRARY PLACE PICTURES

Ends with 0 and prints nothing; any step that does not happen in time ends it with 1.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from evidencedesk.app import first_paint
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.lock.neutral_page import NeutralPage
from evidencedesk.ui.lock.page import LockPage
from evidencedesk.ui.settings.vault_presenter import VaultAsks
from evidencedesk.ui.settings.vault_section import VaultSection
from evidencedesk.ui.shell.main_window import CASES, SETTINGS, MainWindow
from fakes.window_hands import answer_dialog, click, until

PASSPHRASE = "four words nobody knows"  # noqa: S105
SECRET = "Two men knock, they name the platform."  # noqa: S105 - a note that must not be read


class Story:
    """The steps, in order."""

    def __init__(self, kind: str, place: Path, pictures: Path) -> None:
        self.kind = kind
        self.place = place
        self.pictures = pictures
        self.code = 1

    def tell(self) -> None:
        """Everything, then close the window."""
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        try:
            if self.kind == "locked":
                self.record_at_the_door(window)
                self.wrong_passphrase(window)
                self.unlock(window)
                self.lock_while_recording(window)
                self.hide_while_recording(window)
                self.unlock(window)
                self.stop(window)
                self.lock_without_recording(window)
                self.unlock(window)
                self.hand_over(window)
            else:
                self.set_up(window)
                self.open_by_code(window)
                self.give_up(window)
            self.code = 0
        except BaseException:  # noqa: BLE001 - the end of a test program
            traceback.print_exc()
            self.picture(window, "failed")
        QApplication.quit()

    def record_at_the_door(self, window: MainWindow) -> None:
        """The window is painted with the door shut, and one press records."""
        page = self.door(window)
        self.picture(window, "1-door")
        click(page.button)
        until("it is recorded", lambda: "00:00:02" in page.going_on.text())

    def wrong_passphrase(self, window: MainWindow) -> None:
        """Clear words, and a wait that is counted down."""
        page = self.door(window)
        QTest.keyClicks(page.passphrase.edit, "not this one")
        QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
        until("the words are there", page.fault.isVisible)
        assert "This is not the passphrase" in page.fault.text(), page.fault.text()
        assert "1 second" in page.fault.text(), page.fault.text()
        assert not page.open_button.isEnabled()
        assert page.passphrase.text == ""
        self.picture(window, "2-wrong")
        until("the next try is possible", page.open_button.isEnabled)

    def unlock(self, window: MainWindow) -> None:
        """The passphrase opens it."""
        page = self.door(window)
        QTest.keyClicks(page.passphrase.edit, PASSPHRASE)
        QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
        until("the door is open", lambda: not window.covered)

    def lock_while_recording(self, window: MainWindow) -> None:
        """What was begun at the door is on the screen; then Ctrl+L, and nothing of it can be read."""
        until("the recording is on the screen", lambda: window.recording)
        page = window.findChild(EncounterPage)
        assert isinstance(page, EncounterPage)
        until("its time is shown", lambda: page.bar.time.text() >= "00:00:03")
        page.notes.input.setFocus()
        QTest.keyClicks(page.notes.input, SECRET)
        QTest.keyClick(page.notes.input, Qt.Key.Key_Return)
        until("the note is saved and its field empty", lambda: not page.notes.input.text())
        assert any(SECRET in text for text in readable(window))
        QGuiApplication.clipboard().setText(SECRET)
        self.picture(window, "3-recording")
        window.activateWindow()  # nobody manages windows on this screen, and keys go to the active one
        until("the window is active", window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        until("the door is shut", lambda: window.covered)
        assert not [text for text in readable(window) if SECRET in text or "visit" in text.lower()]
        assert QGuiApplication.clipboard().text() == ""
        before = self.door(window).going_on.text()
        until("the recording goes on", lambda: self.door(window).going_on.text() > before)
        assert window.recording
        self.picture(window, "4-locked-while-recording")

    def hide_while_recording(self, window: MainWindow) -> None:
        """Three times Esc: another program; three times again: the door."""
        handle = window.windowHandle()
        for _ in range(3):
            QTest.keyClick(handle, Qt.Key.Key_Escape)
        until("it looks like another program", lambda: isinstance(window.centralWidget(), NeutralPage))
        assert window.windowTitle() == "Notes"
        assert not [text for text in readable(window) if "EvidenceDesk" in text or "ecord" in text]
        sheet = window.centralWidget()
        assert isinstance(sheet, NeutralPage)
        QTest.keyClicks(sheet.sheet, "milk, eggs")
        self.picture(window, "5-hidden")
        for _ in range(3):
            QTest.keyClick(handle, Qt.Key.Key_Escape)
        page = self.door(window)
        until("the door is there again", page.isVisible)
        assert "Recording goes on" in page.going_on.text()

    def stop(self, window: MainWindow) -> None:
        """Unlocked, it can be stopped."""
        until("the recording is on the screen", lambda: window.recording)
        page = window.findChild(EncounterPage)
        assert isinstance(page, EncounterPage)
        click(page.bar.stop)
        until("the recording is sealed", lambda: not window.recording)
        until("the case is shown", lambda: window.page == CASES)

    def lock_without_recording(self, window: MainWindow) -> None:
        """Nothing is left of the pages, and afterwards the same case is shown again."""
        self.case = case_on_page(window)
        window.lock_button.click()
        until("the pages are gone", lambda: not window.findChildren(CasesPage))
        assert not [text for text in readable(window) if "Recorded before" in text]

    def hand_over(self, window: MainWindow) -> None:
        """The same case as before; export through the real folder dialog."""
        until("the case is shown", lambda: window.page == CASES)
        assert case_on_page(window) == self.case
        cases = window.findChild(CasesPage)
        assert isinstance(cases, CasesPage)
        self.picture(window, "6-case-again")
        click(cases.review.export_button)
        panel = cases.review.panel
        until("the panel asks for a place", panel.asking.isVisible)
        answer_dialog(self.place)
        click(panel.asking.place_button)
        until("a place is chosen", panel.asking.begin_button.isEnabled)
        click(panel.asking.begin_button)
        until("the folder is written and checked", panel.result.isVisible)

    def set_up(self, window: MainWindow) -> None:
        """A lock for a library with a case: passphrase twice, the code on paper, all files sealed."""
        click(lambda: window.rail.buttons[SETTINGS])
        click(section(window).buttons[VaultAsks.SET_UP])
        form = section(window).form
        for field in (form.new, form.again):
            QTest.keyClicks(field.edit, PASSPHRASE)
        assert form.strength.text() == "Strong"
        click(form.keep_button)
        until("the code is shown", lambda: not window.covered and section(window).code.isVisible())
        assert window.page == SETTINGS
        code = section(window).code
        self.recovery = code.code.accessibleName()
        self.picture(window, "7-code")
        group = int("".join(sign for sign in code.field.edit.accessibleName() if sign.isdigit())) - 1
        QTest.keyClicks(code.field.edit, self.recovery.split("-")[group].lower())
        click(code.done_button)
        until("all is sealed", partial(seals_all, window))
        assert section(window).standing.text() == "Locked with a passphrase."
        assert not section(window).work.isVisible()
        self.picture(window, "8-sealed")

    def open_by_code(self, window: MainWindow) -> None:
        """Locked, and opened with what was on the paper, typed without care."""
        click(window.lock_button)
        page = self.door(window)
        click(page.way_button)
        QTest.keyClicks(page.code.edit, self.recovery.lower().replace("-", " "))
        QTest.keyClick(page.code.edit, Qt.Key.Key_Return)
        until("the door is open", lambda: not window.covered)
        until("the same page is shown again", lambda: window.page == SETTINGS)

    def give_up(self, window: MainWindow) -> None:
        """Everything plain again, and no way to lock is offered."""
        click(lambda: section(window).buttons[VaultAsks.GIVE_UP])
        form = section(window).form
        QTest.keyClicks(form.present.edit, PASSPHRASE)
        click(form.danger_button)
        until("the lock is gone", lambda: not window.covered and not window.lockable)
        until("it is said", lambda: section(window).standing.text() == "This library has no lock.")

    def door(self, window: MainWindow) -> LockPage:
        """The page that asks for the passphrase."""
        page = window.centralWidget()
        assert isinstance(page, LockPage), page
        return page

    def picture(self, window: QWidget, name: str) -> None:
        """Keep what was on the screen, laid out and painted."""
        QTest.qWait(200)
        window.grab().save(str(self.pictures / f"{name}.png"))


def section(window: MainWindow) -> VaultSection:
    """The card about the lock, as it is now."""
    found = window.findChild(VaultSection)
    assert isinstance(found, VaultSection)
    return found


def seals_all(window: MainWindow) -> bool:
    """Whether the card says that nothing is left to be sealed."""
    return section(window).banner.isVisible()


def case_on_page(window: MainWindow) -> str:
    """The case that the page of cases shows."""
    cases = window.findChild(CasesPage)
    assert isinstance(cases, CasesPage)
    until("the case is on its page", lambda: cases.review_presenter.state.case_file is not None)
    assert cases.review_presenter.state.case_file is not None
    return cases.review_presenter.state.case_file.case.id


def readable(window: QWidget) -> list[str]:
    """Everything that a screen reader can find in the window."""
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    return list(_texts(root))


def _texts(one: QAccessibleInterface) -> Iterator[str]:
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        if text := one.text(kind):
            yield text
    for at in range(one.childCount()):
        child = one.child(at)
        if child is not None and child.isValid():
            yield from _texts(child)


def main() -> int:
    """Open the real window and tell the story in it."""
    kind, library, place, pictures = sys.argv[1:5]
    application = QApplication([sys.argv[0]])
    story = Story(kind, Path(place), Path(pictures))
    QTimer.singleShot(0, story.tell)
    ended = first_paint.run(["--library", library])
    del application
    return story.code or ended


if __name__ == "__main__":
    raise SystemExit(main())
