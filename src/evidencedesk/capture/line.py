"""The client's end of the line to a recorder process."""

from __future__ import annotations

import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client

from evidencedesk.system.local_address import FAMILY


class LineCutError(Exception):
    """There is nobody at the other end, or it is not the one that wrote the key."""


class Line:
    """Asks on a thread of its own: connecting, the handshake and answers may hang with a frozen process.

    One question at a time. The caller never waits longer than it says.
    """

    def __init__(self, address: str, key: bytes) -> None:
        self._address = address
        self._key = key
        self._changed = threading.Condition()
        self._question: bytes | None = None
        self._answer: bytes | None = None
        self._waiting = False
        self._cut = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="capture-line", daemon=True)
        self._thread.start()

    def ask(self, question: bytes, wait_s: float) -> bytes | None:
        """The answer; None while there is none yet. While one is due, the question is not sent again.

        Raises LineCutError.
        """
        with self._changed:
            if not self._waiting and not self._cut:
                self._question, self._waiting = question, True
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._answer is not None or self._cut, wait_s)
            if self._answer is not None:
                answer, self._answer = self._answer, None
                self._waiting = False
                return answer
            if self._cut:
                raise LineCutError
            return None

    def close(self) -> None:
        """Hang up; does not wait for a thread that hangs."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            with Client(self._address, family=FAMILY, authkey=self._key) as connection:
                while (question := self._next_question()) is not None:
                    connection.send_bytes(question)
                    answer = connection.recv_bytes()
                    with self._changed:
                        self._answer = answer
                        self._changed.notify_all()
        except (OSError, EOFError, AuthenticationError):
            with self._changed:
                self._cut = True
                self._changed.notify_all()

    def _next_question(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._question is not None or self._closed)
            question, self._question = self._question, None
            return question
