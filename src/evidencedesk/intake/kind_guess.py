"""What a file may be, by what people and phones call it: a suggestion, for the user to confirm."""

from __future__ import annotations

import re

from evidencedesk.domain.case import AttachmentKind

# The first that fits: "微信转账截图" is a receipt, and only then a screenshot.
_NAMES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (AttachmentKind.RECEIPT, r"回单|收据|凭证|转账|还款(?:记录|截图|证明)|receipt|payment|paid"),
        (AttachmentKind.CALL_LIST, r"通话(?:记录|清单|详单)|来电|call.?(?:log|list|history)"),
        (AttachmentKind.BILL, r"账单|帐单|对账|明细|欠款|bill|statement|invoice"),
        (AttachmentKind.CONTRACT, r"合同|协议|条款|借条|contract|agreement|terms"),
        (
            AttachmentKind.OFFICIAL,
            r"传票|裁定|判决|起诉|报警|回执|受理|告知书|法院|派出所|court|police|summons",
        ),
        (AttachmentKind.LETTER, r"催收函|律师函|通知|催告|函|letter|notice"),
        (AttachmentKind.ID_CARD, r"工作证|工牌|证件|身份证|营业执照|授权|委托书|licen[cs]e|badge|\bid.?card"),
        (AttachmentKind.DOOR_PHOTO, r"门口|上门|现场|楼道|走廊|door|visit"),
        (AttachmentKind.SMS, r"短信|\bsms\b|text.?message"),
        (AttachmentKind.CHAT, r"微信|聊天|mmexport|\bwx|wechat|\bqq|钉钉|whatsapp|chat"),
        (AttachmentKind.SMS, r"截图|截屏|screen.?shot"),
    )
)


def guess_kind(name: str) -> AttachmentKind | None:
    """The kind that a name speaks for, or None."""
    return next((kind for kind, pattern in _NAMES if pattern.search(name)), None)
