"""What the records say about visits: how many came, whether they said so before, whether they came in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from evidencedesk.domain.case import ContactKind, Note, Reached, Verdict
from evidencedesk.guidance.approaches import Approach
from evidencedesk.guidance.matter import Matter, Result, clock_time, day_text, kept_if

_BOUND = frozenset({Reached.DEBTOR, Reached.GUARANTOR})


def visit_team_size(matter: Matter) -> Iterator[Result]:
    """Fewer than ``least`` came, as the user counted; nobody counted: not decided."""
    least = matter.number("least")
    for visit in _visits(matter):
        verdict = Verdict.NOT_SEEN if visit.present is None else kept_if(visit.present >= least)
        facts = _when(visit.begun)
        if visit.present is not None:
            facts["present"] = str(visit.present)
        yield Result(verdict, visit.subject, facts, visit.encounter)


def notice_before_visit(matter: Matter) -> Iterator[Result]:
    """No contact of this case announced a visit before this one began."""
    notices = [approach for approach in matter.incoming() if approach.announces]
    for visit in _visits(matter):
        earlier = [notice for notice in notices if notice.begun < visit.begun]
        facts = _when(visit.begun) | {"notices": str(len(earlier))}
        if earlier:
            facts["notice_day"] = day_text(earlier[-1].begun)
            facts["notice_time"] = clock_time(earlier[-1].begun)
            facts["notice"] = earlier[-1].subject
        yield Result(kept_if(bool(earlier)), visit.subject, facts, visit.encounter)


def third_party_contact(matter: Matter) -> Iterator[Result]:
    """Somebody else than the debtor or a guarantor was reached."""
    for approach in matter.incoming():
        facts = _when(approach.begun) | {"kind": approach.kind.value, "reached": approach.reached.value}
        yield Result(kept_if(approach.reached in _BOUND), approach.subject, facts, approach.encounter)


def entered_home(matter: Matter) -> Iterator[Result]:
    """The user marked that somebody came in without consent; without the mark nothing is said."""
    marker = matter.parameters["marker"]
    first: dict[str, Note] = {}
    for note in matter.case_file.notes:
        if note.marker == marker and note.encounter is not None:
            first.setdefault(note.encounter, note)
    for encounter, note in first.items():
        facts = _when(note.moment.local) | {"note": note.id}
        yield Result(Verdict.BREACHED, encounter, facts, encounter)


def _visits(matter: Matter) -> Iterator[Approach]:
    return (approach for approach in matter.incoming() if approach.kind is ContactKind.VISIT)


def _when(moment: datetime) -> dict[str, str]:
    return {"local_day": day_text(moment), "local_time": clock_time(moment)}
