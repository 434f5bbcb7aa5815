"""One encounter of the case: when, how, and its sound."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from evidencedesk.domain.case import CaseFile, Encounter, Recording, RecordingState
from evidencedesk.ui.cases.case_words import moment_text
from evidencedesk.ui.cases.player.panel import PlayerPanel
from evidencedesk.ui.cases.player.presenter import PlayerPresenter
from evidencedesk.ui.cases.review.encounter_picker import EncounterPicker, choices
from evidencedesk.ui.cases.review.presenter import ReviewState
from evidencedesk.ui.cases.review.timeline import breaches
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
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
    """Shows the chosen encounter with its player.

    Emits:
        encounter_chosen: the id of another encounter.
        sound_chosen: the id of what is played: the encounter, or a recording made elsewhere.
    """

    encounter_chosen = Signal(str)
    sound_chosen = Signal(str)

    def __init__(self, player: PlayerPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self._case_file: CaseFile | None = None
        self._encounter: str | None = None
        self._title = ElidedLabel(tone="section", parent=self)
        # As wide as it is, and no wider: the pills stand behind it.
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._pills = QHBoxLayout()
        self._pills.setSpacing(8)
        self.place_button = PlainButton(parent=self)
        self.picker = EncounterPicker(words, self)
        self.earlier_button = PlainButton("‹", parent=self)
        self.later_button = PlainButton("›", parent=self)
        self._neighbours: dict[QObject, str] = {}
        self.player = PlayerPanel(player, words, self)
        self.sounds = ElidedComboBox(self)
        header = QHBoxLayout()
        header.setSpacing(10)
        header.addWidget(self._title)
        header.addLayout(self._pills)
        header.addStretch(1)
        for button in (self.place_button, self.earlier_button, self.later_button):
            button.make_small()
            header.addWidget(button)
        for button in (self.earlier_button, self.later_button):
            button.clicked.connect(self._neighbour_clicked)
        self._empty = TextLabel(tone="sub", parent=self, wrap=True)
        self.column.setSpacing(10)
        self.column.addLayout(header)
        self.column.addWidget(self._empty)
        self.column.addWidget(self.sounds, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.player)
        self.place_button.clicked.connect(self._place_clicked)
        self.picker.chosen.connect(self.encounter_chosen)
        self.sounds.activated.connect(self._sound_activated)

    def show_state(self, state: ReviewState) -> None:
        """Show the chosen encounter of a case."""
        case_file = state.case_file
        if case_file is None:
            self._shown = None  # the same case may come back
            return
        drawn = (case_file, state.encounter, state.packs, self._words.words)
        if drawn == self._shown:
            return  # widgets that are in use must not be replaced for nothing
        self._shown = drawn
        self._case_file, self._encounter = case_file, state.encounter
        self._show_neighbours(case_file, state.encounter)
        encounter = next((e for e in case_file.encounters if e.id == state.encounter), None)
        self._empty.setVisible(encounter is None)
        self._empty.setText(
            self._words.text(
                "Nothing was recorded in this case yet. Notes and files can be added here at any time."
            )
        )
        empty_layout(self._pills)
        self.player.show_case(case_file, state.packs)
        self.player.setVisible(encounter is not None)
        self._show_sounds(case_file, encounter)
        if encounter is None:
            self._title.setText(self._words.text("No encounter yet"))
            return
        self._title.setText(_title(self._words.words, encounter))
        recordings = tuple(r for r in case_file.recordings if r.encounter == encounter.id)
        for text, kind in _pills(self._words.words, case_file, encounter, recordings):
            self._pills.addWidget(Pill(text, kind, self))

    def show_sound(self, sound: str) -> None:
        """Choose a recording made elsewhere; for any other id what was recorded here."""
        place = max(0, self.sounds.findData(sound))
        if self.sounds.currentIndex() != place:
            self.sounds.setCurrentIndex(place)
            self.sound_chosen.emit(self.sounds.currentData())

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.player.retranslate()

    def _show_sounds(self, case_file: CaseFile, encounter: Encounter | None) -> None:
        """What else can be heard of this encounter; a choice only where there is one."""
        own = () if encounter is None else (encounter,)
        others = [one for one in case_file.imported if own and one.encounter == own[0].id]
        t = self._words.text
        before = self.sounds.currentData()
        self.sounds.clear()
        if any(one.encounter == self._encounter for one in case_file.recordings):
            self.sounds.addItem(t("Recorded here"), self._encounter)
        for one in others:
            self.sounds.addItem(t("Recorded elsewhere: {name}", name=one.name), one.id)
        self.sounds.setCurrentIndex(max(0, self.sounds.findData(before)))
        self.sounds.setAccessibleName(t("Which sound is played"))
        self.sounds.setVisible(bool(others))
        self.sound_chosen.emit(self.sounds.currentData() or self._encounter or "")

    def _show_neighbours(self, case_file: CaseFile, chosen: str | None) -> None:
        t = self._words.text
        names = [encounter.id for encounter in case_file.encounters]
        place = names.index(chosen) if chosen in names else 0
        self.place_button.setText(t("{number} of {count}", number=place + 1, count=len(names)) + "  ▾")
        self.place_button.setAccessibleName(t("Choose an encounter"))
        self.place_button.setToolTip(self.place_button.accessibleName())
        self.earlier_button.setAccessibleName(t("Earlier encounter"))
        self.later_button.setAccessibleName(t("Later encounter"))
        self._neighbours = {}
        for button, other in ((self.earlier_button, place - 1), (self.later_button, place + 1)):
            button.setToolTip(button.accessibleName())
            button.setEnabled(0 <= other < len(names))
            if button.isEnabled():
                self._neighbours[button] = names[other]
        for widget in (self.place_button, self.earlier_button, self.later_button):
            widget.setVisible(len(names) > 1)

    @Slot()
    def _neighbour_clicked(self) -> None:
        self.encounter_chosen.emit(self._neighbours[self.sender()])

    @Slot()
    def _place_clicked(self) -> None:
        if self._case_file is not None:
            shown = choices(self._case_file, self._words.words)
            self.picker.open_at(self.place_button, shown, self._encounter)

    @Slot(int)
    def _sound_activated(self, _index: int) -> None:
        self.sound_chosen.emit(self.sounds.currentData())


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
