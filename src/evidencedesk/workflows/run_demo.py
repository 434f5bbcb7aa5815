"""A whole scripted visit through the real pipeline: the same code as a real one, marked simulated."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from evidencedesk.domain.case import (
    CollectorCard,
    ContactDetails,
    ContactKind,
    Document,
    FollowUpDetails,
    Mode,
    Shown,
    Step,
    Verdict,
)
from evidencedesk.domain.finding import Report
from evidencedesk.domain.moment import Clock, format_utc, parse_utc
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.describe_collector import add_collector, change_collector
from evidencedesk.workflows.describe_encounter import describe_encounter
from evidencedesk.workflows.desk import Authorities, Desk, nobody, open_desk
from evidencedesk.workflows.export_case import export_case, require_free_target
from evidencedesk.workflows.judge_case import keep_judgements
from evidencedesk.workflows.log_contact import log_contact
from evidencedesk.workflows.log_follow_up import log_follow_up
from evidencedesk.workflows.open_case import change_case, open_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.send_stamps import Sender
from evidencedesk.workflows.stamp_worker import stamping
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.tick_item import tick_item
from evidencedesk.workflows.verify_folder import verify

_POLL_S = 0.1
# Plainly nobody's: nothing but zeros behind the prefix.
_SENDER = "106800000000000"
_HOTLINE = "400 000 0000"
_CREDIT_CODE = "91000000000000000K"
_NOTICE = timedelta(hours=20)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Where the case folder is and what its verification found."""

    folder: Path
    report: Report


def run_demo(
    destination: Path,
    clock: Clock,
    words: Words,
    say: Say,
    *,
    authorities: Authorities = nobody,
) -> DemoResult:
    """Record the visit that ships with the program, export it to ``destination`` and verify it.

    Uses a library of its own in a temporary folder, so that no simulated case can get among real
    ones. Takes as long as the visit (about 20 s). ``authorities`` are asked for time stamps; the program
    itself asks none for an invented visit.
    """
    with tempfile.TemporaryDirectory(prefix="evidencedesk-demo-") as folder:
        library = Path(folder) / "library"
        with open_desk(library, clock, authorities=authorities) as desk:
            # Asked before the visit: nobody should wait 20 s for a refusal.
            require_free_target(desk, destination.expanduser().absolute())
            case = open_case(
                desk,
                words.text("Demo: visit announced by SMS"),
                words.text("Instalment platform (demo)"),
                "DEMO-0001",
            )
            change_case(desk, case.id, hotline=_HOTLINE)
            _announcement(desk, case.id, Path(folder), words)
            with stamping(desk):
                _visit(desk, case.id, words, say)
            keep_judgements(desk, case.id)
            Sender(desk).send(now=True)
            say(words.text("Exporting the case folder"))
            exported = export_case(desk, case.id, destination, words)
            Sender(desk).send(now=True)
    say(words.text("Verifying the case folder"))
    return DemoResult(exported.path, verify(exported.path))


def _announcement(desk: Desk, case_id: str, folder: Path, words: Words) -> None:
    """The message of the day before, its file, and what the user wrote down about it."""
    text = words.text("SMS: our staff will visit you within 24 hours.")
    now = desk.clock.now()
    came = format_utc(parse_utc(now.utc) - _NOTICE)
    details = ContactDetails(
        ContactKind.SMS, came, now.offset_minutes, party=_SENDER, text=text, announces=True
    )
    contact = log_contact(desk, case_id, details)
    take_note(desk, case_id, words.text("Kept the message and its sender before anybody came."))
    letter = folder / "sms.txt"
    letter.write_text(f"{_SENDER}\n{text}\n", encoding="utf-8")
    attach_file(desk, case_id, letter, contact=contact.id)


def _visit(desk: Desk, case_id: str, words: Words, say: Say) -> None:
    sound = resource("demo", "visit.flac")
    visit = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case_id, apart=True)
    say(words.text("Recording a scripted visit (simulated, about 20 seconds)"))
    steps = _script(desk, visit, words)
    while not visit.finished:
        visit.poll()
        position = visit.at_ms()
        while steps and position is not None and position >= steps[0][0]:
            _, description, act = steps.pop(0)
            act()
            say(f"  {(position // 1000):02} s  {description}")
        time.sleep(_POLL_S)
    for _, description, act in steps:
        act()
        say(f"        {description}")
    describe_encounter(desk, case_id, visit.encounter, present=2, agreed=False)
    _ask_the_platform(desk, case_id, visit.encounter, words)
    say("        " + words.text("Called the platform's number: not sent by them"))


def _ask_the_platform(desk: Desk, case_id: str, encounter: str, words: Words) -> None:
    (person,) = desk.store.case_file(case_id).collectors
    now = desk.clock.now()
    details = FollowUpDetails(
        Step.CALL,
        now.utc,
        now.offset_minutes,
        number=_HOTLINE,
        whom=words.text("Instalment platform (demo)"),
        agent="0417",
        answer="not-sent-by-them",
    )
    log_follow_up(desk, case_id, details, encounter, collector=person.id)


def _script(desk: Desk, visit: RecordEncounter, words: Words) -> list[tuple[int, str, Callable[[], object]]]:
    card = CollectorCard(
        name=words.text("Mr Zhang (as he says)"),
        organisation=words.text("A credit management firm (as he says)"),
        description=words.text("About 30, black jacket"),
    )
    cards: list[str] = []

    def note(text: str, marker: str | None = None) -> Callable[[], object]:
        return lambda: take_note(
            desk, visit.case, text, visit.encounter, visit.recording, _position(visit), marker
        )

    def tick(item: str, verdict: Verdict) -> Callable[[], object]:
        return lambda: tick_item(
            desk, visit.case, visit.encounter, desk.pack, item, verdict, visit.recording, _position(visit)
        )

    def meet() -> None:
        cards.append(add_collector(desk, visit.case, visit.encounter, card).id)

    def refuse() -> None:
        seen = (
            (Document.WORK_ID, Shown.REFUSED),
            (Document.AUTHORISATION, Shown.REFUSED),
            (Document.LICENCE, Shown.WHEN_ASKED),
        )
        on_licence = ((Document.LICENCE, words.text("Another firm (demo)")),)
        refused = replace(card, documents=seen, names_on=on_licence, credit_code=_CREDIT_CODE)
        change_collector(desk, visit.case, cards[0], refused)

    lines = [
        (1000, words.text("Two men knock and say the platform sent them."), None),
        (4000, words.text("Asked for work ID and authorisation letter."), None),
        (9000, words.text("They name a sum and show no bill."), None),
    ]
    steps: list[tuple[int, str, Callable[[], object]]] = [
        (at, text, note(text, marker)) for at, text, marker in lines
    ]
    refusal = words.text("He says: the papers are in the car.")
    loud = words.text("Says name and debt loudly in the corridor.")
    steps += [
        (2000, words.text("Collector card opened"), meet),
        (6000, refusal, note(refusal)),
        (6500, words.text("Ticked: no work ID shown"), tick("shows-work-id", Verdict.BREACHED)),
        (7000, words.text("Card: papers refused"), refuse),
        (12000, loud, note(loud)),
        (12500, words.text("Ticked: debt made public"), tick("no-public-disclosure", Verdict.BREACHED)),
        (15000, words.text("Ticked: spoke calmly"), tick("talk-evenly", Verdict.KEPT)),
    ]
    return sorted(steps, key=lambda step: step[0])


def _position(visit: RecordEncounter) -> int | None:
    """Where to put a note: now, but never behind the end of a recording that has stopped."""
    return None if visit.finished else visit.at_ms()
