"""The workflows that the pages ask for about many cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidencedesk.app.later import later
from evidencedesk.custody.recovery_code import read_code
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import local_text, parse_utc
from evidencedesk.system.places import default_library, named_library
from evidencedesk.system.settings import Settings
from evidencedesk.ui.cases.services import Origin
from evidencedesk.ui.settings.library_presenter import Doing, LibraryFacts, Outcome
from evidencedesk.workflows.archive_case import archive_case
from evidencedesk.workflows.desk import Desk

if TYPE_CHECKING:
    from evidencedesk.workflows import back_up as backing_up
    from evidencedesk.workflows import import_case as importing
    from evidencedesk.workflows import library_files
    from evidencedesk.workflows import move_library as moving
    from evidencedesk.workflows import restore_library as restoring
    from evidencedesk.workflows.import_case import ImportedCase
else:
    backing_up = later("evidencedesk.workflows.back_up")
    importing = later("evidencedesk.workflows.import_case")
    library_files = later("evidencedesk.workflows.library_files")
    moving = later("evidencedesk.workflows.move_library")
    restoring = later("evidencedesk.workflows.restore_library")

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class LibraryOnDesk:
    """Everything about many cases, on one desk."""

    _desk: Desk
    _settings: Settings

    def save_settings(self, settings: Settings) -> None:
        """Keep the choices."""
        raise NotImplementedError

    def archive_case(self, case_id: str, *, archived: bool) -> None:
        """Put a case aside, or bring it back."""
        archive_case(self._desk, case_id, archived=archived)

    def import_case(
        self, path: Path, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> ImportedCase:
        """Verify a case folder or a ZIP and take it in."""
        return importing.import_case(self._desk, path, progress, cancelled)

    def origins(self, case_id: str) -> tuple[Origin, ...]:
        """Which folders a case came from."""
        return tuple(
            Origin(
                event.moment.utc,
                event.moment.offset_minutes,
                str(event.data["folder"]),
                str(event.data["device"]),
                int(event.data["head_before"]["seq"]),
            )
            for event in self._desk.store.events_of(case_id, EventType.CASE_IMPORTED)
        )

    def library_facts(self) -> LibraryFacts:
        """How large the library is, and when it was backed up last."""
        library = self._desk.library
        last = backing_up.last_backup(library)
        days = None
        if last is not None:
            days = (parse_utc(self._desk.clock.now().utc) - parse_utc(last.utc)).days
        before = self._settings.library_before
        try:
            size = library_files.size_of(library)
        except OSError:
            size = 0  # a file went while it was counted
        return LibraryFacts(
            place=library,
            cases=len(self._desk.store.cases()),
            file_bytes=size,
            backed_up="" if last is None else local_text(last.utc, last.offset_minutes)[:16],
            backup_path="" if last is None else last.path,
            days=days,
            before=before if before and (Path(before) / "library.sqlite3").is_file() else "",
            named=not self._is_remembered(),
        )

    def back_up(
        self, folder: Path, *, with_key: bool, receiver: str, progress: Progress, cancelled: Cancelled
    ) -> Outcome:
        """Write a back-up into a folder."""
        kept = backing_up.back_up(
            self._desk,
            folder,
            with_key=with_key,
            encrypt_to=[receiver] if receiver else (),
            progress=progress,
            cancelled=cancelled,
        )
        return Outcome(Doing.BACKING_UP, kept.path, kept.cases, kept.file_bytes, len(kept.differing))

    def restore(
        self,
        file: Path,
        folder: Path,
        key_file: Path | None,
        passphrase: str,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Outcome:
        """Restore a back-up into a new folder; that of a locked library with its passphrase or its code."""

        def unlock(vault: Vault) -> VaultKeys:
            if read_code(passphrase) is not None:
                return vault.open_with_code(passphrase)
            return vault.open(passphrase)

        restored = restoring.restore_library(
            file,
            folder,
            self._desk.clock,
            key_file=key_file,
            unlock=unlock if passphrase else None,
            progress=progress,
            cancelled=cancelled,
        )
        return Outcome(Doing.RESTORING, restored.folder, restored.cases, differing=len(restored.differing))

    def use_library(self, folder: Path) -> None:
        """Remember another library for the next start."""
        self._remember(folder, "")

    def move_library(self, folder: Path, progress: Progress, cancelled: Cancelled) -> Outcome:
        """Move the library; afterwards this desk writes nothing any more."""
        before = str(self._desk.library)

        def switch(target: Path) -> None:
            self._remember(target, before)

        moved = moving.move_library(self._desk, folder, switch, progress, cancelled)
        return Outcome(Doing.MOVING, moved.folder, file_bytes=moved.file_bytes)

    def remove_old_library(self, progress: Progress, cancelled: Cancelled) -> Outcome:
        """Compare, and take away what the library was moved from."""
        old = Path(self._settings.library_before)
        freed = moving.remove_old(
            old, self._desk.library, self._desk.clock, progress, cancelled, self._desk.store.open_copy
        )
        self.save_settings(replace(self._settings, library_before=""))
        return Outcome(Doing.REMOVING, old, file_bytes=freed)

    def _remember(self, library: Path, before: str) -> None:
        """Raises what the disk says; then this window does not believe it either."""
        earlier = self._settings
        try:
            self.save_settings(replace(earlier, library=str(library), library_before=before))
        except Known:
            self._settings = earlier
            raise

    def _is_remembered(self) -> bool:
        """Whether the settings decide that this library is used; not one that was named for once."""
        usual = Path(self._settings.library) if self._settings.library else default_library()
        return named_library() is None and self._desk.library == usual
