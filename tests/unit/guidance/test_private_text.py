"""ID numbers, bank cards, phone numbers are found where they stand, and masked without moving anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.guidance.private_text import SecretKind, find_secrets, mask

ID, CARD, MOBILE, LANDLINE = (
    SecretKind.ID_NUMBER,
    SecretKind.BANK_CARD,
    SecretKind.MOBILE,
    SecretKind.LANDLINE,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证11010519491231002X。", [(ID, "11010519491231002X")]),
        ("身份证11010519491231002x", [(ID, "11010519491231002x")]),
        ("110105 19491231 002X", [(ID, "110105 19491231 002X")]),
        ("１１０１０５１９４９１２３１００２Ｘ", [(ID, "１１０１０５１９４９１２３１００２Ｘ")]),
        ("110105194912310021", [(ID, "110105194912310021")]),  # the check digit does not fit
        ("110105 19491231 0021", [(ID, "110105 19491231 0021")]),
        ("110105-1949-1231-0021", [(ID, "110105-1949-1231-0021")]),
        ("110105194913310021", [(CARD, "110105194913310021")]),  # no such month, as long as a card
        ("11010519491331002X", []),  # no such month
        ("110105491231002", [(ID, "110105491231002")]),
        ("110105491331002", []),
        ("99010549123100", []),
        ("卡号6222021234567890128", [(CARD, "6222021234567890128")]),
        ("4111 1111 1111 1111", [(CARD, "4111 1111 1111 1111")]),
        ("4111-1111-1111-1111", [(CARD, "4111-1111-1111-1111")]),
        ("4111111111111112", [(CARD, "4111111111111112")]),  # a digit that Luhn's test does not like
        ("6222021234567890123", [(CARD, "6222021234567890123")]),
        ("6222 0212 3456 7890 123", [(CARD, "6222 0212 3456 7890 123")]),
        ("622202 1234567890123", [(CARD, "622202 1234567890123")]),
        ("021-62345678", [(LANDLINE, "021-62345678")]),
        ("(021)62345678", [(LANDLINE, "021)62345678")]),
        ("电话（0755） 8301 2345。", [(LANDLINE, "0755） 8301 2345")]),
        ("02162345678", [(LANDLINE, "02162345678")]),
        ("0571-8765432", [(LANDLINE, "0571-8765432")]),
        ("010-12345678-801", [(LANDLINE, "010-12345678")]),
        ("2026-11-25 021-62345678", [(LANDLINE, "021-62345678")]),
        ("(1) 62345678", []),
        ("2026-11-25 2026-11-26", []),
        ("2026-11-25 21:34 18600.00 元", []),
        ("20261125 213408 18600", []),
        ("订单 202611250012", []),
        ("订单 0012345678", []),
        ("20261125213408", []),
        ("订单号 202611252134081234", []),
        ("95555 400-820-8820", []),
        ("短信来自 10681234567890123", []),  # who sent it is no secret
        ("信用代码 911100006000373099", []),  # nor is a company's number
        ("4111  1111 1111 1111", []),  # two spaces: not one number
        ("622222222227", []),
        ("6222222222220", [(CARD, "6222222222220")]),
        ("6222222222222222222", [(CARD, "6222222222222222222")]),
        ("62222222222222222223", []),
        ("110105170001010011", [(CARD, "110105170001010011")]),  # nobody was born then
        ("110105189912310015", [(ID, "110105189912310015")]),
        ("990105194912310058", [(ID, "990105194912310058")]),  # no such province, mistyped perhaps
        ("99010519491331005X", []),
        ("0000000000000", []),
        ("电话13800138000", [(MOBILE, "13800138000")]),
        ("电话+86 138-0013-8000,", [(MOBILE, "86 138-0013-8000")]),
        ("13800138000 13900139000", [(MOBILE, "13800138000"), (MOBILE, "13900139000")]),
        ("2026-11-25 13800138000", [(MOBILE, "13800138000")]),
        ("12378", []),
        ("1380013800", []),
        ("138001380001", []),
        ("金额 1280.50 元，2026-11-25 21:34:08", []),
        ("", []),
    ],
)
def test_secrets_in_a_text(text: str, expected: list[tuple[SecretKind, str]]) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in find_secrets(text)] == expected


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证11010519491231002X。", "身份证1****************X。"),
        ("110105 19491231 002X", "1***** ******** ***X"),
        ("110105491231002", "1*************2"),
        ("卡4111 1111 1111 1111", "卡**** **** **** 1111"),
        ("电话13800138000", "电话138****8000"),
        ("他说:我叫张三", "他说:我叫张三"),
        ("13800138000,13900139000", "138****8000,139****9000"),
        ("110105194912310021", "1****************1"),
        ("6222021234567890123", "***************0123"),
        ("021-62345678", "021-******78"),
    ],
)
def test_masked_texts_are_as_long_as_before(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert len(mask(text)) == len(text)


NUMBERS = st.lists(
    st.sampled_from(
        [
            "13800138000",
            "11010519491231002X",
            "4111 1111 1111 1111",
            " ",
            "-",
            "7",
            "0013",
            "X",
            "文",
            "8613",
            "021",
            "(021)",
            "62345678",
        ]
    ),
    max_size=12,
).map("".join)


@given(NUMBERS | st.text(alphabet="0123456789Xx -文", max_size=60))
def test_after_masking_nothing_is_found_any_more(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert find_secrets(masked) == ()
    assert all(new in (old, "*") for old, new in zip(text, masked, strict=True))


@given(st.text(max_size=60))
def test_the_places_are_those_of_the_text_itself(text: str) -> None:
    last = 0
    for one in find_secrets(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end
