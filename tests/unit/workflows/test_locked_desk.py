"""At work in a locked library: what is written is sealed, and everything that reads it reads it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from evidencedesk.custody.kept import is_sealed
from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.case import Case
from evidencedesk.domain.letter import LetterKind, Sender
from evidencedesk.domain.stamp import Subject
from evidencedesk.domain.vault import VaultState
from evidencedesk.intake.preview import NotShown, PageShown, TextShown, Trouble
from evidencedesk.store.waiting_stamps import WaitingStamp, WaitingStamps
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.secret_store import NoSecrets
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.count_pages import PageCounts
from evidencedesk.workflows.desk import Desk, DeskHolder
from evidencedesk.workflows.letters.desk_of_letters import (
    changing_file,
    copy_template,
    own_template,
    put_out,
    read_changed,
    remember_sender,
    remembered_sender,
    sender_file,
    set_template_aside,
    template,
)
from evidencedesk.workflows.letters.keep_letter import keep_letter
from evidencedesk.workflows.letters.make_letter import draft_letter, make_letter
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.preview_file import preview_file
from fakes import word_templates

KIND = LetterKind.REGULATOR


@pytest.fixture
def keys(tmp_path: Path) -> VaultKeys:
    """Of a library that is locked before anything is in it."""
    (tmp_path / "library").mkdir()
    made, _code = Vault(tmp_path / "library", NoSecrets()).create("four words nobody", VaultState.SEALED)
    return made


@pytest.fixture
def holder(tmp_path: Path, keys: VaultKeys, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskHolder]:
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    holder = DeskHolder(tmp_path / "library", SystemClock(), secrets=NoSecrets(), keys=keys)
    yield holder
    holder.close()


@pytest.fixture
def desk(holder: DeskHolder) -> Desk:
    return holder.open()


@pytest.fixture
def case(desk: Desk) -> Case:
    return open_case(desk, "来分期", "某某消费金融", "LFQ-1")


def _pdf(path: Path, pages: int) -> Path:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 200)
    document.save(path)
    return path


def _left(tmp_path: Path) -> list[Path]:
    """Plain copies of this session."""
    return [path for path in (tmp_path / "run").rglob("*") if path.is_file() and path.name != "lock"]


def test_a_preview_shows_what_is_sealed_and_leaves_nothing(desk: Desk, case: Case, tmp_path: Path) -> None:
    text = tmp_path / "短信.txt"
    text.write_text("今晚上门")
    kept = attach_file(desk, case.id, text)
    place = attachment_file(desk.case_folder(case.id), kept)
    assert is_sealed(place)
    assert preview_file(place, kept.name, 0, 400).shown == TextShown("今晚上门")
    paper = attach_file(desk, case.id, _pdf(tmp_path / "函.pdf", 3))
    shown = preview_file(attachment_file(desk.case_folder(case.id), paper), paper.name, 1, 100).shown
    assert isinstance(shown, PageShown)
    assert (shown.page, shown.pages) == (1, 3)
    gone = preview_file(tmp_path / "nowhere", "nowhere", 0, 100).shown
    assert gone == NotShown(Trouble.GONE)
    assert _left(tmp_path) == []


def test_pages_of_sealed_papers_are_counted(desk: Desk, case: Case, tmp_path: Path) -> None:
    kept = [attach_file(desk, case.id, _pdf(tmp_path / f"{pages}.pdf", pages)) for pages in (1, 2, 5)]
    files = [(one.sha256, attachment_file(desk.case_folder(case.id), one)) for one in kept]
    assert [PageCounts().of(files)[one.sha256] for one in kept] == [1, 2, 5]
    assert _left(tmp_path) == []


def test_a_letter_changed_in_another_program_is_sealed_again(
    desk: Desk, case: Case, holder: DeskHolder, keys: VaultKeys, tmp_path: Path
) -> None:
    made = make_letter(desk, case.id, draft_letter(desk, case.id, KIND, "zh").form)
    place = changing_file(desk, case.id, made.form)
    out = put_out(desk, place, made.content)
    assert is_sealed(place)
    assert out.read_bytes() == made.content
    assert out.suffix == ".docx"
    out.write_bytes(word_templates.template("changed in Word"))
    assert "changed in Word" in word_templates.words_in(read_changed(place))
    out.write_bytes(word_templates.template("changed once more, not read before it was locked"))
    holder.close()
    assert _left(tmp_path) == []
    assert is_sealed(place)
    again = DeskHolder(tmp_path / "library", SystemClock(), secrets=NoSecrets(), keys=keys)
    again.open()
    try:
        assert "once more" in word_templates.words_in(read_changed(place))
    finally:
        again.close()


def test_an_own_template_is_sealed_and_what_is_changed_in_it_counts(desk: Desk, tmp_path: Path) -> None:
    out = copy_template(desk, KIND, "zh")
    assert is_sealed(own_template(desk, KIND, "zh"))
    assert zipfile.is_zipfile(out)
    changed = word_templates.template("我的模板")
    out.write_bytes(changed)
    assert template(desk, KIND, "zh").content == changed
    assert template(desk, KIND, "zh").own
    assert copy_template(desk, KIND, "zh") == out, "the copy that is open already"
    aside = set_template_aside(desk, KIND, "zh")
    assert aside is not None
    assert is_sealed(aside)
    assert not template(desk, KIND, "zh").own
    assert _left(tmp_path) == []


def test_a_kept_letter_and_the_sender_are_sealed(desk: Desk, case: Case) -> None:
    remember_sender(desk, Sender(name="王五", address="某市"))
    assert is_sealed(sender_file(desk))
    assert remembered_sender(desk).name == "王五"
    made = make_letter(desk, case.id, draft_letter(desk, case.id, KIND, "zh").form)
    kept = keep_letter(desk, case.id, made)
    assert is_sealed(attachment_file(desk.case_folder(case.id), kept))


def test_a_wish_for_a_time_stamp_names_an_export_and_is_sealed(desk: Desk, case: Case) -> None:
    now = desk.clock.now().utc
    wish = WaitingStamp(case.id, Subject.SIGNATURE, "a" * 64, None, "tsa", now, now, "/media/usb/来分期")
    WaitingStamps(desk.library, desk.seals_to).put(wish)
    (path,) = (desk.library / "stamps" / "waiting").iterdir()
    assert is_sealed(path)
    assert WaitingStamps(desk.library).read() == (wish,)
