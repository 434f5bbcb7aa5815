"""What can be said right now, and whom to call: the page's quiet helpers."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from evidencedesk.domain.rules import RuleItem, RulePack
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import FootBar, Inset
from evidencedesk.ui.words import UiWords


class SayBox(Inset):
    """A sentence to read out."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._caption = TextLabel(tone="faint", parent=self)
        self.sentence = TextLabel(wrap=True, parent=self)
        self.column.addWidget(self._caption)
        self.column.addWidget(self.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def render(self, item: RuleItem | None) -> None:  # type: ignore[override]
        """Show the sentence that belongs to an item."""
        self._caption.setText(self._words.text("You can say"))
        self.setVisible(item is not None and item.say is not None)
        if item is not None and item.say is not None:
            said = item.say.in_language(self._words.language)
            self.sentence.setText(self._words.text("“{sentence}”", sentence=said))


class HelpBar(FootBar):
    """Emergency numbers and what never to give away, as the pack says."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._pack: RulePack | None = None
        self._caption = TextLabel(tone="strong", parent=self)
        self._numbers = QWidget(self)
        self._numbers.setFixedHeight(24)  # numbers that find no room on the line are left out
        self._numbers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._flow = FlowLayout(self._numbers, 10)
        self.pills: list[Pill] = []
        self._private = ElidedLabel(tone="faint", parent=self)
        self._private.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 9, 22, 9)
        row.setSpacing(12)
        row.addWidget(self._caption)
        row.addWidget(self._numbers, 1)
        row.addWidget(self._private)

    def show_pack(self, pack: RulePack) -> None:
        """Take the numbers from this pack, those for danger first."""
        self._pack = pack
        for pill in self.pills:
            self._flow.removeWidget(pill)
            pill.deleteLater()
        self.pills = []
        for hotline in sorted(pack.hotlines, key=lambda one: not one.danger):
            pill = Pill(kind="bad" if hotline.danger else "neutral", parent=self._numbers)
            pill.setProperty("number", hotline.number)
            self.pills.append(pill)
            self._flow.addWidget(pill)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        t, language = self._words.text, self._words.language
        self._caption.setText(t("Emergency"))
        if self._pack is None:
            return
        by_number = {hotline.number: hotline.text.in_language(language) for hotline in self._pack.hotlines}
        for pill in self.pills:
            number = pill.property("number")
            whole = by_number[number]
            pill.setText(f"{number} {_short(whole)}")
            pill.setToolTip(f"{number} {whole}")
            pill.setAccessibleName(f"{number} {whole}")
        private = self._pack.keep_private
        if private is not None:
            self._private.setText(t("Never give away: {things}", things=private.in_language(language)))
            self._private.updateGeometry()


def _short(text: str) -> str:
    """The words before the colon: whom the number reaches."""
    return text.replace("：", ":").split(":", 1)[0]
