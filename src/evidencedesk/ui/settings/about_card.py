"""What this program is, and whose work it stands on."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.settings.presenter import Component, Installation
from evidencedesk.ui.words import UiWords


class AboutCard(Card):
    """Version, licence, components."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._installation: Installation | None = None
        self._heading = SectionTitle(parent=self)
        self._licence = TextLabel(tone="sub", parent=self, wrap=True)
        self._privacy = TextLabel(tone="sub", parent=self, wrap=True)
        self._made_of = TextLabel(tone="faint", parent=self)
        self.notices_button = PlainButton(icon_name="file-text", parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        header = QHBoxLayout()
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self.notices_button)
        self.column.setSpacing(6)
        self.column.addLayout(header)
        for label in (self._licence, self._privacy, self._made_of):
            self.column.addWidget(label)
        self.column.addLayout(self._grid)

    def show_installation(self, installation: Installation) -> None:
        """Fill in versions."""
        self._heading.setText(self._words.text("EvidenceDesk {version}", version=installation.app_version))
        self.notices_button.setVisible(installation.notices is not None)
        if self._installation != installation:
            self._installation = installation
            for row, component in enumerate(installation.components):
                self._add(row, component)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._licence.setText(t("Free software under the Apache License 2.0, without warranty."))
        self._privacy.setText(
            t(
                "Nothing leaves this computer unless you hand it over yourself, or turn outside time stamps "
                "on: then a hash does, never content."
            )
        )
        self._made_of.setText(t("Made with"))
        self.notices_button.setText(t("Licences"))
        self.notices_button.setAccessibleName(t("Licences of everything this program is made of"))

    def _add(self, row: int, component: Component) -> None:
        for column, (text, tone) in enumerate(
            ((component.name, "ink"), (component.version, "sub"), (component.licence, "faint"))
        ):
            self._grid.addWidget(TextLabel(text, tone, self), row, column)
