"""Phone numbers, SMS senders and licence plates of mainland China: warn, never block.

What was shown is evidence, right or wrong. So a form that is not known is a doubt, never a refusal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.rules import SenderPrefix

_BETWEEN = re.compile(r"[\s\-‐-―−()._·•]+")
_COUNTRY = re.compile(r"(?:\+86|0086)(?=[0-9])|86(?=1[3-9][0-9]{9}$)")
_LANDLINE_FROM_ABROAD = re.compile(r"(?!106|400|800)(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# What is given out today; numbers beyond it may be new ones.
_USUAL_MOBILE = re.compile(
    r"1(?:3[0-9]|4[57]|5[0-35-9]|6[12567]|7[0-35-8]|8[0-9]|9[0-35-9])[0-9]{8}|1740[0-5][0-9]{6}"
)
_WITHHELD = re.compile(
    r"隐藏(?:号码)?|未知(?:号码)?|无(?:来电)?号码|未显示(?:号码)?|private|unknown|withheld|anonymous"
)
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SERIAL = "A-HJ-NP-Z"
_ORDINARY = re.compile(rf"[{_PROVINCE}][{_SERIAL}][{_SERIAL}0-9]{{4}}[{_SERIAL}0-9挂学警港澳]")
_NEW_ENERGY = re.compile(
    rf"[{_PROVINCE}][{_SERIAL}](?:[DABCEFGHJK][{_SERIAL}0-9][0-9]{{4}}|[0-9]{{5}}[DABCEFGHJK])"
)


class PhoneForm(StrEnum):
    """What kind of number it looks like. Nothing says that it really is what was shown."""

    MOBILE = "mobile"
    UNUSUAL_MOBILE = "unusual_mobile"
    LANDLINE = "landline"
    SERVICE_400 = "service_400"
    SERVICE_95 = "service_95"
    SERVICE_96 = "service_96"
    SMS_SENDER = "sms_sender"
    SHORT = "short"
    WITHHELD = "withheld"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


_FORMS = (
    (PhoneForm.MOBILE, _USUAL_MOBILE),
    (PhoneForm.UNUSUAL_MOBILE, _MOBILE),
    (PhoneForm.SERVICE_400, re.compile(r"[48]00[0-9]{7}")),
    (PhoneForm.SERVICE_95, re.compile(r"95[0-9]{3,4}")),
    (PhoneForm.SERVICE_96, re.compile(r"96[0-9]{3,4}")),
    (PhoneForm.SMS_SENDER, re.compile(r"106[0-9]{2,17}")),
    (PhoneForm.SHORT, re.compile(r"1(?:00[0-9]{2}|[12][0-9]{1,3})")),
    (PhoneForm.LANDLINE, re.compile(r"0[0-9]{2,3}[0-9]{7,8}")),
    (PhoneForm.FOREIGN, re.compile(r"(?:\+(?!86)|00(?!86))[0-9]{5,15}")),
)
_DOUBTED = frozenset({PhoneForm.UNUSUAL_MOBILE, PhoneForm.WITHHELD, PhoneForm.FOREIGN, PhoneForm.UNKNOWN})


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number as it was read, without spaces and the country's code."""

    text: str
    form: PhoneForm

    @property
    def doubtful(self) -> bool:
        """Worth a second look at what was typed."""
        return self.form in _DOUBTED


class PlateForm(StrEnum):
    """What kind of licence plate it looks like."""

    ORDINARY = "ordinary"
    NEW_ENERGY = "new_energy"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate as it was read. OTHER is worth a second look: embassy, army, temporary, or mistyped."""

    text: str
    form: PlateForm


def plain_number(text: str) -> str:
    """A number as it is compared: no spaces, hyphens, brackets or +86. Words stay words."""
    flat = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    inland = _COUNTRY.sub("", flat, count=1) if _COUNTRY.match(flat) else flat
    # Abroad a landline loses its first zero: +86 10 … is 010-… at home.
    return f"0{inland}" if inland != flat and _LANDLINE_FROM_ABROAD.fullmatch(inland) else inland


def read_phone(text: str) -> PhoneNumber:
    """Tell the form of a phone number or sender."""
    number = plain_number(text)
    if not number or _WITHHELD.fullmatch(number.casefold()):
        return PhoneNumber(number, PhoneForm.WITHHELD)
    for form, pattern in _FORMS:
        if number.isascii() and pattern.fullmatch(number):
            return PhoneNumber(number, form)
    return PhoneNumber(number, PhoneForm.UNKNOWN)


def sender_prefix(text: str, senders: Iterable[SenderPrefix]) -> SenderPrefix | None:
    """What a pack knows about this sender: the longest prefix that fits and has something behind it."""
    number = plain_number(text)
    fitting = (sender for sender in senders if number != sender.prefix and number.startswith(sender.prefix))
    return max(fitting, key=lambda sender: len(sender.prefix), default=None)


def read_plate(text: str) -> Plate:
    """Tell the form of a licence plate."""
    plate = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if _NEW_ENERGY.fullmatch(plate):
        return Plate(plate, PlateForm.NEW_ENERGY)
    return Plate(plate, PlateForm.ORDINARY if _ORDINARY.fullmatch(plate) else PlateForm.OTHER)
