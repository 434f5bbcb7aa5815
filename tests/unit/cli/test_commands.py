from __future__ import annotations

import click
import pytest

from evidencedesk.cli.commands import SecondsType
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("0", 0),
        ("192", 192_000),
        ("12.5", 12_500),
        ("0.0014", 1),
        ("3:12", 192_000),
        ("00:03:12", 192_000),
        ("1:00:00.25", 3_600_250),
    ],
)
def test_seconds_may_be_written_as_people_do(text: str, milliseconds: int) -> None:
    assert SecondsType(Words("en", resource("locale"))).convert(text, None, None) == milliseconds


@pytest.mark.parametrize(
    "text", ["", "-1", "nan", "inf", "1e3", "12,5", "0x10", "1:60", "1:2:3:4", "99999999", "٣", "1_0", " 1"]
)
def test_what_is_no_number_of_seconds_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="not a number of seconds"):
        SecondsType(Words("en", resource("locale"))).convert(text, None, None)
