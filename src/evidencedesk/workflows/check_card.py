"""Look through a collector's card: names that differ, a letter that is over, numbers of an odd form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evidencedesk.domain.card_remark import CardRemark, Remarkable
from evidencedesk.domain.case import CollectorCard
from evidencedesk.guidance.company_names import CLAIMED, company_names, names_differ, same_company
from evidencedesk.guidance.credit_code import CodeDoubt, read_credit_code
from evidencedesk.guidance.number_forms import PhoneForm, PlateForm, read_phone, read_plate

_CODE_DOUBTS = {
    CodeDoubt.LENGTH: Remarkable.CREDIT_LENGTH,
    CodeDoubt.LETTERS: Remarkable.CREDIT_LETTERS,
    CodeDoubt.REGION: Remarkable.CREDIT_REGION,
    CodeDoubt.UNIT_CHECK: Remarkable.CREDIT_CHECK,
    CodeDoubt.CHECK: Remarkable.CREDIT_CHECK,
}


def card_remarks(card: CollectorCard, today: date) -> tuple[CardRemark, ...]:
    """What is worth a second look. Nothing here is refused: what was shown is evidence, right or wrong.

    ``today`` is the local day on which the papers were shown.
    """
    return (
        *_credit_code(card.credit_code),
        *_phone(card.phone),
        *_plate(card.plate),
        *_names(card),
        *_letter(card, today),
    )


def _credit_code(text: str) -> Iterator[CardRemark]:
    if not text.strip():
        return
    code = read_credit_code(text)
    kinds = dict.fromkeys(_CODE_DOUBTS[doubt] for doubt in code.doubts)
    for what in kinds:
        facts = (("count", str(len(code.text))),) if what is Remarkable.CREDIT_LENGTH else ()
        yield CardRemark("credit_code", what, facts)
    if code.suggestion:
        yield CardRemark("credit_code", Remarkable.CREDIT_MAYBE, (("maybe", code.suggestion),))
    if not kinds:
        yield CardRemark("credit_code", Remarkable.CREDIT_FITS, fine=True)
        if code.registrar is not None:
            facts = (("register", code.registrar.value),)
            yield CardRemark("credit_code", Remarkable.CREDIT_REGISTER, facts, fine=True)


def _phone(text: str) -> Iterator[CardRemark]:
    # "Unknown" and "withheld" are what the phone showed, not a misreading.
    if text.strip() and read_phone(text).form in (PhoneForm.UNKNOWN, PhoneForm.UNUSUAL_MOBILE):
        yield CardRemark("phone", Remarkable.PHONE_FORM)


def _plate(text: str) -> Iterator[CardRemark]:
    if text.strip() and read_plate(text).form is PlateForm.OTHER:
        yield CardRemark("plate", Remarkable.PLATE_FORM)


def _names(card: CollectorCard) -> Iterator[CardRemark]:
    names = company_names(card)
    if names_differ(names):
        # Papers first, then what was said; each name once.
        said = names.pop(CLAIMED, "")
        shown: dict[str, str] = {}
        for name in (*names.values(), said):
            shown.setdefault(same_company(name), " ".join(name.split()))
        shown.pop("", None)
        yield CardRemark("names_on", Remarkable.NAMES_DIFFER, (("names", " ≠ ".join(shown.values())),))


def _letter(card: CollectorCard, today: date) -> Iterator[CardRemark]:
    if card.letter_until and card.letter_until < today.isoformat():
        yield CardRemark("letter_until", Remarkable.LETTER_OVER, (("day", card.letter_until),))
