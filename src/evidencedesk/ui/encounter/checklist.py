"""The law on the screen: the duties that matter now, the most important first and largest."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.case import Verdict
from evidencedesk.guidance.selection import PRIMARY_LIMIT, VISIT_PHASES
from evidencedesk.ui.encounter.checklist_state import ChecklistState, Line
from evidencedesk.ui.encounter.duty_row import DutyRow, short_clock
from evidencedesk.ui.encounter.rule_words import PHASES, PHASES_SPOKEN, verdict_word
from evidencedesk.ui.help.ask import HelpButton
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card, Divider, VerticalScroll
from evidencedesk.ui.words import UiWords

_MARKS = ((Verdict.BREACHED, "Ctrl+"), (Verdict.KEPT, "Ctrl+Shift+"))


class ChecklistCard(Card):
    """Phases on top, duties under them, undo at the bottom. All of it by key, too."""

    verdict_clicked = Signal(str, str)
    item_clicked = Signal(str)
    source_clicked = Signal(str)
    caution_clicked = Signal(str)
    suggestion_accepted = Signal(str)
    phase_clicked = Signal(str)
    phase_stepped = Signal(int)
    number_pressed = Signal(int, str)
    undo_clicked = Signal()
    more_clicked = Signal()
    keys_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: tuple[str, ...] = ()
        self.rows: dict[str, DutyRow] = {}
        self.phases = SegmentedControl(
            [Segment(phase.value) for phase in VISIT_PHASES], scale="touch", parent=self
        )
        self.phases.clicked.connect(self.phase_clicked)
        self.count = Pill(parent=self)
        self.clock = ElidedLabel(tone="faint", parent=self)
        self._list = VerticalScroll(self)
        self.more = PlainButton(parent=self)
        self.undo = PlainButton(icon_name="undo-2", parent=self)
        self.keys = PlainButton("F12", parent=self)
        self.guide_button = HelpButton(Topic.RECORDING, words, self)
        for button, clicked in (
            (self.more, self.more_clicked),
            (self.undo, self.undo_clicked),
            (self.keys, self.keys_clicked),
        ):
            button.make_flat()
            button.make_tall()
            button.clicked.connect(clicked)
        self._lay_out()
        self._add_keys()

    def render(self, state: ChecklistState) -> None:  # type: ignore[override]
        """Show the duties."""
        t = self._words.text
        self.setAccessibleName(t("The rules"))
        for phase in VISIT_PHASES:
            self.phases.set_label(phase.value, t(PHASES[phase]), t(PHASES_SPOKEN[phase]))
            self.phases.buttons[phase.value].setToolTip(f"{t(PHASES_SPOKEN[phase])}  Ctrl+PgUp/PgDn")
        self.phases.setAccessibleName(t("What matters now"))
        self.phases.set_current(state.phase.value)
        found = self._words.plural("{n} not kept", "{n} not kept", state.breaches)
        self.count.show_text(found, "bad" if state.breaches else "neutral")
        self._show_clock(state)
        shown = (self._words.language, state.phase, *(line.key for line in state.lines))
        if shown != self._shown:
            if shown[:2] != self._shown[:2]:
                self._list.verticalScrollBar().setValue(0)
            self._build(state.lines)
            self._shown = shown
        for line in state.lines:
            touched = line.key == state.touched
            self.rows[line.key].render(
                line,
                opened=line.key == state.opened,
                touched=touched,
                caution=state.caution if touched else None,
            )
        more = t("Show fewer") if state.all_shown else self._more(state)
        self.more.setText(more)
        self.more.setVisible(bool(state.hidden))
        self.more.setAccessibleName(more)
        self._show_undo(state)
        self.keys.setAccessibleName(t("Keys (F12)"))
        self.keys.setToolTip(t("All keys of this page"))

    def _more(self, state: ChecklistState) -> str:
        """How many stand behind the button; a suggestion there must not be missed."""
        if not state.hidden_suggestions:
            return self._words.text("{count} more…", count=state.hidden)
        return self._words.text(
            "{count} more, {suggested} suggested…", count=state.hidden, suggested=state.hidden_suggestions
        )

    def _show_clock(self, state: ChecklistState) -> None:
        """What the clock decided, on its own line: it must never move the rows."""
        t = self._words.text
        said = [t("It is {time} now", time=state.local_time)] if state.local_time else []
        if state.closing:
            n = state.minutes_left
            soon = self._words.plural("{hour} in {n} minute", "{hour} in {n} minutes", n, hour=state.closing)
            said = [" · ".join([*said, soon])]
        breached = [line for line in state.hours if line.breached]
        for line in breached or state.hours:
            for duty, tick in zip(line.duty.members, line.found, strict=True):
                if tick is not None:
                    text = duty.item.text.in_language(self._words.language)
                    verdict = t(verdict_word(duty.item.who, tick.verdict))
                    said.append(t("{verdict}: {text}", verdict=verdict, text=text))
        self.clock.setText(" · ".join(said) if breached else said[0] if said else "")
        self.clock.set_tone("when-bad" if breached else "faint")

    def _show_undo(self, state: ChecklistState) -> None:
        t = self._words.text
        last, item = state.last, state.last_item
        self.undo.setVisible(last is not None)
        if last is None or item is None:
            return
        at = "" if last.at_ms is None else f" {short_clock(last.at_ms)}"
        marked = f"{t(verdict_word(item.who, last.verdict))}{at}"
        self.undo.setText(t("Undo: {mark}", mark=marked))
        whole = f"{marked} · {item.text.in_language(self._words.language)}"
        self.undo.setAccessibleName(t("Undo: {mark}", mark=whole))
        self.undo.setToolTip(f"{whole}  Ctrl+Z")

    def _build(self, lines: tuple[Line, ...]) -> None:
        column = self._list.column
        empty_layout(column)
        self.rows = {}
        body = self._list.body
        for index, line in enumerate(lines):
            row = DutyRow(line, index + 1 if index < PRIMARY_LIMIT else 0, self._words, body)
            row.verdict_clicked.connect(self.verdict_clicked)
            row.clicked.connect(self.item_clicked)
            row.source_clicked.connect(self.source_clicked)
            row.caution_clicked.connect(self.caution_clicked)
            row.suggestion_accepted.connect(self.suggestion_accepted)
            self.rows[line.key] = row
            if index:
                column.addWidget(Divider(body))
            if index == PRIMARY_LIMIT or (index and line.duty.pack.id != lines[index - 1].duty.pack.id):
                column.addWidget(self._heading(line, body))
            column.addWidget(row)
        column.addStretch(1)

    def _heading(self, line: Line, body: QWidget) -> TextLabel:
        heading = TextLabel(line.duty.pack.title.in_language(self._words.language), "faint", body, wrap=True)
        heading.setContentsMargins(0, 10, 0, 2)
        return heading

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 12, 12, 8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.phases)
        head.addStretch(1)
        head.addWidget(self.count)
        # Not at the foot: in English there is no room for it in a small window.
        head.addWidget(self.guide_button)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(self.undo)
        foot.addWidget(self.keys)
        self.column.addLayout(head)
        self.column.addSpacing(4)
        self.column.addWidget(self.clock)
        self.column.addSpacing(2)
        self.column.addWidget(self._list, 1)
        self.column.addLayout(foot)

    def _add_keys(self) -> None:
        for number in range(1, PRIMARY_LIMIT + 1):
            for verdict, keys in _MARKS:
                shortcut = QShortcut(QKeySequence(f"{keys}{number}"), self)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(partial(self._number_pressed, number, verdict.value))
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._step, by))
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.activated.connect(self.undo_clicked)

    def _number_pressed(self, number: int, verdict: str) -> None:
        self.number_pressed.emit(number, verdict)

    def _step(self, by: int) -> None:
        self.phase_stepped.emit(by)
