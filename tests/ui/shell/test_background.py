from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, Known
from evidencedesk.ui.background import Jobs
from fakes.ui_services import disk_full


class Asker(QObject):
    """Somebody who wants to hear how it ended."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Known] = []
        self.threads: set[threading.Thread] = set()

    def succeeded(self, result: object) -> None:
        self.threads.add(threading.current_thread())
        self.results.append(result)

    def failed(self, error: Known) -> None:
        self.threads.add(threading.current_thread())
        self.errors.append(error)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    with Jobs("jobs") as made:
        yield made


@pytest.fixture
def asker(qtbot: QtBot) -> Asker:
    return Asker()


def test_work_runs_on_the_named_thread_and_its_end_on_ours(jobs: Jobs, asker: Asker, qtbot: QtBot) -> None:
    jobs.run(lambda: threading.current_thread().name, asker.succeeded, asker.failed)
    qtbot.waitUntil(lambda: asker.results == ["jobs"])
    assert asker.threads == {threading.current_thread()}


def test_a_known_error_arrives_as_it_is(jobs: Jobs, asker: Asker, qtbot: QtBot) -> None:
    def work() -> None:
        raise disk_full()

    jobs.run(work, asker.succeeded, asker.failed)
    qtbot.waitUntil(lambda: [error.code for error in asker.errors] == [Code.DISK_FULL])
    assert asker.threads == {threading.current_thread()}


def test_a_bug_reaches_the_hook_and_the_page(
    jobs: Jobs, asker: Asker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: caught.append(kind))

    def work() -> None:
        raise ZeroDivisionError

    jobs.run(work, asker.succeeded, asker.failed)
    qtbot.waitUntil(lambda: [error.code for error in asker.errors] == [Code.PROGRAM_ERROR])
    assert asker.errors[0].facts == {"reason": "ZeroDivisionError"}
    assert caught == [ZeroDivisionError]


def test_work_is_done_in_its_order_and_after_a_failure_too(jobs: Jobs, asker: Asker, qtbot: QtBot) -> None:
    def fails() -> None:
        raise disk_full()

    jobs.run(lambda: 1, asker.succeeded, asker.failed)
    jobs.run(fails, asker.succeeded, asker.failed)
    jobs.run(lambda: 2, asker.succeeded, asker.failed)
    qtbot.waitUntil(lambda: asker.results == [1, 2])
    assert len(asker.errors) == 1


def test_only_methods_of_qobjects_may_wait_for_the_end(jobs: Jobs, asker: Asker) -> None:
    with pytest.raises(TypeError):
        jobs.run(lambda: 1, lambda _result: None, asker.failed)
    with pytest.raises(TypeError):
        jobs.run(lambda: 1, asker.succeeded, print)


def test_an_answer_to_a_page_that_is_gone_is_dropped(jobs: Jobs, asker: Asker, qtbot: QtBot) -> None:
    gone = Asker()
    go_on = threading.Event()
    jobs.run(go_on.wait, gone.succeeded, gone.failed)
    jobs.run(lambda: "later", asker.succeeded, asker.failed)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go_on.set()
    qtbot.waitUntil(lambda: asker.results == ["later"])
    assert gone.results == []


def test_closing_joins_the_thread_and_refuses_more(asker: Asker) -> None:
    jobs = Jobs("short-lived")
    jobs.close()
    jobs.close()
    assert "short-lived" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(RuntimeError):
        jobs.run(lambda: 1, asker.succeeded, asker.failed)
