"""Phone numbers, senders and plates are told apart; what is unknown is a doubt, never refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.rules import Confidence, SenderPrefix, Text
from evidencedesk.guidance.number_forms import (
    PhoneForm,
    PlateForm,
    plain_number,
    read_phone,
    read_plate,
    sender_prefix,
)


@pytest.mark.parametrize(
    ("typed", "number", "form"),
    [
        ("13800138000", "13800138000", PhoneForm.MOBILE),
        ("+86 138-0013-8000", "13800138000", PhoneForm.MOBILE),
        ("008613800138000", "13800138000", PhoneForm.MOBILE),
        ("8613800138000", "13800138000", PhoneForm.MOBILE),
        ("１３８００１３８０００", "13800138000", PhoneForm.MOBILE),
        ("17400123456", "17400123456", PhoneForm.MOBILE),
        ("17406123456", "17406123456", PhoneForm.UNUSUAL_MOBILE),
        ("14012345678", "14012345678", PhoneForm.UNUSUAL_MOBILE),
        ("15412345678", "15412345678", PhoneForm.UNUSUAL_MOBILE),
        ("16312345678", "16312345678", PhoneForm.UNUSUAL_MOBILE),
        ("19412345678", "19412345678", PhoneForm.UNUSUAL_MOBILE),
        ("12812345678", "12812345678", PhoneForm.UNKNOWN),
        ("1380013800", "1380013800", PhoneForm.UNKNOWN),
        ("138001380000", "138001380000", PhoneForm.UNKNOWN),
        ("010-88888888", "01088888888", PhoneForm.LANDLINE),
        ("(0755) 8888 8888", "075588888888", PhoneForm.LANDLINE),
        ("0311-1234567", "03111234567", PhoneForm.LANDLINE),
        ("+86 10 8888 8888", "01088888888", PhoneForm.LANDLINE),
        ("+86 755 88888888", "075588888888", PhoneForm.LANDLINE),
        ("400-810-8888", "4008108888", PhoneForm.SERVICE_400),
        ("+86 400 810 8888", "4008108888", PhoneForm.SERVICE_400),
        ("95588", "95588", PhoneForm.SERVICE_95),
        ("955888", "955888", PhoneForm.SERVICE_95),
        ("9558", "9558", PhoneForm.UNKNOWN),
        ("96110", "96110", PhoneForm.SERVICE_96),
        ("12378", "12378", PhoneForm.SHORT),
        ("110", "110", PhoneForm.SHORT),
        ("10086", "10086", PhoneForm.SHORT),
        ("10681234", "10681234", PhoneForm.SMS_SENDER),
        ("1065", "1065", PhoneForm.UNKNOWN),
        ("10655", "10655", PhoneForm.SMS_SENDER),
        ("106" + "1" * 17, "106" + "1" * 17, PhoneForm.SMS_SENDER),
        ("106" + "1" * 18, "106" + "1" * 18, PhoneForm.UNKNOWN),
        ("+1 212 555 0100", "+12125550100", PhoneForm.FOREIGN),
        ("", "", PhoneForm.WITHHELD),
        ("隐藏号码", "隐藏号码", PhoneForm.WITHHELD),
        ("未知", "未知", PhoneForm.WITHHELD),
        ("Unknown", "Unknown", PhoneForm.WITHHELD),
        ("张经理", "张经理", PhoneForm.UNKNOWN),
    ],
)
def test_a_number_is_read_and_its_form_told(typed: str, number: str, form: PhoneForm) -> None:
    found = read_phone(typed)
    assert (found.text, found.form) == (number, form)


@pytest.mark.parametrize(
    ("typed", "doubtful"),
    [("13800138000", False), ("95588", False), ("14012345678", True), ("", True), ("12812345678", True)],
)
def test_unusual_numbers_are_worth_a_second_look(typed: str, doubtful: bool) -> None:
    assert read_phone(typed).doubtful is doubtful


def test_the_longest_prefix_that_a_pack_knows_is_told() -> None:
    known = [SenderPrefix(p, Text(p, p), Confidence.REPORTED) for p in ("106", "1068", "1069")]
    assert sender_prefix("1068 1234 5678", known) is known[1]
    assert sender_prefix("10651234", known) is known[0]
    assert sender_prefix("95588", known) is None
    assert sender_prefix("106", known) is None  # the prefix itself is no sender


@pytest.mark.parametrize(
    ("typed", "plate", "form"),
    [
        ("京A12345", "京A12345", PlateForm.ORDINARY),
        ("粤b·8x9y0", "粤B8X9Y0", PlateForm.ORDINARY),
        ("沪A 1234学", "沪A1234学", PlateForm.ORDINARY),
        ("粤Z1234港", "粤Z1234港", PlateForm.ORDINARY),
        ("苏E1234挂", "苏E1234挂", PlateForm.ORDINARY),
        ("京A1234警", "京A1234警", PlateForm.ORDINARY),
        ("京AI2345", "京AI2345", PlateForm.OTHER),
        ("京AO2345", "京AO2345", PlateForm.OTHER),
        ("京I12345", "京I12345", PlateForm.OTHER),
        ("粤BD12345", "粤BD12345", PlateForm.NEW_ENERGY),
        ("粤BF12345", "粤BF12345", PlateForm.NEW_ENERGY),
        ("粤B12345D", "粤B12345D", PlateForm.NEW_ENERGY),
        ("粤B12345K", "粤B12345K", PlateForm.NEW_ENERGY),
        ("粤BL12345", "粤BL12345", PlateForm.OTHER),
        ("粤B12345L", "粤B12345L", PlateForm.OTHER),
        ("京A1234", "京A1234", PlateForm.OTHER),
        ("使123456", "使123456", PlateForm.OTHER),
        ("A12345", "A12345", PlateForm.OTHER),
        ("", "", PlateForm.OTHER),
    ],
)
def test_a_plate_is_read_and_its_form_told(typed: str, plate: str, form: PlateForm) -> None:
    found = read_plate(typed)
    assert (found.text, found.form) == (plate, form)


@given(st.text(max_size=40))
def test_nothing_that_can_be_typed_stops_the_program(text: str) -> None:
    read_phone(text)
    read_plate(text)
    assert plain_number(plain_number(text)) is not None
