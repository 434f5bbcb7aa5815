"""The files of time stamps in a case folder: answers beside what they stamp, and authorities' own files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cryptography import x509

from evidencedesk.custody.bag import Bag
from evidencedesk.custody.certificates import BUNDLE_LIMIT, read_certificates, read_roots
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.revocation import CRL_LIMIT, read_crl
from evidencedesk.custody.signature_files import (
    AUTHORITIES,
    FOLDER,
    SIGNATURE_FILE,
    is_checkpoint,
    stamped_by,
)
from evidencedesk.domain.stamp import Trouble

ROOT_FILE = "root.pem"
_ANSWER, _REQUEST, _CRL = ".tsr", ".tsq", ".crl"
_CRL_COUNT_LIMIT = 20

# code, subject, expected, found
Find = Callable[[str, str, str, str], None]


@dataclass(frozen=True)
class Authority:
    """What the folder brings along for one authority. Unreadable files are as good as none."""

    bag: Bag
    name: str

    @cached_property
    def roots(self) -> tuple[x509.Certificate, ...]:
        """Roots that only this folder vouches for."""
        return self._certificates(ROOT_FILE, roots=True)

    @cached_property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """What stands between stamps and root."""
        return self._certificates("chain.pem", roots=False)

    @cached_property
    def crls(self) -> tuple[x509.CertificateRevocationList, ...]:
        """Revocation lists; each still has to be signed by its issuer."""
        lead = f"{AUTHORITIES}{self.name}/"
        names = sorted(name for name in self.bag.sizes if name.startswith(lead) and name.endswith(_CRL))
        found = []
        for name in names[:_CRL_COUNT_LIMIT]:
            try:
                found.append(read_crl(read(self.bag, name, CRL_LIMIT)))
            except (OSError, ValueError):
                continue
        return tuple(found)

    def _certificates(self, file: str, *, roots: bool) -> tuple[x509.Certificate, ...]:
        name = f"{AUTHORITIES}{self.name}/{file}"
        if name not in self.bag.sizes:
            return ()
        try:
            content = read(self.bag, name, BUNDLE_LIMIT)
            return read_roots(content) if roots else read_certificates(content)
        except (OSError, ValueError):
            return ()


def answers(bag: Bag) -> Iterator[tuple[str, str, str]]:
    """File, stamped file and authority of each answer."""
    for name in sorted(bag.sizes):
        parts = stamped_by(name)
        if parts is not None and (parts[0] == SIGNATURE_FILE or is_checkpoint(parts[0])):
            yield name, *parts


def check_beside(bag: Bag, find: Find) -> None:
    """Name what stands there and is of no use: nobody could say what it is meant to show.

    What no list names is a finding already.
    """
    for name in sorted(bag.tags.keys() | bag.signed.keys()):
        if name.startswith(AUTHORITIES):
            _check_authority_file(bag, name, find)
        elif name.startswith(FOLDER) and name.endswith((_ANSWER, _REQUEST)):
            answer = name.removesuffix(_REQUEST).removesuffix(_ANSWER) + _ANSWER
            parts = stamped_by(answer)
            if parts is None or not (parts[0] == SIGNATURE_FILE or is_checkpoint(parts[0])):
                find("stamp-invalid", name, "", f"{Trouble.JUNK}: stamps nothing")
            elif answer not in bag.sizes:
                find("stamp-invalid", name, "", f"{Trouble.JUNK}: missing: {answer}")


def _check_authority_file(bag: Bag, name: str, find: Find) -> None:
    try:
        if name.endswith(_CRL):
            read_crl(read(bag, name, CRL_LIMIT))
        elif name.endswith(f"/{ROOT_FILE}"):
            read_roots(read(bag, name, BUNDLE_LIMIT))
        else:
            read_certificates(read(bag, name, BUNDLE_LIMIT))
    except (OSError, ValueError) as error:
        detail = error.strerror if isinstance(error, OSError) else str(error)
        find("authority-invalid", name, "", str(detail))


def read(bag: Bag, name: str, limit: int) -> bytes:
    """A file as a whole. Raises OSError, ValueError."""
    if name not in bag.sizes:
        raise ValueError(f"missing: {name}")
    with os.fdopen(open_regular(bag.root / name), "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError("too large")
    return content
