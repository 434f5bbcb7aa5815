"""Where the library is, and the way to checking a case folder."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from evidencedesk.ui.help.ask import HelpButton
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import ElidedLabel
from evidencedesk.ui.settings.presenter import SettingsPresenter, SettingsState
from evidencedesk.ui.settings.rows_section import RowsSection
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark


class PlacesSection(RowsSection):
    """Folders; ``check_clicked`` when a case folder is to be checked."""

    check_clicked = Signal()

    def __init__(
        self, presenter: SettingsPresenter, words: UiWords, files: FileChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self._presenter = presenter
        self._files = files
        self.library = ElidedLabel(tone="ink", parent=self)
        self.library_button = PlainButton(icon_name="folder", parent=self)
        self.check_button = PlainButton(icon_name="shield-check", parent=self)
        self.add_row(
            "library",
            mark("Library"),
            mark("Recordings, notes and files are kept here, on this computer only"),
            mark("data folder, where is it stored, location, path, disk"),
            self.library_button,
        )
        self.column.addWidget(self.library)
        self.column.addSpacing(10)
        self.add_row(
            "check",
            mark("Check a case folder"),
            mark("Is a folder still what was handed over?"),
            mark("verify, hash, checksum, genuine, tampered, forged, changed afterwards"),
            self.check_button,
            HelpButton(Topic.CHECK, words, self),
        )
        self.library_button.clicked.connect(self._library_clicked)
        self.check_button.clicked.connect(self.check_clicked)
        presenter.state_changed.connect(self.render_state)
        self.retranslate()

    @Slot(object)
    def render_state(self, state: SettingsState) -> None:
        """Show where the library is."""
        self.library.setText(str(state.installation.library))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        super().retranslate()
        t = self._words.text
        self.library_button.setText(t("Show folder"))
        self.library_button.setAccessibleName(t("Show the folder of the library"))
        self.check_button.setText(t("Check…"))
        self.check_button.setAccessibleName(t("Check a case folder"))
        self.render_state(self._presenter.state)

    @Slot()
    def _library_clicked(self) -> None:
        self._files.open(self._presenter.state.installation.library)
