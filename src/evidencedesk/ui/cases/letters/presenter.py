"""Letters of one case: which is being written, what it looks like, which are made already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from evidencedesk.domain.case import Attachment, CaseFile, FollowUp, Progress
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.letter import (
    STEP_OF,
    LetterDraft,
    LetterForm,
    LetterKind,
    LetterLanguage,
    MadeLetter,
)
from evidencedesk.intake.times import place, read_time
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.letters.services import LettersServices

# Long enough not to make a letter for every key pressed.
_PAUSE_MS = 350


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter in the case, with the step it belongs to."""

    attachment: Attachment
    step: FollowUp | None

    @property
    def sent(self) -> bool:
        """Whether the user said that it went out."""
        return self.step is not None and self.step.details.progress is not Progress.PLANNED


@dataclass(frozen=True, slots=True)
class LettersState:
    """What the page shows. Without ``draft`` the letters already made are shown.

    ``made`` is the file as it would be kept; it is older than the form while ``making``. ``out`` is where it
    lies for another program; ``changed`` once that one's file was taken. ``delivered`` passes the user's own
    template over. ``done`` says what just happened: kept or saved, with a path.
    """

    case_id: str = ""
    letters: tuple[KeptLetter, ...] = ()
    steps: tuple[FollowUp, ...] = ()
    draft: LetterDraft | None = None
    form: LetterForm | None = None
    made: MadeLetter | None = None
    making: bool = False
    changed: bool = False
    out: Path | None = None
    own_template: bool = False
    delivered: bool = False
    remembered: bool = False
    done: tuple[str, str] = ("", "")
    problem: Known | None = None


