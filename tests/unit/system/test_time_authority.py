"""The only way out of the computer, against a server that misbehaves in every way."""

from __future__ import annotations

import ast
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import evidencedesk
from evidencedesk.custody.time_stamp import make_request
from evidencedesk.domain.stamp import Trouble
from evidencedesk.system.address_kind import address_kind
from evidencedesk.system.time_authority import Network, NoAnswer, trusted_roots
from fakes.time_authorities import TimeServer


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeServer]:
    with TimeServer(tmp_path_factory.mktemp("authority")) as made:
        yield made


@pytest.fixture
def server(running: TimeServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[TimeServer]:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    yield running
    running.manner = "good"


def trouble(url: str, network: Network | None = None) -> Trouble:
    with pytest.raises(NoAnswer) as caught:
        (network or Network(0.5, 1.0)).ask(url, b"question", {}, 1000)
    return caught.value.trouble


def test_question_headers_and_type_arrive_as_given(server: TimeServer) -> None:
    server.manner = "junk"
    assert Network().ask(server.url, b"question", {"X-Key": "k"}, 1000) == b"no token at all"
    assert server.requests[-1] == b"question"
    sent = server.headers[-1]
    assert sent["Content-Type"] == "application/timestamp-query"
    assert sent["X-Key"] == "k"
    assert "evidencedesk" not in str(sent).lower()


@pytest.mark.parametrize(
    ("manner", "expected"),
    [
        ("html", Trouble.NOT_AN_ANSWER),
        ("500", Trouble.HTTP_STATUS),
        ("huge", Trouble.TOO_LARGE),
        ("endless", Trouble.TOO_LARGE),
        ("hang", Trouble.TOO_SLOW),
        ("drip", Trouble.TOO_SLOW),
        ("redirect", Trouble.REDIRECTED),
    ],
)
def test_each_misbehaviour_has_its_name(server: TimeServer, manner: str, expected: Trouble) -> None:
    server.manner = manner
    assert trouble(server.url) is expected


def test_a_question_is_not_even_sent_on_to_the_same_host(server: TimeServer) -> None:
    server.manner, server.elsewhere = "redirect", server.url
    asked = len(server.requests)
    assert trouble(server.url) is Trouble.REDIRECTED
    assert len(server.requests) == asked + 1


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "data:,x", "http:", "https://", "gopher://x/"]
)
def test_only_the_web_is_asked(url: str) -> None:
    assert trouble(url) is Trouble.UNREACHABLE


def test_a_closed_port_is_said_at_once() -> None:
    assert trouble("http://127.0.0.1:9/") is Trouble.UNREACHABLE


def test_tls_is_checked(server: TimeServer) -> None:
    # Plain HTTP where TLS is expected: never silently taken without.
    assert trouble(server.url.replace("http:", "https:")) in (Trouble.UNREACHABLE, Trouble.NOT_AN_ANSWER)


def test_a_file_is_fetched_whole_or_not_at_all(server: TimeServer) -> None:
    crl = (server.folder / "root.crl").read_bytes()
    assert Network().fetch(f"{server.url}/root.crl", 100_000, server.url) == crl
    with pytest.raises(NoAnswer) as caught:
        Network().fetch(f"{server.url}/root.crl", len(crl) - 1, server.url)
    assert caught.value.trouble is Trouble.TOO_LARGE


PUBLIC = "http://93.184.216.34/"
NEAR = (
    "http://127.0.0.1:{port}/root.crl",
    "http://localhost:{port}/root.crl",
    "http://LOCALHOST:{port}/root.crl",
    "http://127.1:{port}/root.crl",
    "http://0.0.0.0:{port}/root.crl",
    "http://2130706433:{port}/root.crl",
    "http://127%2e0.0.1:{port}/root.crl",
    "http://public.example%40127.0.0.1:{port}/root.crl",
    "http://x@127.0.0.1:{port}/root.crl",
    "http://[::ffff:127.0.0.1]:{port}/root.crl",
    "https://127.0.0.1:{port}/root.crl",
)


