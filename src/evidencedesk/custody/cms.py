"""Detached signatures in CMS (RFC 5652) that ``openssl cms -verify`` and a browser can check.

Only what EvidenceDesk itself makes is accepted: one signer, P-256, SHA-256, signed attributes, DER.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from evidencedesk.custody.device_certificate import (
    fingerprint,
    is_signed_by,
    public_key,
    require_self_made,
    sign,
)
from evidencedesk.custody.parser_refusals import PARSER_REFUSALS
from evidencedesk.domain.moment import Moment, format_utc, parse_utc

SIGNATURE_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed: the certificate in the signature, and the time its computer claimed."""

    certificate: x509.Certificate
    claimed_utc: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the certificate."""
        return fingerprint(self.certificate)


def sign_detached(
    key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, content: bytes, signed_at: Moment
) -> bytes:
    """A detached CMS signature as DER. The same arguments give the same bytes."""
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", "data"),
            _attribute("signing_time", cms.Time({"utc_time": _whole_seconds(signed_at)})),
            _attribute("message_digest", hashlib.sha256(content).digest()),
        ]
    )
    # RFC 5652 section 5.4: what is signed is the set, not its [0] form.
    return _assemble(certificate, attributes, sign(key, attributes.dump()))


def read_detached(signature: bytes, content: bytes) -> Signed:
    """Check a detached signature over ``content``. Raises ValueError with what is wrong.

    That the signature holds says nothing about whose certificate it is.
    """
    if len(signature) > SIGNATURE_LIMIT:
        raise ValueError("too large")
    try:
        signer, certificate = _only_signer(signature)
        attributes = {item["type"].native: item["values"] for item in signer["signed_attrs"]}
        digest = attributes["message_digest"][0].native
        content_type = attributes["content_type"][0].native
        claimed = attributes["signing_time"][0].native
        signed_part = signer["signed_attrs"].untag().dump()
        value = signer["signature"].native
    except PARSER_REFUSALS as error:
        raise ValueError(f"not such a signature: {type(error).__name__}") from error
    if content_type != "data" or not isinstance(claimed, datetime):
        raise ValueError("unexpected attributes")
    if digest != hashlib.sha256(content).digest():
        raise ValueError("signed was another content")
    if not is_signed_by(certificate, value, signed_part):
        raise ValueError("the signature does not belong to the certificate")
    if _assemble(certificate, cms.CMSAttributes.load(signed_part), value) != signature:
        # Parts that no signature covers must not differ either: nobody could say what they mean.
        raise ValueError("not in the form EvidenceDesk writes")
    return Signed(certificate, format_utc(claimed))


def _assemble(certificate: x509.Certificate, attributes: cms.CMSAttributes, signature: bytes) -> bytes:
    own = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    issuer = {"issuer": own.issuer, "serial_number": own.serial_number}
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(issuer)}),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
        "signed_attrs": attributes,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        "signature": signature,
    }
    signed_data = {
        "version": "v1",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
        "encap_content_info": {"content_type": "data"},
        "certificates": [own],
        "signer_infos": [cms.SignerInfo(signer)],
    }
    info = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed_data)})
    return bytes(info.dump(force=True))


def _only_signer(signature: bytes) -> tuple[cms.SignerInfo, x509.Certificate]:
    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        raise ValueError("not signed data")
    data = info["content"]
    if data["encap_content_info"]["content"].native is not None:
        raise ValueError("not detached")
    if len(data["signer_infos"]) != 1 or len(data["certificates"]) != 1:
        raise ValueError("not exactly one signer with one certificate")
    signer = data["signer_infos"][0]
    if signer["digest_algorithm"]["algorithm"].native != "sha256":
        raise ValueError("not SHA-256")
    if signer["signature_algorithm"]["algorithm"].native != "sha256_ecdsa":
        raise ValueError("not ECDSA with SHA-256")
    certificate = x509.load_der_x509_certificate(data["certificates"][0].chosen.dump())
    public_key(certificate)
    require_self_made(certificate)
    return signer, certificate


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def _whole_seconds(moment: Moment) -> core.UTCTime:
    return core.UTCTime(parse_utc(moment.utc).replace(microsecond=0))
