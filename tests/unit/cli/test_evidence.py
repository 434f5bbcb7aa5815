"""``evidence`` shows the numbers and arranges the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case
from unit.cli.conftest import Command


@pytest.fixture
def files(library: Path, tmp_path: Path) -> tuple[str, str, str]:
    """A case with two papers: its id and theirs."""
    with open_desk(library, SystemClock()) as desk:
        case = open_case(desk, "来分期").id
        names = []
        for name in ("合同.txt", "短信.txt"):
            path = tmp_path / name
            path.write_text(name, encoding="utf-8")
            names.append(attach_file(desk, case, path).id)
    return case, names[0], names[1]


def test_everything_has_a_number_at_first(evidencedesk: Command, files: tuple[str, str, str]) -> None:
    case, contract, message = files
    numbers = {row["id"]: row["number"] for row in evidencedesk("evidence", case, "--json").events}
    assert (numbers[contract], numbers[message]) == ("1-1", "1-2")


def test_the_list_has_only_what_was_named_in_that_order(
    evidencedesk: Command, files: tuple[str, str, str]
) -> None:
    case, contract, message = files
    arranged = evidencedesk("evidence", case, "--only", message, "--only", contract)
    assert arranged.code == 0
    assert "1-1  " + message in arranged.out
    numbers = {row["id"]: row["number"] for row in evidencedesk("evidence", case, "--json").events}
    assert numbers == {message: "1-1", contract: "1-2", "report": "", "journal": ""}


def test_what_the_case_does_not_have_is_named(evidencedesk: Command, files: tuple[str, str, str]) -> None:
    refused = evidencedesk("evidence", files[0], "--only", "a-0000n0ne", "--json")
    assert refused.code == 2
    assert Code.UNKNOWN_ITEM.value in refused.err + refused.out
