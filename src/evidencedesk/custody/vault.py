"""The lock of a library: ``<library>/vault.json`` with its master key, wrapped once for each way to open it.

The master key is random and never changes; a new passphrase only wraps it anew. From it come (HKDF-SHA-256,
RFC 5869) the key of the database and the private key to which files are sealed. A passphrase is stretched by
Argon2id with the second recommended parameters of RFC 9106 section 4 (64 MiB, 3 passes, 4 lanes), which stand
in the file; wrapping is AES-256-GCM, bound to the public key and to how it is wrapped.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from evidencedesk.custody.recovery_code import new_code, read_code
from evidencedesk.domain.errors import Code, Unreadable, WrongUse
from evidencedesk.domain.vault import LEAST_PASSPHRASE, VAULT_FILE, OpenedBy, VaultFacts, VaultState
from evidencedesk.system.durable import disk_failure, write_atomic
from evidencedesk.system.secret_store import SecretStore

_VERSION = 1
_KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
# RFC 9106 section 4, second recommended option; more than the most here would be a file made to do harm.
_ITERATIONS, _LANES, _MEMORY_KIB = 3, 4, 64 * 1024
_MOST = {"iterations": 64, "lanes": 64, "memory_kib": 4 * 1024 * 1024}
_DATABASE = b"EvidenceDesk database 1"
_FILES = b"EvidenceDesk files 1"
_PUBLIC = b"EvidenceDesk recovery code 1"


@dataclass(frozen=True, slots=True, repr=False)
class VaultKeys:
    """What an opened vault gives: never written anywhere."""

    master: bytes
    files: X25519PrivateKey
    database: bytes

    @property
    def public(self) -> bytes:
        """What files are sealed to."""
        return self.files.public_key().public_bytes_raw()


def keys_from(master: bytes) -> VaultKeys:
    """The keys that follow from a master key."""
    files = X25519PrivateKey.from_private_bytes(_derived(master, _FILES))
    return VaultKeys(master, files, _derived(master, _DATABASE))


class Vault:
    """The vault file of one library."""

    def __init__(self, library: Path, secret_store: SecretStore) -> None:
        self._path = library / VAULT_FILE
        self._secrets = secret_store

    @property
    def library(self) -> Path:
        """Whose vault it is."""
        return self._path.parent

    def facts(self) -> VaultFacts | None:
        """What can be known without a secret; None for a library without a vault.

        Raises VAULT_DAMAGED, VAULT_NEWER and what the disk says.
        """
        told = self._read()
        if told is None:
            return None
        return VaultFacts(told.public, told.state, frozenset(told.wraps))

    def create(self, passphrase: str, state: VaultState = VaultState.SEALING) -> tuple[VaultKeys, str]:
        """A new vault, and the recovery code, which is nowhere else. Raises VAULT_HERE_ALREADY and the like.

        With an empty passphrase the keyring opens it; VAULT_NO_KEYRING where there is none.
        """
        if self._read() is not None:
            raise WrongUse(Code.VAULT_HERE_ALREADY)
        keys = keys_from(secrets.token_bytes(_KEY_BYTES))
        code = new_code()
        told = _Told(keys.public, state, {})
        told = self._wrapped(told, keys, OpenedBy.RECOVERY, read_code(code) or "")
        if passphrase:
            told = self._wrapped(told, keys, OpenedBy.PASSPHRASE, _required(passphrase))
        else:
            told = self._wrapped(told, keys, OpenedBy.KEYRING, "")
        self._write(told)
        return keys, code

    def open(self, passphrase: str) -> VaultKeys:
        """Raises VAULT_WRONG_PASSPHRASE. Takes about a fifth of a second and 64 MiB."""
        return self._opened(OpenedBy.PASSPHRASE, passphrase, Code.VAULT_WRONG_PASSPHRASE)

    def open_with_code(self, typed: str) -> VaultKeys:
        """Raises VAULT_WRONG_CODE."""
        code = read_code(typed)
        if code is None:
            raise WrongUse(Code.VAULT_WRONG_CODE)
        return self._opened(OpenedBy.RECOVERY, code, Code.VAULT_WRONG_CODE)

    def open_with_keyring(self) -> VaultKeys:
        """The keyring may ask the user meanwhile. Raises VAULT_NO_KEYRING."""
        wrap = self._present().wraps.get(OpenedBy.KEYRING)
        secret = self._secrets.get(str(wrap["name"])) if wrap is not None else None
        if secret is None:
            raise WrongUse(Code.VAULT_NO_KEYRING)
        return self._opened(OpenedBy.KEYRING, secret, Code.VAULT_NO_KEYRING)

    def set_passphrase(self, keys: VaultKeys, passphrase: str) -> None:
        """Open with this passphrase from now on, and with none before. Raises VAULT_WEAK_PASSPHRASE."""
        self._rewrap(keys, OpenedBy.PASSPHRASE, _required(passphrase))

    def renew_code(self, keys: VaultKeys) -> str:
        """A new recovery code; the one before opens nothing any more."""
        code = new_code()
        self._rewrap(keys, OpenedBy.RECOVERY, read_code(code) or "")
        return code

    def set_keyring(self, keys: VaultKeys, *, opens: bool) -> None:
        """Whether the keyring opens the vault, too. Raises VAULT_NO_KEYRING."""
        told = self._present()
        before = told.wraps.get(OpenedBy.KEYRING)
        kind = OpenedBy.KEYRING
        told = self._wrapped(told, keys, kind, "") if opens else told.without(kind)
        self._write(told)
        if before is not None:
            self._secrets.forget(str(before["name"]))

    def set_state(self, state: VaultState) -> None:
        """Note how far the library is."""
        self._write(replace(self._present(), state=state))

    def remove(self) -> None:
        """Take the vault away, when nothing is sealed any more. Raises what the disk says."""
        told = self._present()
        try:
            self._path.unlink()
        except OSError as error:
            raise disk_failure(error, self._path) from error
        keyring = told.wraps.get(OpenedBy.KEYRING)
        if keyring is not None:
            self._secrets.forget(str(keyring["name"]))

    def _rewrap(self, keys: VaultKeys, kind: OpenedBy, secret: str) -> None:
        self._write(self._wrapped(self._present(), keys, kind, secret))

    def _wrapped(self, told: _Told, keys: VaultKeys, kind: OpenedBy, secret: str) -> _Told:
        if keys.public != told.public:
            raise WrongUse(Code.VAULT_DAMAGED)
        about: dict[str, Any] = {"salt": secrets.token_hex(_SALT_BYTES)}
        if kind is OpenedBy.PASSPHRASE:
            about |= {"iterations": _ITERATIONS, "lanes": _LANES, "memory_kib": _MEMORY_KIB}
        if kind is OpenedBy.KEYRING:
            secret = secrets.token_hex(_KEY_BYTES)
            about["name"] = f"vault-{secrets.token_hex(8)}"
            if not self._secrets.put(about["name"], secret):
                raise WrongUse(Code.VAULT_NO_KEYRING)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        cipher = AESGCM(_wrapping_key(kind, secret, about))
        sealed = cipher.encrypt(nonce, keys.master, _bound(told.public, kind, about))
        return told.with_wrap(kind, {**about, "nonce": nonce.hex(), "key": sealed.hex()})

    def _opened(self, kind: OpenedBy, secret: str, refusal: Code) -> VaultKeys:
        told = self._present()
        wrap = told.wraps.get(kind)
        if wrap is None:
            raise WrongUse(refusal)
        about = {name: value for name, value in wrap.items() if name not in ("nonce", "key")}
        try:
            cipher = AESGCM(_wrapping_key(kind, secret, about))
            master = cipher.decrypt(
                bytes.fromhex(wrap["nonce"]), bytes.fromhex(wrap["key"]), _bound(told.public, kind, about)
            )
        except InvalidTag as error:
            raise WrongUse(refusal) from error
        except (ValueError, TypeError, KeyError) as error:
            raise self._damaged(error) from error
        keys = keys_from(master)
        if keys.public != told.public:
            raise self._damaged(ValueError("public key"))
        return keys

    def _present(self) -> _Told:
        told = self._read()
        if told is None:
            raise WrongUse(Code.VAULT_NOT_HERE)
        return told

    def _read(self) -> _Told | None:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk_failure(error, self._path) from error
        try:
            told = json.loads(content)
            if told["v"] > _VERSION:
                raise Unreadable(Code.VAULT_NEWER, path=str(self._path))
            wraps = {OpenedBy(kind): dict(wrap) for kind, wrap in told["wraps"].items()}
            public = bytes.fromhex(told["public"])
            if len(public) != _KEY_BYTES:
                raise ValueError("public key")  # noqa: TRY301 - one way out for all that is wrong
            return _Told(public, VaultState(told["state"]), wraps)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise self._damaged(error) from error

    def _write(self, told: _Told) -> None:
        content = {
            "v": _VERSION,
            "public": told.public.hex(),
            "state": told.state.value,
            "wraps": {kind.value: dict(wrap) for kind, wrap in told.wraps.items()},
        }
        try:
            write_atomic(self._path, json.dumps(content, indent=1).encode() + b"\n")
        except OSError as error:
            raise disk_failure(error, self._path) from error

    def _damaged(self, error: Exception) -> Unreadable:
        return Unreadable(Code.VAULT_DAMAGED, path=str(self._path), detail=str(error))


@dataclass(frozen=True, slots=True)
class _Told:
    public: bytes
    state: VaultState
    wraps: Mapping[OpenedBy, Mapping[str, Any]]

    def with_wrap(self, kind: OpenedBy, wrap: Mapping[str, Any]) -> _Told:
        return replace(self, wraps={**self.wraps, kind: wrap})

    def without(self, kind: OpenedBy) -> _Told:
        return replace(self, wraps={other: wrap for other, wrap in self.wraps.items() if other is not kind})


def _required(passphrase: str) -> str:
    if len(passphrase) < LEAST_PASSPHRASE:
        raise WrongUse(Code.VAULT_WEAK_PASSPHRASE, limit=LEAST_PASSPHRASE)
    return passphrase


def _wrapping_key(kind: OpenedBy, secret: str, about: Mapping[str, Any]) -> bytes:
    salt = bytes.fromhex(about["salt"])
    # The same passphrase typed on another keyboard may come in other code points.
    text = unicodedata.normalize("NFKC", secret).encode()
    if kind is not OpenedBy.PASSPHRASE:
        return _derived(text, _PUBLIC, salt)
    if any(not 1 <= int(about[name]) <= most for name, most in _MOST.items()):
        raise ValueError("Argon2id parameters")
    return Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=about["iterations"],
        lanes=about["lanes"],
        memory_cost=about["memory_kib"],
    ).derive(text)


def _bound(public: bytes, kind: OpenedBy, about: Mapping[str, Any]) -> bytes:
    return public + kind.value.encode() + json.dumps(about, sort_keys=True).encode()


def _derived(secret: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=salt, info=info).derive(secret)
