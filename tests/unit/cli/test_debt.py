"""The debt from a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fakes.debt_stories import BILL

Command = Callable[..., Any]


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "账单.csv"
    path.write_text(BILL, encoding="utf-8")
    return path


def event(outcome: Any, kind: str) -> dict[str, Any]:
    (found,) = (one for one in outcome.events if one["event"] == kind)
    assert isinstance(found, dict)
    return found


def test_a_case_without_a_debt_says_what_is_not_known(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("debt", case_id, "--json")
    told = event(outcome, "debt")
    assert outcome.code == 0
    assert (told["terms"], told["open"], told["effective_percent"]) == (None, None, None)
    assert told["no_rate_because"] == "no_instalments"
    assert "Not known: no instalments are entered." in evidencedesk("debt", case_id).out


def test_terms_are_described_one_by_one_and_stay(evidencedesk: Command, case_id: str) -> None:
    evidencedesk("debt", case_id, "--principal", "¥4,000", "--rate", "24%")
    told = event(evidencedesk("debt", case_id, "--received", "3800", "--json"), "debt")["terms"]
    assert (told["principal"], told["received"], told["yearly_rate"]) == ("4000", "3800", "24")
    told = event(evidencedesk("debt", case_id, "--received", "", "--json"), "debt")["terms"]
    assert (told["principal"], told["received"]) == ("4000", "")


def test_a_bill_is_looked_at_and_then_taken_with_its_payments(
    evidencedesk: Command, case_id: str, bill: Path
) -> None:
    looked = evidencedesk("debt", case_id, "--bill", bill, "--dry-run", "--json")
    assert looked.code == 1, "two lines were not understood"
    assert [one["why"] for one in event(looked, "bill_read")["refused"]] == ["no_day", "totals"]
    assert event(evidencedesk("debt", case_id, "--json"), "debt")["terms"] is None
    taken = evidencedesk("debt", case_id, "--bill", bill, "--payments", "--json")
    assert event(taken, "bill_taken")["payments"] == 1
    assert event(taken, "debt")["paid"] == "1050.00"
    assert [one["due"] for one in event(taken, "debt")["terms"]["instalments"]] == [
        "2026-09-10",
        "2026-10-10",
        "2026-11-10",
    ]


def test_a_claim_is_put_beside_the_papers(evidencedesk: Command, case_id: str, bill: Path) -> None:
    evidencedesk("debt", case_id, "--bill", bill)
    logged = evidencedesk(
        "claim", case_id, "18,600", "--by", "张某", "--at", "2026-11-20 21:43", "--penalty", "9000", "--json"
    )
    claim = event(logged, "claim_logged")
    assert (claim["amount"], claim["by"], claim["penalty"]) == ("18600", "张某", "9000")
    told = event(evidencedesk("debt", case_id, "--json"), "claim")
    assert (told["asked"], told["papers"], told["more"]) == ("18600", "3120.00", "15480.00")
    assert "they ask ¥15,480.00 more than the papers give" in evidencedesk("debt", case_id).out


def test_a_claim_can_be_taken_back(evidencedesk: Command, case_id: str) -> None:
    claim = event(evidencedesk("claim", case_id, "100", "--json"), "claim_logged")["claim"]
    assert evidencedesk("claim", case_id, "--withdraw", claim).code == 0
    assert claim not in evidencedesk("debt", case_id).out
    assert evidencedesk("claim", case_id, "--withdraw", claim).code == 2


@pytest.mark.parametrize(
    "given",
    [
        (),
        ("100", "--withdraw", "m-00000000"),
        ("much",),
        ("100", "--at", "then"),
        ("100", "--contact", "k-00000000"),
    ],
)
def test_what_makes_no_claim_is_wrong_use(
    evidencedesk: Command, case_id: str, given: tuple[str, ...]
) -> None:
    assert evidencedesk("claim", case_id, *given).code == 2


def test_the_sheet_is_written_beside_an_earlier_one(
    evidencedesk: Command, case_id: str, bill: Path, tmp_path: Path
) -> None:
    evidencedesk("debt", case_id, "--bill", bill)
    for _ in range(2):
        assert evidencedesk("debt", case_id, "--pdf", tmp_path).code == 0
    made = sorted(tmp_path.glob("来分期*.pdf"))
    assert len(made) == 2
    assert all(one.read_bytes().startswith(b"%PDF") for one in made)


def test_without_anything_about_the_debt_no_sheet_is_written(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    outcome = evidencedesk("debt", case_id, "--pdf", tmp_path)
    assert outcome.code == 2
    assert list(tmp_path.glob("*.pdf")) == []
