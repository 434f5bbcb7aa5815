"""The card of the settings page about speech to text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.help.ask import HelpButton
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.settings.rows_section import RowsSection
from evidencedesk.ui.settings.speech_presenter import SpeechPresenter, SpeechState
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import mark


class SpeechSection(RowsSection):
    """Model and language; what is missing for it."""

    def __init__(
        self, presenter: SpeechPresenter, words: UiWords, files: FileChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self._presenter = presenter
        self._files = files
        self.banner = Banner("error", self)
        self.banner.hide()
        self.model_button = PlainButton(icon_name="folder", parent=self)
        self.model = TextLabel(tone="ink", parent=self, wrap=True)
        self.missing = TextLabel(tone="warn", parent=self, wrap=True)
        self.languages = SegmentedControl([Segment("auto"), Segment("zh"), Segment("en")], parent=self)
        self.add_row(
            "speech-model",
            mark("Speech model"),
            mark(
                "Writes down what was said, on this computer. A machine's draft, not evidence: listen to "
                "each sentence and correct it"
            ),
            mark("transcribe, transcript, dictation, subtitles, Whisper, AI, voice recognition"),
            self.model_button,
            HelpButton(Topic.SPEECH, words, self),
        )
        self.column.addWidget(self.model)
        self.column.addWidget(self.missing)
        self.column.addSpacing(10)
        self.add_row(
            "speech-language",
            mark("Language that is spoken"),
            mark("Detected by itself, or fixed where that goes wrong"),
            mark("Mandarin, dialect, Putonghua, English, detect"),
            self.languages,
        )
        self.column.addWidget(self.banner)
        self.model_button.clicked.connect(self._model_clicked)
        self.languages.clicked.connect(presenter.choose_language)
        self.banner.closed.connect(presenter.dismiss_problem)
        presenter.state_changed.connect(self.render_state)
        self.retranslate()

    @Slot(object)
    def render_state(self, state: SpeechState) -> None:
        """Show what was chosen, and what is missing."""
        t = self._words.text
        self.model.setText(self._model_text(state))
        self.missing.setVisible(not state.installed)
        self.missing.setText(
            t("Not part of this installation. It is added with: {command}", command=state.command)
        )
        self.languages.set_current(state.language)
        show_problem(self.banner, self._words.words, state.problem)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        super().retranslate()
        t = self._words.text
        self.model_button.setText(t("Choose the model…"))
        self.languages.set_label("auto", t("Detect"), t("Detect the language"))
        self.languages.set_label("zh", t("Chinese"))
        self.languages.set_label("en", t("English"))
        self.render_state(self._presenter.state)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again: the choice may have been made on the page of a case."""
        super().showEvent(event)
        self._presenter.refresh()

    def _model_text(self, state: SpeechState) -> str:
        t, model = self._words.text, state.model
        if not model.path:
            return t("Not chosen")
        if model.problem is not None:
            return describe(self._words.words, model.problem).what
        knows = t("knows many languages") if model.multilingual else t("English only")
        return t("Model: {name} · {knows}", name=model.name, knows=knows)

    @Slot()
    def _model_clicked(self) -> None:
        chosen = self._presenter.state.model.path
        start = Path(chosen).parent if chosen else Path.home()
        folder = self._files.folder(self, self._words.text("Folder of the speech model"), start)
        if folder is not None:
            self._presenter.choose_model(folder)
