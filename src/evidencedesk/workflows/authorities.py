"""Authorities as a user writes them down: checked before they are kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from evidencedesk.custody.certificates import BUNDLE_LIMIT, read_roots
from evidencedesk.custody.time_stamp import is_policy
from evidencedesk.domain.errors import Code, Unreadable, WrongUse
from evidencedesk.domain.stamp import Authority, is_authority_name

_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x21-\x7e][\x20-\x7e]*)")
_ADDRESS = re.compile(r"[\x21-\x7e]{1,2000}")


def checked_authority(
    name: str, url: str, headers: str, root_file: str, policy: str, taken: Collection[str] = ()
) -> Authority:
    """An authority from what was written; ``headers`` one a line (``Name: value``).

    ``taken`` are the names of the others. Raises AUTHORITY_NAME, ADDRESS_WRONG, AUTHORITY_DETAILS, and
    FILE_UNREADABLE for a root file that is none.
    """
    short = name.strip().lower()
    if not is_authority_name(short) or short in taken:
        raise WrongUse(Code.AUTHORITY_NAME, item=name.strip())
    address = url.strip()
    _host(address)
    pairs = []
    for line in filter(None, map(str.strip, headers.splitlines())):
        match = _HEADER.fullmatch(line)
        if match is None:
            raise WrongUse(Code.AUTHORITY_DETAILS, item=line[:80])
        pairs.append((match[1], match[2]))
    identifier = policy.strip()
    if identifier and not is_policy(identifier):
        raise WrongUse(Code.AUTHORITY_DETAILS, item=identifier[:80])
    if root_file:
        _require_root(Path(root_file))
    return Authority(short, address, tuple(pairs), root_file, identifier)


def named_authority(url: str, root_file: Path | None, known: Sequence[Authority] = ()) -> Authority:
    """The authority at an address: one of ``known``, or one named after its host.

    Raises ADDRESS_WRONG, and FILE_UNREADABLE for a root file that is none.
    """
    for authority in known:
        if authority.url == url and root_file is None:
            return authority
    name = re.sub("[^a-z0-9]+", "-", _host(url).lower()).strip("-")[:32]
    if root_file is None:
        return Authority(name, url)
    _require_root(root_file)
    return Authority(name, url, root_file=str(root_file.absolute()))


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port  # raises when it is none
    except ValueError:
        host = ""
    if not host or not _ADDRESS.fullmatch(url) or parts.scheme not in ("http", "https"):
        raise WrongUse(Code.ADDRESS_WRONG, path=url[:200])
    return host


def _require_root(path: Path) -> None:
    try:
        with path.open("rb") as file:
            read_roots(file.read(BUNDLE_LIMIT + 1))
    except (OSError, ValueError) as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error
