"""What this program is, in short, and the way to the page that says all of it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.settings.presenter import SettingsPresenter, SettingsState
from evidencedesk.ui.settings.setting import Setting, SettingsSection
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.about import LICENCE, PRIVACY
from evidencedesk.wording.language import mark


class AboutSection(SettingsSection):
    """Version and licence; ``about_clicked`` asks for the page."""

    about_clicked = Signal()

    def __init__(self, presenter: SettingsPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._heading = SectionTitle(parent=self)
        self._licence = TextLabel(tone="sub", parent=self, wrap=True)
        self._privacy = TextLabel(tone="sub", parent=self, wrap=True)
        self.about_button = PlainButton(icon_name="info", parent=self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.about_button)
        buttons.addStretch(1)
        self.column.setSpacing(8)
        for label in (self._heading, self._licence, self._privacy):
            self.column.addWidget(label)
        self.column.addLayout(buttons)
        self.about_button.clicked.connect(self.about_clicked)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def settings(self) -> tuple[Setting, ...]:
        """Nothing to choose, but to be found."""
        return (
            Setting(
                "about",
                mark("Version and licences"),
                mark("What this program is made of, and details for a report of a fault"),
                mark("about, open source, copyright, components, Qt, bug report, system details, update"),
                (self.about_button,),
            ),
        )

    @Slot(object)
    def render_state(self, state: SettingsState) -> None:
        """Say the version."""
        version = state.installation.app_version
        self._heading.setText(self._words.text("EvidenceDesk {version}", version=version))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._licence.setText(t(LICENCE))
        self._privacy.setText(t(PRIVACY))
        self.about_button.setText(t("Components and licences…"))
        self.render_state(self._presenter.state)
