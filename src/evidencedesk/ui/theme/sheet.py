"""The little style sheet on top of Fusion and the palette: shapes, borders and the kit's kinds."""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Template

from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.theme.tokens import Tokens

# Measures that hold text; borders, corners and the air around words stay.
_OF_TEXT = re.compile(r"(font-size|min-height|min-width): (\d+)px")
_INDICATOR = re.compile(r"(indicator \{ width: )(\d+)(px; height: )(\d+)px")

_SHEET = Template("""
* { outline: 0 }
QLabel { background: transparent }
QLabel[tone="title"] { font-size: 20px; font-weight: 700; color: $ink }
QLabel[tone="section"] { font-size: 15px; font-weight: 700; color: $ink }
QLabel[tone="strong"] { font-weight: 700; color: $ink }
QLabel[tone="sub"] { font-size: 13px; color: $sub }
QLabel[tone="faint"] { font-size: 12px; color: $faint }
QLabel[tone="caption"] { font-size: 12px; color: $sub; margin-top: 8px; margin-bottom: 3px }
QLabel[tone="lead"], QLabel[tone="lead-on"] { font-size: 17px; font-weight: 700; color: $ink }
QLabel[tone="duty"], QLabel[tone="duty-on"] { font-size: 14px; color: $ink }
QLabel[tone="lead-on"], QLabel[tone="duty-on"] { color: $accent }
QLabel[tone="when-ok"] { font-size: 12px; font-weight: 700; color: $ok }
QLabel[tone="when-bad"] { font-size: 12px; font-weight: 700; color: $bad }
QLabel[tone="say-low"] { font-size: 17px; color: $ink }
QLabel[tone="caution-low"] { font-size: 13px; color: $warn }
QLabel[tone="number"] { font-size: 28px; font-weight: 700; color: $ink }
QLabel[tone="say"] { font-size: 22px; color: $ink }
QLabel[tone="caution"] { font-size: 14px; color: $warn }
QLabel[tone="hint"] { font-size: 13px; color: $accent }
QLabel[tone="ok"] { color: $ok } QLabel[tone="bad"] { color: $bad }
QLabel[tone="warn"] { color: $warn }
QLabel[tone="alarm"] { color: $warn; font-weight: 700 } QLabel[tone="accent"] { color: $accent }

Card { background: $panel; border: 1px solid $line; border-radius: 12px }
Inset { background: $bg; border: 1px solid $line; border-radius: 10px }
SuggestionLine { background: $accent_bg; border: 0; border-radius: 8px }
Divider { background: $line; border: 0 }
QScrollArea, VerticalScroll { background: transparent; border: 0 }
VerticalScroll[reads="true"] { border: 2px solid transparent; border-radius: 6px }
ScrollBody { background: transparent }


PlainButton, PrimaryButton, DangerButton, QPushButton#qt_msgbox_button {
  font-size: 13px; padding: 7px 14px; border-radius: 8px; min-height: 20px;
  border: 1px solid $edge; background: $panel; color: $ink }
PlainButton:hover { background: $bg } PlainButton:pressed { background: $line }
PlainButton[flat="true"] { background: transparent; border-color: transparent; color: $accent }
PlainButton[flat="true"]:hover { background: $accent_bg }
PlainButton[tone="warn"] { background: $warn_bg; border-color: $warn_bg; color: $warn; font-weight: 600 }
PlainButton[tone="warn"]:hover { border-color: $warn }
PlainButton[tone="bad"] { background: $bad_bg; border-color: $bad_bg; color: $bad; font-weight: 700 }
PlainButton[tone="bad"]:hover { border-color: $bad }
PlainButton[scale="touch"] { padding: 9px 12px }
PlainButton[scale="touch"]:focus { padding: 8px 11px }
PlainButton[scale="link"] { padding: 4px 2px }
PlainButton[scale="link"]:focus { padding: 3px 1px }
PlainButton[scale="small"] { font-size: 12px; padding: 1px 10px; border-radius: 11px; color: $sub }
PlainButton[scale="small"]:focus { padding: 0 9px }
PlainButton[scale="list"] { padding: 9px 12px; text-align: left }
PlainButton[scale="list"]:focus { padding: 8px 11px }
PlainButton[scale="icon"], PlainButton[scale="icon"]:focus { padding: 0 }
PlainButton:checked { background: $accent_bg; color: $accent; border-color: $accent_bg; font-weight: 600 }
PlainButton[scale="touch"]:checked { font-weight: 400 }
PlainButton[tone="bad"]:checked { background: $bad_bg; border-color: $bad; color: $bad; font-weight: 700 }
PlainButton:disabled, PrimaryButton:disabled, DangerButton:disabled {
  color: $faint; background: $bg; border-color: $line }
PrimaryButton { background: $accent_fill; border-color: $accent_fill; color: $on_fill; font-weight: 600 }
DangerButton { background: $rec_fill; border-color: $rec_fill; color: $on_fill; font-weight: 600 }
PrimaryButton:hover, DangerButton:hover { border-color: $ink }
PlainButton:focus { border: 2px solid $accent; padding: 6px 13px }
PrimaryButton:focus, DangerButton:focus { border: 2px solid $ring; padding: 6px 13px }
PlainButton::menu-indicator { width: 0 }

ChipButton { font-size: 12px; padding: 5px 10px; border-radius: 8px; border: 1px solid $edge;
  background: $bg; color: $ink; text-align: left; min-height: 20px }
ChipButton:hover { border-color: $faint } ChipButton:pressed { background: $line }
ChipButton:focus { border: 2px solid $accent; padding: 4px 9px }

SegmentButton { font-size: 14px; padding: 7px 22px; min-height: 20px; border: 1px solid $edge;
  background: $panel; color: $sub; border-radius: 0 }
SegmentButton[scale="small"] { font-size: 12px; padding: 4px 8px }
SegmentButton[scale="touch"] { font-size: 13px; padding: 9px 9px }
SegmentButton[kind="quiet"] { color: $faint; font-size: 12px }
SegmentButton[place="first"] { border-top-left-radius: 9px; border-bottom-left-radius: 9px }
SegmentButton[place="last"] { border-top-right-radius: 9px; border-bottom-right-radius: 9px }
SegmentButton[place="middle"], SegmentButton[place="last"] { border-left: 0 }
SegmentButton:hover { color: $ink; background: $bg }
SegmentButton:checked { font-weight: 600; color: $accent; background: $accent_bg }
SegmentButton[kind="ok"]:checked { color: $ok; background: $ok_bg }
SegmentButton[kind="bad"]:checked { color: $bad; background: $bad_bg }
SegmentButton[kind="warn"]:checked { color: $warn; background: $warn_bg }
SegmentButton[kind="quiet"]:checked { color: $sub; background: $line }
SegmentButton:focus { border: 2px solid $accent; padding: 6px 21px }
SegmentButton[scale="small"]:focus { padding: 3px 7px }
SegmentButton[scale="touch"]:focus { padding: 8px 8px }

ChoiceChip { font-size: 12px; padding: 9px 8px; min-height: 20px; min-width: 22px;
  border: 1px solid $edge; border-radius: 9px; background: $panel; color: $sub }
ChoiceChip:hover { color: $ink; background: $bg }
ChoiceChip:checked { font-weight: 600; color: $accent; background: $accent_bg; border-color: $accent_bg }
ChoiceChip[kind="ok"]:checked { color: $ok; background: $ok_bg; border-color: $ok_bg }
ChoiceChip[kind="bad"]:checked { color: $bad; background: $bad_bg; border-color: $bad_bg }
ChoiceChip[kind="quiet"]:checked { color: $sub; background: $line; border-color: $line }
ChoiceChip:focus { border: 2px solid $accent; padding: 8px 7px }
ChoiceChip[kind="ok"]:checked:focus, ChoiceChip[kind="bad"]:checked:focus,
ChoiceChip[kind="quiet"]:checked:focus, ChoiceChip:checked:focus { border-color: $accent }
PlainButton[scale="fold"] { padding: 9px 2px; text-align: left }
PlainButton[scale="fold"]:focus { padding: 8px 1px }
PlainButton[scale="thumb"] { padding: 9px 9px }
PlainButton[scale="thumb"]:focus { padding: 8px 8px }
PlainButton[scale="tab"] { padding: 9px 8px; border-radius: 20px; color: $sub }
PlainButton[scale="tab"]:focus { padding: 8px 7px }
TextLabel[tone="remark-ok"] { font-size: 12px; color: $ok; margin-top: 3px }
TextLabel[tone="remark"] { font-size: 12px; color: $warn; margin-top: 3px }

Banner { border-radius: 10px; border: 1px solid $line; background: $accent_bg }
Banner[kind="info"] { background: $accent_bg; border-color: $accent_bg }
Banner[kind="warn"] { background: $warn_bg; border-color: $warn }
Banner[kind="error"] { background: $bad_bg; border-color: $bad }

EncounterPicker { background: $panel; border: 1px solid $edge; border-radius: 8px }
Rail { background: $panel; border: 0; border-right: 1px solid $line }
FootBar { background: $panel; border: 0; border-top: 1px solid $line }
SayBox { background: $panel; border: 1px solid $line; border-radius: 12px }
SayBox[kind="warn"] { background: $warn_bg; border-color: $warn }
RedBar { background: $rec_bg; border: 0; border-bottom: 1px solid $line }
RedBar[alarm="true"] { background: $warn_bg; border-bottom: 2px solid $warn }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {
  border: 1px solid $field; border-radius: 8px; padding: 7px 10px; background: $bg; color: $ink;
  font-size: 13px; selection-background-color: $accent_fill; selection-color: $on_fill }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $accent; padding: 6px 9px; background: $panel }
NeutralSheet, NeutralSheet:focus { border: 0; border-radius: 0; padding: 8px 12px; background: $panel }
CardLine { padding: 9px 10px } CardLine:focus { padding: 8px 9px }
QComboBox { min-height: 20px; padding-right: 26px } QComboBox:focus { padding-right: 25px }
QComboBox::drop-down { border: 0; width: 24px }
QComboBox::down-arrow { image: url("$chevron"); width: 14px; height: 14px }
QComboBox QAbstractItemView { background: $panel; color: $ink; border: 1px solid $edge;
  selection-background-color: $accent_bg; selection-color: $accent; padding: 4px }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; border: 2px solid transparent;
  border-radius: 7px }
QCheckBox::indicator, QTableView::indicator { width: 18px; height: 18px; border: 2px solid $faint;
  border-radius: 5px; background: $panel }
QCheckBox::indicator:checked, QTableView::indicator:checked {
  background: $accent_fill; border-color: $accent_fill; image: url("$tick") }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent }
QCheckBox:focus, QRadioButton:focus { color: $accent; border-color: $accent }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line }
QSlider::sub-page:horizontal { border-radius: 2px; background: $accent_fill }
QSlider::handle:horizontal { width: 14px; margin: -5px 0; border-radius: 7px; background: $accent_fill }
QSlider::handle:horizontal:focus { background: $ring }
QProgressBar { border: 0; border-radius: 4px; background: $line; min-height: 8px; max-height: 8px;
  text-align: center; color: transparent }
QProgressBar::chunk { border-radius: 4px; background: $accent_fill }

QTableView, QTreeView, QListView { background: $panel; color: $ink; border: 2px solid transparent;
  border-radius: 6px; gridline-color: $line;
  selection-background-color: $accent_bg; selection-color: $accent; font-size: 13px }
QTableView:focus, QTreeView:focus, QListView:focus, VerticalScroll:focus { border: 2px solid $accent }
QTableView::item, QTreeView::item, QListView::item { padding: 6px 8px; border: 0;
  border-bottom: 1px solid $line }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
  background: $accent_bg; color: $accent }
QHeaderView::section { background: $panel; color: $sub; border: 0; border-bottom: 1px solid $line;
  padding: 6px 8px; font-size: 12px }
QMenu { background: $panel; color: $ink; border: 1px solid $edge; padding: 5px }
QMenu::item { padding: 7px 18px; border-radius: 6px }
QMenu::item:selected { background: $accent_bg; color: $accent }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px }
QToolTip { background: $panel; color: $ink; border: 1px solid $edge; padding: 5px 8px }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0 }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0 }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 1px; min-height: 32px; min-width: 32px }
QScrollBar::handle:hover { background: $faint }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0 }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent }
QSplitter::handle { background: transparent }
""")


def sheet_of(tokens: Tokens, pictures: str) -> str:
    """The style sheet in these colours, for the size of text in force.

    ``pictures`` is the folder of the few pictures it names.
    """
    colors = {name: value for name, value in asdict(tokens).items() if isinstance(value, str)}
    shade = "dark" if tokens.dark else "light"
    sheet = _SHEET.substitute(colors, chevron=f"{pictures}/chevron-{shade}.svg", tick=f"{pictures}/tick.svg")
    sheet = _OF_TEXT.sub(lambda found: f"{found[1]}: {scaled(int(found[2]))}px", sheet)
    return _INDICATOR.sub(
        lambda found: f"{found[1]}{scaled(int(found[2]))}{found[3]}{scaled(int(found[4]))}px", sheet
    )
