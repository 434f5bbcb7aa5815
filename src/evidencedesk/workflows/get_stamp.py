"""Get one time stamp: ask, check, and fetch what a check without network will need."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from evidencedesk.custody.certificates import BUNDLE_LIMIT, read_certificates, read_roots
from evidencedesk.custody.revocation import CRL_LIMIT, Revocation, Standing, check_revocation, read_crl
from evidencedesk.custody.time_stamp import (
    ANSWER_LIMIT,
    StampInvalid,
    TimeStamp,
    certificates_in,
    is_root,
    make_request,
    read_answer,
    read_request,
    require_own_signature,
)
from evidencedesk.domain.stamp import Authority, Trouble
from evidencedesk.system.time_authority import NoAnswer
from evidencedesk.workflows.own_roots import own_roots

_FETCH_LIMIT = 4  # addresses that a certificate may make us visit


class Line(Protocol):
    """The way to an authority: ``system.time_authority.Network``."""

    def ask(self, url: str, question: bytes, headers: Mapping[str, str], limit: int) -> bytes:
        """Send a question. Raises NoAnswer."""
        ...

    def fetch(self, url: str, limit: int, authority: str) -> bytes:
        """Get a file that a certificate of the authority at this address names. Raises NoAnswer."""
        ...

    def cut(self) -> None:
        """End a wait; called from another thread."""
        ...


class NoStamp(Exception):  # noqa: N818 - it names what was not got
    """Why there is no stamp."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble.value, detail)
        self.trouble = trouble
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Received:
    """A checked answer with everything that a later check needs."""

    question: bytes
    answer: bytes
    stamp: TimeStamp
    crls: tuple[x509.CertificateRevocationList, ...]
    revocation: Revocation


def get_stamp(
    line: Line,
    authority: Authority,
    imprint: str,
    known: Sequence[x509.Certificate] = (),
    nonce: Callable[[int], int] = secrets.randbits,
) -> Received:
    """Ask an authority to stamp a SHA-256. ``known`` are certificates that led to its root before.

    Raises NoStamp: only a stamp that was checked up to a trusted root counts as one.
    """
    question = make_request(imprint, nonce(64), authority.policy)
    try:
        answer = line.ask(authority.url, question, dict(authority.headers), ANSWER_LIMIT)
    except NoAnswer as error:
        raise NoStamp(error.trouble, error.detail) from error
    return check_stamp(line, authority, question, answer, known)


def check_stamp(
    line: Line,
    authority: Authority,
    question: bytes,
    answer: bytes,
    known: Sequence[x509.Certificate] = (),
) -> Received:
    """Check an answer and fetch what is missing around it. Raises NoStamp."""
    roots = authority_roots(authority)
    try:
        stamp = _read(line, authority, question, answer, roots, known)
    except StampInvalid as error:
        raise NoStamp(error.trouble, error.detail) from error
    crls = _crls(line, authority, stamp.path)
    revocation = check_revocation(stamp.path, stamp.gen_time, crls)
    if revocation.standing is Standing.REVOKED:
        raise NoStamp(Trouble.REVOKED, revocation.name)
    return Received(question, answer, stamp, crls, revocation)


def authority_roots(authority: Authority) -> tuple[x509.Certificate, ...]:
    """The roots a stamp must lead to. Raises NoStamp when the authority's own root file is none."""
    if not authority.root_file:
        return own_roots()
    try:
        return read_roots(Path(authority.root_file).read_bytes())
    except (OSError, ValueError) as error:
        raise NoStamp(Trouble.ROOT_FILE, str(error)) from error


def _read(
    line: Line,
    authority: Authority,
    question: bytes,
    answer: bytes,
    roots: Sequence[x509.Certificate],
    known: Sequence[x509.Certificate],
) -> TimeStamp:
    request = read_request(question)
    try:
        return read_answer(answer, request, roots, known)
    except StampInvalid as error:
        if error.trouble is not Trouble.UNKNOWN_ROOT:
            raise
        # An authority may leave out what stands between: the certificates say where it is found. Only
        # whoever answered this question makes us go there: hash, number and signature are right.
        require_own_signature(answer)
        fetched = _issuers(line, authority, certificates_in(answer))
        if not fetched:
            raise
        return read_answer(answer, request, roots, [*known, *fetched])


def _issuers(
    line: Line, authority: Authority, certificates: Iterable[x509.Certificate]
) -> list[x509.Certificate]:
    found: list[x509.Certificate] = []
    waiting = list(certificates)
    visited: set[str] = set()
    while waiting and len(visited) < _FETCH_LIMIT:
        for url in _issuer_places(waiting.pop(0)):
            if url in visited or len(visited) >= _FETCH_LIMIT:
                continue
            visited.add(url)
            with suppress(NoAnswer, ValueError):
                bundle = read_certificates(line.fetch(url, BUNDLE_LIMIT, authority.url))
                new = [one for one in bundle if not is_root(one)]
                found += new
                waiting += new
    return found


def _crls(
    line: Line, authority: Authority, path: Sequence[x509.Certificate]
) -> tuple[x509.CertificateRevocationList, ...]:
    """The lists that speak of a path's certificates. Without one the stamp is kept all the same."""
    found = []
    for certificate in path[:-1]:
        for url in _crl_places(certificate)[:_FETCH_LIMIT]:
            try:
                crl = read_crl(line.fetch(url, CRL_LIMIT, authority.url))
            except (NoAnswer, ValueError):
                continue
            if crl.issuer == certificate.issuer:
                found.append(crl)
                break
    return tuple(found)


def _crl_places(certificate: x509.Certificate) -> list[str]:
    with suppress(x509.ExtensionNotFound, ValueError):
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        names = [name for point in points for name in point.full_name or ()]
        return _web(name for name in names)
    return []


def _issuer_places(certificate: x509.Certificate) -> list[str]:
    with suppress(x509.ExtensionNotFound, ValueError):
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
        wanted = AuthorityInformationAccessOID.CA_ISSUERS
        return _web(one.access_location for one in access if one.access_method == wanted)
    return []


def _web(names: Iterable[x509.GeneralName]) -> list[str]:
    urls = [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]
    return [url for url in urls if url.lower().startswith(("http://", "https://"))]
