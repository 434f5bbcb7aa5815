"""The library's own signing key: made once, kept in ``<library>/keys``, wrapped as well as the computer can.

``device.key`` is all of it: a line that tells how it is kept, the private key (PKCS#8, PEM) and the
certificate. One file is replaced as a whole, so another passphrase can't leave a key that none opens.
``device.pem`` is the certificate once more, for people. A key that can't be opened any more is set aside,
never deleted: its certificate still checks what it signed.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from evidencedesk.custody.cms import sign_detached
from evidencedesk.custody.device_certificate import (
    fingerprint,
    new_key,
    read_certificate,
    self_made_certificate,
    sign,
)
from evidencedesk.domain.errors import Code, Unreadable, WrongUse
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.system.durable import create_folder, disk_failure, fsync_folder, write_atomic
from evidencedesk.system.secret_store import SecretStore

CERTIFICATE_FILE = "device.pem"
KEY_FILE = "device.key"
ABOUT_FILE = "device.json"  # told how the key is kept, before ``device.key`` did so itself
EARLIER_FOLDER = "earlier"
SHORT = 16  # digits of a fingerprint that name a file
_ABOUT = b"EvidenceDesk-Key: "
_BEGIN = b"-----BEGIN "
_BEGIN_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


class Kept(StrEnum):
    """What stands between the private key and whoever reads the disk."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the kind, not one
    ACCOUNT = "account"  # only the rights of the file: there is no keyring, and no passphrase was chosen


@dataclass(frozen=True, slots=True)
class Signer:
    """An opened key with its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the certificate."""
        return fingerprint(self.certificate)

    def sign(self, content: bytes) -> bytes:
        """ECDSA signature as DER."""
        return sign(self.key, content)

    def sign_detached(self, content: bytes, signed_at: Moment) -> bytes:
        """CMS signature as DER."""
        return sign_detached(self.key, self.certificate, content, signed_at)

    def certificate_pem(self) -> bytes:
        """The certificate's file."""
        return self.certificate.public_bytes(Encoding.PEM)


