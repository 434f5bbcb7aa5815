"""The settings: groups, their cards, and a field that finds a setting by what people call it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.file_choice import FileChoice, SystemFileChoice
from evidencedesk.ui.kit.labels import PageTitle
from evidencedesk.ui.kit.search_field import SearchField
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.search.result_list import ROW_ROLE, ResultList
from evidencedesk.ui.search.rows import Row
from evidencedesk.ui.settings.about_section import AboutSection
from evidencedesk.ui.settings.comfort_section import ComfortSection
from evidencedesk.ui.settings.general_section import GeneralSection
from evidencedesk.ui.settings.group_list import GroupList
from evidencedesk.ui.settings.key_presenter import KeyPresenter
from evidencedesk.ui.settings.key_section import KeySection
from evidencedesk.ui.settings.library_presenter import LibraryPresenter
from evidencedesk.ui.settings.library_section import LibrarySection
from evidencedesk.ui.settings.places_section import PlacesSection
from evidencedesk.ui.settings.presenter import SettingsPresenter, SettingsState
from evidencedesk.ui.settings.recording_section import RecordingSection
from evidencedesk.ui.settings.setting import GROUP_NAMES, FoundSetting, Group, Setting, SettingsSection, find
from evidencedesk.ui.settings.speech_presenter import SpeechPresenter
from evidencedesk.ui.settings.speech_section import SpeechSection
from evidencedesk.ui.settings.time_presenter import TimePresenter
from evidencedesk.ui.settings.time_section import TimeSection
from evidencedesk.ui.settings.vault_presenter import VaultPresenter
from evidencedesk.ui.settings.vault_section import VaultSection
from evidencedesk.ui.theme.text_size import at_least_wide, scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe

_NARROW = 1000
_LONGEST = 80


class SettingsPage(QWidget):
    """Every choice takes effect at once; there is no button to confirm.

    One group is shown at a time. Another card comes in by ``add_section``.

    Emits:
        check_clicked: the user wants to check a case folder.
        welcome_clicked: the user wants to see the first steps again.
        about_clicked: the user wants to read what the program is made of.
    """

    check_clicked = Signal()
    welcome_clicked = Signal()
    about_clicked = Signal()

    def __init__(
        self,
        presenter: SettingsPresenter,
        words: UiWords,
        files: FileChoice | None = None,
        parent: QWidget | None = None,
        time: TimePresenter | None = None,
        key: KeyPresenter | None = None,
        library: LibraryPresenter | None = None,
        speech: SpeechPresenter | None = None,
        vault: VaultPresenter | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        files = files or SystemFileChoice()
        self._sections: dict[Group, list[SettingsSection]] = {group: [] for group in Group}
        self._group = Group.GENERAL
        self._title = PageTitle(parent=self)
        self.field = SearchField(self)
        self.field.setMaxLength(_LONGEST)
        at_least_wide(self.field, 300)
        self.banner = Banner("error", self)
        self.groups = GroupList(words, self)
        self.found = ResultList(self)
        self.empty = EmptyState("search", self)
        self._scroll = VerticalScroll(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.general = GeneralSection(presenter, words, self)
        self.comfort = ComfortSection(presenter, words, self)
        self.recording = RecordingSection(presenter, words, files, self)
        self.places = PlacesSection(presenter, words, files, self)
        self.whole = None if library is None else LibrarySection(library, words, files, self)
        self.vault = None if vault is None else VaultSection(vault, words, self)
        self.key = None if key is None else KeySection(key, words, self)
        self.time = None if time is None else TimeSection(time, words, files, self)
        self.speech = None if speech is None else SpeechSection(speech, words, files, self)
        self.about = AboutSection(presenter, words, self)
        for group, section in (
            (Group.GENERAL, self.general),
            (Group.GENERAL, self.comfort),
            (Group.RECORDING, self.recording),
            (Group.LIBRARY, self.places),
            (Group.LIBRARY, self.whole),
            (Group.SECURITY, self.vault),
            (Group.PROOF, self.key),
            (Group.PROOF, self.time),
            (Group.SPEECH, self.speech),
            (Group.ABOUT, self.about),
        ):
            if section is not None:
                self.add_section(group, section)
        self._connect()
        self.retranslate()
        self.show_group(Group.GENERAL)

    def add_section(self, group: Group, section: SettingsSection) -> None:
        """Put a card at the end of a group; what can be set in it is found from now on."""
        self._sections[group].append(section)
        self._scroll.column.insertWidget(self._scroll.column.count() - 1, section)
        section.setVisible(group is self._group)
        self.groups.offer(group)

    @property
    def settings(self) -> tuple[tuple[Group, Setting], ...]:
        """Everything that can be set, from the top."""
        return tuple(
            (group, setting)
            for group, sections in self._sections.items()
            for section in sections
            for setting in section.settings()
        )

    @Slot()
    def refresh(self) -> None:
        """Look again; to be called when the page comes into view."""
        self._presenter.refresh()

    @Slot(object)
    def show_group(self, group: Group) -> None:
        """Show the cards of one group, from their beginning."""
        self._group = group
        if self.field.text():
            self.field.clear()
        for name, sections in self._sections.items():
            for section in sections:
                section.setVisible(name is group)
        self.groups.set_current(group)
        self._scroll.verticalScrollBar().setValue(0)

    def show_section(self, section: QWidget) -> None:
        """Show the group of a card, and the card itself."""
        group = next(name for name, sections in self._sections.items() if section in sections)
        self.show_group(group)
        self._scroll_to(section)

    def show_setting(self, name: str) -> None:
        """Lead to a setting: its group, its place, its first control that can be used."""
        group, setting = next(one for one in self.settings if one[1].name == name)
        self.show_group(group)
        usable = [one for one in setting.controls if one.isVisibleTo(self) and one.isEnabledTo(self)]
        if usable:
            target = _first_focus(usable[0])
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll_to(target)
        elif setting.controls:
            self._scroll_to(setting.controls[0].parentWidget() or self)

    @Slot(object)
    def render_state(self, state: SettingsState) -> None:
        """Say what went wrong."""
        self.banner.setVisible(state.problem is not None)
        if state.problem is not None:
            said = describe(self._words.words, state.problem)
            unkept = (
                self._words.text("The choice holds until the window is closed, but it was not saved.")
                if state.unkept
                else ""
            )
            self.banner.set_texts(said.what, f"{unkept} {said.next}".strip())
            self.banner.set_actions([], self._words.text("Dismiss"))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Settings"))
        self.field.set_texts(self._words, t("Find a setting"), t("Find a setting  ( / )"))
        self.found.setAccessibleName(t("Settings that were found"))
        self.groups.retranslate()
        self._set_narrow()
        self.render_state(self._presenter.state)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The groups on the left, or on top."""
        super().resizeEvent(event)
        self._set_narrow()

    def _set_narrow(self) -> None:
        narrow = self.width() < scaled(_NARROW)
        self.groups.set_narrow(narrow=narrow)
        self._body.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )

    def _scroll_to(self, part: QWidget) -> None:
        # After the layout that the change of the group brings.
        QTimer.singleShot(0, part, lambda: self._scroll.ensureWidgetVisible(part, 0, 60))

    def _lay_out(self) -> None:
        self._scroll.column.setSpacing(16)
        self._scroll.column.setContentsMargins(0, 0, 26, 22)
        self._scroll.column.addStretch(1)
        self._hits = QWidget(self)
        beside = QHBoxLayout(self._hits)
        beside.setContentsMargins(0, 0, 26, 0)
        beside.addWidget(self.found)
        for widget in (self._scroll, self._hits, self.empty):
            self._stack.addWidget(widget)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.field)
        header = QVBoxLayout()
        header.setContentsMargins(26, 0, 26, 0)
        header.setSpacing(16)
        header.addLayout(head)
        header.addWidget(self.banner)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setContentsMargins(26, 0, 0, 0)
        self._body.setSpacing(16)
        self._body.addWidget(self.groups)
        self._body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 22, 0, 0)
        column.setSpacing(16)
        column.addLayout(header)
        column.addLayout(self._body, 1)

    def _connect(self) -> None:
        # Ctrl+F belongs to the search through all cases, here as everywhere.
        slash = QShortcut(QKeySequence("/"), self)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self._to_field)
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self._entered)
        self.field.moved.connect(self.found.move_by)
        self.found.selectionModel().currentChanged.connect(self._row_chosen)
        self.found.activated.connect(self._activated)
        self.found.clicked.connect(self._activated)
        self.groups.chosen.connect(self.show_group)
        self.general.welcome_clicked.connect(self.welcome_clicked)
        self.places.check_clicked.connect(self.check_clicked)
        self.about.about_clicked.connect(self.about_clicked)
        self.banner.closed.connect(self._presenter.dismiss_problem)
        self._presenter.state_changed.connect(self.render_state)
        self._words.language_changed.connect(self.retranslate)

    @Slot()
    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot()
    def _look(self) -> None:
        query = self.field.text().strip()
        if not query:
            self._stack.setCurrentWidget(self._scroll)
            self.groups.set_current(self._group)
            return
        t = self._words.text
        shown = self._words.words
        other = self._words.in_language("en" if self._words.language == "zh" else "zh")
        rows = tuple(self._row(one) for one in find(self.settings, query, shown, other))
        self.groups.set_current(None)
        self.found.show_rows(rows)
        self.empty.set_texts(
            t("No setting is called “{query}”", query=query),
            t("Try another word, in Chinese or English. Escape shows all settings again."),
        )
        self._stack.setCurrentWidget(self._hits if rows else self.empty)
        self.field.setAccessibleDescription(rows[0].spoken if rows else self.empty.accessibleName())

    def _row(self, found: FoundSetting) -> Row:
        t = self._words.text
        parts = [t(GROUP_NAMES[found.group])]
        if found.called:
            parts.append(t("also: {word}", word=found.called))
        parts.append(found.hint)
        return Row(found.title, " · ".join(part for part in parts if part), found.marks, "settings", found)

    @Slot()
    def _entered(self) -> None:
        row = self.found.row
        if row is not None and self._stack.currentWidget() is self._hits:
            self._open(row)

    @Slot(QModelIndex, QModelIndex)
    def _row_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.field.setAccessibleDescription(row.spoken)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self._open(index.data(ROW_ROLE))

    def _open(self, row: Row) -> None:
        if isinstance(row.hit, FoundSetting):
            self.show_setting(row.hit.setting.name)


def _first_focus(control: QWidget) -> QWidget:
    """The control itself, or what is inside it and takes the keyboard."""
    if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return control
    inside = control.findChildren(QWidget)
    takes = [
        one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(control)
    ]
    return takes[0] if takes else control
