"""Photos and facts on the people's cards, with a real library on a real disk, and real pictures."""

from __future__ import annotations

import hashlib
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.app.services import Services
from evidencedesk.domain.case import Attachment, CaseFile, Document, Listed
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.encounter.presenter import EncounterPresenter
from evidencedesk.ui.encounter.session import Session
from evidencedesk.ui.words import UiWords
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.open_case import open_case
from fakes.ui_services import FakeLive
from fakes.ui_stage import Heard, show


def picture(width: int = 64, height: int = 48) -> QImage:
    """No two pixels in a row alike: a changed one would be seen."""
    made = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(height):
            made.setPixelColor(x, y, QColor((x * 7) % 256, (y * 11) % 256, (x * y) % 256))
    return made


def as_file(image: QImage, form: bytes) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(form)).write(image)
    return bytes(data.data())


class Visit:
    """A page on a library on disk; the recorder is the only thing that is not real."""

    def __init__(self, desk: Desk, words: UiWords, jobs: Jobs, qtbot: QtBot, settings: Path) -> None:
        self.desk = desk
        self.case = open_case(desk, "Laifenqi").id
        encounter = new_id(Kind.ENCOUNTER)
        opened = {"encounter": encounter, "mode": "visit"}
        desk.store.append(self.case, [(EventType.ENCOUNTER_OPENED, opened)])
        self.heard = Heard()
        self.services = Services(desk, Settings(), settings)
        self.live = FakeLive(self.case, encounter=encounter)
        self.live.at(340)
        self.live.recording = ""  # nothing is being recorded: the journal would refuse its seconds
        self.session = Session(self.services, self.live, self.heard.messages, jobs)
        self.presenter = EncounterPresenter(self.session)
        self.page = EncounterPage(words, desk.packs)
        self.page.follow(self.presenter)
        self.page.resize(1280, 800)
        qtbot.addWidget(self.page)
        show(qtbot, self.page)
        self._qtbot = qtbot

    @property
    def file(self) -> CaseFile:
        return self.desk.store.case_file(self.case)

    def attached(self, count: int = 1) -> Attachment:
        """The last of so many attachments, once they are all there and shown."""
        self._qtbot.waitUntil(lambda: len(self.file.attachments) == count)
        self._qtbot.waitUntil(lambda: not self.presenter.photos.state.pending)
        return self.file.attachments[-1]

    def kept(self, attachment: Attachment) -> Path:
        return self.services.kept_place(attachment)


@pytest.fixture
def visit(en: UiWords, qtbot: QtBot, tmp_path: Path) -> Iterator[Visit]:
    with open_desk(tmp_path / "library", SystemClock()) as desk, Jobs() as jobs:
        visit = Visit(desk, en, jobs, qtbot, tmp_path / "settings.toml")
        yield visit
        visit.services.close_stamping()
    QGuiApplication.clipboard().clear()


def copy(image: QImage) -> None:
    QGuiApplication.clipboard().setImage(image)


