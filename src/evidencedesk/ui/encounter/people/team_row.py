"""How many came: one touch. Whether the user had agreed to the time: another."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from evidencedesk.domain.rules import Confidence
from evidencedesk.ui.encounter.people.team_presenter import MANY, TeamState
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.segmented import Segment
from evidencedesk.ui.theme.text_size import at_least_high
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.reported import says_reported

_MOST = 99


class TeamRow(QWidget):
    """One to three, or four and more, which asks for the number; of a call only what was agreed.

    Emits:
        counted: this many were seen.
        exact_number: the number written for "4 or more".
        agreed_clicked: whether the user says that the time was agreed.
    """

    counted = Signal(int)
    exact_number = Signal(int)
    agreed_clicked = Signal(bool)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._caption = TextLabel(tone="caption", parent=self)
        self.choices = ChoiceChips([Segment(str(n)) for n in range(1, MANY + 1)], self)
        self.choices.clicked.connect(self._chip_clicked)
        self.number = QSpinBox(self)
        self.number.setRange(MANY, _MOST)
        at_least_high(self.number, 40)
        self.number.valueChanged.connect(self.exact_number)
        self.agreed = QCheckBox(self)
        at_least_high(self.agreed, 40)
        self.agreed.clicked.connect(self.agreed_clicked)
        self.rules = TextLabel(tone="faint", parent=self, wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 6)
        whole.setSpacing(3)
        for part in (self._caption, self.choices, self.number, self.rules, self.agreed):
            whole.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def render(self, state: TeamState) -> None:  # type: ignore[override]
        """Show the number, and what the rules in use say about it."""
        t = self._words.text
        self._caption.setVisible(state.visit)
        self.choices.setVisible(state.visit)
        self.agreed.setText(t("I had agreed to this time"))
        self.agreed.setChecked(state.agreed is True)
        self._caption.setText(t("How many came"))
        self.choices.setAccessibleName(t("How many came"))
        for n in range(1, MANY + 1):
            text = t("{n} or more", n=n) if n == MANY else str(n)
            spoken = t("How many came: {n}", n=text)
            self.choices.set_label(str(n), f"{n}+" if n == MANY else text, spoken)
        present = state.present
        self.choices.set_current("" if not present else str(min(present, MANY)))
        many = state.visit and present is not None and present >= MANY
        self.number.setVisible(many)
        for part in (self.number, self.number.lineEdit()):
            part.setAccessibleName(t("Number of people"))
        if many and present is not None:
            with QSignalBlocker(self.number):
                self.number.setValue(present)
        self.rules.setText("\n".join(self._rules(state)))
        self.rules.setVisible(state.visit and bool(state.rules))

    def _rules(self, state: TeamState) -> list[str]:
        language = self._words.language
        lines = []
        for pack, item in state.rules:
            said = item.text.in_language(language)
            reported = not says_reported(item.text) and any(
                source.confidence is Confidence.REPORTED for source in item.sources
            )
            title = pack.title.in_language(language)
            text = self._words.text
            lines.append(
                text("{rule} · {pack}, as reported", rule=said, pack=title)
                if reported
                else text("{rule} · {pack}", rule=said, pack=title)
            )
        return lines

    @Slot(str)
    def _chip_clicked(self, number: str) -> None:
        # "4+" again takes back what stands, be it four or nine.
        taken = self.choices.current == number and number == str(MANY)
        self.counted.emit(self.number.value() if taken else int(number))
