"""By which way a contact came, as phones, providers and people name it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from evidencedesk.domain.case import ContactKind


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of contact and who began it; ``answered`` where the word itself says that somebody talked."""

    kind: ContactKind
    outgoing: bool = False
    answered: bool = False


_OUT = re.compile(r"呼出|拨出|拨打|去电|主叫|已拨|outgoing|dial+ed|\bout\b|sent|发送|已发|发出|发件|outbox")
_MISSED = re.compile(
    r"未接|未应答|无应答|拒接|拒绝|未接通|响铃|拦截|missed|reject|refused|block|unanswered|no answer|declined"
)
_ANSWERED = re.compile(r"已接|接听|接通|answered|connected")
_CALL = re.compile(
    r"通话|电话|语音|呼入|呼出|呼叫|来电|去电|被叫|主叫|拨|call|incoming|outgoing|dial|voice|\bin\b|\bout\b"
)
_CHAT = re.compile(r"微信|qq|wechat|whatsapp|telegram|聊天|chat|钉钉|支付宝")
_MESSAGE = re.compile(
    r"短信|彩信|信息|消息|sms|mms|message|text|收到|接收|收件|发送|已发|发件|inbox|outbox|received|sent"
)
_LETTER = re.compile(r"信函|信件|来信|律师函|函件|快递|邮寄|letter|\bmail\b|\bpost\b")
_VISIT = re.compile(r"上门|来访|visit")
_DRAFT = re.compile(r"草稿|draft|发送失败|failed|queued")


def way_named(word: str, *, has_text: bool = False) -> Way | None:
    """The way a word names; None when it names none. ``has_text`` helps "received" and "sent"."""
    text = unicodedata.normalize("NFKC", word).casefold().strip()
    outgoing = bool(_OUT.search(text))
    if _VISIT.search(text):
        return Way(ContactKind.VISIT)
    if _LETTER.search(text):
        return Way(ContactKind.LETTER, outgoing)
    if _MISSED.search(text):
        return Way(ContactKind.MISSED_CALL, outgoing)
    if _CHAT.search(text):
        return Way(ContactKind.CHAT, outgoing)
    if has_text and (_MESSAGE.search(text) or outgoing or text in ("in", "incoming", "呼入")):
        return Way(ContactKind.SMS, outgoing)
    if _ANSWERED.search(text):
        return Way(ContactKind.CALL, outgoing, answered=True)
    if _CALL.search(text):
        return Way(ContactKind.CALL, outgoing)
    if _MESSAGE.search(text):
        return Way(ContactKind.SMS, outgoing)
    return None


def is_draft(word: str) -> bool:
    """Whether it was never sent."""
    return bool(_DRAFT.search(word.casefold()))


# Android's numbers, as call and SMS backups write them.
_ANDROID_CALLS = {
    "1": Way(ContactKind.CALL),
    "2": Way(ContactKind.CALL, outgoing=True),
    "3": Way(ContactKind.MISSED_CALL),
    "4": Way(ContactKind.MISSED_CALL),  # went to the voice mail
    "5": Way(ContactKind.MISSED_CALL),  # turned down
    "6": Way(ContactKind.MISSED_CALL),  # blocked
    "7": Way(ContactKind.CALL, answered=True),  # taken on another device
}
_ANDROID_MESSAGES = {"1": Way(ContactKind.SMS), "2": Way(ContactKind.SMS, outgoing=True)}


def android_call(number: str) -> Way | None:
    """The way of a call."""
    return _ANDROID_CALLS.get(number.strip())


def android_message(number: str) -> Way | None:
    """The way of a message; None for drafts and what was never sent."""
    return _ANDROID_MESSAGES.get(number.strip())
