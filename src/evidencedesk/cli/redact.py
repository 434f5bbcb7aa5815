"""``redact``: make a copy for showing around."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evidencedesk.cli.commands import SecondsType, case_argument, command
from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.key import given_passphrase, tell_signature
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.redaction import Choices, Muted
from evidencedesk.wording.handover import look_again, safe_to_remove
from evidencedesk.wording.language import Words
from evidencedesk.workflows.redact_copy import redact_copy


class MuteType(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A stretch of a recording: ``r-…:12.5-00:01:30``."""

    name = "stretch"

    def __init__(self, words: Words) -> None:
        self._words = words
        self._seconds = SecondsType(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Muted:
        """The stretch, or a complaint."""
        if isinstance(value, Muted):
            return value
        recording, colon, stretch = str(value).partition(":")
        begin, dash, end = stretch.partition("-")
        if not colon:
            # An id has a dash of its own, so nothing can be guessed.
            dash = ""
        if not (recording and dash):
            self.fail(
                self._words.text(
                    "“{value}” is not RECORDING:FROM-TO, for example r-abcd1234:12-15.5.", value=value
                ),
                param,
                ctx,
            )
        from_ms = self._seconds.convert(begin, param, ctx)
        return Muted(recording, from_ms, self._seconds.convert(end, param, ctx))


def redact_command(words: Words) -> click.Command:
    """``redact CASE DEST`` with what is left out or muted, each option as often as needed."""
    t = words.text
    params: list[click.Parameter] = [
        case_argument(),
        click.Argument(["destination"], metavar="DEST", type=click.Path(path_type=Path)),
        click.Option(["--without-note"], multiple=True, metavar="ID", help=t("Leave this note out.")),
        click.Option(
            ["--without-collector"],
            multiple=True,
            metavar="ID",
            help=t("Leave what is known of this person out."),
        ),
        click.Option(
            ["--without-file"],
            multiple=True,
            metavar="ID",
            help=t("Leave this attachment or imported recording out."),
        ),
        click.Option(
            ["--mute"],
            multiple=True,
            type=MuteType(words),
            metavar="RECORDING:FROM-TO",
            help=t("Put silence of the same length in place of these seconds."),
        ),
        click.Option(
            ["--with-contacts"],
            is_flag=True,
            help=t("Keep the contacts and the steps taken, with their numbers; else all are left out."),
        ),
        click.Option(
            ["--with-numbers"],
            is_flag=True,
            help=t("Keep ID, bank card and phone numbers in notes; else they are masked."),
        ),
    ]
    help_text = t(
        "Make a copy for showing around: what you choose is left out or muted. It is marked REDACTED."
    )
    return command(words, "redact", _redact, help_text, params)


def _redact(
    session: Session,
    case: str,
    destination: Path,
    without_note: tuple[str, ...],
    without_collector: tuple[str, ...],
    without_file: tuple[str, ...],
    mute: tuple[Muted, ...],
    *,
    with_contacts: bool,
    with_numbers: bool,
) -> int:
    words = session.words
    choices = Choices(
        frozenset(without_note),
        frozenset(without_collector),
        frozenset(without_file),
        mute,
        with_contacts=with_contacts,
        with_numbers=with_numbers,
    )

    def show(done: int, total: int, _name: str) -> None:
        percent = 100 * done // total if total else 100
        session.output.progress(words.text("Writing: {percent} %", percent=percent))

    with Interrupts() as interrupts, open_library(session) as desk:
        copy = redact_copy(
            desk,
            case,
            destination,
            words,
            choices,
            progress=show,
            cancelled=lambda: interrupts.asked,
            passphrase=given_passphrase(session, desk),
        )
    session.output.end_progress()
    session.output.event(
        "redacted",
        path=str(copy.path),
        files=copy.files,
        read_back="drive" if copy.from_drive else "system",
        still_named=copy.still_named,
        also_heard=list(copy.also_heard),
        signer=copy.signer or None,
    )
    session.output.result(str(copy.path))
    session.output.message(
        words.text(
            "The redacted copy is written. Look through it before you show it: START-HERE-REDACTED.html."
        )
    )
    for line in look_again(words, copy.still_named, copy.also_heard):
        session.output.message(line)
    session.output.message(safe_to_remove(words, from_drive=copy.from_drive))
    tell_signature(session, copy.signer, copy.unsigned)
    return 0
