"""Both pages about the command line name every command, and every option of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from evidencedesk.cli.commands import general_options
from evidencedesk.cli.main import program
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words

DOCS = Path(__file__).parents[3] / "docs"
PAGES = ("command-line.md", "command-line.zh-CN.md")
WORDS = Words("en", resource("locale"))
PROGRAM = program(WORDS)
GENERAL = {name for option in general_options(WORDS) for name in option.opts}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command by its name."""
    context = click.Context(PROGRAM)
    for name in PROGRAM.list_commands(context):
        command = PROGRAM.get_command(context, name)
        assert command is not None
        yield name, command


def options(command: click.Command) -> Iterator[click.Option]:
    """Its own, and those of the commands in it."""
    yield from (option for option in command.params if isinstance(option, click.Option))
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from options(inner)


def rows(page: str) -> str:
    """The block at the top of a page: how each command is written."""
    text = (DOCS / page).read_text("utf-8")
    return text.split("```")[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_has_a_row(page: str) -> None:
    named = set(re.findall(r"^evidencedesk ([a-z]+)", rows(page), re.MULTILINE))
    assert named == {name for name, _ in commands()}


@pytest.mark.parametrize("page", PAGES)
def test_every_option_stands_in_the_row_of_its_command(page: str) -> None:
    # A row goes on in the lines that are set in; a command may have several.
    told: dict[str, str] = {}
    for name, row in re.findall(r"^evidencedesk ([a-z]+)(.*(?:\n .*)*)", rows(page), re.MULTILINE):
        told[name] = told.get(name, "") + row
    missing = [
        f"{name} {option.opts[0]}"
        for name, command in commands()
        for option in options(command)
        if not GENERAL.intersection(option.opts)
        if not {*option.opts, *option.secondary_opts}.intersection(re.findall(r"--[a-z-]+", told[name]))
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_no_row_has_an_option_that_is_not_there(page: str) -> None:
    known = {
        name
        for _, command in commands()
        for option in options(command)
        for name in (*option.opts, *option.secondary_opts)
    }
    assert set(re.findall(r"--[a-z-]+", rows(page))) <= known


def test_both_pages_have_the_same_rows() -> None:
    english, chinese = (
        [re.findall(r"^evidencedesk [a-z]+|--[a-z-]+", row) for row in rows(page).splitlines()]
        for page in PAGES
    )
    assert english == chinese
