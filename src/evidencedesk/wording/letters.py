"""The letters as they are offered: what each is for, when not to use it, what kind of text it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencedesk.domain.case import Step
from evidencedesk.domain.letter import LetterKind, LetterPurpose
from evidencedesk.wording.language import Words, mark


@dataclass(frozen=True, slots=True)
class LetterWords:
    """Name, use, misuse and legal standing of a letter."""

    title: str
    use: str
    not_when: str
    standing: str


_PURPOSES: Mapping[LetterPurpose, str] = {
    LetterPurpose.DEBT: mark("Check and settle the debt"),
    LetterPurpose.PRIVACY: mark("Privacy and personal data"),
    LetterPurpose.COMPLAINT: mark("Complaints"),
    LetterPurpose.POLICE: mark("The police"),
}
_LETTERS: Mapping[LetterKind, LetterWords] = {
    LetterKind.REQUEST_PAPERS: LetterWords(
        mark("Ask for bill and contract"),
        mark("Before you talk about sums: find out what is demanded, by whom, and by which contract."),
        mark("Not needed where you have a complete bill and the contract already."),
        mark("A request to the creditor. It acknowledges nothing and says so. No law read here sets a day."),
    ),
    LetterKind.DISPUTE: LetterWords(
        mark("Dispute and re-check"),
        mark("When the sum demanded differs from your papers."),
        mark("Not while you don't know yet what is demanded: ask for the bill first."),
        mark("An objection to the creditor. It acknowledges nothing and says so."),
    ),
    LetterKind.PLAN: LetterWords(
        mark("Propose instalments"),
        mark("When you have checked the debt and want to pay it bit by bit."),
        mark("Not before you know whether the limitation period has run out: read the caution below."),
        mark(
            "Has legal effect: asking for instalments counts as agreeing to perform "
            "(limitation rules, arts 14 and 19; Civil Code 192, 195)."
        ),
    ),
    LetterKind.THIRD_PARTIES: LetterWords(
        mark("Stop contacting third persons"),
        mark("When family, work or neighbours were called or told about the debt."),
        mark("Not for contacts with you yourself, nor with a guarantor."),
        mark("Rests on the Civil Code, arts 1032–1034, and on PIPL, arts 23 and 25."),
    ),
    LetterKind.PERSONAL_DATA: LetterWords(
        mark("Request about personal data"),
        mark("To learn what they have about you, where from, who got it; to have it corrected or deleted."),
        mark("Not as a way out of the debt: data needed for the contract need not be deleted."),
        mark("Rests on PIPL, arts 44–47, 21 and 23; a refusal needs reasons (art. 50)."),
    ),
    LetterKind.REGULATOR: LetterWords(
        mark("Complain to the financial regulator"),
        mark("About how banks, consumer finance or micro-loan companies and their agencies collect (12378)."),
        mark("Not for danger at this moment (110), and not for spam by unknown senders (12321)."),
        mark(
            "A complaint. Guidelines and recommended standards support it; they are not binding law, "
            "and the letter says so."
        ),
    ),
    LetterKind.SPAM: LetterWords(
        mark("Report spam to 12321"),
        mark("About unwanted messages and calls; you can paste the text into its web page or app."),
        mark("Not for what was said at a visit, nor for the sum of the debt."),
        mark("A report of numbers and messages; it proves nothing about who sent them."),
    ),
    LetterKind.MARKET: LetterWords(
        mark("Market supervision: company data"),
        mark("Only when licence, company name or credit code that were shown look wrong (12315)."),
        mark("Not for how they collect: that is refused there and belongs to the financial regulator."),
        mark("A request to examine registration data; the remit is limited."),
    ),
    LetterKind.POLICE: LetterWords(
        mark("Written report to the police"),
        mark("Facts and times of entry, threats, harassment; take it along or hand it in after calling 110."),
        mark("In danger don't write: call 110. Not for a dispute about the sum."),
        mark(
            "Facts only; what they amount to is for the police. Acts not found out within six months are "
            "not punished (Public Security Administration Punishments Law, art. 25)."
        ),
    ),
}
_STEPS: Mapping[Step, str] = {
    Step.CALL: mark("call"),
    Step.PAYMENT: mark("payment"),
    Step.REQUEST_PAPERS: mark("asked for bill and contract"),
    Step.DISPUTE: mark("disputed the debt"),
    Step.RECHECK: mark("asked for a re-check"),
    Step.COMPLAINT: mark("complained"),
    Step.POLICE_REPORT: mark("reported to the police"),
    Step.LEGAL_HELP: mark("asked for legal help"),
    Step.PLAN_PROPOSED: mark("proposed instalments"),
    Step.PLAN_AGREED: mark("agreed on instalments"),
    Step.DEMAND: mark("demanded in writing that third persons be left alone"),
    Step.DATA_REQUEST: mark("made a request about personal data"),
    Step.CREDIT_OBJECTION: mark("objected to the credit record"),
    Step.COURT_PAPERS: mark("received papers from the court"),
    Step.OTHER: mark("other step"),
}
_MISSING: Mapping[str, str] = {
    "sender_name": mark("your name"),
    "sender_address": mark("your address"),
    "sender_phone": mark("your phone number"),
    "creditor": mark("the creditor"),
    "contract": mark("the contract number"),
    "addressee": mark("whom it is for"),
    "subject": mark("the subject"),
    "place": mark("where it happened"),
    "requests": mark("what you ask for"),
    "plan": mark("the instalments"),
    "breaches": mark("what happened: nothing was chosen"),
    "messages": mark("messages and calls: none are logged"),
    "companies": mark("the company: no collector with company data is written down"),
    "third": mark("contacts with third persons: none are logged"),
}


def purpose_text(words: Words, purpose: LetterPurpose) -> str:
    """What a group of letters is for."""
    return words.text(_PURPOSES[purpose])


def letter_words(words: Words, kind: LetterKind) -> LetterWords:
    """What is said about a letter."""
    said = _LETTERS[kind]
    t = words.text
    return LetterWords(t(said.title), t(said.use), t(said.not_when), t(said.standing))


def step_noun(words: Words, step: Step) -> str:
    """What was done, inside a sentence of a letter."""
    return words.text(_STEPS[step])


def missing_text(words: Words, field: str) -> str:
    """What a blank stands for; a field of a user's own template by its name."""
    return words.text(_MISSING[field]) if field in _MISSING else field
