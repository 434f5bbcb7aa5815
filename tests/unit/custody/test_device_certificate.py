from __future__ import annotations

import datetime as dt
import hashlib
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from evidencedesk.custody.device_certificate import (
    PEM_LIMIT,
    fingerprint,
    is_signed_by,
    printed_fingerprint,
    read_certificate,
    sign,
)
from fakes.signers import signer


def test_a_certificate_is_read_back_as_it_was_written() -> None:
    assert read_certificate(signer().certificate_pem()) == signer().certificate


def test_the_fingerprint_is_the_sha256_of_the_der_form() -> None:
    der = ssl.PEM_cert_to_DER_cert(signer().certificate_pem().decode())
    assert fingerprint(signer().certificate) == hashlib.sha256(der).hexdigest()


def test_a_printed_fingerprint_comes_in_groups_that_people_can_compare() -> None:
    assert printed_fingerprint("0123abcdef") == "0123 ABCD EF"


def test_a_signature_holds_for_its_own_content_and_certificate_only() -> None:
    signature = sign(signer().key, b"content")
    assert is_signed_by(signer().certificate, signature, b"content")
    assert not is_signed_by(signer().certificate, signature, b"other content")
    assert not is_signed_by(signer(2).certificate, signature, b"content")
    assert not is_signed_by(signer().certificate, b"junk", b"content")


def test_signing_twice_gives_the_same_bytes() -> None:
    assert sign(signer().key, b"content") == sign(signer().key, b"content")


def _with_key(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, issuer: str = "somebody") -> bytes:
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    begins = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name("somebody")).issuer_name(name(issuer))
    builder = builder.public_key(key.public_key()).serial_number(1)
    builder = builder.not_valid_before(begins).not_valid_after(begins + dt.timedelta(days=1))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        (b"", "^.+"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "^.+"),
        (b" " * (PEM_LIMIT + 1), "too large"),
        (_with_key(rsa.generate_private_key(65537, 2048)), "P-256"),
        (_with_key(ec.generate_private_key(ec.SECP384R1())), "P-256"),
        (_with_key(ec.generate_private_key(ec.SECP256R1()), issuer="an authority"), "changed"),
    ],
)
def test_anything_but_a_self_made_p256_certificate_is_refused(pem: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_certificate(pem)


@pytest.mark.parametrize(
    "pem",
    [
        signer().certificate_pem() + signer(2).certificate_pem(),
        signer(2).certificate_pem() + signer().certificate_pem(),
        signer().certificate_pem() * 2,
        b"a note\n" + signer().certificate_pem(),
        signer().certificate_pem() + b"\n",
        signer().certificate_pem().replace(b"\n", b"\r\n"),
    ],
)
def test_a_file_with_anything_beside_one_certificate_is_refused(pem: bytes) -> None:
    with pytest.raises(ValueError, match="not exactly one certificate"):
        read_certificate(pem)


def test_a_certificate_with_a_changed_byte_is_refused() -> None:
    der = bytearray(signer().certificate.public_bytes(Encoding.DER))
    der[der.index(b"EvidenceDesk")] ^= 1
    pem = ssl.DER_cert_to_PEM_cert(bytes(der)).encode()
    with pytest.raises(ValueError, match="changed"):
        read_certificate(pem)
