"""What the reader brings to a check: certificates of keys they know, roots of time-stamping authorities."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.words import UiWords


class BroughtRow(QWidget):
    """One kind of certificates: what it is for, those chosen, a button for more.

    Emits:
        choose_clicked: the user wants to choose files.
        removed: the path of a file that shall count no more.
    """

    choose_clicked = Signal()
    removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._files: tuple[Path, ...] = ()
        self._remove_text = ""
        self._lines: list[QWidget] = []
        self.remove_buttons: dict[Path, PlainButton] = {}
        self.name = TextLabel(tone="strong", parent=self)
        self.hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.choose_button = PlainButton(parent=self)
        self.choose_button.clicked.connect(self.choose_clicked)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.name)
        texts.addWidget(self.hint)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addLayout(texts, 1)
        row.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(4)
        self._column.addLayout(row)

    def show_files(self, files: tuple[Path, ...], remove_name: Callable[[str], str]) -> None:
        """List what was chosen; ``remove_name`` names the button that takes a file off."""
        if files == self._files and remove_name("") == self._remove_text:
            return
        self._files, self._remove_text = files, remove_name("")
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self.remove_buttons = [], {}
        for file in files:
            line = QWidget(self)
            button = PlainButton(icon_name="x", parent=line)
            button.make_flat()
            button.setAccessibleName(remove_name(file.name))
            button.setToolTip(button.accessibleName())
            button.clicked.connect(partial(self._remove_clicked, file))
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(ElidedLabel(str(file), "ink", line), 1)
            row.addWidget(button)
            self._column.addWidget(line)
            self._lines.append(line)
            self.remove_buttons[file] = button

    def _remove_clicked(self, file: Path, _checked: object = None) -> None:
        self.removed.emit(file)


class TrustCard(Card):
    """Both kinds."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.column.setContentsMargins(18, 4, 18, 4)
        self.certificates = BroughtRow(self)
        self.roots = BroughtRow(self)
        self.column.addWidget(self.certificates)
        self.column.addWidget(Divider(self))
        self.column.addWidget(self.roots)

    def show_files(self, trust: tuple[Path, ...], trust_time: tuple[Path, ...], *, can_change: bool) -> None:
        """List what was brought. ``can_change`` is false while a check runs or a dialog must not open."""
        for row, files in ((self.certificates, trust), (self.roots, trust_time)):
            row.show_files(files, self._remove_name)
            row.choose_button.setEnabled(can_change)
            for button in row.remove_buttons.values():
                button.setEnabled(can_change)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.certificates.name.setText(t("Certificates I know"))
        self.certificates.hint.setText(
            t(
                "device.pem, handed to you by the person themselves. With one, a folder signed by any other "
                "key is a fault."
            )
        )
        self.roots.name.setText(t("Root certificates of time authorities"))
        self.roots.hint.setText(
            t("From the authority itself, in PEM. Those that this computer trusts count already.")
        )
        self.certificates.choose_button.setText(t("Choose…"))
        self.certificates.choose_button.setAccessibleName(t("Choose certificates that I know"))
        self.roots.choose_button.setText(t("Choose…"))
        self.roots.choose_button.setAccessibleName(t("Choose root certificates of time authorities"))

    def _remove_name(self, name: str) -> str:
        return self._words.text("Check without {name}", name=name)
