"""Lists as phones, providers, backups and people give them."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo

import pytest

from evidencedesk.domain.case import ContactDetails, ContactKind
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.moment import local_text
from evidencedesk.intake import found as limits
from evidencedesk.intake import texts
from evidencedesk.intake.found import Form, ReadList, Trouble, same_party
from evidencedesk.intake.lists import read_list
from evidencedesk.system.resources import resource
from evidencedesk.wording.contacts import trouble_text
from evidencedesk.wording.language import Language, Words

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALLS = """号码,类型,时间,时长
13800001111,呼入,2026-11-20 21:03:12,1分20秒
01088886666,未接来电,2026-11-21 08:00,
"""


def read(text: str | bytes, zone: tzinfo | None = SHANGHAI) -> ReadList:
    return read_list(text if isinstance(text, bytes) else text.encode(), "list", zone)


def only(text: str | bytes, zone: tzinfo | None = SHANGHAI) -> ContactDetails:
    result = read(text, zone)
    assert [one.line for one in result.refused] == []
    (one,) = result.found
    return one.details


def local(details: ContactDetails) -> str:
    return local_text(details.begun_utc, details.begun_offset_minutes)[:19]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_call_list_is_read_in_every_encoding_phones_write(encoding: str) -> None:
    result = read(CALLS.encode(encoding))
    first, second = (one.details for one in result.found)
    assert (first.kind, first.party, first.length_s) == (ContactKind.CALL, "13800001111", 80)
    assert (second.kind, second.party, second.length_s) == (ContactKind.MISSED_CALL, "01088886666", None)
    assert local(first) == "2026-11-20 21:03:12"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("headings", "cells", "expected"),
    [
        (
            "对方号码 通信类型 起始时间 通信时长",
            "13800001111 被叫 2026-11-20T21:03:00 42",
            (ContactKind.CALL, False, 42),
        ),
        (
            "对方号码 呼叫类型 通话时间 通话时长",
            "13800001111 主叫 2026-11-20T21:03 12秒",
            (ContactKind.CALL, True, 12),
        ),
        (
            "Number Type Date Duration",
            "13800001111 missed 2026-11-20T21:03:00 0",
            (ContactKind.MISSED_CALL, False, None),
        ),
        (
            "phone_number call_type date_time duration(s)",
            "13800001111 OUTGOING 2026-11-20T21:03 9",
            (ContactKind.CALL, True, 9),
        ),
        ("电话 状态 日期 时间", "13800001111 已接 2026-11-20 21:03", (ContactKind.CALL, False, None)),
        ("号码 类型 时间 内容", "13800001111 接收 2026-11-20T21:03 还钱", (ContactKind.SMS, False, None)),
        ("address date type body", "13800001111 2026-11-20T21:03 2 ok", (ContactKind.SMS, True, None)),
        ("from timestamp message", "13800001111 2026-11-20T21:03 pay", (ContactKind.SMS, False, None)),
    ],
)
def test_headings_are_recognised_in_both_languages(
    delimiter: str, headings: str, cells: str, expected: tuple[ContactKind, bool, int | None]
) -> None:
    rows = (row.replace(" ", delimiter) for row in (headings, cells))
    details = only("\n".join(rows))
    assert (details.kind, details.outgoing, details.length_s) == expected
    assert details.party == "13800001111"
    assert local(details) == "2026-11-20 21:03:00"


def test_a_title_above_the_headings_does_no_harm() -> None:
    text = f"通话详单\n本机号码,13900002222\n查询时间,2026-11-01 至 2026-11-30\n\n{CALLS}"
    assert len(read(text).found) == 2


def test_a_message_may_have_commas_quotes_and_lines() -> None:
    details = only('number,date,type,body\n106900001,2026-11-20 09:00,received,"""Pay"", now\nor we come"\n')
    assert details.text == '"Pay", now\nor we come'


def test_a_call_of_zero_seconds_counts_as_not_answered_and_this_is_told() -> None:
    (one,) = read("number,type,date,duration\n138,incoming,2026-11-20 09:00,0\n").found
    assert one.details.kind is ContactKind.MISSED_CALL
    assert one.troubles == (Trouble.NOT_ANSWERED,)


def test_a_line_without_a_kind_is_told_and_not_guessed() -> None:
    (one,) = read("number,date\n138,2026-11-20 09:00\n").found
    assert one.details.kind is ContactKind.OTHER
    assert one.troubles == (Trouble.KIND_UNKNOWN,)


def test_a_date_that_could_be_two_days_is_refused() -> None:
    result = read("number,type,date\n138,missed,03/04/2026 09:00\n138,missed,23/04/2026 09:00\n")
    assert [(one.line, one.trouble) for one in result.refused] == [(2, Trouble.DAY_OR_MONTH)]
    assert local(result.found[0].details) == "2026-04-23 09:00:00"


def test_one_bad_line_does_not_keep_the_others_out() -> None:
    result = read("number,type,date\n138,missed,soon\n139,missed,2026-11-20 09:00\n")
    assert [(one.line, one.trouble) for one in result.refused] == [(2, Trouble.TIME_UNREADABLE)]
    assert [one.details.party for one in result.found] == ["139"]


BACKUP = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<!--File Created By SMS Backup & Restore-->
<allsms count="5">
  <call number="13800001111" duration="65" date="1795179812000" type="1" contact_name="(Unknown)" />
  <call number="-2" duration="0" date="1795179813000" type="3" />
  <sms address="106900001" date="1795179814000" type="1" body="pay &#55357;&#56832;" contact_name="Bank" />
  <sms address="106900001" date="1795179814000" type="3" body="never sent" />
  <mms address="13800001111" date="1795179815000" msg_box="2">
    <parts><part ct="application/smil" text="x" /><part ct="text/plain" text="picture" /></parts>
  </mms>
