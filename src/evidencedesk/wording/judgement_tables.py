"""The sentences of every automatic rule; names in braces are the facts of a judgement."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.case import ContactKind, Reached, Verdict
from evidencedesk.domain.rules import Begins, Status, Unit
from evidencedesk.wording.language import mark, mark_plural

KEPT, BREACHED, NOT_SEEN = Verdict.KEPT, Verdict.BREACHED, Verdict.NOT_SEEN

# What a breach means depends on the kind of text; never "illegal" (docs/rule-packs.md).
OUTSIDE: Mapping[Status, str] = {
    Status.ADVICE: mark("Outside the article's advice"),
    Status.GUIDELINE: mark("Outside the guideline"),
    Status.STANDARD: mark("Outside the guideline"),
    Status.LAW: mark("Possible breach: ask the police or a lawyer"),
    Status.REPEALED: mark("Outside a rule that no longer applies"),
}
KINDS: Mapping[str, str] = {
    ContactKind.VISIT: mark("A visit"),
    ContactKind.CALL: mark("A call"),
    ContactKind.MISSED_CALL: mark("A missed call"),
    ContactKind.SMS: mark("A text message"),
    ContactKind.CHAT: mark("A chat message"),
    ContactKind.LETTER: mark("A letter"),
    ContactKind.OTHER: mark("Another contact"),
}
REACHED: Mapping[str, str] = {
    Reached.DEBTOR: mark("the debtor"),
    Reached.GUARANTOR: mark("the guarantor"),
    Reached.FAMILY: mark("family members"),
    Reached.WORK: mark("people at work"),
    Reached.OTHER: mark("somebody else"),
}
BEGAN: Mapping[Begins, str] = {
    Begins.BREACH: mark("counted from what happened on {day}"),
    Begins.COMPLAINT: mark("counted from the complaint of {day}"),
    Begins.OBJECTION: mark("counted from the objection of {day}"),
    Begins.LAST_DUE: mark("counted from the last instalment's due date, {day}"),
    Begins.SUMMONS: mark("counted from the court's letter of {day}"),
    Begins.FIRST_CONTACT: mark("counted from the first contact on {day}"),
    Begins.NOTICE: mark("counted from the notice that came on {day}"),
}

LENGTHS: Mapping[Unit, tuple[str, str]] = {
    Unit.DAYS: mark_plural("{n} day", "{n} days"),
    Unit.WORKING_DAYS: mark_plural("{n} working day", "{n} working days"),
    Unit.MONTHS: mark_plural("{n} month", "{n} months"),
    Unit.YEARS: mark_plural("{n} year", "{n} years"),
}

HEADLINES: Mapping[str, Mapping[Verdict, str]] = {
    "contact-hours": {
        KEPT: mark("{kind} within the hours allowed ({local_day})"),
        BREACHED: mark("{kind} after {passed_limit} ({local_day})"),
    },
    "calls-connected-per-day": {
        KEPT: mark("Connected calls on {local_day}: {count}; the limit is {limit} a day"),
        BREACHED: mark("Connected call no. {count} on {local_day}; the limit is {limit} a day"),
    },
    "call-attempts-per-day": {
        KEPT: mark("Unanswered calls from one number on {local_day}: {count}; the limit is {limit} a day"),
        BREACHED: mark(
            "Unanswered call no. {count} from one number on {local_day}; the limit is {limit} a day"
        ),
        NOT_SEEN: mark(
            "Unanswered calls on {local_day}: {all_numbers}, but from different numbers; "
            "the limit of {limit} a day is for one number"
        ),
    },
    "calls-in-days": {
        KEPT: mark("Calls within {days} days, up to {local_day}: {count}; the limit is {limit}"),
        BREACHED: mark("Call no. {count} within {days} days, on {local_day}; the limit is {limit}"),
    },
    "calls-after-conversation": {
        KEPT: mark("A call on {local_day}, not within {days} days after a conversation"),
        BREACHED: mark("A call on {local_day}, within {days} days after a conversation"),
    },
    "visit-team-size": {
        KEPT: mark("People who came on {local_day}: {present}; there should be at least {least}"),
        BREACHED: mark("People who came on {local_day}: only {present}; there should be at least {least}"),
        NOT_SEEN: mark("How many people came on {local_day} was not written down"),
    },
    "notice-before-visit": {
        KEPT: mark("The visit on {local_day} was announced before"),
        BREACHED: mark("No notice before the visit on {local_day} is on record"),
    },
    "names-match": {
        KEPT: mark("The company's name is the same everywhere"),
        BREACHED: mark("The company's name is not the same everywhere"),
        NOT_SEEN: mark("Fewer than two company names to compare"),
    },
    "letter-in-date": {
        KEPT: mark("The authorisation letter was in date on {local_day}"),
        BREACHED: mark("The authorisation letter had ended before {local_day}"),
        NOT_SEEN: mark("The authorisation letter's last day was not written down"),
    },
    "third-party-contact": {
        KEPT: mark("{kind} to {reached} ({local_day})"),
        BREACHED: mark("{kind} that reached {reached} ({local_day})"),
    },
    "entered-home": {BREACHED: mark("Somebody came in without consent ({local_day})")},
    "identity-order": {
        KEPT: mark("They showed their papers before you showed your ID"),
        BREACHED: mark("You showed your ID before they had shown their papers"),
        NOT_SEEN: mark("It is not known who showed a paper first"),
    },
    "evidence-linked": {
        KEPT: mark("Evidence of the encounter was kept"),
        BREACHED: mark("No recording and no file belongs to the encounter"),
    },
    "evidence-first": {
        KEPT: mark("Evidence was kept before you decided to cooperate"),
        BREACHED: mark("You decided to cooperate before evidence was kept"),
        NOT_SEEN: mark("Files came in after you decided to cooperate; when they were made is not known"),
    },
    "receipt-per-payment": {
        KEPT: mark("The payment of {local_day} has its receipt"),
        BREACHED: mark("The payment of {local_day} has no receipt yet"),
    },
    "bill-kept": {
        KEPT: mark("A bill is among the documents"),
        NOT_SEEN: mark("No bill is among the documents yet"),
    },
    "contract-kept": {
        KEPT: mark("The contract is among the documents"),
        NOT_SEEN: mark("No contract is among the documents yet"),
    },
}
TOO_EARLY = mark("{kind} before {passed_limit} ({local_day})")
AGREED = mark("{kind} outside the usual hours, but at an agreed time ({local_day})")

FACTS: Mapping[str, str] = {
    "contact-hours": mark("Local time {local_day} {local_time} (UTC{utc_offset})"),
    "calls-connected-per-day": mark("Calls to {reached}, local time: {times}"),
    "call-attempts-per-day": mark("Calls from {number} to {reached}, local time: {times}"),
    "calls-in-days": mark("This call: {local_day} {local_time}, local time; counted from {first_day}"),
    "calls-after-conversation": mark("This call: {local_day} {local_time}, local time"),
    "visit-team-size": mark("The visit began at {local_time}, local time"),
    "notice-before-visit": mark("The visit began at {local_time}, local time; notices before it: {notices}"),
    "names-match": "",
    "letter-in-date": mark("Day of the encounter: {local_day}"),
    "third-party-contact": mark("Local time {local_day} {local_time}"),
    "entered-home": mark("Marked by you at {local_time}, local time"),
    "identity-order": mark("You showed your ID at {local_time}, local time"),
    "evidence-linked": mark("Recordings: {recordings}; files: {files}"),
    "evidence-first": mark("You decided at {local_time}, local time"),
    "receipt-per-payment": mark("Amount: {amount}; receipts: {receipts}"),
    "bill-kept": mark("Bills: {files}"),
    "contract-kept": mark("Contracts: {files}"),
}
# Said besides, where the judgement knows it.
MORE_FACTS: Mapping[str, Mapping[str, str]] = {
    "contact-hours": {
        "ended_time": mark("until {ended_day} {ended_time}"),
        "passed_at": mark("the first second outside: {passed_at}"),
        "reached": mark("reached: {reached}"),
    },
    "calls-after-conversation": {
        "conversation_day": mark("conversation: {conversation_day} {conversation_time}"),
    },
    "notice-before-visit": {"notice_day": mark("the last one: {notice_day} {notice_time}")},
    "letter-in-date": {"letter_until": mark("the letter's last day: {letter_until}")},
    "identity-order": {"their_paper_time": mark("their first paper: {their_paper_time}")},
}
# What the clock of older versions noted was only when it looked.
FEWER_FACTS: Mapping[str, str] = {"contact-hours": mark("Local time {local_time}")}
WITHHELD = mark("Withheld numbers can't be told apart and count as one; local time: {times}")
