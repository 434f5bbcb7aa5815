"""What the records say about the user's own evidence: kept at all, kept first, receipts, bill, contract."""

from __future__ import annotations

from collections.abc import Iterator

from evidencedesk.domain.case import (
    AttachmentKind,
    CaseFile,
    Progress,
    Recording,
    Step,
    Tick,
    Verdict,
)
from evidencedesk.domain.moment import Moment
from evidencedesk.guidance.approaches import is_before, local
from evidencedesk.guidance.matter import Matter, Result, clock_time, day_text, kept_if


def evidence_linked(matter: Matter) -> Iterator[Result]:
    """An encounter to which no recording and no file belongs."""
    case_file = matter.case_file
    for encounter in case_file.encounters:
        recordings = len(_recorded(case_file, encounter.id))
        files = len(_taken_in(case_file, encounter.id))
        facts = {"files": str(files), "recordings": str(recordings)}
        yield Result(kept_if(recordings + files > 0), encounter.id, facts, encounter.id)


def evidence_first(matter: Matter) -> Iterator[Result]:
    """The user cooperated (a tick of ``item``) before there was evidence.

    A file that was taken in later may have been made before: not decided.
    """
    case_file = matter.case_file
    for encounter in case_file.encounters:
        decided = _first_tick(matter, encounter.id)
        if decided is None:
            continue
        sounds = [recording.started for recording in _recorded(case_file, encounter.id)]
        files = _taken_in(case_file, encounter.id)
        earlier = [moment for moment in sounds + files if not is_before(decided.moment, moment)]
        verdict = Verdict.NOT_SEEN if files and not earlier else kept_if(bool(earlier))
        facts = {"earlier": str(len(earlier)), "local_time": clock_time(decided.moment.local)}
        yield Result(verdict, encounter.id, facts, encounter.id)


def receipt_per_payment(matter: Matter) -> Iterator[Result]:
    """A payment without an attachment that belongs to it."""
    receipts = [attachment.follow_up for attachment in matter.case_file.attachments]
    for follow_up in matter.case_file.follow_ups:
        planned = follow_up.details.progress is Progress.PLANNED
        if follow_up.details.step is Step.PAYMENT and not planned and not follow_up.withdrawn:
            paid = local(follow_up.details.done_utc, follow_up.details.done_offset_minutes)
            count = receipts.count(follow_up.id)
            facts = {"amount": follow_up.details.amount, "local_day": day_text(paid), "receipts": str(count)}
            yield Result(kept_if(count > 0), follow_up.id, facts, follow_up.encounter)


def bill_kept(matter: Matter) -> Iterator[Result]:
    """Whether a bill is among the files."""
    yield _among_files(matter, AttachmentKind.BILL)


def contract_kept(matter: Matter) -> Iterator[Result]:
    """Whether the contract, or its terms, is among the files."""
    yield _among_files(matter, AttachmentKind.CONTRACT)


def _among_files(matter: Matter, kind: AttachmentKind) -> Result:
    """That it is not there breaches nothing: it may have been asked for and never have come."""
    count = sum(one.kind is kind for one in matter.case_file.attachments)
    return Result(Verdict.KEPT if count else Verdict.NOT_SEEN, "", {"files": str(count)})


def _recorded(case_file: CaseFile, encounter: str) -> list[Recording]:
    """Recordings that hold sound, or still run."""
    return [r for r in case_file.recordings if r.encounter == encounter and r.samples != 0]


def _taken_in(case_file: CaseFile, encounter: str) -> list[Moment]:
    """When files of an encounter came in: its own, its people's, its contacts' and its follow-ups'."""
    belonging = {one.id for one in case_file.collectors if one.encounter == encounter}
    belonging |= {one.id for one in case_file.contacts if one.encounter == encounter and not one.withdrawn}
    belonging |= {one.id for one in case_file.follow_ups if one.encounter == encounter and not one.withdrawn}
    files = [
        one.moment
        for one in case_file.attachments
        if one.encounter == encounter
        or belonging.intersection(filter(None, (one.collector, one.contact, one.follow_up)))
    ]
    return files + [one.moment for one in case_file.imported if one.encounter == encounter]


def _first_tick(matter: Matter, encounter: str) -> Tick | None:
    ticks = (
        tick
        for tick in matter.case_file.ticks
        if tick.encounter == encounter
        and tick.pack == matter.pack
        and tick.item == matter.parameters["item"]
        and tick.verdict is not Verdict.NOT_SEEN
        and not tick.withdrawn
    )
    return next(ticks, None)
