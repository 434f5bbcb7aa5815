"""The documents of a case: getting files in, saying what they are, looking into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Attachment, AttachmentKind, Document
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.intake.preview import Look, NotShown, Trouble
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.words import UiWords
from fakes.accessible import unreachable
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner
from samples.documents_case import BILL, CONTRACT, NOTICE, PHOTO, SMS, documents_services, phone_folder

CASE = "c-0000aaaa"


class Opened:
    """The page of a case with its documents in sight."""

    def __init__(self, page: CasesPage, services: FakeCaseServices, files: FakeFileChoice) -> None:
        self.page = page
        self.services = services
        self.files = files
        section = page.review.sections.section("files")
        assert isinstance(section, FilesSection)
        self.section = section

    def file(self, name: str) -> Attachment:
        return next(one for one in self.services.file.attachments if one.name == name)

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.section.list.files.rows]

    def choice(self, name: str) -> QComboBox:
        return self.section.details.links.choices[name]

    def take_choice(self, name: str, value: str | None) -> None:
        combo = self.choice(name)
        combo.setCurrentIndex(combo.findData(value))
        combo.activated.emit(combo.currentIndex())


Build = Callable[..., Opened]


@pytest.fixture
def build(qtbot: QtBot, en: UiWords, tmp_path: Path) -> Build:
    def make(runner: InstantRunner | HeldRunner | None = None) -> Opened:
        services, files = documents_services(tmp_path), FakeFileChoice()
        page = CasesPage(services, runner or InstantRunner(), en, files)
        qtbot.addWidget(page)
        page.resize(1196, 800)
        page.show()
        page.show_case(CASE)
        page.review.sections.choose("files")
        return Opened(page, services, files)

    return make


@pytest.fixture
def opened(build: Build) -> Opened:
    return build()


def dropped(*paths: Path | str) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    # Qt keeps no reference to it.
    dropped.kept = data  # type: ignore[attr-defined]
    here, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    return QDropEvent(here, copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def test_the_latest_stands_first_with_what_it_is_and_belongs_to(opened: Opened) -> None:
    assert opened.names[:2] == ["通话录音_20261119.m4a", "催收函(第二次).pdf"]
    spoken = opened.section.list.files.index(4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "门口照片.jpg, Photo of the visit, Visit at the door 11-19 21:34, 张某" in spoken


def test_a_kind_and_words_narrow_the_list_and_its_order_turns(opened: Opened) -> None:
    section = opened.section
    section.kinds.setCurrentIndex(section.kinds.findData("bill"))
    section.kinds.activated.emit(section.kinds.currentIndex())
    assert opened.names == ["11 月账单.xlsx"]
    section.kinds.setCurrentIndex(0)
    section.kinds.activated.emit(0)
    section.search.setText("猫眼")
    assert opened.names == ["门口照片.jpg"]
    section.search.setText("no such words")
    assert section.empty.isVisible()
    section.search.clear()
    newest = opened.names
    section.order_button.click()
    assert opened.names == newest[::-1]


def test_one_touch_says_what_files_of_one_sort_are(opened: Opened) -> None:
    section = opened.section
    section.take([Path("/p/微信图片_1.png"), Path("/p/微信图片_2.png"), Path("/p/分期合同.pdf")])
    assert section.strip.isVisible()
    assert section.strip.chips.current == "chat"
    assert opened.file("微信图片_1.png").kind is None, "a suggestion is not an answer"
    section.strip.chips.buttons["chat"].click()
    assert [opened.file(f"微信图片_{n}.png").kind for n in (1, 2)] == [AttachmentKind.CHAT] * 2
    assert section.strip.chips.current == "contract"
    section.strip.chips.buttons["bill"].click()
    assert opened.file("分期合同.pdf").kind is AttachmentKind.BILL
    assert section.strip.isHidden()


def test_in_a_locked_library_it_is_said_that_opening_makes_a_copy(opened: Opened) -> None:
    details = opened.section.details
    assert "readable copy" not in details.remarks.text()
    opened.services.files_sealed = True
    opened.section.show_subject(NOTICE)
    assert "readable copy for as long as the library is open" in details.remarks.text()


def test_who_does_not_want_to_say_it_now_says_it_later(opened: Opened) -> None:
    opened.section.take([Path("/p/x.png")])
    opened.section.strip.later_button.click()
    assert opened.section.strip.isHidden()
    assert opened.file("x.png").kind is None


def test_a_copied_picture_becomes_a_png_named_with_the_time(opened: Opened, qtbot: QtBot) -> None:
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(picture)
    qtbot.keyClick(opened.section.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(opened.services.data_taken))
    ((name, data),) = opened.services.data_taken.items()
    assert name == "screenshot-20261120-213408.png"
    assert QImage.fromData(data).pixelColor(0, 0) == Qt.GlobalColor.green
    assert opened.section.strip.isVisible()


def test_copied_words_become_a_text_and_copied_files_are_taken(opened: Opened) -> None:
    QGuiApplication.clipboard().setText("来分期:您已逾期")
    opened.section.paste_button.click()
    assert list(opened.services.data_taken.values()) == ["来分期:您已逾期".encode()]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/p/a.png")])
    QGuiApplication.clipboard().setMimeData(data)
    opened.section.paste_button.click()
    assert opened.file("a.png")


def test_pasting_into_the_search_is_the_searchs_own(opened: Opened, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("账单")
    opened.section.search.setFocus()
    qtbot.keyClick(opened.section.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert opened.section.search.text() == "账单"
    assert not opened.services.data_taken


def test_a_drop_on_any_page_of_the_case_ends_among_the_documents(opened: Opened) -> None:
    review = opened.page.review
    review.sections.choose("timeline")
    review.dropEvent(dropped("/p/door.jpg"))
    assert review.sections.current == "files"
    assert opened.section.strip.isVisible()


def test_a_dropped_folder_is_looked_through_and_what_is_picked_is_taken(
    opened: Opened, tmp_path: Path
) -> None:
    opened.services.scanned = phone_folder()
    opened.section.dropEvent(dropped(tmp_path))
    panel = opened.section.panel
    assert panel.isVisible()
    assert "“快捷方式.pdf” is a link" in panel.passed.text()
    assert "12 files of other forms" in panel.passed.text()
    model = panel.candidates
    assert model.index(2, 4).data() == "in the case"
    model.setData(model.index(0, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert panel.take_button.text() == "Take in 1"
    panel.all_button.click()
    assert panel.take_button.text() == "Take in 3"
    panel.take_button.click()
    assert panel.isHidden()
    assert opened.file("微信截图_20261119.png")
    assert [one.name for one in opened.services.file.imported][1:] == ["来分期_20261119.m4a"]


def test_a_big_folder_says_how_far_it_is_and_can_be_left(build: Build, tmp_path: Path) -> None:
    runner = HeldRunner()
    opened = build(runner)
    runner.let_go()
    opened.section.take([tmp_path])
    panel = opened.section.panel
    assert panel.bar.isVisible()
    panel.close_button.click()
    runner.let_go()
    assert panel.isHidden()
    assert opened.section.scan.state.problem is None


def test_a_folder_that_cannot_be_read_says_so(opened: Opened, tmp_path: Path) -> None:
    opened.services.refuse = WrongUse(Code.FILE_UNREADABLE, path=str(tmp_path))
    opened.section.take([tmp_path])
    assert str(tmp_path) in opened.section.panel.said.text()


def test_the_same_file_twice_says_where_it_stands_and_is_taken_only_when_asked(opened: Opened) -> None:
    opened.services.same = {"催收函.pdf": NOTICE}
    before = len(opened.services.file.attachments)
    opened.section.take([Path("/p/催收函.pdf")])
    (line,) = opened.section.notices.lines
    assert "催收函(第二次).pdf" in line.text.text()
    assert len(opened.services.file.attachments) == before
    line.show_button.click()
    assert opened.section.details.name.text() == "催收函(第二次).pdf"
    line.again_button.click()
    assert len(opened.services.file.attachments) == before + 1
    assert opened.section.notices.isHidden()


def test_a_file_that_cannot_be_taken_is_named_and_the_others_come(opened: Opened) -> None:
    opened.services.refuse = WrongUse(Code.NOT_A_FILE, path="/p/fifo")
    opened.section.take([Path("/p/fifo"), Path("/p/good.png")])
    (line,) = opened.section.notices.lines
    assert "/p/fifo" in line.text.text()
    assert opened.file("good.png")
    line.close_button.click()
    assert opened.section.notices.isHidden()


def test_a_photo_shows_itself_and_says_when_and_where(opened: Opened) -> None:
    opened.section.show_subject(PHOTO)
    details = opened.section.details
    assert not details.preview.picture.picture.isNull()
    assert "2026-11-19 21:34:08" in details.facts.text()
    assert "HUAWEI Mate 60" in details.facts.text()
    assert "31.23040, 121.47370" in details.remarks.text()
    assert "goes along in exports" in details.remarks.text()


def test_word_excel_and_pdf_are_seen(opened: Opened) -> None:
    section, preview = opened.section, opened.section.details.preview
    section.show_subject(CONTRACT)
    assert "借款合同" in preview.rich.toPlainText()
    section.show_subject(BILL)
    item = preview.table.item(1, 1)
    assert item is not None
    assert item.text() == "1280.5"
    section.show_subject(NOTICE)
    assert preview.next_button.isVisible()
    preview.next_button.click()
    assert opened.services.looked[-1][:2] == (NOTICE, 1)


def test_a_document_can_load_nothing(opened: Opened, tmp_path: Path) -> None:
    picture = tmp_path / "spy.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(picture))
    browser = opened.section.details.preview.rich
    browser.setHtml(f'<img src="{QUrl.fromLocalFile(str(picture)).toString()}">')
    assert browser.loadResource(2, QUrl.fromLocalFile(str(picture))) is None


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_is_a_sentence(opened: Opened, trouble: Trouble) -> None:
    opened.services.looks[SMS] = Look(NotShown(trouble, 100_000, 100_000), "PNG")
    opened.section.show_subject(SMS)
    said = opened.section.details.preview.said.text()
    assert said.endswith(".")
    assert ("100,000 × 100,000" in said) == (trouble is Trouble.TOO_MANY_PIXELS)


def test_a_wrong_ending_is_said(opened: Opened) -> None:
    opened.services.looks[SMS] = replace(opened.services.looks[NOTICE], misnamed=True)
    opened.section.show_subject(SMS)
    assert "this is PDF" in opened.section.details.remarks.text()


def test_an_imported_sound_says_its_length_and_that_it_came_from_elsewhere(opened: Opened) -> None:
    opened.section.show_subject("a-0000s0nd")
    details = opened.section.details
    assert "00:01:23" in details.facts.text()
    assert "not recorded here" in details.remarks.text()
    assert details.links.isHidden()


def test_links_are_chosen_from_lists_and_kept_at_once(opened: Opened) -> None:
    opened.section.show_subject(NOTICE)
    assert not opened.choice("document").isEnabled()
    opened.take_choice("collector", "p-0000man1")
    assert opened.choice("document").isEnabled()
    opened.take_choice("document", "licence")
    opened.take_choice("encounter", "e-0000ca11")
    opened.take_choice("contact", "k-00001ate")
    opened.take_choice("follow_up", "f-0000st1p")
    opened.take_choice("kind", "letter")
    opened.section.details.links.debt.click()
    told = opened.file("催收函(第二次).pdf")
    assert (told.collector, told.document, told.encounter) == ("p-0000man1", Document.LICENCE, "e-0000ca11")
    assert (told.contact, told.follow_up, told.debt) == ("k-00001ate", "f-0000st1p", True)
    assert told.kind is AttachmentKind.LETTER
    pills = [text for text, _ in opened.section.list.files.rows[1].pills]
    assert pills[0] == "Letter or notice from them"
    assert any("张某" in pill for pill in pills)


def test_words_are_kept_when_the_keyboard_leaves_them_or_another_file_is_chosen(opened: Opened) -> None:
    opened.section.show_subject(NOTICE)
    opened.section.details.links.text.setPlainText("第二封,没有落款")
    opened.section.show_subject(PHOTO)
    assert opened.file("催收函(第二次).pdf").text == "第二封,没有落款"
    assert opened.section.details.links.text.toPlainText() == "两个人站在门口,猫眼上方拍的"


def test_what_the_case_refuses_is_said_above_the_page(opened: Opened) -> None:
    opened.section.show_subject(NOTICE)
    opened.services.refuse = WrongUse(Code.UNKNOWN_ITEM, item="p-0000man1")
    opened.take_choice("collector", "p-0000man1")
    assert opened.page.review.banner.isVisible()


def test_a_file_opens_in_its_own_program_and_its_folder_too(opened: Opened) -> None:
    opened.section.show_subject(NOTICE)
    opened.section.details.open_button.click()
    opened.section.details.folder_button.click()
    kept = opened.services.kept_file(opened.file("催收函(第二次).pdf"))
    assert opened.files.opened == [kept, kept.parent]


def test_no_dialog_while_recording_but_drops_go_on(opened: Opened) -> None:
    opened.page.set_recording(True)
    assert not opened.section.add_button.isEnabled()
    assert not opened.section.scan_button.isEnabled()
    opened.section.dropEvent(dropped("/p/now.png"))
    assert opened.file("now.png")


def test_everything_is_named_and_reached_by_keyboard(opened: Opened) -> None:
    opened.section.show_subject(NOTICE)
    opened.services.same = {"b.pdf": NOTICE}
    opened.section.take([Path("/p/b.pdf"), Path("/p/a.png")])
    assert unnamed(opened.section) == []
    assert unreachable(opened.section) == []


def test_the_language_changes_without_a_restart(opened: Opened, en: UiWords) -> None:
    opened.section.show_subject(PHOTO)
    opened.section.take([Path("/p/账单.png")])
    en.set_language("zh")
    assert opened.section.add_button.text() == "添加文件…"
    assert opened.section.strip.chips.buttons["bill"].text() == "账单或对账单"
    assert "存入" in opened.section._hint.text() or "拖到这里" in opened.section._hint.text()
    en.set_language("en")


def test_the_card_beside_the_timeline_shows_the_newest_and_leads_to_all(opened: Opened) -> None:
    review = opened.page.review
    review.sections.choose("timeline")
    assert review.files.all_button.text() == "All documents (7)"
    assert len(review.files.rows) == 6  # three lines, and what divides them
    review.files.all_button.click()
    assert review.sections.current == "files"


@pytest.mark.parametrize("width", [876, 1196])
def test_nothing_is_wider_or_higher_than_the_window(opened: Opened, width: int) -> None:
    opened.services.same = {"b.pdf": NOTICE}
    opened.section.take([Path("/p/b.pdf"), Path("/p/a.png")])
    opened.page.resize(width, 640)
    assert (opened.page.width(), opened.page.height()) == (width, 640)