@pytest.mark.parametrize("address", NEAR)
def test_a_certificate_of_a_public_authority_sends_nobody_to_this_computer(
    server: TimeServer, address: str
) -> None:
    port = server.url.rpartition(":")[2]
    fetched = len(server.fetched)
    with pytest.raises(NoAnswer) as caught:
        Network(1, 2).fetch(address.format(port=port), 100_000, PUBLIC)
    assert caught.value.trouble is Trouble.UNREACHABLE
    assert len(server.fetched) == fetched


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/x", "http://169.254.169.254/latest", "http://[fe80::1]/"]
)
@pytest.mark.parametrize("authority", [PUBLIC, "http://127.0.0.1:9/"])
def test_nor_to_its_neighbours(address: str, authority: str) -> None:
    with pytest.raises(NoAnswer, match="is not on the internet"):
        Network(1, 2).fetch(address, 1000, authority)


@pytest.mark.parametrize("authority", ["http://127.0.0.1:9/", "http://localhost/"])
def test_an_authority_on_this_computer_may_have_its_files_here(server: TimeServer, authority: str) -> None:
    assert Network().fetch(f"{server.url}/root.crl", 100_000, authority)


def test_a_question_is_asked_wherever_the_user_says_and_the_way_is_remembered(server: TimeServer) -> None:
    network = Network()
    network.ask(server.url, make_request("0" * 64, 7), {}, 100_000)
    assert network.fetch(f"{server.url}/root.crl", 100_000, server.url)
    with pytest.raises(NoAnswer):
        network.fetch(f"{server.url}/root.crl", 100_000, PUBLIC)


def test_behind_a_proxy_the_address_is_looked_at_all_the_same(
    server: TimeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy itself may be near; what it is asked for may not."""
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", server.url)
    fetched = len(server.fetched)
    assert Network().fetch("http://authority.invalid/root.crl", 100_000, "http://authority.invalid/")
    assert server.fetched[fetched:] == ["http://authority.invalid/root.crl"]
    with pytest.raises(NoAnswer, match="is not on the internet"):
        Network().fetch("http://10.0.0.1/root.crl", 100_000, "http://authority.invalid/")
    assert len(server.fetched) == fetched + 1


@pytest.mark.parametrize("elsewhere", ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://localhost:9/"])
def test_a_file_moves_within_its_host_and_the_web_only(server: TimeServer, elsewhere: str) -> None:
    server.moved = elsewhere
    try:
        with pytest.raises(NoAnswer) as caught:
            Network().fetch(f"{server.url}/root.crl", 100_000, server.url)
    finally:
        server.moved = ""
    assert caught.value.trouble is Trouble.REDIRECTED


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("93.184.216.34", "public"),
        ("2606:2800:220:1::1", "public"),
        ("127.9.9.9", "loopback"),
        ("::", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("64:ff9b::7f00:1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("169.254.169.254", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("100.64.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fd00::1", "private"),
        ("224.0.0.1", "private"),
    ],
)
def test_every_address_has_its_kind(address: str, kind: str) -> None:
    assert address_kind(address) == kind


def test_a_wait_can_be_cut_from_another_thread(server: TimeServer) -> None:
    server.manner = "hang"
    network = Network(60, 60)
    found: list[Trouble] = []
    waiting = threading.Thread(target=lambda: found.append(trouble(server.url, network)))
    asked = len(server.requests)
    waiting.start()
    ends = time.monotonic() + 10
    while len(server.requests) == asked and time.monotonic() < ends:
        time.sleep(0.01)
    network.cut()
    waiting.join(5)
    assert not waiting.is_alive()
    assert found
    assert trouble(server.url, network) is Trouble.UNREACHABLE, "and nothing is begun afterwards"


def test_the_store_of_this_computer_has_roots() -> None:
    found = trusted_roots()
    assert len(found) > 10
    assert all(der[0] == 0x30 for der in found)


# Names that open connections, and the files that may use them, all but the first on this computer only.
_OPENERS = {"socket", "ssl", "http", "ftplib", "smtplib", "asyncio", "multiprocessing", "xmlrpc"}
_CONNECTING = ("urllib.request", "QNetworkAccessManager", "QTcpSocket", "QSslSocket", "QWebSocket")
_ALLOWED = {"system/time_authority.py", "capture/line.py", "capture/process.py"}


def test_one_file_of_the_whole_program_opens_connections() -> None:
    root = Path(evidencedesk.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        text = path.read_text("utf-8")
        names = {
            alias.name if isinstance(node, ast.Import) else f"{node.module}.{alias.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        if any(name.split(".")[0] in _OPENERS or any(one in name for one in _CONNECTING) for name in names):
            found.add(path.relative_to(root).as_posix())
    assert found == _ALLOWED
