"""How large the text is, and what may move."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.settings.presenter import SettingsPresenter, SettingsState
from evidencedesk.ui.settings.rows_section import RowsSection
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_SYSTEM, _LESS = "system", "less"
_SIZES = ("100", "125", "150", "175", "200")


class ComfortSection(RowsSection):
    """Both take effect at once, on every page."""

    def __init__(self, presenter: SettingsPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        sizes = [Segment(_SYSTEM), *(Segment(size) for size in _SIZES)]
        self.sizes = SegmentedControl(sizes, parent=self, scale="touch")
        self.motions = SegmentedControl([Segment(_SYSTEM), Segment(_LESS)], parent=self)
        self.add_row(
            "text-size",
            mark("Size of text"),
            mark("Up to twice the usual size, on every page. What finds no room can be scrolled to"),
            mark("larger letters, font size, zoom, magnify, big text, eyesight"),
            self.sizes,
        )
        self.add_row(
            "motion",
            mark("Movement"),
            mark("With less of it nothing blinks or slides, and the picture of the sound goes on in steps"),
            mark("animation, reduced motion, blinking, dizzy, still"),
            self.motions,
        )
        self.sizes.clicked.connect(presenter.choose_text_size)
        self.motions.clicked.connect(presenter.choose_motion)
        presenter.state_changed.connect(self.render_state)
        self.retranslate()
        self.render_state(presenter.state)

    @Slot(object)
    def render_state(self, state: SettingsState) -> None:
        """Show what was chosen."""
        self.sizes.set_current(state.settings.text_size)
        self.motions.set_current(state.settings.motion)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        super().retranslate()
        t = self._words.text
        self.sizes.set_label(_SYSTEM, t("System"), t("Size of text of the system"))
        for size in _SIZES:
            self.sizes.set_label(size, f"{size} %", t("Text at {size} per cent", size=size))
        self.motions.set_label(_SYSTEM, t("System"), t("Movement as the system is set"))
        self.motions.set_label(_LESS, t("Less"), t("Less movement"))
