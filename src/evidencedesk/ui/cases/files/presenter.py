"""The files of a case: taking them in, saying what they are, looking into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from evidencedesk.domain.case import Attachment, AttachmentKind, CaseFile, ImportedSound, TakenIn
from evidencedesk.domain.errors import Known
from evidencedesk.domain.taken import Taken
from evidencedesk.intake.kind_guess import guess_kind
from evidencedesk.intake.preview import Look
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.files.services import FilesServices
from evidencedesk.ui.encounter.people.thumbnails import png_bytes

ROOM = 1400
_TELL_EVERY = 10


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about one file that was to be taken in: the case has it (``kept``), or it could not be."""

    name: str
    path: Path | None = None
    kept: TakenIn | None = None
    problem: Known | None = None


@dataclass(frozen=True, slots=True)
class FilesState:
    """What the page shows besides the list.

    ``pending`` files are on their way. ``unsaid`` are the ids of those just taken in of which nobody said yet
    what they are. ``look`` is what was seen of the chosen one's ``page``; None while that is on its way.
    """

    case_file: CaseFile | None = None
    pending: int = 0
    unsaid: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    chosen: str = ""
    page: int = 0
    look: Look | None = None

    @property
    def kept(self) -> TakenIn | None:
        """The chosen file."""
        return self.by_id(self.chosen)

    def by_id(self, name: str) -> TakenIn | None:
        """A file of the case."""
        files = () if self.case_file is None else self.case_file.taken_in
        return next((one for one in files if one.id == name), None)

    @property
    def asked(self) -> tuple[Attachment, ...]:
        """The files that are asked about together: their names speak for the same kind."""
        files = [one for name in self.unsaid if isinstance(one := self.by_id(name), Attachment)]
        return tuple(one for one in files if guess_kind(one.name) is guess_kind(files[0].name))

    @property
    def guess(self) -> AttachmentKind | None:
        """What their names speak for."""
        asked = self.asked
        return guess_kind(asked[0].name) if asked else None


