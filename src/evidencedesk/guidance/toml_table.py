"""A strict reader for one TOML table: every key is known, has its type, and says something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from evidencedesk.domain.rules import Text

Choice = TypeVar("Choice", bound=StrEnum)


class Mistake(Exception):  # noqa: N818 - what is wrong with a pack, not a fault of the program
    """What is wrong (``missing``, ``unknown-key``, …) and where (``text.zh``)."""

    def __init__(self, reason: str, where: str) -> None:
        super().__init__(reason, where)
        self.reason = reason
        self.where = where


class Table:
    """Reads keys one by one; leaving the ``with`` block refuses keys that nobody asked for."""

    def __init__(self, values: Any, where: str) -> None:
        if not isinstance(values, dict):
            raise Mistake("wrong-type", where)
        self._left: dict[str, Any] = dict(values)
        self._where = where

    @property
    def where(self) -> str:
        """Path of this table inside the pack."""
        return self._where

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def text(self, key: str) -> str:
        """Return a line of text that is not empty."""
        return self._line(self._take(key), self._at(key))

    def text_or_empty(self, key: str) -> str:
        """Return a line of text, or nothing when the key is absent."""
        return self.text(key) if key in self._left else ""

    def words(self, key: str) -> Text:
        """Return a text that stands in both languages."""
        with opened(self._take(key), self._at(key)) as table:
            return Text(zh=table.text("zh"), en=table.text("en"))

    def words_or_none(self, key: str) -> Text | None:
        """Return a text in both languages, or None when the key is absent."""
        return self.words(key) if key in self._left else None

    def whole_number(self, key: str) -> int:
        """Return a whole number from 1 on."""
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Mistake("wrong-type", self._at(key))
        if value < 1:
            raise Mistake("out-of-range", self._at(key))
        return value

    def truth(self, key: str) -> bool:
        """Return true or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise Mistake("wrong-type", self._at(key))
        return value

    def day(self, key: str) -> date:
        """Return a TOML local date: no time of day, no text."""
        value = self._take(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise Mistake("bad-date", self._at(key))
        return value

    def day_or_none(self, key: str) -> date | None:
        """Return a date, or None when the key is absent."""
        return self.day(key) if key in self._left else None

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Return one of an enumeration's values."""
        return self._member(self.text(key), kind, self._at(key))

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """Return one or more of an enumeration's values, each once."""
        values = self._take(key)
        where = self._at(key)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise Mistake("wrong-type", where)
        if not values:
            raise Mistake("empty", where)
        members = tuple(self._member(value, kind, where) for value in values)
        if len(set(members)) != len(members):
            raise Mistake("duplicate", where)
        return members

    def texts(self, key: str) -> tuple[str, ...]:
        """Return one or more lines of text, each once."""
        values = self._take(key)
        where = self._at(key)
        if not isinstance(values, list):
            raise Mistake("wrong-type", where)
        if not values:
            raise Mistake("empty", where)
        lines = tuple(self._line(value, where) for value in values)
        if len(set(lines)) != len(lines):
            raise Mistake("duplicate", where)
        return lines

    def tables_or_none(self, key: str) -> Iterator[Table]:
        """Return the tables of an array that may be absent, but not empty."""
        return self.tables(key) if key in self._left else iter(())

    def tables(self, key: str) -> Iterator[Table]:
        """Return one or more tables of an array, one at a time, each read to its last key."""
        values = self._take(key)
        if not isinstance(values, list):
            raise Mistake("wrong-type", self._at(key))
        if not values:
            raise Mistake("empty", self._at(key))
        for number, value in enumerate(values, start=1):
            with opened(value, f"{self._at(key)}[{number}]") as table:
                yield table

    def table(self, key: str) -> Any:
        """Return a table inside this one, for ``opened``."""
        return self._take(key)

    def pairs_or_empty(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return names with lines of text, in the file's order."""
        if key not in self._left:
            return ()
        values = self._take(key)
        if not isinstance(values, dict):
            raise Mistake("wrong-type", self._at(key))
        return tuple((name, self._line(value, f"{self._at(key)}.{name}")) for name, value in values.items())

    def finish(self) -> None:
        """Refuse what was not read: a misspelt key must not be lost in silence."""
        for key in self._left:
            raise Mistake("unknown-key", self._at(key))

    def _take(self, key: str) -> Any:
        if key not in self._left:
            raise Mistake("missing", self._at(key))
        return self._left.pop(key)

    def _at(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    @staticmethod
    def _line(value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise Mistake("wrong-type", where)
        if not value.strip():
            raise Mistake("empty", where)
        if not value.isprintable():
            raise Mistake("not-one-line", where)
        return value

    @staticmethod
    def _member(value: str, kind: type[Choice], where: str) -> Choice:
        try:
            return kind(value)
        except ValueError as error:
            raise Mistake("unknown-value", f"{where}={value}") from error


@contextmanager
def opened(values: Any, where: str) -> Iterator[Table]:
    """Read a table and refuse its unread keys at the end. Raises Mistake."""
    table = Table(values, where)
    yield table
    table.finish()
