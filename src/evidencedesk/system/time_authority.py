"""The only place of this program that opens a connection to another computer.

It carries a question to a time-stamping authority and fetches what a later check offline needs:
revocation lists and issuers' certificates. What is asked holds a hash, never content. Nothing that comes
back is believed here; ``custody.time_stamp`` checks it.

Where a file is fetched stands in certificates, and somebody else wrote those. So a fetch reaches public
addresses only: this computer and its neighbours (a router, a printer) are not asked anything, unless the
authority that the user chose is of that kind itself.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from evidencedesk.domain.stamp import Trouble
from evidencedesk.system.address_kind import AddressKind, address_kind

SILENCE_S = 10.0
WHOLE_S = 30.0
_QUESTION = "application/timestamp-query"
_ANSWER = "application/timestamp-reply"
_CHUNK = 64 * 1024
_SCHEMES = frozenset({"http", "https"})
_NETWORK_PLACE = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:\d+)?")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class NoAnswer(Exception):  # noqa: N818 - it names what came back
    """Why nothing usable came back."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value}: {detail}" if detail else trouble.value)
        self.trouble = trouble
        self.detail = detail[:200]


class Network:
    """Asks and fetches, one at a time; ``cut`` ends a wait from another thread."""

    def __init__(self, silence_s: float = SILENCE_S, whole_s: float = WHOLE_S) -> None:
        """``silence_s`` is the longest wait for a sign of life, ``whole_s`` for all of an answer."""
        self._silence_s = silence_s
        self._whole_s = whole_s
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._was_cut = False
        self._over = False
        self._homes: dict[str, AddressKind] = {}
        self._reachable: frozenset[AddressKind] | None = None

    def ask(self, url: str, question: bytes, headers: Mapping[str, str], limit: int) -> bytes:
        """Send a question to an authority. Raises NoAnswer."""
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked in _exchange
            url, question, {**headers, "Content-Type": _QUESTION, "Accept": _ANSWER}, method="POST"
        )
        self._reachable = None
        return self._exchange(request, limit, _ANSWER)

    def fetch(self, url: str, limit: int, authority: str) -> bytes:
        """Get a file that a certificate of the authority at this address names. Raises NoAnswer."""
        try:
            request = urllib.request.Request(url)  # noqa: S310 - as above
            home = self._home(urllib.parse.urlsplit(authority).hostname or "")
        except ValueError as error:
            raise NoAnswer(Trouble.UNREACHABLE, str(error)) from error
        self._reachable = frozenset({AddressKind.PUBLIC, home})
        return self._exchange(request, limit, "")

    def cut(self) -> None:
        """End what is going on now, and refuse what comes; for closing the program."""
        with self._lock:
            self._was_cut = True
        self._hang_up()

    def _exchange(self, request: urllib.request.Request, limit: int, kind: str) -> bytes:
        if request.type not in _SCHEMES or not request.host:
            raise NoAnswer(Trouble.UNREACHABLE, "not an address of http or https")
        if self._was_cut:
            raise NoAnswer(Trouble.UNREACHABLE, "closing")
        self._over = False
        # An answer that comes byte by byte is never silent: the whole has a limit of its own.
        alarm = threading.Timer(self._whole_s, self._hang_up)
        alarm.name = "time-stamps-limit"
        alarm.daemon = True
        ends = time.monotonic() + self._whole_s
        alarm.start()
        try:
            with self._opener().open(request, timeout=self._silence_s) as response:
                return _content(response, limit, kind, ends)
        except NoAnswer:
            raise
        except urllib.error.HTTPError as error:
            with error:
                trouble = Trouble.REDIRECTED if error.code in _REDIRECTS else Trouble.HTTP_STATUS
                raise NoAnswer(trouble, str(error.code)) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._no_answer(error) from error
        finally:
            alarm.cancel()
            with self._lock:
                self._socket = None

    def _no_answer(self, error: Exception) -> NoAnswer:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        if self._over or isinstance(cause, TimeoutError):
            return NoAnswer(Trouble.TOO_SLOW)
        if isinstance(cause, OSError):
            return NoAnswer(Trouble.UNREACHABLE, cause.strerror or str(cause))
        return NoAnswer(Trouble.NOT_AN_ANSWER, str(cause))

    def _hang_up(self) -> None:
        with self._lock:
            self._over = True
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _remember(self, opened: socket.socket | None) -> None:
        with self._lock:
            self._socket = opened
            gone = self._was_cut or self._over
        if gone:
            raise TimeoutError

    def _home(self, host: str) -> AddressKind:
        """Where the authority itself is: where it was reached, or else where all of its addresses are."""
        if host in self._homes:
            return self._homes[host]
        kinds = {address_kind(address) for address in _addresses(host)}
        return kinds.pop() if len(kinds) == 1 else AddressKind.PUBLIC

    def _dial(self, url: urllib.parse.SplitResult, place: tuple[str, int], timeout: float) -> socket.socket:
        """Connect on the way to the host of ``url``; ``place`` is that host itself, or a proxy.

        A name is looked up once, and what was looked at is what is connected to.
        """
        name, (host, port) = url.hostname or "", place
        is_itself = host.lower() == name
        if self._reachable is None:
            opened = socket.create_connection(place, timeout)
            if is_itself:
                self._homes[name] = address_kind(opened.getpeername()[0])
            return opened
        if _NETWORK_PLACE.fullmatch(url.netloc) is None:
            # An odd spelling could be read in one way here and in another by what connects.
            raise NoAnswer(Trouble.UNREACHABLE, "not a plain host name")
        addresses = _addresses(name)
        near = [one for one in addresses if address_kind(one) not in self._reachable]
        if near:
            raise NoAnswer(Trouble.UNREACHABLE, f"{name} is not on the internet: {near[0]}")
        if not is_itself:  # a proxy, which may know names that this computer doesn't
            return socket.create_connection(place, timeout)
        failure = OSError(f"no address of {name} is known")
        for address in addresses:
            try:
                return socket.create_connection((address, port), timeout)
            except OSError as error:
                failure = error
        raise failure

    def _opener(self) -> urllib.request.OpenerDirector:
        # Only what is needed: no files, no FTP, no cookies. A proxy is used if the system has one.
        opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            _Plain(self),
            _Secure(self),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _SameHost(),
        ):
            opener.add_handler(handler)
        return opener