class DeviceKey:
    """The key of one library. May be used from several threads."""

    def __init__(self, library: Path, secret_store: SecretStore, clock: Clock) -> None:
        self._folder = library / "keys"
        self._secrets = secret_store
        self._clock = clock
        self._lock = threading.RLock()
        self._open: Signer | None = None

    @property
    def kept(self) -> Kept | None:
        """How the key is kept; None before there is one. Never waits for a keyring."""
        about = self._about()
        return Kept(about["kept"]) if about else None

    @property
    def fingerprint(self) -> str:
        """Of the certificate; empty before there is one. Never waits for a keyring."""
        about = self._about()
        return about["fingerprint"] if about else ""

    @property
    def opened(self) -> Signer | None:
        """The key, if it was opened before; never waits for a keyring."""
        return self._open

    def open(self, passphrase: str = "") -> Signer:
        """Open the key; the first time, make it. A keyring may ask the user meanwhile.

        Raises KEY_LOCKED when it takes a passphrase and none was given, KEY_WRONG_PASSPHRASE,
        KEY_UNREADABLE when the keyring has lost its secret or the files are damaged, and what the disk says.
        """
        with self._lock:
            if self._open is None:
                about = self._about()
                self._open = self._load(about, passphrase) if about else self._make()
            return self._open

    def renew(self) -> Signer:
        """Make a new key. The one before is kept, with its certificate, under ``keys/earlier``."""
        with self._lock:
            self._set_aside()
            self._open = self._make()
            return self._open

    def set_passphrase(self, passphrase: str) -> None:
        """Wrap the opened key with a passphrase; with an empty one as the computer can by itself.

        Raises what ``open`` raises.
        """
        with self._lock:
            signer = self.open()
            if passphrase:
                self._write(signer, Kept.PASSPHRASE, passphrase)
            else:
                self._write_unattended(signer)

    def certificates(self) -> dict[str, x509.Certificate]:
        """By fingerprint: the present certificate and those of keys set aside, as far as they can be read."""
        found = {}
        earlier = sorted((self._folder / EARLIER_FOLDER).glob(f"*/{CERTIFICATE_FILE}"))
        for path in (*earlier, self._folder / CERTIFICATE_FILE):
            try:
                certificate = read_certificate(path.read_bytes())
            except (OSError, ValueError):
                continue
            found[fingerprint(certificate)] = certificate
        return found

    def _about(self) -> dict[str, str]:
        # Without the lock, which ``open`` holds while a keyring asks: the file is replaced as a whole.
        content = self._content()
        if content is None:
            if (self._folder / CERTIFICATE_FILE).exists() or (self._folder / ABOUT_FILE).exists():
                raise self._unreadable(KEY_FILE)
            return {}
        try:
            about = json.loads(self._line_about(content))
            told = {"kept": Kept(about["kept"]).value, "fingerprint": str(about["fingerprint"])}
            return {**told, "secret": str(about.get("secret", about["fingerprint"]))}
        except FileNotFoundError as error:
            raise self._unreadable(KEY_FILE) from error
        except OSError as error:
            raise disk_failure(error, self._folder) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._unreadable(KEY_FILE) from error

    def _content(self) -> bytes | None:
        try:
            return (self._folder / KEY_FILE).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk_failure(error, self._folder) from error

    def _line_about(self, content: bytes) -> bytes:
        if content.startswith(_ABOUT):
            return content.partition(b"\n")[0].removeprefix(_ABOUT)
        return (self._folder / ABOUT_FILE).read_bytes()

    def _load(self, about: Mapping[str, str], passphrase: str) -> Signer:
        kept = Kept(about["kept"])
        if kept is Kept.PASSPHRASE and not passphrase:
            raise WrongUse(Code.KEY_LOCKED)
        secret: str | None = passphrase
        if kept is Kept.KEYRING:
            secret = self._secrets.get(about["secret"])
            if secret is None:
                raise self._unreadable("keyring")
        _, begins, rest = (self._content() or b"").partition(_BEGIN)
        pem, ends, certificate_pem = (begins + rest).partition(_BEGIN_CERTIFICATE)
        certificate = self._certificate(ends + certificate_pem)
        try:
            key = load_pem_private_key(pem, secret.encode() if secret and kept is not Kept.ACCOUNT else None)
        except (ValueError, TypeError) as error:
            if kept is Kept.PASSPHRASE:
                raise WrongUse(Code.KEY_WRONG_PASSPHRASE) from error
            raise self._unreadable(KEY_FILE) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
            raise self._unreadable(KEY_FILE)
        return Signer(key, certificate)

    def _certificate(self, own: bytes) -> x509.Certificate:
        """From its file, which a crash may have kept from being written: then from the key's own."""
        path = self._folder / CERTIFICATE_FILE
        try:
            if own and not path.exists():
                write_atomic(path, own)
            return read_certificate(path.read_bytes())
        except FileNotFoundError as error:
            raise self._unreadable(CERTIFICATE_FILE) from error
        except OSError as error:
            raise disk_failure(error, self._folder) from error
        except ValueError as error:
            raise self._unreadable(CERTIFICATE_FILE) from error

    def _make(self) -> Signer:
        key = new_key()
        signer = Signer(key, self_made_certificate(key, self._clock.now()))
        self._write_unattended(signer)
        return signer

    def _write_unattended(self, signer: Signer) -> None:
        """Wrapped by the keyring where there is one: nobody has to type anything."""
        secret = secrets.token_hex(32)
        # Under a name of its own: the secret before opens the file until the new one has taken its place.
        name = f"{signer.fingerprint}-{secrets.token_hex(4)}" if self._about() else signer.fingerprint
        if self._secrets.put(name, secret):
            self._write(signer, Kept.KEYRING, secret, name)
        else:
            self._write(signer, Kept.ACCOUNT, "")

    def _write(self, signer: Signer, kept: Kept, secret: str, secret_name: str = "") -> None:
        before = self._about()
        wrapping: KeySerializationEncryption = NoEncryption()
        if secret:
            wrapping = BestAvailableEncryption(secret.encode())
        pem = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, wrapping)
        about = {"fingerprint": signer.fingerprint, "kept": kept.value}
        if secret_name:
            about["secret"] = secret_name
        line = _ABOUT + json.dumps(about).encode() + b"\n"
        try:
            create_folder(self._folder)
            write_atomic(self._folder / KEY_FILE, line + pem + signer.certificate_pem())
            if not (self._folder / CERTIFICATE_FILE).exists():
                write_atomic(self._folder / CERTIFICATE_FILE, signer.certificate_pem())
            (self._folder / ABOUT_FILE).unlink(missing_ok=True)
        except OSError as error:
            raise disk_failure(error, self._folder) from error
        if before and before["kept"] == Kept.KEYRING.value:
            self._secrets.forget(before["secret"])

    def _set_aside(self) -> None:
        earlier = self._folder / EARLIER_FOLDER
        number = 1
        while (aside := earlier / f"{number:04d}").exists():
            number += 1
        try:
            create_folder(aside)
            # The key goes last: a crash half way is said, and ``renew`` goes on from there.
            for name in (ABOUT_FILE, CERTIFICATE_FILE, KEY_FILE):
                if (self._folder / name).exists():
                    (self._folder / name).rename(aside / name)
            fsync_folder(aside)
            fsync_folder(self._folder)
        except OSError as error:
            raise disk_failure(error, self._folder) from error

    def _unreadable(self, reason: str) -> Unreadable:
        return Unreadable(Code.KEY_UNREADABLE, path=str(self._folder), reason=reason)
