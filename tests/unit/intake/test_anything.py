"""Whatever a file holds, the reader gives contacts or says why not; it never falls over."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidencedesk.domain.errors import Known
from evidencedesk.domain.moment import parse_utc
from evidencedesk.intake.lists import read_list

_PIECES = st.sampled_from(
    [
        "number,type,date,duration,body\n",
        "号码;类型;时间;时长\n",
        "138",
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        '"',
        "未接",
        "incoming",
        "2026-11-20 21:03",
        "99/99/9999 99:99",
        "0001-01-01 00:00",
        "9999-12-31 23:59:60",
        "下午",
        "1分",
        "-",
        "1795179812000",
        "<calls>",
        "<call number='1' date='1795179812000' type='1'/>",
        "</calls>",
        "<sms ",
        "<!DOCTYPE a>",
        "<?xml version='1.0'?>",
        "&#55357;",
        "&#1;",
        "BEGIN:VCARD\n",
        "N;ENCODING=QUOTED-PRINTABLE:=E7=\n",
        "TEL:138\n",
        "FN:x\n",
        "END:VCARD\n",
        "\x00",
        "\ud800",
        "\u202e",
        "٣",
        "²",
        "+14:00",
        "Z",
        "T",
        "Nov 20, 2026 9:03 PM",
        "１",
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=30).map("".join)
_ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
_ZONES = st.sampled_from(
    [None, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]
)


@given(text=_TEXTS, encoding=_ENCODINGS, zone=_ZONES)
@example(text="number,type,date\n138,missed,2099-12-31 23:59 -12:00", encoding="utf-8", zone=None)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(text: str, encoding: str, zone: ZoneInfo | None) -> None:
    _read(text.encode(encoding, "replace"), zone)


@given(data=st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read(data, None)


def _read(data: bytes, zone: ZoneInfo | None) -> None:
    try:
        result = read_list(data, "anything", zone)
    except Known:
        return
    for one in result.found:
        parse_utc(one.details.begun_utc)
        assert one.line > 0
        one.details.text.encode()
