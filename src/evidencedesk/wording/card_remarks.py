"""What is said about a number or name on a collector's card. It never says more than the form shows."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.card_remark import CardRemark, Remarkable
from evidencedesk.wording.language import Words, mark

_SENTENCES: Mapping[Remarkable, str] = {
    Remarkable.CREDIT_FITS: mark("The form is valid. Whether the company exists, it does not say."),
    Remarkable.CREDIT_LENGTH: mark("{count} characters; such a code has 18."),
    Remarkable.CREDIT_LETTERS: mark("Such codes have no I, O, S, V or Z and no signs."),
    Remarkable.CREDIT_REGION: mark("Characters 3 to 8 should be digits."),
    Remarkable.CREDIT_CHECK: mark("The check digit does not fit, maybe a misreading (0/O, 1/I, 2/Z, 5/S)."),
    Remarkable.CREDIT_MAYBE: mark("Could it be {maybe}?"),
    Remarkable.CREDIT_REGISTER: mark("The first character stands for {register} (as reported)."),
    Remarkable.PHONE_FORM: mark("Not a usual form of a Chinese phone number."),
    Remarkable.PLATE_FORM: mark("Not the form of an ordinary plate."),
    Remarkable.NAMES_DIFFER: mark("The names differ: {names}"),
    Remarkable.LETTER_OVER: mark("The letter was valid until {day}; that day is over."),
    Remarkable.NOT_A_DAY: mark("Not a day yet, so it is not saved. For example: {example}"),
}
_EXAMPLE = "2026-12-31"
_AS_SHOWN = mark("If it was shown so, leave it: a wrong number is evidence too.")
_NUMBERS = frozenset({"credit_code", "phone", "plate"})

_REGISTERS: Mapping[str, str] = {
    "1": mark("public institutions' registry"),
    "2": mark("foreign affairs"),
    "3": mark("justice authorities; 31 is a law firm"),
    "4": mark("culture authorities"),
    "5": mark("civil affairs"),
    "6": mark("tourism authorities"),
    "7": mark("religious affairs"),
    "8": mark("trade unions"),
    "9": mark("market regulation; 91 is a company, 92 a sole trader"),
    "A": mark("the armed forces"),
    "N": mark("agriculture authorities"),
    "Y": mark("others"),
}


def remarks_text(words: Words, remarks: tuple[CardRemark, ...]) -> str:
    """All that is said about one field."""
    sentences = [remark_text(words, remark) for remark in remarks]
    if any(remark.field in _NUMBERS and not remark.fine for remark in remarks):
        sentences.append(words.text(_AS_SHOWN))
    # Chinese sentences follow each other without a space.
    return ("" if words.language == "zh" else " ").join(sentences)


def remark_text(words: Words, remark: CardRemark) -> str:
    """The sentence of a remark."""
    facts = dict(remark.facts)
    register = facts.get("register")
    if register is not None:
        facts["register"] = words.text(_REGISTERS[register])
    if remark.what is Remarkable.NOT_A_DAY:
        facts["example"] = _EXAMPLE
    return words.text(_SENTENCES[remark.what], **facts)
