"""The command line: builds the commands, runs one, and turns every outcome into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from evidencedesk import __version__
from evidencedesk.cli.click_words import click_speaks
from evidencedesk.cli.commands import general_options
from evidencedesk.cli.decrypt import decrypt_command
from evidencedesk.cli.demonstrate import demo_command
from evidencedesk.cli.examine import verify_command
from evidencedesk.cli.hand_over import export_command
from evidencedesk.cli.keep import attach_command, import_command, note_command
from evidencedesk.cli.look import cases_command, show_command
from evidencedesk.cli.maintain import doctor_command, recover_command
from evidencedesk.cli.output import speak_utf8
from evidencedesk.cli.record import record_command
from evidencedesk.cli.redact import redact_command
from evidencedesk.cli.session import Session, session_for
from evidencedesk.domain.errors import Known
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words

_INTERRUPTED = 130  # what shells expect after Ctrl-C
_WRONG_USE = 2


class _InOrder(click.Group):
    """Lists commands as they were added, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Names in the order of their help."""
        return list(self.commands)


def run(argv: Sequence[str]) -> int:
    """Run one command. 0 done, 1 done with findings or gaps, 2 wrong use, 3 the machine failed."""
    speak_utf8()
    session = session_for(argv)
    with click_speaks(session.words.language, resource("locale")):
        return _run(argv, session)


def program(words: Words) -> click.Group:
    """All commands, in the order a person meets them."""
    t = words.text
    group = _InOrder(
        help=t("Record what debt collectors say, and hand it over as a case folder that anyone can check.")
        + "\n\n"
        + t("Without a command the window opens."),
        params=general_options(words),
    )
    version = click.version_option(__version__, message="EvidenceDesk %(version)s")
    for command in (
        record_command(words),
        note_command(words),
        attach_command(words),
        import_command(words),
        cases_command(words),
        show_command(words),
        export_command(words),
        redact_command(words),
        verify_command(words),
        decrypt_command(words),
        recover_command(words),
        doctor_command(words),
        demo_command(words),
    ):
        group.add_command(command)
    return version(group)


def _run(argv: Sequence[str], session: Session) -> int:
    try:
        outcome = program(session.words).main(list(argv), "evidencedesk", standalone_mode=False, obj=session)
    except click.ClickException as complaint:
        session.output.end_progress()
        complaint.show()
        session.output.event("error", code="usage", what=complaint.format_message())
        return _WRONG_USE
    except Known as error:
        session.output.error(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        session.output.message(session.words.text("Stopped, as you asked."))
        return _INTERRUPTED
    except BrokenPipeError:
        # Help piped into something that stopped reading.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        failure = disk_failure(error, Path(str(error.filename or session.library)))
        session.output.error(failure)
        return failure.exit_code
    return outcome if isinstance(outcome, int) else 0
