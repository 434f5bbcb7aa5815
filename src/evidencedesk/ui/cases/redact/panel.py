"""The panel for a copy for showing around, inside the page of its case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile, Recording
from evidencedesk.domain.errors import Code
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.redaction import Muted
from evidencedesk.domain.rules import Caution
from evidencedesk.ui.cases.case_words import SEPARATOR, moment_text, show_problem
from evidencedesk.ui.cases.caution_line import CautionLine
from evidencedesk.ui.cases.redact.presenter import RedactPresenter, RedactState
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.theme.text_size import at_most_high, fix_width, scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.handover import look_again, safe_to_remove
from evidencedesk.wording.labels import label as label_of
from evidencedesk.wording.language import Words

_LIST_HEIGHT = 150


class RedactPanel(Card):
    """Asks what shall be left out or muted, makes the copy, says what to look at again."""

    def __init__(
        self, presenter: RedactPresenter, words: UiWords, files: FileChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._files = files
        self._recording = False
        self._heading = SectionTitle(parent=self)
        self._hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.caution = CautionLine(words, self)
        self.banner = Banner("error", self)
        self.items = _Items(self)
        self.contacts = CheckRow("contacts", self)
        self.numbers = CheckRow("numbers", self)
        self.stretches = _Stretches(self)
        self._place_name = TextLabel(tone="faint", parent=self)
        self.place = ElidedLabel(parent=self)
        self.place_button = PlainButton(icon_name="folder", parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.verdict = TextLabel(tone="strong", parent=self, wrap=True)
        self.path = ElidedLabel(tone="sub", parent=self)
        self.look = TextLabel(tone="warn", parent=self, wrap=True)
        self.removable = TextLabel(tone="ok", parent=self, wrap=True)
        self.leave_button = PlainButton(parent=self)
        self.begin_button = PrimaryButton(icon_name="eye-off", parent=self)
        self.open_button = PrimaryButton(icon_name="folder", parent=self)
        self._lay_out()
        self.banner.closed.connect(presenter.dismiss_problem)
        self.items.item_chosen.connect(presenter.choose_item)
        self.contacts.toggled_by_user.connect(self._contacts_toggled)
        self.numbers.toggled_by_user.connect(self._numbers_toggled)
        self.stretches.add_button.clicked.connect(self._add_clicked)
        self.stretches.removed.connect(presenter.remove_stretch)
        self.place_button.clicked.connect(self._place_clicked)
        self.begin_button.clicked.connect(presenter.begin)
        self.leave_button.clicked.connect(self._leave_clicked)
        self.open_button.clicked.connect(self._open_clicked)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def show_cautions(self, cautions: Sequence[Caution]) -> None:
        """What to know before a copy goes to others."""
        if self.caution.show_cautions(cautions):
            self.render_state(self._presenter.state)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording
        self.render_state(self._presenter.state)

    @Slot(object)
    def render_state(self, state: RedactState) -> None:
        """Show how far it is."""
        t, words = self._words.text, self._words.words
        self.setVisible(state.case_file is not None)
        show_problem(self.banner, words, state.problem)
        stopped = state.problem is not None and state.problem.code is Code.CANCELLED
        self.banner.set_kind("info" if stopped else "error")
        for widget in (
            self._hint,
            self.items,
            self.stretches,
            self._place_name,
            self.place,
            self.place_button,
        ):
            widget.setVisible(state.choosing)
        self.caution.setVisible((state.choosing or state.made is not None) and self.caution.says_anything)
        self.begin_button.setVisible(state.choosing)
        self.contacts.setVisible(state.choosing and state.has_contacts)
        self.contacts.set_checked(not state.choices.with_contacts)
        self.numbers.setVisible(state.choosing and state.has_numbers)
        self.numbers.set_checked(not state.choices.with_numbers)
        self.begin_button.setEnabled(state.worth_making)
        self.place_button.setEnabled(not self._recording)
        self.bar.setVisible(state.working)
        self.bar.setRange(0, 1000 if state.total else 0)
        self.bar.setValue(state.done * 1000 // state.total if state.total else 0)
        self.place.setText(f"{state.place}/{state.folder}" if state.place else "")
        self.items.show_case(state.case_file, words)
        self.items.show_chosen(state.choices.notes | state.choices.collectors | state.choices.files)
        self.stretches.show_state(state, words)
        self._show_made(state)
        self.leave_button.setText(t("Close") if state.made is not None else t("Cancel"))
        heading = (
            t("Redacted copy written") if state.made is not None else t("Redacted copy for showing around")
        )
        self._heading.setText(heading)

    def _show_made(self, state: RedactState) -> None:
        words, made = self._words.words, state.made
        again = [] if made is None else look_again(words, made.still_named, made.also_heard)
        for widget in (self.verdict, self.path, self.removable, self.open_button):
            widget.setVisible(made is not None)
        self.look.setVisible(bool(again))
        self.look.setText("\n".join(again))
        if made is not None:
            self.path.setText(str(made.path))
            self.removable.setText(safe_to_remove(words, from_drive=made.from_drive))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._hint.setText(
            t(
                "What you choose here is left out of a copy, or silent in it. The copy is marked REDACTED "
                "and is no evidence; the original stays as it is. Without the journal: it would tell "
                "everything."
            )
            + t(" Debt, sums claimed, machine transcripts and the arranged evidence list are never in it.")
        )
        self.contacts.set_texts(
            t("Contacts, and the steps I took"),
            t("All of them or none: they have numbers of other people."),
        )
        self.numbers.set_texts(
            t("Mask numbers in notes"),
            t("ID, bank card and phone numbers; everything else in the note stays."),
        )
        self.verdict.setText(t("Look through it yourself before you show it to anybody."))
        self._place_name.setText(t("Place"))
        self.place_button.setText(t("Choose…"))
        self.place_button.setAccessibleName(t("Choose the place of the redacted copy"))
        self.bar.setAccessibleName(t("Progress of the copy"))
        self.begin_button.setText(t("Make the copy"))
        self.open_button.setText(t("Show folder"))
        self.caution.retranslate()
        self.items.retranslate(self._words)
        self.stretches.retranslate(self._words)
        self.render_state(self._presenter.state)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(14)
        place.addWidget(self._place_name)
        place.addWidget(self.place, 1)
        place.addWidget(self.place_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.leave_button, self.begin_button, self.open_button):
            buttons.addWidget(button)
        self.column.setSpacing(12)
        for widget in (
            self._heading,
            self._hint,
            self.caution,
            self.banner,
            self.items,
            self.contacts,
            self.numbers,
            self.stretches,
        ):
            self.column.addWidget(widget)
        self.column.addLayout(place)
        self.column.addWidget(self.bar)
        for label in (self.verdict, self.path, self.look, self.removable):
            self.column.addWidget(label)
        self.column.addLayout(buttons)

    @Slot(str, bool)
    def _contacts_toggled(self, _row: str, left_out: bool) -> None:  # noqa: FBT001 - a slot
        self._presenter.choose_contacts(left_out)

    @Slot(str, bool)
    def _numbers_toggled(self, _row: str, masked: bool) -> None:  # noqa: FBT001 - a slot
        self._presenter.choose_numbers(masked)

    @Slot()
    def _add_clicked(self) -> None:
        box = self.stretches
        if self._presenter.add_stretch(box.recordings.currentData() or "", box.begin.text(), box.end.text()):
            box.begin.clear()
            box.end.clear()

    @Slot()
    def _place_clicked(self) -> None:
        title = self._words.text("Where shall the redacted copy be written?")
        place = self._files.folder(self, title, self._presenter.state.place)
        if place is not None:
            self._presenter.choose_place(place)

    @Slot()
    def _leave_clicked(self) -> None:
        if self._presenter.state.working:
            self._presenter.cancel()
        else:
            self._presenter.close()

    @Slot()
    def _open_clicked(self) -> None:
        made = self._presenter.state.made
        if made is not None:
            self._files.open(made.path)


class _Items(QWidget):
    """Notes, persons and files, each with a box to leave it out."""

    item_chosen = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: dict[str, CheckRow] = {}
        self._drawn: object = None
        self._name = TextLabel(tone="faint", parent=self)
        self._scroll = VerticalScroll(self)
        at_most_high(self._scroll, _LIST_HEIGHT)
        self._scroll.column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(self._scroll)

    def retranslate(self, words: UiWords) -> None:
        self._name.setText(words.text("Leave out"))
        self._scroll.setAccessibleName(words.text("Leave out"))

    def show_case(self, case_file: CaseFile | None, words: Words) -> None:
        if self._drawn == (case_file, words):
            return
        self._drawn = (case_file, words)
        for row in self.rows.values():
            self._scroll.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for item, text, hint in [] if case_file is None else _items(case_file, words):
            row = CheckRow(item, self._scroll.body)
            row.set_texts(text, hint)
            row.toggled_by_user.connect(self.item_chosen)
            self._scroll.column.addWidget(row)
            self.rows[item] = row
        height = sum(row.sizeHint().height() for row in self.rows.values())
        self._scroll.setMinimumHeight(min(scaled(_LIST_HEIGHT), height))

    def show_chosen(self, chosen: frozenset[str]) -> None:
        for item, row in self.rows.items():
            row.set_checked(item in chosen)


def _items(case_file: CaseFile, words: Words) -> list[tuple[str, str, str]]:
    """What can be left out: its id, what it is, and when it came."""
    t = words.text
    notes = [(one.id, one.text, t("Note"), one.moment) for one in case_file.notes]
    people = [
        (one.id, one.card.name or one.card.organisation or one.id, t("Person"), one.moment)
        for one in case_file.collectors
    ]
    files = [(one.id, one.name, t("File"), one.moment) for one in case_file.taken_in]
    return [
        (item, text, f"{kind}{SEPARATOR}{moment_text(words, moment)}")
        for item, text, kind, moment in (*notes, *people, *files)
    ]


class _Stretches(QWidget):
    """Seconds of a recording to be silent."""

    removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: dict[Muted, PlainButton] = {}
        self._drawn: object = None
        self._listed: object = None
        self._name = TextLabel(tone="faint", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.recordings = ElidedComboBox(self)
        self.begin = QLineEdit(self)
        self.end = QLineEdit(self)
        for field in (self.begin, self.end):
            fix_width(field, 110)
            field.setMaxLength(16)
        self.begin.setPlaceholderText("00:03:12")
        self.end.setPlaceholderText("00:03:20")
        self.add_button = PlainButton(icon_name="mic-off", parent=self)
        self.end.returnPressed.connect(self.add_button.click)
        times = QHBoxLayout()
        times.setSpacing(8)
        for widget in (self.begin, TextLabel("–", tone="faint", parent=self), self.end, self.add_button):
            times.addWidget(widget)
        row = TurningRow(self, 8)
        row.row.addWidget(self.recordings, 1)
        row.row.addLayout(times)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(row)
        column.addWidget(self._hint)
        column.addLayout(self._lines)

    def retranslate(self, words: UiWords) -> None:
        t = words.text
        self._name.setText(t("Mute"))
        self._hint.setText(
            t("The other recordings of that time are muted too: they may have the same words.")
        )
        self.recordings.setAccessibleName(t("Recording to mute"))
        self.begin.setAccessibleName(t("Mute from"))
        self.end.setAccessibleName(t("Mute to"))
        self.add_button.setText(t("Mute"))

    def show_state(self, state: RedactState, words: Words) -> None:
        recordings = [] if state.case_file is None else [r for r in state.case_file.recordings if r.samples]
        if self._listed != (recordings, words):
            self._listed = (recordings, words)
            self.recordings.clear()
            for number, recording in enumerate(recordings, start=1):
                self.recordings.addItem(_recording_text(words, number, recording), recording.id)
        self.add_button.setEnabled(bool(recordings))
        drawn = (state.choices.muted, words)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        for button in self.buttons.values():
            self._lines.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for stretch in state.choices.muted:
            text = _stretch_text(words, stretch, recordings)
            button = PlainButton(text, icon_name="x", parent=self)
            button.setAccessibleName(words.text("Do not mute {stretch}", stretch=text))
            button.clicked.connect(self._remove_clicked)
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons[stretch] = button

    @Slot()
    def _remove_clicked(self) -> None:
        sender = self.sender()
        for stretch, button in tuple(self.buttons.items()):
            if button is sender:
                self.removed.emit(stretch)


def _recording_text(words: Words, number: int, recording: Recording) -> str:
    parts = [
        words.text("Recording {number}", number=number),
        label_of(words, recording.leg),
        moment_text(words, recording.started),
        clock_text(recording.duration_ms or 0),
    ]
    return SEPARATOR.join(parts)


def _stretch_text(words: Words, stretch: Muted, recordings: Sequence[Recording]) -> str:
    numbers = {recording.id: number for number, recording in enumerate(recordings, start=1)}
    name = words.text("Recording {number}", number=numbers.get(stretch.recording, 0))
    return f"{name}{SEPARATOR}{clock_text(stretch.from_ms)} – {clock_text(stretch.to_ms)}"
