"""The page of one case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.custody.device_certificate import printed_fingerprint
from evidencedesk.domain.case import CaseFile, Recording, TakenIn
from evidencedesk.domain.moment import local_text
from evidencedesk.domain.rules import Topic
from evidencedesk.domain.search import Findable, SearchKind
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.case_form import CaseForm
from evidencedesk.ui.cases.case_words import counts_line, names_line, show_problem
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.cases.handover.panel import HandoverPanel
from evidencedesk.ui.cases.handover.presenter import HandoverPresenter, HandoverState, Step
from evidencedesk.ui.cases.player.keys import PlayerKeys
from evidencedesk.ui.cases.player.presenter import PlayerPresenter
from evidencedesk.ui.cases.player.services import Sound
from evidencedesk.ui.cases.redact.panel import RedactPanel
from evidencedesk.ui.cases.redact.presenter import RedactPresenter
from evidencedesk.ui.cases.review.encounter_card import EncounterCard
from evidencedesk.ui.cases.review.practice_strip import PracticeStrip
from evidencedesk.ui.cases.review.presenter import ReviewPresenter, ReviewState
from evidencedesk.ui.cases.review.side_column import SideColumn
from evidencedesk.ui.cases.review.timeline_card import TimelineCard
from evidencedesk.ui.cases.review.timeline_line import Line
from evidencedesk.ui.cases.sections.registry import FILES, TIMELINE
from evidencedesk.ui.cases.sections.stack import SectionBar, SectionStack
from evidencedesk.ui.cases.services import CaseServices
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.theme.text_size import at_least_high, at_least_wide, scaled
from evidencedesk.ui.words import UiWords

_TWO_COLUMNS = 1000
# Where hits of a search are shown; all others on the timeline.
_SECTION_OF = {
    SearchKind.FILE: "files",
    SearchKind.STEP: "steps",
    SearchKind.CLAIM: "debt",
    SearchKind.DEBT: "debt",
}


class ReviewPage(QWidget):
    """Shows one case and what can be done with it afterwards.

    Emits:
        back_clicked: the list of cases is wanted.
        check_wanted: the path of a case folder to look at layer by layer.
    """

    back_clicked = Signal()
    check_wanted = Signal(object)

    def __init__(
        self,
        presenter: ReviewPresenter,
        handover: HandoverPresenter,
        redact: RedactPresenter,
        player: PlayerPresenter,
        services: CaseServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._handover = handover
        self._redact = redact
        self._player = player
        self._words = words
        self._choice = files
        self._recording = False
        self.setAcceptDrops(True)
        self.back_button = PlainButton(parent=self)
        self.back_button.make_flat()
        self._title = ElidedLabel(tone="title", parent=self)
        at_least_wide(self._title, 150)
        self._counts = ElidedLabel(tone="sub", parent=self)
        self.names_button = PlainButton(icon_name="pencil", parent=self)
        self.archive_button = PlainButton(parent=self)
        self.archive_button.make_flat()
        self.origin = TextLabel(tone="sub", parent=self, wrap=True)
        self.export_button = PrimaryButton(icon_name="folder-output", parent=self)
        self.banner = Banner("error", self)
        self.practice = PracticeStrip(words, self)
        self.form = CaseForm(words, new=False, parent=self)
        self.panel = HandoverPanel(handover, words, files, self)
        self.redact_panel = RedactPanel(redact, words, files, self)
        self.encounter = EncounterCard(player, words, self)
        self.timeline = TimelineCard(words, self)
        self.side = SideColumn(presenter, words, self)
        self.people = self.side.people
        self.files = self.side.files
        self._scroll = VerticalScroll(self)
        self.sections = SectionStack(self._scroll, services, jobs, words, files, self)
        self.bar = SectionBar(self)
        self._keys = PlayerKeys(player, self.encounter.player.wave, self)
        self._lay_out()
        tab_as_laid_out(self)
        self._connect()
        self.retranslate()

    def take_focus(self) -> None:
        """The keyboard goes to the timeline."""
        self.timeline.table.setFocus()

    def end(self) -> None:
        """The library closes: what a page still hears of finished work reads nothing any more."""
        self.sections.case_changed.disconnect(self._section_changed_case)

    def show_hit(self, found: Findable) -> None:
        """Bring what a search found in this case into sight: its page, and on the timeline its second."""
        section = _SECTION_OF.get(found.kind, TIMELINE)
        case_file = self._presenter.state.case_file
        sounds: tuple[Sound, ...] = ()
        if case_file is not None:
            sounds = (*case_file.recordings, *case_file.imported)
        on_timeline = {one.id for one in sounds if one.encounter is not None}
        if found.kind is SearchKind.SENTENCE and found.recording not in on_timeline:
            section = "transcripts"  # of a sound of no encounter: the timeline has no place for it
        if section != TIMELINE:
            self.sections.choose(section, found.id)
            return
        self.sections.choose(TIMELINE)
        if found.encounter is not None:
            self._presenter.choose_encounter(found.encounter)
        elif found.kind is not SearchKind.CASE:
            self._presenter.show_whole_case(whole_case=True)
        if found.recording is not None and found.at_ms is not None:
            self.show_place(found.recording, found.at_ms)
        self.timeline.table.choose_line(found.id)

    def show_place(self, recording: str, at_ms: int, *, play: bool = False) -> None:
        """Bring a second of a recording into sight, and let it be heard if asked for."""
        case_file = self._presenter.state.case_file
        sounds: tuple[Sound, ...] = ()
        if case_file is not None:
            sounds = (*case_file.recordings, *case_file.imported)
        encounter = next((one.encounter for one in sounds if one.id == recording), None)
        if encounter is not None:
            self.sections.choose(TIMELINE)
            self._presenter.choose_encounter(encounter)
            self.timeline.table.choose_near(recording, at_ms)
            self.encounter.show_sound(recording)
            self._player.go_to(recording, at_ms, play=play)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording
        self._player.set_recording(recording)
        self.panel.set_recording(recording)
        self.redact_panel.set_recording(recording)
        self.sections.set_recording(recording)
        self.render_state(self._presenter.state)

    @Slot(str)
    def show_steps(self, step: str) -> None:
        """Turn to the page of steps, and there to this one."""
        self.sections.choose("steps", step)

    @Slot(object)
    def render_state(self, state: ReviewState) -> None:
        """Show the case."""
        words = self._words.words
        show_problem(self.banner, words, state.problem)
        case_file = state.case_file
        self.export_button.setEnabled(case_file is not None and not self._recording)
        self.names_button.setEnabled(case_file is not None and not state.editing)
        self._title.setText("" if case_file is None else names_line(words, case_file.case))
        self._counts.setText("" if case_file is None else counts_line(words, case_file))
        self.archive_button.setEnabled(case_file is not None and not self._recording)
        self._show_standing(case_file)
        self.practice.show_case(case_file)
        self.encounter.show_state(state)
        if self.sections.current == TIMELINE:  # ten thousand lines are not laid out behind another page
            self.timeline.show_state(state)
        if case_file is None:
            self._player.show(None, None)
            return
        self.sections.show_case(case_file)
        cautions = self._presenter.cautions(Topic.PUBLISHING)
        self.panel.show_cautions(cautions)
        self.redact_panel.show_cautions(cautions)
        self.people.show_people(case_file, state.encounter)
        self.files.show_files(case_file, recording=self._recording)
        if state.editing and self.form.isHidden():
            self.form.open(case_file.case.title, case_file.case.creditor, case_file.case.contract)
        elif not state.editing:
            self.form.hide()
        self._arrange()

    def _show_standing(self, case_file: CaseFile | None) -> None:
        """Whether it is put aside, and which computer it came from."""
        t = self._words.text
        archived = case_file is not None and case_file.case.archived
        self.archive_button.setText(t("Bring back") if archived else t("Archive"))
        self.archive_button.setToolTip(
            t("Put this case into the list again")
            if archived
            else t("Put this case aside: kept whole, hidden from the list, never recorded into by itself")
        )
        lines = [t("Archived: no new recording goes into this case by itself.")] if archived else []
        for one in self._presenter.origins():
            facts = {
                "at": local_text(one.utc, one.offset_minutes)[:16],
                "folder": one.folder,
                "count": one.entries,
            }
            line = t("Taken in {at} from the case folder “{folder}”, up to entry {count}.", **facts)
            if one.device:
                key = printed_fingerprint(one.device)[:19] + "…"
                line += " " + t("Signed there with the key {key}.", key=key)
            lines.append(line)
        self.origin.setText("\n".join(lines))
        self.origin.setVisible(bool(lines))

    @Slot()
    def _archive_clicked(self) -> None:
        case_file = self._presenter.state.case_file
        self._presenter.set_archived(case_file is not None and not case_file.case.archived)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.back_button.setText(t("‹ Cases"))
        self.back_button.setAccessibleName(t("Back to the list of cases"))
        self.names_button.setText(t("Names…"))
        self.names_button.setAccessibleName(t("Change the names of this case"))
        self.export_button.setText(t("Export the case folder"))
        self.form.retranslate()
        self.encounter.retranslate()
        self.side.retranslate()
        self.bar.retranslate(self._words)
        self.sections.retranslate()
        self.render_state(self._presenter.state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped anywhere on the page."""
        if self._presenter.state.case_file is not None and _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        self._take_in(_paths(event))
        event.acceptProposedAction()

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the side under the timeline, which is what a narrow window gets."""
        whole = super().minimumSizeHint()
        if self._below.direction() is QBoxLayout.Direction.TopToBottom:
            return whole
        beside = self.side.minimumSizeHint().width() + self._below.spacing()
        rest = max(self._header.minimumSizeHint().width(), self.bar.minimumSizeHint().width())
        return QSize(max(whole.width() - beside, rest), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the timeline takes the whole width."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        narrow = self.width() < scaled(_TWO_COLUMNS)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._below.setDirection(wanted)
        for kept in (self._scroll, self.sections):
            kept.updateGeometry()  # their least widths were remembered
        at_least_high(self.timeline.table, 320 if narrow else 190)
        self.side.setMinimumHeight(self.side.whole_height() if narrow else 0)

    def _connect(self) -> None:
        presenter = self._presenter
        self.back_button.clicked.connect(self.back_clicked)
        self.names_button.clicked.connect(presenter.open_form)
        self.archive_button.clicked.connect(self._archive_clicked)
        self.export_button.clicked.connect(self._export_clicked)
        self.banner.closed.connect(presenter.dismiss_problem)
        self.practice.delete_confirmed.connect(presenter.delete_practice)
        self.form.confirmed.connect(presenter.rename)
        self.form.dismissed.connect(presenter.close_form)
        self.encounter.encounter_chosen.connect(presenter.choose_encounter)
        self.encounter.sound_chosen.connect(self._sound_chosen)
        player = self.encounter.player
        player.place_chosen.connect(self.timeline.table.choose_near)
        player.place_heard.connect(self.timeline.table.follow)
        player.open_clicked.connect(self._open_sound)
        player.folder_clicked.connect(self._show_folder)
        self._player.problem.connect(presenter.show_problem)
        self.timeline.line_chosen.connect(self._line_chosen)
        self.timeline.line_stepped.connect(self._line_stepped)
        self.timeline.line_wanted.connect(self._line_wanted)
        self.timeline.whole_case_chosen.connect(presenter.show_whole_case)
        self.timeline.note_written.connect(presenter.add_note)
        self.timeline.correction_begun.connect(presenter.begin_correction)
        self.timeline.correction_written.connect(presenter.correct_note)
        self.timeline.correction_dropped.connect(presenter.end_correction)
        self.files.add_clicked.connect(self._add_clicked)
        self.files.show_clicked.connect(self._show_documents)
        self.side.open_clicked.connect(self._open_clicked)
        self.side.grown.connect(self._arrange)
        self.side.next_steps.all_clicked.connect(self.show_steps)
        self.panel.details_clicked.connect(self.check_wanted)
        self.panel.redact_clicked.connect(self._redact_clicked)
        self.bar.chosen.connect(self.sections.choose)
        self.sections.chosen.connect(self._section_chosen)
        self.sections.case_changed.connect(self._section_changed_case)
        self.sections.problem.connect(presenter.show_problem)
        self.sections.place_wanted.connect(self._place_wanted)
        self.sections.file_wanted.connect(self._file_wanted)
        presenter.note_kept.connect(self.timeline.empty_line)
        presenter.state_changed.connect(self.render_state)
        self._handover.state_changed.connect(self._handover_changed)
        self._words.language_changed.connect(self.retranslate)

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._counts)
        name = QHBoxLayout()
        name.setSpacing(10)
        name.addWidget(self.back_button)
        name.addLayout(titles, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.archive_button, self.names_button, self.export_button):
            buttons.addWidget(button)
        self._header = header = TurningRow(self)
        header.row.addLayout(name, 1)
        header.row.addLayout(buttons)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(16)
        self._below.addWidget(self.timeline, 8)
        self._below.addWidget(self.side, 5)
        self._scroll.column.setContentsMargins(26, 0, 26, 22)
        self._scroll.column.setSpacing(16)
        for widget in (self.origin, self.practice, self.form, self.panel, self.redact_panel, self.encounter):
            self._scroll.column.addWidget(widget)
        self._scroll.column.addLayout(self._below, 1)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 22, 0, 0)
        column.setSpacing(14)
        header.row.setContentsMargins(26, 0, 26, 0)
        banner = QVBoxLayout()
        banner.setContentsMargins(26, 0, 26, 0)
        banner.addWidget(self.banner)
        column.addWidget(header)
        column.addWidget(self.bar)
        column.addLayout(banner)
        column.addWidget(self.sections, 1)

    @Slot(object)
    def _line_chosen(self, line: Line | None) -> None:
        # In the timeline of the whole case the card follows the line.
        state = self._presenter.state
        if line is not None and line.encounter is not None and state.whole_case:
            self._presenter.choose_encounter(line.encounter)

    @Slot(object)
    def _line_stepped(self, line: Line) -> None:
        # While it plays, looking around must not make it jump.
        if not self._player.state.playing:
            self._line_wanted(line)

    @Slot(object)
    def _line_wanted(self, line: Line | None) -> None:
        if line is not None and line.recording is not None and line.at_ms is not None:
            self.encounter.show_sound(line.recording)
            self._player.go_to(line.recording, line.at_ms)

    @Slot(str)
    def _sound_chosen(self, subject: str) -> None:
        self._player.show(self._presenter.state.case_file, subject or None)

    @Slot(object)
    def _handover_changed(self, state: HandoverState) -> None:
        if state.step is Step.CHOOSING:
            self._scroll.verticalScrollBar().setValue(0)

    @Slot(str)
    def _section_chosen(self, name: str) -> None:
        self.bar.control.set_current(name)
        self._keys.set_active(name == TIMELINE)
        # Until the page takes it: Qt would give the keyboard to whatever comes next, far away on the rail.
        self.bar.control.buttons[name].setFocus(Qt.FocusReason.OtherFocusReason)
        if name == TIMELINE:
            self.timeline.show_state(self._presenter.state)
            self.take_focus()

    @Slot()
    def _section_changed_case(self) -> None:
        self._presenter.refresh()
        self._presenter.case_changed.emit()

    @Slot(str, int)
    def _place_wanted(self, recording: str, at_ms: int) -> None:
        self.show_place(recording, at_ms, play=True)

    @Slot(str)
    def _file_wanted(self, name: str) -> None:
        case_file = self._presenter.state.case_file
        kept = next((one for one in case_file.taken_in if one.id == name), None) if case_file else None
        if kept is not None:
            self._open_clicked(kept)

    @Slot()
    def _export_clicked(self) -> None:
        case_file = self._presenter.state.case_file
        if case_file is not None:
            self.sections.choose(TIMELINE)
            self._redact.close()
            self._handover.open(case_file.case.id, Path.home(), self._words.language)
            self.panel.asking.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _redact_clicked(self) -> None:
        case_file, place = self._presenter.state.case_file, self._handover.state.place
        if case_file is not None and place is not None:
            self._handover.close()
            self._redact.open(case_file, place, self._words.language)
            self._scroll.verticalScrollBar().setValue(0)

    @Slot()
    def _add_clicked(self) -> None:
        paths = self._choice.files(self, self._words.text("Files for this case"))
        if paths:
            self._take_in(paths)

    @Slot(str)
    def _show_documents(self, name: str) -> None:
        self.sections.choose(FILES, name)

    def _take_in(self, paths: list[Path]) -> None:
        """On the page of the documents, where it is asked what they are; they belong to what is in sight."""
        encounter = self._presenter.state.encounter if self.sections.current == TIMELINE else None
        self.sections.choose(FILES)
        section = self.sections.section(FILES)
        if isinstance(section, FilesSection):
            section.take(paths, encounter)

    @Slot(object)
    def _open_clicked(self, kept: TakenIn) -> None:
        self._choice.open(self._presenter.kept_file(kept))

    @Slot(object)
    def _open_sound(self, sound: Sound) -> None:
        # The original, read-only: a copy would be one more file to keep apart.
        self._choice.open(self._path_of(sound))

    @Slot(object)
    def _show_folder(self, sound: Sound) -> None:
        self._choice.open(self._path_of(sound).parent)

    def _path_of(self, sound: Sound) -> Path:
        presenter = self._presenter
        return presenter.sound_file(sound) if isinstance(sound, Recording) else presenter.kept_file(sound)


def _paths(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
