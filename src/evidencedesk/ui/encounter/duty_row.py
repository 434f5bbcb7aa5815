"""One duty of the checklist, wide enough for a thumb."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.rules import Caution, CheckKind
from evidencedesk.guidance.selection import Duty
from evidencedesk.ui.encounter.checklist_state import Line
from evidencedesk.ui.encounter.duty_source import DutySource
from evidencedesk.ui.encounter.rule_words import CHECKED, LOOKS, WHO, looks_at, verdict_word
from evidencedesk.ui.encounter.suggestion_line import SuggestionLine
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.key_cap import KeyCap
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.theme.icons import icon
from evidencedesk.ui.theme.text_size import fix_height, fix_size, scaled
from evidencedesk.ui.words import UiWords

_SEGMENTS = (
    Segment(Verdict.KEPT.value, "ok"),
    Segment(Verdict.BREACHED.value, "bad"),
    Segment(Verdict.NOT_SEEN.value, "quiet"),
)
_SIGNS = {Verdict.KEPT: "✓", Verdict.BREACHED: "✗", Verdict.NOT_SEEN: "?"}
_ROOMY_PX = 400
_MOST_OF_ROW = 0.22  # what the words of two verdicts may take of a narrow row


class DutyRow(QWidget):
    """Its text, who must, what was found and when; source and caution on demand."""

    verdict_clicked = Signal(str, str)
    clicked = Signal(str)
    source_clicked = Signal(str)
    caution_clicked = Signal(str)
    suggestion_accepted = Signal(str)

    def __init__(self, line: Line, number: int, words: UiWords, parent: QWidget | None = None) -> None:
        """``number`` is the digit of its key, 0 for none; the first row is the largest."""
        super().__init__(parent)
        self.setObjectName(f"duty-{line.key}")
        self._key = line.key
        self._number = number
        self._line = line
        self._words = words
        self._roomy = False
        self._text = TextLabel(tone="lead" if number == 1 else "duty", parent=self, wrap=True)
        self._also = TextLabel(tone="faint", parent=self, wrap=True)
        self._cap = KeyCap(str(number) if number else "", self)
        self.when = TextLabel(tone="faint", parent=self)
        self.checked = Pill(parent=self)
        self._who = TextLabel(tone="faint", parent=self)
        self.buttons = SegmentedControl(_SEGMENTS, scale="touch", parent=self)
        self.buttons.clicked.connect(self._verdict_clicked)
        self.source = PlainButton(icon_name="info", parent=self)
        self.source.make_flat()
        self.source.make_icon()
        fix_size(self.source, 32, 40)
        self.source.setIcon(icon("info", "faint"))
        self.source.clicked.connect(self._source_clicked)
        self.caution = PlainButton(parent=self)
        self.caution.make_warning()
        self.caution.make_tall()
        self.caution.clicked.connect(self._caution_clicked)
        self.details: DutySource | None = None
        self.suggestion: SuggestionLine | None = None
        self._lay_out()

    def render(  # type: ignore[override]
        self, line: Line, *, opened: bool, touched: bool, caution: Caution | None = None
    ) -> None:
        """Show the duty and what was found; ``caution`` is the one that is open."""
        self._line = line
        t, language = self._words.text, self._words.language
        text = line.item.text.in_language(language)
        self._text.setText(text)
        self._also.setText("\n".join(self._found(duty) for duty in line.duty.also))
        self._also.setVisible(bool(line.duty.also))
        who = t(WHO[line.item.who])
        self._who.setText(who)
        self._show_check(line)
        self._show_when(line)
        self._label_buttons(f"{who}: {text}")
        self.buttons.setAccessibleName(text)
        self.buttons.set_current(line.verdict.value if line.verdict else "")
        self.source.setAccessibleName(t("Source: {text}", text=text))
        self.source.setToolTip(t("Source"))
        self._show_caution(line, caution)
        self._show_suggestion(line, text)
        self._show_source(opened=opened)
        self._text.set_tone(("lead" if self._number == 1 else "duty") + ("-on" if touched else ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room the choices are words."""
        super().resizeEvent(event)
        self._roomy = self.width() >= scaled(_ROOMY_PX)
        self._label_buttons(f"{self._words.text(WHO[self._line.item.who])}: {self._text.text()}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A touch of the words shows what to say."""
        self.clicked.emit(self._key)
        super().mouseReleaseEvent(event)

    def _lay_out(self) -> None:
        below = FlowLayout(spacing=6)
        for widget in (self._cap, self.when, self.checked, self._who):
            below.addWidget(widget)
            fix_height(widget, 20)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        for widget in (self._text, self._also):
            texts.addWidget(widget)
        texts.addLayout(below)
        touched = QHBoxLayout()
        touched.setSpacing(2)
        touched.addWidget(self.buttons, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        touched.addWidget(self.source, 0, Qt.AlignmentFlag.AlignTop)
        # Beside the words, not under them: eight rows have to find room.
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addLayout(touched)
        side.addWidget(self.caution, 0, Qt.AlignmentFlag.AlignRight)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(texts, 1)
        row.addLayout(side)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(4)
        self._column.addLayout(row)

    def _show_check(self, line: Line) -> None:
        t, check = self._words.text, line.item.check
        breached = check.kind is CheckKind.AUTOMATIC and line.verdict is Verdict.BREACHED
        self.checked.show_text(t(CHECKED[check.kind]), "bad" if breached else "neutral")
        seen = t(looks_at(check.rule))
        self.checked.setToolTip(t("Looks at {what}", what=seen) if seen else "")

    def _show_suggestion(self, line: Line, text: str) -> None:
        """Made when there is one: most rows never have any."""
        if line.suggestion is not None:
            if self.suggestion is None:
                self.suggestion = SuggestionLine(self)
                self.suggestion.accepted.connect(self._suggestion_accepted)
                self._column.insertWidget(1, self.suggestion)
            self.suggestion.render(line.suggestion, line.item.who, text, self._words)
        if self.suggestion is not None:
            self.suggestion.setVisible(line.suggestion is not None)

    def _show_caution(self, line: Line, shown: Caution | None) -> None:
        t, cautions = self._words.text, line.duty.cautions
        self.caution.setVisible(bool(cautions))
        label = t("Read this first")
        if shown in cautions:
            place = cautions.index(shown) + 1
            label = t("Read this first ({place} of {count})", place=place, count=len(cautions))
        self.caution.setText(label)
        self.caution.setAccessibleName(t("{label}: {text}", label=label, text=self._text.text()))

    def _show_when(self, line: Line) -> None:
        tick = line.tick
        at = short_clock(tick.at_ms) if tick is not None and tick.at_ms is not None else ""
        self.when.setText(at)
        self.when.setVisible(bool(at))
        look = LOOKS[tick.verdict] if tick is not None else "neutral"
        self.when.set_tone("faint" if look == "neutral" else f"when-{look}")

    def _found(self, duty: Duty) -> str:
        """An item of another pack on the same rule, and what the clock found about it."""
        language = self._words.language
        place = self._line.duty.members.index(duty)
        tick = self._line.found[place]
        text = f"{duty.item.text.in_language(language)} ({duty.pack.title.in_language(language)})"
        if tick is None:
            return text
        verdict = self._words.text(verdict_word(duty.item.who, tick.verdict))
        return self._words.text("{text}: {verdict}", text=text, verdict=verdict)

    def _label_buttons(self, spoken: str) -> None:
        words = {v: self._words.text(verdict_word(self._line.item.who, v)) for v in Verdict}
        for verdict, word in words.items():
            whole = self._words.text("{text}: {verdict}", text=spoken, verdict=word)
            label = word if self._has_room(words, verdict) else _SIGNS[verdict]
            self.buttons.set_label(verdict.value, label, whole)
            key = {Verdict.KEPT: "Ctrl+Shift+", Verdict.BREACHED: "Ctrl+"}.get(verdict, "")
            key = f"{key}{self._number}" if key and self._number else ""
            self.buttons.buttons[verdict.value].setToolTip(f"{word}  {key}".rstrip())
            self.buttons.buttons[verdict.value].setAccessibleDescription(key)

    def _has_room(self, words: dict[Verdict, str], verdict: Verdict) -> bool:
        """In a narrow row the quiet choice is a sign, and long words are, too."""
        if self._roomy or verdict is Verdict.NOT_SEEN:
            return self._roomy
        metrics = self.buttons.buttons[verdict.value].fontMetrics()
        two = sum(metrics.horizontalAdvance(words[one]) for one in (Verdict.KEPT, Verdict.BREACHED))
        return two <= _MOST_OF_ROW * self.width()

    def _show_source(self, *, opened: bool) -> None:
        if not opened:
            if self.details is not None:
                self.details.hide()
                self.details.deleteLater()
                self.details = None
            return
        if self.details is None:
            self.details = DutySource(self)
            self._column.addWidget(self.details)
        self.details.render(self._line.duty, self._words)

    @Slot(str)
    def _verdict_clicked(self, verdict: str) -> None:
        self.verdict_clicked.emit(self._key, verdict)

    @Slot()
    def _source_clicked(self) -> None:
        self.source_clicked.emit(self._key)

    @Slot()
    def _suggestion_accepted(self) -> None:
        self.suggestion_accepted.emit(self._key)

    @Slot()
    def _caution_clicked(self) -> None:
        self.caution_clicked.emit(self._key)


def short_clock(milliseconds: int) -> str:
    """Minutes and seconds; hours only when there are some."""
    whole = clock_text(milliseconds)
    return whole.removeprefix("00:")
