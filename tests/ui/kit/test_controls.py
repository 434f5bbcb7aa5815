from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import ChipButton, two_lines
from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.level_bar import LevelBar, share_of
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.rail import Rail
from evidencedesk.ui.kit.record_button import RecordButton
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.theme import Theme
from fakes.ui_stage import show


def test_a_segment_tells_of_the_click_and_leaves_the_choice_to_its_owner(qtbot: QtBot, theme: Theme) -> None:
    control = SegmentedControl([Segment("a"), Segment("b")])
    qtbot.addWidget(control)
    control.set_current("a")
    with qtbot.waitSignal(control.clicked) as told:
        qtbot.mouseClick(control.buttons["b"], Qt.MouseButton.LeftButton)
    assert told.args == ["b"]
    assert control.buttons["a"].isChecked()
    assert not control.buttons["b"].isChecked()


def test_a_click_on_the_taken_segment_is_told_too(qtbot: QtBot, theme: Theme) -> None:
    control = SegmentedControl([Segment("a"), Segment("b")])
    qtbot.addWidget(control)
    control.set_current("a")
    with qtbot.waitSignal(control.clicked) as told:
        qtbot.mouseClick(control.buttons["a"], Qt.MouseButton.LeftButton)
    assert told.args == ["a"]
    assert control.buttons["a"].isChecked()


def test_arrow_keys_walk_along_the_segments(qtbot: QtBot, theme: Theme) -> None:
    control = SegmentedControl([Segment("a"), Segment("b"), Segment("c")])
    qtbot.addWidget(control)
    show(qtbot, control)
    control.buttons["a"].setFocus()
    QTest.keyClick(control.buttons["a"], Qt.Key.Key_Left)
    qtbot.waitUntil(control.buttons["c"].hasFocus)


def test_taking_a_segment_moves_nothing(qtbot: QtBot, theme: Theme) -> None:
    control = SegmentedControl([Segment("a"), Segment("b")])
    qtbot.addWidget(control)
    control.set_label("a", "Not kept")
    control.set_label("b", "Kept")
    before = control.sizeHint()
    control.set_current("a")
    assert control.sizeHint() == before


def test_only_the_disc_of_the_record_button_takes_clicks(qtbot: QtBot, theme: Theme) -> None:
    button = RecordButton()
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert button.hitButton(button.rect().center())
    assert not button.hitButton(QPoint(4, 4))


def test_the_record_button_says_its_name_and_keys(qtbot: QtBot, theme: Theme) -> None:
    button = RecordButton()
    qtbot.addWidget(button)
    button.set_texts("Start recording", "Space")
    assert (button.accessibleName(), button.accessibleDescription()) == ("Start recording", "Space")


def test_the_level_is_shown_in_decibels(qtbot: QtBot) -> None:
    assert share_of(0) == 0
    assert share_of(1000) == 1
    assert abs(share_of(100) - 2 / 3) < 0.01  # -20 dB of 60
    assert share_of(5000) == 1


def test_the_level_rises_at_once_and_falls_slowly(qtbot: QtBot) -> None:
    bar = LevelBar()
    qtbot.addWidget(bar)
    bar.set_peak(1000)
    assert bar.share == 1
    bar.set_peak(0)
    assert 0.9 < bar.share < 1


def test_flowing_widgets_wrap_and_hidden_ones_take_no_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, 10)
    boxes = [QLabel(holder) for _ in range(3)]
    for box in boxes:
        box.setFixedSize(40, 20)
        flow.addWidget(box)
    assert flow.heightForWidth(200) == 20
    assert flow.heightForWidth(95) == 50
    assert flow.heightForWidth(40) == 80
    boxes[1].hide()
    assert flow.heightForWidth(95) == 20
    flow.setGeometry(QRect(0, 0, 95, 50))
    assert boxes[2].geometry().topLeft() == QPoint(50, 0)


