from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.card_remark import CardRemark, Remarkable
from evidencedesk.domain.case import CollectorCard, Document, Encounter, Listed, Mode, Shown, Step
from evidencedesk.domain.rules import Check, CheckKind, Confidence, RuleItem, RulePack, Text
from evidencedesk.domain.sighting import Alike, Sighting
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.encounter.people.days import read_day
from evidencedesk.ui.encounter.people.hotline_presenter import HotlinePresenter
from evidencedesk.ui.encounter.people.team_presenter import TeamPresenter
from evidencedesk.ui.encounter.people_presenter import PeoplePresenter
from evidencedesk.ui.encounter.session import Session
from evidencedesk.ui.kit.choice_chips import ChoiceChip
from fakes.accessible import nameless, unreachable
from fakes.ui_services import HeldRunner, disk_full, moment
from fakes.ui_stage import EncounterStage

SEEN = Sighting(
    case="c-00000009",
    title="Another lender",
    encounter="e-00000009",
    collector="p-00000009",
    utc="2026-11-20T02:00:00.000000Z",
    offset_minutes=480,
    alike=(Alike.PHONE,),
    card=CollectorCard(name="Li", staff_number="A017", organisation="Some Ltd", phone="13800000000"),
)


@pytest.fixture
def page(stage: EncounterStage, qtbot: QtBot) -> EncounterPage:
    file = stage.file
    began = Encounter(stage.live.encounter, file.case.id, Mode.VISIT, stage.desk.clock)
    stage.desk.files[file.case.id] = replace(file, encounters=(began,))
    made = stage.open_page(qtbot)
    made.resize(960, 640)
    stage.presenter.begin()
    return made


def card(stage: EncounterStage) -> CollectorCard:
    (collector,) = stage.file.collectors
    return collector.card


# Papers


@pytest.mark.parametrize("document", list(Document))
@pytest.mark.parametrize("shown", list(Shown))
def test_every_paper_takes_every_answer_with_its_second(
    page: EncounterPage, stage: EncounterStage, document: Document, shown: Shown
) -> None:
    stage.live.at(340)
    page.people.papers[document].buttons[shown.value].click()
    assert card(stage).documents == ((document, shown),)
    assert page.people.rows[document].time.text() == "05:40"
    assert page.people.rows[document].time.isVisible()
    page.people.papers[document].buttons[shown.value].click()
    assert card(stage).documents == ()
    assert page.people.rows[document].time.isHidden()


def test_another_answer_has_another_second_and_leaves_the_other_papers_theirs(
    page: EncounterPage, stage: EncounterStage
) -> None:
    stage.live.at(60)
    page.people.papers[Document.WORK_ID].buttons["refused"].click()
    page.people.papers[Document.LICENCE].buttons["shown_unasked"].click()
    stage.live.at(90)
    page.people.papers[Document.WORK_ID].buttons["shown_when_asked"].click()
    assert page.people.rows[Document.WORK_ID].time.text() == "01:30"
    assert page.people.rows[Document.LICENCE].time.text() == "01:00"


def test_the_times_of_papers_are_there_again_after_the_window_was_closed(stage: EncounterStage) -> None:
    stage.presenter.people.document_clicked("work_id", "refused")
    file = stage.file
    collector = replace(file.collectors[0], document_moments=((Document.WORK_ID, moment()),))
    stage.desk.files[file.case.id] = replace(file, collectors=(collector,))
    again = PeoplePresenter(Session(stage.desk, stage.live, stage.heard.messages))
    # No recording of the file holds that moment: the time of day says when it was.
    assert again.state.person.times == ((Document.WORK_ID, "21:34:00"),)


# The rest of the card


def test_what_is_rarely_needed_is_folded_and_reached_by_the_keyboard(
    page: EncounterPage, stage: EncounterStage
) -> None:
    line = page.people.fields["credit_code"]
    assert not line.isVisible()
    page.people.form.more.button.setFocus()
    QTest.keyClick(page.people.form.more.button, Qt.Key.Key_Space)
    assert line.isVisible()
    line.setFocus()
    QTest.keyClicks(line, "91350211M0000XUF46")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert card(stage).credit_code == "91350211M0000XUF46"


