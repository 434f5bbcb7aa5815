"""The rules a pack may name, and the parameters each one needs.

To add a rule: 1. a line here; 2. the function that decides it, if it is automatic; 3. docs/rule-packs.md and
resources/schemas/rule-pack.schema.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from evidencedesk.domain.rules import Check, CheckKind, Helper
from evidencedesk.guidance.toml_table import Mistake

CONTACT_HOURS = "contact-hours"


class Form(Enum):
    """How a parameter is written; the last three name things of the same pack."""

    HOUR = auto()
    NUMBER = auto()
    YES = auto()
    DIGITS = auto()
    MARKER = auto()
    ITEM = auto()
    ITEMS = auto()


_NAME = "[a-z0-9]+(-[a-z0-9]+)*"
PATTERNS: Mapping[Form, str] = {
    Form.HOUR: "([01][0-9]|2[0-3]):[0-5][0-9]",
    Form.NUMBER: "[1-9][0-9]{0,3}",
    Form.YES: "yes",
    Form.DIGITS: "[0-9]{1,12}",
    Form.MARKER: _NAME,
    Form.ITEM: _NAME,
    Form.ITEMS: f"{_NAME}(,{_NAME})*",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Who decides, which parameters must stand, which of ``any_of`` at least once, and which may."""

    kinds: tuple[CheckKind, ...]
    required: Mapping[str, Form] = field(default_factory=dict)
    any_of: Mapping[str, Form] = field(default_factory=dict)
    optional: Mapping[str, Form] = field(default_factory=dict)

    @property
    def forms(self) -> dict[str, Form]:
        """Every parameter the rule knows."""
        return {**self.required, **self.any_of, **self.optional}


_AUTOMATIC = (CheckKind.AUTOMATIC,)
_SUGGEST = (CheckKind.SUGGEST,)
# Packs before 2026-11-25 have these as suggestions, and their ticks still need them.
_ONCE_SUGGESTED = (CheckKind.AUTOMATIC, CheckKind.SUGGEST)

RULES: Mapping[str, Rule] = {
    CONTACT_HOURS: Rule(
        _AUTOMATIC,
        any_of={"closed_from": Form.HOUR, "closed_until": Form.HOUR},
        optional={"unless_agreed": Form.YES},
    ),
    "calls-connected-per-day": Rule(_AUTOMATIC, {"limit": Form.NUMBER}),
    "call-attempts-per-day": Rule(_AUTOMATIC, {"limit": Form.NUMBER}),
    "calls-in-days": Rule(_AUTOMATIC, {"limit": Form.NUMBER, "days": Form.NUMBER}),
    "calls-after-conversation": Rule(_AUTOMATIC, {"days": Form.NUMBER}),
    "visit-team-size": Rule(_AUTOMATIC, {"least": Form.NUMBER}),
    "notice-before-visit": Rule(_ONCE_SUGGESTED),
    "names-match": Rule(_AUTOMATIC),
    "letter-in-date": Rule(_AUTOMATIC),
    "third-party-contact": Rule(_AUTOMATIC),
    "entered-home": Rule(_AUTOMATIC, {"marker": Form.MARKER}),
    "identity-order": Rule(_AUTOMATIC, {"marker": Form.MARKER}),
    "evidence-linked": Rule(_ONCE_SUGGESTED),
    "evidence-first": Rule(_AUTOMATIC, {"item": Form.ITEM}),
    "receipt-per-payment": Rule(_ONCE_SUGGESTED),
    "bill-kept": Rule(_AUTOMATIC),
    "contract-kept": Rule(_AUTOMATIC),
    "licence-number": Rule(_SUGGEST),
    "conduct-logged": Rule(_SUGGEST),
    "debt-arithmetic": Rule(_SUGGEST),
    "documents-refused": Rule(_SUGGEST, {"items": Form.ITEMS}),
    "id-number-in-text": Rule(_SUGGEST),
    "phone-number-in-text": Rule(_SUGGEST),
    "sender-prefix": Rule(_SUGGEST, {"prefix": Form.DIGITS}),
}


def refuse_bad_check(check: Check, where: str) -> None:
    """Refuse a rule nobody knows, of another kind, or with missing or odd parameters. Raises Mistake."""
    if check.kind is CheckKind.TICK:
        if check.rule or check.parameters:
            raise Mistake("tick-needs-no-rule", where)
    elif not check.rule:
        raise Mistake("missing", f"{where}.rule")
    else:
        _refuse_bad_rule(check.kind, check.rule, check.parameters, where)
    seen: set[Helper] = set()
    for helper, at in _helpers(check, where):
        _refuse_bad_rule(CheckKind.AUTOMATIC, helper.rule, helper.parameters, at)
        if helper in seen:
            raise Mistake("duplicate", at)
        seen.add(helper)


def refuse_unknown_names(check: Check, where: str, items: set[str], markers: set[str]) -> None:
    """Refuse parameters that name an item or a marker the pack does not have. Raises Mistake."""
    known = {Form.ITEM: items, Form.ITEMS: items, Form.MARKER: markers}
    named = [(check.rule, check.parameters, where)] if check.rule else []
    named += [(helper.rule, helper.parameters, at) for helper, at in _helpers(check, where)]
    for rule, parameters, at in named:
        forms = RULES[rule].forms
        for name, value in parameters:
            names = known.get(forms[name])
            if names is not None and not names.issuperset(value.split(",")):
                raise Mistake("unknown-value", f"{at}.parameters.{name}={value}")


def _helpers(check: Check, where: str) -> Iterator[tuple[Helper, str]]:
    for number, helper in enumerate(check.helpers, start=1):
        yield helper, f"{where}.helpers[{number}]"


def _refuse_bad_rule(kind: CheckKind, name: str, parameters: tuple[tuple[str, str], ...], where: str) -> None:
    rule = RULES.get(name)
    if rule is None or kind not in rule.kinds:
        raise Mistake("unknown-rule", f"{where}.rule={name}")
    given = {parameter for parameter, _ in parameters}
    for wanted in sorted(rule.required.keys() - given):
        raise Mistake("missing", f"{where}.parameters.{wanted}")
    if rule.any_of and not rule.any_of.keys() & given:
        raise Mistake("missing", f"{where}.parameters.{'|'.join(sorted(rule.any_of))}")
    forms = rule.forms
    for parameter, value in parameters:
        if parameter not in forms:
            raise Mistake("unknown-key", f"{where}.parameters.{parameter}")
        if not re.fullmatch(PATTERNS[forms[parameter]], value):
            raise Mistake("bad-value", f"{where}.parameters.{parameter}={value}")
