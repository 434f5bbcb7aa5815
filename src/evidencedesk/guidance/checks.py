"""The rules a pack may name, and the parameters each one needs.

To add a rule: 1. a line here; 2. the function that decides it, if it is automatic; 3. docs/rule-packs.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidencedesk.domain.rules import Check, CheckKind
from evidencedesk.guidance.toml_table import Mistake

CONTACT_HOURS = "contact-hours"
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SOME_TEXT = re.compile(r".+")


@dataclass(frozen=True, slots=True)
class Rule:
    """Who decides, which parameters must stand and which of ``any_of`` at least once."""

    kind: CheckKind
    form: re.Pattern[str] = _SOME_TEXT
    required: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()


RULES = {
    CONTACT_HOURS: Rule(CheckKind.AUTOMATIC, _HOUR, any_of=frozenset({"closed_from", "closed_until"})),
    "conduct-logged": Rule(CheckKind.SUGGEST),
    "debt-arithmetic": Rule(CheckKind.SUGGEST),
    "documents-refused": Rule(CheckKind.SUGGEST, required=frozenset({"items"})),
    "evidence-linked": Rule(CheckKind.SUGGEST),
    "id-number-in-text": Rule(CheckKind.SUGGEST),
    "licence-number": Rule(CheckKind.SUGGEST),
    "notice-before-visit": Rule(CheckKind.SUGGEST),
    "phone-number-in-text": Rule(CheckKind.SUGGEST),
    "receipt-per-payment": Rule(CheckKind.SUGGEST),
    "sender-prefix": Rule(CheckKind.SUGGEST, re.compile(r"\d+"), required=frozenset({"prefix"})),
}


def refuse_bad_check(check: Check, where: str) -> None:
    """Refuse a rule nobody knows, of another kind, or with missing or odd parameters. Raises Mistake."""
    if check.kind is CheckKind.TICK:
        if check.rule or check.parameters:
            raise Mistake("tick-needs-no-rule", where)
        return
    if not check.rule:
        raise Mistake("missing", f"{where}.rule")
    rule = RULES.get(check.rule)
    if rule is None or rule.kind is not check.kind:
        raise Mistake("unknown-rule", f"{where}.rule={check.rule}")
    given = {name for name, _ in check.parameters}
    for name in sorted(rule.required - given):
        raise Mistake("missing", f"{where}.parameters.{name}")
    if rule.any_of and not rule.any_of & given:
        raise Mistake("missing", f"{where}.parameters.{'|'.join(sorted(rule.any_of))}")
    for name, value in check.parameters:
        if name not in rule.required | rule.any_of:
            raise Mistake("unknown-key", f"{where}.parameters.{name}")
        if not rule.form.fullmatch(value):
            raise Mistake("bad-value", f"{where}.parameters.{name}={value}")
