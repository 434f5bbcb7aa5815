"""Language, look, and the first steps once more."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.settings.presenter import SettingsPresenter, SettingsState
from evidencedesk.ui.settings.rows_section import RowsSection
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_SYSTEM = "system"


class GeneralSection(RowsSection):
    """How the window looks and speaks; ``welcome_clicked`` asks for the first steps."""

    welcome_clicked = Signal()

    def __init__(self, presenter: SettingsPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._presenter = presenter
        self.languages = SegmentedControl([Segment(_SYSTEM), Segment("zh"), Segment("en")], parent=self)
        self.themes = SegmentedControl([Segment(_SYSTEM), Segment("light"), Segment("dark")], parent=self)
        self.welcome_button = PlainButton(icon_name="play", parent=self)
        self.add_row(
            "language",
            mark("Language"),
            mark("Switches at once"),
            mark("Chinese, English, translation"),
            self.languages,
        )
        self.add_row(
            "theme",
            mark("Look"),
            mark("Light, dark, or as the system is set"),
            mark("theme, dark mode, night, colours, bright, appearance"),
            self.themes,
        )
        self.add_row(
            "welcome",
            mark("First steps"),
            mark("What this does, a test of the microphone, a practice visit"),
            mark("introduction, welcome, tutorial, practise, test the microphone"),
            self.welcome_button,
        )
        self.languages.clicked.connect(self._language_clicked)
        self.themes.clicked.connect(presenter.choose_theme)
        self.welcome_button.clicked.connect(self.welcome_clicked)
        presenter.state_changed.connect(self.render_state)
        self.retranslate()

    @Slot(object)
    def render_state(self, state: SettingsState) -> None:
        """Show what was chosen."""
        self.languages.set_current(state.settings.language or _SYSTEM)
        self.themes.set_current(state.settings.theme)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        super().retranslate()
        t = self._words.text
        self.languages.set_label(_SYSTEM, t("System"), t("Language of the system"))
        self.languages.set_label("zh", "中文")
        self.languages.set_label("en", "English")
        self.themes.set_label(_SYSTEM, t("System"), t("Look of the system"))
        self.themes.set_label("light", t("Light"))
        self.themes.set_label("dark", t("Dark"))
        self.welcome_button.setText(t("Show again"))
        self.welcome_button.setAccessibleName(t("Show the first steps again"))
        self.render_state(self._presenter.state)

    @Slot(str)
    def _language_clicked(self, segment: str) -> None:
        self._presenter.choose_language("" if segment == _SYSTEM else segment)
