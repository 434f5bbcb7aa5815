"""What every workflow needs: the open library and the machine's clock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from evidencedesk import __version__
from evidencedesk.custody.device_key import DeviceKey
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.plain_copy import PLAIN_COPIES
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.case import Tick
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pack_lookup import FoundItem
from evidencedesk.domain.rules import PACKS_AS_DELIVERED, RulePack
from evidencedesk.domain.stamp import Authority
from evidencedesk.guidance.shelf import Shelf
from evidencedesk.store.checkpoint_log import CheckpointLog
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.store.pending_imports import settle
from evidencedesk.system.durable import create_folder, disk_failure
from evidencedesk.system.lock import FolderLock
from evidencedesk.system.resources import resource
from evidencedesk.system.secret_store import SecretStore, SystemKeyring
from evidencedesk.workflows.library_key import database_key
from evidencedesk.workflows.working_copies import WORKING_COPIES

LOCK_FILE = "library.lock"
PACKS_FOLDER = "packs"

Authorities = Callable[[], tuple[Authority, ...]]
ChosenPacks = Callable[[], tuple[str, ...]]


def nobody() -> tuple[Authority, ...]:
    """Time stamps are off: no authority is asked."""
    return ()


def as_delivered() -> tuple[str, ...]:
    """Nobody chose other rule packs."""
    return PACKS_AS_DELIVERED


@dataclass(frozen=True)
class Desk:
    """An open library with everything the workflows ask for.

    ``authorities`` tells who is asked for time stamps now; ``stamp_wanted`` is set with each new wish.
    ``chosen_packs`` tells the ids of the rule packs that are in use now. ``vault`` tells whether and
    how the library is locked.
    """

    library: Path
    store: LibraryStore
    clock: Clock
    shelf: Shelf
    key: DeviceKey
    checkpoints: CheckpointLog
    app_version: str = __version__
    authorities: Authorities = nobody
    chosen_packs: ChosenPacks = as_delivered
    stamp_wanted: threading.Event = field(default_factory=threading.Event, compare=False)
    vault: Vault | None = field(default=None, compare=False)

    @property
    def seals_to(self) -> bytes | None:
        """What new files are sealed to; None for files that stay plain."""
        facts = self.vault.facts() if self.vault is not None else None
        return facts.seals_to if facts is not None else None

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """The packs in use, in the order in which they were chosen."""
        return self.shelf.in_use(self.chosen_packs())

    @property
    def pack(self) -> RulePack:
        """The pack that leads the checklist."""
        return self.packs[0]

    @property
    def all_packs(self) -> tuple[RulePack, ...]:
        """The newest version of every pack, in use or not."""
        return self.shelf.packs

    def pack_of(self, tick: Tick) -> FoundItem | None:
        """What a tick is about, in its own version if that is here."""
        return self.shelf.pack_of(tick)

    def packs_for(self, ticks: Iterable[Tick]) -> tuple[RulePack, ...]:
        """The packs in use, and what else is needed to tell what these ticks say."""
        return self.shelf.packs_for(ticks, self.packs)

    def case_folder(self, case_id: str) -> Path:
        """Where a case's files are kept."""
        return self.library / "cases" / case_id

    def recording_folder(self, case_id: str, recording_id: str) -> Path:
        """Where one recording's sound and pulses are kept."""
        return self.case_folder(case_id) / "recordings" / recording_id


class DeskHolder:
    """Opens a library for this process alone and closes it again.

    ``keys`` open a locked library; from then on this process may read its files. Raises LIBRARY_IN_USE when
    another process has it, VAULT_LOCKED without its keys, and what ``LibraryStore.open`` raises.
    """

    def __init__(
        self,
        library: Path,
        clock: Clock,
        *,
        restore_guards: bool = False,
        secrets: SecretStore | None = None,
        authorities: Authorities = nobody,
        chosen_packs: ChosenPacks = as_delivered,
        keys: VaultKeys | None = None,
    ) -> None:
        self._keys = keys
        self._library = library
        self._secrets = secrets or SystemKeyring()
        self._clock = clock
        self._authorities = authorities
        self._chosen_packs = chosen_packs
        self._restore_guards = restore_guards
        self._lock: FolderLock | None = None
        self._desk: Desk | None = None

    def open(self) -> Desk:
        """Lock the library, bring its database up to date, load the packs."""
        try:
            create_folder(self._library)
            lock = FolderLock(self._library / LOCK_FILE)
            taken = lock.acquire()
        except OSError as error:
            raise disk_failure(error, self._library) from error
        if not taken:
            raise MachineFailure(Code.LIBRARY_IN_USE, path=str(self._library))
        self._lock = lock
        try:
            vault = Vault(self._library, self._secrets)
            key_of_database = database_key(self._library, self._keys)
            if self._keys is not None:
                KEY_RING.hold(self._keys.files)
            shelf = Shelf(resource("packs"), self._library / PACKS_FOLDER)
            store = LibraryStore.open(
                self._library,
                self._clock,
                __version__,
                restore_guards=self._restore_guards,
                key=key_of_database,
            )
            try:
                settle(self._library, store)
            except BaseException:
                store.close()
                raise
        except BaseException:
            self._forget_keys()
            lock.release()
            self._lock = None
            raise
        key = DeviceKey(self._library, self._secrets, self._clock)
        log = CheckpointLog(self._library)
        self._desk = Desk(
            self._library,
            store,
            self._clock,
            shelf,
            key,
            log,
            authorities=self._authorities,
            chosen_packs=self._chosen_packs,
            vault=vault,
        )
        return self._desk

    def close(self) -> None:
        """Close the database and let others in. May be called twice."""
        if self._desk is not None:
            self._desk.store.close()
            self._desk = None
        self._forget_keys()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _forget_keys(self) -> None:
        if self._keys is not None:
            WORKING_COPIES.close()
            PLAIN_COPIES.drop()
            KEY_RING.forget()


@contextmanager
def open_desk(
    library: Path,
    clock: Clock,
    *,
    restore_guards: bool = False,
    authorities: Authorities = nobody,
    chosen_packs: ChosenPacks = as_delivered,
    keys: VaultKeys | None = None,
) -> Iterator[Desk]:
    """Open a library for the length of a ``with`` block.

    ``restore_guards`` makes missing triggers anew, but only when every journal is whole. ``keys`` open a
    locked one.
    """
    holder = DeskHolder(
        library,
        clock,
        restore_guards=restore_guards,
        authorities=authorities,
        chosen_packs=chosen_packs,
        keys=keys,
    )
    try:
        yield holder.open()
    finally:
        holder.close()
