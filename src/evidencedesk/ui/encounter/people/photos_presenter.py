"""Photos of the people and their papers: taken in bit for bit, linked with the card they were put on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from evidencedesk.domain.case import Attachment, Document
from evidencedesk.domain.errors import Known
from evidencedesk.ui.encounter.people.thumbnails import png_bytes, thumbnail
from evidencedesk.ui.encounter.people_presenter import PeoplePresenter
from evidencedesk.ui.encounter.session import Session


@dataclass(frozen=True, slots=True)
class Photo:
    """One that is on the disk; without a picture where this program can't open it."""

    kept: Attachment
    picture: QImage | None = None


@dataclass(frozen=True, slots=True)
class PhotosState:
    """All photos of this encounter's people; ``pending`` are still on their way to the disk."""

    photos: tuple[Photo, ...] = ()
    pending: int = 0

    def of(self, collector: str, document: Document | None) -> tuple[Photo, ...]:
        """Those of one person's paper, or (None) of the person."""
        return tuple(
            one
            for one in self.photos
            if collector and one.kept.collector == collector and one.kept.document is document
        )


class PhotosPresenter(QObject):
    """Takes photos in, away from the window: a big one, or a slow stick, must not hold the page up.

    It belongs to the messages and outlives the page, so that a failure of the last one is told.

    Emits:
        state_changed: the new PhotosState.
    """

    state_changed = Signal(object)

    def __init__(self, session: Session, people: PeoplePresenter) -> None:
        super().__init__(session.messages)
        self._session = session
        self._people = people
        self._ended = False
        self.state = PhotosState()
        case_file = session.attempt(session.case_file)
        known = tuple(
            one
            for one in (case_file.attachments if case_file else ())
            if one.encounter == session.live.encounter and one.collector is not None
        )
        if known:
            self.state = PhotosState(pending=1)
            session.run(partial(self._pictured, known), self._known_came, self._failed)

    @Slot(object, object)
    def files_dropped(self, document: Document | None, paths: Sequence[Path]) -> None:
        """Photos as files."""
        collector = self._people.saved_id() if paths else ""
        if collector:
            for path in paths:
                self._take(partial(self._take_file, path, collector, document))

    @Slot(object, object)
    def picture_pasted(self, document: Document | None, picture: QImage) -> None:
        """A picture that is no file yet."""
        collector = "" if picture.isNull() else self._people.saved_id()
        if collector:
            now = self._session.services.now().local
            name = f"{document.value if document else 'person'}-{now:%Y%m%d-%H%M%S}.png"
            self._take(partial(self._take_picture, name, picture, collector, document))

    def end(self) -> None:
        """The page goes; what is on its way still arrives, and nobody looks at pictures any more."""
        self._ended = True
        self._show(replace(self.state, photos=()))

    def _take(self, work: partial[Photo]) -> None:
        self._show(replace(self.state, pending=self.state.pending + 1))
        self._session.run(work, self._taken, self._failed)

    def _take_file(self, path: Path, collector: str, document: Document | None) -> Photo:
        services, live = self._session.services, self._session.live
        kept = services.attach_photo(live.case, live.encounter, path, collector, document)
        return Photo(kept, thumbnail(services.kept_place(kept)))

    def _take_picture(self, name: str, picture: QImage, collector: str, document: Document | None) -> Photo:
        services, live = self._session.services, self._session.live
        data = png_bytes(picture)
        kept = services.attach_picture(live.case, live.encounter, name, data, collector, document)
        return Photo(kept, thumbnail(services.kept_place(kept)))

    def _pictured(self, known: tuple[Attachment, ...]) -> tuple[Photo, ...]:
        services = self._session.services
        return tuple(Photo(one, thumbnail(services.kept_place(one))) for one in known)

    @Slot(object)
    def _taken(self, photo: Photo) -> None:
        self._arrived(photo)

    @Slot(object)
    def _known_came(self, photos: tuple[Photo, ...]) -> None:
        self._arrived(*photos)

    @Slot(object)
    def _failed(self, error: Known) -> None:
        self._session.messages.show_error(error)
        self._arrived()

    def _arrived(self, *photos: Photo) -> None:
        shown = () if self._ended else (*self.state.photos, *photos)
        self._show(PhotosState(shown, self.state.pending - 1))

    def _show(self, state: PhotosState) -> None:
        self.state = state
        self.state_changed.emit(state)
