"""Where nothing may move by itself: no blinking, no turning, and sound in steps of a second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.ui.encounter.help_bar import HelpBar
from evidencedesk.ui.kit.level_bar import LevelBar
from evidencedesk.ui.kit.waveform_strip import WaveformStrip
from evidencedesk.ui.theme.motion import still
from evidencedesk.ui.theme.theme import Theme
from fakes.ui_stage import EncounterStage

LOUD = (-120, 120)


@pytest.fixture
def less(theme: Theme) -> Iterator[Theme]:
    theme.choose_motion("less")
    yield theme
    theme.choose_motion("system")


def test_the_choice_stops_the_cursor_and_what_slides_and_gives_it_back(theme: Theme) -> None:
    theme.choose_motion("less")
    assert still()
    assert QApplication.cursorFlashTime() == 0
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)
    theme.choose_motion("system")
    assert not still()
    assert QApplication.cursorFlashTime() > 0


def test_the_desktops_wish_counts(theme: Theme) -> None:
    theme.desktop_wishes(1.0, less_motion=True)
    assert still()
    theme.desktop_wishes(1.0, less_motion=False)
    assert not still()


def test_the_sound_goes_on_in_steps_of_a_second(less: Theme, qtbot: QtBot) -> None:
    strip = WaveformStrip()
    qtbot.addWidget(strip)
    strip.resize(200, 46)
    strip.add_columns([LOUD] * 20)  # one second: five bars
    first = _picture(strip)
    strip.add_columns([LOUD] * 16)
    assert _picture(strip) == first, "nothing moves within the second"
    strip.add_columns([LOUD] * 4)
    assert _picture(strip) != first


def test_after_the_choice_is_taken_back_nothing_is_missing(theme: Theme, qtbot: QtBot) -> None:
    strip, other = WaveformStrip(), WaveformStrip()
    for one in (strip, other):
        qtbot.addWidget(one)
        one.resize(200, 46)
    theme.choose_motion("less")
    strip.add_columns([LOUD] * 28)
    strip.grab()
    theme.choose_motion("system")
    strip.add_columns([LOUD] * 12)
    other.add_columns([LOUD] * 40)
    strip.resize(201, 46)
    other.resize(201, 46)
    assert _picture(strip) == _picture(other)


def test_the_level_stands_on_a_few_steps(less: Theme, qtbot: QtBot) -> None:
    bar = LevelBar()
    qtbot.addWidget(bar)
    shares = set()
    for peak in range(1, 1001, 7):
        bar.set_peak(peak)
        shares.add(bar.share)
    assert len(shares) <= 9


def test_the_quiet_word_does_not_turn(less: Theme, stage: EncounterStage, qtbot: QtBot) -> None:
    page = stage.open_page(qtbot)
    bar = page.help
    assert isinstance(bar, HelpBar)
    before = bar.reminder.text()
    bar.next_reminder()
    assert bar.reminder.text() == before
    less.choose_motion("system")
    bar.next_reminder()
    assert bar.reminder.text() != before


def _picture(strip: WaveformStrip) -> QImage:
    return strip.grab().toImage()
