"""What the records say about the people who came: names on their papers, and whose paper came first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evidencedesk.domain.case import (
    Document,
    Encounter,
    Note,
    Shown,
    Verdict,
)
from evidencedesk.domain.moment import Moment
from evidencedesk.guidance.approaches import is_before
from evidencedesk.guidance.company_names import company_names, names_differ
from evidencedesk.guidance.matter import Matter, Result, clock_time, kept_if

_OWN_PAPERS = (Document.WORK_ID, Document.AUTHORISATION)
_SHOWN = (Shown.UNASKED, Shown.WHEN_ASKED)


def names_match(matter: Matter) -> Iterator[Result]:
    """The company's name differs between papers, or from what the person said.

    Spaces, the form of brackets, full-width and capital letters do not count. A short form that a person
    says (鑫诚 for 鑫诚资产管理有限公司) is no difference; between papers it is.
    """
    for collector in matter.case_file.collectors:
        names = company_names(collector.card)
        verdict = Verdict.NOT_SEEN if len(names) < 2 else kept_if(not names_differ(names))
        yield Result(verdict, collector.id, names, collector.encounter)


def letter_in_date(matter: Matter) -> Iterator[Result]:
    """The letter of authorisation had ended before the local day of the encounter; its last day counts."""
    opened = {encounter.id: encounter.opened for encounter in matter.case_file.encounters}
    for collector in matter.case_file.collectors:
        shown = opened.get(collector.encounter, collector.moment).local.date()
        until = _day(collector.card.letter_until)
        verdict = Verdict.NOT_SEEN if until is None else kept_if(shown <= until)
        facts = {"local_day": shown.isoformat()}
        if collector.card.letter_until:
            facts["letter_until"] = collector.card.letter_until
        yield Result(verdict, collector.id, facts, collector.encounter)


def identity_order(matter: Matter) -> Iterator[Result]:
    """The user showed an ID (``marker``) before one of the others had shown a work ID or a letter.

    A paper that was written down after the encounter may have been shown at any time in it: not decided.
    """
    encounters = {encounter.id: encounter for encounter in matter.case_file.encounters}
    first: dict[str, Note] = {}
    for note in matter.case_file.notes:
        if note.marker == matter.parameters["marker"] and note.encounter in encounters:
            first.setdefault(note.encounter, note)
    for encounter_id, own in first.items():
        theirs = _first_paper(matter, encounter_id)
        facts = {"local_time": clock_time(own.moment.local), "note": own.id}
        if theirs is not None:
            facts["their_paper_time"] = clock_time(theirs.local)
        verdict = _order(matter, encounters[encounter_id], own.moment, theirs)
        yield Result(verdict, encounter_id, facts, encounter_id)


def _order(matter: Matter, encounter: Encounter, own: Moment, theirs: Moment | None) -> Verdict:
    if theirs is None:
        return Verdict.BREACHED if _refused(matter, encounter.id) else Verdict.NOT_SEEN
    if not is_before(own, theirs):
        return Verdict.KEPT
    if encounter.closed is not None and is_before(encounter.closed, theirs):
        return Verdict.NOT_SEEN
    return Verdict.BREACHED


def _first_paper(matter: Matter, encounter: str) -> Moment | None:
    """When the first of their own papers came to be shown."""
    first: Moment | None = None
    for collector in matter.case_file.collectors:
        if collector.encounter == encounter:
            ways = dict(collector.card.documents)
            for document, moment in collector.document_moments:
                shown = document in _OWN_PAPERS and ways.get(document) in _SHOWN
                if shown and (first is None or is_before(moment, first)):
                    first = moment
    return first


def _refused(matter: Matter, encounter: str) -> bool:
    return any(
        document in _OWN_PAPERS and way is Shown.REFUSED
        for collector in matter.case_file.collectors
        if collector.encounter == encounter
        for document, way in collector.card.documents
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
