"""What the command line says: results on stdout, messages on stderr, nothing that could steer a terminal."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from typing import Any, TextIO

from evidencedesk.domain.errors import Known
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Words

# Characters that turn the direction of text around: a file name could show another ending than it has.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = "\n\t"


class Output:
    """The two streams of a command. When a reader goes away, the work goes on in silence."""

    def __init__(self, words: Words, *, as_json: bool) -> None:
        self._words = words
        self.as_json = as_json
        self._progress_shown = False

    def result(self, text: str) -> None:
        """A line of the result, for people. With ``--json`` results are events only."""
        if not self.as_json:
            _write(sys.stdout, printable(text) + "\n")

    def event(self, kind: str, /, **facts: Any) -> None:
        """One JSON object on a line of its own, at once. Only with ``--json``."""
        if self.as_json:
            line = json.dumps({"event": kind, **facts}, ensure_ascii=False, separators=(",", ":"))
            _write(sys.stdout, "".join(_escaped(c) for c in line) + "\n")

    def message(self, text: str) -> None:
        """A line for the person in front of the screen."""
        self.end_progress()
        _write(sys.stderr, printable(text) + "\n")

    def progress(self, text: str) -> None:
        """A line that the next one replaces; only where somebody is looking."""
        if not self.as_json and sys.stderr.isatty():
            self._progress_shown = True
            _write(sys.stderr, f"\r{printable(text)}\x1b[K")

    def end_progress(self) -> None:
        """Leave the progress line as it is and go to the next."""
        if self._progress_shown:
            self._progress_shown = False
            _write(sys.stderr, "\n")

    def error(self, error: Known) -> None:
        """What happened, is the recording safe, what to do next."""
        text = describe(self._words, error)
        detail = f" ({text.detail})" if text.detail else ""
        self.message("\n".join((text.what + detail, text.safe, text.next)))
        self.event(
            "error",
            code=error.code.value,
            what=text.what,
            safe=text.safe,
            next=text.next,
            facts=dict(error.facts),
        )


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: under LANG=C Chinese would be a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that is not valid Unicode must not be a crash either.
            stream.reconfigure(encoding="utf-8", errors="replace")


def printable(text: str) -> str:
    """Text without the characters that move the cursor, change colours or turn the direction."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steering(c) else c for c in text)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if _steering(character) else character


def _steering(character: str) -> bool:
    if character in _KEPT:
        return False
    return character in _TURNING or unicodedata.category(character) in ("Cc", "Cs")


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # `| head` has seen enough. The descriptor is replaced so that nothing complains at exit.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
