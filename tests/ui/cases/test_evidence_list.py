"""The evidence list is ordered by mouse or keys, and every change is kept at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.evidence import EvidenceChoice
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.evidence import order
from evidencedesk.ui.cases.evidence.page import EvidenceSection
from evidencedesk.ui.cases.evidence.rows import MIME, RowKind
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner

A, B, C = EvidenceChoice("a", "一"), EvidenceChoice("b", "一"), EvidenceChoice("c", "二")


class Stage:
    """The page of a case with its evidence list in sight."""

    def __init__(self, qtbot: QtBot, words: UiWords) -> None:
        self.services = FakeCaseServices(example_case_file())
        self.page = CasesPage(self.services, InstantRunner(), words, FakeFileChoice())
        qtbot.addWidget(self.page)
        self.page.resize(1196, 800)
        self.page.show()
        self.page.show_case("c-0000aaaa")
        self.page.review.sections.choose("evidence")
        section = self.page.review.sections.section("evidence")
        assert isinstance(section, EvidenceSection)
        self.section = section
        self.list = section.list

    def ids(self, kind: RowKind = RowKind.PIECE) -> list[str]:
        return [row.id for row in self.list.rows.rows if row.kind is kind]

    def headings(self) -> list[str]:
        return [row.text for row in self.list.rows.rows if row.kind is RowKind.HEADING]

    def choose(self, name: str) -> None:
        self.list.setCurrentIndex(self.list.rows.index(self.list.rows.place_of(name)))

    @property
    def kept(self) -> list[str]:
        assert self.services.file.evidence is not None
        return [line.id for line in self.services.file.evidence.items]


@pytest.fixture
def stage(qtbot: QtBot, zh: UiWords) -> Stage:
    return Stage(qtbot, zh)


def test_over_the_edge_of_its_heading_a_line_comes_under_the_next() -> None:
    assert order.moved([A, B, C], "b", 1) == (A, EvidenceChoice("b", "二"), C)
    assert order.moved([A, B, C], "c", -1) == (A, B, EvidenceChoice("c", "一"))
    assert order.moved([A, B, C], "a", 1) == (B, A, C)
    assert order.moved([A, B, C], "a", -1) == (A, B, C)


def test_a_line_dropped_before_another_stands_under_its_heading() -> None:
    assert order.placed([A, B, C], "a", "c") == (B, EvidenceChoice("a", "二"), C)
    assert order.placed([A, B, C], "a", None) == (B, C, EvidenceChoice("a", "二"))
    assert order.placed([A], "a", None) == (A,)


def test_headings_move_whole_and_those_that_become_alike_join() -> None:
    assert order.heading_moved([A, B, C], "二", -1) == (C, A, B)
    assert order.heading_moved([A, B, C], "一", -1) == (A, B, C)
    assert [one.group for one in order.renamed([A, C, B], "二", "一")] == ["一"] * 3


def test_everything_is_on_the_list_until_somebody_arranges_it(stage: Stage) -> None:
    assert stage.services.file.evidence is None
    assert stage.ids(RowKind.LEFT) == []
    assert stage.ids()[:3] == [one.id for one in stage.services.file.recordings]
    assert unnamed(stage.section) == []


def test_alt_and_an_arrow_moves_a_piece_and_keeps_it(stage: Stage) -> None:
    first, second, *rest = stage.ids()
    stage.choose(first)
    QTest.keyClick(stage.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert stage.kept == [second, first, *rest]
    assert stage.ids() == stage.kept
    row = stage.list.row
    assert row is not None
    assert (row.id, row.number) == (first, "1-2")


def test_space_takes_a_piece_off_the_list_and_puts_it_on_again(stage: Stage) -> None:
    name = stage.ids()[1]
    stage.choose(name)
    QTest.keyClick(stage.list, Qt.Key.Key_Space)
    assert name not in stage.kept
    assert stage.ids(RowKind.LEFT) == [name]
    stage.choose(name)
    QTest.keyClick(stage.list, Qt.Key.Key_Space)
    assert name in stage.kept


def test_a_click_on_the_box_ticks_and_one_on_the_words_does_not(stage: Stage) -> None:
    name = stage.ids()[0]
    box = stage.list.visualRect(stage.list.rows.index(stage.list.rows.place_of(name)))
    QTest.mouseClick(stage.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert stage.services.file.evidence is None
    QTest.mouseClick(
        stage.list.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPointF(18, 20).toPoint()
    )
    assert name not in stage.kept


def test_a_piece_is_dropped_before_another(stage: Stage) -> None:
    names = stage.ids()
    data = QMimeData()
    data.setData(MIME, names[2].encode())
    target = stage.list.visualRect(stage.list.rows.index(stage.list.rows.place_of(names[0])))
    at = QPointF(target.left() + 200, target.top() + 4)
    stage.list.dropEvent(
        QDropEvent(
            at, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert stage.kept[:3] == [names[2], names[0], names[1]]


def test_what_it_is_to_prove_is_kept_when_the_writer_goes_on(stage: Stage) -> None:
    name = stage.ids()[0]
    stage.choose(name)
    stage.section.details.proves.setPlainText("对方在 22 点后上门")
    stage.section.details.heading.setCurrentText("录音")
    stage.choose(stage.ids()[1])
    assert stage.services.file.evidence is not None
    line = next(one for one in stage.services.file.evidence.items if one.id == name)
    assert (line.group, line.proves) == ("录音", "对方在 22 点后上门")
    assert "录音" in stage.headings()


def test_what_is_being_typed_survives_a_change_of_the_case(stage: Stage) -> None:
    stage.choose(stage.ids()[0])
    stage.section.details.proves.setPlainText("写到一半")
    stage.page.review_presenter.refresh()
    assert stage.section.details.proves.toPlainText() == "写到一半"


def test_a_heading_is_rewritten_in_its_row(stage: Stage) -> None:
    index = stage.list.rows.index(0)
    stage.list.rows.setData(index, "录音证据")
    assert stage.headings()[0] == "录音证据"


def test_a_list_that_the_disk_does_not_take_changes_nothing_and_says_why(stage: Stage) -> None:
    before = stage.ids()
    stage.services.refuse = MachineFailure(Code.DISK_FULL, path="/", needed_bytes=1, free_bytes=0)
    stage.choose(before[0])
    QTest.keyClick(stage.list, Qt.Key.Key_Space)
    assert stage.services.file.evidence is None
    assert stage.ids() == before
    assert stage.page.review.banner.isVisibleTo(stage.page)


def test_the_other_language_keeps_the_users_headings(stage: Stage, zh: UiWords) -> None:
    stage.list.rows.setData(stage.list.rows.index(0), "录音证据")
    zh.set_language("en")
    assert stage.headings()[0] == "录音证据"
    assert stage.section.details.on_button.text() == "Leave off the list"
