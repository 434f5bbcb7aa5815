"""The first steps: remembers what was chosen in them, and that they were taken or passed over."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.errors import Known
from evidencedesk.system.settings import Settings
from evidencedesk.ui.law.services import LawServices
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.record.page import RecordPage
from evidencedesk.ui.start.state import Choices


class WelcomeServices(Protocol):
    """What the first steps ask of the rest."""

    def settings(self) -> Settings:
        """Give the choices as they are."""
        ...

    def save_settings(self, settings: Settings) -> None:
        """Keep the choices; raises what the disk says, and they hold until the window closes."""
        ...


class WelcomePresenter(QObject):
    """Made when the library is open; the page may have shown its first steps before.

    Emits:
        language_chosen: ``zh`` or ``en``, to take effect at once.
        packs_chosen: other rules are in use.
    """

    language_chosen = Signal(str)
    packs_chosen = Signal()

    def __init__(
        self,
        services: WelcomeServices,
        shelf: LawServices,
        page: RecordPage,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._shelf = shelf
        self._page = page
        self._messages = messages
        page.welcome_passed.connect(self.passed)
        page.welcome.choices.language_clicked.connect(self.choose_language)
        page.welcome.choices.pack_toggled.connect(self.choose_pack)
        self.show_choices()
        if page.passed_early:
            self.passed()

    @Slot()
    def open(self) -> None:
        """Show the first steps again."""
        self.show_choices()
        self._page.show_welcome()

    @Slot()
    def passed(self) -> None:
        """They were taken or passed over: never shown again by themselves."""
        self._keep(replace(self._services.settings(), welcomed="yes"))

    @Slot(object)
    def recording_began(self, _live: object) -> None:
        """Somebody needed the red button first: that is all the welcome there has to be."""
        if self._page.welcoming:
            self._page.pass_welcome()

    @Slot(str)
    def choose_language(self, language: str) -> None:
        """This language, now and at every later start."""
        self._keep(replace(self._services.settings(), language=language))
        self.language_chosen.emit(language)

    @Slot(str, bool)
    def choose_pack(self, pack_id: str, wanted: bool) -> None:  # noqa: FBT001 - a slot
        """Take a pack in use, or out of it; the last one stays."""
        in_use = [pack.id for pack in self._shelf.packs]
        if wanted and pack_id not in in_use:
            in_use.append(pack_id)
        elif not wanted and len(in_use) > 1:
            in_use = [one for one in in_use if one != pack_id]
        try:
            self._shelf.choose_packs(tuple(in_use))
        except Known as error:
            self._messages.show_error(error)
        self.show_choices()
        self.packs_chosen.emit()

    @Slot()
    def show_choices(self) -> None:
        """Packs may have been chosen or added elsewhere."""
        in_use = tuple(pack.id for pack in self._shelf.packs)
        self._page.welcome.show_choices(Choices(self._shelf.all_packs, in_use))

    def _keep(self, settings: Settings) -> None:
        try:
            self._services.save_settings(settings)
        except Known as error:
            self._messages.show_error(error)
