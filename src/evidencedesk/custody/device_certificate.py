"""The certificate of a library's own key: it says "made with the same key", never who somebody is."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from evidencedesk.domain.moment import Moment, parse_utc

PEM_LIMIT = 64 * 1024
# A self-made certificate has no issuer that could renew it; what it signs is checked for decades.
_VALID_FOR = timedelta(days=365 * 30)
_NAME = "EvidenceDesk device key"


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key (FIPS 186-5)."""
    return ec.generate_private_key(ec.SECP256R1())


def self_made_certificate(key: ec.EllipticCurvePrivateKey, made: Moment) -> x509.Certificate:
    """A certificate (RFC 5280) for a key, signed with the same key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    begins = parse_utc(made.utc).replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + _VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signs_only(), critical=True)
    )
    return builder.sign(key, hashes.SHA256())


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 (hex) of the certificate's DER form: what is printed on paper."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def printed_fingerprint(text: str) -> str:
    """A fingerprint in groups of four digits, for people who compare it with paper."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4)).upper()


def read_certificate(pem: bytes) -> x509.Certificate:
    """The certificate in a PEM file. Raises ValueError for anything but one with a P-256 key.

    One block in the one form we write: tools differ in which of several certificates they use, and a reader
    must not see the fingerprint of one while another is what checks the signature.
    """
    if len(pem) > PEM_LIMIT:
        raise ValueError("too large")
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except x509.InvalidVersion as error:
        raise ValueError(str(error)) from error
    public_key(certificate)
    require_self_made(certificate)
    if certificate.public_bytes(Encoding.PEM) != pem:
        raise ValueError("not exactly one certificate in the form EvidenceDesk writes")
    return certificate


def public_key(certificate: x509.Certificate) -> ec.EllipticCurvePublicKey:
    """A certificate's P-256 key. Raises ValueError for any other kind."""
    try:
        key = certificate.public_key()
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 key")  # noqa: TRY004 - one error for everything a file can hold
    return key


def require_self_made(certificate: x509.Certificate) -> None:
    """Raises ValueError unless the certificate is signed with its own key: no byte of it was changed."""
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("the certificate was changed") from error


def sign(key: ec.EllipticCurvePrivateKey, content: bytes) -> bytes:
    """ECDSA with SHA-256 (FIPS 186-5) as DER; the same content gives the same signature (RFC 6979)."""
    return key.sign(content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def is_signed_by(certificate: x509.Certificate, signature: bytes, content: bytes) -> bool:
    """Whether ``sign`` made this signature with the certificate's key."""
    try:
        public_key(certificate).verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signs_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
