"""Taking a case in from another computer: which folder, how far it is, what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.cases.overview.presenter import OverviewState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.kit.work_strip import WorkStrip
from evidencedesk.ui.words import UiWords


class ArrivalStrip(Card):
    """``path_chosen`` carries a folder or a ZIP, ``left`` when none is wanted."""

    path_chosen = Signal(object)
    left = Signal()

    def __init__(self, words: UiWords, files: FileChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._files = files
        self._title = SectionTitle(parent=self)
        self._hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.folder_button = PlainButton(icon_name="folder", parent=self)
        self.zip_button = PlainButton(icon_name="file-text", parent=self)
        self.leave_button = PlainButton(parent=self)
        self._choices = QWidget(self)
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.folder_button, self.zip_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.leave_button)
        self.work = WorkStrip(self)
        for widget in (self._title, self._hint, self._choices, self.work):
            self.column.addWidget(widget)
        self.folder_button.clicked.connect(self._folder_clicked)
        self.zip_button.clicked.connect(self._zip_clicked)
        self.leave_button.clicked.connect(self.left)

    def show_state(self, state: OverviewState) -> None:
        """Ask, or say how far it is."""
        t = self._words.text
        working = state.arriving is not None
        self.setVisible(state.asking or working)
        for widget in (self._title, self._hint, self._choices):
            widget.setVisible(not working)
        self.work.setVisible(working)
        if state.arriving is not None:
            self.work.set_texts(t("Checking and taking in {folder}", folder=state.arriving.name), t("Cancel"))
            self.work.show_share(state.done, state.total)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Take in a case from another computer"))
        self._hint.setText(
            t(
                "Choose the case folder that was exported there, or its ZIP. It is checked first; only an "
                "intact one is taken in, with its journal as it is. Keep the folder itself too: "
                "its signature and time stamps stand in it."
            )
        )
        self.folder_button.setText(t("Choose the folder…"))
        self.zip_button.setText(t("Choose the ZIP…"))
        self.leave_button.setText(t("Cancel"))

    @Slot()
    def _folder_clicked(self) -> None:
        chosen = self._files.folder(self, self._words.text("Case folder to take in"), Path.home())
        if chosen is not None:
            self.path_chosen.emit(chosen)

    @Slot()
    def _zip_clicked(self) -> None:
        chosen = self._files.files(self, self._words.text("ZIP of the case folder to take in"))
        if chosen:
            self.path_chosen.emit(chosen[0])
