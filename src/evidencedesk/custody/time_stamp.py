"""Ask for a time stamp and check what comes back (RFC 3161).

A stamp is worth what can be checked of it: that it is about these bytes, answers this question, was
made by a certificate for that purpose, and that this certificate leads to a root. The token's own
signature is checked by ``rfc3161-client``; what it leaves out (revocation, which certificate is meant)
is checked here and in ``revocation``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from asn1crypto import algos, cms, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from evidencedesk.custody.device_certificate import fingerprint
from evidencedesk.custody.parser_refusals import PARSER_REFUSALS
from evidencedesk.domain.moment import format_utc
from evidencedesk.domain.stamp import Trouble

REQUEST_LIMIT = 4 * 1024
ANSWER_LIMIT = 256 * 1024
_PATH_LIMIT = 8
_CERTIFICATE_LIMIT = 32
_NONCE_BITS = 64
_GRANTED = 0
_POLICY = re.compile(r"[0-2](\.(0|[1-9]\d{0,18})){1,20}")
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
_SIGNED_HASHES: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class StampInvalid(ValueError):  # noqa: N818 - it names what the stamp is
    """Why an answer proves nothing."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value}: {detail}" if detail else trouble.value)
        self.trouble = trouble
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: the SHA-256 (hex) to stamp, the number that must come back, the policy (or empty)."""

    imprint: str
    nonce: int
    policy: str


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What a checked token says. ``path`` leads from the signing certificate to the root."""

    gen_time: str
    accuracy_us: int | None
    serial: str
    policy: str
    imprint: str
    path: tuple[x509.Certificate, ...]

    @property
    def tsa_name(self) -> str:
        """The name in the certificate that signed."""
        return common_name(self.path[0])

    @property
    def root_name(self) -> str:
        """The name in the root certificate."""
        return common_name(self.path[-1])

    @property
    def root_fingerprint(self) -> str:
        """SHA-256 (hex) of the root certificate."""
        return fingerprint(self.path[-1])


