"""What files show, as people say it."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.case import AttachmentKind
from evidencedesk.wording.language import Words, mark

_KINDS: Mapping[AttachmentKind, str] = {
    AttachmentKind.SMS: mark("Text message"),
    AttachmentKind.CHAT: mark("Chat (WeChat, QQ)"),
    AttachmentKind.CALL_LIST: mark("List of calls"),
    AttachmentKind.CONTRACT: mark("Contract or terms"),
    AttachmentKind.BILL: mark("Bill or statement"),
    AttachmentKind.RECEIPT: mark("Receipt"),
    AttachmentKind.ID_CARD: mark("Their ID or papers"),
    AttachmentKind.DOOR_PHOTO: mark("Photo of the visit"),
    AttachmentKind.LETTER: mark("Letter or notice from them"),
    AttachmentKind.OFFICIAL: mark("Paper of an authority"),
    AttachmentKind.OTHER: mark("Something else"),
}
# What a court calls it, in the column for kind and form.
_FORMS: Mapping[AttachmentKind, str] = {
    AttachmentKind.SMS: mark("Electronic data: text message (picture of the screen, or its text)"),
    AttachmentKind.CHAT: mark("Electronic data: chat messages (picture of the screen, or their text)"),
    AttachmentKind.CALL_LIST: mark("Electronic data: list of calls"),
    AttachmentKind.CONTRACT: mark("Documentary evidence: contract or terms"),
    AttachmentKind.BILL: mark("Documentary evidence: bill or statement"),
    AttachmentKind.RECEIPT: mark("Documentary evidence: proof of payment"),
    AttachmentKind.ID_CARD: mark("Electronic data: picture of a person's papers"),
    AttachmentKind.DOOR_PHOTO: mark("Electronic data: photo"),
    AttachmentKind.LETTER: mark("Documentary evidence: letter or notice"),
    AttachmentKind.OFFICIAL: mark("Documentary evidence: paper of an authority"),
}


def kind_text(words: Words, kind: AttachmentKind) -> str:
    """The name of a kind."""
    return words.text(_KINDS[kind])


def form_text(words: Words, kind: AttachmentKind | None) -> str:
    """Kind and form, as an evidence list says it; a line to fill in where nobody said what the file is."""
    if kind is not None and kind in _FORMS:
        return words.text(_FORMS[kind])
    return words.text("________ (document, picture, message, electronic data)")
