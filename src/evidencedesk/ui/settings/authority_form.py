"""An authority, written down in the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.settings.time_presenter import Draft
from evidencedesk.ui.words import UiWords


class AuthorityForm(Inset):
    """Name, address, root, headers, policy.

    Emits:
        confirmed: the ``Draft`` to keep.
        dismissed: the user changed their mind.
    """

    confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self, words: UiWords, files: FileChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._files = files
        self._draft: Draft | None = None
        self._root_file = ""
        self.name = Field(self, 32)
        self.url = Field(self, 2000)
        self.headers = Field(self, 2000)
        self.policy = Field(self, 200)
        self._root_name = TextLabel(tone="faint", parent=self)
        self.root = ElidedLabel(tone="ink", parent=self)
        self.root_button = PlainButton(icon_name="folder", parent=self)
        self.root_off_button = PlainButton(icon_name="x", parent=self)
        self.keep_button = PrimaryButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        self._lay_out()
        for field in (self.name, self.url, self.headers, self.policy):
            field.entered.connect(self._keep_clicked)
        self.root_button.clicked.connect(self._root_clicked)
        self.root_off_button.clicked.connect(self._root_off_clicked)
        self.keep_button.clicked.connect(self._keep_clicked)
        self.leave_button.clicked.connect(self.dismissed)
        self.hide()

    def show_draft(self, draft: Draft | None) -> None:
        """Fill the form, or put it away. What is being written is left alone."""
        begins = draft is not None and (self._draft is None or self._draft.before != draft.before)
        self._draft = draft
        self.setVisible(draft is not None)
        if draft is None or not begins:
            return
        self.name.set_text(draft.name)
        self.url.set_text(draft.url)
        # One line in the form; several headers are parted by a bar.
        self.headers.set_text(" | ".join(draft.headers.splitlines()))
        self.policy.set_text(draft.policy)
        self._show_root(draft.root_file)
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.name.set_texts(t("Short name (a-z, 0-9, -)"), "freetsa")
        self.url.set_texts(t("Address (URL)"), "https://")
        self.headers.set_texts(t("Headers, if it wants any"), "Authorization: Basic … | X-Key: …")
        self.policy.set_texts(t("Policy, if you insist on one"), "1.2.3.4")
        self._root_name.setText(t("Root certificate (PEM)"))
        self.root_button.setText(t("Choose…"))
        self.root_button.setAccessibleName(t("Choose the root certificate of the authority"))
        self.root_off_button.setText(t("Without"))
        self.root_off_button.setAccessibleName(t("Use the roots that this computer trusts"))
        self.keep_button.setText(t("Save"))
        self.leave_button.setText(t("Cancel"))
        self._show_root(self._root_file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        first, second, third, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (first, second, third, last):
            row.setSpacing(10)
        first.addWidget(self.name, 1)
        first.addWidget(self.url, 3)
        second.addWidget(self.headers, 3)
        second.addWidget(self.policy, 1)
        third.addWidget(self._root_name)
        third.addWidget(self.root, 1)
        third.addWidget(self.root_off_button)
        third.addWidget(self.root_button)
        last.addStretch(1)
        last.addWidget(self.leave_button)
        last.addWidget(self.keep_button)
        self.column.setSpacing(10)
        for row in (first, second, third, last):
            self.column.addLayout(row)

    def _show_root(self, root_file: str) -> None:
        self._root_file = root_file
        self.root.setText(root_file or self._words.text("The roots that this computer trusts"))
        self.root_off_button.setVisible(bool(root_file))

    @Slot()
    def _root_clicked(self) -> None:
        chosen = self._files.files(self, self._words.text("Choose the root certificate of the authority"))
        if chosen:
            self._show_root(str(Path(chosen[0])))

    @Slot()
    def _root_off_clicked(self) -> None:
        self._show_root("")

    @Slot()
    def _keep_clicked(self) -> None:
        if self._draft is not None:
            self.confirmed.emit(
                Draft(
                    self._draft.before,
                    self.name.text,
                    self.url.text,
                    "\n".join(part.strip() for part in self.headers.text.split("|")),
                    self._root_file,
                    self.policy.text,
                )
            )
