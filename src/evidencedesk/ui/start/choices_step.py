"""The last of the first steps: the language, and whose rules stand on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Divider
from evidencedesk.ui.start.state import Choices
from evidencedesk.ui.words import UiWords


class ChoicesStep(QWidget):
    """Every choice takes effect at once.

    Emits:
        language_clicked: ``zh`` or ``en``.
        pack_toggled: a pack's id and whether it shall be in use.
    """

    language_clicked = Signal(str)
    pack_toggled = Signal(str, bool)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._choices = Choices()
        self._language_name = TextLabel(tone="strong", parent=self)
        self.languages = SegmentedControl([Segment("zh"), Segment("en")], parent=self)
        self._packs_name = TextLabel(tone="strong", parent=self)
        self._packs_hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.rows: dict[str, CheckRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.languages.clicked.connect(self.language_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._language_name)
        column.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(10)
        column.addWidget(self._packs_name)
        column.addWidget(self._packs_hint)
        column.addLayout(self._list)
        column.addStretch(1)

    def show_choices(self, choices: Choices) -> None:
        """Show what can be chosen and what is."""
        self._choices = choices
        if list(self.rows) != [pack.id for pack in choices.packs]:
            self._build()
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        t, language = self._words.text, self._words.language
        self._language_name.setText(t("Language"))
        # Each language under its own name: whoever looks for theirs can read it.
        self.languages.set_label("zh", "中文")
        self.languages.set_label("en", "English")
        self.languages.setAccessibleName(t("Language"))
        self.languages.set_current(language)
        self.languages.setEnabled(self._choices.ready)
        self._packs_name.setText(t("Whose rules shall stand on the screen?"))
        self._packs_hint.setText(
            t("More than one is fine. You can change it at any time on the page “Law”.")
            if self._choices.ready
            else t("One moment…")
        )
        for pack in self._choices.packs:
            row = self.rows[pack.id]
            applies = pack.applies_to.in_language(language) if pack.applies_to is not None else ""
            row.set_texts(pack.title.in_language(language), applies)
            row.set_checked(pack.id in self._choices.in_use)

    def _build(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for pack in self._choices.packs:
            row = CheckRow(pack.id, self)
            row.toggled_by_user.connect(self.pack_toggled)
            self.rows[pack.id] = row
            self._list.addWidget(Divider(self))
            self._list.addWidget(row)
