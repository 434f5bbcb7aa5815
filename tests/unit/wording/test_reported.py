"""What is known from reports only says so, and says it once."""

from __future__ import annotations

import pytest

from evidencedesk.domain.rules import Confidence, Source, Text
from evidencedesk.wording.reported import must_say_reported, says_reported

PLAIN = Text("第二十二条", "art. 22")
TOLD = Text("第二十二条（据报道）", "art. 22 (as reported)")


@pytest.mark.parametrize(
    ("place", "confidence", "expected"),
    [
        (PLAIN, Confidence.REPORTED, True),
        (TOLD, Confidence.REPORTED, False),
        (PLAIN, Confidence.VERIFIED, False),
        (TOLD, Confidence.VERIFIED, False),
    ],
)
def test_a_source_says_once_that_it_was_reported(place: Text, confidence: Confidence, expected: bool) -> None:
    assert must_say_reported(Source(PLAIN, place, confidence)) is expected


def test_a_text_that_begins_with_it_tells_it() -> None:
    assert says_reported(
        Text("据报道：上门催收至少两人一起", "As reported: at least two people come together")
    )
    assert not says_reported(PLAIN)
