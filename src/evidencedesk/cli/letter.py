"""Commands about letters: ``letter`` makes one, ``letters`` lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from click.core import ParameterSource

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.case import Progress
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.letter import LetterDraft, LetterForm, LetterKind, LetterLanguage
from evidencedesk.domain.moment import local_text
from evidencedesk.system.durable import disk_failure
from evidencedesk.wording.language import Words
from evidencedesk.wording.letters import letter_words, missing_text
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.letters.keep_letter import keep_letter
from evidencedesk.workflows.letters.make_letter import draft_letter, make_letter

_SENDER = ("name", "address", "phone", "id_number")
_FIELDS = ("addressee", "subject", "requests", "own_words", "place", "plan")
_MOST, _PROPOSED, _NONE = "all", "proposed", "none"


def letter_command(words: Words) -> click.Command:
    """``letter CASE NAME [--out FILE] [--field NAME=WORDS]…``."""
    t = words.text
    params: list[click.Parameter] = [
        case_argument(),
        click.Argument(["kind"], metavar="NAME", type=click.Choice([one.value for one in LetterKind])),
        click.Option(
            ["--out"],
            metavar="FILE",
            type=click.Path(path_type=Path),
            help=t("Write it to this new file instead of keeping it in the case."),
        ),
        click.Option(
            ["--field", "fields"],
            metavar="NAME=WORDS",
            multiple=True,
            help=t("Words for a field of the letter. Given twice, a field gets two lines."),
        ),
        click.Option(
            ["--breaches"],
            type=click.Choice([_PROPOSED, _MOST, _NONE]),
            default=_PROPOSED,
            help=t("Which breaches go in: those that suit the addressee, all, or none."),
        ),
        click.Option(
            ["--delivered"], is_flag=True, help=t("Pass your own template over and use the one delivered.")
        ),
    ]
    help_text = (
        t("Make a letter from a case, in Chinese unless --language says otherwise.")
        + "\n\n"
        + t("It is kept in the case with a planned step. Nothing is sent.")
    )
    return command(words, "letter", _letter, help_text, params)


def letters_command(words: Words) -> click.Command:
    """``letters [CASE]``."""
    case = click.Argument(["case"], metavar="[CASE]", required=False)
    return command(
        words, "letters", _letters, words.text("List the letters there are, or those of a case."), [case]
    )


def _letter(
    session: Session,
    case: str,
    kind: str,
    out: Path | None,
    fields: Sequence[str],
    breaches: str,
    *,
    delivered: bool,
) -> int:
    t = session.words.text
    with open_library(session) as desk:
        draft = draft_letter(desk, case, LetterKind(kind), _language(session))
        form = _form(session.words, draft, fields, breaches)
        made = make_letter(desk, case, form, delivered=delivered)
        facts: dict[str, object] = {
            "letter": kind,
            "language": form.language,
            "template": made.template,
            "missing": list(made.missing),
        }
        if out is not None:
            _write(out, made.content)
            session.output.event("letter", **facts, file=str(out))
            session.output.result(str(out))
        else:
            kept = keep_letter(desk, case, made)
            session.output.event(
                "letter",
                **facts,
                case=kept.case,
                attachment=kept.id,
                follow_up=kept.follow_up,
                name=kept.name,
                sha256=kept.sha256,
            )
            session.output.result(f"{kept.id}  {kept.sha256}  {kept.name}")
    if made.missing:
        names = t(", ").join(missing_text(session.words, name) for name in made.missing)
        session.output.message(t("Still missing, left blank to fill in by hand: {names}", names=names))
    session.output.message(t("Nothing was sent: print it, then post it or hand it in yourself."))
    return 0


def _letters(session: Session, case: str | None) -> int:
    if case is None:
        for kind in LetterKind:
            said = letter_words(session.words, kind)
            session.output.event(
                "letter",
                letter=kind.value,
                title=said.title,
                use=said.use,
                not_when=said.not_when,
                standing=said.standing,
            )
            session.output.result(f"{kind.value:15}  {said.title}")
            session.output.result(f"{'':15}  {said.use}")
        return 0
    with open_library(session) as desk:
        _made(session, desk, case)
    return 0


def _made(session: Session, desk: Desk, case: str) -> None:
    t = session.words.text
    case_file = desk.store.case_file(desk.store.find_case(case).id)
    steps = {one.id: one.details for one in case_file.follow_ups if not one.withdrawn}
    for one in case_file.attachments:
        if not one.template:
            continue
        step = steps.get(one.follow_up or "")
        sent = step is not None and step.progress is not Progress.PLANNED
        session.output.event(
            "letter",
            case=one.case,
            attachment=one.id,
            name=one.name,
            made=one.moment.utc,
            template=one.template,
            follow_up=one.follow_up,
            sent=step.done_utc if step is not None and sent else None,
            receipt=step.receipt if step is not None else "",
        )
        when = local_text(one.moment.utc, one.moment.offset_minutes)
        session.output.result(f"{one.id}  {when}  {t('Sent') if sent else t('Not sent yet')}  {one.name}")


def _language(session: Session) -> LetterLanguage:
    """Chinese for Chinese offices, unless somebody asked for another language by its option."""
    context: click.Context | None = click.get_current_context()
    while context is not None:
        if context.get_parameter_source("language") is ParameterSource.COMMANDLINE:
            return session.words.language
        context = context.parent
    return "zh"


def _form(words: Words, draft: LetterDraft, fields: Sequence[str], breaches: str) -> LetterForm:
    form, given = draft.form, _given(words, fields)
    sender = replace(form.sender, **{name: given[name] for name in _SENDER if name in given})
    form = replace(form, sender=sender, **{name: given[name] for name in _FIELDS if name in given})  # type: ignore[arg-type]
    if breaches == _MOST:
        return replace(form, breaches=frozenset(one.id for one in draft.breaches))
    return replace(form, breaches=frozenset()) if breaches == _NONE else form


def _given(words: Words, fields: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in fields:
        name, sign, text = one.partition("=")
        if not sign or name not in (*_SENDER, *_FIELDS):
            names = ", ".join((*_SENDER, *_FIELDS))
            raise click.UsageError(
                words.text(
                    "“{value}” is no field of a letter with its words: {names}", value=one, names=names
                )
            )
        found[name] = f"{found[name]}\n{text}" if name in found else text
    return found


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(path)) from error
    except OSError as error:
        raise disk_failure(error, path) from error