</allsms>
"""


def test_a_backup_gives_calls_and_messages() -> None:
    result = read(BACKUP)
    assert result.form is Form.BACKUP
    call, hidden, sms, mms = (one.details for one in result.found)
    assert (call.kind, call.length_s, call.name) == (ContactKind.CALL, 65, "")
    assert (hidden.kind, hidden.party) == (ContactKind.MISSED_CALL, "")
    assert (sms.text, sms.name) == ("pay 😀", "Bank")
    assert (mms.text, mms.outgoing) == ("picture", True)
    assert [one.trouble for one in result.refused] == [Trouble.DRAFT]
    assert local(call) == "2026-11-20 21:03:32"


def test_a_backup_that_breaks_off_gives_what_was_whole() -> None:
    result = read(BACKUP[: BACKUP.index("<mms")])
    assert len(result.found) == 3
    assert result.refused[-1].trouble is Trouble.CUT_HERE


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE calls [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><calls><call number="&b;"/></calls>',
        '<!DOCTYPE calls [<!ENTITY f SYSTEM "file:///etc/passwd">]><calls>&f;</calls>',
        "<html><body>calls</body></html>",
    ],
)
def test_xml_with_declarations_or_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(Known) as caught:
        read(text)
    assert caught.value.code is Code.LIST_UNREADABLE


def test_copied_lines_are_contacts_of_their_own() -> None:
    missed, call, chat, sms = (
        one.details
        for one in read(
            "2026-11-20 21:03 138 0000 1111 未接\n"
            "2026年11月20日 晚上9:10 13800001111 来电 1分20秒\n"
            "王经理 2026/11/20 21:30\n你再不还钱\n我们就上门\n"
            "106900001 2026-11-20 21:40\n【某某】请尽快还款\n"
        ).found
    )
    assert (missed.kind, missed.party) == (ContactKind.MISSED_CALL, "13800001111")
    assert (call.kind, call.length_s, local(call)) == (ContactKind.CALL, 80, "2026-11-20 21:10:00")
    assert (chat.kind, chat.name, chat.text) == (ContactKind.CHAT, "王经理", "你再不还钱\n我们就上门")
    assert (sms.kind, sms.party, sms.text) == (ContactKind.SMS, "106900001", "【某某】请尽快还款")


def test_a_time_without_its_day_is_told_and_ends_what_was_said_before() -> None:
    result = read("王经理 2026/11/20 21:30\n你好\n昨天 21:03\n在吗\n")
    assert [one.details.text for one in result.found] == ["你好"]
    assert [one.trouble for one in result.refused] == [Trouble.NO_TIME, Trouble.NO_TIME]


def test_a_word_inside_what_was_said_names_no_kind() -> None:
    details = only("王经理 2026/11/20 21:30\n你的电话一直未接\n")
    assert details.kind is ContactKind.CHAT


def test_address_cards_give_names_for_numbers() -> None:
    cards = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E7=BB=8F=\r\n=E7=90=86\r\n"
        "TEL;CELL:138-0000-1111\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Long\r\n  Name\\, Agency\r\n"
        "item1.TEL;TYPE=CELL:+86 139 0000 2222\r\n"
        "END:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nORG:Agency;Legal\r\nTEL;VALUE=uri:tel:010-88886666;ext=7\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nobody\r\nEND:VCARD\r\n"
    )
    assert read(cards).names == (
        ("13800001111", "王经理"),
        ("+8613900002222", "Long Name, Agency"),
        ("01088886666", "Agency Legal"),
    )


@pytest.mark.parametrize(
    "number", ["13800001111", "+86 138-0000-1111", "0086 13800001111", "１３８００００１１１１"]
)
def test_one_number_is_the_same_however_it_is_written(number: str) -> None:
    assert same_party(number) == "13800001111"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04\x00\x00", b"", b"\xff\xfe\x00"]
)
def test_what_is_no_list_is_refused_with_words(data: bytes) -> None:
    with pytest.raises(Known) as caught:
        read(data)
    assert caught.value.code is Code.LIST_UNREADABLE


def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MAX_BYTES", 1000)
    with pytest.raises(Known) as caught:
        read(b"a" * 1001)
    assert caught.value.code is Code.LIST_TOO_LARGE


def test_a_list_without_end_is_read_up_to_a_limit_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CONTACTS", 10)
    for text in (
        "number,type,date\n" + "138,missed,2026-11-20 09:00\n" * 1000,
        "2026-11-20 09:00 138000 未接\n" * 1000,
        "<calls>" + '<call number="1" date="1795179812000" type="3"/>\n' * 1000 + "</calls>",
    ):
        result = read(text)
        assert len(result.found) == 10
        assert [one.trouble for one in result.refused] == [Trouble.TOO_MANY]


def test_a_line_without_end_is_told_and_the_next_one_is_read() -> None:
    text = f"number,type,date\n{'1' * 200_000},missed,2026-11-20 09:00\n138,missed,2026-11-20 09:00\n"
    result = read(text)
    assert [one.trouble for one in result.refused] == [Trouble.LINE_UNREADABLE]
    assert [one.details.party for one in result.found] == ["138"]


def test_a_message_that_is_too_long_for_the_journal_is_cut_and_this_is_told() -> None:
    (one,) = read(f"number,type,date,body\n138,received,2026-11-20 09:00,{'x' * 30_000}\n").found
    assert len(one.details.text) == limits.MAX_TEXT
    assert one.troubles == (Trouble.TEXT_CUT,)


@pytest.mark.parametrize("trouble", list(Trouble))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_trouble_has_words(trouble: Trouble, language: Language) -> None:
    assert trouble_text(Words(language, resource("locale")), trouble.value)
