"""XML of the Android app "SMS Backup & Restore": calls, SMS and MMS.

Read with expat, piece by piece, and without any declaration of its own: an entity could blow up to
gigabytes or name another file.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from xml.parsers import expat

from evidencedesk.domain.case import ContactDetails, ContactKind
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.intake.found import (
    MAX_NAME,
    Form,
    Gathering,
    ReadList,
    Trouble,
    cut_text,
    party_of,
    plain,
)
from evidencedesk.intake.kinds import Way, android_call, android_message
from evidencedesk.intake.times import place, read_length, read_time

_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,500}\?>\s*)*<", re.DOTALL
)
# The app writes an emoji as two halves, which no XML reader takes.
_HALVES = re.compile(r"&#(5[5-7]\d{3});(?:&#(5[67]\d{3});)?", re.ASCII)
_XML_LINE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_PIECE = 1 << 20
_NOBODY = ("-1", "-2", "-3", "null")
_UNNAMED = ("(unknown)", "null", "(未知)", "未知")


def looks_like_backup(text: str) -> bool:
    """Whether it is XML at all."""
    return _BEGINS.match(text) is not None


def read_backup(text: str, name: str, zone: tzinfo | None) -> ReadList:
    """Read a backup. Raises LIST_UNREADABLE for XML that is no such backup, or brings declarations."""
    reader = _Reader(zone, name)
    reader.read(_HALVES.sub(_joined, _XML_LINE.sub("", text, count=1)))
    if not reader.known:
        raise Unreadable(Code.LIST_UNREADABLE, path=name)
    return reader.gathering.done()


def _joined(match: re.Match[str]) -> str:
    halves = chr(int(match[1])) + (chr(int(match[2])) if match[2] else "")
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Enough(Exception):  # noqa: N818 - nothing went wrong
    """The rest is not wanted."""


class _Reader:
    """Turns elements into contacts."""

    def __init__(self, zone: tzinfo | None, name: str) -> None:
        self.gathering = Gathering(Form.BACKUP)
        self.known = False
        self._zone = zone
        self._name = name
        self._mms: tuple[int, dict[str, str], list[str]] | None = None
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._declared

    def read(self, text: str) -> None:
        """All of it, or up to where it breaks off."""
        try:
            for begin in range(0, len(text), _PIECE):
                piece = text[begin : begin + _PIECE]
                self._parser.Parse(piece.encode("utf-8", "replace"), False)
            self._parser.Parse(b"", True)
        except _Enough:
            return
        except expat.ExpatError as error:
            self.gathering.refuse(error.lineno, Trouble.CUT_HERE)

    def _declared(self, _name: str, _system: str | None, _public: str | None, _subset: int) -> None:
        raise Unreadable(Code.LIST_UNREADABLE, path=self._name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        if tag in ("calls", "smses", "allsms", "alllogs"):
            self.known = True
        elif tag == "call":
            self._add(
                line, attributes, android_call(attributes.get("type", "")), attributes.get("number", ""), ""
            )
        elif tag == "sms":
            way = android_message(attributes.get("type", ""))
            self._add(line, attributes, way, attributes.get("address", ""), attributes.get("body", ""))
        elif tag == "mms":
            self._mms = (line, attributes, [])
        elif tag == "part" and self._mms is not None and attributes.get("ct") == "text/plain":
            self._mms[2].append(attributes.get("text", ""))

    def _end(self, tag: str) -> None:
        if tag == "mms" and self._mms is not None:
            line, attributes, texts = self._mms
            self._mms = None
            way = android_message(attributes.get("msg_box", ""))
            self._add(line, attributes, way, attributes.get("address", ""), "\n".join(texts))

    def _add(self, line: int, attributes: dict[str, str], way: Way | None, number: str, body: str) -> None:
        found = read_time(attributes.get("date", ""))
        if found.value is None:
            found = read_time(attributes.get("readable_date", ""))
        if found.value is None:
            self.gathering.refuse(line, found.trouble or Trouble.NO_TIME, number)
            return
        if way is None:
            self.gathering.refuse(line, Trouble.DRAFT if body else Trouble.LINE_UNREADABLE, body or number)
            return
        placed = place(found.value, self._zone)
        text, troubles = cut_text("" if body == "null" else body)
        told = list(troubles)
        length_s = read_length(attributes.get("duration", "")) if way.kind is ContactKind.CALL else None
        if way.kind is ContactKind.CALL and length_s == 0 and not way.answered:
            way, length_s = Way(ContactKind.MISSED_CALL, way.outgoing), None
            told.append(Trouble.NOT_ANSWERED)
        name = plain(attributes.get("contact_name", ""))
        details = ContactDetails(
            kind=way.kind,
            begun_utc=placed.utc,
            begun_offset_minutes=placed.offset_minutes,
            length_s=length_s,
            party="" if number in _NOBODY else party_of(number),
            name="" if name.casefold() in _UNNAMED else name[:MAX_NAME],
            text=text,
            outgoing=way.outgoing,
        )
        self.gathering.add(line, details, tuple(told))
        if self.gathering.full:
            raise _Enough
