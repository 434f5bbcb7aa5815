"""How a file of a locked library looks on the disk: a header, sealed chunks, and a last one that ends it.

Chunks are AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce is a
prefix of the file's own, a counter, and whether it is the last chunk, so that none can be left out, put
elsewhere or added. Each file has a key of its own, agreed between a key pair made for this file and the
public key of the vault (X25519, RFC 7748; HKDF-SHA-256, RFC 5869): whoever writes needs no secret.

    header      magic (8) · vault's name (8) · the file's public key (32)
    chunk       length of what follows, with the tag (4, big-endian; highest bit: the last one) · sealed bytes
    last chunk  length of the plain file (8) · the definite beginning of the plain file (maybe empty)

A file whose writer was killed has no last chunk: what is there of it is an exact prefix.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"EDSEAL1\n"
NAME_BYTES = 8
PUBLIC_BYTES = 32
HEADER_BYTES = len(MAGIC) + NAME_BYTES + PUBLIC_BYTES
LENGTH_BYTES = 4
TAG_BYTES = 16
# What one chunk may hold; a reader never takes more into memory for a hostile length.
MOST_PLAIN = 1 << 20
# The beginning of a file, which its writer may still change at the end (FLAC: number of samples, MD5).
HEAD_BYTES = 1 << 12
_KEY_BYTES = 32
_PREFIX_BYTES = 7
_LAST = 1 << 31
_INFO = b"EvidenceDesk sealed file 1"
_LENGTH = struct.Struct(">I")
_END = struct.Struct(">Q")


class SealBroken(OSError):  # noqa: N818 - what happened, as all errors here are called
    """What was sealed is not as it was sealed: damaged or changed."""


@dataclass(frozen=True, slots=True)
class Header:
    """The first bytes of a sealed file."""

    vault: bytes
    public: bytes

    def packed(self) -> bytes:
        """As they stand in the file."""
        return MAGIC + self.vault + self.public


def read_header(begin: bytes) -> Header | None:
    """The header of a sealed file; None for any other file."""
    if len(begin) < HEADER_BYTES or not begin.startswith(MAGIC):
        return None
    at = len(MAGIC)
    return Header(begin[at : at + NAME_BYTES], begin[at + NAME_BYTES : HEADER_BYTES])


def vault_name(public: bytes) -> bytes:
    """What a header calls the vault with this public key."""
    return hashlib.sha256(public).digest()[:NAME_BYTES]


def new_file_key(vault_public: bytes) -> tuple[Header, bytes]:
    """A header for a new file and the secret that opens it: key and nonce prefix."""
    own = X25519PrivateKey.generate()
    public = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(vault_public))
    return Header(vault_name(vault_public), public), _derived(shared, public, vault_public)


def file_key(header: Header, vault_private: X25519PrivateKey) -> bytes:
    """The secret that opens a file, for whoever has the vault's private key. Raises SealBroken."""
    try:
        shared = vault_private.exchange(X25519PublicKey.from_public_bytes(header.public))
    except ValueError as error:  # a point of small order: made to do harm
        raise SealBroken("the file's key is none") from error
    return _derived(shared, header.public, vault_private.public_key().public_bytes_raw())


def _derived(shared: bytes, public: bytes, vault_public: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES + _PREFIX_BYTES, salt=public + vault_public, info=_INFO).derive(shared)


class Sealer:
    """Seals and opens the chunks of one file by their number."""

    def __init__(self, header: Header, secret: bytes) -> None:
        self._cipher = AESGCM(secret[:_KEY_BYTES])
        self._prefix = secret[_KEY_BYTES:]
        self._header = header.packed()

    def seal(self, number: int, plain: bytes, *, last: bool = False) -> bytes:
        """A chunk with its length in front, as it goes to the disk."""
        length = pack_length(len(plain) + TAG_BYTES, last=last)
        return length + self._cipher.encrypt(self._nonce(number, last=last), plain, self._header + length)

    def open(self, number: int, sealed: bytes, *, last: bool = False) -> bytes:
        """What was sealed. Raises SealBroken."""
        length = pack_length(len(sealed), last=last)
        try:
            return self._cipher.decrypt(self._nonce(number, last=last), sealed, self._header + length)
        except InvalidTag as error:
            raise SealBroken(f"chunk {number} is damaged or was changed") from error

    def _nonce(self, number: int, *, last: bool) -> bytes:
        return self._prefix + number.to_bytes(4, "big") + bytes([last])


def pack_length(length: int, *, last: bool) -> bytes:
    """The four bytes in front of a chunk."""
    return _LENGTH.pack(length | (_LAST if last else 0))


def unpack_length(packed: bytes) -> tuple[int, bool] | None:
    """Length of a sealed chunk and whether it is the last; None for what no writer writes."""
    (value,) = _LENGTH.unpack(packed)
    length = value & ~_LAST
    if not TAG_BYTES <= length <= MOST_PLAIN + TAG_BYTES:
        return None
    return length, bool(value & _LAST)


def pack_end(plain_bytes: int, head: bytes) -> bytes:
    """What the last chunk holds."""
    return _END.pack(plain_bytes) + head


def unpack_end(plain: bytes) -> tuple[int, bytes]:
    """Length of the plain file and its definite beginning. Raises SealBroken."""
    if not _END.size <= len(plain) <= _END.size + HEAD_BYTES:
        raise SealBroken("the last chunk is damaged")
    (length,) = _END.unpack(plain[: _END.size])
    return length, plain[_END.size :]
