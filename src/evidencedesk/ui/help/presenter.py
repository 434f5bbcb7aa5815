"""Which page of the help is open where, the way back, and what was looked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidencedesk.ui.help.texts import HelpHit, HelpTexts, guide_folder, page_of
from evidencedesk.ui.help.topics import PAGES, Topic
from evidencedesk.wording.language import Language


@dataclass(frozen=True, slots=True)
class HelpState:
    """``place`` is a page, and an anchor in it behind ``#``; ``address`` waits for the reader's word.

    ``marked`` are the words that led here.
    """

    place: str = Topic.START.value
    before: tuple[str, ...] = ()
    query: str = ""
    hits: tuple[HelpHit, ...] = ()
    address: str = ""
    marked: str = ""

    @property
    def page(self) -> str:
        """The name of the page."""
        return self.place.partition("#")[0]

    @property
    def anchor(self) -> str:
        """Where in it."""
        return self.place.partition("#")[2]


class HelpPresenter(QObject):
    """Emits ``state_changed``, and ``address_opened`` when the reader wants an address opened outside."""

    state_changed = Signal(object)
    address_opened = Signal(str)

    def __init__(
        self,
        language: Language,
        folder: Callable[[], Path] = guide_folder,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._texts: HelpTexts | None = None
        self._language: Language = language
        self._state = HelpState()

    @property
    def state(self) -> HelpState:
        """What is shown."""
        return self._state

    @property
    def texts(self) -> HelpTexts:
        """The pages in the language in force; read at the first look, not when the window opens."""
        if self._texts is None or self._texts.language != self._language:
            self._texts = HelpTexts(self._language, self._folder)
        return self._texts

    def set_language(self, language: Language) -> None:
        """The same page in another language."""
        if language != self._language:
            self._language = language
            anchor = self._state.anchor
            kept = not anchor or self.texts.page(self._state.page).section(anchor) is not None
            place = self._state.place if kept else self._state.page
            hits = self.texts.search(self._state.query)
            self._state = replace(self._state, place=place, hits=hits)
            self.state_changed.emit(self._state)

    def show(self, place: str, marked: str = "") -> None:
        """Open a page, or a place in it; the one before can be gone back to."""
        page, _, anchor = place.partition("#")
        if page not in PAGES or (anchor and self.texts.page(page).section(anchor) is None):
            return
        before = self._state.before
        if place != self._state.place:
            before = (*before, self._state.place)
        self._state = replace(
            self._state, place=place, before=before, query="", hits=(), address="", marked=marked
        )
        # Always told: the same place may have been scrolled away from.
        self.state_changed.emit(self._state)

    def follow(self, link: str) -> None:
        """A link was clicked: inside the help at once, outside only after asking."""
        file, _, anchor = link.partition("#")
        if not file:
            self.show(f"{self._state.page}#{anchor}")
        elif page_of(file):
            self.show(f"{page_of(file)}#{anchor}" if anchor else page_of(file))
        elif link.startswith(("http://", "https://")):
            self._become(replace(self._state, address=link))

    def back(self) -> None:
        """To the place before."""
        if self._state.before:
            *rest, place = self._state.before
            self._become(replace(self._state, place=place, before=tuple(rest), address="", marked=""))

    def type(self, query: str) -> None:
        """Look for words in all pages."""
        if query != self._state.query:
            self._become(replace(self._state, query=query, hits=self.texts.search(query)))

    def open_address(self) -> None:
        """The reader does want it in the browser."""
        if self._state.address:
            self.address_opened.emit(self._state.address)
        self.leave_address()

    def leave_address(self) -> None:
        """The reader does not."""
        self._become(replace(self._state, address=""))

    def _become(self, state: HelpState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
