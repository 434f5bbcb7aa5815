"""What events tell of debt, claims, transcripts and the evidence list, as a step of the fold each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evidencedesk.custody.fold import Fold
from evidencedesk.domain.debt import Claim, ClaimDetails, Debt, DebtTerms, Fee, Instalment
from evidencedesk.domain.event import Event
from evidencedesk.domain.evidence import EvidenceChoice, EvidenceList
from evidencedesk.domain.transcript import Sentence, Transcript


def instalment_from_json(told: Mapping[str, Any]) -> Instalment:
    """Read one instalment of a contract or of a plan."""
    return Instalment(told["due"], told["amount"], told["principal"], told["interest"], told["fees"])


def debt_terms_from_json(terms: Mapping[str, Any]) -> DebtTerms:
    """Read what the journal says of a contract."""
    return DebtTerms(
        principal=terms["principal"],
        received=terms["received"],
        received_on=terms["received_on"],
        currency=terms["currency"],
        yearly_rate=terms["yearly_rate"],
        overdue_rate=terms["overdue_rate"],
        fees=tuple(Fee(one["name"], one["amount"], one["day"]) for one in terms["fees"]),
        instalments=tuple(instalment_from_json(one) for one in terms["instalments"]),
        remarks=terms["remarks"],
    )


def claim_details_from_json(details: Mapping[str, Any]) -> ClaimDetails:
    """Read what the journal says of a sum that was demanded."""
    return ClaimDetails(
        amount=details["amount"],
        claimed_utc=details["claimed_utc"],
        claimed_offset_minutes=details["claimed_offset_minutes"],
        by=details["by"],
        principal=details["principal"],
        interest=details["interest"],
        fees=details["fees"],
        penalty=details["penalty"],
        text=details["text"],
    )


def debt_described(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """The terms of the contract were written down, or corrected."""
    terms = debt_terms_from_json(data["terms"])
    fold.debt = Debt(event.case, terms, event.moment, changed=fold.debt is not None)


def claim_logged(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """Somebody said what is owed."""
    fold.claims[data["claim"]] = Claim(
        id=data["claim"],
        case=event.case,
        encounter=data["encounter"],
        collector=data["collector"],
        contact=data["contact"],
        attachment=data["attachment"],
        details=claim_details_from_json(data["details"]),
        moment=event.moment,
    )


def claim_changed(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    """What was known of a claim was corrected."""
    known = fold.claims[data["claim"]]
    fold.claims[known.id] = replace(known, details=claim_details_from_json(data["details"]), changed=True)


def claim_withdrawn(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    """Nobody said so after all."""
    fold.claims[data["claim"]] = replace(fold.claims[data["claim"]], withdrawn=True)


def evidence_arranged(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """The user picked and ordered what goes into the evidence list."""
    items = tuple(EvidenceChoice(one["id"], one["group"], one["proves"]) for one in data["items"])
    fold.evidence = EvidenceList(items, event.moment)


def transcript_drafted(fold: Fold, event: Event, data: Mapping[str, Any]) -> None:
    """A program wrote down what it heard; the sentences follow."""
    if data["transcript"] in fold.transcripts:
        raise ValueError("a transcript was drafted twice under one name")
    fold.transcripts[data["transcript"]] = Transcript(
        id=data["transcript"],
        case=event.case,
        recording=data["recording"],
        model=data["model"],
        model_sha256=data["model_sha256"],
        program=data["program"],
        language=data["language"],
        sentences=(),
        moment=event.moment,
    )


def transcript_heard(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    """The next sentences of a draft."""
    known = fold.transcripts[data["transcript"]]
    heard = tuple(Sentence(one["at_ms"], one["length_ms"], one["text"]) for one in data["sentences"])
    fold.transcripts[known.id] = replace(known, sentences=(*known.sentences, *heard))


def transcript_corrected(fold: Fold, _event: Event, data: Mapping[str, Any]) -> None:
    """The user listened and gave a sentence (counted from 0) other words."""
    known, place = fold.transcripts[data["transcript"]], data["sentence"]
    if place >= len(known.sentences):
        raise KeyError(f"sentence {place}")
    old = known.sentences[place]
    new = replace(old, text=data["text"], corrected=True, earlier=(*old.earlier, old.text))
    sentences = (*known.sentences[:place], new, *known.sentences[place + 1 :])
    fold.transcripts[known.id] = replace(known, sentences=sentences)
