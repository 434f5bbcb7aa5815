"""The command line: builds the commands, runs one, and turns every outcome into an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import click

from evidencedesk import __version__
from evidencedesk.cli.click_words import click_speaks
from evidencedesk.cli.commands import general_options
from evidencedesk.cli.output import speak_utf8
from evidencedesk.cli.session import Session, session_for
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words

_INTERRUPTED = 130  # what shells expect after Ctrl-C
_WRONG_USE = 2


# In the order a person meets them. Each is loaded only when it is wanted: they bring much along, and what
# checks a case folder must run without most of it.
_COMMANDS: Mapping[str, tuple[str, str]] = {
    "record": ("evidencedesk.cli.record", "record_command"),
    "note": ("evidencedesk.cli.keep", "note_command"),
    "attach": ("evidencedesk.cli.files", "attach_command"),
    "attachments": ("evidencedesk.cli.files", "attachments_command"),
    "import": ("evidencedesk.cli.keep", "import_command"),
    "contact": ("evidencedesk.cli.contact", "contact_command"),
    "contacts": ("evidencedesk.cli.contact", "contacts_command"),
    "debt": ("evidencedesk.cli.debt", "debt_command"),
    "claim": ("evidencedesk.cli.debt", "claim_command"),
    "step": ("evidencedesk.cli.steps", "step_command"),
    "steps": ("evidencedesk.cli.steps", "steps_command"),
    "deadlines": ("evidencedesk.cli.deadlines", "deadlines_command"),
    "letter": ("evidencedesk.cli.letter", "letter_command"),
    "letters": ("evidencedesk.cli.letter", "letters_command"),
    "cases": ("evidencedesk.cli.look", "cases_command"),
    "show": ("evidencedesk.cli.look", "show_command"),
    "evidence": ("evidencedesk.cli.evidence", "evidence_command"),
    "search": ("evidencedesk.cli.search", "search_command"),
    "transcribe": ("evidencedesk.cli.transcribe", "transcribe_command"),
    "transcript": ("evidencedesk.cli.transcribe", "transcript_command"),
    "export": ("evidencedesk.cli.hand_over", "export_command"),
    "redact": ("evidencedesk.cli.redact", "redact_command"),
    "verify": ("evidencedesk.cli.examine", "verify_command"),
    "stamp": ("evidencedesk.cli.stamp", "stamp_command"),
    "decrypt": ("evidencedesk.cli.decrypt", "decrypt_command"),
    "recover": ("evidencedesk.cli.maintain", "recover_command"),
    "doctor": ("evidencedesk.cli.maintain", "doctor_command"),
    "key": ("evidencedesk.cli.key", "key_command"),
    "vault": ("evidencedesk.cli.vault", "vault_command"),
    "archive": ("evidencedesk.cli.libraries", "archive_command"),
    "backup": ("evidencedesk.cli.libraries", "backup_command"),
    "restore": ("evidencedesk.cli.libraries", "restore_command"),
    "move": ("evidencedesk.cli.libraries", "move_command"),
    "packs": ("evidencedesk.cli.packs", "packs_command"),
    "demo": ("evidencedesk.cli.demonstrate", "demo_command"),
}


class _Commands(click.Group):
    """All commands, loaded when they are asked for."""

    def __init__(self, words: Words, help_text: str) -> None:
        super().__init__(help=help_text, params=general_options(words))
        self._words = words

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Names in the order of their help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or one that says what is missing for it."""
        if cmd_name not in _COMMANDS:
            return None
        module, factory = _COMMANDS[cmd_name]
        try:
            make = getattr(importlib.import_module(module), factory)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] == "evidencedesk":
                raise
            return _not_installed(self._words, cmd_name)
        return cast("click.Command", make(self._words))


def run(argv: Sequence[str]) -> int:
    """Run one command. 0 done, 1 done with findings or gaps, 2 wrong use, 3 the machine failed."""
    speak_utf8()
    session = session_for(argv)
    with click_speaks(session.words.language, resource("locale")):
        return _run(argv, session)


def program(words: Words) -> click.Group:
    """All commands, in the order a person meets them."""
    t = words.text
    about = t("Record what debt collectors say, and hand it over as a case folder that anyone can check.")
    group = _Commands(words, about + "\n\n" + t("Without a command the window opens."))
    return click.version_option(__version__, message="EvidenceDesk %(version)s")(group)


def say_incomplete(argv: Sequence[str], what: str) -> int:
    """Say that this installation only checks folders; the exit code."""
    error = WrongUse(Code.NEEDS_WHOLE_PROGRAM, item=what)
    session_for(argv).output.error(error)
    return error.exit_code


def _not_installed(words: Words, name: str) -> click.Command:
    def refuse(_session: Session, **_given: object) -> int:
        raise WrongUse(Code.NEEDS_WHOLE_PROGRAM, item=name)

    return click.Command(
        name,
        callback=click.pass_obj(refuse),
        help=words.text("Not part of this installation."),
        params=[click.Argument(["given"], nargs=-1, type=click.UNPROCESSED)],
        context_settings={"ignore_unknown_options": True},
        add_help_option=False,
    )


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
