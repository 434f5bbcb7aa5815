"""A redacted copy dropped on VERIFY.html: the page says what it is, and what is wrong with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from evidencedesk.domain.redaction import CASE_FILE, STATEMENT_FILE, Choices
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.redact_copy import redact_copy
from evidencedesk.workflows.take_note import take_note
from fakes.case_folders import reseal, rewrite_json
from fakes.chromium import IS_THERE
from fakes.verify_pages import check, check_like_verify

pytestmark = pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver")


@dataclass(frozen=True)
class Made:
    """A copy without a note, and with a letter."""

    folder: Path
    letter: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    place = tmp_path_factory.mktemp("redacted")
    (place / "letter.txt").write_text("a letter", "utf-8")
    with open_desk(place / "library", SystemClock()) as desk:
        case = open_case(desk, "来分期", "", "").id
        note = take_note(desk, case, "病历号 778899")
        kept = attach_file(desk, case, place / "letter.txt")
        words = Words("zh", resource("locale"))
        copy = redact_copy(desk, case, place / "copy", words, Choices(notes=frozenset({note.id})))
        yield Made(copy.path, f"data/attachments/{kept.id}/{kept.stored_name}")


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return shutil.copytree(made.folder, tmp_path / "case")


def test_it_is_named_as_what_it_is_and_not_as_an_original_without_a_journal(
    verify_page: Chrome, copy: Path
) -> None:
    page = check_like_verify(verify_page, copy)
    assert page.faults == set()
    assert ("redacted", "") in page.remarks
    assert ("redacted-left-out", "notes") in page.remarks


def test_a_signature_that_its_statement_promises_is_missed(verify_page: Chrome, copy: Path) -> None:
    shutil.rmtree(copy / "signatures", ignore_errors=True)
    rewrite_json(copy / STATEMENT_FILE, lambda told: told.update(device="0" * 64))
    reseal(copy)
    assert check(verify_page, copy).faults == {("signature-missing", "signatures/tagmanifest-sha256.txt.p7s")}


def statement(change: Callable[[dict[str, Any]], object]) -> Callable[[Made, Path], object]:
    return lambda _made, folder: rewrite_json(folder / STATEMENT_FILE, change)


def slipped_in(_made: Made, folder: Path) -> None:
    (folder / "data/attachments/original.txt").write_text("x", "utf-8")


DONE: dict[str, tuple[Callable[[Made, Path], object], str]] = {
    "an original slipped in": (slipped_in, "redaction-unnamed"),
    "a letter changed": (
        lambda made, folder: (folder / made.letter).write_text("another", "utf-8"),
        "file-changed",
    ),
    "a letter taken out": (lambda made, folder: (folder / made.letter).unlink(), "file-missing"),
    "a statement of another kind": (statement(lambda told: told.update(kind="x")), "redaction-unreadable"),
    "a statement without lists": (statement(lambda told: told.pop("files")), "redaction-unreadable"),
    "a statement that is none": (
        lambda _, folder: (folder / STATEMENT_FILE).write_bytes(b"[]"),
        "redaction-unreadable",
    ),
    "facts of another case": (
        lambda _, folder: rewrite_json(
            folder / CASE_FILE, lambda told: told["case_file"]["case"].update(id="c-99999999")
        ),
        "facts-disagree",
    ),
    "facts called whole": (
        lambda _, folder: rewrite_json(folder / CASE_FILE, lambda told: told.update(redacted=False)),
        "facts-disagree",
    ),
    "facts taken out": (lambda _, folder: (folder / CASE_FILE).unlink(), "facts-disagree"),
}


@pytest.mark.parametrize("name", DONE)
def test_what_was_done_to_it_is_named_as_verify_names_it(
    verify_page: Chrome, made: Made, copy: Path, name: str
) -> None:
    tamper, code = DONE[name]
    tamper(made, copy)
    reseal(copy)
    assert code in {code for code, _ in check_like_verify(verify_page, copy).faults}
