"""Looks at what was written down and points at rules that the user may want to mark. It marks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from evidencedesk.domain.case import CaseFile, ContactKind, Document, Note, Shown, Verdict
from evidencedesk.domain.debt_sheet import latest_compared
from evidencedesk.domain.money import digits
from evidencedesk.domain.rules import CheckKind, RulePack
from evidencedesk.domain.suggestion import Suggestion
from evidencedesk.guidance.credit_code import read_credit_code
from evidencedesk.guidance.number_forms import plain_number
from evidencedesk.guidance.private_text import SecretKind, find_secrets

_OWN_PAPERS = (Document.WORK_ID, Document.AUTHORISATION)
_PHONES = frozenset({SecretKind.MOBILE, SecretKind.LANDLINE})


@dataclass(frozen=True, slots=True)
class _Records:
    """What a rule looks at: a case, seen from one encounter, or from before any of them."""

    pack: RulePack
    case_file: CaseFile
    encounter: str | None
    parameters: Mapping[str, str]

    @property
    def notes(self) -> list[Note]:
        return [note for note in self.case_file.notes if note.encounter == self.encounter]


@dataclass(frozen=True, slots=True)
class _Answer:
    verdict: Verdict
    facts: Mapping[str, str] = field(default_factory=dict)
    prompt: bool = False


def suggest(pack: RulePack, case_file: CaseFile, encounter: str | None) -> tuple[Suggestion, ...]:
    """Return what the records of one encounter suggest about the pack's items, in the pack's order.

    Without an encounter: what is known before anyone comes.
    """
    found = []
    for item in pack.items:
        rule = SUGGESTING_RULES.get(item.check.rule) if item.check.kind is CheckKind.SUGGEST else None
        if rule is None:
            continue
        answer = rule(_Records(pack, case_file, encounter, dict(item.check.parameters)))
        if answer is not None:
            facts = tuple(sorted(answer.facts.items()))
            found.append(Suggestion(pack.id, item.id, item.check.rule, answer.verdict, answer.prompt, facts))
    return tuple(found)


def _documents_refused(records: _Records) -> _Answer | None:
    """A work ID or letter was refused, by the card or by the user's mark: the talk may end."""
    refused = {
        document.value
        for collector in records.case_file.collectors
        if collector.encounter == records.encounter
        for document, way in collector.card.documents
        if document in _OWN_PAPERS and way is Shown.REFUSED
    }
    items = records.parameters["items"].split(",")
    # Of several marks of one item the last one stands.
    marks = {
        tick.item: tick.verdict
        for tick in records.case_file.ticks
        if tick.encounter == records.encounter and tick.pack == records.pack.id and not tick.withdrawn
    }
    refused |= {item for item in items if marks.get(item) is Verdict.BREACHED}
    if not refused:
        return None
    return _Answer(Verdict.KEPT, {"refused": ",".join(sorted(refused))}, prompt=True)


def _conduct_logged(records: _Records) -> _Answer | None:
    """What they did is written down: by markers for it, or else in words."""
    theirs = {marker.id for marker in records.pack.markers if not marker.own}
    own = {marker.id for marker in records.pack.markers if marker.own}
    markers = sum(note.marker in theirs for note in records.notes)
    if markers:
        return _Answer(Verdict.KEPT, {"markers": str(markers)})
    words = sum(bool(note.text) and note.marker not in own for note in records.notes)
    # Whether words are about their conduct, only the user can say.
    return _Answer(Verdict.KEPT, {"notes": str(words)}, prompt=True) if words else None


def _licence_number(records: _Records) -> _Answer | None:
    """The form of the credit code on a card; it never says that the company exists."""
    fitting = ""
    for collector in records.case_file.collectors:
        if collector.encounter == records.encounter and collector.card.credit_code.strip():
            code = read_credit_code(collector.card.credit_code)
            if code.doubts:
                facts = {"credit_code": code.text, "doubt": code.doubts[0].value}
                return _Answer(Verdict.BREACHED, facts, prompt=True)
            fitting = code.text
    return _Answer(Verdict.KEPT, {"credit_code": fitting}) if fitting else None


def _id_number_in_text(records: _Records) -> _Answer | None:
    return _in_text(records, frozenset({SecretKind.ID_NUMBER}))


def _phone_number_in_text(records: _Records) -> _Answer | None:
    return _in_text(records, _PHONES)


def _in_text(records: _Records, kinds: frozenset[SecretKind]) -> _Answer | None:
    """A note has such a number. It may be theirs: only the user knows whether an own one was given away."""
    found = [
        note.id for note in records.notes if any(secret.kind in kinds for secret in find_secrets(note.text))
    ]
    facts = {"note": found[-1], "count": str(len(found))} if found else {}
    return _Answer(Verdict.BREACHED, facts, prompt=True) if found else None


def _sender_prefix(records: _Records) -> _Answer | None:
    """An SMS from such a sender is in the log; without its words or a picture there is more to keep."""
    found = [
        contact
        for contact in records.case_file.contacts
        if contact.details.kind is ContactKind.SMS
        and not contact.withdrawn
        and not contact.details.outgoing
        and plain_number(contact.details.party).startswith(records.parameters["prefix"])
    ]
    if not found:
        return None
    pictured = {attachment.contact for attachment in records.case_file.attachments}
    kept = [one for one in found if one.details.text.strip() or one.id in pictured]
    party = (kept or found)[-1].details.party.strip()
    return _Answer(Verdict.KEPT, {"party": party, "count": str(len(found))}, prompt=not kept)


def _debt_arithmetic(records: _Records) -> _Answer | None:
    """The latest sum that was demanded is not what the papers give for that day."""
    compared = latest_compared(records.case_file)
    if compared is None or compared.balance is None or not compared.more:
        return None
    facts = {
        "asked": digits(compared.asked),
        "papers": digits(compared.balance.total),
        "currency": compared.balance.currency,
        "day": compared.day.isoformat(),
    }
    return _Answer(Verdict.KEPT, facts, prompt=True)


SUGGESTING_RULES: Mapping[str, Callable[[_Records], _Answer | None]] = {
    "debt-arithmetic": _debt_arithmetic,
    "licence-number": _licence_number,
    "conduct-logged": _conduct_logged,
    "documents-refused": _documents_refused,
    "id-number-in-text": _id_number_in_text,
    "phone-number-in-text": _phone_number_in_text,
    "sender-prefix": _sender_prefix,
}
