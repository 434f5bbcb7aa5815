"""Which recorded call or visit a contact is about: with one, both count once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from evidencedesk.domain.belonging import nearby, spans
from evidencedesk.domain.case import CaseFile, Contact, Encounter
from evidencedesk.guidance.approaches import told_of
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords

_REACH = timedelta(hours=12)
_CHOICES_AT_MOST = 12
_NONE = ""


@dataclass(frozen=True, slots=True)
class Links:
    """The encounters a contact may be about, the best first; ``suggested`` is likely the same."""

    chosen: str | None = None
    choices: tuple[Encounter, ...] = ()
    suggested: Encounter | None = None


NO_LINKS = Links()


def links_of(contact: Contact, case_file: CaseFile) -> Links:
    """What to offer for one contact. Nothing where nothing of its kind was recorded near it."""
    by_id = {encounter.id: encounter for encounter in case_file.encounters}
    known = spans(case_file)
    near = list(nearby(contact.details, known, _REACH)[:_CHOICES_AT_MOST])
    if contact.encounter is not None and contact.encounter not in near:
        near.insert(0, contact.encounter)
    # One that another contact of the same source tells of is most likely that call, and not this one.
    told = {
        encounter
        for encounter, contacts in told_of(case_file).items()
        if any(one.source is contact.source and one.id != contact.id for one in contacts)
    }
    same = [encounter for encounter in nearby(contact.details, known) if encounter not in told]
    suggested = by_id[same[0]] if same and contact.encounter is None else None
    return Links(contact.encounter, tuple(by_id[one] for one in near if one in by_id), suggested)


class RecordingLink(QWidget):
    """A choice, and above it a suggestion where the times meet.

    Emits:
        linked: the encounter's id, or None.
    """

    linked = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._links = NO_LINKS
        self._drawn: object = None
        self._hint = TextLabel(tone="warn", parent=self, wrap=True)
        self.accept_button = PlainButton(icon_name="check", parent=self)
        self.accept_button.make_small()
        self._label = TextLabel(tone="faint", parent=self)
        self.choice = ElidedComboBox(self)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._hint, self.accept_button, self._label, self.choice):
            column.addWidget(widget)
        self.accept_button.clicked.connect(self._accept)
        self.choice.activated.connect(self._chosen)
        self.hide()

    @property
    def hint(self) -> str:
        """What is suggested, if anything."""
        return self._hint.text() if self._links.suggested is not None else ""

    def show_links(self, links: Links, *, enabled: bool) -> None:
        """Offer other encounters."""
        self._links = links
        self.setEnabled(enabled)
        self.setVisible(bool(links.choices))
        if self._drawn == (links, self._words.language):
            self._choose_kept()  # what was chosen may have been refused
            return
        self._drawn = (links, self._words.language)
        t = self._words.text
        self._label.setText(t("Belongs to the recording"))
        self.choice.setAccessibleName(t("Belongs to the recording"))
        self._fill(links.choices)
        self._choose_kept()
        suggested = links.suggested
        self._hint.setVisible(suggested is not None)
        self.accept_button.setVisible(suggested is not None)
        if suggested is not None:
            when = f"{suggested.opened.local:%H:%M}"
            self._hint.setText(
                t("Recorded at {time}: is it the same? Until you say so, both are counted.", time=when)
            )
            self.accept_button.setText(t("The same"))
            self.accept_button.setAccessibleName(t("It belongs to the recording of {time}", time=when))

    def _choose_kept(self) -> None:
        self.choice.setCurrentIndex(max(0, self.choice.findData(self._links.chosen or _NONE)))

    def _fill(self, choices: Sequence[Encounter]) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItem(self._words.text("None: it counts by itself"), _NONE)
        for one in choices:
            self.choice.addItem(f"{one.opened.local:%Y-%m-%d %H:%M}", one.id)
        self.choice.blockSignals(False)

    @Slot()
    def _accept(self) -> None:
        if self._links.suggested is not None:
            self.linked.emit(self._links.suggested.id)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self.linked.emit(self.choice.itemData(index) or None)