def drop(widget: QWidget, card: QWidget, data: QMimeData) -> bool:
    """Drop as a mouse does, over the middle of a widget of the card; True if it was taken."""
    place = widget.mapTo(card, QPoint(widget.width() // 2, widget.height() // 2))
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, action, data, button, key)
    QApplication.sendEvent(card, enter)
    if not enter.isAccepted():
        return False
    dropped = QDropEvent(QPointF(place), action, data, button, key)
    QApplication.sendEvent(card, dropped)
    return dropped.isAccepted()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_pasted_picture_is_kept_pixel_for_pixel_with_its_paper(visit: Visit) -> None:
    row = visit.page.people.rows[Document.LICENCE]
    row.photo.click()
    copy(picture())
    row.strip.paste.click()
    kept = visit.attached()
    (person,) = visit.file.collectors
    assert (kept.collector, kept.document) == (person.id, Document.LICENCE)
    assert kept.encounter == visit.live.encounter
    stored = QImage(str(visit.kept(kept)))
    assert stored.convertToFormat(QImage.Format.Format_RGB32) == picture()
    assert visit.kept(kept).suffix == ".png"


def test_what_is_kept_is_hashed_and_read_only(visit: Visit) -> None:
    copy(picture())
    visit.page.people.paste(Document.WORK_ID)
    kept = visit.attached()
    path = visit.kept(kept)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == kept.sha256
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_control_v_on_a_paper_pastes_to_it(visit: Visit, qtbot: QtBot) -> None:
    row = visit.page.people.rows[Document.AUTHORISATION]
    copy(picture())
    chip = row.choices.buttons["refused"]
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    QTest.keyClick(chip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert visit.attached().document is Document.AUTHORISATION


def test_control_v_in_a_line_pastes_a_photo_of_the_person_and_text_as_text(
    visit: Visit, qtbot: QtBot
) -> None:
    line = visit.page.people.fields["name"]
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    copy(picture())
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert visit.attached().document is None
    QGuiApplication.clipboard().setText("Zhang")
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "Zhang"


def test_pasting_nothing_says_so_and_takes_nothing(visit: Visit) -> None:
    QGuiApplication.clipboard().setText("words")
    visit.page.people.paste(Document.LICENCE)
    assert visit.page.people._saved.text() == "There is no picture on the clipboard."
    assert visit.file.attachments == ()


@pytest.mark.parametrize("document", list(Document))
def test_a_dropped_photo_belongs_to_the_paper_it_was_dropped_on(
    visit: Visit, tmp_path: Path, document: Document
) -> None:
    photo = tmp_path / "IMG 0815.jpg"
    photo.write_bytes(as_file(picture(), b"JPG"))
    cards = visit.page.people
    assert drop(cards.rows[document].choices, cards, files(photo))
    kept = visit.attached()
    assert (kept.document, kept.name) == (document, "IMG 0815.jpg")
    assert visit.kept(kept).read_bytes() == photo.read_bytes()


def test_a_photo_dropped_on_a_line_belongs_to_the_person(visit: Visit, tmp_path: Path) -> None:
    photo = tmp_path / "car.png"
    photo.write_bytes(as_file(picture(), b"PNG"))
    cards = visit.page.people
    assert drop(cards.fields["name"], cards, files(photo))
    assert visit.attached().document is None
    assert cards.fields["name"].text() == ""


def test_a_picture_dragged_out_of_a_browser_is_taken(visit: Visit) -> None:
    data = QMimeData()
    data.setImageData(picture())
    cards = visit.page.people
    assert drop(cards.rows[Document.LICENCE].choices, cards, data)
    assert QImage(str(visit.kept(visit.attached()))).width() == 64


def test_dropped_words_are_not_taken(visit: Visit) -> None:
    data = QMimeData()
    data.setText("words")
    assert not drop(visit.page.people.rows[Document.LICENCE].choices, visit.page.people, data)


def test_several_photos_come_at_once_and_are_shown_small(visit: Visit, tmp_path: Path) -> None:
    paths = []
    for number in range(3):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(as_file(picture(800, 60), b"JPG"))
        paths.append(path)
    cards = visit.page.people
    drop(cards.rows[Document.LICENCE].choices, cards, files(*paths))
    visit.attached(3)
    strip = cards.rows[Document.LICENCE].strip
    assert len(strip.pictures) == 3
    assert all(0 < shown.pixmap().height() <= 40 and shown.pixmap().width() <= 80 for shown in strip.pictures)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("IMG_0815.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)),
        ("broken.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("empty.jpg", b""),
        ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
    ],
)
def test_what_cannot_be_shown_is_kept_whole_with_its_name(
    visit: Visit, tmp_path: Path, name: str, content: bytes
) -> None:
    photo = tmp_path / name
    photo.write_bytes(content)
    cards = visit.page.people
    drop(cards.rows[Document.LICENCE].choices, cards, files(photo))
    kept = visit.attached()
    assert visit.kept(kept).read_bytes() == content
    (shown,) = cards.rows[Document.LICENCE].strip.pictures
    assert shown.text() == name
    assert name in shown.accessibleName()


def test_a_photo_that_vanished_is_told_and_the_rest_is_taken(visit: Visit, tmp_path: Path) -> None:
    there = tmp_path / "there.jpg"
    there.write_bytes(as_file(picture(), b"JPG"))
    cards = visit.page.people
    drop(cards.rows[Document.LICENCE].choices, cards, files(tmp_path / "gone.jpg", there))
    assert visit.attached().name == "there.jpg"
    assert visit.heard.codes == ["file-unreadable"]


def test_a_photo_of_nobody_yet_makes_a_card(visit: Visit) -> None:
    copy(picture())
    assert not any(visit.file.collectors)
    visit.page.people.paste(Document.ID_CARD)
    kept = visit.attached()
    (person,) = visit.file.collectors
    assert kept.collector == person.id


def test_each_person_has_their_own_photos(visit: Visit) -> None:
    cards = visit.page.people
    copy(picture())
    cards.paste(Document.WORK_ID)
    visit.attached()
    visit.presenter.people.field_edited("name", "Zhang")
    cards.add.click()
    assert cards.rows[Document.WORK_ID].strip.pictures == []
    cards.paste(Document.WORK_ID)
    visit.attached(2)
    assert len(cards.rows[Document.WORK_ID].strip.pictures) == 1
    assert len({one.collector for one in visit.file.attachments}) == 2


def test_photos_on_their_way_arrive_after_the_page_has_gone(visit: Visit, qtbot: QtBot) -> None:
    copy(picture(800, 600))
    visit.page.people.paste(Document.WORK_ID)
    visit.live.seal()
    visit.presenter.poll()
    visit.presenter.deleteLater()
    qtbot.waitUntil(lambda: len(visit.file.attachments) == 1)


def test_photos_are_there_again_in_the_next_window(visit: Visit, qtbot: QtBot) -> None:
    copy(picture())
    visit.page.people.paste(Document.WORK_ID)
    kept = visit.attached()
    again = EncounterPresenter(visit.session)
    qtbot.waitUntil(lambda: not again.photos.state.pending)
    (photo,) = again.photos.state.photos
    assert (photo.kept, photo.picture is not None) == (kept, True)


def test_choosing_a_file_opens_nothing_modal(visit: Visit, tmp_path: Path, qtbot: QtBot) -> None:
    photo = tmp_path / "chosen.jpg"
    photo.write_bytes(as_file(picture(), b"JPG"))
    row = visit.page.people.rows[Document.LICENCE]
    row.photo.click()
    row.strip.choose.click()
    dialog = visit.page.people.files.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert QApplication.activeModalWidget() is None
    assert visit.page.bar.stop.isEnabled()
    dialog.filesSelected.emit([str(photo)])
    assert visit.attached().name == "chosen.jpg"
    dialog.hide()


def test_a_choice_that_was_meant_for_one_person_does_not_fall_to_another(visit: Visit) -> None:
    cards = visit.page.people
    visit.presenter.people.field_edited("name", "Zhang")
    cards.rows[Document.LICENCE].strip.choose.click()
    assert cards.files.dialog is not None
    cards.add.click()
    assert cards.files.dialog.isHidden()


def test_without_a_camera_there_is_no_button_for_one(visit: Visit) -> None:
    row = visit.page.people.rows[Document.LICENCE]
    row.photo.click()
    assert not row.strip.camera.isVisible()


class OneCamera(QObject):
    """Qt's multimedia part, as far as it is asked for; it is ready once it has started."""

    imageCaptured = Signal(int, QImage)  # noqa: N815 - Qt's own name
    readyForCaptureChanged = Signal(bool)  # noqa: N815 - Qt's own name

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._active = False

    @staticmethod
    def videoInputs() -> list[str]:  # noqa: N802 - Qt's own name
        return ["webcam"]

    def start(self) -> None:
        OneCamera.running = True

    def stop(self) -> None:
        OneCamera.running = False

    def isActive(self) -> bool:  # noqa: N802 - Qt's own name
        return OneCamera.running

    def isReadyForCapture(self) -> bool:  # noqa: N802 - Qt's own name
        return OneCamera.running

    def capture(self) -> None:
        self.imageCaptured.emit(1, picture())

    def setCamera(self, _camera: QObject) -> None:  # noqa: N802 - Qt's own name
        """A session."""

    def setImageCapture(self, _capture: QObject) -> None:  # noqa: N802 - Qt's own name
        """A session."""

    running = False


def test_where_there_is_a_camera_its_photo_goes_to_the_paper(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    multimedia = ModuleType("PySide6.QtMultimedia")
    for name in ("QCamera", "QImageCapture", "QMediaCaptureSession", "QMediaDevices"):
        setattr(multimedia, name, OneCamera)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", multimedia)
    row = visit.page.people.rows[Document.LICENCE]
    assert not row.strip.camera.isVisible()
    row.photo.click()
    assert row.strip.camera.isVisible()
    row.strip.camera.click()
    kept = visit.attached()
    assert kept.document is Document.LICENCE
    assert not OneCamera.running


def test_nobody_looks_for_a_camera_before_a_photo_is_wanted(visit: Visit) -> None:
    assert not visit.page.people._camera_sought


def test_the_whole_card_comes_back_from_the_journal(visit: Visit) -> None:
    people, cards = visit.presenter.people, visit.page.people
    for name, text in (
        ("name", "张某"),
        ("credit_code", "91350211M0000XUF46"),
        ("letter_until", "2026年12月31日"),
    ):
        people.field_edited(name, text)
    people.name_on_edited("licence", "甲公司")
    people.listed_clicked("no")
    cards.papers[Document.ID_CARD].buttons["not_asked"].click()
    cards.team.choices.buttons["3"].click()
    visit.desk.store.rebuild_projections()
    (person,) = visit.file.collectors
    assert (person.card.credit_code, person.card.letter_until) == ("91350211M0000XUF46", "2026-12-31")
    assert (person.card.names_on, person.card.listed) == (((Document.LICENCE, "甲公司"),), Listed.NO)
    assert [paper for paper, _ in person.document_moments] == [Document.ID_CARD]
    assert visit.file.encounters[0].present == 3


def test_a_wrong_number_is_said_to_be_one_by_the_real_rules(visit: Visit) -> None:
    visit.presenter.people.field_edited("credit_code", "91350211M0000XUF46")
    assert (
        visit.page.people.form.fields["credit_code"].remark.text().startswith("The check digit does not fit")
    )


def test_somebody_of_another_case_is_recognised(visit: Visit, qtbot: QtBot) -> None:
    visit.presenter.people.field_edited("phone", "+86 138 0000 0000")
    visit.presenter.people.save()
    visit.page.people.add.click()
    visit.presenter.people.field_edited("phone", "13800000000")
    visit.presenter.people.save()
    qtbot.waitUntil(lambda: len(visit.presenter.people.state.seen) == 1)
    assert "in the case “Laifenqi”" in visit.page.people.seen.lines[0].text()
