"""A case from which every letter can be filled, and one with hardly anything in it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from evidencedesk.domain.case import (
    Attachment,
    AttachmentKind,
    Case,
    CaseFile,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    FollowUp,
    FollowUpDetails,
    Note,
    Reached,
    Step,
    Tick,
    Verdict,
)
from evidencedesk.domain.debt import Claim, ClaimDetails, Debt, DebtTerms, Fee, Instalment
from evidencedesk.domain.moment import format_utc, parse_utc
from evidencedesk.domain.rules import RulePack, Who
from evidencedesk.guidance.judge import judge
from samples.collection_visit import moment
from samples.law_records import VISIT, case_with_records

CONTRACT = "LFQ-2024-0831"


@functools.lru_cache(maxsize=1)
def full_case(packs: tuple[RulePack, ...]) -> CaseFile:
    """Visit, calls late and to the mother, threats, claims, terms, payments, steps, files."""
    known = case_with_records()
    case = known.case.id
    sound = next(one for one in known.recordings if one.encounter == VISIT)

    def contact(number: int, hours: float, details: ContactDetails) -> Contact:
        begun = format_utc(parse_utc(moment(hours * 3600).utc))
        placed = replace(details, begun_utc=begun, begun_offset_minutes=480)
        return Contact(f"k-0000let{number}", case, None, ContactSource.USER, placed, moment(90_000))

    mother = ContactDetails(ContactKind.CALL, "", 0, Reached.FAMILY, party="021 5555 0000", name="自称来分期")
    mother = replace(mother, text="打给我母亲，说我欠钱不还 <再不还就上门> & 贴条")
    late = ContactDetails(ContactKind.CALL, "", 0, party="138 0000 0000", length_s=95, text="自称法务部")
    sms = ContactDetails(ContactKind.SMS, "", 0, party="106812345678", text="【来分期】逾期，明日上门。")
    contacts = (contact(1, 2, mother), contact(2, 1.5, late), contact(3, -20, sms), contact(4, -21, sms))

    def step(number: int, hours: float, details: FollowUpDetails) -> FollowUp:
        when = moment(hours * 3600)
        done = replace(details, done_utc=when.utc, done_offset_minutes=480)
        return FollowUp(f"f-0000let{number}", case, None, None, None, None, done, when)

    steps = (
        step(1, 3, FollowUpDetails(Step.PAYMENT, "", 0, amount="1280.50", answer="还第 7 期")),
        step(2, 4, FollowUpDetails(Step.COMPLAINT, "", 0, whom="12378", receipt="2026-1123-07")),
    )
    terms = DebtTerms(
        principal="10000",
        received="9600",
        received_on="2024-08-31",
        yearly_rate="23.9",
        overdue_rate="0.05",
        fees=(Fee("服务费", "400"),),
        instalments=(Instalment("2024-09-30", "945.60"),),
    )
    when = moment(535)
    claim = Claim(
        "m-0000let1",
        case,
        VISIT,
        None,
        None,
        None,
        ClaimDetails("18600", when.utc, 480, by="张某", principal="10000", penalty="8600"),
        when,
    )
    files = (
        _file(case, 1, "合同.pdf", AttachmentKind.CONTRACT),
        _file(case, 2, "短信截图.png", AttachmentKind.SMS),
        replace(_file(case, 3, "回单.png", AttachmentKind.RECEIPT), follow_up="f-0000let1"),
    )
    marker = next(one for pack in packs for one in pack.markers if one.id == "threat")
    owner = next(pack for pack in packs if marker in pack.markers)
    threat = Note("n-0000let1", case, VISIT, sound.id, 61_000, "不还钱就天天来", "threat", moment(61))
    pressed = Tick(
        "t-0000let1",
        case,
        VISIT,
        sound.id,
        61_000,
        owner.id,
        owner.version,
        marker.item,
        Verdict.BREACHED,
        automatic=False,
        moment=moment(61),
    )
    whole = replace(
        known,
        case=replace(known.case, creditor="某某消费金融有限公司", contract=CONTRACT),
        contacts=(*known.contacts, *contacts),
        follow_ups=(*known.follow_ups, *steps),
        debt=Debt(case, terms, moment(9000)),
        claims=(claim,),
        attachments=(*known.attachments, *files),
        notes=(*known.notes, threat),
        ticks=(*known.ticks, pressed),
    )
    return replace(whole, ticks=(*whole.ticks, *_judged(whole, packs)))


def empty_case() -> CaseFile:
    """A case that was only opened."""
    return CaseFile(Case("c-00000009", "来分期", "", "", moment(0)))


def _file(case: str, number: int, name: str, kind: AttachmentKind) -> Attachment:
    sha256 = f"{number}" * 64
    return Attachment(f"a-0000let{number}", case, None, name, name, 900, sha256, moment(95_000), kind=kind)


def _judged(case_file: CaseFile, packs: Sequence[RulePack]) -> tuple[Tick, ...]:
    """What the rules find, kept as the program keeps it."""
    mine = {(pack.id, item.id) for pack in packs for item in pack.items if item.who is Who.USER}
    found = [one for pack in packs for one in judge(pack, case_file)]
    return tuple(
        Tick(
            f"t-0000j{number:03}",
            case_file.case.id,
            one.encounter,
            None,
            None,
            one.pack,
            one.pack_version,
            one.item,
            one.verdict,
            automatic=True,
            moment=moment(99_000),
            rule=one.rule,
            facts=one.facts,
            subject="" if one.subject == one.encounter else one.subject,
        )
        for number, one in enumerate(found)
        if one.verdict is Verdict.BREACHED and (one.pack, one.item) not in mine
    )
