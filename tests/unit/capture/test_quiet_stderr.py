"""PortAudio is kept quiet while it opens and closes streams; everybody else is heard afterwards."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from evidencedesk.capture.quiet_stderr import quiet_stderr
from fakes.recordings import until


@contextlib.contextmanager
def standard_error(folder: Path) -> Iterator[Path]:
    """A file that descriptor 2 leads to for the length of the block (a fixture's would be pytest's again)."""
    path = folder / "stderr"
    before = os.dup(2)
    with path.open("wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield path
    finally:
        os.dup2(before, 2)
        os.close(before)


def write(text: bytes) -> None:
    """As a C library does."""
    os.write(2, text)


def test_what_a_library_writes_meanwhile_is_not_seen(tmp_path: Path) -> None:
    with standard_error(tmp_path) as heard:
        with quiet_stderr():
            write(b"Expression failed")
        write(b"message")
        assert heard.read_bytes() == b"message"


def test_two_legs_that_overlap_leave_it_as_it_was(tmp_path: Path) -> None:
    with standard_error(tmp_path) as heard:
        first, second = quiet_stderr(), quiet_stderr()
        with first:
            second.__enter__()
        write(b"still quiet")
        second.__exit__(None, None, None)
        write(b"message")
        assert heard.read_bytes() == b"message"


def test_many_legs_at_once_leave_it_as_it_was(tmp_path: Path) -> None:
    with standard_error(tmp_path) as heard:

        def open_and_close() -> None:
            for _ in range(50):
                with quiet_stderr():
                    write(b"Expression failed")

        threads = [threading.Thread(target=open_and_close) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        write(b"message")
        assert heard.read_bytes() == b"message"


def test_a_server_that_hangs_does_not_keep_it(tmp_path: Path) -> None:
    with standard_error(tmp_path) as heard:
        hushed, hangs = threading.Event(), threading.Event()

        def open_stream() -> None:
            with quiet_stderr():
                hushed.set()
                hangs.wait(60)

        leg = threading.Thread(target=open_stream)
        leg.start()
        hushed.wait()

        def message_is_heard() -> bool:
            write(b".")
            return heard.read_bytes() != b""

        until(message_is_heard, "messages are heard again")
        assert leg.is_alive()
        hangs.set()
        leg.join()
        before = len(heard.read_bytes())
        write(b"message")
        assert heard.read_bytes()[before:] == b"message"