class _Answer(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """TimeStampResp; a refusal has no token, which asn1crypto's own class does not know."""

    _fields = [  # noqa: RUF012 - asn1crypto's way
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def is_policy(text: str) -> bool:
    """Whether a text is an object identifier."""
    return _POLICY.fullmatch(text) is not None


def make_request(imprint: str, nonce: int, policy: str = "") -> bytes:
    """The exact bytes of a request about a SHA-256, which asks for the certificate, too.

    ``nonce`` is a random number of up to 64 bits: only an answer made for this request holds it.
    """
    if not 0 <= nonce < 1 << _NONCE_BITS:
        raise ValueError("not a 64-bit nonce")
    fields: dict[str, object] = {
        "version": "v1",
        "message_imprint": tsp.MessageImprint(
            {
                "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "hashed_message": bytes.fromhex(imprint),
            }
        ),
        "nonce": nonce,
        "cert_req": True,
    }
    if policy:
        fields["req_policy"] = policy
    return bytes(tsp.TimeStampReq(fields).dump())


def read_request(content: bytes) -> Request:
    """Read a request. Raises StampInvalid for anything but what ``make_request`` makes."""
    if len(content) > REQUEST_LIMIT:
        raise StampInvalid(Trouble.TOO_LARGE)
    try:
        parsed = tsp.TimeStampReq.load(content, strict=True)
        imprint = parsed["message_imprint"]["hashed_message"].native.hex()
        request = Request(imprint, parsed["nonce"].native or 0, parsed["req_policy"].native or "")
        made_again = make_request(request.imprint, request.nonce, request.policy)
    except (ValueError, *PARSER_REFUSALS) as error:
        raise StampInvalid(Trouble.JUNK, type(error).__name__) from error
    if made_again != content:
        raise StampInvalid(Trouble.JUNK, "not in the form EvidenceDesk writes")
    return request


def read_answer(
    answer: bytes,
    request: Request,
    roots: Sequence[x509.Certificate],
    intermediates: Sequence[x509.Certificate] = (),
) -> TimeStamp:
    """Check an answer against its request and everything up to one of ``roots``.

    All certificates must have been valid at the time the token names: so a check is still possible
    when they have expired since. Raises StampInvalid with what is wrong.
    """
    token = _token(answer)
    try:
        info = token["encap_content_info"]["content"].parsed
        _compare(info, request)
        leaf, embedded = _signer(token)
        generated = info["gen_time"].native
        stamp = TimeStamp(
            gen_time=format_utc(generated),
            accuracy_us=_microseconds(info["accuracy"].native),
            serial=str(info["serial_number"].native),
            policy=info["policy"].dotted,
            imprint=request.imprint,
            path=(leaf,),
        )
        _require_purpose(leaf)
        _require_meant(token, leaf)
        path = find_path(leaf, [*embedded, *intermediates], roots)
    except StampInvalid:
        raise
    except (ValueError, *PARSER_REFUSALS) as error:
        raise StampInvalid(Trouble.JUNK, type(error).__name__) from error
    for certificate in path:
        if not certificate.not_valid_before_utc <= generated <= certificate.not_valid_after_utc:
            raise StampInvalid(Trouble.EXPIRED, common_name(certificate))
    _verify(answer, request, path)
    return replace(stamp, path=path)


def certificates_in(answer: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates an answer brings along, the signing one first. Raises StampInvalid."""
    token = _token(answer)
    try:
        leaf, embedded = _signer(token)
    except StampInvalid:
        raise
    except (ValueError, *PARSER_REFUSALS) as error:
        raise StampInvalid(Trouble.JUNK, type(error).__name__) from error
    return (leaf, *(one for one in embedded if one != leaf))


def require_own_signature(answer: bytes) -> None:
    """Check the token's signature with the certificate that came along, whoever stands behind it.

    It is no check of a stamp: it only tells an answer from what somebody put together. Raises StampInvalid.
    """
    token = _token(answer)
    try:
        leaf, _embedded = _signer(token)
        signer = token["signer_infos"][0]
        attributes = {item["type"].native: item["values"] for item in signer["signed_attrs"]}
        digest = _HASHES[signer["digest_algorithm"]["algorithm"].native]
        content = token["encap_content_info"]["content"].contents
        holds = digest(content).digest() == attributes["message_digest"][0].native
        # RFC 5652, 5.4: what is signed is the set, not its [0] form.
        signed = b"\x31" + signer["signed_attrs"].dump()[1:]
        _require_signed(leaf.public_key(), signer["signature"].native, signed, digest().name)
    except (ValueError, InvalidSignature, *PARSER_REFUSALS) as error:
        raise StampInvalid(Trouble.BAD_SIGNATURE, type(error).__name__) from error
    if not holds:
        raise StampInvalid(Trouble.BAD_SIGNATURE, "of another content")


def _require_signed(key: object, signature: bytes, content: bytes, digest: str) -> None:
    algorithm = _SIGNED_HASHES[digest]()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, content, ec.ECDSA(algorithm))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, content, padding.PKCS1v15(), algorithm)
    else:
        raise UnsupportedAlgorithm("a key of another kind")


def find_path(
    leaf: x509.Certificate, others: Iterable[x509.Certificate], roots: Iterable[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """The certificates from ``leaf`` to one of ``roots``, each issued by the next.

    Raises StampInvalid with UNKNOWN_ROOT and the name at which the path ends.
    """
    trusted = list(roots)
    # A root that only came along must not become one that is trusted.
    between = [one for one in dict.fromkeys(others) if not is_root(one)][:_CERTIFICATE_LIMIT]
    waiting: list[tuple[x509.Certificate, ...]] = [(leaf,)]
    end = leaf
    while waiting:
        path = waiting.pop(0)
        end = path[-1]
        for root in trusted:
            if end == root or issued(root, end):
                return path if end == root else (*path, root)
        if len(path) < _PATH_LIMIT:
            waiting += [(*path, one) for one in between if one not in path and issued(one, end)]
    raise StampInvalid(Trouble.UNKNOWN_ROOT, end.issuer.rfc4514_string()[:200])


def issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether one certificate is signed with another's key."""
    if certificate.issuer != issuer.subject:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def is_root(certificate: x509.Certificate) -> bool:
    """Whether a certificate names itself as its issuer."""
    return certificate.issuer == certificate.subject


def common_name(certificate: x509.Certificate) -> str:
    """The short name of a certificate, for people."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value)[:200] if names else certificate.subject.rfc4514_string()[:200]


def sorted_certificates(answer: bytes) -> bytes:
    """A copy with the certificates in DER's order.

    Many authorities do not sort them; ``rfc3161-client`` refuses that. No signature covers their
    order, and no length changes. What is kept as evidence is the answer as it came.
    """
    certificates = _Answer.load(answer)["time_stamp_token"]["content"]["certificates"]
    parts = [one.dump() for one in certificates]
    found, wanted = b"".join(parts), b"".join(sorted(parts))
    if found == wanted or answer.count(found) != 1:
        return answer
    return answer.replace(found, wanted)


def _token(answer: bytes) -> cms.SignedData:
    if len(answer) > ANSWER_LIMIT:
        raise StampInvalid(Trouble.TOO_LARGE)
    try:
        parsed = _Answer.load(answer, strict=True)
        status = int(parsed["status"]["status"])
        texts = parsed["status"]["status_string"].native or []
        reasons = sorted(parsed["status"]["fail_info"].native or ())
        token = parsed["time_stamp_token"]
        data: Any = token["content"] if status == _GRANTED else None
        kind = token["content_type"].native if status == _GRANTED else ""
        content = data["encap_content_info"]["content_type"].native if kind == "signed_data" else ""
    except (ValueError, *PARSER_REFUSALS) as error:
        raise StampInvalid(Trouble.JUNK, type(error).__name__) from error
    if status != _GRANTED:
        raise StampInvalid(Trouble.REFUSED, "; ".join([*reasons, *map(str, texts)])[:200])
    if content != "tst_info":
        raise StampInvalid(Trouble.JUNK, "no token")
    return data


def _compare(info: tsp.TSTInfo, request: Request) -> None:
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256":
        raise StampInvalid(Trouble.WRONG_HASH, str(imprint["hash_algorithm"]["algorithm"].native))
    found = imprint["hashed_message"].native.hex()
    if found != request.imprint:
        raise StampInvalid(Trouble.WRONG_HASH, found)
    if info["nonce"].native != request.nonce:
        raise StampInvalid(Trouble.WRONG_NONCE)
    if request.policy and info["policy"].dotted != request.policy:
        raise StampInvalid(Trouble.WRONG_POLICY, info["policy"].dotted)


def _signer(token: cms.SignedData) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """The certificate that the token names as its signer, and all that came along."""
    if len(token["signer_infos"]) != 1:
        raise StampInvalid(Trouble.JUNK, "not exactly one signer")
    named = token["signer_infos"][0]["sid"]
    if named.name != "issuer_and_serial_number":
        raise StampInvalid(Trouble.JUNK, "signer is not named by issuer and number")
    embedded = []
    leaf = None
    for choice in token["certificates"]:
        if choice.name != "certificate":
            continue
        certificate = x509.load_der_x509_certificate(choice.chosen.dump())
        embedded.append(certificate)
        same_issuer = choice.chosen.issuer == named.chosen["issuer"]
        if same_issuer and choice.chosen.serial_number == named.chosen["serial_number"].native:
            leaf = certificate
        if len(embedded) > _CERTIFICATE_LIMIT:
            raise StampInvalid(Trouble.JUNK, "too many certificates")
    if leaf is None:
        raise StampInvalid(Trouble.NO_CERTIFICATE)
    return leaf, embedded


def _require_purpose(leaf: x509.Certificate) -> None:
    """RFC 3161, 2.3: for time stamping, nothing else, and marked as critical."""
    try:
        usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as error:
        raise StampInvalid(Trouble.WRONG_PURPOSE, common_name(leaf)) from error
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise StampInvalid(Trouble.WRONG_PURPOSE, common_name(leaf))


def _require_meant(token: cms.SignedData, leaf: x509.Certificate) -> None:
    """The signed attributes name the hash of the certificate (RFC 5816): no other one may stand in."""
    attributes = {item["type"].native: item["values"] for item in token["signer_infos"][0]["signed_attrs"]}
    der = leaf.public_bytes(Encoding.DER)
    if "signing_certificate_v2" in attributes:
        meant = attributes["signing_certificate_v2"][0]["certs"][0]
        name = meant["hash_algorithm"]["algorithm"].native
    elif "signing_certificate" in attributes:
        meant = attributes["signing_certificate"][0]["certs"][0]
        name = "sha1"
    else:
        raise StampInvalid(Trouble.BAD_SIGNATURE, "the signing certificate is not named")
    if _HASHES[name](der).digest() != meant["cert_hash"].native:
        raise StampInvalid(Trouble.BAD_SIGNATURE, "another certificate was meant")


def _microseconds(accuracy: dict[str, int | None] | None) -> int | None:
    if accuracy is None:
        return None
    return (
        (accuracy["seconds"] or 0) * 1_000_000 + (accuracy["millis"] or 0) * 1000 + (accuracy["micros"] or 0)
    )


def _verify(answer: bytes, request: Request, path: tuple[x509.Certificate, ...]) -> None:
    """Signature and chain, by rfc3161-client; a builder of its own, as it shares its lists."""
    policy = x509.ObjectIdentifier(request.policy) if request.policy else None
    *between, root = path[1:] or path
    builder = VerifierBuilder(
        policy_id=policy, intermediates=list(between), roots=[root], nonce=request.nonce
    )
    try:
        parsed = decode_timestamp_response(sorted_certificates(answer))
        builder.build().verify(parsed, bytes.fromhex(request.imprint))
    except (ValueError, VerificationError, *PARSER_REFUSALS) as error:
        raise StampInvalid(Trouble.BAD_SIGNATURE, str(error)[:200]) from error
