"""Take in a list: choose, paste or drop it, look through it, then take it."""

from __future__ import annotations

import zoneinfo
from functools import cache
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from evidencedesk.intake.offers import Preview
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.contacts.import_presenter import SYSTEM_ZONE, ImportPresenter, ImportState, Step
from evidencedesk.ui.contacts.offer_table import OfferTable, offer_rows
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords


class ImportPanel(Card):
    """Stands in the place of the list while another list is looked at."""

    closed = Signal()

    def __init__(
        self, presenter: ImportPresenter, words: UiWords, files: FileChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._choice = files
        self.setAcceptDrops(True)
        self._heading = SectionTitle(parent=self)
        self.close_button = PlainButton(icon_name="x", parent=self)
        self.close_button.make_flat()
        self.banner = Banner("error", self)
        self._hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.pasted = QPlainTextEdit(self)
        self.pasted.setTabChangesFocus(True)
        self.file_button = PlainButton(icon_name="folder", parent=self)
        self.look_button = PrimaryButton(parent=self)
        self.zone = ElidedComboBox(self)
        self._zone_label = TextLabel(tone="faint", parent=self)
        self._summary = TextLabel(tone="sub", parent=self, wrap=True)
        self.table = OfferTable(words, self)
        self.take_button = PrimaryButton(parent=self)
        self._asking = QWidget(self)
        self._looking = QWidget(self)
        self._rows_for: object = None
        self._lay_out()
        self._connect()
        self.retranslate()

    @Slot(object)
    def render_state(self, state: ImportState) -> None:
        """Show where it stands."""
        t = self._words.text
        asking = state.step in (Step.ASKING, Step.READING)
        self._asking.setVisible(asking)
        self._looking.setVisible(state.step in (Step.LOOKING, Step.TAKING))
        show_problem(self.banner, self._words.words, state.problem)
        busy = state.step in (Step.READING, Step.TAKING)
        for widget in (self.file_button, self.pasted, self.take_button, self.table, self.zone):
            widget.setEnabled(not busy)
        self._enable_look()
        self.look_button.setText(t("Being read…") if state.step is Step.READING else t("Look at the text"))
        preview = state.preview
        if preview is not None:
            shown = (preview, self._words.language)
            rows = (
                self.table.offers.rows if shown == self._rows_for else offer_rows(preview, self._words.words)
            )
            self._rows_for = shown
            self.table.offers.show_rows(rows, state.chosen)
            self._summary.setText(self._summed(preview))
            self._take_words(state, preview)
        elif state.step is Step.CLOSED:
            self._rows_for = None
            self.pasted.clear()

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._heading.setText(t("Take in a list of calls or messages"))
        self.close_button.setAccessibleName(t("Close"))
        self.close_button.setToolTip(t("Close"))
        self._hint.setText(
            t(
                "A CSV file from the phone or the provider, a backup of “SMS Backup & Restore”, address "
                "cards (vCard), or lines copied from WeChat or SMS. You see what is in it before anything is "
                "taken in; the list itself is kept as it is."
            )
        )
        self.pasted.setPlaceholderText(t("Paste lines here, such as “2026-11-20 21:03 13800001111 missed”"))
        self.pasted.setAccessibleName(t("Copied lines"))
        self.file_button.setText(t("Choose a file…"))
        self.file_button.setAccessibleName(t("Choose a file with a list"))
        self._zone_label.setText(t("Times are those of"))
        self.zone.setAccessibleName(t("Zone of the times in the list"))
        self.zone.setItemText(0, t("this computer's zone"))
        self.table.setAccessibleName(t("Lines of the list"))
        self.table.offers.set_headings((t("Line"), t("When"), t("What"), t("Remark")))
        self.render_state(self._presenter.state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A list may be dropped anywhere on the panel."""
        if list_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at it."""
        paths = list_paths(event.mimeData())
        if paths:
            self._presenter.look_at(paths[0])
            event.acceptProposedAction()

    def take_focus(self) -> None:
        """The keyboard goes where something can be done."""
        self.file_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _summed(self, preview: Preview) -> str:
        t = self._words.text
        parts = [
            preview.name,
            self._words.plural("{n} contact", "{n} contacts", len(preview.offers)),
            t("new: {n}", n=len(preview.new)),
        ]
        if preview.belonging:
            parts.append(t("already recorded here: {n}", n=len(preview.belonging)))
        if preview.refused:
            lines = self._words.plural("{n} line not taken", "{n} lines not taken", len(preview.refused))
            parts.append(lines)
        if preview.namings:
            parts.append(t("names for contacts in the case: {n}", n=len(preview.namings)))
        return " · ".join(parts)

    def _take_words(self, state: ImportState, preview: Preview) -> None:
        n = len(state.chosen)
        if state.step is Step.TAKING:
            text = self._words.text("Being taken in…")
        elif n or not preview.namings:
            text = self._words.plural("Take in {n} contact", "Take in {n} contacts", n)
        else:
            text = self._words.text("Take the names")
        self.take_button.setText(text)
        self.take_button.setAccessibleName(text)
        self.take_button.setEnabled(state.step is Step.LOOKING and bool(n or preview.namings))

    def _lay_out(self) -> None:
        self.column.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self.close_button)
        self.column.addLayout(top)
        self.column.addWidget(self.banner)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(10)
        asking.addWidget(self._hint)
        asking.addWidget(self.pasted, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.file_button)
        buttons.addStretch(1)
        buttons.addWidget(self.look_button)
        asking.addLayout(buttons)
        looking = QVBoxLayout(self._looking)
        looking.setContentsMargins(0, 0, 0, 0)
        looking.setSpacing(10)
        looking.addWidget(self._summary)
        looking.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.take_button)
        looking.addLayout(foot)
        zones = QHBoxLayout()
        zones.addWidget(self._zone_label)
        zones.addWidget(self.zone)
        zones.addStretch(1)
        self.column.addLayout(zones)
        self.column.addWidget(self._asking, 1)
        self.column.addWidget(self._looking, 1)
        self.zone.addItem("", SYSTEM_ZONE)
        for name in _zones():
            self.zone.addItem(name, name)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self._presenter.close)
        self.banner.closed.connect(self.banner.hide)
        self.file_button.clicked.connect(self._choose_file)
        self.look_button.clicked.connect(self._look)
        self.pasted.textChanged.connect(self._enable_look)
        self.zone.activated.connect(self._zone_chosen)
        self.table.offers.offer_ticked.connect(self._ticked)
        self.take_button.clicked.connect(self._presenter.take)
        self._presenter.state_changed.connect(self.render_state)
        self._words.language_changed.connect(self.retranslate)

    @Slot()
    def _enable_look(self) -> None:
        idle = self._presenter.state.step is Step.ASKING
        self.look_button.setEnabled(idle and bool(self.pasted.toPlainText().strip()))

    @Slot()
    def _choose_file(self) -> None:
        paths = self._choice.files(self, self._words.text("A list of calls or messages"))
        if paths:
            self._presenter.look_at(paths[0])

    @Slot()
    def _look(self) -> None:
        self._presenter.look_at(self.pasted.toPlainText())

    @Slot(int)
    def _zone_chosen(self, index: int) -> None:
        self._presenter.choose_zone(self.zone.itemData(index))

    @Slot(int, bool)
    def _ticked(self, index: int, wanted: bool) -> None:  # noqa: FBT001 - a slot
        self._presenter.choose(index, wanted=wanted)


def list_paths(mime: QMimeData) -> list[Path]:
    """The files that are dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


@cache
def _zones() -> tuple[str, ...]:
    """Every zone by name, China's first."""
    names = sorted(
        name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/")
    )
    return ("Asia/Shanghai", *(name for name in names if name != "Asia/Shanghai"))
