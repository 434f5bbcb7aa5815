from __future__ import annotations

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from evidencedesk.ui.kit.waveform_strip import BAR_MS, WaveformStrip
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.theme.tokens import LIGHT

LOUD, SOFT = (-120, 120), (0, 0)


def strip(qtbot: QtBot) -> WaveformStrip:
    made = WaveformStrip()
    qtbot.addWidget(made)
    made.resize(200, 46)
    return made


def picture(made: WaveformStrip) -> QImage:
    return made.grab().toImage()


def test_four_columns_make_a_bar(qtbot: QtBot, theme: Theme) -> None:
    made = strip(qtbot)
    made.add_columns([LOUD] * 3)
    assert made.bars == 0
    made.add_columns([LOUD] * 6)
    assert made.bars == 2


def test_scrolling_in_gives_the_same_picture_as_drawing_all(qtbot: QtBot, theme: Theme) -> None:
    columns = [(-(i * 37 % 120), i * 53 % 120) for i in range(160)]
    one_by_one, at_once = strip(qtbot), strip(qtbot)
    one_by_one.grab()
    for column in columns:
        one_by_one.add_columns([column])
    at_once.add_columns(columns)
    assert picture(one_by_one) == picture(at_once)


def test_a_new_width_keeps_the_sound(qtbot: QtBot, theme: Theme) -> None:
    made, wide = strip(qtbot), strip(qtbot)
    columns = [LOUD, SOFT] * 100
    made.add_columns(columns)
    made.grab()
    made.resize(320, 46)
    wide.resize(320, 46)
    wide.add_columns(columns)
    assert picture(made) == picture(wide)


def test_markers_stand_at_their_second(qtbot: QtBot, theme: Theme) -> None:
    made = strip(qtbot)
    made.add_columns([SOFT] * 400)  # 20 s, 100 bars
    made.set_markers([(100 * BAR_MS - 2_000, "bad")])  # ten bars before the right edge
    image = picture(made)
    assert image.pixelColor(200 - 40, 2) == QColor(LIGHT.bad)
    assert image.pixelColor(100, 2) != QColor(LIGHT.bad)


def test_a_recording_taken_up_again_counts_from_where_it_is(qtbot: QtBot, theme: Theme) -> None:
    made = strip(qtbot)
    made.add_columns([LOUD] * 8, first=4_000)
    assert made.bars == 1_002


def test_more_sound_than_width_is_drawn_whole(qtbot: QtBot, theme: Theme) -> None:
    made = strip(qtbot)
    made.grab()
    made.add_columns([LOUD] * 40_000)
    assert made.bars == 10_000
    made.reset()
    assert made.bars == 0
