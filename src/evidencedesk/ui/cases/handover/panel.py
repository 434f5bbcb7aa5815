"""The export, inside the page of its case: nothing covers the window while it runs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from evidencedesk.domain.errors import Code
from evidencedesk.domain.rules import Caution
from evidencedesk.ui.amounts import size_text
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.cases.caution_line import CautionLine
from evidencedesk.ui.cases.handover.presenter import HandoverPresenter, HandoverState, Step
from evidencedesk.ui.cases.handover.result import ResultView
from evidencedesk.ui.help.ask import titled
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.secret_field import SecretEdit
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords

_LOOK_MS = 3000


class HandoverPanel(Card):
    """Asks where to, shows how far, says what came of it."""

    details_clicked = Signal(object)
    redact_clicked = Signal()

    def __init__(
        self, presenter: HandoverPresenter, words: UiWords, files: FileChoice, parent: QWidget | None = None
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
        self.asking = _Asking(self)
        self.working = _Working(self)
        self.result = ResultView(self)
        self.column.setSpacing(12)
        self.column.addLayout(titled(self._heading, Topic.EXPORT, words, self))
        for widget in (
            self._hint,
            self.caution,
            self.banner,
            self.asking,
            self.working,
            self.result,
        ):
            self.column.addWidget(widget)
        self.banner.closed.connect(presenter.dismiss_problem)
        self.asking.place_button.clicked.connect(self._place_clicked)
        self.asking.languages.clicked.connect(presenter.choose_language)
        self.asking.zip_box.clicked.connect(presenter.choose_zip)
        self.asking.receiver.textEdited.connect(presenter.choose_receiver)
        self.asking.begin_button.clicked.connect(self._begin_clicked)
        self.asking.passphrase.returnPressed.connect(self._begin_clicked)
        self.asking.leave_button.clicked.connect(presenter.close)
        self.asking.redact_button.clicked.connect(self.redact_clicked)
        self.working.cancel_button.clicked.connect(presenter.cancel)
        self.result.open_button.clicked.connect(self._open_clicked)
        self.result.check_button.clicked.connect(self._check_clicked)
        self.result.close_button.clicked.connect(presenter.close)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        # Stamps come when they come; somebody who waits for one sees it arrive.
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look_again)
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
    def render_state(self, state: HandoverState) -> None:
        """Show how far it is."""
        t = self._words.text
        self.setVisible(state.step is not Step.CLOSED)
        self.asking.setVisible(state.step is Step.CHOOSING)
        self.working.setVisible(state.working)
        self.result.setVisible(state.step is Step.DONE)
        self._hint.setVisible(state.step is Step.CHOOSING)
        self.caution.setVisible(state.step in (Step.CHOOSING, Step.DONE) and self.caution.says_anything)
        show_problem(self.banner, self._words.words, state.problem)
        if state.cancelled:
            self.banner.set_kind("info")
        else:
            self.banner.set_kind("error")
        if state.step is Step.CLOSED:
            self.asking.passphrase.clear()
        if state.problem is not None and state.problem.code is Code.KEY_WRONG_PASSPHRASE:
            self.asking.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asking.show_state(state, can_ask=not self._recording)
        self.working.show_state(state, self._words)
        self.result.show_state(state, self._words)
        heading = {
            Step.COPYING: t("Copying to {folder}", folder=state.folder),
            Step.READING_BACK: t("Reading {folder} back from the drive", folder=state.folder),
            Step.CHECKING: t("Checking {folder}", folder=state.folder),
            Step.DONE: t("Case folder written"),
        }
        if state.exported is not None and state.exported.sealed:
            heading[Step.DONE] = t("Encrypted file written")
        self._heading.setText(heading.get(state.step, t("Export the case folder")))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._hint.setText(
            t(
                "A folder that opens on any computer: a page to read, the original recordings, notes and "
                "files, and the lists to check them. Copy it to a USB stick or give it to a lawyer."
            )
        )
        self.caution.retranslate()
        self.asking.retranslate(self._words)
        self.working.cancel_button.setText(t("Cancel"))
        self.working.bar.setAccessibleName(t("Progress of the export"))
        self.result.retranslate(self._words)
        self.render_state(self._presenter.state)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for stamps while somebody looks."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def _look_again(self) -> None:
        if self._presenter.state.stamps.waiting:
            self._presenter.look_at_stamps()

    @Slot()
    def _begin_clicked(self) -> None:
        self._presenter.begin(self.asking.passphrase.take())

    @Slot()
    def _place_clicked(self) -> None:
        title = self._words.text("Where shall the case folder be written?")
        place = self._files.folder(self, title, self._presenter.state.place)
        if place is not None:
            self._presenter.choose_place(place)

    @Slot()
    def _open_clicked(self) -> None:
        exported = self._presenter.state.exported
        if exported is not None:
            self._files.open(exported.path.parent if exported.sealed else exported.path)

    @Slot()
    def _check_clicked(self) -> None:
        exported = self._presenter.state.exported
        if exported is not None:
            self.details_clicked.emit(exported.path)


class _Asking(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = [TextLabel(tone="faint", parent=self) for _ in range(5)]
        self.place = ElidedLabel(parent=self)
        self.folder = ElidedLabel(parent=self)
        self.place_button = PlainButton(icon_name="folder", parent=self)
        self.languages = SegmentedControl([Segment("zh"), Segment("en")], small=True, parent=self)
        self.receiver = QLineEdit(self)
        self.receiver.setMaxLength(200)
        self.receiver_hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.passphrase = SecretEdit(self)
        self.passphrase_hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.zip_box = QCheckBox(self)
        self.redact_button = PlainButton(icon_name="eye-off", parent=self)
        self.begin_button = PrimaryButton(icon_name="folder-output", parent=self)
        self.leave_button = PlainButton(parent=self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, name in zip((0, 1, 2, 3, 5), self._names, strict=True):
            grid.addWidget(name, row, 0)
        grid.addWidget(self.place, 0, 1)
        grid.addWidget(self.place_button, 0, 2)
        grid.addWidget(self.folder, 1, 1, 1, 2)
        # Aligned: a control of fixed width would narrow its column.
        grid.addWidget(self.languages, 2, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.receiver, 3, 1, 1, 2)
        grid.addWidget(self.receiver_hint, 4, 1, 1, 2)
        grid.addWidget(self.passphrase, 5, 1, 1, 2)
        grid.addWidget(self.passphrase_hint, 6, 1, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.zip_box)
        buttons.addStretch(1)
        buttons.addWidget(self.redact_button)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.begin_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addLayout(buttons)

    def retranslate(self, words: UiWords) -> None:
        t = words.text
        texts = (t("Place"), t("New folder"), t("Language of the pages"), t("Encrypt for"), t("Passphrase"))
        for label, text in zip(self._names, texts, strict=True):
            label.setText(text)
        self.receiver.setAccessibleName(t("Public key of the receiver"))
        self.receiver.setPlaceholderText("age1…")
        self.receiver_hint.setText(
            t(
                "Optional: with the receiver's public key only one encrypted file is written, which nobody "
                "else can open, not even you."
            )
        )
        self.passphrase.setAccessibleName(t("Passphrase of the key that signs"))
        self.passphrase.setPlaceholderText(t("Passphrase of the key that signs"))
        self.passphrase_hint.setText(
            t("Optional: left empty, the folder is written without a signature, and says so.")
        )
        self.place_button.setText(t("Choose…"))
        self.place_button.setAccessibleName(t("Choose the place of the case folder"))
        # Each language under its own name: whoever looks for theirs can read it.
        self.languages.set_label("zh", "中文")
        self.languages.set_label("en", "English")
        self.zip_box.setText(t("Also as one ZIP file, for sending"))
        self.redact_button.setText(t("Redacted copy…"))
        self.redact_button.setAccessibleName(t("Make a redacted copy for showing around"))
        self.begin_button.setText(t("Export and check"))
        self.leave_button.setText(t("Cancel"))

    def show_state(self, state: HandoverState, *, can_ask: bool) -> None:
        self.place.setText(str(state.place or ""))
        self.folder.setText(state.folder)
        self.languages.set_current(state.language)
        self.zip_box.setChecked(state.zip_too and not state.receiver)
        self.zip_box.setEnabled(not state.receiver)
        if self.receiver.text().strip() != state.receiver:
            self.receiver.setText(state.receiver)
        self.place_button.setEnabled(can_ask)
        for widget in (self._names[-1], self.passphrase, self.passphrase_hint):
            widget.setVisible(state.key_asks)


class _Working(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.file = ElidedLabel(tone="faint", parent=self)
        self.cancel_button = PlainButton(parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.file, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addLayout(row)

    def show_state(self, state: HandoverState, words: UiWords) -> None:
        self.bar.setRange(0, 1000 if state.total else 0)
        self.bar.setValue(state.done * 1000 // state.total if state.total else 0)
        amount = words.text("{done} of {total}", done=size_text(state.done), total=size_text(state.total))
        parts = [state.file, amount if state.total else ""]
        self.file.setText(" · ".join(part for part in parts if part))
