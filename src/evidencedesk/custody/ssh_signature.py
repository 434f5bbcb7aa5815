"""Signatures that ``ssh-keygen -Y verify`` checks: the tool that Windows, macOS and Linux all bring along.

The format is OpenSSH's PROTOCOL.sshsig, the key the library's own (ecdsa-sha2-nistp256, RFC 5656).
"""

from __future__ import annotations

import base64
import hashlib
import struct

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from evidencedesk.custody.device_certificate import is_signed_by, public_key, sign

SIGNER_NAME = "evidencedesk"
NAMESPACE = "case-folder"
SIGNATURE_LIMIT = 16 * 1024
_MAGIC = b"SSHSIG"
_VERSION = 1
_HASH = b"sha512"
_ALGORITHM = b"ecdsa-sha2-nistp256"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"
_LINE = 70


def allowed_signers(certificate: x509.Certificate) -> bytes:
    """The file that ``ssh-keygen -f`` wants: whose signatures count, and for what."""
    return f'{SIGNER_NAME} namespaces="{NAMESPACE}" '.encode() + _openssh(certificate) + b"\n"


def sign_ssh(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, content: bytes) -> bytes:
    """An armoured signature over ``content``. The same arguments give the same bytes."""
    return _armoured(certificate, *decode_dss_signature(sign(key, _signed_part(content))))


def is_ssh_signed_by(certificate: x509.Certificate, armoured: bytes, content: bytes) -> bool:
    """Whether this is, byte for byte, what ``sign_ssh`` makes with the certificate's key over ``content``."""
    if len(armoured) > SIGNATURE_LIMIT:
        return False
    try:
        body = armoured.removeprefix(_BEGIN).removesuffix(_END).replace(b"\n", b"")
        blob = base64.b64decode(body, validate=True)
        signature = _strings(blob[len(_MAGIC) + 4 :])[-1]
        r, s = (int.from_bytes(part, "big") for part in _strings(_strings(signature)[1]))
        der = encode_dss_signature(r, s)
    except (ValueError, IndexError, struct.error):
        return False
    # One form only: bytes that the signature does not cover must not differ either.
    return is_signed_by(certificate, der, _signed_part(content)) and _armoured(certificate, r, s) == armoured


def _signed_part(content: bytes) -> bytes:
    fields = (NAMESPACE.encode(), b"", _HASH, hashlib.sha512(content).digest())
    return _MAGIC + b"".join(map(_string, fields))


def _armoured(certificate: x509.Certificate, r: int, s: int) -> bytes:
    key = base64.b64decode(_openssh(certificate).split(b" ")[1])
    signature = _string(_ALGORITHM) + _string(_string(_whole(r)) + _string(_whole(s)))
    fields = (key, NAMESPACE.encode(), b"", _HASH, signature)
    blob = _MAGIC + struct.pack(">I", _VERSION) + b"".join(map(_string, fields))
    text = base64.b64encode(blob)
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return _BEGIN + b"\n".join(lines) + b"\n" + _END


def _openssh(certificate: x509.Certificate) -> bytes:
    return public_key(certificate).public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)


def _string(content: bytes) -> bytes:
    """RFC 4251 section 5: length, then content."""
    return struct.pack(">I", len(content)) + content


def _strings(content: bytes) -> list[bytes]:
    """What ``_string`` put one behind the other. Raises struct.error, ValueError."""
    found = []
    while content:
        (length,) = struct.unpack(">I", content[:4])
        if len(content) < 4 + length:
            raise ValueError("cut off")
        found.append(content[4 : 4 + length])
        content = content[4 + length :]
    return found


def _whole(number: int) -> bytes:
    """RFC 4251 mpint: no leading zeros, but one where the first bit would be a sign."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")
