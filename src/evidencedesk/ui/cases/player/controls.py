"""The controls of the player in a row that wraps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from evidencedesk.domain.case import Leg
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.sound_line import Hear
from evidencedesk.ui.cases.player.state import SPEEDS, PlayerState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.theme.icons import icon
from evidencedesk.ui.theme.text_size import fix_height, fix_size, fix_width, letters_of
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label


class PlayerControls(QWidget):
    """Shows how it is heard; every wish is a signal.

    Emits:
        play_clicked, first_clicked, last_clicked, clear_clicked.
        side_chosen: ``both``, ``near`` or ``far``.
        speed_chosen: one of ``SPEEDS``.
        skip_chosen: whether silences are left out.
        volume_chosen: percent.
    """

    play_clicked = Signal()
    first_clicked = Signal()
    last_clicked = Signal()
    clear_clicked = Signal()
    side_chosen = Signal(str)
    speed_chosen = Signal(float)
    skip_chosen = Signal(bool)
    volume_chosen = Signal(int)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._playing: bool | None = None
        self._length_ms = 0
        self.play_button = PlainButton(icon_name="play", parent=self)
        self.clock = TextLabel(parent=self)
        letters_of(self.clock, mono_font(14))
        self._sides = QWidget(self)
        self.side = SegmentedControl([Segment(one.value) for one in Hear], small=True, parent=self._sides)
        self.skip_button = PlainButton(parent=self)
        self.skip_button.setCheckable(True)
        self.first_button = PlainButton("A", parent=self)
        self.last_button = PlainButton("B", parent=self)
        for button in (self.first_button, self.last_button):
            button.setCheckable(True)
        self.clear_button = PlainButton(icon_name="x", parent=self)
        self.clear_button.make_flat()
        self.speed_box = ElidedComboBox(self)
        for speed in SPEEDS:
            self.speed_box.addItem(f"{speed:g}×", speed)
        fix_width(self.speed_box, 100)
        self.mute_button = PlainButton(icon_name="volume-2", parent=self)
        self.mute_button.make_icon()
        self.mute_button.setCheckable(True)
        fix_size(self.mute_button, 36, 36)
        self._louder = 100
        self.volume = QSlider(Qt.Orientation.Horizontal, self)
        self.volume.setRange(0, 100)
        fix_width(self.volume, 80)
        self.volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.play_button.clicked.connect(self.play_clicked)
        self.side.clicked.connect(self.side_chosen)
        self.skip_button.clicked.connect(self._skip_clicked)
        self.first_button.clicked.connect(self.first_clicked)
        self.last_button.clicked.connect(self.last_clicked)
        self.clear_button.clicked.connect(self.clear_clicked)
        self.speed_box.activated.connect(self._speed_activated)
        self.volume.valueChanged.connect(self.volume_chosen)
        self.mute_button.clicked.connect(self._mute_clicked)

    def show_state(self, state: PlayerState, at_ms: int) -> None:
        """Show how it is heard."""
        t = self._words.text
        if state.playing != self._playing:
            self._playing = state.playing
            self.play_button.setIcon(icon("pause" if state.playing else "play", "ink"))
        self.play_button.setText(t("Pause") if state.playing else t("Play"))
        self.play_button.setEnabled(state.can_play)
        self.play_button.setToolTip(
            t("While something is recorded nothing is played: it would be recorded, too.")
            if state.recording
            else t("Play or pause (Space). Back and ahead: J and L or ← and →, 5 s; with Shift 1 s.")
        )
        self._length_ms = 0 if state.line is None else state.line.length_ms
        self.move_to(at_ms)
        self._sides.setVisible(state.line is not None and state.line.two_sides)
        self.side.set_current(state.hear.value)
        self.skip_button.setChecked(state.skip)
        self.skip_button.setText(
            t("Looking for speech… {percent} %", percent=round(state.studying * 100))
            if state.skip and state.studying is not None
            else t("Skip silence")
        )
        points = state.first is not None or state.repeat is not None
        self.first_button.setChecked(state.first is not None)
        self.last_button.setChecked(state.repeat is not None)
        self.clear_button.setVisible(points)
        self.speed_box.setCurrentIndex(SPEEDS.index(state.speed))
        self.volume.blockSignals(True)
        self.volume.setValue(round(state.volume * 100))
        self.volume.blockSignals(False)
        self.mute_button.setChecked(state.volume == 0)
        for widget in (self.side, self.skip_button, self.first_button, self.last_button):
            widget.setEnabled(state.line is not None)
        self._name()

    def move_to(self, at_ms: int) -> None:
        """Show another time."""
        self.clock.setText(f"{clock_text(at_ms)} / {clock_text(self._length_ms)}")

    def _lay_out(self) -> None:
        row = FlowLayout(self, spacing=10)
        points = QWidget(self)
        inside = QHBoxLayout(points)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for button in (self.first_button, self.last_button, self.clear_button):
            inside.addWidget(button)
        loudness = QWidget(self)
        level = QHBoxLayout(loudness)
        level.setContentsMargins(0, 0, 0, 0)
        level.setSpacing(8)
        level.addWidget(self.mute_button)
        level.addWidget(self.volume)
        beside = QHBoxLayout(self._sides)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.side)
        for widget in (
            self.play_button,
            self.clock,
            self._sides,
            self.speed_box,
            self.skip_button,
            points,
            loudness,
        ):
            row.addWidget(widget)
        # As high as a button, so that what stands in a line stands on a line.
        for low in (self.clock, self._sides, loudness):
            fix_height(low, 36)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _name(self) -> None:
        t, words = self._words.text, self._words.words
        self.play_button.setAccessibleName(self.play_button.text())
        self.clock.setAccessibleName(t("Time and length"))
        self.side.setAccessibleName(t("Which side is heard"))
        self.side.set_label(Hear.BOTH.value, t("Both sides"))
        self.side.set_label(Hear.NEAR.value, label(words, Leg.NEAR))
        self.side.set_label(Hear.FAR.value, label(words, Leg.FAR))
        self.skip_button.setToolTip(t("Leaves out where nobody speaks, as the computer judges it"))
        self.skip_button.setAccessibleName(self.skip_button.text())
        self.first_button.setAccessibleName(t("Repeat from here (A)"))
        self.first_button.setToolTip(t("Repeat from here (key [)"))
        self.last_button.setAccessibleName(t("Repeat up to here (B)"))
        self.last_button.setToolTip(t("Repeat up to here (key ])"))
        self.clear_button.setAccessibleName(t("Repeat no more"))
        self.clear_button.setToolTip(t("Repeat no more (Esc)"))
        self.speed_box.setAccessibleName(t("Speed"))
        self.speed_box.setToolTip(t("Speed, at the same pitch (keys , and .)"))
        self.volume.setAccessibleName(t("Volume"))
        self.volume.setToolTip(t("Volume"))
        self.mute_button.setAccessibleName(t("Mute"))
        self.mute_button.setToolTip(t("Mute"))

    @Slot(bool)
    def _skip_clicked(self, checked: bool) -> None:  # noqa: FBT001 - a slot
        self.skip_chosen.emit(checked)

    @Slot(bool)
    def _mute_clicked(self, mute: bool) -> None:  # noqa: FBT001 - a slot
        if mute:
            self._louder = self.volume.value() or 100
        self.volume_chosen.emit(0 if mute else self._louder)

    @Slot(int)
    def _speed_activated(self, index: int) -> None:
        self.speed_chosen.emit(SPEEDS[index])
