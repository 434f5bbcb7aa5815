"""The command line as a user has it, with a home and a library of its own."""

from __future__ import annotations

import json
import locale
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.cli.main import run
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


@dataclass(frozen=True)
class Outcome:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Outcome]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EVIDENCEDESK_LIBRARY", str(tmp_path / "library"))
    # A window tested in the same process has made the system's own messages follow the language.
    before = locale.setlocale(locale.LC_MESSAGES)
    locale.setlocale(locale.LC_MESSAGES, "C")
    yield tmp_path / "library"
    locale.setlocale(locale.LC_MESSAGES, before)


@pytest.fixture
def evidencedesk(library: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    def command(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return command


@pytest.fixture
def case_id(library: Path) -> str:
    """A case in the library."""
    with open_desk(library, SystemClock()) as desk:
        return open_case(desk, "来分期", "某某消费金融", "LFQ-2024-0831").id
