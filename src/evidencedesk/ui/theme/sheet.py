"""The little style sheet on top of Fusion and the palette: shapes, borders and the kit's kinds."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from evidencedesk.ui.theme.tokens import Tokens

_SHEET = Template("""
* { outline: 0 }
QLabel { background: transparent }
QLabel[tone="title"] { font-size: 20px; font-weight: 700; color: $ink }
QLabel[tone="section"] { font-size: 15px; font-weight: 700; color: $ink }
QLabel[tone="strong"] { font-weight: 700; color: $ink }
QLabel[tone="sub"] { font-size: 13px; color: $sub }
QLabel[tone="faint"] { font-size: 12px; color: $faint }
QLabel[tone="caption"] { font-size: 12px; color: $sub; margin-top: 8px; margin-bottom: 3px }
QLabel[tone="ok"] { color: $ok } QLabel[tone="bad"] { color: $bad }
QLabel[tone="warn"] { color: $warn }
QLabel[tone="alarm"] { color: $warn; font-weight: 700 } QLabel[tone="accent"] { color: $accent }

Card { background: $panel; border: 1px solid $line; border-radius: 12px }
Inset { background: $bg; border: 1px solid $line; border-radius: 10px }
Divider { background: $line; border: 0 }
QScrollArea, VerticalScroll { background: transparent; border: 0 }
ScrollBody { background: transparent }


PlainButton, PrimaryButton, DangerButton, QPushButton#qt_msgbox_button {
  font-size: 13px; padding: 7px 14px; border-radius: 8px; min-height: 20px;
  border: 1px solid $edge; background: $panel; color: $ink }
PlainButton:hover { background: $bg } PlainButton:pressed { background: $line }
PlainButton[flat="true"] { background: transparent; border-color: transparent; color: $accent }
PlainButton[flat="true"]:hover { background: $accent_bg }
PlainButton[scale="small"] { font-size: 12px; padding: 1px 10px; border-radius: 11px; color: $sub }
PlainButton[scale="small"]:focus { padding: 0 9px }
PlainButton:checked { background: $accent_bg; color: $accent; border-color: $accent_bg; font-weight: 600 }
PlainButton:disabled, PrimaryButton:disabled, DangerButton:disabled {
  color: $faint; background: $bg; border-color: $line }
PrimaryButton { background: $accent_fill; border-color: $accent_fill; color: $on_fill; font-weight: 600 }
DangerButton { background: $rec_fill; border-color: $rec_fill; color: $on_fill; font-weight: 600 }
PrimaryButton:hover, DangerButton:hover { border-color: $ink }
PlainButton:focus { border: 2px solid $accent; padding: 6px 13px }
PrimaryButton:focus, DangerButton:focus { border: 2px solid $ink; padding: 6px 13px }
PlainButton::menu-indicator { width: 0 }

ChipButton { font-size: 12px; padding: 5px 10px; border-radius: 8px; border: 1px solid $edge;
  background: $bg; color: $ink; text-align: left; min-height: 20px }
ChipButton:hover { border-color: $faint } ChipButton:pressed { background: $line }
ChipButton:focus { border: 2px solid $accent; padding: 4px 9px }

SegmentButton { font-size: 14px; padding: 7px 22px; min-height: 20px; border: 1px solid $edge;
  background: $panel; color: $sub; border-radius: 0 }
SegmentButton[scale="small"] { font-size: 12px; padding: 4px 8px }
SegmentButton[place="first"] { border-top-left-radius: 9px; border-bottom-left-radius: 9px }
SegmentButton[place="last"] { border-top-right-radius: 9px; border-bottom-right-radius: 9px }
SegmentButton[place="middle"], SegmentButton[place="last"] { border-left: 0 }
SegmentButton:hover { color: $ink; background: $bg }
SegmentButton:checked { font-weight: 600; color: $accent; background: $accent_bg }
SegmentButton[kind="ok"]:checked { color: $ok; background: $ok_bg }
SegmentButton[kind="bad"]:checked { color: $bad; background: $bad_bg }
SegmentButton[kind="warn"]:checked { color: $warn; background: $warn_bg }
SegmentButton:focus { border: 2px solid $accent; padding: 6px 21px }
SegmentButton[scale="small"]:focus { padding: 3px 7px }

Banner { border-radius: 10px; border: 1px solid $line; background: $accent_bg }
Banner[kind="info"] { background: $accent_bg; border-color: $accent_bg }
Banner[kind="warn"] { background: $warn_bg; border-color: $warn }
Banner[kind="error"] { background: $bad_bg; border-color: $bad }

Rail { background: $panel; border: 0; border-right: 1px solid $line }
FootBar { background: $panel; border: 0; border-top: 1px solid $line }
RedBar { background: $rec_bg; border: 0; border-bottom: 1px solid $line }
RedBar[alarm="true"] { background: $warn_bg; border-bottom: 2px solid $warn }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {
  border: 1px solid $edge; border-radius: 8px; padding: 7px 10px; background: $bg; color: $ink;
  font-size: 13px; selection-background-color: $accent_fill; selection-color: $on_fill }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $accent; padding: 6px 9px; background: $panel }
QComboBox { min-height: 20px; padding-right: 26px } QComboBox:focus { padding-right: 25px }
QComboBox::drop-down { border: 0; width: 24px }
QComboBox::down-arrow { image: url("$chevron"); width: 14px; height: 14px }
QComboBox QAbstractItemView { background: $panel; color: $ink; border: 1px solid $edge;
  selection-background-color: $accent_bg; selection-color: $accent; padding: 4px }
QCheckBox, QRadioButton { spacing: 8px; background: transparent }
QCheckBox::indicator, QTableView::indicator { width: 18px; height: 18px; border: 2px solid $faint;
  border-radius: 5px; background: $panel }
QCheckBox::indicator:checked, QTableView::indicator:checked {
  background: $accent_fill; border-color: $accent_fill; image: url("$tick") }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent }
QCheckBox:focus { color: $accent }
QProgressBar { border: 0; border-radius: 4px; background: $line; min-height: 8px; max-height: 8px;
  text-align: center; color: transparent }
QProgressBar::chunk { border-radius: 4px; background: $accent_fill }

QTableView, QTreeView, QListView { background: $panel; color: $ink; border: 0; gridline-color: $line;
  selection-background-color: $accent_bg; selection-color: $accent; font-size: 13px }
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
    """The style sheet in these colours; ``pictures`` is the folder of the few pictures it names."""
    colors = {name: value for name, value in asdict(tokens).items() if isinstance(value, str)}
    shade = "dark" if tokens.dark else "light"
    return _SHEET.substitute(colors, chevron=f"{pictures}/chevron-{shade}.svg", tick=f"{pictures}/tick.svg")
