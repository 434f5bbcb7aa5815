"""What a letter says of the case beside what was not kept to: contacts, sums, steps, people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from evidencedesk.domain.case import (
    CaseFile,
    CollectorCard,
    ContactKind,
    Document,
    FollowUp,
    Progress,
    Reached,
    Step,
)
from evidencedesk.domain.debt import Claim, Instalment
from evidencedesk.domain.debt_sheet import compared_claims
from evidencedesk.domain.evidence import Paper
from evidencedesk.domain.letter import BLANK
from evidencedesk.domain.money import digits
from evidencedesk.domain.rules import RulePack, Status
from evidencedesk.guidance.approaches import local
from evidencedesk.guidance.contact_picture import PackHours, arrivals, closed_hours, day_counts
from evidencedesk.wording.card_remarks import remarks_text
from evidencedesk.wording.hotline_answers import answer_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words, mark
from evidencedesk.wording.letters import step_noun
from evidencedesk.workflows.check_card import card_remarks
from evidencedesk.workflows.letters.breaches import when_text

Row = dict[str, str]
# A letter is read by people; the rest stands in the log of contacts that is handed in with it.
_MOST_ROWS = 200
_SPAM = frozenset({ContactKind.SMS, ContactKind.CALL, ContactKind.MISSED_CALL})
_IN_FORCE = frozenset({Status.STANDARD, Status.GUIDELINE, Status.LAW})


class Records:
    """A case's records in the words of a letter."""

    def __init__(
        self, case_file: CaseFile, packs: Sequence[RulePack], words: Words, numbers: Mapping[str, str]
    ) -> None:
        self._file = case_file
        self._words = words
        self._numbers = numbers
        # The article's own hours are no rule to name to an authority.
        self._hours = [one for one in closed_hours(packs) if one.pack.status in _IN_FORCE]
        self._arrivals = arrivals(case_file)
        self._texts = {one.id: one.details.text for one in case_file.contacts}
        self._names = {one.id: one.details.name for one in case_file.contacts}

    @property
    def night_hours(self) -> str:
        """The hours that standards in use keep free; empty where none says any."""
        spans = [
            f"{one.hours.closed_from:%H:%M}–{one.hours.closed_until:%H:%M}"
            for one in self._hours
            if one.hours.closed_from and one.hours.closed_until
        ]
        return self._words.text(", ").join(dict.fromkeys(spans))

    def days(self) -> list[Row]:
        """How many contacts there were on each day."""
        counts = day_counts(self._arrivals)
        return [
            {
                "day": day.isoformat(),
                "connected": str(one.connected),
                "missed": str(one.attempts),
                "messages": str(one.messages),
                "visits": str(one.visits),
                "night": self._night(day.isoformat()),
            }
            for day, one in sorted(counts.items())
        ][-_MOST_ROWS:]

    def messages(self) -> list[Row]:
        """Messages and calls one by one."""
        found = [one for one in self._arrivals if one.kind in _SPAM]
        return [
            {
                "no": str(number),
                "when": when_text(self._words, one.begun),
                "kind": label(self._words, one.kind),
                "party": self._party(one.subject, one.party),
                "text": self._texts.get(one.subject, ""),
            }
            for number, one in enumerate(found, 1)
        ][-_MOST_ROWS:]

    def third(self) -> list[Row]:
        """Contacts with people who owe nothing."""
        own = (Reached.DEBTOR, Reached.GUARANTOR)
        return [
            {
                "when": when_text(self._words, one.begun),
                "kind": label(self._words, one.kind),
                "party": self._party(one.subject, one.party),
                "whom": label(self._words, one.reached),
                "text": self._texts.get(one.subject, ""),
            }
            for one in self._arrivals
            if one.reached not in own
        ][-_MOST_ROWS:]

    def claims(self) -> list[Row]:
        """Sums demanded."""
        standing = [one for one in self._file.claims if not one.withdrawn]
        return [
            {
                "when": when_text(
                    self._words, local(one.details.claimed_utc, one.details.claimed_offset_minutes)
                ),
                "by": one.details.by or self._claimant(one) or BLANK,
                "amount": self.money(one.details.amount),
                "parts": self._parts(one),
                "evidence": self._shown_by(one.attachment, one.encounter),
            }
            for one in sorted(standing, key=lambda one: one.details.claimed_utc)
        ]

    def differences(self) -> list[str]:
        """Each sum demanded beside what contract and payments give for its day, where they give one."""
        t = self._words.text
        number = self._numbers.get(Paper.DEBT)
        found = t("calculation: evidence {number}", number=number) if number else ""
        lines = []
        for one in compared_claims(self._file):
            if one.balance is None or not one.more:
                continue
            facts = {
                "day": one.day.isoformat(),
                "asked": self.money(digits(one.asked)),
                "papers": self.money(digits(one.balance.total)),
                "difference": self.money(digits(abs(one.more))),
            }
            more = mark(
                "{day}: {asked} demanded; by terms and payments above {papers}; {difference} too much"
            )
            less = mark(
                "{day}: {asked} demanded; by terms and payments above {papers}; {difference} less than that"
            )
            said = t(more if one.more > 0 else less, **facts)
            lines.append(t("; ").join(part for part in (said, found) if part))
        return lines

    def terms(self) -> list[str]:
        """The contract, as the user read it."""
        if self._file.debt is None:
            return []
        t, terms = self._words.text, self._file.debt.terms
        lines = (
            (mark("Principal: {value}"), self.money(terms.principal)),
            (mark("Sum received: {value}"), self.money(terms.received)),
            (mark("Received on: {value}"), terms.received_on),
            (mark("Yearly rate: {value}"), f"{terms.yearly_rate}%" if terms.yearly_rate else ""),
            (mark("Default charge a day: {value}"), f"{terms.overdue_rate}%" if terms.overdue_rate else ""),
            (mark("Number of instalments: {value}"), str(len(terms.instalments) or "")),
        )
        said = [t(text, value=value) for text, value in lines if value]
        said += [
            t("Fee “{name}”: {value}", name=one.name, value=self.money(one.amount)) for one in terms.fees
        ]
        return [*said, *([terms.remarks] if terms.remarks else [])]

    def payments(self) -> list[Row]:
        """What was paid."""
        return [
            {
                "when": when_text(self._words, self._done(one)),
                "amount": self.money(one.details.amount),
                "note": one.details.answer,
                "evidence": self._files_of(one.id),
            }
            for one in self._steps(payments=True)
        ]

    def steps(self) -> list[Row]:
        """What the user did about it, payments apart."""
        rows = []
        for number, one in enumerate(self._steps(payments=False), 1):
            said = [step_noun(self._words, one.details.step), one.details.whom or one.details.number]
            if one.details.receipt:
                said.append(self._words.text("receipt no. {number}", number=one.details.receipt))
            answer = one.details.outcome or answer_text(self._words, one.details.answer)
            if answer:
                said.append(self._words.text("answer: {answer}", answer=answer))
            what = self._words.text(", ").join(part for part in said if part)
            rows.append({"no": str(number), "when": when_text(self._words, self._done(one)), "what": what})
        return rows

    def collectors(self) -> list[Row]:
        """People, by what they said and showed."""
        cards = [one.card for one in self._file.collectors]
        told = [self._person(card) for card in cards]
        return [{"no": str(number), "text": text} for number, text in enumerate(filter(None, told), 1)]

    def companies(self) -> list[Row]:
        """Companies, by licence, letter and credit code, with what looks odd about them."""
        told = []
        for one in self._file.collectors:
            remarks = [
                remark
                for remark in card_remarks(one.card, one.moment.local.date())
                if not remark.fine and remark.field in ("credit_code", "organisation", "names_on")
            ]
            text = self._company(one.card)
            if text:
                remark = remarks_text(self._words, tuple(remarks)) if remarks else ""
                told.append(self._words.text("; ").join(part for part in (text, remark) if part))
        return [{"no": str(number), "text": text} for number, text in enumerate(dict.fromkeys(told), 1)]

    def plan(self, instalments: Iterable[Instalment]) -> tuple[list[Row], str]:
        """The instalments and their total."""
        given = list(instalments)
        rows = [
            {"no": str(number), "due": one.due, "amount": self.money(one.amount)}
            for number, one in enumerate(given, 1)
        ]
        total = sum((Decimal(one.amount) for one in given), Decimal())
        return rows, self.money(str(total)) if given else ""

    def money(self, amount: str) -> str:
        """A sum with its currency; empty where nobody knows."""
        if not amount:
            return ""
        currency = self._file.debt.terms.currency if self._file.debt else "CNY"
        return (
            self._words.text("{amount} yuan", amount=amount) if currency == "CNY" else f"{amount} {currency}"
        )

    def _night(self, day: str) -> str:
        if not self._hours:
            return "–"
        of_day = [one for one in self._arrivals if one.day.isoformat() == day and not one.agreed]
        return str(sum(1 for one in of_day if _closed(self._hours, one.begun)))

    def _party(self, subject: str, party: str) -> str:
        name = self._names.get(subject, "")
        return " ".join(part for part in (party, name) if part) or self._words.text("not shown")

    def _claimant(self, claim: Claim) -> str:
        for person in self._file.collectors:
            if person.id == claim.collector:
                return " ".join(part for part in (person.card.organisation, person.card.name) if part)
        return ""

    def _parts(self, claim: Claim) -> str:
        t, details = self._words.text, claim.details
        named = (
            (t("sum of the loan"), details.principal),
            (t("interest on it"), details.interest),
            (t("fees beside it"), details.fees),
            (t("default charge"), details.penalty),
        )
        said = [f"{name} {value}" for name, value in named if value]
        return t(", ").join(said) or details.text or t("not broken down")

    def _shown_by(self, attachment: str | None, encounter: str | None) -> str:
        if attachment is not None and attachment in self._numbers:
            return self._numbers[attachment]
        sounds = [one.id for one in self._file.recordings if encounter and one.encounter == encounter]
        return self._words.text(", ").join(self._numbers[one] for one in sounds if one in self._numbers)

    def _files_of(self, step: str) -> str:
        files = [one.id for one in self._file.attachments if one.follow_up == step]
        return self._words.text(", ").join(self._numbers[one] for one in files if one in self._numbers)

    def _steps(self, *, payments: bool) -> list[FollowUp]:
        done = [
            one
            for one in self._file.follow_ups
            if not one.withdrawn
            and one.details.progress is not Progress.PLANNED
            and (one.details.step is Step.PAYMENT) is payments
        ]
        return sorted(done, key=lambda one: one.details.done_utc)

    def _done(self, step: FollowUp) -> datetime:
        return local(step.details.done_utc, step.details.done_offset_minutes)

    def _person(self, card: CollectorCard) -> str:
        t = self._words.text
        named = (
            (mark("name given: {value}"), card.name),
            (mark("company: {value}"), card.organisation),
            (mark("staff number: {value}"), card.staff_number),
            (mark("says to act for: {value}"), card.lender),
            (mark("phone: {value}"), card.phone),
            (mark("licence plate: {value}"), card.plate),
            (mark("looks: {value}"), card.description),
        )
        said = [t(text, value=value) for text, value in named if value]
        said += [
            t("{paper}: {shown}", paper=label(self._words, paper), shown=label(self._words, shown))
            for paper, shown in card.documents
            if shown.value != "not_asked"
        ]
        return t("; ").join(said)

    def _company(self, card: CollectorCard) -> str:
        t = self._words.text
        names = [
            t("name on {paper}: {name}", paper=label(self._words, paper), name=name)
            for paper, name in card.names_on
            if name and paper is not Document.ID_CARD
        ]
        said = (
            [t("company as it called itself: {value}", value=card.organisation)] if card.organisation else []
        )
        if card.credit_code:
            said.append(t("unified social credit code shown: {code}", code=card.credit_code))
        return t("; ").join([*said, *names])


def _closed(hours: Sequence[PackHours], begun: datetime) -> bool:
    """Whether it began in hours that any of these keep free; by the clock on the wall."""
    there = begun.replace(tzinfo=None)
    return any(one.hours.first_closed(there, there) is not None for one in hours)
