"""Every item of the leading pack can be reached on the page, with the controls of its kind."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Verdict
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
