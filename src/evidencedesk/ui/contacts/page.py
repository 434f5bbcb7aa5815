"""The contacts page: seven buttons, the picture of the days and hours, the list, and what is known of one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.domain.case import Attachment, CaseFile, ContactDetails, ContactKind, Reached, Verdict
from evidencedesk.guidance.contact_picture import (
    DayCount,
    arrivals,
    closed_hours,
    day_counts,
    hour_counts,
    week_count,
)
from evidencedesk.guidance.number_forms import sender_prefix
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.case_words import names_line, show_problem
from evidencedesk.ui.contacts.contact_table import ContactTable
from evidencedesk.ui.contacts.editor import ContactEditor
from evidencedesk.ui.contacts.heat_map import HeatMap
from evidencedesk.ui.contacts.hour_strip import HourStrip, closed_text
from evidencedesk.ui.contacts.import_panel import ImportPanel, list_paths
from evidencedesk.ui.contacts.import_presenter import ImportPresenter, ImportState, Step
from evidencedesk.ui.contacts.log_buttons import CHOICES, LogButtons
from evidencedesk.ui.contacts.presenter import ContactsPresenter, ContactsState
from evidencedesk.ui.contacts.rows import (
    ContactRow,
    Kept,
    breached_days,
    judgement_lines,
    local_time,
    rows_of,
)
from evidencedesk.ui.contacts.services import ContactServices, TakenList
from evidencedesk.ui.contacts.today_card import TodayCard
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.file_choice import FileChoice, SystemFileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, PageTitle, SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.contacts import kind_text
from evidencedesk.wording.language import Words

_SIDE_WIDTH, _SIDE_IN_NARROW = 300, 284
_NARROW = 1000


class ContactsPage(QWidget):
    """Shows the contacts of one case.

    Emits:
        changed: something was written down.
    """

    changed = Signal()

    def __init__(
        self,
        services: ContactServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._choice = files or SystemFileChoice()
        self.presenter = ContactsPresenter(services, jobs, words, self)
        self.import_presenter = ImportPresenter(services, jobs, self)
        self._kept: Kept = {}
        self._drawn: tuple[object, ...] = ()
        self._drawn_words: Words | None = None
        self.setAcceptDrops(True)
        self._title = PageTitle(parent=self)
        self.cases = QComboBox(self)
        self.import_button = PlainButton(icon_name="folder", parent=self)
        self.banner = Banner("error", self)
        self.buttons = LogButtons(words, self)
        self._line = TextLabel(tone="sub", parent=self)
        self.change_button = PlainButton(parent=self)
        self.undo_button = PlainButton(icon_name="undo-2", parent=self)
        self.heat_map = HeatMap(words, self)
        self.hours = HourStrip(words, self)
        self._closed = [ElidedLabel(tone="faint", parent=self) for _ in range(3)]
        self.list_card = Card(self)
        self._list_title = SectionTitle(parent=self.list_card)
        self.all_button = PlainButton(parent=self.list_card)
        self.table = ContactTable(words, self.list_card)
        self.empty = EmptyState("phone", self.list_card)
        self.today = TodayCard(words, self)
        self.editor = ContactEditor(words, parent=self)
        self.panel = ImportPanel(self.import_presenter, words, self._choice, self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        """The page comes into sight: read again."""
        self.presenter.refresh()

    def take_focus(self) -> None:
        """The keyboard goes to the first of the large buttons."""
        self.buttons.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def render_state(self, state: ContactsState) -> None:
        """Show the case."""
        words = self._words.words
        show_problem(self.banner, words, state.problem)
        self._show_cases(state)
        self._show_line(state)
        file = state.case_file
        if file is None:
            self._show_nothing(state)
            return
        self._show_picture(state, file)
        self._show_editor(state)

    def _show_picture(self, state: ContactsState, file: CaseFile) -> None:
        """Everything but the editor. With ten thousand contacts it is drawn only where it changed."""
        words = self._words.words
        drawn = (file, state.judgements, state.packs, state.day, state.today)
        if len(drawn) == len(self._drawn) and words is self._drawn_words and _same(drawn, self._drawn):
            self.table.choose(state.chosen)
            return
        if self._drawn and (self._drawn[2] is not state.packs or words is not self._drawn_words):
            self._kept.clear()
        self._drawn, self._drawn_words = drawn, words
        found = arrivals(file)
        counts = day_counts(found)
        closed = closed_hours(state.packs)
        self.heat_map.show_days(counts, state.today, state.day, breached_days(state.judgements))
        self.hours.show_hours(hour_counts(found), closed)
        for number, label in enumerate(self._closed):
            label.setText(closed_text(words, closed[number]) if number < len(closed) else "")
            label.setVisible(number < len(closed))
        day = state.day or state.today
        self.today.show_counts(
            counts.get(day, DayCount(day)), week_count(counts, day), state.packs, is_today=day == state.today
        )
        rows = rows_of(file, state.judgements, state.packs, words, self._kept)
        self.table.show_rows(rows, state.day, state.chosen)
        shown = len(self.table.contacts.rows)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self._list_title.setText(
            self._words.plural("{n} contact", "{n} contacts", shown)
            if state.day is None
            else self._words.text("{day}: {n}", day=state.day.isoformat(), n=shown)
        )
        self.all_button.setVisible(state.day is not None)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Contacts"))
        self.cases.setAccessibleName(t("Case"))
        self.import_button.setText(t("Take in a list…"))
        self.import_button.setAccessibleName(t("Take in a list of calls or messages"))
        self.change_button.setText(t("Edit"))
        self.change_button.setAccessibleName(t("Change what was just logged"))
        self.undo_button.setText(t("Undo"))
        self.undo_button.setAccessibleName(t("Take back what was just logged"))
        self.heat_map.setAccessibleName(t("Contacts by day"))
        self.all_button.setText(t("Show all days"))
        self.all_button.setAccessibleName(t("Show all days"))
        self.table.setAccessibleName(t("Contacts"))
        headings = (t("When"), t("Kind"), t("Who"), t("What"), t("Result"))
        self.table.contacts.set_headings(headings)
        self.empty.set_texts(
            t("No contact yet"),
            t("Each time they get in touch, touch one of the buttons above. Details can be added later."),
        )
        self.render_state(self.presenter.state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A list may be dropped anywhere on the page."""
        if list_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at it."""
        paths = list_paths(event.mimeData())
        case = self.presenter.case_for_list() if paths else None
        if case is not None:
            self.import_presenter.open(case.id)
            self.import_presenter.look_at(paths[0])
            event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list needs the room more than the side."""
        super().resizeEvent(event)
        self._side.setFixedWidth(_SIDE_IN_NARROW if self.width() < _NARROW else _SIDE_WIDTH)

    def _show_cases(self, state: ContactsState) -> None:
        wanted = [(names_line(self._words.words, one.case), one.case.id) for one in state.cases]
        present = [(self.cases.itemText(i), self.cases.itemData(i)) for i in range(self.cases.count())]
        self.cases.blockSignals(True)
        if wanted != present:
            self.cases.clear()
            for text, case_id in wanted:
                self.cases.addItem(text, case_id)
        self.cases.setCurrentIndex(self.cases.findData("" if state.case is None else state.case.id))
        self.cases.blockSignals(False)
        self.cases.setVisible(bool(wanted))

    def _show_line(self, state: ContactsState) -> None:
        t = self._words.text
        contact = state.contact(state.just_logged) if state.just_logged else None
        if contact is not None:
            local = local_time(contact.details.begun_utc, contact.details.begun_offset_minutes)
            what = kind_text(self._words.words, contact.details.kind)
            self._line.setText(t("{what} logged at {time}", what=what, time=f"{local:%H:%M}"))
        elif state.imported:
            n = len(state.imported)
            self._line.setText(
                self._words.plural(
                    "{n} contact taken in from the list", "{n} contacts taken in from the list", n
                )
            )
        else:
            self._line.setText(t("One touch logs it with the time of now. Details can be added later."))
        self.change_button.setVisible(contact is not None)
        self.undo_button.setVisible(contact is not None or bool(state.imported))

    def _show_nothing(self, state: ContactsState) -> None:
        self._drawn = ()
        self.heat_map.show_days({}, state.today, None, frozenset())
        self.hours.show_hours((0,) * 24, closed_hours(state.packs))
        for label in self._closed:
            label.hide()
        day = DayCount(state.today)
        self.today.show_counts(day, day, state.packs, is_today=True)
        self.table.hide()
        self.empty.show()
        self.all_button.hide()
        self._list_title.setText(self._words.plural("{n} contact", "{n} contacts", 0))
        self._show_editor(state)

    def _show_editor(self, state: ContactsState) -> None:
        contact = state.contact(state.chosen) if state.chosen else None
        self.editor.setVisible(contact is not None)
        results: tuple[str, ...] = ()
        sender = None
        if contact is not None:
            about = [
                one
                for one in state.judgements
                if one.subject in (contact.id, contact.encounter)
                and one.verdict is Verdict.BREACHED
                and not contact.withdrawn
            ]
            results = judgement_lines(about, state.packs, self._words.words)
            sender = sender_prefix(
                contact.details.party, [sender for pack in state.packs for sender in pack.senders]
            )
        attachments = state.attachments(state.chosen) if contact is not None else ()
        self.editor.show_contact(contact, attachments, state.attaching, results, sender)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(12)
        header.addWidget(self._title)
        header.addWidget(self.cases, 1)
        header.addStretch(1)
        header.addWidget(self.import_button)
        self.cases.setMinimumContentsLength(12)
        self.cases.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cases.setMaximumWidth(420)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._line)
        for button in (self.change_button, self.undo_button):
            button.make_small()
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 18, 26, 18)
        column.setSpacing(10)
        column.addLayout(header)
        column.addWidget(self.banner)
        column.addWidget(self.buttons)
        column.addLayout(line)
        self._stack = QStackedWidget(self)
        # Where a message takes the room, the rest scrolls.
        scroll = VerticalScroll(self)
        scroll.column.addWidget(self._picture_and_list(), 1)
        self._stack.addWidget(scroll)
        self._stack.addWidget(self.panel)
        column.addWidget(self._stack, 1)

    def _picture_and_list(self) -> QWidget:
        picture = Card(self)
        picture.column.setContentsMargins(16, 12, 16, 10)
        both = QHBoxLayout()
        both.setSpacing(22)
        both.addWidget(self.heat_map, 5, Qt.AlignmentFlag.AlignTop)
        strip = QVBoxLayout()
        strip.setSpacing(1)
        strip.addWidget(self.hours)
        for label in self._closed:
            strip.addWidget(label)
        strip.addStretch(1)
        both.addLayout(strip, 4)
        picture.column.addLayout(both)
        self.list_card.column.setContentsMargins(10, 8, 10, 8)
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 8, 4)
        top.addWidget(self._list_title, 1)
        self.all_button.make_small()
        top.addWidget(self.all_button)
        self.list_card.column.addLayout(top)
        self.list_card.column.addWidget(self.table, 1)
        self.list_card.column.addWidget(self.empty, 1)
        self.table.setMinimumHeight(72)
        self.empty.setMinimumHeight(72)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(picture)
        left.addWidget(self.list_card, 1)
        self._side = side = VerticalScroll(self)
        side.setFixedWidth(_SIDE_WIDTH)
        side.column.setSpacing(12)
        side.column.addWidget(self.editor)
        side.column.addWidget(self.today)
        side.column.addStretch(1)
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(side)
        return whole

    def _connect(self) -> None:
        presenter = self.presenter
        self.cases.activated.connect(self._case_chosen)
        self.import_button.clicked.connect(self._import_clicked)
        self.banner.closed.connect(presenter.dismiss_problem)
        self.buttons.log_clicked.connect(self._log)
        self.change_button.clicked.connect(self._change_clicked)
        self.undo_button.clicked.connect(self._undo_clicked)
        self.heat_map.day_chosen.connect(presenter.choose_day)
        self.all_button.clicked.connect(self._all_days)
        self.table.row_chosen.connect(self._row_chosen)
        self.editor.changed.connect(self._changed)
        self.editor.withdraw_clicked.connect(presenter.withdraw)
        self.editor.closed.connect(self._editor_closed)
        self.editor.files_dropped.connect(presenter.attach)
        self.editor.image_pasted.connect(presenter.attach_image)
        self.editor.choose_files_clicked.connect(self._choose_files)
        self.editor.open_clicked.connect(self._open)
        self.import_presenter.state_changed.connect(self._import_changed)
        self.import_presenter.taken.connect(self._list_taken)
        presenter.state_changed.connect(self.render_state)
        presenter.changed.connect(self.changed)
        self._words.language_changed.connect(self.retranslate)
        self._keys = [_NumberKey(self, number) for number in range(1, len(CHOICES) + 1)]

    @Slot(int)
    def _case_chosen(self, index: int) -> None:
        self.editor.save()
        self.presenter.choose_case(self.cases.itemData(index))

    @Slot(ContactKind, Reached)
    def _log(self, kind: ContactKind, reached: Reached) -> None:
        self.editor.save()
        self.presenter.log(kind, reached)

    @Slot()
    def _change_clicked(self) -> None:
        self.presenter.choose(self.presenter.state.just_logged)
        self.editor.number.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _undo_clicked(self) -> None:
        state = self.presenter.state
        if state.just_logged:
            self.presenter.withdraw(state.just_logged)
        else:
            self.presenter.undo_list()

    @Slot()
    def _all_days(self) -> None:
        self.presenter.choose_day(None)

    @Slot(object)
    def _row_chosen(self, row: ContactRow | None) -> None:
        self.editor.save()
        self.presenter.choose("" if row is None or row.contact is None else row.id)

    @Slot(str, object)
    def _changed(self, contact_id: str, details: ContactDetails) -> None:
        self.presenter.change(contact_id, details)

    @Slot()
    def _editor_closed(self) -> None:
        self.presenter.choose("")

    @Slot(str)
    def _choose_files(self, contact_id: str) -> None:
        paths = self._choice.files(self, self._words.text("Files that show this contact"))
        if paths:
            self.presenter.attach(contact_id, paths)

    @Slot(object)
    def _open(self, attachment: Attachment) -> None:
        self._choice.open(self.presenter.kept_file(attachment))

    @Slot()
    def _import_clicked(self) -> None:
        case = self.presenter.case_for_list()
        if case is not None:
            self.import_presenter.open(case.id)
            self.panel.take_focus()

    @Slot(object)
    def _import_changed(self, state: ImportState) -> None:
        self._stack.setCurrentIndex(0 if state.step is Step.CLOSED else 1)

    @Slot(object)
    def _list_taken(self, taken: TakenList) -> None:
        self.presenter.list_taken(taken.logged)


def _same(now: tuple[object, ...], before: tuple[object, ...]) -> bool:
    """Whether the very same things are shown. To compare ten thousand contacts would take long."""
    return all(
        a is b or (not isinstance(a, CaseFile | tuple) and a == b) for a, b in zip(now, before, strict=True)
    )


class _NumberKey(QShortcut):
    """The keys 1 to 7 press the large buttons, unless somebody is writing."""

    def __init__(self, page: ContactsPage, number: int) -> None:
        super().__init__(QKeySequence(str(number)), page)
        self.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._page = page
        self._number = number
        self.activated.connect(self._pressed)

    @Slot()
    def _pressed(self) -> None:
        self._page.buttons.press(self._number)
