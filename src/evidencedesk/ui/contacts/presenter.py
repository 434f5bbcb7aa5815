"""Logs contacts with one touch, and shows those of one case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from evidencedesk.domain.case import (
    Attachment,
    Case,
    CaseFile,
    CaseSummary,
    Contact,
    ContactDetails,
    ContactKind,
    Reached,
)
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.rules import RulePack
from evidencedesk.system.private_temp import private_folder
from evidencedesk.ui.background import Runner
from evidencedesk.ui.contacts.findings import NOTHING, Findings, findings
from evidencedesk.ui.contacts.services import ContactServices
from evidencedesk.ui.words import UiWords


@dataclass(frozen=True, slots=True)
class ContactsState:
    """The contacts of one case. ``day`` narrows the list; ``chosen`` is in the editor.

    ``just_logged`` is what the quiet line tells of; ``imported`` the contacts of a list taken in just now.
    """

    cases: tuple[CaseSummary, ...] = ()
    case_file: CaseFile | None = None
    packs: tuple[RulePack, ...] = ()
    findings: Findings = NOTHING
    today: date = date.min
    day: date | None = None
    chosen: str = ""
    just_logged: str = ""
    imported: tuple[str, ...] = ()
    attaching: int = 0
    problem: Known | None = None

    @property
    def case(self) -> Case | None:
        """The case on the screen."""
        return None if self.case_file is None else self.case_file.case

    def contact(self, contact_id: str) -> Contact | None:
        """One of them, if it is there."""
        contacts = () if self.case_file is None else self.case_file.contacts
        return next((one for one in contacts if one.id == contact_id), None)

    def attachments(self, contact_id: str) -> tuple[Attachment, ...]:
        """The files that show a contact."""
        kept = () if self.case_file is None else self.case_file.attachments
        return tuple(one for one in kept if one.contact == contact_id)


class ContactsPresenter(QObject):
    """What the page shows, and what its buttons do.

    Emits:
        state_changed: the new ``ContactsState``.
        changed: something was written down: other pages should read their cases again.
    """

    state_changed = Signal(object)
    changed = Signal()

    def __init__(
        self, services: ContactServices, jobs: Runner, words: UiWords, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._words = words
        self._state = ContactsState()

    @property
    def state(self) -> ContactsState:
        """What the page shows."""
        return self._state

    def refresh(self) -> None:
        """Read everything again; the case stays, or becomes the latest."""
        case = self._state.case or self._services.latest_case()
        self._read(None if case is None else case.id)

    def choose_case(self, case_id: str) -> None:
        """Show another case."""
        self._state = ContactsState(cases=self._state.cases)
        self._read(case_id)

    def choose_day(self, day: date | None) -> None:
        """Show one day only, or all."""
        self._become(replace(self._state, day=day))

    def choose(self, contact_id: str) -> None:
        """Put a contact into the editor; an empty text closes it."""
        self._become(replace(self._state, chosen=contact_id))

    def log(self, kind: ContactKind, reached: Reached = Reached.DEBTOR) -> Contact | None:
        """Write down that somebody got in touch just now. None when it could not be stored."""
        try:
            case = self.ensure_case()
            now = self._services.now()
            details = ContactDetails(kind, now.utc, now.offset_minutes, reached)
            contact = self._services.log_contact(case.id, details)
        except Known as error:
            self._become(replace(self._state, problem=error))
            return None
        file = self._state.case_file
        if file is None or file.case.id != case.id:
            self._read(case.id)
        else:
            self._state = replace(self._state, case_file=replace(file, contacts=(*file.contacts, contact)))
        day = self._state.day if self._state.day == now.local.date() else None
        self._become(
            replace(
                self._state,
                today=now.local.date(),
                day=day,
                just_logged=contact.id,
                imported=(),
                problem=None,
                chosen=contact.id,
            )
        )
        self._judge()
        self.changed.emit()
        return contact

    def change(self, contact_id: str, details: ContactDetails) -> bool:
        """Store what is known now; False when it was refused."""
        contact, case = self._state.contact(contact_id), self._state.case
        if contact is None or case is None or contact.details == details:
            return True
        if not self._did(lambda: self._services.change_contact(case.id, contact_id, details)):
            return False
        self._put(replace(contact, details=details, changed=True))
        self._judge()
        self.changed.emit()
        return True

    def link(self, contact_id: str, encounter: str | None) -> None:
        """Say which recorded encounter a contact is about, or none."""
        contact, case = self._state.contact(contact_id), self._state.case
        if contact is None or case is None or contact.withdrawn or contact.encounter == encounter:
            return
        if self._did(lambda: self._services.link_contact(case.id, contact_id, encounter)):
            self._put(replace(contact, encounter=encounter, changed=True))
            self._judge()
            self.changed.emit()

    def withdraw(self, contact_id: str) -> None:
        """Take a contact back; it stays readable."""
        contact, case = self._state.contact(contact_id), self._state.case
        if contact is None or case is None or contact.withdrawn:
            return
        if self._did(lambda: self._services.withdraw_contact(case.id, contact_id)):
            self._put(replace(contact, withdrawn=True))
            cleared = "" if self._state.chosen == contact_id else self._state.chosen
            self._become(replace(self._state, just_logged="", chosen=cleared))
            self._judge()
            self.changed.emit()

    def case_for_list(self) -> Case | None:
        """Where a list is taken in; None when no case could be opened."""
        try:
            case = self.ensure_case()
        except Known as error:
            self._become(replace(self._state, problem=error))
            return None
        if self._state.case is None:
            self._read(case.id)
            self.changed.emit()
        return case

    def list_taken(self, logged: tuple[Contact, ...]) -> None:
        """A list was taken in: read the case again and offer to undo it."""
        if self._state.case is not None:
            self._read(self._state.case.id)
        self._become(replace(self._state, imported=tuple(c.id for c in logged), just_logged="", day=None))
        self.changed.emit()

    def undo_list(self) -> None:
        """Take back every contact of the list that was taken in last."""
        case, ids = self._state.case, self._state.imported
        if case is not None and ids:
            self._become(replace(self._state, imported=()))
            work = partial(_withdraw_all, self._services, case.id, ids)
            self._jobs.run(work, success=self._list_undone, failure=self._failed)

    def attach(self, contact_id: str, paths: list[Path]) -> None:
        """Take in files that show a contact."""
        case = self._state.case
        if case is None:
            return
        self._become(replace(self._state, attaching=self._state.attaching + len(paths)))
        for path in paths:
            work = partial(self._services.attach_to_contact, case.id, path, contact_id)
            self._jobs.run(work, success=self._attached, failure=self._attaching_failed)

    def attach_image(self, contact_id: str, image: QImage) -> None:
        """Take in a picture from the clipboard."""
        case = self._state.case
        if case is not None:
            self._become(replace(self._state, attaching=self._state.attaching + 1))
            name = f"screenshot-{self._services.now().local:%Y%m%d-%H%M%S}.png"
            work = partial(_attach_image, self._services, case.id, contact_id, image, name)
            self._jobs.run(work, success=self._attached, failure=self._attaching_failed)

    def kept_file(self, attachment: Attachment) -> Path:
        """Where a file is kept."""
        return self._services.kept_contact_file(attachment)

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def ensure_case(self) -> Case:
        """The case on the screen, the latest one, or a new one. Raises what the disk says."""
        case = self._state.case or self._services.latest_case()
        if case is None:
            day = f"{self._services.now().local:%Y-%m-%d}"
            case = self._services.open_case(self._words.text("Case of {date}", date=day))
        return case

    def _read(self, case_id: str | None) -> None:
        try:
            cases = self._services.cases()
            file = None if case_id is None else self._services.case_file(case_id)
        except Known as error:
            self._become(replace(self._state, problem=error))
            return
        latest_first = tuple(sorted(cases, key=lambda one: one.last_utc, reverse=True))
        state = replace(self._state, cases=latest_first, case_file=file, packs=self._services.packs)
        chosen = state.chosen if state.contact(state.chosen) is not None else ""
        self._become(replace(state, today=self._services.now().local.date(), chosen=chosen, problem=None))
        self._judge()

    def _judge(self) -> None:
        case = self._state.case
        if case is not None:
            work = partial(_judged, self._services, case.id, self._state.packs, self._state.findings)
            self._jobs.run(work, success=self._judged, failure=self._failed)

    def _judged(self, judged: tuple[str, Findings]) -> None:
        case_id, found = judged
        if self._state.case is not None and self._state.case.id == case_id:
            self._become(replace(self._state, findings=found))

    def _put(self, contact: Contact) -> None:
        file = self._state.case_file
        if file is not None:
            contacts = tuple(contact if one.id == contact.id else one for one in file.contacts)
            self._become(replace(self._state, case_file=replace(file, contacts=contacts), problem=None))

    def _attached(self, attachment: Attachment) -> None:
        file = self._state.case_file
        state = replace(self._state, attaching=max(0, self._state.attaching - 1))
        if file is not None and file.case.id == attachment.case:
            state = replace(state, case_file=replace(file, attachments=(*file.attachments, attachment)))
        self._become(state)
        self.changed.emit()

    def _attaching_failed(self, error: Known) -> None:
        self._become(replace(self._state, attaching=max(0, self._state.attaching - 1), problem=error))

    def _list_undone(self, _result: None) -> None:
        self.refresh()
        self.changed.emit()

    def _failed(self, error: Known) -> None:
        self._become(replace(self._state, problem=error))

    def _did(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Known as error:
            self._become(replace(self._state, problem=error))
            return False
        return True

    def _become(self, state: ContactsState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _judged(
    services: ContactServices, case_id: str, packs: tuple[RulePack, ...], before: Findings
) -> tuple[str, Findings]:
    services.keep_judgements(case_id)
    return case_id, findings(services.judgements(case_id), packs, before)


def _withdraw_all(services: ContactServices, case_id: str, ids: tuple[str, ...]) -> None:
    for contact_id in ids:
        services.withdraw_contact(case_id, contact_id)


def _attach_image(
    services: ContactServices, case_id: str, contact_id: str, image: QImage, name: str
) -> Attachment:
    with private_folder() as folder:
        path = folder / name
        if not image.save(str(path)):
            raise MachineFailure(Code.NOT_WRITABLE, path=str(folder))
        return services.attach_to_contact(case_id, path, contact_id)
