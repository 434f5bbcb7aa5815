"""How commands are put together, so that every one takes the same general options."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from evidencedesk.cli.session import Session
from evidencedesk.system.passphrase import read_passphrase_file
from evidencedesk.wording.language import Words

_SECONDS = re.compile(r"\d{1,7}(?:\.\d{1,6})?", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d(?:\.\d{1,6})?)", re.ASCII)


class SecondsType(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A length or position in seconds: ``192``, ``12.5`` or ``00:03:12``; gives milliseconds."""

    name = "seconds"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Milliseconds, or a complaint."""
        if isinstance(value, int):
            return value
        if _SECONDS.fullmatch(value):
            return round(float(value) * 1000)
        if match := _CLOCK.fullmatch(value):
            hours, minutes, seconds = match.groups()
            return (int(hours or 0) * 3600 + int(minutes) * 60) * 1000 + round(float(seconds) * 1000)
        return self.fail(self._words.text("“{value}” is not a number of seconds.", value=value), param, ctx)


def command(
    words: Words,
    name: str,
    run: Callable[..., int],
    help_text: str,
    params: Sequence[click.Parameter] = (),
) -> click.Command:
    """A command; ``run`` gets the session first, then its parameters, and gives the exit code."""
    return click.Command(
        name,
        callback=click.pass_obj(run),
        help=help_text,
        short_help=help_text.splitlines()[0],
        params=[*params, *general_options(words)],
    )


def general_options(words: Words) -> list[click.Parameter]:
    """The options of every command and of the program itself."""
    t = words.text
    return [
        click.Option(
            ["--library"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            help=t("Use the library in this folder."),
            expose_value=False,
            callback=_use_library,
        ),
        click.Option(
            ["--passphrase-file"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=t("The passphrase of a locked library is the first line of this file."),
            expose_value=False,
            callback=_use_passphrase,
        ),
        # Both were already obeyed when the session was made; here they are only accepted.
        click.Option(
            ["--language"],
            type=click.Choice(["zh", "en"]),
            help=t("Language of messages and of what is made."),
            expose_value=False,
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            help=t("Results as JSON, one object per line."),
            expose_value=False,
        ),
    ]


def case_argument() -> click.Argument:
    """The case, by its name or the beginning of it."""
    return click.Argument(["case"], metavar="CASE")


def _use_passphrase(context: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        session = context.find_object(Session)
        if session is None:
            raise LookupError("no session")
        session.vault_passphrase = read_passphrase_file(value.expanduser())


def _use_library(context: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        session = context.find_object(Session)
        if session is None:
            raise LookupError("no session")
        session.library = value.expanduser().absolute()
