"""Several rule packs, two of which differ, and a shelf in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from evidencedesk.domain.errors import Code, Known, Unreadable
from evidencedesk.domain.rules import (
    Begins,
    Caution,
    Check,
    CheckKind,
    Confidence,
    ConsentNotice,
    Deadline,
    RuleItem,
    RulePack,
    Source,
    Status,
    Text,
    Topic,
    Unit,
)
from evidencedesk.system.settings import Settings
from fakes.ui_more_services import example_packs

ARTICLE = example_packs()[0]
_STANDARD_NAME = Text(
    "GB/T 45251-2025 个人网络消费信贷贷后催收风控指引",
    "GB/T 45251-2025, post-loan collection for online consumer credit",
)
_STANDARD = Source(_STANDARD_NAME, Text("催收时间", "hours of collection"), Confidence.REPORTED)
_LIMITATION = Source(
    Text("最高法院诉讼时效规定", "Supreme People's Court rules on limitation periods"),
    Text("第 14 条", "art. 14"),
    Confidence.VERIFIED,
)
_PUBLIC_ORDER = Source(
    Text("治安管理处罚法", "Public Security Administration Punishments Law"),
    Text("第 25 条", "art. 25"),
    Confidence.VERIFIED,
)
_CIVIL = Source(
    Text("民法典", "Civil Code"), Text("第 1019、1023 条", "arts 1019, 1023"), Confidence.VERIFIED
)
_FEDERAL = Source(
    Text("美国法典第 18 编", "US Code, title 18"), Text("2511(2)(d)", "2511(2)(d)"), Confidence.VERIFIED
)

NEGOTIATING = Caution(
    "limitation",
    Topic.NEGOTIATING,
    Text(
        "答应还款、请求宽限、部分还款或谈分期，都会使三年诉讼时效重新计算。",
        "Promising to pay, asking for time, paying a part or making a plan starts the three years anew.",
    ),
    ("negotiate-plan",),
    (_LIMITATION,),
)
PUBLISHING = Caution(
    "voice",
    Topic.PUBLISHING,
    Text(
        "录音、照片用于取证和投诉；不要公开发布他人的声音、面容和身份信息。",
        "Use recordings as evidence and for complaints; do not publish voices, faces or ID numbers.",
    ),
    (),
    (_CIVIL,),
)
DEADLINES = (
    Deadline(
        "police-report",
        Text("向公安机关报案", "Report to the police"),
        Begins.BREACH,
        6,
        Unit.MONTHS,
        (),
        (_PUBLIC_ORDER,),
    ),
    Deadline(
        "credit-objection",
        Text("征信异议应得到书面答复", "A written answer to an objection about credit data is due"),
        Begins.COMPLAINT,
        20,
        Unit.DAYS,
        ("12363",),
        (replace(_PUBLIC_ORDER, document=Text("征信业管理条例", "Credit reporting regulation")),),
    ),
)
CONSENT = ConsentNotice(
    ("US-CA", "US-FL", "US-WA"),
    Text(
        "请先征得同意，或在开始时说明正在录音。",
        "Get consent first, or say at the start that you are recording.",
    ),
    Text(
        "通常一方知情即可录音；各州名单说法不一。",
        "One side's consent is usually enough; lists of states differ.",
    ),
    (_FEDERAL,),
)


def _from(pack: RulePack, item_id: str, text: Text, source: Source) -> RuleItem:
    rule = "contact-hours"
    check = Check(CheckKind.AUTOMATIC, rule, (("closed_from", "22:00"), ("closed_until", "08:00")))
    return replace(pack.item(item_id), text=text, hint=None, say=None, sources=(source,), check=check)


STANDARD = replace(
    ARTICLE,
    id="cn-gbt45251-2025",
    version="1.0",
    status=Status.STANDARD,
    title=_STANDARD_NAME,
    about=Text("推荐性国家标准，自 2025-02-28 起实施。", "Recommended national standard, from 2025-02-28."),
    applies_to=Text(
        "金融机构及其委托的第三方催收机构", "Financial institutions and the agencies they commission"
    ),
    dated=date(2025, 2, 28),
    in_force=date(2025, 2, 28),
    reviewed=date(2026, 11, 24),
    review_by=date(2027, 6, 30),
    items=(
        _from(
            ARTICLE,
            "not-after-21",
            Text("22:00 至次日 8:00 不得催收", "No collection from 22:00 to 8:00 the next day"),
            _STANDARD,
        ),
    ),
    cautions=(NEGOTIATING, PUBLISHING),
    deadlines=DEADLINES,
)
AMERICAN = replace(
    STANDARD,
    id="us-fdcpa-regf",
    status=Status.LAW,
    jurisdiction="US",
    title=Text("美国 FDCPA 与 Regulation F", "US FDCPA and Regulation F"),
    about=Text("美国联邦法律与条例。", "US federal law and regulation."),
    applies_to=Text("向消费者催收的第三方催收公司", "Third-party collectors of consumer debts in the US"),
    review_by=date(2026, 6, 30),
    cautions=(),
    deadlines=(),
    consent=CONSENT,
)
PACKS = (replace(ARTICLE, cautions=(NEGOTIATING,)), STANDARD, AMERICAN)


@dataclass(frozen=True)
class FakeSide:
    pack: RulePack
    item: RuleItem


@dataclass(frozen=True)
class FakeDisagreement:
    rule: str
    sides: tuple[FakeSide, ...]


@dataclass(frozen=True)
class FakeSetAside:
    path: Path
    error: Known


HOURS = FakeDisagreement(
    "contact-hours",
    (
        FakeSide(ARTICLE, ARTICLE.item("not-after-21")),
        FakeSide(STANDARD, STANDARD.item("not-after-21")),
    ),
)
BROKEN = FakeSetAside(
    Path("/library/packs/mine@1.0.toml"),
    Unreadable(
        Code.PACK_INVALID, file="mine@1.0.toml", item="calm", reason="unknown-value: items.who=nobody"
    ),
)


@dataclass
class FakeShelf:
    """Packs in memory. The settings are kept besides, as the first steps keep them."""

    all_packs: tuple[RulePack, ...] = PACKS
    chosen: Settings = field(default_factory=lambda: Settings(packs=("cn-article-2025", "cn-gbt45251-2025")))
    set_aside: tuple[FakeSetAside, ...] = ()
    refuse: Known | None = None
    saved: list[Settings] = field(default_factory=list)

    @property
    def packs(self) -> tuple[RulePack, ...]:
        by_id = {pack.id: pack for pack in self.all_packs}
        return tuple(by_id[one] for one in self.chosen.packs if one in by_id)

    def today(self) -> date:
        return date(2026, 11, 25)

    def settings(self) -> Settings:
        return self.chosen

    def save_settings(self, settings: Settings) -> None:
        self.chosen = settings
        self.saved.append(settings)
        if self.refuse is not None:
            raise self.refuse

    def choose_packs(self, ids: tuple[str, ...]) -> None:
        self.save_settings(replace(self.chosen, packs=ids))

    def add_pack(self, path: Path) -> RulePack:
        if path.name.startswith("broken"):
            raise BROKEN.error
        pack = replace(STANDARD, id=path.stem, title=Text("我的规则", "My own rules"), review_by=None)
        self.all_packs = (*self.all_packs, pack)
        return pack

    def disagreements(self) -> tuple[FakeDisagreement, ...]:
        in_use = {pack.id for pack in self.packs}
        return (HOURS,) if {ARTICLE.id, STANDARD.id} <= in_use else ()
