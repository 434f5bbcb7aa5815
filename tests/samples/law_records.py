"""The sample visit with contacts, steps, papers with their moments, photos and automatic marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from evidencedesk.domain.case import (
    Attachment,
    CaseFile,
    CollectorCard,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    Document,
    FollowUp,
    FollowUpDetails,
    Listed,
    Reached,
    Shown,
    Step,
    Tick,
    Verdict,
)
from evidencedesk.domain.moment import Moment, format_utc
from samples.collection_visit import BEGAN, PACK, moment, sample_case

CASE, VISIT = "c-00000001", "e-00000001"
SMS = "【某某公司】您的借款已逾期，我司工作人员将于24小时内上门，请保持电话畅通。"


def case_with_records() -> CaseFile:
    """Everything that the law on the screen can leave in a case."""
    sample = sample_case()
    visit, call = sample.encounters
    person, unnamed = sample.collectors
    return replace(
        sample,
        case=replace(sample.case, hotline="400 000 0000"),
        encounters=(replace(visit, present=1, agreed=False), call),
        contacts=contacts(),
        follow_ups=follow_ups(),
        collectors=(
            replace(
                person,
                card=replace(
                    person.card,
                    documents=(
                        (Document.WORK_ID, Shown.REFUSED),
                        (Document.AUTHORISATION, Shown.NOT_ASKED),
                        (Document.LICENCE, Shown.WHEN_ASKED),
                    ),
                    credit_code="91350100M000100Y43",
                    names_on=(
                        (Document.AUTHORISATION, "某某资产管理公司"),
                        (Document.LICENCE, "某某信用管理公司"),
                    ),
                    letter_until="2026-10-31",
                    listed=Listed.NO,
                ),
                document_moments=(
                    (Document.WORK_ID, moment(6.5)),
                    (Document.AUTHORISATION, moment(7)),
                    (Document.LICENCE, moment(600)),
                ),
            ),
            replace(unnamed, card=CollectorCard(description="站在楼梯口，没有说话")),
        ),
        ticks=(*sample.ticks, *marks()),
        attachments=(
            *sample.attachments,
            _file("a-00000003", "营业执照.png", 31, collector=person.id, document=Document.LICENCE),
            _file("a-00000004", "短信截图.png", -3590, contact="k-00000002"),
            _file("a-00000005", "还款凭证.png", 90_100, follow_up="f-00000003"),
            _file("a-00000006", "通话记录.csv", -3600.5),
        ),
    )


def contacts() -> tuple[Contact, ...]:
    """From a list and by hand, before, during and after the visit; one corrected, one withdrawn."""
    return (
        _contact(
            "k-00000001", -80_000, ContactKind.MISSED_CALL, party="01061234567", source=ContactSource.LIST
        ),
        _contact(
            "k-00000002",
            -70_000,
            ContactKind.SMS,
            party="10680000000000",
            text=SMS,
            announces=True,
            source=ContactSource.LIST,
        ),
        _contact(
            "k-00000003",
            -1800,
            ContactKind.CALL,
            party="01061234567",
            name="自称客服的王某",
            length_s=95,
            reached=Reached.FAMILY,
            text="打给我母亲，说出了欠款金额。",
            changed=True,
        ),
        _contact("k-00000004", -30, ContactKind.CALL, party="13800000000", length_s=20, encounter=VISIT),
        _contact("k-00000005", 70_000, ContactKind.CHAT, name="某某分期", text="重复记录", withdrawn=True),
        _contact("k-00000006", 80_000, ContactKind.VISIT, agreed=True, outgoing=True),
    )


def follow_ups() -> tuple[FollowUp, ...]:
    """Called during the visit and after it, and paid once with a receipt and once without."""
    return (
        _step(
            "f-00000001",
            12,
            FollowUpDetails(
                Step.CALL, _utc(12), 480, number="110", whom="公安", agent="警号 01234", receipt="JJ-88"
            ),
            encounter=VISIT,
            recording="r-00000001",
            at_ms=12_000,
        ),
        _step(
            "f-00000002",
            90_000,
            FollowUpDetails(
                Step.CALL,
                _utc(5000),
                480,
                number="400 000 0000",
                whom="某某消费金融有限公司",
                agent="0417",
                answer="not-sent-by-them",
            ),
            collector="p-00000001",
        ),
        _step(
            "f-00000003",
            90_050,
            FollowUpDetails(Step.PAYMENT, _utc(90_050), 480, amount="1280.50", receipt="TX-1"),
        ),
        _step(
            "f-00000004",
            91_000,
            FollowUpDetails(Step.PAYMENT, _utc(91_000), 480, amount="300"),
            withdrawn=True,
        ),
    )


def marks() -> tuple[Tick, ...]:
    """Automatic marks with their grounds: about the visit, a contact and a person."""
    late = (
        ("closed_from", "21:00"),
        ("closed_until", "08:00"),
        ("kind", "visit"),
        ("local_day", "2026-11-23"),
        ("local_time", "21:34:08"),
        ("passed", "closed_from"),
        ("passed_limit", "21:00"),
        ("utc_offset", "+08:00"),
    )
    family = (
        ("kind", "call"),
        ("local_day", "2026-11-23"),
        ("local_time", "21:04:08"),
        ("reached", "family"),
    )
    names = (("authorisation", "某某资产管理公司"), ("licence", "某某信用管理公司"))
    return (
        _mark("t-00000011", "not-after-21", "contact-hours", late, encounter=VISIT),
        _mark("t-00000012", "no-public-disclosure", "third-party-contact", family, subject="k-00000003"),
        _mark("t-00000013", "shows-authorisation", "names-match", names, VISIT, "p-00000001"),
    )


def _utc(seconds: float) -> str:
    return format_utc(BEGAN + timedelta(seconds=seconds))


def _noted(seconds: float) -> Moment:
    # What happened long before the visit was written down an hour before it.
    return moment(max(seconds, -3600))


def _contact(
    contact_id: str,
    seconds: float,
    kind: ContactKind,
    *,
    source: ContactSource = ContactSource.USER,
    encounter: str | None = None,
    changed: bool = False,
    withdrawn: bool = False,
    reached: Reached = Reached.DEBTOR,
    length_s: int | None = None,
    party: str = "",
    name: str = "",
    text: str = "",
    outgoing: bool = False,
    announces: bool = False,
    agreed: bool = False,
) -> Contact:
    details = ContactDetails(
        kind,
        _utc(seconds),
        480,
        reached=reached,
        length_s=length_s,
        party=party,
        name=name,
        text=text,
        outgoing=outgoing,
        announces=announces,
        agreed=agreed,
    )
    return Contact(contact_id, CASE, encounter, source, details, _noted(seconds), changed, withdrawn)


def _step(
    step_id: str,
    seconds: float,
    details: FollowUpDetails,
    *,
    encounter: str | None = None,
    recording: str | None = None,
    at_ms: int | None = None,
    collector: str | None = None,
    withdrawn: bool = False,
) -> FollowUp:
    return FollowUp(
        step_id, CASE, encounter, recording, at_ms, collector, details, moment(seconds), withdrawn=withdrawn
    )


def _mark(
    tick_id: str,
    item: str,
    rule: str,
    facts: tuple[tuple[str, str], ...],
    encounter: str | None = None,
    subject: str = "",
) -> Tick:
    return Tick(
        id=tick_id,
        case=CASE,
        encounter=encounter,
        recording=None,
        at_ms=None,
        pack=PACK,
        pack_version="1.0",
        item=item,
        verdict=Verdict.BREACHED,
        automatic=True,
        moment=moment(95_000),
        rule=rule,
        facts=facts,
        subject=subject,
    )


def _file(
    file_id: str,
    name: str,
    seconds: float,
    *,
    collector: str | None = None,
    document: Document | None = None,
    contact: str | None = None,
    follow_up: str | None = None,
) -> Attachment:
    return Attachment(
        file_id,
        CASE,
        VISIT if collector else None,
        name,
        name,
        2048,
        "56ef" * 16,
        moment(seconds),
        collector,
        document,
        contact,
        follow_up,
    )
