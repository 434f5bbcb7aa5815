"""Where a draft is asked for: model, language, what to write down, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from evidencedesk.domain.heard_lines import transcripts_that_count
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.transcription import Stage, Transcription
from evidencedesk.ui.cases.transcripts.presenter import TranscriptsState
from evidencedesk.ui.cases.transcripts.talk_words import sound_title
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import mark

_LANGUAGES = (("auto", mark("Detect the language")), ("zh", mark("Chinese")), ("en", mark("English")))


class DraftCard(Card):
    """Asks and shows progress.

    Emits:
        model_clicked: a folder is to be chosen.
        language_chosen: ``auto``, ``zh`` or ``en``.
        begin_clicked: the ids of the recordings to write down.
        stop_clicked: the id of the recording to leave.
    """

    model_clicked = Signal()
    language_chosen = Signal(str)
    begin_clicked = Signal(object)
    stop_clicked = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._state = TranscriptsState()
        self._heading = SectionTitle(parent=self)
        self.more_button = PlainButton(parent=self)
        self.more_button.make_small()
        self._body = QWidget(self)
        self._opened = False
        self.missing = TextLabel(tone="warn", parent=self, wrap=True)
        self.command = ElidedLabel(tone="strong", parent=self)
        self.copy_button = PlainButton(parent=self)
        self._model = TextLabel(tone="sub", parent=self, wrap=True)
        self.model_button = PlainButton(icon_name="folder", parent=self)
        self.language = ElidedComboBox(self)
        self.sounds = ElidedComboBox(self)
        self.begin_button = PrimaryButton(icon_name="file-text", parent=self)
        self.remark = TextLabel(tone="warn", parent=self, wrap=True)
        self.rows: list[WorkRow] = []
        self._listed: object = None
        self._lay_out()
        self.more_button.clicked.connect(self._open_or_fold)
        self.copy_button.clicked.connect(self._copy)
        self.model_button.clicked.connect(self.model_clicked)
        self.language.activated.connect(self._language_activated)
        self.sounds.activated.connect(self._show_remark)
        self.begin_button.clicked.connect(self._begin)

    def show_state(self, state: TranscriptsState) -> None:
        """Show what can be asked for, and what is being done."""
        self._state = state
        t = self._words.text
        # Where sentences are already, they are what people came for.
        busy = any(one.unfinished or one.stage is Stage.FAILED for one in state.work)
        foldable = bool(state.lines) and not busy
        self.more_button.setVisible(foldable)
        self.more_button.setText(t("Hide") if self._opened else t("Write down more…"))
        self._body.setVisible(self._opened or not foldable)
        self._heading.setText(t("Write down what was said"))
        self.missing.setText(t("The part that writes down speech is not installed. Install it with:"))
        self.command.setText(state.command)
        self.copy_button.setText(t("Copy"))
        self.copy_button.setAccessibleName(t("Copy the command"))
        for widget in (self.missing, self._missing_row):
            widget.setVisible(not state.installed)
        self._asking.setVisible(state.installed)
        self._model.setVisible(state.installed)
        self._model.setText(self._model_text(state))
        self.model_button.setText(t("Choose the model…"))
        self.model_button.setEnabled(not state.recording)
        self.begin_button.setText(t("Write down"))
        self.begin_button.setEnabled(
            state.installed and bool(state.model.path) and state.model.problem is None and bool(state.wishes)
        )
        self._show_choices(state)
        self._show_remark()
        self._show_work(state)

    @Slot()
    def _show_remark(self) -> None:
        remark = self._remark(self._state) if self._state.installed else ""
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    def _model_text(self, state: TranscriptsState) -> str:
        t = self._words.text
        model = state.model
        if not model.path:
            return t(
                "A speech model of your own is needed: the folder of a Whisper model in the CTranslate2 "
                "format. The program fetches nothing; all stays on this computer."
            )
        if model.problem is not None:
            told = describe(self._words.words, model.problem)
            detail = f" ({told.detail})" if told.detail else ""
            return f"{told.what}{detail} {told.next}"
        knows = t("knows many languages") if model.multilingual else t("English only")
        return t("Model: {name} · {knows}", name=model.name, knows=knows)

    def _remark(self, state: TranscriptsState) -> str:
        t = self._words.text
        if state.model.path and not state.model.multilingual and state.language != "en":
            return t("This model knows English only. What is said in Chinese it can't write down.")
        if state.recording and any(one.unfinished for one in state.work):
            return t("Something is being recorded: writing down rests until that has ended.")
        known = {} if state.case_file is None else transcripts_that_count(state.case_file)
        chosen = [known[name] for name in self.sounds.currentData() or () if name in known]
        if any(sentence.corrected for one in chosen for sentence in one.sentences):
            return t(
                "A new draft takes the place of the one you corrected; your corrections stay in the journal."
            )
        return ""

    def _show_choices(self, state: TranscriptsState) -> None:
        t = self._words.text
        self.language.setAccessibleName(t("Language that is spoken"))
        self.sounds.setAccessibleName(t("What to write down"))
        choices = self._choices(state)
        listed = (choices, self._words.language)
        if listed != self._listed:
            self._listed = listed
            self.language.clear()
            for name, text in _LANGUAGES:
                self.language.addItem(t(text), name)
            self.sounds.clear()
            for text, names in choices:
                self.sounds.addItem(text, names)
        self.language.setCurrentIndex(self.language.findData(state.language))
        self.sounds.setEnabled(bool(choices))

    def _choices(self, state: TranscriptsState) -> list[tuple[str, tuple[str, ...]]]:
        """What has no transcript yet, all of it first; then what could be written down once more."""
        file, words = state.case_file, self._words
        if file is None:
            return []
        known = transcripts_that_count(file)
        fresh = tuple(name for name in state.wishes if name not in known)
        choices: list[tuple[str, tuple[str, ...]]] = []
        if len(fresh) > 1:
            choices.append((words.plural("All {n} recording", "All {n} recordings", len(fresh)), fresh))
        choices += [(sound_title(words.words, file, name), (name,)) for name in fresh]
        for name in state.wishes:
            if name in known:
                title = sound_title(words.words, file, name)
                choices.append((words.text("Again: {name}", name=title), (name,)))
        return choices

    def _show_work(self, state: TranscriptsState) -> None:
        shown = [one for one in state.work if one.stage is not Stage.STOPPED]
        if [row.number for row in self.rows] != [one.number for one in shown]:
            empty_layout(self._work)
            self.rows = [WorkRow(one, self._words, self) for one in shown]
            for row in self.rows:
                row.stop_clicked.connect(self.stop_clicked)
                self._work.addWidget(row)
        for row, one in zip(self.rows, shown, strict=True):
            row.show_work(one, state)

    def _lay_out(self) -> None:
        self._missing_row = QWidget(self)
        command = QHBoxLayout(self._missing_row)
        command.setContentsMargins(0, 0, 0, 0)
        command.addWidget(self.command, 1)
        command.addWidget(self.copy_button)
        self._asking = QWidget(self)
        flow = FlowLayout(self._asking, spacing=8)
        for widget in (self.sounds, self.language, self.model_button, self.begin_button):
            flow.addWidget(widget)
        self.sounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._work = QVBoxLayout()
        self._work.setSpacing(6)
        header = QHBoxLayout()
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self.more_button)
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for part in (self.missing, self._missing_row, self._model, self._asking, self.remark):
            inside.addWidget(part)
        inside.addLayout(self._work)
        self.column.setSpacing(8)
        self.column.addLayout(header)
        self.column.addWidget(self._body)

    @Slot()
    def _open_or_fold(self) -> None:
        self._opened = not self._opened
        self.show_state(self._state)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._state.command)

    @Slot(int)
    def _language_activated(self, _index: int) -> None:
        self.language_chosen.emit(self.language.currentData())

    @Slot()
    def _begin(self) -> None:
        self.begin_clicked.emit(tuple(self.sounds.currentData() or ()))


class WorkRow(QWidget):
    """One recording in the queue; ``stop_clicked`` carries its id."""

    stop_clicked = Signal(str)

    def __init__(self, work: Transcription, words: UiWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = work.number
        self._recording = work.recording
        self._words = words
        self._name = ElidedLabel(parent=self)
        self.standing = TextLabel(tone="sub", parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.stop_button = PlainButton(icon_name="x", parent=self)
        self.stop_button.make_small()
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._name, 1)
        first.addWidget(self.standing)
        first.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.bar)
        self.stop_button.clicked.connect(self._stop)

    def show_work(self, work: Transcription, state: TranscriptsState) -> None:
        """How far it is, or how it ended."""
        title = (
            ""
            if state.case_file is None
            else sound_title(self._words.words, state.case_file, self._recording)
        )
        self._name.setText(title)
        self.standing.setText(self._standing(work, state))
        self.standing.set_tone("bad" if work.stage is Stage.FAILED else "sub")
        self.bar.setVisible(work.stage is Stage.LISTENING)
        self.bar.setRange(0, max(1, work.whole_ms // 1000))
        self.bar.setValue(work.heard_ms // 1000)
        self.bar.setAccessibleName(title)
        self.stop_button.setText(self._words.text("Cancel"))
        self.stop_button.setAccessibleName(self._words.text("Cancel: {name}", name=title))
        self.stop_button.setVisible(work.unfinished)

    def _standing(self, work: Transcription, state: TranscriptsState) -> str:
        t, plural = self._words.text, self._words.plural
        if work.stage is Stage.WAITING:
            return t("Waits for its turn") if not state.ahead else t("Waits: another case comes first")
        if work.stage is Stage.LISTENING:
            if state.recording:
                return t("Rests while something is recorded")
            if not work.heard_ms:
                return t("Loading the model…")
            return t("{heard} of {whole}", heard=clock_text(work.heard_ms), whole=clock_text(work.whole_ms))
        if work.stage is Stage.FAILED and work.problem is not None:
            return describe(self._words.words, work.problem).what
        told = plural("{n} sentence", "{n} sentences", work.sentences)
        if work.left_out:
            doubtful = plural("{n} doubtful one left out", "{n} doubtful ones left out", work.left_out)
            told = f"{told} · {doubtful}"
        return told

    @Slot()
    def _stop(self) -> None:
        self.stop_clicked.emit(self._recording)
