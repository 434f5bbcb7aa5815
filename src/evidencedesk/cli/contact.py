"""Commands about contacts: ``contact`` logs one, ``contacts`` lists them or takes in a list."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from evidencedesk.cli.commands import SecondsType, case_argument, command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.case import CaseFile, Contact, ContactDetails, ContactKind, Reached
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.moment import local_text
from evidencedesk.intake.offers import Preview
from evidencedesk.intake.times import Placed, place, read_time
from evidencedesk.wording.contacts import contact_text, trouble_text
from evidencedesk.wording.language import Words
from evidencedesk.workflows.import_contacts import preview, take_list
from evidencedesk.workflows.judge_case import keep_judgements
from evidencedesk.workflows.log_contact import log_contact


def contact_command(words: Words) -> click.Command:
    """``contact CASE KIND [--at TIME] …``."""
    t = words.text
    kind = click.Argument(["kind"], metavar="KIND", type=click.Choice([k.value for k in ContactKind]))
    params: list[click.Parameter] = [
        case_argument(),
        kind,
        click.Option(
            ["--at"],
            metavar="TIME",
            help=t("When it was, such as “2026-11-20 21:03”, in this computer's zone; otherwise now."),
        ),
        click.Option(["--number"], metavar="N", default="", help=t("Number or sender, as it was shown.")),
        click.Option(["--name"], metavar="NAME", default="", help=t("Who it said it was.")),
        click.Option(
            ["--reached"],
            type=click.Choice([r.value for r in Reached]),
            default=Reached.DEBTOR.value,
            help=t("Who was reached."),
        ),
        click.Option(["--text"], metavar="TEXT", default="", help=t("What was said or written.")),
        click.Option(
            ["--seconds", "length_ms"], metavar="N", type=SecondsType(words), help=t("How long it was.")
        ),
        click.Option(
            ["--encounter"],
            metavar="ID",
            help=t("The recorded call or visit it tells more about: both count once."),
        ),
        click.Option(["--announces"], is_flag=True, help=t("It announces a visit.")),
        click.Option(["--agreed"], is_flag=True, help=t("I had agreed to this time.")),
        click.Option(["--outgoing"], is_flag=True, help=t("It came from me.")),
    ]
    return command(words, "contact", _contact, t("Log that somebody got in touch."), params)


def contacts_command(words: Words) -> click.Command:
    """``contacts CASE [--import FILE] [--zone ZONE]``."""
    t = words.text
    params: list[click.Parameter] = [
        case_argument(),
        click.Option(
            ["--import", "file"],
            metavar="FILE",
            type=click.Path(path_type=Path),
            help=t(
                "Take in a list of calls or messages: CSV, backup, vCard, or copied text. “-” reads stdin."
            ),
        ),
        click.Option(
            ["--zone"], metavar="ZONE", help=t("Zone of the times in the list, such as Asia/Shanghai.")
        ),
        click.Option(["--dry-run"], is_flag=True, help=t("Only look at the list.")),
    ]
    return command(words, "contacts", _contacts, t("List the contacts of a case, or take in a list."), params)


def _contact(
    session: Session,
    case: str,
    kind: str,
    at: str | None,
    number: str,
    name: str,
    reached: str,
    text: str,
    length_ms: int | None,
    encounter: str | None,
    **marks: bool,
) -> int:
    with open_library(session) as desk:
        when = _now(session) if at is None else _read(at)
        details = ContactDetails(
            kind=ContactKind(kind),
            begun_utc=when.utc,
            begun_offset_minutes=when.offset_minutes,
            reached=Reached(reached),
            length_s=None if length_ms is None else round(length_ms / 1000),
            party=number,
            name=name,
            text=text,
            **marks,
        )
        contact = log_contact(desk, desk.store.find_case(case).id, details, encounter)
        keep_judgements(desk, contact.case)
    _say(session, contact, "contact_logged")
    session.output.message(session.words.text("The contact is logged."))
    return 0


def _contacts(session: Session, case: str, file: Path | None, zone: str | None, *, dry_run: bool) -> int:
    with open_library(session) as desk:
        case_id = desk.store.find_case(case).id
        if file is None:
            _list(session, desk.store.case_file(case_id))
            return 0
        place_of_times = None if zone is None else _zone(zone)
        source: Path | str = sys.stdin.read() if str(file) == "-" else file
        looked_at = preview(desk, case_id, source, place_of_times)
        _say_troubles(session, looked_at)
        if dry_run:
            taken, named, original = 0, 0, None
        else:
            result = take_list(desk, case_id, looked_at, looked_at.proposed)
            keep_judgements(desk, case_id)
            taken, named, original = len(result.logged), result.named, result.original.id
    session.output.event(
        "list_taken" if not dry_run else "list_read",
        case=case_id,
        attachment=original,
        found=len(looked_at.offers),
        new=len(looked_at.new),
        recorded=len(looked_at.belonging),
        taken=taken,
        named=named,
        refused=len(looked_at.refused),
    )
    t = session.words.text
    session.output.result(
        t(
            "{found} in the list, {new} new, {recorded} recorded here, {taken} taken in; "
            "lines not taken: {refused}",
            found=len(looked_at.offers),
            new=len(looked_at.new),
            recorded=len(looked_at.belonging),
            taken=taken,
            refused=len(looked_at.refused),
        )
    )
    return 1 if looked_at.refused else 0


def _list(session: Session, case_file: CaseFile) -> None:
    for contact in sorted(case_file.contacts, key=lambda one: one.details.begun_utc):
        if not contact.withdrawn:
            _say(session, contact, "contact")


def _say(session: Session, contact: Contact, event: str) -> None:
    details = contact.details
    session.output.event(
        event,
        case=contact.case,
        contact=contact.id,
        encounter=contact.encounter,
        source=contact.source.value,
        kind=details.kind.value,
        begun_utc=details.begun_utc,
        begun_offset_minutes=details.begun_offset_minutes,
        reached=details.reached.value,
        seconds=details.length_s,
        number=details.party,
        name=details.name,
        text=details.text,
        outgoing=details.outgoing,
        announces=details.announces,
        agreed=details.agreed,
    )
    when = local_text(details.begun_utc, details.begun_offset_minutes)
    said = contact_text(session.words, details)
    text = f" · {' '.join(details.text.split())}" if details.text else ""
    session.output.result(f"{contact.id}  {when}  {said}{text}")


def _say_troubles(session: Session, looked_at: Preview) -> None:
    t, words = session.words.text, session.words
    for refused in looked_at.refused:
        why = trouble_text(words, refused.trouble.value)
        session.output.message(t("line {line}: {why}", line=refused.line, why=why))
    for offer in looked_at.offers:
        for trouble in offer.found.troubles:
            why = trouble_text(words, trouble.value)
            session.output.message(t("line {line}: {why}", line=offer.found.line, why=why))


def _now(session: Session) -> Placed:
    now = session.clock.now()
    return Placed(now.utc, now.offset_minutes)


def _read(at: str) -> Placed:
    found = read_time(unicodedata.normalize("NFKC", at))
    if found.value is None:
        raise WrongUse(Code.TIME_NOT_VALID, value=at)
    return place(found.value, None)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongUse(Code.ZONE_UNKNOWN, value=name) from error