def test_a_banner_tells_which_button_was_pressed(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner("warn")
    qtbot.addWidget(banner)
    banner.set_texts("A recording is running", "It goes on")
    banner.set_actions([("stay", "Stay"), ("stop", "Stop")], "Close")
    with qtbot.waitSignal(banner.action_clicked) as told:
        banner.button("stop").click()
    assert told.args == ["stop"]
    with qtbot.waitSignal(banner.closed):
        banner.close_button.click()
    assert banner.accessibleName() == "A recording is running"


def test_a_banner_can_do_without_a_cross(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.set_actions([("a", "A")])
    assert banner.close_button.isHidden()


def test_the_rail_shows_where_we_are_and_tells_where_to(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.add_entry("one", "mic")
    rail.add_entry("two", "folder", bottom=True)
    rail.set_current("one")
    with qtbot.waitSignal(rail.chosen) as told:
        rail.buttons["two"].click()
    assert told.args == ["two"]
    assert not rail.buttons["one"].isChecked()


def test_each_entry_of_the_rail_has_a_key_while_it_can_be_chosen(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.add_entry("one", "mic")
    rail.add_entry("two", "folder")
    rail.set_label("two", "Cases")
    assert rail.buttons["two"].accessibleDescription() == "Alt+2"
    show(qtbot, rail)
    with qtbot.waitSignal(rail.chosen) as told:
        QTest.keyClick(rail, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert told.args == ["two"]
    rail.buttons["two"].setEnabled(False)
    with qtbot.assertNotEmitted(rail.chosen):
        QTest.keyClick(rail, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)


def test_the_words_of_a_row_can_be_clicked_like_its_box(qtbot: QtBot, theme: Theme) -> None:
    row = CheckRow("item")
    qtbot.addWidget(row)
    row.set_texts("Keep the SMS", "and its number")
    row.resize(300, 60)
    with qtbot.waitSignal(row.toggled_by_user) as told:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    assert told.args == ["item", True]
    assert row.box.accessibleName() == "Keep the SMS"


def test_long_text_ends_in_an_ellipsis_and_stays_whole_in_the_tooltip(qtbot: QtBot, theme: Theme) -> None:
    label = ElidedLabel("a rather long sentence that will not fit")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(600, 20)
    label.grab()
    assert label.toolTip() == ""


def test_a_pill_is_as_wide_as_its_word_unless_it_may_shrink(qtbot: QtBot, theme: Theme) -> None:
    whole, shrinking = Pill("Refused to show papers"), Pill("Refused to show papers", shrinks=True)
    for pill in (whole, shrinking):
        qtbot.addWidget(pill)
    assert whole.minimumSizeHint().width() == whole.sizeHint().width()
    assert shrinking.minimumSizeHint().width() < shrinking.sizeHint().width()
    whole.show_text("")
    assert whole.isHidden()


def test_a_chip_that_must_shrink_keeps_its_key(qtbot: QtBot, theme: Theme) -> None:
    chip = ChipButton("Demands ID number or the password of your card", "F8")
    qtbot.addWidget(chip)
    chip.resize(100, 30)
    chip.grab()
    assert chip.toolTip() == "Demands ID number or the password of your card"
    chip.resize(600, 30)
    chip.grab()
    assert chip.toolTip() == ""


def test_words_that_need_two_lines_are_not_cut(qtbot: QtBot, theme: Theme) -> None:
    metrics = QFontMetrics(font(11))
    assert two_lines("Demands ID or password", 64, metrics) == ["Demands ID", "or password"]
    assert two_lines("要求提供身份证号", 50, metrics) == ["要求提供", "身份证号"]
    first, second = two_lines("Blocks the door or pounds on it for hours", 64, metrics)
    assert first == "Blocks the"
    assert second.endswith("…")
    chip = ChipButton("Demands ID or password", "F8")
    qtbot.addWidget(chip)
    chip.resize(112, 31)
    chip.grab()
    assert chip.toolTip() == ""


def test_wrapped_text_in_a_scrolling_column_gets_the_height_it_needs(qtbot: QtBot, theme: Theme) -> None:
    scroll = VerticalScroll()
    qtbot.addWidget(scroll)
    holder = QWidget()
    inner = QVBoxLayout(holder)
    label = TextLabel("many words " * 40, wrap=True)
    inner.addWidget(label)
    scroll.column.addWidget(holder)
    scroll.resize(200, 100)
    show(qtbot, scroll)
    assert label.height() >= label.heightForWidth(label.width())
    assert label.width() <= scroll.viewport().width()
