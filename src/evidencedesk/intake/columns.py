"""Which column of a table is what, by its heading in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    NAME = "name"
    KIND = "kind"
    WHEN = "when"
    DAY = "day"
    CLOCK = "clock"
    LENGTH = "length"
    TEXT = "text"


_NAMES: Mapping[Column, str] = {
    Column.NUMBER: (
        "号码 电话 电话号码 对方号码 对方电话 对方电话号码 对方手机号 手机 手机号 手机号码 "
        "联系电话 来电号码 通话号码 短信号码 主叫号码 发件人 发送方 发送者 发送号码 对方 number "
        "phone phonenumber callnumber address from sender caller callerid callernumber "
        "contactnumber othernumber mobile mobilenumber tel telephone"
    ),
    Column.NAME: (
        "姓名 名称 名字 联系人 联系人姓名 对方姓名 备注名 昵称 name contact contactname callername fullname"
    ),
    Column.KIND: (
        "类型 通话类型 呼叫类型 通信类型 通讯类型 通信方式 通讯方式 呼叫方式 短信类型 状态 "
        "通话状态 方向 收发 方式 type calltype messagetype smstype direction status callstatus "
        "kind folder"
    ),
    Column.WHEN: (
        "日期时间 日期和时间 通话时间 通话开始时间 开始时间 起始时间 通话起始时间 呼叫时间 "
        "来电时间 拨打时间 发送时间 接收时间 收到时间 短信时间 通信时间 通信开始时间 datetime "
        "dateandtime timestamp starttime startedat calldatetime calltime senttime receivedtime "
        "datereceived datesent readabledate"
    ),
    Column.DAY: "日期 通话日期 呼叫日期 短信日期 date day calldate startdate messagedate",
    Column.CLOCK: "时间 时刻 time timeofday",
    Column.LENGTH: (
        "时长 通话时长 通信时长 呼叫时长 通话长度 持续时间 时长秒 通话时长秒 秒数 duration "
        "callduration durationsec durationseconds durations durationinseconds length seconds "
        "talktime"
    ),
    Column.TEXT: (
        "内容 短信内容 信息内容 消息内容 正文 短信正文 信息 消息 文本 body text message content "
        "messagebody smsbody"
    ),
}
_KNOWN = {word: column for column, words in _NAMES.items() for word in words.split()}
_SPACES = re.compile(r"[\s_\-/:.()\[\]\"'*#]+")
_TIMES = (Column.WHEN, Column.DAY, Column.CLOCK)
_OTHERS = (Column.NUMBER, Column.KIND, Column.NAME, Column.TEXT, Column.LENGTH)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column of a table stands."""

    places: tuple[tuple[Column, int], ...]

    def cell(self, row: Sequence[str], column: Column) -> str:
        """What a row holds there; empty without such a column."""
        place = dict(self.places).get(column)
        return row[place].strip() if place is not None and place < len(row) else ""

    def has(self, column: Column) -> bool:
        """Whether the table has such a column."""
        return any(one is column for one, _ in self.places)

    def when(self, row: Sequence[str]) -> str:
        """Date and time, put together where they stand apart."""
        whole = self.cell(row, Column.WHEN)
        if whole:
            return whole
        day, clock = self.cell(row, Column.DAY), self.cell(row, Column.CLOCK)
        # Either may hold both: "date" is the whole time in many exports.
        return day if not clock or ":" in day or clock == day else clock if not day else f"{day} {clock}"


def columns_of(row: Sequence[str]) -> Columns | None:
    """The columns that a row of headings names; None when it is no row of headings."""
    places: dict[Column, int] = {}
    for index, heading in enumerate(row):
        word = _SPACES.sub("", unicodedata.normalize("NFKC", heading).casefold())
        column = _KNOWN.get(word)
        if column is not None:
            places.setdefault(column, index)
    if not any(c in places for c in _TIMES) or not any(c in places for c in _OTHERS):
        return None
    return Columns(tuple(places.items()))
