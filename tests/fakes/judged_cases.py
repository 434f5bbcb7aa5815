"""Cases made of a few facts, and packs of one rule, to be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from evidencedesk.domain.case import (
    Case,
    CaseFile,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    Encounter,
    Mode,
    Reached,
    Verdict,
)
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import Moment, format_utc
from evidencedesk.domain.rules import (
    Check,
    CheckKind,
    Confidence,
    Group,
    Helper,
    Phase,
    RuleItem,
    RulePack,
    Source,
    Status,
    Text,
    Who,
)
from evidencedesk.guidance.judge import judge

CHINA = 480
CASE = "c-00000001"
_EPOCH = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - the zone of every example


def moment(wall: str, offset: int = CHINA, boot: str = "boot", mono_s: float | None = None) -> Moment:
    """``2026-11-25 21:00:00`` on a wall clock; the steady clock agrees unless it is told otherwise."""
    instant = datetime.fromisoformat(wall).replace(tzinfo=timezone(timedelta(minutes=offset)))
    steady = (instant - _EPOCH).total_seconds() if mono_s is None else mono_s
    return Moment(format_utc(instant), offset, boot, int(steady * 1_000_000_000))


def contact(
    name: str,
    wall: str,
    kind: ContactKind = ContactKind.CALL,
    *,
    offset: int = CHINA,
    encounter: str | None = None,
    withdrawn: bool = False,
    reached: Reached = Reached.DEBTOR,
    length_s: int | None = None,
    party: str = "",
    outgoing: bool = False,
    announces: bool = False,
    agreed: bool = False,
) -> Contact:
    """A contact as the user logged it."""
    begun = moment(wall, offset)
    details = ContactDetails(
        kind,
        begun.utc,
        offset,
        reached,
        length_s,
        party=party,
        outgoing=outgoing,
        announces=announces,
        agreed=agreed,
    )
    source = ContactSource.USER
    return Contact(name, CASE, encounter, source, details, begun, withdrawn=withdrawn)


def encounter(
    name: str,
    opened: Moment | str,
    closed: Moment | str | None = None,
    mode: Mode = Mode.VISIT,
    *,
    present: int | None = None,
    agreed: bool | None = None,
) -> Encounter:
    """An encounter as it was recorded."""
    begin = moment(opened) if isinstance(opened, str) else opened
    end = moment(closed) if isinstance(closed, str) else closed
    return Encounter(name, CASE, mode, begin, end, present, agreed)


def case_file(*, contacts: Iterable[Contact] = (), encounters: Iterable[Encounter] = ()) -> CaseFile:
    """A case with these facts and no others."""
    case = Case(CASE, "来分期", "某某消费金融", "", moment("2026-11-01 09:00:00"))
    return CaseFile(case, encounters=tuple(encounters), contacts=tuple(contacts))


def item(
    name: str, check: Check, who: Who = Who.COLLECTOR_MUST_NOT, order: int = 10, place: str = "art. 1"
) -> RuleItem:
    """An item that says its own name."""
    words = Text(name, name)
    source = Source(Text("文件", "document"), Text(place, place), Confidence.VERIFIED)
    return RuleItem(name, (Phase.ANY,), who, "all", order, words, None, None, (source,), check)


def pack_of(*items: RuleItem, name: str = "cn-test", status: Status = Status.STANDARD) -> RulePack:
    """A pack with these items."""
    return RulePack(
        id=name,
        version="1.0",
        title=Text("测试规则", "Test rules"),
        jurisdiction="CN",
        status=status,
        dated=date(2026, 1, 1),
        reviewed=date(2026, 1, 1),
        about=Text("测试", "test"),
        groups=(Group("all", Text("全部", "All")),),
        items=items,
        markers=(),
        hotlines=(),
    )


def pack_with(rule: str, name: str = "cn-test", **parameters: str) -> RulePack:
    """A pack of one automatic item."""
    check = Check(CheckKind.AUTOMATIC, rule, tuple(parameters.items()))
    return pack_of(item("the-item", check), name=name)


def pack_that_helps(rule: str, **parameters: str) -> RulePack:
    """A pack of one item that the user ticks, with an automatic rule beside it."""
    check = Check(CheckKind.TICK, helpers=(Helper(rule, tuple(parameters.items())),))
    return pack_of(item("the-item", check))


def judged(facts: CaseFile, rule: str, **parameters: str) -> list[Judgement]:
    """What one rule says of a case."""
    return list(judge(pack_with(rule, **parameters), facts))


def verdicts(facts: CaseFile, rule: str, **parameters: str) -> dict[str, Verdict]:
    """The same by subject."""
    return {one.subject: one.verdict for one in judged(facts, rule, **parameters)}


def breached(facts: CaseFile, rule: str, **parameters: str) -> list[str]:
    """The subjects that did not keep to the rule."""
    return [s for s, verdict in verdicts(facts, rule, **parameters).items() if verdict is Verdict.BREACHED]


def withdraw(one: Contact) -> Contact:
    """The same contact after the user took it back."""
    return replace(one, withdrawn=True)
