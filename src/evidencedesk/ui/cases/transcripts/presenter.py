"""What a program heard: asks for drafts, follows them, and keeps corrections."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.case import CaseFile, RecordingState
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.heard_lines import HeardLine, heard_lines, sounds_of, transcripts_that_count
from evidencedesk.domain.transcript import Transcript
from evidencedesk.domain.transcription import ModelFacts, Stage, Transcription
from evidencedesk.ui.cases.transcripts.services import TranscriptsServices

_LOOK_MS = 250


@dataclass(frozen=True, slots=True)
class TranscriptsState:
    """The page. ``talk`` is the encounter or imported sound whose sentences, ``lines``, are shown.

    ``sounds`` can be written down; ``work`` is this case's part of the queue, ``ahead`` how many of other
    cases are in it.
    """

    case_file: CaseFile | None = None
    installed: bool = True
    command: str = ""
    model: ModelFacts = field(default_factory=ModelFacts)
    language: str = "auto"
    sounds: tuple[str, ...] = ()
    talk: str = ""
    lines: tuple[HeardLine, ...] = ()
    work: tuple[Transcription, ...] = ()
    ahead: int = 0
    recording: bool = False

    @property
    def talks(self) -> tuple[str, ...]:
        """The encounters and imported sounds of which something can be, or was, written down."""
        file = self.case_file
        if file is None:
            return ()
        known = {*self.sounds, *transcripts_that_count(file)}
        names = [one.id for one in file.encounters] + [one.id for one in file.imported]
        return tuple(name for name in names if any(one.id in known for one in sounds_of(file, name)))

    @property
    def transcripts(self) -> tuple[Transcript, ...]:
        """The transcripts that the sentences come from."""
        if self.case_file is None:
            return ()
        latest = transcripts_that_count(self.case_file)
        return tuple(latest[one.id] for one in sounds_of(self.case_file, self.talk) if one.id in latest)

    @property
    def wishes(self) -> tuple[str, ...]:
        """The recordings of the chosen talk that can be written down now."""
        if self.case_file is None:
            return ()
        busy = {one.recording for one in self.work if one.unfinished}
        names = (one.id for one in sounds_of(self.case_file, self.talk))
        return tuple(name for name in names if name in self.sounds and name not in busy)


class TranscriptsPresenter(QObject):
    """Emits the state, ``case_changed`` when something was written, and ``problem``."""

    state_changed = Signal(object)
    case_changed = Signal()
    problem = Signal(object)

    def __init__(self, services: TranscriptsServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._state = TranscriptsState()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def state(self) -> TranscriptsState:
        """What is shown."""
        return self._state

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now."""
        same = self._state.case_file is not None and self._state.case_file.case.id == case_file.case.id
        state = replace(
            self._state,
            case_file=case_file,
            installed=self._services.can_transcribe(),
            command=self._services.install_command(),
            model=self._state.model if same else self._services.speech_model(),
            language=self._services.speech_language(),
            sounds=_sounds(case_file),
        )
        talk = state.talk if same and state.talk in state.talks else _first_talk(state)
        self._become(replace(state, talk=talk))
        self.look()

    def choose_talk(self, talk: str) -> None:
        """Show another encounter or imported sound."""
        if talk in self._state.talks:
            self._become(replace(self._state, talk=talk))

    def choose_model(self, folder: Path) -> None:
        """Look at a folder and use it."""
        try:
            found = self._services.choose_speech_model(folder)
        except Known as problem:
            self.problem.emit(problem)
            return
        self._become(replace(self._state, model=found))

    def choose_language(self, language: str) -> None:
        """Tell in which language people speak."""
        try:
            self._services.choose_speech_language(language)
        except Known as problem:
            self.problem.emit(problem)
        self._become(replace(self._state, language=language))

    def begin(self, sounds: tuple[str, ...]) -> None:
        """Put recordings into the queue."""
        file = self._state.case_file
        if file is not None and sounds:
            self._services.transcribe(file.case.id, sounds)
            self.look()

    def stop(self, recording: str) -> None:
        """Take one out of the queue."""
        self._services.stop_transcribing(recording)
        self.look()

    def correct(self, line: HeardLine, text: str) -> None:
        """Give a sentence other words; the same words are no correction."""
        file = self._state.case_file
        if file is None or text.strip() == line.sentence.text:
            return
        try:
            self._services.correct_sentence(file.case.id, line.transcript, line.number, text)
        except Known as problem:
            if problem.code is not Code.NOTHING_CHANGED:
                self.problem.emit(problem)
            return
        self.case_changed.emit()

    def set_recording(self, *, recording: bool) -> None:
        """Something is being recorded: drafts rest, and no dialog may cover it."""
        self._become(replace(self._state, recording=recording))

    @Slot()
    def look(self) -> None:
        """See how the queue stands."""
        file = self._state.case_file
        if file is None:
            return
        before = {one.number: one.stage for one in self._state.work}
        queue = self._services.transcriptions()
        work = tuple(one for one in queue if one.case == file.case.id)
        ahead = sum(one.unfinished and one.case != file.case.id for one in queue)
        unfinished = any(one.unfinished for one in queue)
        if unfinished != self._timer.isActive():
            (self._timer.start if unfinished else self._timer.stop)()
        if (work, ahead) != (self._state.work, self._state.ahead):
            self._become(replace(self._state, work=work, ahead=ahead))
        ended = [one for one in work if one.stage is Stage.DONE]
        if any(one.number in before and before[one.number] is not Stage.DONE for one in ended):
            self.case_changed.emit()

    def _become(self, state: TranscriptsState) -> None:
        before, file = self._state, state.case_file
        if file is not None and (file is not before.case_file or state.talk != before.talk):
            # Ten thousand sentences are put in order once, not with every look at the queue.
            state = replace(state, lines=heard_lines(file, state.talk))
        self._state = state
        self.state_changed.emit(state)


def _sounds(case_file: CaseFile) -> tuple[str, ...]:
    recorded = (
        one.id for one in case_file.recordings if one.state is not RecordingState.RUNNING and one.samples
    )
    return (*recorded, *(one.id for one in case_file.imported if one.duration_ms is not None))


def _first_talk(state: TranscriptsState) -> str:
    """The latest talk that was written down, or the latest of all."""
    file = state.case_file
    written = () if file is None else tuple(name for name in state.talks if heard_lines(file, name))
    return (written or state.talks or ("",))[-1]
