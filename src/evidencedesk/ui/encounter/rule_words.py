"""Short words about duties: whose they are, and what the program looks at by itself."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.rules import CheckKind, Phase, Status, Who
from evidencedesk.ui.kit.pill import Kind
from evidencedesk.wording.language import mark

WHO: Mapping[Who, str] = {
    Who.USER: mark("You"),
    Who.COLLECTOR_MUST: mark("They must"),
    Who.COLLECTOR_MUST_NOT: mark("They must not"),
}
PHASES: Mapping[Phase, str] = {
    Phase.BEFORE: mark("Before"),
    Phase.DOOR: mark("Door"),
    Phase.CONVERSATION: mark("Talk"),
    Phase.AFTER: mark("After"),
}
PHASES_SPOKEN: Mapping[Phase, str] = {
    Phase.BEFORE: mark("What matters before they come"),
    Phase.DOOR: mark("What matters at the door"),
    Phase.CONVERSATION: mark("What matters while talking"),
    Phase.AFTER: mark("What matters afterwards"),
}
STATUS: Mapping[Status, str] = {
    Status.ADVICE: mark("Advice, not law"),
    Status.GUIDELINE: mark("Guideline"),
    Status.STANDARD: mark("Standard"),
    Status.LAW: mark("Law"),
    Status.REPEALED: mark("No longer in force"),
}
CHECKED: Mapping[CheckKind, str] = {
    CheckKind.TICK: "",
    CheckKind.SUGGEST: mark("suggested"),
    CheckKind.AUTOMATIC: mark("automatic"),
}
_THEIRS: Mapping[Verdict, str] = {
    Verdict.KEPT: mark("Kept"),
    Verdict.BREACHED: mark("Not kept"),
    Verdict.NOT_SEEN: mark("Not seen"),
}
_MINE: Mapping[Verdict, str] = {
    Verdict.KEPT: mark("Done"),
    Verdict.BREACHED: mark("Not done"),
    Verdict.NOT_SEEN: mark("Not seen"),
}
LOOKS: Mapping[Verdict, Kind] = {
    Verdict.KEPT: "ok",
    Verdict.BREACHED: "bad",
    Verdict.NOT_SEEN: "neutral",
}
_LOOKS_AT: Mapping[str, str] = {
    "contact-hours": mark("the local time of every contact"),
    "calls-connected-per-day": mark("the calls that were answered on one day"),
    "call-attempts-per-day": mark("the calls that were not answered on one day"),
    "calls-in-days": mark("the calls of the last days"),
    "calls-after-conversation": mark("calls soon after a talk"),
    "visit-team-size": mark("how many of them came"),
    "notice-before-visit": mark("whether a message announced the visit"),
    "names-match": mark("the company's name on each paper"),
    "letter-in-date": mark("the last day of the letter of authorisation"),
    "third-party-contact": mark("who was contacted"),
    "entered-home": mark("the marker for entering without consent"),
    "identity-order": mark("whether their papers came before yours"),
    "evidence-linked": mark("recordings, photos and files of this visit"),
    "evidence-first": mark("whether evidence was kept before you cooperated"),
    "receipt-per-payment": mark("whether each payment has its receipt"),
    "bill-kept": mark("whether a bill is among the documents"),
    "contract-kept": mark("whether the contract is among the documents"),
    "licence-number": mark("the credit code on the card"),
    "conduct-logged": mark("the markers and notes about their conduct"),
    "documents-refused": mark("the papers that were refused"),
    "id-number-in-text": mark("notes with an ID number"),
    "phone-number-in-text": mark("notes with a phone number"),
    "sender-prefix": mark("the number an SMS came from"),
    "debt-arithmetic": mark("the sums they asked and what the papers give"),
}


def verdict_word(who: Who, verdict: Verdict) -> str:
    """What a mark is called, as a sentence to translate: the user does things, the others keep to them."""
    return (_MINE if who is Who.USER else _THEIRS)[verdict]


def looks_at(rule: str) -> str:
    """What a rule looks at, as a sentence to translate; empty for one that has no words yet."""
    return _LOOKS_AT.get(rule, "")
