"""The page that checks a case folder, layer by layer; it never says more than was checked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from evidencedesk.domain.errors import Code
from evidencedesk.domain.finding import Report
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.file_choice import FileChoice, SystemFileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, PageTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.text_size import letters_of
from evidencedesk.ui.verify.layer_card import LayerCard
from evidencedesk.ui.verify.presenter import VerifyPresenter, VerifyState
from evidencedesk.ui.verify.trust_card import TrustCard
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.findings import verdict

_READ_AS_GBK = "read-as-gbk"


class VerifyPage(QWidget):
    """Choose or drop a folder; read what was found.

    Emits:
        back_clicked: the user is done here and wants the cases.
    """

    back_clicked = Signal()

    def __init__(
        self,
        presenter: VerifyPresenter,
        words: UiWords,
        files: FileChoice | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._files = files or SystemFileChoice()
        self._recording = False
        self._shown: object = None
        self.setAcceptDrops(True)
        self.back_button = PlainButton(parent=self)
        self.back_button.make_flat()
        self._title = PageTitle(parent=self)
        self._sub = TextLabel(tone="sub", parent=self, wrap=True)
        self.zip_button = PlainButton(icon_name="file-text", parent=self)
        self.choose_button = PrimaryButton(icon_name="folder", parent=self)
        self.banner = Banner("error", self)
        self.empty = EmptyState("shield-check", self)
        self.working = Card(self)
        self.folder = ElidedLabel(tone="strong", parent=self)
        self.bar = QProgressBar(self)
        self.cancel_button = PlainButton(parent=self)
        self.summary = Card(self)
        self.verdict = TextLabel(tone="ink", parent=self, wrap=True)
        letters_of(self.verdict, font(15, QFont.Weight.Bold))
        self.limits = TextLabel(tone="sub", parent=self, wrap=True)
        self.checked_folder = ElidedLabel(tone="faint", parent=self)
        self.layers: list[LayerCard] = []
        self.trust = TrustCard(words, self)
        self._lay_out()
        self.back_button.clicked.connect(self.back_clicked)
        self.choose_button.clicked.connect(self._choose_clicked)
        self.zip_button.clicked.connect(self._zip_clicked)
        self.trust.certificates.choose_clicked.connect(self._certificates_clicked)
        self.trust.certificates.removed.connect(presenter.forget)
        self.trust.roots.choose_clicked.connect(self._roots_clicked)
        self.trust.roots.removed.connect(presenter.forget_root)
        self.banner.action_clicked.connect(self._banner_clicked)
        self.cancel_button.clicked.connect(presenter.cancel)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def check(self, folder: Path) -> None:
        """Check a folder that was named elsewhere."""
        self._presenter.check(folder)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded; folders can still be dropped."""
        self._recording = recording
        self.render_state(self._presenter.state)

    @Slot(object)
    def render_state(self, state: VerifyState) -> None:
        """Show how far it is or what was found."""
        for button in (self.choose_button, self.zip_button):
            button.setEnabled(not self._recording and not state.running)
        self.trust.show_files(
            state.trust, state.trust_time, can_change=not self._recording and not state.running
        )
        self.working.setVisible(state.running)
        self.folder.setText("" if state.folder is None else str(state.folder))
        self.bar.setRange(0, 1000 if state.total else 0)
        self.bar.setValue(state.done * 1000 // state.total if state.total else 0)
        self.summary.setVisible(state.report is not None)
        nothing = state.report is None and not state.running
        self.empty.setVisible(nothing)
        self._show_problem(state)
        drawn = (state.report, self._words.words)
        if drawn != self._shown:
            self._shown = drawn
            self._show_layers(state)
        if state.report is not None:
            self.verdict.setText(verdict(self._words.words, state.report))
            self.verdict.set_tone(_tone(state.report))
            self.checked_folder.setText(state.report.folder)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.back_button.setText(t("‹ Cases"))
        self.back_button.setAccessibleName(t("Back to the list of cases"))
        self._title.setText(t("Check a case folder"))
        self._sub.setText(t("Is it still what was handed over? The check reads every file and changes none."))
        self.choose_button.setText(t("Choose a folder…"))
        self.zip_button.setText(t("Choose a ZIP…"))
        self.trust.retranslate()
        self.cancel_button.setText(t("Cancel"))
        self.bar.setAccessibleName(t("Progress of the check"))
        self.empty.set_texts(
            t("Drop a case folder or its ZIP here"),
            t(
                "What an export wrote: the folder with START-HERE.html in it, or one ZIP of it. Every file, "
                "the journal, the sound and the facts are compared with what the folder says about itself."
            ),
        )
        self.limits.setText(
            t(
                "Whether the folder was made as a whole at another time can't be seen from inside it: "
                "without a time stamp from outside it is self-attested."
            )
        )
        self.render_state(self._presenter.state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One folder can be dropped anywhere on the page."""
        if _folder(event) is not None and not self._presenter.state.running:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check it."""
        folder = _folder(event)
        if folder is not None:
            self._presenter.check(folder)
            event.acceptProposedAction()

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._sub)
        header = QHBoxLayout()
        header.setSpacing(10)
        header.addWidget(self.back_button)
        header.addLayout(titles, 1)
        header.addWidget(self.zip_button, 0, Qt.AlignmentFlag.AlignVCenter)
        header.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignVCenter)
        running = QHBoxLayout()
        running.setSpacing(12)
        running.addWidget(self.folder, 1)
        running.addWidget(self.cancel_button)
        self.working.column.setSpacing(10)
        self.working.column.addLayout(running)
        self.working.column.addWidget(self.bar)
        self.summary.column.setSpacing(6)
        for label in (self.verdict, self.limits, self.checked_folder):
            self.summary.column.addWidget(label)
        self._scroll = VerticalScroll(self)
        self._scroll.column.setSpacing(12)
        self._scroll.column.setContentsMargins(0, 0, 0, 22)
        self._scroll.column.addWidget(self.summary)
        self._scroll.column.addWidget(self.trust)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 0)
        column.setSpacing(16)
        column.addLayout(header)
        column.addWidget(self.banner)
        column.addWidget(self.working)
        column.addWidget(self.empty, 1)
        column.addWidget(self._scroll, 1)

    def _show_problem(self, state: VerifyState) -> None:
        self.banner.setVisible(state.problem is not None)
        if state.problem is None:
            return
        if state.problem.code is Code.CANCELLED:
            self.banner.set_kind("info")
            self.banner.set_texts(
                self._words.text("The check was stopped; it says nothing about the folder.")
            )
        else:
            said = describe(self._words.words, state.problem)
            self.banner.set_kind("error")
            self.banner.set_texts(said.what, said.next)
        asks_for_gbk = state.problem.code is Code.ARCHIVE_NAMES
        read_as_gbk = [(_READ_AS_GBK, self._words.text("Read the names as GBK"))]
        self.banner.set_actions(read_as_gbk if asks_for_gbk else [])

    def _show_layers(self, state: VerifyState) -> None:
        for card in self.layers:
            self._scroll.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.layers = [LayerCard(result, self._words.words, self._scroll.body) for result in state.layers]
        for index, card in enumerate(self.layers):
            self._scroll.column.insertWidget(index + 1, card)

    @Slot()
    def _choose_clicked(self) -> None:
        title = self._words.text("Which case folder shall be checked?")
        folder = self._files.folder(self, title, self._presenter.state.folder)
        if folder is not None:
            self._presenter.check(folder)

    @Slot()
    def _zip_clicked(self) -> None:
        chosen = self._files.files(self, self._words.text("Which ZIP shall be checked?"))
        if chosen:
            self._presenter.check(chosen[0])

    @Slot()
    def _certificates_clicked(self) -> None:
        chosen = self._files.files(self, self._words.text("Choose certificates that I know"))
        if chosen:
            self._presenter.know(chosen)

    @Slot()
    def _roots_clicked(self) -> None:
        chosen = self._files.files(self, self._words.text("Choose root certificates of time authorities"))
        if chosen:
            self._presenter.know_root(chosen)

    @Slot(str)
    def _banner_clicked(self, action: str) -> None:
        folder = self._presenter.state.folder
        if action == _READ_AS_GBK and folder is not None:
            self._presenter.check(folder, "gbk")


def _folder(event: QDragEnterEvent | QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else None


def _tone(report: Report) -> str:
    """Bad with a fault; calm only where a signature carries what is said."""
    if report.faults:
        return "bad"
    signed = any(finding.code in ("signed-by-known", "signed-by-unknown") for finding in report.findings)
    return "ink" if signed and not report.redacted else "warn"
