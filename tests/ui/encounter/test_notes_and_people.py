from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Document, Shown, Verdict
from evidencedesk.ui.encounter.people_presenter import Proof
from fakes.ui_services import disk_full
from fakes.ui_stage import EncounterStage


def test_a_note_is_told_as_saved_only_after_it_is(stage: EncounterStage, qtbot: QtBot) -> None:
    notes = stage.presenter.notes
    with qtbot.waitSignal(notes.saved):
        notes.note_entered("Two men at the door")
    assert [(n.text, n.at_ms) for n in notes.state.notes] == [("Two men at the door", 192_000)]
    stage.desk.write_error = disk_full()
    with qtbot.assertNotEmitted(notes.saved):
        notes.note_entered("Lost?")
    assert len(notes.state.notes) == 1
    assert stage.heard.codes == ["disk-full"]


def test_an_empty_line_is_no_note(stage: EncounterStage) -> None:
    stage.presenter.notes.note_entered("   ")
    assert stage.file.notes == ()


def test_a_marker_notes_itself_with_what_was_typed_and_ticks_its_duty(stage: EncounterStage) -> None:
    stage.presenter.notes.marker_clicked("refused-documents", "in the car")
    (note,) = stage.file.notes
    assert (note.marker, note.text) == ("refused-documents", "in the car")
    (tick,) = stage.file.ticks
    assert (tick.item, tick.verdict) == ("shows-work-id", Verdict.BREACHED)


def test_a_marker_twice_ticks_once(stage: EncounterStage) -> None:
    for _ in range(2):
        stage.presenter.notes.marker_clicked("threat", "")
    assert len(stage.file.notes) == 2
    assert len(stage.file.ticks) == 1


def test_a_marker_of_a_later_pack_ticks_the_item_of_that_pack(stage: EncounterStage) -> None:
    article = stage.desk.pack
    stage.desk.pack = replace(article, id="cn-first", markers=(), hotlines=(), keep_private=None)
    stage.desk.other_packs = (article,)
    presenter = type(stage.presenter)(stage.session())
    presenter.notes.marker_clicked("threat", "")
    (tick,) = stage.file.ticks
    assert (tick.pack, tick.item) == (article.id, "no-illegal-means")
    assert presenter.calls.state.hotlines == article.hotlines


def test_a_marker_without_a_duty_ticks_nothing(stage: EncounterStage) -> None:
    stage.presenter.notes.marker_clicked("demands-transfer", "")
    assert stage.file.ticks == ()


def test_a_card_is_added_with_its_first_words_and_changed_after(stage: EncounterStage) -> None:
    people = stage.presenter.people
    people.save()
    assert not any(stage.file.collectors)
    people.field_edited("name", "Zhang")
    assert people.state.unsaved
    people.save()
    people.field_edited("phone", "138")
    people.save()
    (collector,) = stage.file.collectors
    assert (collector.card.name, collector.card.phone) == ("Zhang", "138")
    assert not people.state.unsaved


def test_typing_that_pauses_is_saved_by_itself(stage: EncounterStage, qtbot: QtBot) -> None:
    people = stage.presenter.people
    people._timer.setInterval(1)
    people.field_edited("name", "Zhang")
    qtbot.waitUntil(lambda: len(stage.file.collectors) == 1)


def test_a_second_person_gets_a_card_of_their_own(stage: EncounterStage) -> None:
    people = stage.presenter.people
    people.field_edited("name", "Zhang")
    people.add_clicked()
    people.field_edited("name", "Li")
    people.person_clicked(0)
    assert [one.card.name for one in stage.file.collectors] == ["Zhang", "Li"]
    assert people.state.person.card.name == "Zhang"
    people.add_clicked()
    people.add_clicked()  # an empty card is enough
    assert len(people.state.people) == 3


def test_what_the_disk_refuses_stays_on_the_card(stage: EncounterStage) -> None:
    people = stage.presenter.people
    people.field_edited("name", "Zhang")
    stage.desk.write_error = disk_full()
    people.add_clicked()
    assert people.state.current == 0
    assert people.state.unsaved
    stage.desk.write_error = None
    people.save()
    assert [one.card.name for one in stage.file.collectors] == ["Zhang"]


def test_papers_are_saved_at_once_and_taken_back_by_a_second_click(stage: EncounterStage) -> None:
    people = stage.presenter.people
    people.document_clicked("work_id", "refused")
    (collector,) = stage.file.collectors
    assert collector.card.documents == ((Document.WORK_ID, Shown.REFUSED),)
    assert people.state.proof.name == Proof.REFUSED.name
    people.document_clicked("work_id", "refused")
    assert stage.file.collectors[0].card.documents == ()
    assert people.state.proof.name == Proof.OPEN.name
    for paper in ("work_id", "authorisation"):
        people.document_clicked(paper, "shown_when_asked")
    assert people.state.proof is Proof.SHOWN
