"""Certificates as files: roots, and what stands between a stamp and its root."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning

from evidencedesk.custody.time_stamp import is_root, issued

BUNDLE_LIMIT = 1024 * 1024
_PEM = b"-----BEGIN CERTIFICATE-----"
_COUNT_LIMIT = 500


def read_certificates(content: bytes) -> tuple[x509.Certificate, ...]:
    """All certificates of a file, PEM or DER. Raises ValueError when there is none, or a broken one."""
    if len(content) > BUNDLE_LIMIT:
        raise ValueError("too large")
    try:
        if _PEM not in content:
            return (x509.load_der_x509_certificate(content),)
        found = x509.load_pem_x509_certificates(content)
        for certificate in found:
            certificate.public_key()
    except (TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise ValueError(str(error)) from error
    if len(found) > _COUNT_LIMIT:
        raise ValueError("too many")
    return tuple(dict.fromkeys(found))


def read_roots(content: bytes) -> tuple[x509.Certificate, ...]:
    """The roots of a file. Raises ValueError when one of its certificates is no root."""
    found = read_certificates(content)
    for certificate in found:
        if not is_root(certificate) or not issued(certificate, certificate):
            raise ValueError(f"not a root: {certificate.subject.rfc4514_string()[:200]}")
    return found


def usable(ders: Iterable[bytes]) -> tuple[x509.Certificate, ...]:
    """The certificates of a store that can be read; a store has a few that nobody needs."""
    found = []
    with warnings.catch_warnings():
        # Some are older than the rules that they break.
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        for der in ders:
            try:
                found.append(x509.load_der_x509_certificate(der))
            except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion):
                continue
    return tuple(found)


def bundle(certificates: Iterable[x509.Certificate]) -> bytes:
    """Certificates as one PEM file, each once, in an order that does not depend on chance."""
    pems = {one.public_bytes(Encoding.PEM) for one in certificates}
    return b"".join(sorted(pems, key=lambda pem: hashlib.sha256(pem).digest()))