def test_a_wrong_number_is_warned_about_and_kept(page: EncounterPage, stage: EncounterStage) -> None:
    stage.desk.remarks = (CardRemark("phone", Remarkable.PHONE_FORM),)
    QTest.keyClicks(page.people.fields["phone"], "12")
    said = page.people.form.fields["phone"].remark
    assert said.isVisible()
    assert said.text().endswith("a wrong number is evidence too.")
    assert page.people.fields["phone"].accessibleDescription() == said.text()
    stage.presenter.people.save()
    assert card(stage).phone == "12"
    page.people.fields["phone"].clear()
    stage.presenter.people.field_edited("phone", "")
    assert said.isHidden()


def test_names_on_papers_are_kept_each_with_its_paper(page: EncounterPage, stage: EncounterStage) -> None:
    page.people.form.more.set_open(opened=True)
    QTest.keyClicks(page.people.form.names_on[Document.LICENCE].line, "One Ltd")
    QTest.keyClicks(page.people.form.names_on[Document.WORK_ID].line, "Two Ltd")
    stage.presenter.people.save()
    assert card(stage).names_on == ((Document.LICENCE, "One Ltd"), (Document.WORK_ID, "Two Ltd"))


def test_names_that_differ_are_said_at_once(page: EncounterPage, stage: EncounterStage) -> None:
    page.people.form.more.set_open(opened=True)
    stage.desk.remarks = (CardRemark("names_on", Remarkable.NAMES_DIFFER, (("names", "One ≠ Two"),)),)
    QTest.keyClicks(page.people.form.names_on[Document.LICENCE].line, "One")
    assert page.people.form.names_differ.text() == "The names differ: One ≠ Two"
    assert page.people.form.names_differ.isVisible()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("2026/1/2", "2026-01-02"),
        ("2026年12月31日", "2026-12-31"),
        ("20261231", "2026-12-31"),
        ("２０２６．１２．３１", "2026-12-31"),
        ("", ""),
        ("2026-02-30", None),
        ("2026/11", None),
        ("202611", None),
        ("next year", None),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: str | None) -> None:
    assert read_day(typed) == day


def test_what_is_no_day_yet_stays_in_the_line_and_is_not_saved(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.people.form.more.set_open(opened=True)
    line = page.people.fields["letter_until"]
    QTest.keyClicks(line, "2026-12-3")
    QTest.keyClicks(line, "x")
    stage.presenter.people.save()
    assert line.text() == "2026-12-3x"
    assert page.people.form.fields["letter_until"].remark.text().startswith("Not a day yet")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "1")
    stage.presenter.people.save()
    assert card(stage).letter_until == "2026-12-31"


def test_whether_the_lender_names_the_agency_is_one_touch(page: EncounterPage, stage: EncounterStage) -> None:
    page.people.form.more.set_open(opened=True)
    assert page.people.form.listed.current == "not-looked"
    page.people.form.listed.buttons["no"].click()
    assert card(stage).listed is Listed.NO
    page.people.form.listed.buttons["not-looked"].click()
    assert card(stage).listed is None


# How many came


def rule(pack: RulePack) -> RulePack:
    item = pack.items[0]
    sources = tuple(replace(one, confidence=Confidence.REPORTED) for one in item.sources)
    asks: RuleItem = replace(
        item,
        text=Text("不少于两名", "At least two"),
        check=Check(CheckKind.AUTOMATIC, "visit-team-size", (("least", "2"),)),
        sources=sources,
    )
    return replace(pack, title=Text("公约", "A pact"), items=(asks,))


