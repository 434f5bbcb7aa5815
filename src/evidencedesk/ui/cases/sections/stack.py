"""The pages of a case, one in sight, and the bar that chooses it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.sections.registry import SECTIONS, TIMELINE, SectionKind
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.cases.services import CaseServices
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.words import UiWords


class SectionBar(QWidget):
    """Emits ``chosen`` with the name of a section; Ctrl and its number choose, too.

    Alt and a number belongs to the rail: Qt runs neither of two shortcuts with the same keys.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = (TIMELINE, *(one.name for one in SECTIONS))
        self.control = SegmentedControl([Segment(name) for name in names], parent=self, wraps=True)
        self.control.set_current(TIMELINE)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, 26, 0)
        row.addWidget(self.control, 1)
        self.control.clicked.connect(self.chosen)
        self._keys: dict[str, str] = {}
        for number, (name, button) in enumerate(self.control.buttons.items(), start=1):
            keys = QKeySequence(f"Ctrl+{number}")
            QShortcut(keys, self).activated.connect(button.click)
            self._keys[name] = keys.toString(QKeySequence.SequenceFormat.NativeText)

    def retranslate(self, words: UiWords) -> None:
        """Name the sections."""
        self._name(TIMELINE, words.text("Timeline"))
        for one in SECTIONS:
            self._name(one.name, words.text(one.label))

    def _name(self, section: str, text: str) -> None:
        self.control.set_label(section, text)
        button = self.control.buttons[section]
        button.setToolTip(f"{text}  {self._keys[section]}")
        button.setAccessibleDescription(self._keys[section])


class SectionStack(QStackedWidget):
    """The timeline first, then whatever was chosen so far.

    Emits what its sections emit, and ``chosen`` with the name of the one in sight.
    """

    case_changed = Signal()
    problem = Signal(object)
    place_wanted = Signal(str, int)
    file_wanted = Signal(str)
    chosen = Signal(str)

    def __init__(
        self,
        timeline: QWidget,
        services: CaseServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._words = words
        self._files = files
        self._case_file: CaseFile | None = None
        self._recording = False
        self._timeline = timeline
        self._made: dict[str, CaseSection] = {}
        self.addWidget(timeline)

    @property
    def current(self) -> str:
        """The name of the section in sight."""
        shown = self.currentWidget()
        return next((name for name, section in self._made.items() if section is shown), TIMELINE)

    @Slot(str)
    def choose(self, name: str, subject: str = "") -> None:
        """Put a section into sight, and in it what has this id."""
        section = self._section(name)
        self.setCurrentWidget(section or self._timeline)
        self.chosen.emit(name)
        if section is not None and self._case_file is not None:
            section.show_case(self._case_file)
            section.take_focus()
            if subject:
                section.show_subject(subject)

    def show_case(self, case_file: CaseFile) -> None:
        """The one in sight shows it now, the others when they are chosen."""
        self._case_file = case_file
        shown = self._made.get(self.current)
        if shown is not None:
            shown.show_case(case_file)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording
        for section in self._made.values():
            section.set_recording(recording)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        for section in self._made.values():
            section.retranslate()

    def section(self, name: str) -> CaseSection:
        """The section itself, made if need be."""
        found = self._section(name)
        if found is None:
            raise KeyError(name)
        return found

    def _section(self, name: str) -> CaseSection | None:
        if name not in self._made:
            kind = next((one for one in SECTIONS if one.name == name), None)
            if kind is None:
                return None
            self._made[name] = self._make(kind)
        return self._made[name]

    def _make(self, kind: SectionKind) -> CaseSection:
        section = kind.make(self._services, self._jobs, self._words, self._files, self)
        section.case_changed.connect(self.case_changed)
        section.problem.connect(self.problem)
        section.place_wanted.connect(self.place_wanted)
        section.file_wanted.connect(self.file_wanted)
        section.section_wanted.connect(self.choose)
        section.set_recording(self._recording)
        self.addWidget(section)
        tab_as_laid_out(section)
        return section
