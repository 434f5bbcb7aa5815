"""A case with everything a page can show: two encounters, breaches, a gap, corrections, hostile text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from evidencedesk.domain.case import (
    Attachment,
    Case,
    CaseFile,
    Collector,
    CollectorCard,
    Document,
    Encounter,
    Gap,
    Mode,
    Note,
    Recording,
    RecordingState,
    RecordingWarning,
    Shown,
    Tick,
    Verdict,
)
from evidencedesk.domain.moment import Moment, format_utc
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import DOMAIN, Language, Words

BEGAN = datetime(2026, 11, 23, 13, 34, 8, 250_000, tzinfo=UTC)  # 21:34:08 in Shanghai
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"
RATE = 48_000
SECONDS = 24
PACK = "cn-article-2025"


def moment(seconds: float) -> Moment:
    """A moment counted from the beginning of the visit."""
    return Moment(format_utc(BEGAN + timedelta(seconds=seconds)), 480, "boot-1", int(seconds * 1e9))


def sample_case(*, simulated: bool = True) -> CaseFile:
    """The case; the visit's recording is 24 seconds long."""
    case = Case("c-00000001", "来分期 & <b>Partner</b>", "某某消费金融有限公司", "LFQ-2024-0831", moment(0))
    recording = Recording(
        id="r-00000001",
        case=case.id,
        encounter="e-00000001",
        state=RecordingState.STOPPED,
        started=moment(0),
        device="Built-in microphone",
        rate_hz=RATE,
        channels=1,
        simulated=simulated,
        file="audio.flac",
        samples=RATE * SECONDS,
        file_bytes=1_203_441,
        file_sha256="4f9c" * 16,
        pcm_sha256="a1b2" * 16,
        pulse_sha256="c3d4" * 16,
        stopped=moment(SECONDS),
        reason="user",
    )
    recovered = Recording(
        id="r-00000002",
        case=case.id,
        encounter="e-00000002",
        state=RecordingState.RECOVERED,
        started=moment(60_000),
        device="USB headset",
        rate_hz=44_100,
        channels=2,
        simulated=False,
        file="audio.recovered.flac",
        samples=44_100 * 12,
        file_bytes=812_000,
        file_sha256="77aa" * 16,
        pcm_sha256="88bb" * 16,
        pulse_sha256="99cc" * 16,
        found_file="audio.flac",
        found_sha256="66dd" * 16,
        missing_ms=950,
        cut_bytes=311,
    )
    return CaseFile(
        case=case,
        encounters=(
            Encounter("e-00000001", case.id, Mode.VISIT, moment(0), moment(SECONDS + 2)),
            Encounter("e-00000002", case.id, Mode.CALL, moment(60_000), None),
        ),
        recordings=(recording, recovered),
        gaps=(Gap(case.id, recording.id, 15_000, 1_250, "overflow", moment(15)),),
        warnings=(RecordingWarning(case.id, recording.id, 18_000, "clipped", moment(18)),),
        notes=(
            _note("n-00000001", 3_000, "两名男子敲门,自称来分期委托"),
            _note("n-00000002", 6_200, '说"证件在车里"', marker="refused-documents"),
            _note(
                "n-00000003",
                11_000,
                "称欠款 18,600 元,未给明细",
                earlier=("称欠款 16,800 元",),
            ),
            _note("n-00000004", 20_000, HOSTILE),
            Note("n-00000005", case.id, None, None, None, "已打客服核实\n工号 0417", None, moment(90_000)),
        ),
        ticks=(
            _tick("t-00000001", 0, "not-after-21", Verdict.BREACHED, automatic=True),
            _tick("t-00000002", 6_000, "shows-work-id", Verdict.KEPT),
            _tick("t-00000003", 6_400, "shows-work-id", Verdict.BREACHED),
            _tick("t-00000004", 9_500, "licence-valid", Verdict.KEPT),
            _tick("t-00000005", 13_000, "no-illegal-means", Verdict.BREACHED, withdrawn=True),
            _tick("t-00000006", 16_500, "no-public-disclosure", Verdict.BREACHED),
            _tick("t-00000007", 22_000, "advance-notice", Verdict.NOT_SEEN),
        ),
        collectors=(
            Collector(
                "p-00000001",
                case.id,
                "e-00000001",
                CollectorCard(
                    name="张某",
                    organisation="某某信用管理有限公司",
                    phone="138 0000 0000",
                    plate="沪A12345",
                    description="约四十岁,黑色外套",
                    documents=(
                        (Document.WORK_ID, Shown.REFUSED),
                        (Document.AUTHORISATION, Shown.NOT_ASKED),
                        (Document.LICENCE, Shown.WHEN_ASKED),
                    ),
                ),
                moment(7),
            ),
            Collector("p-00000002", case.id, "e-00000001", CollectorCard(), moment(8)),
        ),
        attachments=(
            Attachment(
                "a-00000001",
                case.id,
                "e-00000001",
                "门口照片.png",
                "photo.png",
                5_204,
                "12ab" * 16,
                moment(30),
            ),
            Attachment(
                "a-00000002", case.id, None, "contract #1.pdf", "contract #1.pdf", 99, "34cd" * 16, moment(40)
            ),
        ),
        head="e21a" * 16,
        events=31,
    )


def sample_words(language: Language, folder: Path) -> Words:
    """Words of a language, from the compiled catalogue or else from its parts."""
    locale = resource("locale")
    name = Path("zh_CN", "LC_MESSAGES", f"{DOMAIN}.mo")
    if (locale / name).exists():
        return Words(language, locale)
    joined = Catalog(locale="zh_CN")
    for part in sorted((locale / "parts").glob("*.zh_CN.po")):
        with part.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if message.id:
                    joined[message.id] = message
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("wb") as file:
        write_mo(file, joined)
    return Words(language, folder)


def _note(
    note_id: str, at_ms: int, text: str, marker: str | None = None, earlier: tuple[str, ...] = ()
) -> Note:
    return Note(
        id=note_id,
        case="c-00000001",
        encounter="e-00000001",
        recording="r-00000001",
        at_ms=at_ms,
        text=text,
        marker=marker,
        moment=moment(at_ms / 1000),
        corrected=bool(earlier),
        earlier=earlier,
    )


def _tick(
    tick_id: str,
    at_ms: int,
    item: str,
    verdict: Verdict,
    *,
    automatic: bool = False,
    withdrawn: bool = False,
) -> Tick:
    return Tick(
        id=tick_id,
        case="c-00000001",
        encounter="e-00000001",
        recording="r-00000001",
        at_ms=at_ms,
        pack=PACK,
        pack_version="1.0",
        item=item,
        verdict=verdict,
        automatic=automatic,
        moment=moment(at_ms / 1000),
        withdrawn=withdrawn,
    )