class LettersPresenter(QObject):
    """Emits ``state_changed`` with the new ``LettersState``, ``changed`` when something is in the journal."""

    state_changed = Signal(object)
    changed = Signal()

    def __init__(self, services: LettersServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._steps: tuple[FollowUp, ...] = ()
        self._turn = 0
        self.state = LettersState()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.refresh)

    def show_case(self, case_file: CaseFile) -> None:
        """Another case, or the same one read again: what is being written stays."""
        standing = tuple(one for one in case_file.follow_ups if not one.withdrawn)
        by_id = {one.id: one for one in standing}
        letters = tuple(
            KeptLetter(one, by_id.get(one.follow_up or ""))
            for one in reversed(case_file.attachments)
            if one.template
        )
        state = self.state if self.state.case_id == case_file.case.id else LettersState()
        if state.case_id != case_file.case.id:
            self._turn += 1
            self._timer.stop()
        self._steps = standing
        self._become(
            replace(state, case_id=case_file.case.id, letters=letters, steps=self._fitting(state.form))
        )
        if state.form is not None and not state.changed:
            self._timer.start()

    def overview(self) -> None:
        """Back to the letters already made."""
        self._turn += 1
        self._timer.stop()
        self._become(
            LettersState(
                self.state.case_id, self.state.letters, remembered=self._services.sender_remembered()
            )
        )

    def choose(self, kind: LetterKind, language: LetterLanguage) -> None:
        """Begin a letter."""
        self._turn += 1
        self._timer.stop()
        fresh = LettersState(self.state.case_id, self.state.letters, making=True)
        self._become(fresh)
        self._run(partial(self._services.draft_letter, fresh.case_id, kind, language), self._drafted)

    def edit(self, **fields: str) -> None:
        """Other words in the form."""
        if self.state.form is not None:
            self._edited(replace(self.state.form, **fields))  # type: ignore[arg-type]

    def edit_sender(self, **fields: str) -> None:
        """Other data of the user."""
        if self.state.form is not None:
            self._edited(replace(self.state.form, sender=replace(self.state.form.sender, **fields)))

    def put_in(self, name: str, one: str, *, wanted: bool) -> None:
        """Take one of ``breaches`` or ``pieces`` in, or leave it out."""
        form = self.state.form
        if form is not None:
            before: frozenset[str] = getattr(form, name)
            after = before | {one} if wanted else before - {one}
            self._edited(replace(form, breaches=after) if name == "breaches" else replace(form, pieces=after))

    def refresh(self) -> None:
        """Make the letter from the form as it is."""
        state = self.state
        if state.form is None:
            return
        self._turn += 1
        self._timer.stop()
        self._become(replace(state, making=True, problem=None))
        make = partial(self._services.make_letter, state.case_id, state.form, delivered=state.delivered)
        self._run(make, self._was_made)

    def use_delivered(self) -> None:
        """Pass the user's own template over, this time."""
        self._become(replace(self.state, delivered=True))
        self.refresh()

    def change_template(self) -> Path | None:
        """Make an own template of this letter's; where it is."""
        form = self.state.form
        found: list[Path] = []
        if form is not None and self._did(
            lambda: found.append(self._services.copy_letter_template(form.kind, form.language))
        ):
            self._become(replace(self.state, own_template=True, delivered=False))
        return found[0] if found else None

    def drop_template(self) -> None:
        """Use the delivered one from now on."""
        form = self.state.form
        if form is not None and self._did(
            lambda: self._services.set_letter_template_aside(form.kind, form.language)
        ):
            self._become(replace(self.state, own_template=False, delivered=False))
            self.refresh()

    def remember(self, *, wanted: bool) -> None:
        """Keep the user's own data for the next letter, or forget them."""
        form = self.state.form
        if form is None:
            return
        verb = (
            partial(self._services.remember_sender, form.sender) if wanted else self._services.forget_sender
        )
        if self._did(verb):
            self._become(replace(self.state, remembered=wanted))

    def put_out(self) -> Path | None:
        """Write the letter for another program; where it is."""
        state = self.state
        found: list[Path] = []
        made = state.made
        if made is not None and self._did(
            lambda: found.append(self._services.put_letter_out(state.case_id, made))
        ):
            self._become(replace(self.state, out=found[0], done=("", "")))
        return found[0] if found else None

    def take_changed(self) -> None:
        """Read what the other program made of it."""
        state = self.state
        if state.made is not None:
            self._turn += 1
            self._run(partial(self._services.changed_letter, state.case_id, state.made), self._was_changed)

    def keep(self, follow_up: str | None) -> None:
        """Put it into the case."""
        state = self.state
        made = state.made
        if made is None or state.making:
            return
        if state.remembered and state.form is not None:
            self._did(partial(self._services.remember_sender, state.form.sender))
        if self._did(lambda: self._services.keep_letter(state.case_id, made, follow_up)):
            self.overview()
            self._become(replace(self.state, done=("kept", made.name)))
            self.changed.emit()

    def save_copy(self, folder: Path) -> None:
        """Write a copy into a folder."""
        made = self.state.made
        found: list[Path] = []
        if made is not None and self._did(
            lambda: found.append(self._services.save_letter_copy(made, folder))
        ):
            self._become(replace(self.state, done=("saved", str(found[0]))))

    def sent(self, follow_up: str, when: str, receipt: str) -> bool:
        """The user has sent it; whether that was understood."""

        def write() -> None:
            found = read_time(when)
            if found.value is None:
                raise WrongUse(Code.TIME_NOT_VALID, value=when.strip())
            placed = place(found.value, None)
            self._services.mark_letter_sent(
                self.state.case_id, follow_up, placed.utc, placed.offset_minutes, receipt
            )

        if not self._did(write):
            return False
        self._become(replace(self.state, done=("sent", "")))
        self.changed.emit()
        return True

    def now(self) -> str:
        """The time as the form writes it."""
        return f"{self._services.now().local:%Y-%m-%d %H:%M}"

    def _edited(self, form: LetterForm) -> None:
        if form != self.state.form:
            self._become(replace(self.state, form=form, making=True, changed=False, out=None, done=("", "")))
            self._timer.start()

    def _fitting(self, form: LetterForm | None) -> tuple[FollowUp, ...]:
        """Steps that this letter can belong to."""
        if form is None:
            return ()
        return tuple(one for one in self._steps if one.details.step is STEP_OF[form.kind])

    def _drafted(self, answer: tuple[int, LetterDraft]) -> None:
        turn, draft = answer
        if turn != self._turn:
            return
        own = self._services.has_own_template(draft.form.kind, draft.form.language)
        self._become(
            replace(
                self.state,
                draft=draft,
                form=draft.form,
                steps=self._fitting(draft.form),
                own_template=own,
                remembered=self._services.sender_remembered(),
            )
        )
        self.refresh()

    def _was_made(self, answer: tuple[int, MadeLetter]) -> None:
        turn, made = answer
        if turn == self._turn:
            self._become(replace(self.state, made=made, making=False, changed=False, out=None))

    def _was_changed(self, answer: tuple[int, MadeLetter]) -> None:
        turn, made = answer
        if turn == self._turn:
            self._become(replace(self.state, made=made, making=False, changed=True, problem=None))

    def _run(self, work: Callable[[], object], success: Callable[..., None]) -> None:
        turn = self._turn
        self._jobs.run(lambda: (turn, work()), success=success, failure=self._failed)

    def _failed(self, problem: Known) -> None:
        self._become(replace(self.state, problem=problem, making=False))

    def _did(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Known as problem:
            self._become(replace(self.state, problem=problem))
            return False
        return True

    def _become(self, state: LettersState) -> None:
        self.state = state
        self.state_changed.emit(state)
