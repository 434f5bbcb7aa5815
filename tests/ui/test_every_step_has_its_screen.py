"""Every point of the guidance is done somewhere in the program: the place is looked up in the open pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import AttachmentKind, CaseFile, ContactKind, Document, Step
from evidencedesk.domain.letter import LetterKind
from evidencedesk.domain.rules import Phase
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.debt.page import DebtSection
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.cases.letters.page import LettersSection
from evidencedesk.ui.cases.steps.page import StepsSection
from evidencedesk.ui.contacts.log_buttons import LogButtons
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file
from fakes.ui_services import FakeDesk, InstantRunner
from fakes.ui_stage import EncounterStage, Heard

PACK = load_packs(resource("packs"))[0]
DOOR, TALK, AFTER = "rule:door", "rule:conversation", "rule:after"

# Where each point is done: a tick box of the list before the visit; a rule of the page while recording; a
# paper of the collector's card; a number to call; a button that logs a contact; a kind of document; a step;
# a letter; a part of the page about the debt.
WHERE = {
    "stay-calm": (DOOR, TALK),
    "expect-pressure": (DOOR,),
    "not-provoked": (TALK,),
    "no-argument": (TALK,),
    "no-physical-conflict": (TALK,),
    "talk-evenly": (TALK,),
    "protect-id-number": (TALK,),
    "protect-bank-password": (TALK,),
    "protect-phone-number": (TALK,),
    "identity-before-showing-mine": (DOOR, "marker:showed-my-id"),
    "keep-evidence": (DOOR, "file:door_photo"),
    "decide-cooperation": (DOOR,),
    "verify-identity-first": ("before", "paper:work_id"),
    "licence-valid": ("before", DOOR, "paper:licence"),
    "shows-work-id": (DOOR, "paper:work_id"),
    "shows-authorisation": (DOOR, "paper:authorisation"),
    "reasonable-conduct": (TALK,),
    "ask-documents-politely": (DOOR,),
    "refuse-if-no-documents": (DOOR, "marker:refused-documents"),
    "remind-law": (DOOR, TALK),
    "call-platform-hotline": ("before", "step:call", "hotline"),
    "advance-notice": ("before", "contact:sms"),
    "hasty-aggressive": (TALK,),
    "call-police": (DOOR, "number:110", "step:police_report", "letter:police"),
    "know-rights": (TALK, AFTER),
    "request-bill": (TALK, "step:request_papers", "letter:request-papers", "file:bill"),
    "request-contract": (TALK, "step:request_papers", "letter:request-papers", "file:contract"),
    "check-debt": (AFTER, "step:dispute", "debt:contract", "debt:claims", "debt:papers"),
    "raise-dispute": ("step:dispute", "letter:dispute"),
    "apply-recheck": ("step:recheck", "letter:dispute"),
    "not-before-8": (DOOR, "contact:call"),
    "not-after-21": (DOOR, "contact:call"),
    "no-public-disclosure": (TALK, "contact:other", "letter:third-parties"),
    "no-illegal-means": (TALK, "letter:regulator"),
    "complain-financial-regulator": ("step:complaint", "number:12378", "letter:regulator"),
    "complain-market-supervision": ("step:complaint", "number:12315", "letter:market"),
    "consult-lawyer": ("step:legal_help", "number:12348"),
    "lawyer-represents": ("step:legal_help",),
    "no-rush-full-payment": (TALK, "step:plan_proposed"),
    "negotiate-plan": ("step:plan_proposed", "letter:plan"),
    "keep-receipts": ("step:payment", "debt:payments", "file:receipt"),
    "refuse-illegal-collection": (DOOR,),
    "verify-debt-protect-rights": (AFTER, "debt:papers"),
    "no-extreme-acts": (DOOR, TALK),
    "communicate-for-solution": (TALK, "step:plan_agreed"),
    "act-by-law-patiently": (DOOR, TALK),
    "understand-consequences": ("before",),
    "sms-1068-received": ("before", "contact:sms", "file:sms"),
    "respond-actively": ("before",),
    "ask-purpose": (DOOR,),
    "ask-legal-proof": (DOOR,),
}


def at(kind: str) -> Iterator[tuple[str, str]]:
    """Points whose place is of a kind, with the rest of its name."""
    for item, places in WHERE.items():
        for place in places:
            head, _, rest = place.partition(":")
            if head == kind:
                yield item, rest


@pytest.fixture
def case(qtbot: QtBot, zh: UiWords) -> CasesPage:
    """A case in which nothing was done yet."""
    services = FakeCaseServices(CaseFile(example_case_file().case))
    page = CasesPage(services, InstantRunner(), zh, FakeFileChoice())
    qtbot.addWidget(page)
    page.resize(1196, 800)
    page.show()
    page.show_case(services.file.case.id)
    return page


def test_no_point_is_without_a_place_and_none_is_made_up() -> None:
    assert set(WHERE) == {item.id for item in PACK.items}
    known = {"before", "rule", "paper", "marker", "hotline", "number", "contact", "file", "step", "letter"}
    assert {place.partition(":")[0] for places in WHERE.values() for place in places} == known | {"debt"}


def test_points_before_the_visit_can_be_ticked_on_the_first_page(qtbot: QtBot, zh: UiWords) -> None:
    desk = FakeDesk()
    desk.open_case("来分期")
    messages = Heard().messages
    window = MainWindow(zh, messages)
    qtbot.addWidget(window)
    window.show()
    flow = RecordingFlow(window, desk, InstantRunner(), zh, messages, Settings())
    card = window.record_page.preparations
    qtbot.waitUntil(lambda: bool(card.rows))
    if card.more_button.isVisibleTo(card):
        card.more_button.click()
    for item, _ in at("before"):
        assert card.rows[item].box.isVisibleTo(card), item
        card.rows[item].box.click()
        assert any(tick.item == item for file in desk.files.values() for tick in file.ticks), item
    assert flow is not None


def test_rules_papers_marks_and_numbers_are_on_the_page_while_recording(qtbot: QtBot, zh: UiWords) -> None:
    stage = EncounterStage(zh)
    page = stage.open_page(qtbot)
    for phase in Phase:
        wanted = [item for item, name in at("rule") if name == phase.value]
        if not wanted:
            continue
        page.checklist.phases.buttons[phase.value].click()
        if page.checklist.more.isVisibleTo(page):
            page.checklist.more.click()
        for item in wanted:
            qtbot.waitUntil(partial(page.checklist.rows[item].buttons.isVisibleTo, page))
    for item, paper in at("paper"):
        assert page.people.papers[Document(paper)].buttons, item
    for item, marker in at("marker"):
        page.notes.chips[marker].click()
        assert any(note.marker == marker for note in stage.file.notes), item
    for item, number in at("number"):
        assert number in page.help.buttons, item
    assert [item for item, _ in at("hotline")] == ["call-platform-hotline"]
    assert page.people.hotline.answers.buttons


def test_contacts_are_logged_by_one_button_each(qtbot: QtBot, zh: UiWords) -> None:
    buttons = LogButtons(zh)
    qtbot.addWidget(buttons)
    logged: list[ContactKind] = []
    buttons.log_clicked.connect(lambda kind, _reached: logged.append(kind))
    for button in buttons.buttons:
        button.click()
    for item, kind in at("contact"):
        assert ContactKind(kind) in logged, item


def test_steps_are_offered_with_the_words_of_the_guidance_and_can_be_written_down(case: CasesPage) -> None:
    case.review.sections.choose("steps")
    section = case.review.sections.section("steps")
    assert isinstance(section, StepsSection)
    said = {one.id for row in section.path.suggestions.values() for one in row.suggestion.items}
    for item, step in at("step"):
        row = section.path.suggestions[Step(step)]
        assert set(row.buttons) & {"write", "debt"}, item
        assert item in said, item


def test_letters_can_be_made_and_their_page_is_shown(case: CasesPage) -> None:
    case.review.sections.choose("letters")
    section = case.review.sections.section("letters")
    assert isinstance(section, LettersSection)
    for item, name in at("letter"):
        section.letters.buttons[name].click()
        form = section.presenter.state.form
        assert form is not None, item
        assert form.kind is LetterKind(name), item
        assert section.editor.keep.isEnabled(), item


def test_documents_have_their_kind_and_the_debt_its_cards(case: CasesPage) -> None:
    case.review.sections.choose("files")
    files = case.review.sections.section("files")
    assert isinstance(files, FilesSection)
    for item, kind in at("file"):
        assert AttachmentKind(kind).value in files.strip.chips.buttons, item
    case.review.sections.choose("debt")
    debt = case.review.sections.section("debt")
    assert isinstance(debt, DebtSection)
    cards = {
        "contract": (debt.contract, debt.contract.edit_button),
        "claims": (debt.claims, debt.claims.add_button),
        "papers": (debt.papers, debt.papers.save_button),
        "payments": (debt.payments, debt.payments.add_button),
    }
    for item, name in at("debt"):
        card, button = cards[name]
        assert card.isVisibleTo(case), item
        assert button.isVisibleTo(case), item
