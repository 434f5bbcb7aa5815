"""A case with contacts in memory, as the contacts page asks for them."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from evidencedesk.domain.case import (
    Attachment,
    Case,
    CaseFile,
    CaseSummary,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    Reached,
    Verdict,
)
from evidencedesk.domain.errors import Known
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import Moment, format_utc, parse_utc
from evidencedesk.domain.rules import (
    Check,
    CheckKind,
    Confidence,
    RulePack,
    SenderPrefix,
    Source,
    Status,
    Text,
)
from evidencedesk.guidance.contact_picture import ATTEMPTS_PER_DAY, CONNECTED_PER_DAY
from evidencedesk.guidance.loader import load_packs
from evidencedesk.intake.lists import read_list, read_text
from evidencedesk.intake.offers import Preview, namings_of, offers_of
from evidencedesk.system.resources import resource

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = Moment("2026-11-25T13:03:00.000000Z", 480, "boot", 1)  # 21:03 in China


@dataclass(frozen=True)
class FakeTaken:
    logged: tuple[Contact, ...]
    named: int


def rules() -> tuple[RulePack, ...]:
    """The article, and a standard with other hours and two limits."""
    article = replace(load_packs(resource("packs"))[0], senders=())
    hours = article.item("not-after-21")
    source = Source(Text("标准", "Standard"), Text("条", "clause"), Confidence.REPORTED)

    def item(name: str, rule: str, **parameters: str) -> object:
        check = Check(CheckKind.AUTOMATIC, rule, tuple(parameters.items()))
        return replace(hours, id=name, check=check, sources=(source,))

    title = Text("GB/T 45251-2025", "GB/T 45251-2025")
    items = (
        item("hours-22", "contact-hours", closed_from="22:00", closed_until="08:00"),
        item("connected", CONNECTED_PER_DAY, limit="3"),
        item("attempts", ATTEMPTS_PER_DAY, limit="6"),
    )
    told = Text(
        "106 号码只说明经短信通道发送，不能证明发送者身份",
        "106 only says that it came by an SMS gateway, not who sent it",
    )
    standard = replace(
        article,
        id="standard",
        title=title,
        status=Status.STANDARD,
        items=items,  # type: ignore[arg-type]
        senders=(SenderPrefix("106", told, Confidence.REPORTED),),
    )
    return article, standard


@dataclass
class FakeContactServices:
    """Keeps everything; ``refuse`` is raised by whatever writes."""

    packs: tuple[RulePack, ...] = field(default_factory=rules)
    files: dict[str, CaseFile] = field(default_factory=dict)
    found: tuple[Judgement, ...] = ()
    refuse: Known | None = None
    moment: Moment = NOW
    judged: int = 0

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    def now(self) -> Moment:
        return self.moment

    def cases(self) -> tuple[CaseSummary, ...]:
        return tuple(CaseSummary(file.case) for file in self.files.values())

    def latest_case(self) -> Case | None:
        return list(self.files.values())[-1].case if self.files else None

    def open_case(self, title: str) -> Case:
        self._write()
        case = Case(f"c-{next(self._numbers):08}", title, "", "", self.moment)
        self.files[case.id] = CaseFile(case)
        return case

    def case_file(self, case_id: str) -> CaseFile:
        return self.files[case_id]

    def log_contact(self, case_id: str, details: ContactDetails) -> Contact:
        self._write()
        return self._log(case_id, details, ContactSource.USER)

    def change_contact(self, case_id: str, contact_id: str, details: ContactDetails) -> None:
        self._write()
        self._put(case_id, contact_id, details=details, changed=True)

    def withdraw_contact(self, case_id: str, contact_id: str) -> None:
        self._write()
        self._put(case_id, contact_id, withdrawn=True)

    def link_contact(self, case_id: str, contact_id: str, encounter: str | None) -> None:
        self._write()
        self._put(case_id, contact_id, encounter=encounter, changed=True)

    def keep_judgements(self, case_id: str) -> None:
        self.kept_for = case_id

    def judgements(self, case_id: str) -> tuple[Judgement, ...]:
        self.judged += 1
        return self.found

    def attach_to_contact(self, case_id: str, path: Path, contact_id: str) -> Attachment:
        self._write()
        name = f"a-{next(self._numbers):08}"
        size = path.stat().st_size
        made = Attachment(
            name, case_id, None, path.name, path.name, size, "0" * 64, self.moment, contact=contact_id
        )
        file = self.files[case_id]
        self.files[case_id] = replace(file, attachments=(*file.attachments, made))
        return made

    def kept_contact_file(self, attachment: Attachment) -> Path:
        return Path("/library") / attachment.stored_name

    def preview_contacts(self, case_id: str, source: Path | str, zone: tzinfo | None) -> Preview:
        where = zone or SHANGHAI
        if isinstance(source, Path):
            name, read = source.name, read_list(source.read_bytes(), source.name, where)
        else:
            name, read = "pasted.txt", read_text(source, "pasted.txt", where)
        file = self.files[case_id]
        offers, namings = offers_of(read, file), namings_of(read, file.contacts)
        path = source if isinstance(source, Path) else None
        return Preview(name, path, "", "", offers, read.refused, namings)

    def take_contacts(self, case_id: str, looked_at: Preview, chosen: Collection[int]) -> FakeTaken:
        self._write()
        offers = [looked_at.offers[index] for index in sorted(chosen)]
        logged = tuple(
            self._log(
                case_id, one.found.details, ContactSource.LIST, one.encounter.id if one.encounter else None
            )
            for one in offers
        )
        return FakeTaken(logged, len(looked_at.namings))

    def add(self, case_id: str, kind: ContactKind, hours_ago: float, **more: object) -> Contact:
        """A contact so long ago."""
        utc = format_utc(parse_utc(self.moment.utc) - timedelta(hours=hours_ago))
        details = replace(ContactDetails(kind, utc, 480), **more)  # type: ignore[arg-type]
        return self._log(case_id, details, ContactSource.USER)

    def judge(self, contact: Contact, item: str = "hours-22", pack: str = "standard") -> None:
        """Let a rule say something about a contact."""
        facts = (
            ("closed_from", "22:00"),
            ("kind", contact.details.kind.value),
            ("local_day", "2026-11-25"),
            ("local_time", "22:10:00"),
            ("passed", "closed_from"),
            ("passed_limit", "22:00"),
            ("utc_offset", "+0800"),
        )
        version = self.packs[0].version
        made = Judgement(pack, version, item, "contact-hours", Verdict.BREACHED, contact.id, facts)
        self.found = (*self.found, made)

    def _log(
        self, case_id: str, details: ContactDetails, source: ContactSource, encounter: str | None = None
    ) -> Contact:
        contact = Contact(f"k-{next(self._numbers):08}", case_id, encounter, source, details, self.moment)
        file = self.files[case_id]
        self.files[case_id] = replace(file, contacts=(*file.contacts, contact))
        return contact

    def _put(self, case_id: str, contact_id: str, **changed: object) -> None:
        file = self.files[case_id]
        contacts = tuple(
            replace(one, **changed) if one.id == contact_id else one  # type: ignore[arg-type]
            for one in file.contacts
        )
        self.files[case_id] = replace(file, contacts=contacts)

    def _write(self) -> None:
        if self.refuse is not None:
            raise self.refuse


def busy_case(services: FakeContactServices, title: str = "来分期") -> Case:
    """Some weeks of contacts, with today's at the end."""
    case = services.open_case(title)
    number = "13800001111"
    for days in range(70, 0, -1):
        for count in range((days * 7) % 5):
            kind = (ContactKind.MISSED_CALL, ContactKind.CALL, ContactKind.SMS)[(days + count) % 3]
            services.add(
                case.id, kind, days * 24 + 2.2 + count * 1.7, party=number if kind != ContactKind.SMS else ""
            )
    late = services.add(
        case.id,
        ContactKind.CALL,
        22.9,
        party=number,
        name="某某法务部 王经理",
        length_s=80,
        text="说明天带人上门",
    )
    services.judge(late)
    services.add(
        case.id,
        ContactKind.SMS,
        9,
        party="1069012345678",
        text="【某某金融】请于今日还清欠款，否则上门",
        announces=True,
    )
    for hours in (8.0, 6.5, 4.0, 1.0):
        services.add(case.id, ContactKind.CALL, hours, party=number, length_s=45)
    services.add(case.id, ContactKind.MISSED_CALL, 3, party=number)
    services.add(case.id, ContactKind.CHAT, 2, name="王经理", text="不接电话是吧")
    services.add(case.id, ContactKind.OTHER, 1.5, reached=Reached.FAMILY, text="给我母亲打了电话")
    day = Judgement(
        "standard",
        services.packs[0].version,
        "connected",
        CONNECTED_PER_DAY,
        Verdict.BREACHED,
        "2026-11-25",
        (("count", "4"), ("limit", "3")),
    )
    services.found = (*services.found, day)
    return case
