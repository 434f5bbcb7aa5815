"""What a program heard in the recordings, for the user to correct."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.heard_lines import HeardLine
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.cases.transcripts.draft_card import DraftCard
from evidencedesk.ui.cases.transcripts.presenter import TranscriptsPresenter, TranscriptsState
from evidencedesk.ui.cases.transcripts.sentences_card import SentencesCard
from evidencedesk.ui.cases.transcripts.services import TranscriptsServices
from evidencedesk.ui.cases.transcripts.talk_choice import TalkChoice
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.words import UiWords


class TranscriptsSection(CaseSection):
    """What a program heard in the recordings, for the user to correct."""

    def __init__(
        self,
        services: TranscriptsServices,
        _jobs: Runner,  # drafts have a thread of their own, which lasts for hours
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._choice = files
        self.presenter = TranscriptsPresenter(services, self)
        self.warning = Banner("warn", self)
        self.talk = TalkChoice(words, self)
        self.draft = DraftCard(words, self)
        self.sentences = SentencesCard(words, self)
        scroll = VerticalScroll(self)
        scroll.column.setContentsMargins(26, 0, 26, 22)
        scroll.column.setSpacing(16)
        for widget in (self.talk, self.draft, self.sentences):
            scroll.column.addWidget(widget)
        scroll.column.setStretch(2, 1)
        self.column.setContentsMargins(0, 0, 0, 0)
        banner = QVBoxLayout()
        banner.setContentsMargins(26, 0, 26, 0)
        banner.addWidget(self.warning)
        self.column.addLayout(banner)
        self.column.addWidget(scroll, 1)
        self._connect()
        self.retranslate()

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now; what the user is typing stays."""
        self.presenter.show_case(case_file)

    def show_subject(self, subject: str) -> None:
        """Bring a talk, a recording, a transcript, or one of its sentences (``w-…:12``) into sight."""
        name, _, number = subject.partition(":")
        file = self.presenter.state.case_file
        if file is None:
            return
        recording = next((one.recording for one in file.transcripts if one.id == name), name)
        encounter = next((one.encounter for one in file.recordings if one.id == recording), recording)
        self.presenter.choose_talk(encounter)
        if number.isdecimal():
            self.sentences.filter.clear()
            self.sentences.choose(name, int(number))

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self.presenter.set_recording(recording=recording)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.warning.set_texts(
            t("A machine's draft, not evidence."),
            t(
                "A program wrote this down and makes mistakes: names, sums and negations above all. Compare "
                "each sentence with the recording before you use it."
            ),
        )
        self.warning.set_actions([])
        self.render_state(self.presenter.state)

    def take_focus(self) -> None:
        """Give the keyboard to the sentences, or to what brings some."""
        if self.presenter.state.lines:
            self.sentences.table.setFocus()
        else:
            self.draft.sounds.setFocus()

    @Slot(object)
    def render_state(self, state: TranscriptsState) -> None:
        """Show everything; nothing is said about drafts where there is no sound to write down."""
        for widget in (self.warning, self.draft):
            widget.setVisible(bool(state.wishes or state.lines or state.work))
        self.talk.show_state(state)
        self.draft.show_state(state)
        self.sentences.show_state(state)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.state_changed.connect(self.render_state)
        presenter.case_changed.connect(self.case_changed)
        presenter.problem.connect(self.problem)
        self.draft.model_clicked.connect(self._model_clicked)
        self.draft.language_chosen.connect(presenter.choose_language)
        self.draft.begin_clicked.connect(presenter.begin)
        self.draft.stop_clicked.connect(presenter.stop)
        self.talk.chosen.connect(presenter.choose_talk)
        self.sentences.corrected.connect(presenter.correct)
        self.sentences.place_wanted.connect(self._place_wanted)

    @Slot()
    def _model_clicked(self) -> None:
        chosen = self.presenter.state.model.path
        start = Path(chosen).parent if chosen else None
        folder = self._choice.folder(self, self._words.text("Folder of the speech model"), start)
        if folder is not None:
            self.presenter.choose_model(folder)

    @Slot(object)
    def _place_wanted(self, line: HeardLine) -> None:
        if line.leg is None:
            self.file_wanted.emit(line.recording)  # a sound made elsewhere plays in its own program
        else:
            self.place_wanted.emit(line.recording, line.at_ms)
