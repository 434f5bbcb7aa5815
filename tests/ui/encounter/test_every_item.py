"""Every item of the leading pack can be reached on the page, with the controls of its kind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Contact, ContactDetails, ContactKind, ContactSource, Verdict
from evidencedesk.domain.debt import Claim, ClaimDetails, Debt, DebtTerms, Instalment
from evidencedesk.domain.rules import CheckKind, Phase, Who
from evidencedesk.guidance.loader import load_packs
from evidencedesk.guidance.selection import VISIT_PHASES
from evidencedesk.system.resources import resource
from evidencedesk.ui.encounter.duty_row import DutyRow
from evidencedesk.ui.encounter.page import EncounterPage
from fakes.ui_stage import EncounterStage

PACK = load_packs(resource("packs"))[0]
TOUCH_PX = 40


WHO = {"en": ("You", "They must", "They must not"), "zh": ("你", "对方必须", "对方不得")}
KINDS = {
    "en": {CheckKind.TICK: "", CheckKind.SUGGEST: "suggested", CheckKind.AUTOMATIC: "automatic"},
    "zh": {CheckKind.TICK: "", CheckKind.SUGGEST: "提示", CheckKind.AUTOMATIC: "自动"},
}


def rows_of(page: EncounterPage, phase: Phase) -> dict[str, DutyRow]:
    """Touch the phase and "more", as a user would."""
    page.checklist.phases.buttons[phase.value].click()
    if page.checklist.more.isVisibleTo(page):
        page.checklist.more.click()
    return page.checklist.rows


def test_the_fifty_one_items_are_all_there(stage: EncounterStage, qtbot: QtBot) -> None:
    page = stage.open_page(qtbot)
    assert len(PACK.items) == 51
    found = {key for phase in VISIT_PHASES for key in rows_of(page, phase)}
    assert found == {item.id for item in PACK.items}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("phase", VISIT_PHASES)
def test_each_item_has_its_words_its_three_verdicts_and_its_source(
    stage: EncounterStage, qtbot: QtBot, phase: Phase, language: str
) -> None:
    stage.words.set_language("zh" if language == "zh" else "en")
    page = stage.open_page(qtbot)
    for key, row in rows_of(page, phase).items():
        item = PACK.item(key)
        assert row._text.text() == item.text.in_language(language)
        assert row._who.text() == WHO[language][list(Who).index(item.who)], key
        assert row.checked.text() == KINDS[language][item.check.kind], key
        assert bool(row.checked.toolTip()) is bool(item.check.rule), key  # what it looks at
        assert list(row.buttons.buttons) == [verdict.value for verdict in Verdict]
        buttons = row.buttons.buttons.values()
        assert all(item.text.in_language(language) in button.accessibleName() for button in buttons), key
        qtbot.waitUntil(lambda buttons=buttons: min(b.height() for b in buttons) >= TOUCH_PX)  # type: ignore[misc]
        for verdict in Verdict:
            row.buttons.buttons[verdict.value].click()
            ticks = [tick for tick in stage.file.ticks if not tick.withdrawn and tick.item == item.id]
            assert ticks[-1].verdict is verdict
        row.source.click()
        assert row.details is not None
        shown = row.details.text.text()
        assert all(source.document.in_language(language) in shown for source in item.sources), key
        assert PACK.version in shown
        assert item.say is None or item.say.in_language(language) in page.say.sentence.text(), key


def _refuse_papers(stage: EncounterStage) -> None:
    stage.presenter.people.document_clicked("work_id", "refused")


def _mark_conduct(stage: EncounterStage) -> None:
    stage.presenter.notes.marker_clicked("blocking-door", "")


def _write_code(stage: EncounterStage) -> None:
    stage.presenter.people.field_edited("credit_code", "91350100M000100Y43")
    stage.presenter.people.save()


def _note_id_number(stage: EncounterStage) -> None:
    stage.presenter.notes.note_entered("110105194912310021")


def _note_phone_number(stage: EncounterStage) -> None:
    stage.presenter.notes.note_entered("021-62345678")


def _log_sms(stage: EncounterStage) -> None:
    details = ContactDetails(ContactKind.SMS, "2026-11-23T01:00:00Z", 480, party="106812345", text="还款")
    sms = Contact("q-1", stage.live.case, None, ContactSource.USER, details, stage.desk.clock)
    stage.desk.files[stage.live.case] = replace(stage.file, contacts=(sms,))
    stage.presenter.checklist.look_again()


def _hear_a_sum(stage: EncounterStage) -> None:
    case = stage.live.case
    terms = DebtTerms(instalments=(Instalment("2026-10-10", "1040.00"),))
    details = ClaimDetails("18600", "2026-11-23T14:00:00.000000Z", 480)
    claim = Claim("m-1", case, None, None, None, None, details, stage.desk.clock)
    debt = Debt(case, terms, stage.desk.clock)
    stage.desk.files[case] = replace(stage.file, debt=debt, claims=(claim,))
    stage.presenter.checklist.look_again()


EFFECTS = {
    "sms-1068-received": (Phase.BEFORE, _log_sms, "An SMS from 106812345", Verdict.KEPT),
    "licence-valid": (Phase.DOOR, _write_code, "the form is valid", Verdict.KEPT),
    "refuse-if-no-documents": (Phase.DOOR, _refuse_papers, "you may end the talk", Verdict.KEPT),
    "expect-pressure": (Phase.DOOR, _mark_conduct, "You marked what they did 1 time", Verdict.KEPT),
    "protect-id-number": (Phase.CONVERSATION, _note_id_number, "an ID number", Verdict.BREACHED),
    "protect-phone-number": (Phase.CONVERSATION, _note_phone_number, "a phone number", Verdict.BREACHED),
    "check-debt": (Phase.CONVERSATION, _hear_a_sum, "They asked ¥18,600.00", Verdict.KEPT),
}


def test_every_suggested_item_of_the_pack_is_tried_here() -> None:
    assert set(EFFECTS) == {item.id for item in PACK.items if item.check.kind is CheckKind.SUGGEST}


@pytest.mark.parametrize("key", EFFECTS)
def test_what_is_written_down_suggests_a_mark_that_only_a_touch_sets(
    stage: EncounterStage, qtbot: QtBot, key: str
) -> None:
    phase, write_down, said, verdict = EFFECTS[key]
    page = stage.open_page(qtbot)
    row = rows_of(page, phase)[key]
    qtbot.waitUntil(row.isVisible)
    assert row.suggestion is None
    write_down(stage)
    assert row.suggestion is not None
    assert row.suggestion.isVisibleTo(page)
    assert said in row.suggestion.text.text()
    assert not [tick for tick in stage.file.ticks if tick.item == key]
    qtbot.waitUntil(lambda: row.suggestion is not None and row.suggestion.accept.height() >= TOUCH_PX)
    row.suggestion.accept.click()
    (tick,) = [tick for tick in stage.file.ticks if tick.item == key]
    assert (tick.verdict, tick.automatic, tick.at_ms) == (verdict, False, 192_000)
    assert not row.suggestion.isVisibleTo(page)
    page.checklist.undo.click()
    assert row.suggestion.isVisibleTo(page)
