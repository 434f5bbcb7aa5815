"""One encounter of the case: when, how, and its sound."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile, Encounter, Recording, RecordingState
from evidencedesk.ui.cases.case_words import moment_text
from evidencedesk.ui.cases.review.presenter import ReviewState
from evidencedesk.ui.cases.review.sound_strip import SoundStrip
from evidencedesk.ui.cases.review.timeline import breaches
from evidencedesk.ui.cases.review.timeline_line import Line
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words, mark
from evidencedesk.wording.records import encounter_facts

_STATES: dict[RecordingState, tuple[str, Kind]] = {
    RecordingState.STOPPED: (mark("Sealed"), "ok"),
    RecordingState.RECOVERED: (mark("Recovered"), "warn"),
    RecordingState.RUNNING: (mark("Recording now"), "bad"),
}


class EncounterCard(Card):
    """Shows the chosen encounter.

    Emits:
        encounter_chosen: the id of another encounter.
        position_chosen: recording id and milliseconds.
        play_clicked, folder_clicked: the ``Recording``.
    """

    encounter_chosen = Signal(str)
    position_chosen = Signal(str, int)
    play_clicked = Signal(object)
    folder_clicked = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self._title = SectionTitle(parent=self)
        self._pills = QHBoxLayout()
        self._pills.setSpacing(8)
        self._place = TextLabel(tone="faint", parent=self)
        self.earlier_button = PlainButton("‹", parent=self)
        self.later_button = PlainButton("›", parent=self)
        self._neighbours: dict[QObject, str] = {}
        self.strips: list[SoundStrip] = []
        self._strips_language = ""
        header = QHBoxLayout()
        header.setSpacing(10)
        header.addWidget(self._title)
        header.addLayout(self._pills)
        header.addStretch(1)
        header.addWidget(self._place)
        for button in (self.earlier_button, self.later_button):
            button.make_small()
            button.clicked.connect(self._neighbour_clicked)
            header.addWidget(button)
        self._empty = TextLabel(tone="sub", parent=self, wrap=True)
        self.column.setSpacing(10)
        self.column.addLayout(header)
        self.column.addWidget(self._empty)
        self._sounds = QVBoxLayout()
        self._sounds.setSpacing(18)
        self.column.addLayout(self._sounds)

    def show_state(self, state: ReviewState) -> None:
        """Show the chosen encounter of a case."""
        case_file = state.case_file
        if case_file is None:
            return
        drawn = (case_file, state.encounter, state.pictures, self._words.words)
        if drawn == self._shown:
            return  # widgets that are in use must not be replaced for nothing
        self._shown = drawn
        self._show_neighbours(case_file, state.encounter)
        encounter = next((e for e in case_file.encounters if e.id == state.encounter), None)
        self._empty.setVisible(encounter is None)
        self._empty.setText(
            self._words.text(
                "Nothing was recorded in this case yet. Notes and files can be added here at any time."
            )
        )
        empty_layout(self._pills)
        if encounter is None:
            self._title.setText(self._words.text("No encounter yet"))
            self._show_strips((), state)
            return
        self._title.setText(_title(self._words.words, encounter))
        recordings = tuple(r for r in case_file.recordings if r.encounter == encounter.id)
        for text, kind in _pills(self._words.words, case_file, encounter, recordings):
            self._pills.addWidget(Pill(text, kind, self))
        self._show_strips(recordings, state)

    def show_line(self, line: Line | None) -> None:
        """Mark where the chosen line of the timeline is."""
        for strip in self.strips:
            here = line is not None and line.recording == strip.recording.id
            strip.picture.set_position(line.at_ms if line is not None and here else None)

    def _show_neighbours(self, case_file: CaseFile, chosen: str | None) -> None:
        t = self._words.text
        names = [encounter.id for encounter in case_file.encounters]
        place = names.index(chosen) if chosen in names else 0
        self._place.setText(t("{number} of {count}", number=place + 1, count=len(names)))
        self.earlier_button.setAccessibleName(t("Earlier encounter"))
        self.later_button.setAccessibleName(t("Later encounter"))
        self._neighbours = {}
        for button, other in ((self.earlier_button, place - 1), (self.later_button, place + 1)):
            button.setToolTip(button.accessibleName())
            button.setEnabled(0 <= other < len(names))
            if button.isEnabled():
                self._neighbours[button] = names[other]
        for widget in (self._place, self.earlier_button, self.later_button):
            widget.setVisible(len(names) > 1)

    def _show_strips(self, recordings: tuple[Recording, ...], state: ReviewState) -> None:
        before = tuple(strip.recording for strip in self.strips)
        if before != recordings or self._strips_language != self._words.language:
            self._strips_language = self._words.language
            self._make_strips(recordings)
        case_file = state.case_file
        if case_file is None:
            return
        for strip in self.strips:
            recording = strip.recording.id
            strip.show_sound(state.picture(recording), _markers(case_file, recording))
            strip.show_gaps([gap for gap in case_file.gaps if gap.recording == recording])

    def _make_strips(self, recordings: tuple[Recording, ...]) -> None:
        empty_layout(self._sounds)
        self.strips = [SoundStrip(recording, self._words, self) for recording in recordings]
        for strip in self.strips:
            self._sounds.addWidget(strip)
            strip.position_chosen.connect(self.position_chosen)
            strip.play_clicked.connect(self.play_clicked)
            strip.folder_clicked.connect(self.folder_clicked)

    @Slot()
    def _neighbour_clicked(self) -> None:
        self.encounter_chosen.emit(self._neighbours[self.sender()])


def _title(words: Words, encounter: Encounter) -> str:
    told = (
        moment_text(words, encounter.opened),
        label(words, encounter.mode),
        *encounter_facts(words, encounter),
    )
    return " · ".join(told)


def _pills(
    words: Words, case_file: CaseFile, encounter: Encounter, recordings: tuple[Recording, ...]
) -> list[tuple[str, Kind]]:
    found: list[tuple[str, Kind]] = []
    broken = len(breaches(case_file.ticks, encounter.id))
    if broken:
        found.append((words.plural("{n} breach marked", "{n} breaches marked", broken), "bad"))
    for state, (text, kind) in _STATES.items():
        if any(recording.state is state for recording in recordings):
            found.append((words.text(text), kind))
    if any(recording.simulated for recording in recordings):
        found.append((words.text("Simulated"), "warn"))
    return found


def _markers(case_file: CaseFile, recording: str) -> list[tuple[int, str]]:
    return [
        (tick.at_ms, "bad")
        for tick in breaches(case_file.ticks)
        if tick.recording == recording and tick.at_ms is not None
    ]
