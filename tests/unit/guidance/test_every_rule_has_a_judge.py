"""The rules that decisions/0005 calls automatic are the rules that are judged."""

from __future__ import annotations

import re
from pathlib import Path

from evidencedesk.guidance.checks import RULES
from evidencedesk.guidance.judge import AUTOMATIC_RULES

DECISION = Path(__file__).parents[3] / "docs" / "decisions" / "0005-the-law-on-the-screen.md"


def test_every_automatic_rule_of_the_decision_is_judged() -> None:
    text = DECISION.read_text("utf-8")
    named = set(re.findall(r"^\| `([a-z-]+)` \| automatic \|", text, re.MULTILINE))
    assert named == set(AUTOMATIC_RULES)
    assert len(named) == 17


def test_a_pack_cannot_name_an_automatic_rule_that_nobody_judges() -> None:
    automatic = {name for name, rule in RULES.items() if "AUTOMATIC" in str(rule)}
    assert automatic <= set(AUTOMATIC_RULES)
