"""The keys that this process may open sealed files with: of the vault of its library, or of single files.

One for the process, as an agent of keys is: files are opened in some sixty places, by workers and in child
processes, and what may be opened is the same for all of them. The window's process holds the vault's private
key from unlocking to locking. A child process gets the secrets of the very files it is to read, no more.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from evidencedesk.custody.sealed_format import HEADER_BYTES, Header, file_key, read_header, vault_name
from evidencedesk.domain.errors import Code, WrongUse


class KeyRing:
    """May be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._vaults: dict[bytes, X25519PrivateKey] = {}
        self._files: dict[bytes, bytes] = {}

    def hold(self, vault: X25519PrivateKey) -> None:
        """Open the files of this vault from now on."""
        with self._lock:
            self._vaults[vault_name(vault.public_key().public_bytes_raw())] = vault

    @contextmanager
    def holding(self, vault: X25519PrivateKey | None) -> Iterator[None]:
        """The same for the length of a ``with`` block, unless it was held before; None holds nothing."""
        name = vault_name(vault.public_key().public_bytes_raw()) if vault is not None else b""
        with self._lock:
            lent = vault is not None and name not in self._vaults
            if vault is not None and lent:
                self._vaults[name] = vault
        try:
            yield
        finally:
            if lent:
                with self._lock:
                    self._vaults.pop(name, None)

    def hold_files(self, secrets: Mapping[str, str]) -> None:
        """Open these files from now on; as ``secrets_of`` gave them, perhaps in another process."""
        with self._lock:
            self._files |= {bytes.fromhex(name): bytes.fromhex(key) for name, key in secrets.items()}

    def forget(self) -> None:
        """Open nothing any more."""
        with self._lock:
            self._vaults.clear()
            self._files.clear()

    def secret(self, header: Header, path: Path) -> bytes:
        """What opens a file. Raises VAULT_LOCKED."""
        with self._lock:
            own = self._files.get(header.public)
            vault = self._vaults.get(header.vault)
        if own is not None:
            return own
        if vault is None:
            raise WrongUse(Code.VAULT_LOCKED, path=str(path))
        return file_key(header, vault)

    def secrets_of(self, paths: Iterable[Path]) -> dict[str, str]:
        """The secrets of the sealed ones among these files, for a child that is to read them.

        Files that are not sealed, or not there, need none. Raises VAULT_LOCKED and SealBroken.
        """
        found = {}
        for path in paths:
            try:
                with path.open("rb") as file:
                    header = read_header(file.read(HEADER_BYTES))
            except OSError:
                continue
            if header is not None:
                found[header.public.hex()] = self.secret(header, path).hex()
        return found


KEY_RING = KeyRing()
