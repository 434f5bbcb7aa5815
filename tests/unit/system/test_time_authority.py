"""The only way out of the computer, against a server that misbehaves in every way."""

from __future__ import annotations

import ast
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import evidencedesk
from evidencedesk.domain.stamp import Trouble
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
    assert Network().fetch(f"{server.url}/root.crl", 100_000) == crl
    with pytest.raises(NoAnswer) as caught:
        Network().fetch(f"{server.url}/root.crl", len(crl) - 1)
    assert caught.value.trouble is Trouble.TOO_LARGE


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
