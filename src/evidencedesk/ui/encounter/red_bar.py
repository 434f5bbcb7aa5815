"""The red bar: only what is true, and amber as soon as anything is not as it should be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.domain.case import Mode
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.pulse import RecorderState
from evidencedesk.ui.encounter.alarm_words import alarm_text
from evidencedesk.ui.encounter.copies import CopyState
from evidencedesk.ui.encounter.presenter import BarState
from evidencedesk.ui.kit.announce import announce
from evidencedesk.ui.kit.buttons import DangerButton, PlainButton
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.kit.waveform_strip import WaveformStrip
from evidencedesk.ui.room_left import room_text
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.text_size import (
    at_least_high,
    at_least_wide,
    fix_height,
    fix_size,
    letters_of,
    scaled,
    text_scale,
)
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_TIME_PX = 34
_HEIGHT_PX = 74
_ROOMY_PX = 1100
_LEAST_TEXT_PX = 200
_TIGHT_PX, _TIGHT_TIME_PX = 700, 20
_COPY = {
    CopyState.NONE: "",
    CopyState.WRITTEN: mark("second copy is being written"),
    CopyState.LOST: mark("no second copy any more"),
    CopyState.ALONE: mark("written to the second place only"),
}


class Lamp(QWidget):
    """The dot: red while recording, amber in trouble, grey while sealing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "rec_fill"
        fix_size(self, 14, 14)

    def set_tone(self, tone: str) -> None:
        """Name of the token."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(current_tokens(), self._tone)))
        painter.drawEllipse(QRectF(self.rect()))
        painter.end()


class RedBar(QFrame):
    """Time, what is safe, device, room, sound, stop."""

    stop_clicked = Signal()
    restart_clicked = Signal()
    hide_clicked = Signal()
    lock_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._alarmed = False
        self._tight = False
        # A long sentence in a small window may make it higher.
        at_least_high(self, _HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._lamp = Lamp(self)
        self.time = QLabel(self)
        self.time.setObjectName("time")
        letters_of(self.time, mono_font(_TIME_PX, QFont.Weight.Bold))
        self.headline = TextLabel(tone="strong", parent=self, wrap=True)
        self.detail = ElidedLabel(tone="faint", parent=self)
        self.detail.setObjectName("saved")
        self.more = ElidedLabel(tone="faint", parent=self)
        self.simulated = Pill(kind="warn", parent=self)
        self.waveform = WaveformStrip(self)
        fix_height(self.waveform, 46)
        self.stop = DangerButton(icon_name="stop", parent=self)
        at_least_high(self.stop, 36)
        self.stop.setShortcut("Ctrl+Shift+S")
        self.stop.clicked.connect(self.stop_clicked)
        self.hide_button = PlainButton(icon_name="eye-off", parent=self)
        self.lock_button = PlainButton(icon_name="lock", parent=self)
        for button, clicked in (
            (self.hide_button, self.hide_clicked),
            (self.lock_button, self.lock_clicked),
        ):
            button.make_icon()
            button.setFixedSize(36, 36)
            button.clicked.connect(clicked)
        self.lock_button.hide()
        self.restart = PlainButton(icon_name="refresh-cw", parent=self)
        at_least_high(self.restart, 36)
        self.restart.clicked.connect(self.restart_clicked)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch(1)
        texts.addWidget(self.headline)
        texts.addWidget(self.detail)
        texts.addWidget(self.more)
        texts.addStretch(1)
        self._texts = QWidget(self)
        self._texts.setLayout(texts)
        texts.setContentsMargins(0, 0, 0, 0)
        for text in (self.detail, self.more):
            text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self._lamp)
        row.addWidget(self.time)
        row.addWidget(self._texts)
        row.addWidget(self.simulated)
        row.addWidget(self.waveform, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(18)
        buttons.addStretch(1)
        buttons.addWidget(self.restart)
        aside = QHBoxLayout()
        aside.setSpacing(8)
        aside.addWidget(self.hide_button)
        aside.addWidget(self.lock_button)
        buttons.addLayout(aside)
        buttons.addWidget(self.stop)
        at_least_wide(self._texts, _LEAST_TEXT_PX)
        line = TurningRow(self, 18)
        line.row.addLayout(row, 1)
        line.row.addLayout(buttons)
        line.row.setContentsMargins(22, 0, 22, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(line)

    def render(self, state: BarState) -> None:  # type: ignore[override]
        """Show this."""
        t = self._words.text
        alarm = state.alarms[0] if state.alarms else None
        set_look(self, "alarm", "true" if alarm else "false")
        lamp = "faint" if state.stopping else "rec_fill"
        self._lamp.set_tone("warn" if alarm else lamp)
        self.time.setText(clock_text(state.elapsed_s * 1000))
        self.time.setAccessibleName(t("Recorded time {time}", time=self.time.text()))
        headline = alarm_text(self._words, alarm) if alarm else self._headline(state)
        if headline != self.headline.text():
            announce(self, headline, urgent=alarm is not None)
        self.headline.setText(headline)
        self.headline.set_tone("alarm" if alarm else "strong")
        self.headline.setAccessibleName(self.headline.text())
        self._alarmed = alarm is not None
        self._give_room()
        self.detail.setText(self._detail(state))
        more = "" if alarm else self._more(state)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.simulated.show_text(t("Simulated") if state.simulated else "")
        self.simulated.setToolTip(t("This is played from a file or a test, it is no real encounter"))
        self.waveform.setAccessibleName(t("Sound of the last seconds"))
        self.restart.setText(t("Restart recorder"))
        self.restart.setAccessibleName(t("Restart recorder"))
        self.restart.setToolTip(
            t("End the recorder that does not answer. What it saved is kept, and recording goes on.")
        )
        self.restart.setVisible(state.frozen)
        self.hide_button.setAccessibleName(t("Quick hide"))
        self.hide_button.setToolTip(t("Hide the window behind an empty sheet") + "  Esc Esc Esc")
        self.lock_button.setAccessibleName(t("Lock"))
        self.lock_button.setToolTip(t("Lock; the recording goes on") + "  Ctrl+L")
        self.stop.setText(t("Stop and save"))
        self.stop.setAccessibleName(t("Stop and save"))
        self.stop.setToolTip("Ctrl+Shift+S")
        self.stop.setShortcut("Ctrl+Shift+S")
        self.stop.setEnabled(not state.stopping)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window has room for a sentence or for the waveform."""
        super().resizeEvent(event)
        self._give_room()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._give_room()

    def _give_room(self) -> None:
        """What is wrong must be read to its end: two lines of it, before anything else."""
        tight = text_scale() > 1 and self.width() < scaled(_TIGHT_PX)
        self.waveform.setVisible(not tight and (not self._alarmed or self.width() >= scaled(_ROOMY_PX)))
        # The time is large already; what is wrong needs the room more.
        if tight is not self._tight:
            self._tight = tight
            letters_of(self.time, mono_font(_TIGHT_TIME_PX if tight else _TIME_PX, QFont.Weight.Bold))
        self._row.setStretchFactor(self._texts, 3 if self._alarmed else 0)

    def _headline(self, state: BarState) -> str:
        t = self._words.text
        mode = t("Visit") if state.mode is Mode.VISIT else t("Call")
        if state.state is RecorderState.STARTING:
            return t("Starting · {mode}", mode=mode)
        if state.stopping:
            return t("Saving and checking…")
        return t("Recording · {mode}", mode=mode)

    def _detail(self, state: BarState) -> str:
        t = self._words.text
        if state.stopping:
            return t("Reading everything back from the disk. This takes a moment.")
        parts = [t("Safe on disk up to {time}", time=clock_text(state.saved_s * 1000))]
        if state.device:
            parts.append(" + ".join(name for name in (state.device, state.far_device) if name))
        if state.minutes_left is not None:
            parts.append(room_text(self._words, state.minutes_left))
        return " · ".join(parts)

    def _more(self, state: BarState) -> str:
        """What goes on beside it: the second copy, and whether the computer stays awake."""
        if state.stopping:
            return ""
        t = self._words.text
        parts = [t(_COPY[state.copy])]
        if state.awake is not None:
            parts.append(
                t("the computer stays awake")
                if state.awake
                else t("keep the computer awake: it may fall asleep")
            )
        said = " · ".join(part for part in parts if part)
        return said[:1].upper() + said[1:]
