"""Bytes of a foreign file become text, in the encodings that phones and Excel write."""

from __future__ import annotations

import codecs

from evidencedesk.domain.errors import Code, Unreadable

MAX_BYTES = 64_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4096


def text_of(data: bytes, name: str) -> str:
    """Decode a list. Raises LIST_TOO_LARGE, LIST_UNREADABLE."""
    if len(data) > MAX_BYTES:
        raise Unreadable(Code.LIST_TOO_LARGE, path=name, limit=MAX_BYTES // 1_000_000)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break  # no list of a phone has this: it is something else
        return text
    raise Unreadable(Code.LIST_UNREADABLE, path=name)


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    head = data[:_LOOKED_AT]
    if head[1::2].count(0) * 4 > len(head):
        return ("utf-16-le",)
    if head[0::2].count(0) * 4 > len(head):
        return ("utf-16-be",)
    return ("utf-8", "gb18030")