def test_how_many_came_is_one_touch_and_taken_back_by_a_second(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.people.team.choices.buttons["2"].click()
    assert stage.file.encounters[0].present == 2
    assert page.people.team.choices.current == "2"
    page.people.team.choices.buttons["2"].click()
    assert stage.file.encounters[0].present is None


def test_four_or_more_asks_for_the_number(page: EncounterPage, stage: EncounterStage) -> None:
    assert not page.people.team.number.isVisible()
    page.people.team.choices.buttons["4"].click()
    assert stage.file.encounters[0].present == 4
    assert page.people.team.number.isVisible()
    page.people.team.number.setValue(7)
    assert stage.file.encounters[0].present == 7
    assert page.people.team.choices.current == "4"
    page.people.team.choices.buttons["4"].click()
    assert stage.file.encounters[0].present is None


def test_a_number_that_was_not_kept_is_not_shown(page: EncounterPage, stage: EncounterStage) -> None:
    stage.desk.write_error = disk_full()
    page.people.team.choices.buttons["2"].click()
    assert page.people.team.choices.current == ""
    assert stage.heard.codes == ["disk-full"]


def test_the_agreed_time_is_left_as_it_was(page: EncounterPage, stage: EncounterStage) -> None:
    file = stage.file
    agreed = (replace(file.encounters[0], agreed=True),)
    stage.desk.files[file.case.id] = replace(file, encounters=agreed)
    page.people.team.choices.buttons["1"].click()
    assert (stage.file.encounters[0].present, stage.file.encounters[0].agreed) == (1, True)


def test_that_the_time_was_agreed_is_one_touch_and_leaves_the_number(
    page: EncounterPage, stage: EncounterStage
) -> None:
    team = page.people.team
    team.choices.buttons["2"].click()
    assert team.agreed.text() == "I had agreed to this time"
    team.agreed.click()
    assert (stage.file.encounters[0].present, stage.file.encounters[0].agreed) == (2, True)
    team.agreed.click()
    assert (stage.file.encounters[0].present, stage.file.encounters[0].agreed) == (2, None)


def test_an_agreement_the_disk_refuses_is_not_shown(page: EncounterPage, stage: EncounterStage) -> None:
    stage.desk.write_error = disk_full()
    page.people.team.agreed.click()
    assert not page.people.team.agreed.isChecked()
    assert stage.heard.codes == ["disk-full"]


def test_of_a_call_only_the_agreed_time_is_asked(stage: EncounterStage, page: EncounterPage) -> None:
    stage.live.mode = Mode.CALL
    session = Session(stage.desk, stage.live, stage.heard.messages)
    page.people.render_team(TeamPresenter(session).state)
    team = page.people.team
    assert team.agreed.isVisible()
    assert not any(part.isVisible() for part in (team.choices, team.number, team.rules))


def test_what_a_pack_says_about_numbers_is_shown_as_reported(
    stage: EncounterStage, page: EncounterPage
) -> None:
    stage.desk.other_packs = (rule(stage.desk.pack),)
    team = TeamPresenter(Session(stage.desk, stage.live, stage.heard.messages))
    page.people.render_team(team.state)
    assert page.people.team.rules.text() == "At least two · A pact, as reported"


# The hotline


def test_the_answer_of_the_hotline_is_kept_with_its_second_and_its_person(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.people.hotline.set_open(opened=True)
    QTest.keyClicks(page.people.hotline.number, "95555")
    QTest.keyClicks(page.people.hotline.agent, "8021")
    stage.live.at(340)
    page.people.hotline.answers.buttons["not-sent-by-them"].click()
    (call,) = stage.file.follow_ups
    (collector,) = stage.file.collectors
    assert (call.collector, call.recording, call.at_ms) == (collector.id, stage.live.recording, 340_000)
    details = call.details
    assert (details.step, details.number, details.agent) == (Step.CALL, "95555", "8021")
    assert (details.answer, details.done_utc) == ("not-sent-by-them", stage.desk.clock.utc)
    assert page.people.hotline.calls[0].said.text() == "05:40 · 95555 · 8021 · They say: not sent by us"
    assert page.people.hotline.agent.text() == ""


def test_the_number_is_the_one_of_the_case(stage: EncounterStage) -> None:
    file = stage.file
    stage.desk.files[file.case.id] = replace(file, case=replace(file.case, hotline="400-123"))
    session = Session(stage.desk, stage.live, stage.heard.messages)
    assert HotlinePresenter(session, PeoplePresenter(session)).state.number == "400-123"


def test_what_is_typed_about_a_call_is_kept_before_there_is_an_answer(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.people.hotline.set_open(opened=True)
    QTest.keyClicks(page.people.hotline.number, "95555")
    assert not any(stage.file.follow_ups)
    stage.presenter.keep_typed()
    QTest.keyClicks(page.people.hotline.agent, "8021")
    page.people.hotline.answers.buttons["sent-by-them"].click()
    (call,) = stage.file.follow_ups
    assert (call.details.number, call.details.agent) == ("95555", "8021")
    assert call.details.answer == "sent-by-them"


@pytest.mark.parametrize("way", ["stop", "leave"])
def test_stopping_and_leaving_keep_what_was_typed_about_a_call(
    page: EncounterPage, stage: EncounterStage, way: str
) -> None:
    QTest.keyClicks(page.people.hotline.agent, "8021")
    getattr(stage.presenter, way)()
    assert [call.details.agent for call in stage.file.follow_ups] == ["8021"]


def test_typing_about_a_call_that_pauses_is_saved_by_itself(
    page: EncounterPage, stage: EncounterStage, qtbot: QtBot
) -> None:
    stage.presenter.hotline._timer.setInterval(1)
    QTest.keyClicks(page.people.hotline.agent, "8021")
    qtbot.waitUntil(lambda: len(stage.file.follow_ups) == 1)


def test_a_call_that_was_begun_for_one_person_stays_theirs(
    page: EncounterPage, stage: EncounterStage
) -> None:
    stage.presenter.people.field_edited("name", "Zhang")
    QTest.keyClicks(page.people.hotline.agent, "8021")
    page.people.add.click()
    (call,) = stage.file.follow_ups
    assert call.collector == stage.file.collectors[0].id
    assert page.people.hotline.agent.text() == ""
    page.people.hotline.answers.buttons["no-answer"].click()
    assert len(stage.file.follow_ups) == 2
    assert stage.file.follow_ups[0].details.answer == ""


def test_a_call_can_be_taken_back(page: EncounterPage, stage: EncounterStage) -> None:
    page.people.hotline.set_open(opened=True)
    page.people.hotline.answers.buttons["no-answer"].click()
    page.people.hotline.calls[0].undo.click()
    assert [one.withdrawn for one in stage.file.follow_ups] == [True]
    assert page.people.hotline.calls == []


def test_calls_about_one_person_are_not_shown_on_another(page: EncounterPage, stage: EncounterStage) -> None:
    page.people.hotline.answers.buttons["sent-by-them"].click()
    page.people.add.click()
    assert page.people.hotline.calls == []
    page.people.tabs[0].click()
    assert len(page.people.hotline.calls) == 1


# Seen before


def test_somebody_who_was_seen_before_is_named_with_day_and_case(
    page: EncounterPage, stage: EncounterStage
) -> None:
    stage.desk.sightings = (SEEN,)
    assert page.people.seen.isHidden()
    stage.presenter.people.field_edited("phone", "13800000000")
    stage.presenter.people.save()
    assert page.people.seen.isVisible()
    said = page.people.seen.lines[0].text()
    assert said == "Seen before: 2026-11-20 in the case “Another lender” as Li (same phone number)"
    assert stage.desk.asked_about[-1] == (card(stage), stage.file.collectors[0].id)


def test_many_contacts_of_one_number_are_one_line_and_people_come_first(
    page: EncounterPage, stage: EncounterStage
) -> None:
    calls = tuple(
        replace(SEEN, collector="", encounter=None, utc=f"2026-11-2{day}T03:00:00.000000Z", card=called)
        for day, called in (
            (4, CollectorCard()),
            (3, CollectorCard(name="Manager Wang")),
            (2, CollectorCard()),
        )
    )
    stage.desk.sightings = (*calls, SEEN)
    stage.presenter.people.field_edited("phone", "13800000000")
    stage.presenter.people.save()
    lines = [line.text() for line in page.people.seen.lines if line.isVisible()]
    assert lines == [
        "Seen before: 2026-11-20 in the case “Another lender” as Li (same phone number)",
        "This number was in touch before: last on 2026-11-24, in the case “Another lender”, as Manager Wang",
    ]
    page.people.seen.buttons[0].click()
    assert card(stage).organisation == "Some Ltd"
    assert not page.people.seen.buttons[1].isVisible()


def test_taking_over_fills_what_is_empty_and_nothing_else(page: EncounterPage, stage: EncounterStage) -> None:
    stage.desk.sightings = (SEEN,)
    stage.presenter.people.field_edited("name", "He says Zhang")
    stage.presenter.people.field_edited("phone", "138 0000 0000")
    stage.presenter.people.save()
    page.people.seen.buttons[0].click()
    kept = card(stage)
    assert (kept.name, kept.phone) == ("He says Zhang", "138 0000 0000")
    assert (kept.staff_number, kept.organisation) == ("A017", "Some Ltd")


def test_an_answer_about_another_card_comes_too_late(stage: EncounterStage) -> None:
    held = HeldRunner()
    people = PeoplePresenter(Session(stage.desk, stage.live, stage.heard.messages, held))
    stage.desk.sightings = (SEEN,)
    people.field_edited("phone", "13800000000")
    people.save()
    people.add_clicked()
    held.let_go()
    assert people.state.seen == ()


# The page


def test_everything_on_the_open_card_has_a_name_and_is_reached(
    page: EncounterPage, stage: EncounterStage
) -> None:
    stage.desk.sightings = (SEEN,)
    stage.presenter.people.field_edited("phone", "13800000000")
    stage.presenter.people.save()
    page.people.team.choices.buttons["4"].click()
    page.people.hotline.answers.buttons["no-answer"].click()
    page.people.form.more.set_open(opened=True)
    page.people.hotline.set_open(opened=True)
    for row in page.people.rows.values():
        row.photo.click()
    assert nameless(page.people) == []
    assert unreachable(page.people) == []


def test_what_is_touched_is_large_enough_for_a_thumb(page: EncounterPage, stage: EncounterStage) -> None:
    page.people.form.more.set_open(opened=True)
    page.people.hotline.set_open(opened=True)
    for row in page.people.rows.values():
        row.photo.click()
    _settle()
    touched: list[QWidget] = [*page.people.findChildren(ChoiceChip), *page.people.fields.values()]
    touched += [page.people.add, *page.people.tabs, page.people.hotline.button, page.people.form.more.button]
    touched += [row.photo for row in page.people.rows.values()]
    touched += [row.strip.paste for row in page.people.rows.values()]
    shown = [one for one in touched if one.isVisible()]
    assert len(shown) > 30
    assert [one.accessibleName() for one in shown if min(one.width(), one.height()) < 40] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_small_window_nothing_of_the_card_is_cut_off(
    page: EncounterPage, stage: EncounterStage, language: str
) -> None:
    stage.words.set_language("zh" if language == "zh" else "en")
    stage.desk.sightings = (replace(SEEN, title="A case with a name that is rather long"),)
    stage.desk.remarks = (CardRemark("phone", Remarkable.PHONE_FORM),)
    stage.presenter.people.field_edited("phone", "12")
    stage.presenter.people.save()
    page.people.team.choices.buttons["4"].click()
    page.people.hotline.answers.buttons["not-sent-by-them"].click()
    page.people.form.more.set_open(opened=True)
    page.people.hotline.set_open(opened=True)
    for row in page.people.rows.values():
        row.photo.click()
    _settle()
    scroll = page.people._scroll
    assert scroll.body.width() <= scroll.viewport().width()
    assert page.minimumSizeHint().width() <= 960
    assert page.minimumSizeHint().height() <= 640


def _settle() -> None:
    for _ in range(6):
        QCoreApplication.processEvents()
    assert QApplication.activeModalWidget() is None
