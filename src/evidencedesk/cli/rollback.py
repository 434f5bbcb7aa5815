"""``rollback``: the library as it was before a newer version of the program opened it."""

from __future__ import annotations

import click

from evidencedesk.cli.commands import command
from evidencedesk.cli.session import Session
from evidencedesk.cli.vault_keys import keys_of
from evidencedesk.system.library_place import require_there
from evidencedesk.wording.language import Words
from evidencedesk.workflows.roll_back import RolledBack, roll_back


def rollback_command(words: Words) -> click.Command:
    """``rollback [--anyway]``."""
    t = words.text
    anyway = click.Option(
        ["--anyway"], is_flag=True, help=t("Also when something was added since; it stays in the kept file.")
    )
    help_text = t("Put the library's database back as it was before this version brought it up to date.")
    return command(words, "rollback", _rollback, help_text, [anyway])


def _rollback(session: Session, *, anyway: bool) -> int:
    require_there(session.library)
    done = roll_back(session.library, anyway=anyway, keys=keys_of(session, session.library))
    session.output.event(
        "rolled-back",
        path=str(session.library),
        now=done.now,
        before=done.before,
        made_by=done.made_by,
        kept=str(done.kept),
        lost_events=done.lost_events,
    )
    session.output.result(str(done.kept))
    for sentence in _told(session.words, done):
        session.output.message(sentence)
    return 0


def _told(words: Words, done: RolledBack) -> list[str]:
    t = words.text
    names = {"before": done.before, "now": done.now}
    told = [t("The library's database is as it was before: {before} instead of {now}.", **names)]
    if done.lost_events:
        told.append(
            t(
                "{count} entries of {cases} cases were added since. They stand only in the kept file; the "
                "recordings and files they name are still in the library's folders.",
                count=done.lost_events,
                cases=done.lost_cases,
            )
        )
    told.append(t("The newer database is kept: {path}", path=done.kept))
    told.append(
        t("Open it with the earlier version of the program: this one would bring it up to date again.")
    )
    return told
