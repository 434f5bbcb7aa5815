"""Commands about files: ``attach`` takes them in, ``attachments`` lists them."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.keep import say_kept
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.custody.casefile_json import plain_json
from evidencedesk.domain.case import AttachmentKind, CaseFile, ImportedSound, TakenIn
from evidencedesk.domain.errors import Known
from evidencedesk.domain.moment import local_text
from evidencedesk.wording.language import Words
from evidencedesk.wording.records import shows_text
from evidencedesk.workflows.take_in_once import take_in_once


def attach_command(words: Words) -> click.Command:
    """``attach CASE FILE... [--kind KIND] [--text TEXT] [--encounter ID] [--debt] [--again]``."""
    t = words.text
    help_text = t(
        "Take files into a case, bit for bit: photos, screenshots, papers. Sounds and films are imported."
    )
    params: list[click.Parameter] = [
        case_argument(),
        click.Argument(
            ["files"], metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
        ),
        click.Option(
            ["--kind"],
            type=click.Choice([kind.value for kind in AttachmentKind]),
            help=t("What the files show."),
        ),
        click.Option(["--text"], default="", metavar="TEXT", help=t("Your own words about the files.")),
        click.Option(["--encounter"], metavar="ID", help=t("The encounter they belong to.")),
        click.Option(["--debt"], is_flag=True, help=t("They are about the debt.")),
        click.Option(["--again"], is_flag=True, help=t("Take in what the case has already, too.")),
    ]
    return command(words, "attach", _attach, help_text, params)


def attachments_command(words: Words) -> click.Command:
    """``attachments CASE``."""
    help_text = words.text("List the files of a case, with what they show and belong to.")
    return command(words, "attachments", _attachments, help_text, [case_argument()])


def _attach(
    session: Session,
    case: str,
    files: tuple[Path, ...],
    kind: str | None,
    text: str,
    encounter: str | None,
    *,
    debt: bool,
    again: bool,
) -> int:
    worst = 0
    shows = None if kind is None else AttachmentKind(kind)
    with open_library(session) as desk:
        case_id = desk.store.find_case(case).id
        for path in files:
            try:
                taken = take_in_once(
                    desk, case_id, path, encounter, kind=shows, text=text, debt=debt, again=again
                )
            except Known as error:
                # One bad file must not keep the good ones out.
                session.output.error(error)
                worst = max(worst, error.exit_code)
                continue
            if taken.already:
                _say_already(session, path, taken.kept)
            else:
                say_kept(session, taken.kept)
    return worst


def _say_already(session: Session, path: Path, kept: TakenIn) -> None:
    session.output.event(
        "already", case=kept.case, file=path.name, attachment=kept.id, name=kept.name, sha256=kept.sha256
    )
    session.output.result(f"{kept.id}  {kept.sha256}  {kept.name}")
    session.output.message(
        session.words.text(
            "“{file}” is in the case already, as “{name}”; it was not taken in again (--again does).",
            file=path.name,
            name=kept.name,
        )
    )


def _attachments(session: Session, case: str) -> int:
    with open_library(session) as desk:
        case_file = desk.store.case_file(desk.store.find_case(case).id)
    for kept in sorted(case_file.taken_in, key=lambda one: one.moment.utc):
        kind = "imported" if isinstance(kept, ImportedSound) else "attachment"
        session.output.event(kind, **plain_json(kept))
        session.output.result(_line(session.words, case_file, kept))
    if not case_file.taken_in:
        session.output.message(session.words.text("No files were taken into this case yet."))
    return 0


def _line(words: Words, case_file: CaseFile, kept: TakenIn) -> str:
    if isinstance(kept, ImportedSound):
        shows = words.text("Imported, not recorded here")
    else:
        shows = shows_text(words, case_file, kept)
    when = local_text(kept.moment.utc, kept.moment.offset_minutes)
    return "  ".join(part for part in (kept.id, when, kept.name, shows) if part)
