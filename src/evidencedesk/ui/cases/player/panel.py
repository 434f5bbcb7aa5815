"""The player of the encounter card: wave, controls, and what is known of the file that is heard."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile, Leg
from evidencedesk.domain.rules import RulePack
from evidencedesk.domain.sound_line import Place, SoundLine
from evidencedesk.ui.cases.player.controls import PlayerControls
from evidencedesk.ui.cases.player.marker import markers
from evidencedesk.ui.cases.player.presenter import PlayerPresenter
from evidencedesk.ui.cases.player.remarks import remarks
from evidencedesk.ui.cases.player.services import Sound
from evidencedesk.ui.cases.player.sound_facts import SoundFacts
from evidencedesk.ui.cases.player.state import PlayerState
from evidencedesk.ui.cases.player.wave_view import WaveView
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label


class PlayerPanel(QWidget):
    """Shows what the presenter plays.

    Emits:
        place_heard: id of a sound and milliseconds in it, while it plays or is put elsewhere.
        place_chosen: the same, when the user chose it on the wave.
        open_clicked, folder_clicked: the ``Recording`` or ``ImportedSound``.
    """

    place_heard = Signal(str, int)
    place_chosen = Signal(str, int)
    open_clicked = Signal(object)
    folder_clicked = Signal(object)

    def __init__(self, presenter: PlayerPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._case_file: CaseFile | None = None
        self._packs: tuple[RulePack, ...] = ()
        self._marked: object = None
        self.wave = WaveView(self)
        self.reading = TextLabel(tone="faint", parent=self)
        self.remark = TextLabel(tone="warn", parent=self, wrap=True)
        self.controls = PlayerControls(words, self)
        self.facts = SoundFacts(words, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.wave, self.reading, self.remark, self.controls, self.facts):
            column.addWidget(widget)
        controls = self.controls
        controls.play_clicked.connect(presenter.toggle)
        controls.first_clicked.connect(presenter.set_first)
        controls.last_clicked.connect(presenter.set_last)
        controls.clear_clicked.connect(presenter.clear_points)
        controls.side_chosen.connect(presenter.set_side)
        controls.speed_chosen.connect(presenter.set_speed)
        controls.skip_chosen.connect(presenter.skip_silence)
        controls.volume_chosen.connect(presenter.set_volume)
        self.wave.place_chosen.connect(self._wave_chosen)
        self.facts.open_clicked.connect(self.open_clicked)
        self.facts.folder_clicked.connect(self.folder_clicked)
        presenter.state_changed.connect(self.render_state)
        presenter.moved.connect(self._moved)
        self.render_state(presenter.state)

    def show_case(self, case_file: CaseFile, packs: tuple[RulePack, ...]) -> None:
        """The case as it stands now: what is noted on the wave, and what is missing."""
        self._case_file = case_file
        self._packs = packs
        self.render_state(self._presenter.state)

    @Slot(object)
    def render_state(self, state: PlayerState) -> None:
        """Show the player."""
        t = self._words.text
        self.controls.show_state(state, self._presenter.at_ms)
        self.wave.setAccessibleName(
            t("Wave of the sound. Click to go there; wheel, + and - to look closer or from further away.")
        )
        line = state.line
        self.wave.setVisible(not state.unplayable)
        self.wave.show_line(() if line is None else self._lanes(line), 0 if line is None else line.length_ms)
        self.wave.show_outlines(state.outlines)
        silences = state.silences or () if state.skip else ()
        self.wave.show_parts(state.first, state.repeat, silences)
        self.reading.setVisible(state.reading is not None)
        if state.reading is not None:
            self.reading.setText(t("Reading the wave… {percent} %", percent=round(state.reading * 100)))
        self._mark(line)
        self._show_facts()

    def _lanes(self, line: SoundLine) -> list[tuple[str, tuple[Place, ...]]]:
        words = self._words.words
        if not line.two_sides:
            return [("", line.places)]
        near = tuple(place for place in line.places if place.sound not in line.far)
        far = tuple(place for place in line.places if place.sound in line.far)
        return [(label(words, Leg.NEAR), near), (label(words, Leg.FAR), far)]

    def _mark(self, line: SoundLine | None) -> None:
        case_file = self._case_file
        state = self._presenter.state
        marked = (case_file, line, self._packs, self._words.words, state.subject, state.unplayable)
        if case_file is None or marked == self._marked:
            return
        self._marked = marked
        words = self._words.words
        self.wave.show_markers(() if line is None else markers(case_file, line, self._packs, words))
        own = [one for one in case_file.recordings if one.encounter == state.subject]
        said = remarks(words, own, case_file.gaps)
        if state.unplayable:
            said.append(words.text("This kind of file is played by other programs only."))
        self.remark.setText(" ".join(said))
        self.remark.setVisible(bool(said))

    def _show_facts(self) -> None:
        line, subject = self._presenter.state.line, self._presenter.state.subject
        heard = None if line is None else line.place_at(self._presenter.at_ms)
        sound = self._sound(subject or "") if heard is None else self._sound(heard[0])
        several = line is not None and len(line.sounds) > 1
        if sound != self.facts.sound or sound is None:
            self.facts.show_sound(sound, several=several)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.facts.retranslate()
        self.render_state(self._presenter.state)

    def _sound(self, name: str) -> Sound | None:
        case_file = self._case_file
        if case_file is None:
            return None
        sounds: tuple[Sound, ...] = (*case_file.recordings, *case_file.imported)
        return next((one for one in sounds if one.id == name), None)

    @Slot(int)
    def _moved(self, at_ms: int) -> None:
        self.wave.move_to(at_ms)
        self.controls.move_to(at_ms)
        line = self._presenter.state.line
        heard = None if line is None else line.place_at(at_ms)
        if heard is not None:
            self._show_facts()
            self.place_heard.emit(*heard)

    @Slot(int)
    def _wave_chosen(self, line_ms: int) -> None:
        self._presenter.seek(line_ms)
        line = self._presenter.state.line
        heard = None if line is None else line.place_at(line_ms)
        if heard is not None:
            self.place_chosen.emit(*heard)
