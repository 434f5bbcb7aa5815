"""Language, look, microphone; where things are kept; what this program is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.file_choice import FileChoice, SystemFileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, PageTitle, TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card, Divider, VerticalScroll
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.second_place import second_text
from evidencedesk.ui.settings.about_card import AboutCard
from evidencedesk.ui.settings.comfort_section import ComfortSection
from evidencedesk.ui.settings.key_presenter import KeyPresenter
from evidencedesk.ui.settings.key_section import KeySection
from evidencedesk.ui.settings.library_presenter import LibraryPresenter
from evidencedesk.ui.settings.library_section import LibrarySection
from evidencedesk.ui.settings.presenter import Microphone, SettingsPresenter, SettingsState
from evidencedesk.ui.settings.time_presenter import TimePresenter
from evidencedesk.ui.settings.time_section import TimeSection
from evidencedesk.ui.theme.text_size import at_least_wide
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe

_SYSTEM = "system"


class SettingsPage(QWidget):
    """Every choice takes effect at once; there is no button to confirm.

    Emits:
        check_clicked: the user wants to check a case folder.
        welcome_clicked: the user wants to see the first steps again.
    """

    check_clicked = Signal()
    welcome_clicked = Signal()

    def __init__(
        self,
        presenter: SettingsPresenter,
        words: UiWords,
        files: FileChoice | None = None,
        parent: QWidget | None = None,
        time: TimePresenter | None = None,
        key: KeyPresenter | None = None,
        library: LibraryPresenter | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._files = files or SystemFileChoice()
        self.time = None if time is None else TimeSection(time, words, self._files, self)
        self.key = None if key is None else KeySection(key, words, self)
        self.whole = None if library is None else LibrarySection(library, words, self._files, self)
        self.comfort = ComfortSection(presenter, words, self)
        self._title = PageTitle(parent=self)
        self.banner = Banner("error", self)
        self.languages = SegmentedControl([Segment(_SYSTEM), Segment("zh"), Segment("en")], parent=self)
        self.themes = SegmentedControl([Segment(_SYSTEM), Segment("light"), Segment("dark")], parent=self)
        self.microphones = ElidedComboBox(self)
        at_least_wide(self.microphones, 240)
        self.look_again_button = PlainButton(icon_name="refresh-cw", parent=self)
        self.fallback = SegmentedControl([Segment("yes"), Segment("no")], parent=self)
        self.earlier = SegmentedControl([Segment("no"), Segment("yes")], parent=self)
        self.second = ElidedLabel(tone="ink", parent=self)
        self.second_trouble = TextLabel(tone="warn", parent=self, wrap=True)
        self.second_button = PlainButton(icon_name="folder", parent=self)
        self.second_off_button = PlainButton(icon_name="x", parent=self)
        self.library = ElidedLabel(tone="ink", parent=self)
        self.library_button = PlainButton(icon_name="folder", parent=self)
        self.check_button = PlainButton(icon_name="shield-check", parent=self)
        self.welcome_button = PlainButton(icon_name="play", parent=self)
        self.about = AboutCard(words, self)
        self._names: dict[str, tuple[TextLabel, TextLabel]] = {}
        self._lay_out()
        self.languages.clicked.connect(self._language_clicked)
        self.themes.clicked.connect(presenter.choose_theme)
        self.microphones.activated.connect(self._microphone_activated)
        self.look_again_button.clicked.connect(presenter.refresh)
        self.fallback.clicked.connect(presenter.choose_fallback)
        self.earlier.clicked.connect(presenter.choose_earlier)
        self.second_button.clicked.connect(self._second_clicked)
        self.second_off_button.clicked.connect(self._second_off_clicked)
        self.library_button.clicked.connect(self._library_clicked)
        self.check_button.clicked.connect(self.check_clicked)
        self.welcome_button.clicked.connect(self.welcome_clicked)
        self.about.notices_button.clicked.connect(self._notices_clicked)
        self.banner.closed.connect(presenter.dismiss_problem)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def refresh(self) -> None:
        """Look again; to be called when the page comes into view."""
        self._presenter.refresh()

    @Slot(object)
    def render_state(self, state: SettingsState) -> None:
        """Show what was chosen."""
        settings = state.settings
        self.languages.set_current(settings.language or _SYSTEM)
        self.themes.set_current(settings.theme)
        self._show_microphones(state.microphones, settings.source)
        self.fallback.set_current(settings.fallback)
        self.earlier.set_current(settings.earlier)
        self.second.setText(settings.second_folder or self._words.text("Not chosen"))
        self.second_off_button.setVisible(bool(settings.second_folder))
        trouble = second_text(self._words, state.second)
        self.second_trouble.setText(trouble)
        self.second_trouble.setVisible(bool(trouble))
        self.library.setText(str(state.installation.library))
        self.about.show_installation(state.installation)
        self.banner.setVisible(state.problem is not None)
        if state.problem is not None:
            said = describe(self._words.words, state.problem)
            unkept = (
                self._words.text("The choice holds until the window is closed, but it was not saved.")
                if state.unkept
                else ""
            )
            self.banner.set_texts(said.what, f"{unkept} {said.next}".strip())
            self.banner.set_actions([], self._words.text("Dismiss"))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Settings"))
        texts = {
            "language": (t("Language"), t("Switches at once")),
            "theme": (t("Look"), t("Light, dark, or as the system is set")),
            "source": (t("Microphone"), t("For the next recording; one that runs keeps its own")),
            "fallback": (
                t("If the microphone goes away"),
                t("Go on with the system's microphone in a new part, or wait until it is back"),
            ),
            "earlier": (
                t("Seconds before the click"),
                t(
                    "While the record page is open, the last 10 seconds are kept in memory and become the "
                    "beginning of the recording. Nothing of it is written before you press the button"
                ),
            ),
            "second": (
                t("Second copy while recording"),
                t("To a USB stick or another drive. If one drive fails or is full, the other goes on"),
            ),
            "library": (t("Library"), t("Recordings, notes and files are kept here, on this computer only")),
            "check": (t("Check a case folder"), t("Is a folder still what was handed over?")),
            "welcome": (t("First steps"), t("What this does, a test of the microphone, a practice visit")),
        }
        for key, (name, hint) in texts.items():
            for label, text in zip(self._names[key], (name, hint), strict=True):
                label.setText(text)
        self.languages.set_label(_SYSTEM, t("System"), t("Language of the system"))
        self.languages.set_label("zh", "中文")
        self.languages.set_label("en", "English")
        self.themes.set_label(_SYSTEM, t("System"), t("Look of the system"))
        self.themes.set_label("light", t("Light"))
        self.themes.set_label("dark", t("Dark"))
        self.microphones.setAccessibleName(t("Microphone"))
        self.look_again_button.setText(t("Look again"))
        self.look_again_button.setAccessibleName(t("Look for microphones again"))
        self.fallback.set_label("yes", t("Use another"), t("Go on with the system's microphone"))
        self.fallback.set_label("no", t("Wait"), t("Wait until the chosen microphone is back"))
        self.earlier.set_label("no", t("Off"), t("Keep nothing from before the click"))
        self.earlier.set_label("yes", t("Keep 10 s"), t("Keep the last 10 seconds before the click"))
        self.second_button.setText(t("Choose…"))
        self.second_button.setAccessibleName(t("Choose the folder for the second copy"))
        self.second_off_button.setText(t("Without"))
        self.second_off_button.setAccessibleName(t("Record without a second copy"))
        self.library_button.setText(t("Show folder"))
        self.library_button.setAccessibleName(t("Show the folder of the library"))
        self.check_button.setText(t("Check…"))
        self.check_button.setAccessibleName(t("Check a case folder"))
        self.welcome_button.setText(t("Show again"))
        self.welcome_button.setAccessibleName(t("Show the first steps again"))
        self.about.retranslate()
        self.render_state(self._presenter.state)

    def _lay_out(self) -> None:
        card = Card(self)
        card.column.setContentsMargins(18, 7, 18, 7)
        self._add_row(card, "language", self.languages)
        self._add_row(card, "theme", self.themes)
        self._add_row(card, "source", self.microphones, self.look_again_button)
        self._add_row(card, "fallback", self.fallback)
        self._add_row(card, "earlier", self.earlier)
        self._add_row(card, "second", self.second_off_button, self.second_button)
        card.column.addWidget(self.second)
        card.column.addWidget(self.second_trouble)
        card.column.addSpacing(10)
        places = Card(self)
        places.column.setContentsMargins(18, 7, 18, 7)
        self._add_row(places, "library", self.library_button)
        places.column.addWidget(self.library)
        places.column.addSpacing(10)
        self._add_row(places, "check", self.check_button)
        self._add_row(places, "welcome", self.welcome_button)
        scroll = VerticalScroll(self)
        scroll.column.setSpacing(16)
        scroll.column.setContentsMargins(26, 0, 26, 22)
        for widget in (card, self.comfort, self.key, self.time, places, self.whole, self.about):
            if widget is not None:
                scroll.column.addWidget(widget)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 22, 0, 0)
        column.setSpacing(16)
        header = QVBoxLayout()
        header.setContentsMargins(26, 0, 26, 0)
        header.setSpacing(16)
        header.addWidget(self._title)
        header.addWidget(self.banner)
        column.addLayout(header)
        column.addWidget(scroll, 1)

    def _add_row(self, card: Card, key: str, *controls: QWidget) -> None:
        name = TextLabel(tone="strong", parent=card)
        hint = TextLabel(tone="faint", parent=card, wrap=True)
        self._names[key] = (name, hint)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(name)
        texts.addWidget(hint)
        at_least_wide(hint, 220)
        both = QHBoxLayout()
        both.setSpacing(10)
        for control in controls:
            both.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        row = TurningRow(card)
        row.row.setContentsMargins(0, 9, 0, 9)
        row.row.addLayout(texts, 1)
        row.row.addLayout(both)
        if card.column.count():
            card.column.addWidget(Divider(card))
        card.column.addWidget(row)

    def _show_microphones(self, microphones: tuple[Microphone, ...], chosen: str) -> None:
        shown = microphones
        if all(microphone.name != chosen for microphone in microphones):
            # Chosen earlier and not plugged in now, or not asked yet: it must not look unchosen.
            label = self._words.text("System default") if chosen == "default" else chosen
            shown = (Microphone(chosen, label), *microphones)
        self.microphones.blockSignals(True)
        self.microphones.clear()
        for microphone in shown:
            self.microphones.addItem(microphone.label, microphone.name)
        self.microphones.setCurrentIndex(self.microphones.findData(chosen))
        self.microphones.blockSignals(False)

    @Slot(str)
    def _language_clicked(self, segment: str) -> None:
        self._presenter.choose_language("" if segment == _SYSTEM else segment)

    @Slot(int)
    def _microphone_activated(self, index: int) -> None:
        self._presenter.choose_source(self.microphones.itemData(index))

    @Slot()
    def _second_clicked(self) -> None:
        t = self._words.text
        chosen = self._files.folder(self, t("Choose the folder for the second copy"), None)
        if chosen is not None:
            self._presenter.choose_second_folder(str(chosen))

    @Slot()
    def _second_off_clicked(self) -> None:
        self._presenter.choose_second_folder("")

    @Slot()
    def _library_clicked(self) -> None:
        self._files.open(self._presenter.state.installation.library)

    @Slot()
    def _notices_clicked(self) -> None:
        notices = self._presenter.state.installation.notices
        if notices is not None:
            self._files.open(notices)
