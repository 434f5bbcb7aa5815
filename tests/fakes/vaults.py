"""A vault whose keys a test holds: what is recorded meanwhile is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from evidencedesk.custody.key_ring import KEY_RING

_OPEN: list[X25519PrivateKey] = []


@contextmanager
def open_vault() -> Iterator[bytes]:
    """Its public key; the ring of this process holds the private one."""
    key = X25519PrivateKey.generate()
    _OPEN.append(key)
    KEY_RING.hold(key)
    try:
        yield key.public_key().public_bytes_raw()
    finally:
        _OPEN.remove(key)
        KEY_RING.forget()


def seals_to() -> bytes | None:
    """The public key of the open vault; None without one."""
    return _OPEN[-1].public_key().public_bytes_raw() if _OPEN else None


def lock() -> None:
    """The ring forgets; recorders go on."""
    KEY_RING.forget()


def unlock() -> None:
    """The ring holds the key again."""
    KEY_RING.hold(_OPEN[-1])


def require_nothing_readable(place: Path, *words: bytes) -> None:
    """No file anywhere in a place holds any of these, nor the beginning of a FLAC file."""
    for path in place.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            for word in (b"fLaC", *words):
                assert word not in content, f"{word[:20]!r} in {path}"
