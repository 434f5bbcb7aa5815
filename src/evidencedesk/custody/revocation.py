"""Whether the certificates behind a time stamp were called back (RFC 5280 section 5, RFC 3161 section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from evidencedesk.custody.time_stamp import common_name
from evidencedesk.domain.moment import format_utc, parse_utc

CRL_LIMIT = 8 * 1024 * 1024
_PEM = b"-----BEGIN X509 CRL-----"
# With these reasons a key was still its owner's: stamps made before keep their worth.
_HARMLESS = frozenset(
    {
        x509.ReasonFlags.unspecified,
        x509.ReasonFlags.affiliation_changed,
        x509.ReasonFlags.superseded,
        x509.ReasonFlags.cessation_of_operation,
    }
)


class Standing(StrEnum):
    """What revocation lists say about a stamp."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Revocation:
    """The result; for a revoked certificate its name, since when, and the reason given."""

    standing: Standing
    name: str = ""
    since: str = ""
    reason: str = ""


def read_crl(content: bytes) -> x509.CertificateRevocationList:
    """A revocation list, DER or PEM. Raises ValueError."""
    if len(content) > CRL_LIMIT:
        raise ValueError("too large")
    try:
        if content.lstrip().startswith(_PEM):
            return x509.load_pem_x509_crl(content)
        return x509.load_der_x509_crl(content)
    except (TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise ValueError(str(error)) from error


def check_revocation(
    path: Sequence[x509.Certificate], gen_time: str, crls: Iterable[x509.CertificateRevocationList]
) -> Revocation:
    """Look each certificate of a path up in its issuer's lists; the root has nobody to call it back.

    Only lists signed by the issuer count. One that is older than the stamp can't clear it.
    """
    generated = parse_utc(gen_time)
    lists = list(crls)
    answer = Revocation(Standing.GOOD)
    for certificate, issuer in pairwise(path):
        own = [crl for crl in lists if _is_of(crl, issuer)]
        for crl in own:
            revoked = _entry(crl, certificate)
            if revoked is not None and _counts(revoked, generated):
                reason = _reason(revoked)
                return Revocation(
                    Standing.REVOKED,
                    common_name(certificate),
                    format_utc(revoked.revocation_date_utc),
                    "" if reason is None else reason.value,
                )
        if not any(_covers(crl, generated) for crl in own):
            answer = Revocation(Standing.UNKNOWN, common_name(certificate))
    return answer


def _is_of(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    if crl.issuer != issuer.subject:
        return False
    try:
        return crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # else TypeError
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def _covers(crl: x509.CertificateRevocationList, generated: datetime) -> bool:
    # A list is made at intervals: one that was in force at that time says what was known then.
    return crl.next_update_utc is None or crl.next_update_utc >= generated


def _entry(
    crl: x509.CertificateRevocationList, certificate: x509.Certificate
) -> x509.RevokedCertificate | None:
    return crl.get_revoked_certificate_by_serial_number(certificate.serial_number)


def _reason(revoked: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return revoked.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, ValueError):
        return None


def _counts(revoked: x509.RevokedCertificate, generated: datetime) -> bool:
    """Revoked before the stamp; or later, but for a reason that makes every stamp doubtful."""
    return revoked.revocation_date_utc <= generated or _reason(revoked) not in _HARMLESS
