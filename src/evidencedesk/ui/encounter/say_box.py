"""What can be said right now, in letters to be read at arm's length."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from evidencedesk.domain.rules import Caution, RuleItem
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.theme.text_size import scaled, text_scale
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Language

# Always the same in one window: nothing on the page moves when another sentence comes.
_HEIGHT, _LOW_HEIGHT = 76, 58
_EDGES = 8
_OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}
_OTHER_NAME: dict[Language, str] = {"zh": "中文", "en": "English"}


class SayBox(QFrame):
    """A polite sentence to read out, in this language or the other; or what to be careful of."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._other = False
        self._low = False
        self._item: RuleItem | None = None
        self._caution: Caution | None = None
        self._caption = TextLabel(tone="faint", parent=self)
        self.sentence = TextLabel(tone="say", wrap=True, parent=self)
        self.switch = PlainButton(parent=self)
        self.switch.make_flat()
        self.switch.make_tall()
        self.switch.clicked.connect(self._switch_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 2, 8, 2)
        row.setSpacing(16)
        row.addWidget(self._caption)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.switch)
        self._fit()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Never the reason for a wider window."""
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        usual = scaled(_LOW_HEIGHT if self._low else _HEIGHT)
        # Large text may need a line more; then it may move the page rather than be cut.
        needed = 0 if text_scale() == 1 else self.sentence.heightForWidth(self.sentence.width()) + _EDGES
        self.setFixedHeight(max(usual, needed))

    def set_low(self, *, low: bool) -> None:
        """Smaller letters where a message takes the room."""
        if low != self._low:
            self._low = low
            self._show()

    def render(self, item: RuleItem | None, caution: Caution | None = None) -> None:  # type: ignore[override]
        """Show the sentence that belongs to an item, or a caution in its place."""
        self._item, self._caution = item, caution
        self._show()

    @property
    def language(self) -> Language:
        """The language of the sentence."""
        here = self._words.language
        return _OTHER[here] if self._other else here

    def _show(self) -> None:
        t = self._words.text
        size = "-low" if self._low else ""
        # A caution is longer than any sentence, and its row says what it is.
        self._caption.setVisible(self._caution is None)
        set_look(self, "kind", "warn" if self._caution is not None else "say")
        other = _OTHER[self.language]
        self.switch.setText(_OTHER_NAME[other])
        self.switch.setAccessibleName(t("Show this in {language}", language=_OTHER_NAME[other]))
        if self._caution is not None:
            self.sentence.set_tone(f"caution{size}")
            self.sentence.setText(self._caution.text.in_language(self.language))
        else:
            self._caption.setText(t("You can say"))
            self.sentence.set_tone(f"say{size}")
            say = self._item.say if self._item is not None else None
            said = say.in_language(self.language) if say is not None else ""
            self.sentence.setText(f"“{said}”" if said else "")
        self.switch.setVisible(bool(self.sentence.text()))
        self._fit()

    @Slot()
    def _switch_clicked(self) -> None:
        self._other = not self._other
        self._show()
