"""The quiet line under the buttons: what was just logged, to edit it or take it back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.contacts.presenter import ContactsState
from evidencedesk.ui.contacts.rows import local_time
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.contacts import kind_text


class LoggedLine(QWidget):
    """A sentence and up to two small buttons."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._line = TextLabel(tone="sub", parent=self)
        self.change_button = PlainButton(parent=self)
        self.undo_button = PlainButton(icon_name="undo-2", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._line)
        for button in (self.change_button, self.undo_button):
            button.make_small()
            row.addWidget(button)
        row.addStretch(1)

    @property
    def text(self) -> str:
        """What it says."""
        return self._line.text()

    def retranslate(self) -> None:
        """Name the buttons in the language of the moment."""
        t = self._words.text
        self.change_button.setText(t("Edit"))
        self.change_button.setAccessibleName(t("Change what was just logged"))
        self.undo_button.setText(t("Undo"))
        self.undo_button.setAccessibleName(t("Take back what was just logged"))

    def show_state(self, state: ContactsState) -> None:
        """Tell what was logged or taken in last."""
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