class FilesPresenter(QObject):
    """Turns files into facts of the case.

    Emits:
        state_changed: the new ``FilesState``.
        case_changed: something was written.
        problem: a ``Known`` error about what the user changed.
    """

    state_changed = Signal(object)
    case_changed = Signal()
    problem = Signal(object)

    def __init__(self, services: FilesServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self.state = FilesState()

    def show_case(self, case_file: CaseFile) -> None:
        """Another case, or the same as it stands now."""
        before = self.state.case_file
        if before is None or before.case.id != case_file.case.id:
            self._become(FilesState(case_file))
            return
        self._become(replace(self.state, case_file=case_file))

    def choose(self, name: str) -> None:
        """Look into a file."""
        if name != self.state.chosen:
            self._become(replace(self.state, chosen=name, page=0, look=None))
            self._look()

    def turn_to(self, page: int) -> None:
        """Another page, or another sheet."""
        if page != self.state.page:
            self._become(replace(self.state, page=page, look=None))
            self._look()

    # Taking in

    def take(self, paths: Sequence[Path], encounter: str | None = None, *, again: bool = False) -> None:
        """Take files in, one after the other, without holding up the window."""
        case_id = self._case_id()
        if not case_id or not paths:
            return
        self._become(replace(self.state, pending=self.state.pending + len(paths)))
        for path in paths:
            work = partial(_take_file, self._services, case_id, path, encounter, again)
            self._jobs.run(work, success=self._taken, failure=self._not_taken)

    def take_picture(self, picture: QImage) -> None:
        """A picture that was copied and is no file yet."""
        self._take_data(f"screenshot-{self._time()}.png", partial(png_bytes, picture))

    def take_text(self, text: str) -> None:
        """Words that were copied."""
        self._take_data(f"pasted-{self._time()}.txt", lambda: text.encode("utf-8", "replace"))

    def take_again(self, notice: Notice) -> None:
        """The case has it already, and the user wants it all the same."""
        self.dismiss(notice)
        if notice.path is not None:
            self.take([notice.path], again=True)

    def dismiss(self, notice: Notice) -> None:
        """The reader has seen it."""
        self._become(replace(self.state, notices=tuple(n for n in self.state.notices if n is not notice)))

    # What they are

    def say_kind(self, kind: AttachmentKind) -> None:
        """One touch: what the files that are asked about are."""
        for one in self.state.asked:
            if not self._describe(replace(one, kind=kind)):
                return
        self._drop_asked()
        self.case_changed.emit()

    def say_later(self) -> None:
        """Nobody wants to say now."""
        self._become(replace(self.state, unsaid=()))

    def describe(self, told: Attachment) -> None:
        """Keep what was changed about a file."""
        if self.state.by_id(told.id) != told and self._describe(told):
            unsaid = tuple(name for name in self.state.unsaid if name != told.id or told.kind is None)
            self._become(replace(self.state, unsaid=unsaid))
            self.case_changed.emit()

    def kept_file(self, kept: TakenIn) -> Path:
        """Where it is kept."""
        return self._services.kept_file(kept)

    def sealed(self) -> bool:
        """Whether other programs get a copy of it."""
        return self._services.sealed()

    def _take_data(self, name: str, data: Callable[[], bytes]) -> None:
        case_id = self._case_id()
        if case_id:
            self._become(replace(self.state, pending=self.state.pending + 1))
            work = partial(_take_data, self._services, case_id, name, data)
            self._jobs.run(work, success=self._taken, failure=self._not_taken)

    def _case_id(self) -> str:
        return "" if self.state.case_file is None else self.state.case_file.case.id

    def _time(self) -> str:
        return f"{self._services.now().local:%Y%m%d-%H%M%S}"

    def _describe(self, told: Attachment) -> bool:
        try:
            self._services.describe_attachment(told.case, told)
        except Known as error:
            self.problem.emit(error)
            return False
        return True

    def _drop_asked(self) -> None:
        asked = {one.id for one in self.state.asked}
        self._become(replace(self.state, unsaid=tuple(n for n in self.state.unsaid if n not in asked)))

    def _look(self) -> None:
        kept = self.state.kept
        if kept is not None and not isinstance(kept, ImportedSound):
            work = partial(_see, self._services, kept, self.state.page)
            self._jobs.run(work, success=self._seen, failure=self._not_seen)

    @Slot(object)
    def _seen(self, outcome: tuple[str, int, Look]) -> None:
        name, page, look = outcome
        if (name, page) == (self.state.chosen, self.state.page):
            self._become(replace(self.state, look=look))

    @Slot(object)
    def _not_seen(self, problem: Known) -> None:
        self.problem.emit(problem)

    @Slot(object)
    def _taken(self, outcome: tuple[Path | None, Taken]) -> None:
        path, taken = outcome
        if taken.kept.case != self._case_id():
            return  # another case is on the screen by now, and reads for itself
        state = replace(self.state, pending=max(0, self.state.pending - 1))
        if taken.already:
            name = path.name if path is not None else taken.kept.name
            state = replace(state, notices=(*state.notices, Notice(name, path, taken.kept)))
        elif isinstance(taken.kept, Attachment):
            state = replace(state, unsaid=(*state.unsaid, taken.kept.id))
        self._become(state)
        # Each time the whole case is read anew.
        if not state.pending or state.pending % _TELL_EVERY == 0:
            self.case_changed.emit()
        if not state.pending:
            self.choose(taken.kept.id)

    @Slot(object)
    def _not_taken(self, problem: Known) -> None:
        notice = Notice("", problem=problem)
        pending = max(0, self.state.pending - 1)
        self._become(replace(self.state, pending=pending, notices=(*self.state.notices, notice)))
        if not pending:
            self.case_changed.emit()

    def _become(self, state: FilesState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _take_file(
    services: FilesServices,
    case_id: str,
    path: Path,
    encounter: str | None,
    again: bool,  # noqa: FBT001 - a step of a job
) -> tuple[Path | None, Taken]:
    return path, services.take_in_once(case_id, path, encounter, again=again)


def _take_data(
    services: FilesServices, case_id: str, name: str, data: Callable[[], bytes]
) -> tuple[Path | None, Taken]:
    return None, services.take_in_data(case_id, name, data(), None)


def _see(services: FilesServices, kept: TakenIn, page: int) -> tuple[str, int, Look]:
    return kept.id, page, services.preview(kept, page, ROOM)
