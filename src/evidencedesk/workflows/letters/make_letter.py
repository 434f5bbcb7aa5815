"""Make a letter from a case: what can go in, and the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidencedesk.domain.case import AttachmentKind, CaseFile, Document, RecordingState, TakenIn
from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.errors import Code, Known, Unreadable, WrongUse
from evidencedesk.domain.letter import (
    BLANK,
    LetterChoice,
    LetterDraft,
    LetterForm,
    LetterKind,
    LetterLanguage,
    MadeLetter,
    Sender,
)
from evidencedesk.domain.moment import Moment
from evidencedesk.export.letters.filling import fill
from evidencedesk.export.letters.page import page_of
from evidencedesk.export.papers.evidence_items import evidence_groups, numbers_by_id
from evidencedesk.export.papers.material import PaperMaterial
from evidencedesk.export.papers.telling import Telling
from evidencedesk.system.machine import system_name
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.wording.letters import letter_words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.given_values import amount, day
from evidencedesk.workflows.letters.breaches import (
    WITHOUT_BREACHES,
    Breach,
    breaches,
    day_text,
    evidence_text,
)
from evidencedesk.workflows.letters.desk_of_letters import defaults, remembered_sender, template
from evidencedesk.workflows.letters.records import Records
from evidencedesk.workflows.papers import kept_path, sheet_of, sound_path
from evidencedesk.workflows.plain_text import many_lines, one_line

_TO_CREDITOR = frozenset(
    {
        *(LetterKind.REQUEST_PAPERS, LetterKind.DISPUTE, LetterKind.PLAN),
        *(LetterKind.THIRD_PARTIES, LetterKind.PERSONAL_DATA),
    }
)
_OF_DEBT = frozenset({AttachmentKind.CONTRACT, AttachmentKind.BILL, AttachmentKind.RECEIPT})
_ENCLOSED: Mapping[LetterKind, frozenset[AttachmentKind]] = {
    LetterKind.DISPUTE: _OF_DEBT,
    LetterKind.PLAN: frozenset({AttachmentKind.RECEIPT}),
    LetterKind.SPAM: frozenset({AttachmentKind.SMS, AttachmentKind.CALL_LIST}),
    LetterKind.REGULATOR: frozenset({AttachmentKind.SMS, AttachmentKind.CALL_LIST, AttachmentKind.CHAT}),
    LetterKind.POLICE: frozenset({AttachmentKind.DOOR_PHOTO}),
}


def draft_letter(desk: Desk, case_id: str, kind: LetterKind, language: LetterLanguage) -> LetterDraft:
    """A letter with its fields as delivered and what suits its addressee chosen. Raises UNKNOWN_CASE."""
    return draft_from(desk, _case_file(desk, case_id), kind, language)


def make_letter(desk: Desk, case_id: str, form: LetterForm, *, delivered: bool = False) -> MadeLetter:
    """Fill the template; ``delivered`` passes the user's own one over.

    Raises UNKNOWN_CASE, PLAN_UNREADABLE, TEXT_TOO_LONG, and what is wrong with the template.
    """
    return letter_from(desk, _case_file(desk, case_id), form, delivered=delivered)


def draft_from(desk: Desk, case_file: CaseFile, kind: LetterKind, language: LetterLanguage) -> LetterDraft:
    """The same for a case that was read already."""
    words = _words(language)
    packs = desk.packs_for(case_file.ticks)
    found = () if kind in WITHOUT_BREACHES else breaches(case_file, packs, words)
    pieces = _pieces(desk, case_file, words)
    chosen = [one for one in found if one.suits(kind)]
    given = defaults(kind, language)
    numbers = "\n".join(given.requests)
    form = LetterForm(
        kind=kind,
        language=language,
        addressee=given.addressee or (case_file.case.creditor if kind in _TO_CREDITOR else ""),
        subject=given.subject,
        requests=numbers,
        sender=remembered_sender(desk),
        breaches=frozenset(one.id for one in chosen),
        pieces=_proposed(case_file, kind, chosen, frozenset(one.id for one in pieces)),
    )
    return LetterDraft(form, tuple(_choice(one, words) for one in found), pieces)


def letter_from(desk: Desk, case_file: CaseFile, form: LetterForm, *, delivered: bool = False) -> MadeLetter:
    """The same for a case that was read already."""
    words = _words(form.language)
    now = desk.clock.now()
    clean = _clean(form)
    found = template(desk, form.kind, form.language, delivered=delivered)
    fields = _fields(desk, case_file, clean, words)
    shown, empty = _with_blanks(clean, fields)
    filled = fill(found.content, found.path.name, shown, now)
    title = letter_words(words, form.kind).title
    return MadeLetter(
        form=clean,
        name=f"{title} {now.local:%Y-%m-%d}.docx",
        content=filled.content,
        page=page_of(filled.content),
        template=found.named,
        own=found.own,
        missing=tuple(name for name in fields if name in empty and name in filled.used),
    )


def shown_letter(content: bytes, name: str) -> str:
    """The page of a letter that was changed elsewhere. Raises TEMPLATE_UNREADABLE."""
    try:
        return page_of(content)
    except Known:
        raise
    except Exception as error:  # a file that any program may have written
        raise Unreadable(Code.TEMPLATE_UNREADABLE, file=name, detail=str(error)) from error


def instalments(text: str) -> tuple[Instalment, ...]:
    """One instalment for each line, day and sum. Raises PLAN_UNREADABLE."""
    found = []
    for line in text.splitlines():
        parts = line.replace("，", " ").replace(",", " ", 1).split()
        if not parts:
            continue
        try:
            due, sum_of = day(parts[0]), amount(" ".join(parts[1:]))
        except WrongUse as error:
            raise WrongUse(Code.PLAN_UNREADABLE, value=line.strip()) from error
        if not due or not sum_of:
            raise WrongUse(Code.PLAN_UNREADABLE, value=line.strip())
        found.append(Instalment(due, sum_of))
    return tuple(found)


def _case_file(desk: Desk, case_id: str) -> CaseFile:
    return desk.store.case_file(desk.store.find_case(case_id).id)


def _words(language: LetterLanguage) -> Words:
    return Words(language, resource("locale"))


def _clean(form: LetterForm) -> LetterForm:
    return replace(
        form,
        addressee=one_line(form.addressee),
        subject=one_line(form.subject),
        place=one_line(form.place),
        requests=many_lines(form.requests, required=False),
        own_words=many_lines(form.own_words, required=False),
        plan=many_lines(form.plan, required=False),
        sender=Sender(
            one_line(form.sender.name),
            one_line(form.sender.address),
            one_line(form.sender.phone),
            one_line(form.sender.id_number),
        ),
    )


def _fields(desk: Desk, case_file: CaseFile, form: LetterForm, words: Words) -> dict[str, Any]:
    """Everything a template can name; what nobody knows is an empty text or list."""
    packs = desk.packs_for(case_file.ticks)
    numbers = _numbers(desk, case_file, words)
    records = Records(case_file, desk.packs, words, numbers)
    chosen = [one for one in breaches(case_file, packs, words) if one.id in form.breaches]
    pieces = [one for one in _pieces(desk, case_file, words) if one.id in form.pieces]
    rules = list(dict.fromkeys(rule for one in chosen for rule in one.rules))
    plan, total = records.plan(instalments(form.plan))
    now = desk.clock.now()
    return {
        "subject": form.subject,
        "addressee": form.addressee,
        "today": day_text(words, now.local),
        "sender_name": form.sender.name,
        "sender_address": form.sender.address,
        "sender_phone": form.sender.phone,
        "sender_id_number": form.sender.id_number,
        "creditor": case_file.case.creditor,
        "contract": case_file.case.contract,
        "case_title": case_file.case.title,
        "place": form.place,
        "requests": [
            {"no": str(number), "text": text} for number, text in enumerate(_lines(form.requests), 1)
        ],
        "own_words": _lines(form.own_words),
        "breaches": [_row(number, one, words, numbers, rules) for number, one in enumerate(chosen, 1)],
        "rules": [{"no": str(number), "text": rule} for number, rule in enumerate(rules, 1)],
        "collectors": records.collectors(),
        "companies": records.companies(),
        "days": records.days(),
        "night_hours": records.night_hours or "–",
        "messages": records.messages(),
        "third": records.third(),
        "terms": records.terms(),
        "claims": records.claims(),
        "differences": records.differences(),
        "payments": records.payments(),
        "steps": records.steps(),
        "plan": plan,
        "plan_total": total,
        "pieces": [{"number": numbers[one.id], "name": one.hint} for one in pieces],
    }


_ABOUT_CONDUCT = frozenset({LetterKind.REGULATOR, LetterKind.POLICE, LetterKind.THIRD_PARTIES})
# May stay empty without anything missing in the letter.
_OPTIONAL = frozenset(
    {
        *("sender_id_number", "case_title", "own_words", "collectors", "days", "terms", "claims", "payments"),
        "differences",
        *("steps", "plan_total", "pieces", "rules", "today", "night_hours"),
    }
)


def _with_blanks(form: LetterForm, fields: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """Blanks to fill by hand where a line is missing; and the names of all that is missing."""
    empty = {name for name, value in fields.items() if not value and name not in _OPTIONAL}
    shown = {
        name: BLANK if name in empty and isinstance(value, str) else value for name, value in fields.items()
    }
    told_otherwise = fields["own_words"] or (form.kind is LetterKind.THIRD_PARTIES and fields["third"])
    if told_otherwise or form.kind not in _ABOUT_CONDUCT:
        empty.discard("breaches")
    return shown, frozenset(empty - {"third"})


def _row(
    number: int, breach: Breach, words: Words, numbers: Mapping[str, str], rules: Sequence[str]
) -> dict[str, Any]:
    t = words.text
    return {
        "no": str(number),
        "when": breach.when,
        "what": breach.what,
        "quotes": [
            {"text": one.text, "at": t("(at {position} in the sound)", position=one.at) if one.at else ""}
            for one in breach.quotes
        ],
        "basis": "".join(f"[{rules.index(one) + 1}]" for one in breach.rules),
        "evidence": evidence_text(words, breach, numbers),
    }


def _choice(breach: Breach, words: Words) -> LetterChoice:
    hint = [breach.when, *breach.rules[:1]]
    return LetterChoice(breach.id, breach.what, words.text("; ").join(hint))


def _telling(desk: Desk, case_file: CaseFile, words: Words, now: Moment) -> Telling:
    files: dict[str, str] = {
        one.id: sound_path(one)
        for one in case_file.recordings
        if one.samples or one.state is RecordingState.RUNNING
    }
    files |= {one.id: kept_path(one) for one in case_file.taken_in}
    material = PaperMaterial(
        case_file=case_file,
        packs=desk.packs_for(case_file.ticks),
        exported=now,
        app_version=desk.app_version,
        system=system_name(),
        files=files,
        originals={},
        debt=sheet_of(case_file, now),
    )
    return Telling(material, words)


def _numbers(desk: Desk, case_file: CaseFile, words: Words) -> dict[str, str]:
    return numbers_by_id(evidence_groups(_telling(desk, case_file, words, desk.clock.now())))


def _pieces(desk: Desk, case_file: CaseFile, words: Words) -> tuple[LetterChoice, ...]:
    """Everything with a number; ``hint`` is the plain name."""
    groups = evidence_groups(_telling(desk, case_file, words, desk.clock.now()))
    return tuple(
        LetterChoice(item.id, f"{item.number}  {item.name}", item.name)
        for group in groups
        for item in group.items
        if item.id
    )


def _proposed(
    case_file: CaseFile, kind: LetterKind, chosen: Sequence[Breach], numbered: frozenset[str]
) -> frozenset[str]:
    """What shows the breaches that are chosen, and the kinds of files this addressee wants."""
    wanted = {one for breach in chosen for one in breach.evidence}
    kinds = _ENCLOSED.get(kind, frozenset())
    wanted |= {one.id for one in case_file.attachments if one.kind in kinds and not one.template}
    if kind is LetterKind.MARKET:
        wanted |= {one.id for one in case_file.attachments if _of_company(one)}
    if kind in (LetterKind.DISPUTE, LetterKind.PLAN):
        paid = {one.id for one in case_file.follow_ups if one.details.amount}
        wanted |= {one.id for one in case_file.attachments if one.follow_up in paid}
    return frozenset(wanted & numbered)


def _of_company(one: TakenIn) -> bool:
    return getattr(one, "document", None) in (Document.LICENCE, Document.AUTHORISATION)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
