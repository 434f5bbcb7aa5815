"""The sentences of one encounter, to be found, heard and corrected."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from evidencedesk.domain.heard_lines import HeardLine
from evidencedesk.ui.cases.case_words import SEPARATOR
from evidencedesk.ui.cases.transcripts.presenter import TranscriptsState
from evidencedesk.ui.cases.transcripts.sentence_table import SentenceTable
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.theme.text_size import at_least_high
from evidencedesk.ui.words import UiWords

_HASH_SHOWN = 12


class SentencesCard(Card):
    """Shows them.

    Emits:
        place_wanted: the ``HeardLine`` to hear.
        corrected: the ``HeardLine`` and its new words.
    """

    place_wanted = Signal(object)
    corrected = Signal(object, str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._state = TranscriptsState()
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.hear_button = PlainButton(icon_name="play", parent=self)
        self.correct_button = PlainButton(icon_name="pencil", parent=self)
        self.table = SentenceTable(self)
        at_least_high(self.table, 240)
        self.empty = EmptyState("file-text", self)
        self.count = TextLabel(tone="faint", parent=self, wrap=True)
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(self.filter, 1)
        header.addWidget(self.hear_button)
        header.addWidget(self.correct_button)
        self.column.setSpacing(8)
        self.column.addLayout(header)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.empty, 1)
        self.column.addWidget(self.count)
        self.filter.textChanged.connect(self._filter_changed)
        self.hear_button.clicked.connect(self._hear)
        self.correct_button.clicked.connect(self.table.correct)
        self.table.place_wanted.connect(self.place_wanted)
        self.table.sentences.corrected.connect(self.corrected)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.sentences.modelReset.connect(self._chosen)

    def show_state(self, state: TranscriptsState) -> None:
        """Show the sentences of the chosen talk."""
        self._state = state
        words, t = self._words.words, self._words.text
        self.table.show_lines(words, state.lines, self.filter.text().strip())
        self.table.setAccessibleName(t("What was said"))
        self.filter.setPlaceholderText(t("Find words…"))
        self.filter.setAccessibleName(t("Find words in these sentences"))
        self.hear_button.setText(t("Hear"))
        self.hear_button.setToolTip(t("Enter: go to this second of the recording"))
        self.hear_button.setAccessibleName(t("Hear this sentence"))
        self.correct_button.setText(t("Correct"))
        self.correct_button.setToolTip(
            t("F2: correct the words; Enter keeps them, Esc leaves them as they were")
        )
        self.correct_button.setAccessibleName(t("Correct this sentence"))
        has_lines = bool(state.lines)
        self.table.setVisible(has_lines)
        self.filter.setVisible(has_lines)
        self.empty.setVisible(not has_lines)
        self.empty.set_texts(*self._nothing(state))
        self.count.setText(self._count(state))
        self.count.setVisible(bool(state.transcripts))
        self._chosen()

    def choose(self, transcript: str, number: int) -> None:
        """Bring one sentence into sight."""
        for row, line in enumerate(self.table.sentences.lines):
            if (line.transcript, line.number) == (transcript, number):
                self.table.selectRow(row)
                self.table.scrollTo(self.table.sentences.index(row, 0))

    def _nothing(self, state: TranscriptsState) -> tuple[str, str]:
        t = self._words.text
        if state.transcripts:
            return t("Nothing was heard."), t("The program found no speech in this recording.")
        if not state.talks:
            return t("There is no recording yet."), t(
                "What was recorded or imported can be written down here."
            )
        if not state.installed:
            return t("Not written down yet."), t("The part that does it has to be installed first.")
        return t("Not written down yet."), t("Choose what to write down above; it takes a while.")

    def _count(self, state: TranscriptsState) -> str:
        corrected = sum(line.sentence.corrected for line in state.lines)
        parts = [self._words.plural("{n} sentence", "{n} sentences", len(state.lines))]
        if self.filter.text().strip():
            shown = len(self.table.sentences.lines)
            parts = [self._words.text("{shown} of {count} sentences", shown=shown, count=len(state.lines))]
        if corrected:
            parts.append(self._words.plural("{n} corrected", "{n} corrected", corrected))
        made = {(one.model, one.model_sha256, one.program) for one in state.transcripts}
        parts += [
            self._words.text(
                "{program}, model {name} (SHA-256 {hash}…)",
                program=program,
                name=name,
                hash=sha[:_HASH_SHOWN],
            )
            for name, sha, program in sorted(made)
        ]
        return SEPARATOR.join(parts)

    @Slot(str)
    def _filter_changed(self, _text: str) -> None:
        self.show_state(self._state)

    @Slot()
    def _hear(self) -> None:
        line = self.table.line
        if line is not None:
            self.place_wanted.emit(line)

    @Slot()
    def _chosen(self, *_selection: object) -> None:
        chosen: HeardLine | None = self.table.line
        for button in (self.hear_button, self.correct_button):
            button.setEnabled(chosen is not None)
            button.setVisible(bool(self._state.lines))
