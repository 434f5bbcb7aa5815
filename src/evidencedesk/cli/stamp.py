"""``stamp``: send the time stamps that wait, and stamp an exported folder."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.system.places import config_file
from evidencedesk.system.settings import authorities_asked
from evidencedesk.wording.language import Words
from evidencedesk.wording.stamps import WHAT_IS_SENT, trouble_text
from evidencedesk.workflows.authorities import named_authority
from evidencedesk.workflows.send_stamps import Sent
from evidencedesk.workflows.stamp_exported import stamp_now


def stamp_command(words: Words) -> click.Command:
    """``stamp [--tsa URL [--tsa-root PEM]] [FOLDER]``."""
    t = words.text
    params: list[click.Parameter] = [
        click.Argument(["folder"], metavar="[FOLDER]", required=False, type=click.Path(path_type=Path)),
        click.Option(["--tsa"], metavar="URL", help=t("Ask this authority, not those of the settings.")),
        click.Option(
            ["--tsa-root"],
            metavar="PEM",
            type=click.Path(path_type=Path),
            help=t("The root certificate that the stamps of this authority must lead to."),
        ),
    ]
    help_text = (
        t("Send the time stamps that wait; with FOLDER stamp that case folder's signature, too.")
        + "\n\n"
        + t(WHAT_IS_SENT)
    )
    return command(words, "stamp", _stamp, help_text, params)


def _stamp(session: Session, folder: Path | None, tsa: str | None, tsa_root: Path | None) -> int:
    t = session.words.text
    chosen = authorities_asked(config_file())
    asked = chosen if tsa is None else (named_authority(tsa, tsa_root, chosen),)
    if not asked:
        session.output.message(
            t("Time stamps are off. Turn them on in the settings, or name an authority with --tsa.")
        )
        return 1
    with open_library(session) as desk:
        sent = stamp_now(desk, asked, folder)
    for one in sent:
        _tell(session, one)
    if not sent:
        session.output.message(t("No time stamp waits to be sent."))
    return 1 if any(one.trouble is not None for one in sent) else 0


def _tell(session: Session, one: Sent) -> None:
    t = session.words.text
    waiting = one.waiting
    session.output.event(
        "stamp",
        case=waiting.case or None,
        subject=waiting.subject.value,
        imprint=waiting.imprint,
        authority=waiting.authority,
        gen_time=one.gen_time or None,
        serial=one.serial or None,
        trouble=None if one.trouble is None else one.trouble.value,
        detail=one.detail or None,
    )
    named = {"authority": waiting.authority, "hash": waiting.imprint[:16]}
    if one.trouble is None:
        time = f"{one.gen_time[:19].replace('T', ' ')} UTC"
        session.output.result(t("✓ {authority}: {hash}… existed at {time}", **named, time=time))
    else:
        reason = trouble_text(session.words, one.trouble.value, one.detail)
        session.output.result(t("✗ {authority}: no stamp for {hash}…: {reason}", **named, reason=reason))
