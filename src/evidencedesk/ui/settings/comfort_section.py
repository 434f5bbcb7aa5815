"""How large the text is, and what may move."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.segmented import Segment
from evidencedesk.ui.kit.surfaces import Divider
from evidencedesk.ui.settings.presenter import SettingsPresenter, SettingsState
from evidencedesk.ui.settings.setting import Setting, SettingsSection
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_SYSTEM, _LESS = "system", "less"
_SIZES = ("100", "125", "150", "175", "200")


class ComfortSection(SettingsSection):
    """Both take effect at once, on every page."""

    def __init__(self, presenter: SettingsPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.sizes = ChoiceChips([Segment(_SYSTEM), *(Segment(size) for size in _SIZES)], self)
        self.motions = ChoiceChips([Segment(_SYSTEM), Segment(_LESS)], self)
        self._size_name, self._size_hint = self._row(self.sizes)
        self.column.addWidget(Divider(self))
        self._motion_name, self._motion_hint = self._row(self.motions)
        self.column.setContentsMargins(18, 7, 18, 7)
        self.sizes.clicked.connect(presenter.choose_text_size)
        self.motions.clicked.connect(presenter.choose_motion)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()
        self.render_state(presenter.state)

    def settings(self) -> tuple[Setting, ...]:
        """Both."""
        return (
            Setting(
                "text-size",
                mark("Size of text"),
                mark("Up to twice the usual size, on every page. What finds no room can be scrolled to"),
                mark("larger letters, font size, zoom, magnify, big text, eyesight"),
                (self.sizes,),
            ),
            Setting(
                "motion",
                mark("Movement"),
                mark(
                    "With less of it nothing blinks or slides, and the picture of the sound goes on in steps"
                ),
                mark("animation, reduced motion, blinking, dizzy, still"),
                (self.motions,),
            ),
        )

    @Slot(object)
    def render_state(self, state: SettingsState) -> None:
        """Show what was chosen."""
        self.sizes.set_current(state.settings.text_size)
        self.motions.set_current(state.settings.motion)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._size_name.setText(t("Size of text"))
        self._size_hint.setText(
            t("Up to twice the usual size, on every page. What finds no room can be scrolled to")
        )
        self.sizes.set_label(_SYSTEM, t("System"), t("Size of text of the system"))
        for size in _SIZES:
            self.sizes.set_label(size, f"{size} %", t("Text at {size} per cent", size=size))
        self._motion_name.setText(t("Movement"))
        self._motion_hint.setText(
            t("With less of it nothing blinks or slides, and the picture of the sound goes on in steps")
        )
        self.motions.set_label(_SYSTEM, t("System"), t("Movement as the system is set"))
        self.motions.set_label(_LESS, t("Less"), t("Less movement"))

    def _row(self, choices: ChoiceChips) -> tuple[TextLabel, TextLabel]:
        name = TextLabel(tone="strong", parent=self)
        hint = TextLabel(tone="faint", parent=self, wrap=True)
        row = QVBoxLayout()
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(1)
        row.addWidget(name)
        row.addWidget(hint)
        row.addSpacing(6)
        row.addWidget(choices)
        self.column.addLayout(row)
        return name, hint
