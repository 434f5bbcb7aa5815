"""One visit through the real window, by clicks and keys. Run by ``test_window.py`` on a screen of its own.

    python window_story.py LIBRARY PLACE PICTURES

Ends with 0 and prints the exported folder; any step that does not happen in time ends it with 1.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from evidencedesk.app import first_paint
from evidencedesk.domain.case import Document, Shown, Verdict
from evidencedesk.domain.rules import Phase
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.search.page import SearchPage
from evidencedesk.ui.shell.main_window import CASES, SEARCH, MainWindow
from fakes.window_hands import answer_dialog, click, until

MARKER = "refused-documents"


class Story:
    """The steps, in order."""

    def __init__(self, place: Path, pictures: Path) -> None:
        self.place = place
        self.pictures = pictures
        self.code = 1

    def tell(self) -> None:
        """Everything, then close the window."""
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        try:
            self.record(window)
            self.find(window)
            self.hand_over(window)
            self.code = 0
        except BaseException:  # noqa: BLE001 - the end of a test program
            traceback.print_exc()
            self.picture(window, "failed")
        QApplication.quit()

    def record(self, window: MainWindow) -> None:
        """One click records; notes, ticks and the card are kept; stop seals."""
        # The very first start: the first steps stand beside the button, and it needs no more than one click.
        assert window.record_page.welcoming
        until("the red button is ready", window.record_page.button.isEnabled)
        self.picture(window, "1-ready")
        click(window.record_page.button)
        until("the recording is on the screen", lambda: window.recording)
        page = window.findChild(EncounterPage)
        assert isinstance(page, EncounterPage)
        until("three seconds are recorded", lambda: page.bar.time.text() >= "00:00:03")

        page.notes.input.setFocus()
        QTest.keyClicks(page.notes.input, "Two men knock, they name the platform.")
        QTest.keyClick(page.notes.input, Qt.Key.Key_Return)
        until("the note is saved and its field empty", lambda: not page.notes.input.text())
        click(page.notes.chips[MARKER])
        click(page.checklist.phases.buttons[Phase.CONVERSATION.value])
        breached = page.checklist.rows["no-public-disclosure"].buttons.buttons[Verdict.BREACHED.value]
        until("the rules of the talk are shown", breached.isVisible)
        click(breached)
        QTest.keyClicks(page.people.fields["name"], "Zhang")
        QTest.keyClick(page.people.fields["name"], Qt.Key.Key_Tab)
        paper = page.people.papers[Document.WORK_ID].buttons[Shown.REFUSED.value]
        QTest.mouseClick(paper, Qt.MouseButton.LeftButton)
        self.picture(window, "2-recording")
        click(page.bar.stop)
        until("the recording is sealed", lambda: not window.recording)

    def find(self, window: MainWindow) -> None:
        """From the case to the search by keys, and back to the note's own line."""
        until("the case is shown", lambda: window.page == CASES)
        window.activateWindow()  # nobody manages windows on this screen, and keys go to the active one
        until("the window is active", window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        until("the search is shown", lambda: window.page == SEARCH)
        page = window.findChild(SearchPage)
        assert isinstance(page, SearchPage)
        until("the cursor is in the field", page.field.hasFocus)
        QTest.keyClicks(page.field, "MEN platf")
        until("the note is found", lambda: page.list.row is not None)
        self.picture(window, "2-found")
        QTest.keyClick(page.field, Qt.Key.Key_Return)
        until("the case is shown again", lambda: window.page == CASES)
        cases = window.findChild(CasesPage)
        assert isinstance(cases, CasesPage)
        line = cases.review.timeline.table.line
        assert line is not None
        assert line.text.startswith("Two men knock"), line

    def hand_over(self, window: MainWindow) -> None:
        """Export through the real folder dialog, and read the result."""
        cases = window.findChild(CasesPage)
        assert isinstance(cases, CasesPage)
        until("the case is shown", cases.review.export_button.isVisible)
        self.picture(window, "3-case")
        click(cases.review.export_button)
        panel = cases.review.panel
        until("the panel asks for a place", panel.asking.isVisible)
        answer_dialog(self.place)
        click(panel.asking.place_button)
        until("a place is chosen", panel.asking.begin_button.isEnabled)
        click(panel.asking.begin_button)
        until("the folder is written and checked", panel.result.isVisible)
        self.picture(window, "4-exported")

    def picture(self, window: QWidget, name: str) -> None:
        """Keep what was on the screen, laid out and painted."""
        QTest.qWait(200)
        window.grab().save(str(self.pictures / f"{name}.png"))


def main() -> int:
    """Open the real window and tell the story in it."""
    library, place, pictures = sys.argv[1:4]
    application = QApplication([sys.argv[0]])
    story = Story(Path(place), Path(pictures))
    QTimer.singleShot(0, story.tell)
    ended = first_paint.run(["--library", library])
    del application
    return story.code or ended


if __name__ == "__main__":
    raise SystemExit(main())