def _addresses(host: str) -> list[str]:
    """All addresses of a host; empty when nobody here knows it."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def trusted_roots() -> tuple[bytes, ...]:
    """The certificates (DER) that this computer's own store trusts."""
    context = ssl.create_default_context()
    found = dict.fromkeys(context.get_ca_certs(binary_form=True))
    folder = ssl.get_default_verify_paths().capath
    # OpenSSL reads a folder of certificates only when it needs one of them.
    for file in sorted(Path(folder).glob("*.pem")) if folder and not found else ():
        with suppress(OSError, ValueError):
            found[ssl.PEM_cert_to_DER_cert(file.read_text("ascii"))] = None
    return tuple(found)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """A file may move within its host; a question is never sent on."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        new = urllib.parse.urlsplit(newurl)
        same = new.hostname == urllib.parse.urlsplit(req.full_url).hostname
        if req.get_method() != "GET" or not same or new.scheme not in _SCHEMES:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Plain(urllib.request.HTTPHandler):
    """HTTP whose socket is known to the owner, so that it can be cut."""

    def __init__(self, owner: Network) -> None:
        super().__init__()
        self._owner = owner

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        owner = self._owner
        url = urllib.parse.urlsplit(req.full_url)

        class Connection(http.client.HTTPConnection):
            def connect(self) -> None:
                # The library's own place for another way to connect; the TLS name stays the host's.
                self._create_connection = lambda place, timeout, _source: owner._dial(url, place, timeout)  # noqa: SLF001 - one class in two parts
                super().connect()
                owner._remember(self.sock)  # noqa: SLF001 - one class in two parts

        return self.do_open(Connection, req)


class _Secure(urllib.request.HTTPSHandler):
    """The same with TLS, checked against this computer's own store."""

    def __init__(self, owner: Network) -> None:
        self._own_context = ssl.create_default_context()
        super().__init__(context=self._own_context)
        self._owner = owner

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        owner = self._owner
        url = urllib.parse.urlsplit(req.full_url)

        class Connection(http.client.HTTPSConnection):
            def connect(self) -> None:
                # The library's own place for another way to connect; the TLS name stays the host's.
                self._create_connection = lambda place, timeout, _source: owner._dial(url, place, timeout)  # noqa: SLF001 - one class in two parts
                super().connect()
                owner._remember(self.sock)  # noqa: SLF001 - one class in two parts

        return self.do_open(Connection, req, context=self._own_context)


def _content(response: http.client.HTTPResponse, limit: int, kind: str, ends: float) -> bytes:
    found = response.headers.get_content_type()
    if kind and found != kind:
        raise NoAnswer(Trouble.NOT_AN_ANSWER, found)
    parts: list[bytes] = []
    taken = 0
    while part := response.read1(_CHUNK):
        parts.append(part)
        taken += len(part)
        if taken > limit:
            raise NoAnswer(Trouble.TOO_LARGE, str(limit))
        if time.monotonic() > ends:
            raise NoAnswer(Trouble.TOO_SLOW)
    promised = response.headers.get("Content-Length", "")
    if promised.isdecimal() and int(promised) != taken:
        raise NoAnswer(Trouble.TOO_SLOW if time.monotonic() > ends else Trouble.NOT_AN_ANSWER, "cut off")
    return b"".join(parts)
