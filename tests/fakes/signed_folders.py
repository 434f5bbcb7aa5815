"""Case folders with signatures and time stamps, made as docs/decisions/0004 says, without our own code."""

from __future__ import annotations

import dataclasses
import hashlib
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.manifests import manifest_line
from evidencedesk.domain.event import Event, EventType
from fakes.case_folders import CASE, BuiltCase, file_names, forged, reseal

SIGNATURE = "signatures/tagmanifest-sha256.txt.p7s"
SSH_SIGNATURE = "signatures/tagmanifest-sha256.txt.sshsig"
SSH_SIGNERS = "signatures/allowed-signers"
SIGNED_LIST = "signatures/signed-sha256.txt"
STARTED = "signatures/checkpoints/000001-recording-started.json"
AT_EXPORT = "signatures/checkpoints/000002-export.json"
AUTHORITY = "test-tsa"
_LATER = (SIGNATURE, SSH_SIGNATURE, "signatures/authorities/")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_SIGNING_TIME = bytes.fromhex("06092a864886f70d010905")


@dataclass(frozen=True)
class TestKey:
    """A key with its self-made certificate."""

    __test__ = False

    number: int = 1

    @cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(0x5EED << 128 | self.number, ec.SECP256R1())

    @cached_property
    def certificate(self) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "EvidenceDesk device key")])
        made = datetime(2026, 11, 23, 14, tzinfo=UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(1000 + self.number)
            .not_valid_before(made)
            .not_valid_after(made + timedelta(days=9000))
            .sign(self.key, hashes.SHA256())
        )

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.der).hexdigest()

    def sign(self, content: bytes) -> bytes:
        return self.key.sign(content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    def sign_detached(self, content: bytes) -> bytes:
        """A detached CMS signature (RFC 5652), byte for byte as the decision wants it."""
        attributes = b"".join(
            sorted(
                (
                    _der(0x30, _CONTENT_TYPE, _der(0x31, _DATA)),
                    _der(0x30, _SIGNING_TIME, _der(0x31, _der(0x17, b"261123140509Z"))),
                    _der(0x30, _MESSAGE_DIGEST, _der(0x31, _der(0x04, hashlib.sha256(content).digest()))),
                )
            )
        )
        own = self.certificate
        serial = own.serial_number.to_bytes(2, "big")
        signer = _der(
            0x30,
            _der(0x02, b"\1"),
            _der(0x30, own.issuer.public_bytes(), _der(0x02, serial)),
            _SHA256,
            _der(0xA0, attributes),
            _ECDSA_SHA256,
            _der(0x04, self.sign(_der(0x31, attributes))),
        )
        data = _der(
            0x30,
            _der(0x02, b"\1"),
            _der(0x31, _SHA256),
            _der(0x30, _DATA),
            _der(0xA0, self.der),
            _der(0x31, signer),
        )
        return _der(0x30, _SIGNED_DATA, _der(0xA0, data))

    @property
    def ssh_signers(self) -> bytes:
        """The file that ``ssh-keygen -f`` wants."""
        public = self.key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        return b'evidencedesk namespaces="case-folder" ' + public + b"\n"

    def sign_ssh(self, content: bytes, place: Path) -> bytes:
        """What OpenSSH's own tool makes."""
        (place / "ssh-key").touch(mode=0o600)
        form = (Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
        (place / "ssh-key").write_bytes(self.key.private_bytes(*form))
        command = ["ssh-keygen", "-Y", "sign", "-f", str(place / "ssh-key"), "-n", "case-folder"]
        return subprocess.run(command, input=content, check=True, capture_output=True, timeout=60).stdout


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def with_device(built: BuiltCase, key: TestKey) -> BuiltCase:
    """The same case, whose last export names the certificate."""

    def change(event: Event) -> Event:
        if event.type is not EventType.CASE_EXPORTED:
            return event
        return dataclasses.replace(event, data={**event.data, "device": key.fingerprint})

    return forged(built, change)


def checkpoint(built: BuiltCase, seq: int, why: str, key: TestKey, sounds: Sequence[Any] = ()) -> bytes:
    """What a checkpoint after the event ``seq`` saw, as it is signed."""
    event = built.events[seq - 1]
    earlier = BuiltCase(built.source, built.events[:seq])
    return canonical_line(
        {
            "v": 1,
            "case": CASE,
            "device": key.fingerprint,
            "head": {"seq": seq, "hash": earlier.head.hash},
            "offset_minutes": 480,
            "sounds": list(sounds),
            "utc": event.moment.utc,
            "why": why,
        }
    )


def sound_mark(built: BuiltCase, recording: str, line: int) -> dict[str, Any]:
    content = (built.source / "recordings" / recording / "pulse.jsonl").read_bytes().split(b"\n")
    told = hashlib.sha256(content[line - 1]).hexdigest()
    return {"recording": recording, "line": line, "hash": told, "samples": 4096}


def export_signed(built: BuiltCase, folder: Path, key: TestKey, checkpoints: Mapping[str, bytes]) -> Path:
    """Export, add checkpoints and their signatures, and sign."""
    built.export(folder)
    (folder / "signatures/checkpoints").mkdir()
    (folder / "signatures/device.pem").write_bytes(key.pem)
    for name, content in checkpoints.items():
        (folder / name).write_bytes(content)
        (folder / f"{name}.sig").write_bytes(key.sign(content))
    sign(folder, key)
    return folder


def sign(folder: Path, key: TestKey | None) -> None:
    """Redo the lists; with a key also the signature, which stays as it is without one."""
    later = [name for name in file_names(folder) if name.startswith(_LATER)]
    kept = {name: (folder / name).read_bytes() for name in [*later, SIGNED_LIST] if (folder / name).exists()}
    for name in kept:
        (folder / name).unlink()
    reseal(folder)
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    if key is not None:
        (folder / SIGNATURE).write_bytes(key.sign_detached((folder / "tagmanifest-sha256.txt").read_bytes()))
    list_signed(folder)


def list_signed(folder: Path) -> None:
    """What no tag manifest can name."""
    later = [name for name in file_names(folder) if name.startswith(_LATER)]
    lines = [
        manifest_line(hashlib.sha256((folder / name).read_bytes()).hexdigest(), name)
        for name in sorted(later, key=str.encode)
    ]
    (folder / SIGNED_LIST).write_bytes(b"".join(lines))


class Authority:
    """A time-stamping authority of our own (RFC 3161), by OpenSSL. ``kind`` is rsa or ec."""

    def __init__(self, place: Path, kind: str = "rsa", first_year: int = 2020) -> None:
        self._place = place
        self._kind = kind
        self._key = (
            rsa.generate_private_key(65537, 2048)
            if kind == "rsa"
            else ec.generate_private_key(ec.SECP384R1())
        )
        place.mkdir(parents=True)
        (place / "tsa.cnf").write_text(_TSA, "utf-8")
        (place / "serial").write_text("01", "ascii")
        (place / "tsa.pem").write_bytes(self.certificate(first_year).public_bytes(Encoding.PEM))
        form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (place / "tsa.key").write_bytes(self._key.private_bytes(*form))

    def certificate(self, first_year: int) -> x509.Certificate:
        """Always the same key, name and number; good for twenty years."""
        parts = [
            (NameOID.ORGANIZATION_NAME, "Test Authority"),
            (NameOID.COMMON_NAME, f"Test stamp {self._kind}"),
        ]
        name = x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(7)
            .not_valid_before(datetime(first_year, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(first_year + 20, 1, 1, tzinfo=UTC))
            .add_extension(purpose, critical=True)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def root(self) -> bytes:
        return (self._place / "tsa.pem").read_bytes()

    def stamp(self, content: bytes) -> tuple[bytes, bytes]:
        """A request over this content, and the answer."""
        (self._place / "content").write_bytes(content)
        self._openssl(["ts", "-query", "-data", "content", "-sha256", "-cert", "-out", "q.tsq"])
        self._openssl(["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "a.tsr"])
        return (self._place / "q.tsq").read_bytes(), (self._place / "a.tsr").read_bytes()

    def _openssl(self, arguments: list[str]) -> None:
        subprocess.run(["openssl", *arguments], cwd=self._place, check=True, capture_output=True, timeout=60)


_TSA = """
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
