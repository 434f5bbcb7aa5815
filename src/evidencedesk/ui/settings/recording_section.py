"""Microphone, what happens when it goes away, seconds before the click, second copy."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from evidencedesk.ui.help.ask import HelpButton
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.second_place import second_text
from evidencedesk.ui.settings.presenter import Microphone, SettingsPresenter, SettingsState
from evidencedesk.ui.settings.rows_section import RowsSection
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark


class RecordingSection(RowsSection):
    """For the next recording; one that runs keeps its own."""

    def __init__(
        self, presenter: SettingsPresenter, words: UiWords, files: FileChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self._presenter = presenter
        self._files = files
        self.microphones = QComboBox(self)
        self.microphones.setMinimumWidth(240)
        self.look_again_button = PlainButton(icon_name="refresh-cw", parent=self)
        self.fallback = SegmentedControl([Segment("yes"), Segment("no")], parent=self)
        self.earlier = SegmentedControl([Segment("no"), Segment("yes")], parent=self)
        self.second = ElidedLabel(tone="ink", parent=self)
        self.second_trouble = TextLabel(tone="warn", parent=self, wrap=True)
        self.second_button = PlainButton(icon_name="folder", parent=self)
        self.second_off_button = PlainButton(icon_name="x", parent=self)
        self._add_rows()
        self.microphones.activated.connect(self._microphone_activated)
        self.look_again_button.clicked.connect(presenter.refresh)
        self.fallback.clicked.connect(presenter.choose_fallback)
        self.earlier.clicked.connect(presenter.choose_earlier)
        self.second_button.clicked.connect(self._second_clicked)
        self.second_off_button.clicked.connect(self._second_off_clicked)
        presenter.state_changed.connect(self.render_state)
        self.retranslate()

    @Slot(object)
    def render_state(self, state: SettingsState) -> None:
        """Show what was chosen."""
        settings = state.settings
        self._show_microphones(state.microphones, settings.source)
        self.fallback.set_current(settings.fallback)
        self.earlier.set_current(settings.earlier)
        self.second.setText(settings.second_folder or self._words.text("Not chosen"))
        self.second_off_button.setVisible(bool(settings.second_folder))
        trouble = second_text(self._words, state.second)
        self.second_trouble.setText(trouble)
        self.second_trouble.setVisible(bool(trouble))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        super().retranslate()
        t = self._words.text
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
        self.render_state(self._presenter.state)

    def _add_rows(self) -> None:
        self.add_row(
            "source",
            mark("Microphone"),
            mark("For the next recording; one that runs keeps its own"),
            mark("mic, sound input, headset, device, voice"),
            self.microphones,
            self.look_again_button,
            HelpButton(Topic.MICROPHONE, self._words, self),
        )
        self.add_row(
            "fallback",
            mark("If the microphone goes away"),
            mark("Go on with the system's microphone in a new part, or wait until it is back"),
            mark("unplugged, pulled out, disconnected, another microphone"),
            self.fallback,
        )
        self.add_row(
            "earlier",
            mark("Seconds before the click"),
            mark(
                "While the record page is open, the last 10 seconds are kept in memory and become the "
                "beginning of the recording. Nothing of it is written before you press the button"
            ),
            mark("pre-roll, ahead, buffer, before pressing, ten seconds"),
            self.earlier,
        )
        self.add_row(
            "second",
            mark("Second copy while recording"),
            mark("To a USB stick or another drive. If one drive fails or is full, the other goes on"),
            mark("duplicate, mirror, USB stick, memory card, two places"),
            self.second_off_button,
            self.second_button,
            HelpButton(Topic.LOST, self._words, self),
        )
        self.column.addWidget(self.second)
        self.column.addWidget(self.second_trouble)
        self.column.addSpacing(10)

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
