"""Credit codes (GB 32100): what is wrong is said, nothing is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.guidance.credit_code import ALPHABET, CodeDoubt, Registrar, read_credit_code


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "91110000600037341L", "9131000063159284XQ", "11320000MB151840XJ"]
)
def test_a_code_whose_checks_fit(code: str) -> None:
    found = read_credit_code(code)
    assert (found.text, found.doubts, found.suggestion, found.expected_end) == (code, (), "", code[-1])


@pytest.mark.parametrize(
    ("code", "doubts", "expected_end"),
    [
        ("91350211M0000XUF46", (CodeDoubt.CHECK,), "R"),
        ("91350100M0001TGQXM", (CodeDoubt.CHECK,), "1"),
        ("91350100M000100Y4Z", (CodeDoubt.LETTERS,), "3"),
        ("91350100M000100Y4", (CodeDoubt.LENGTH,), "3"),
        ("91350100M000100Y433", (CodeDoubt.LENGTH,), "3"),
        ("", (CodeDoubt.LENGTH,), ""),
        ("催收公司", (CodeDoubt.LENGTH,), ""),
        ("9135O100M000100Y43", (CodeDoubt.LETTERS,), ""),
        # The organisation code's own digit (the 17th) does not fit, the last one does.
        ("91350100M000100Y56", (CodeDoubt.UNIT_CHECK,), "6"),
    ],
)
def test_a_code_with_a_doubt(code: str, doubts: tuple[CodeDoubt, ...], expected_end: str) -> None:
    found = read_credit_code(code)
    assert found.doubts == doubts
    assert found.expected_end == expected_end


def test_letters_in_the_region_are_a_doubt() -> None:
    assert CodeDoubt.REGION in read_credit_code("91A50100M000100Y43").doubts


@pytest.mark.parametrize(
    "typed",
    [
        "91350100m000100y43",
        " 9135 0100-M000 100Y-43 ",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "91350100‐M000100Y4–3",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert read_credit_code(typed).text == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9135O1OOMOOO1OOY43", "91350100M000100Y43"),
        ("9I350I00M000I00Y43", "91350100M000100Y43"),
        ("9S350100M000100Y43", ""),  # with 5 its checks do not fit
        ("9135010OM000100Y43", "91350100M000100Y43"),
        ("91350100M000100Y4Z", ""),
        ("9131000063IS9Z84XQ", "9131000063159284XQ"),
    ],
)
def test_letters_that_look_like_digits_are_read_again(typed: str, meant: str) -> None:
    assert read_credit_code(typed).suggestion == meant


@pytest.mark.parametrize(
    ("code", "registrar"),
    [
        ("11320000MB151840XJ", Registrar.PUBLIC_BODIES),
        ("31110000600037341L", Registrar.JUSTICE),
        ("91350100M000100Y43", Registrar.MARKET),
        ("N1350100M000100Y43", Registrar.AGRICULTURE),
        ("A1350100M000100Y43", Registrar.ARMY),
        ("B1350100M000100Y43", None),
        ("", None),
    ],
)
def test_the_first_character_says_who_registered_it(code: str, registrar: Registrar | None) -> None:
    assert read_credit_code(code).registrar is registrar


@given(place=st.integers(0, 17), character=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(place: int, character: str) -> None:
    right = "91350100M000100Y43"
    wrong = right[:place] + character + right[place + 1 :]
    assert bool(read_credit_code(wrong).doubts) is (wrong != right)


@given(st.text(max_size=40))
def test_nothing_that_can_be_typed_stops_the_program(text: str) -> None:
    read_credit_code(text)
