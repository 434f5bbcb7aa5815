"""Small pictures of files, kept in memory while they are wanted."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from evidencedesk.domain.case import TakenIn
from evidencedesk.domain.errors import Known
from evidencedesk.intake.preview import Look, PageShown, PictureShown, Raster
from evidencedesk.ui.background import Runner

SIDE = 96  # sharp on screens with two pixels for one
_KEPT = 400

See = Callable[[TakenIn, int, int], Look]


def image_of(raster: Raster) -> QImage:
    """The pixels as Qt draws them, with memory of their own."""
    bytes_a_line = raster.width * 4
    picture = QImage(raster.rgba, raster.width, raster.height, bytes_a_line, QImage.Format.Format_RGBA8888)
    return picture.copy()


class Pictures(QObject):
    """Asks for one picture after the other, the latest wish first: what scrolled by can wait.

    Emits:
        came: the id of a file whose picture is there.
    """

    came = Signal(str)

    def __init__(self, see: See, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._see = see
        self._jobs = jobs
        self._made: OrderedDict[str, QImage | None] = OrderedDict()
        self._wanted: deque[TakenIn] = deque(maxlen=60)
        self._asked = ""

    def picture(self, kept: TakenIn) -> QImage | None:
        """The picture, or None while there is none; it is asked for."""
        if kept.id in self._made:
            self._made.move_to_end(kept.id)
            return self._made[kept.id]
        if kept.id != self._asked and all(one.id != kept.id for one in self._wanted):
            self._wanted.append(kept)
            self._next()
        return None

    def _next(self) -> None:
        # One at a time: what the user waits for must not stand behind a hundred of these.
        if not self._asked and self._wanted:
            kept = self._wanted.pop()
            self._asked = kept.id
            work = partial(_small, self._see, kept)
            self._jobs.run(work, success=self._seen, failure=self._not_seen)

    def _seen(self, outcome: tuple[str, QImage | None]) -> None:
        name, picture = outcome
        self._made[name] = picture
        if len(self._made) > _KEPT:
            self._made.popitem(last=False)
        self._asked = ""
        if picture is not None:
            self.came.emit(name)
        self._next()

    def _not_seen(self, _problem: Known) -> None:
        """A picture beside a line is not worth a word."""
        self._made[self._asked] = None
        self._asked = ""
        self._next()


def _small(see: See, kept: TakenIn) -> tuple[str, QImage | None]:
    shown = see(kept, 0, SIDE).shown
    if not isinstance(shown, PictureShown | PageShown):
        return kept.id, None
    room = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    smooth = Qt.TransformationMode.SmoothTransformation
    picture = image_of(shown.raster)
    if picture.width() > SIDE or picture.height() > SIDE:
        picture = picture.scaled(SIDE, SIDE, room, smooth)
    return kept.id, picture
