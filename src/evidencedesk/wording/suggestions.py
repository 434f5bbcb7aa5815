"""What is suggested about a rule, in one line; never more than the records say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from evidencedesk.domain.suggestion import Suggestion
from evidencedesk.wording.debt_figures import money_text
from evidencedesk.wording.language import Words, mark

_SENTENCES: Mapping[str, str] = {
    "documents-refused": mark("Papers were refused: you may end the talk."),
    "id-number-in-text": mark("A note has an ID number. Did you give yours away?"),
    "phone-number-in-text": mark("A note has a phone number. Did you give yours away?"),
}
_CODE_FITS = mark("Credit code {code}: the form is valid. Whether the company exists, it does not say.")
_CODE_DOUBTED = mark("Credit code {code}: the form does not fit. Read it again before you mark this.")
_SMS_KEPT = mark("An SMS from {party} is in the log.")
_SMS_BARE = mark("An SMS from {party} is in the log, without its text. Keep the text and a screenshot, too.")

_SUM_DIFFERS = mark(
    "They asked {asked}; the papers give {papers} for {day}. See the page “Debt” of this case."
)


def suggestion_text(words: Words, suggestion: Suggestion) -> str:
    """The line under the rule."""
    facts = dict(suggestion.facts)
    if suggestion.rule == "licence-number":
        sentence = _CODE_DOUBTED if "doubt" in facts else _CODE_FITS
        return words.text(sentence, code=facts["credit_code"])
    if suggestion.rule == "debt-arithmetic":
        asked, papers = (money_text(Decimal(facts[name]), facts["currency"]) for name in ("asked", "papers"))
        return words.text(_SUM_DIFFERS, asked=asked, papers=papers, day=facts["day"])
    if suggestion.rule == "sender-prefix":
        return words.text(_SMS_BARE if suggestion.prompt else _SMS_KEPT, party=facts["party"])
    if suggestion.rule == "conduct-logged":
        if "markers" in facts:
            count = int(facts["markers"])
            return words.plural(
                "You marked what they did {n} time.", "You marked what they did {n} times.", count
            )
        count = int(facts["notes"])
        return words.plural(
            "You wrote {n} note. Is it about what they did?",
            "You wrote {n} notes. Are they about what they did?",
            count,
        )
    return words.text(_SENTENCES[suggestion.rule])
