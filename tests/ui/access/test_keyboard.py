"""Every control of every page, reached by Tab in the order of the eye, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.words import UiWords
from fakes.accessible import nameless
from fakes.all_pages import ONE_OF_EACH, PAGES
from fakes.tab_walk import named, place, reachable, steps_back, walk


@pytest.fixture(params=ONE_OF_EACH)
def window(request: pytest.FixtureRequest, qtbot: QtBot, en: UiWords, tmp_path: Path) -> Iterator[MainWindow]:
    made = PAGES[request.param](en, tmp_path)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.hide()


def test_tab_reaches_every_control_in_the_order_of_the_eye_and_is_never_trapped(window: MainWindow) -> None:
    wanted = reachable(window)
    reached = walk(window)
    assert sorted(map(named, wanted - set(reached))) == []
    assert len(reached) == len(set(reached))
    against = [(named(before), named(after)) for before, after in steps_back(reached, window)]
    # From the last part back to the first one.
    first = window.rail.buttons["record"] if not window.covered else reached_first(window, reached)
    assert [step for step in against if step[1] != named(first)] == []


def reached_first(window: MainWindow, reached: list[QWidget]) -> QWidget:
    """What stands first where there is no rail."""
    return min(reached, key=lambda one: (place(one, window).top() // 40, place(one, window).left()))


def test_shift_tab_goes_back_through_the_same_page_without_a_trap(window: MainWindow) -> None:
    forward = walk(window)
    back = walk(window, back=True)
    assert len(back) == len(set(back))
    stops = [one for one in forward if one in back]
    assert len(stops) == len(back)


def test_every_control_has_a_name_for_a_screen_reader(window: MainWindow) -> None:
    assert nameless(window) == []
