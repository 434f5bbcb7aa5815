"""Pages are counted by a process of its own: a file that kills it takes nothing else along."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import typst
from PIL import Image

from evidencedesk.intake import page_count
from evidencedesk.workflows import count_pages
from evidencedesk.workflows.count_pages import PageCounts


def document(folder: Path, name: str, pages: int) -> Path:
    path = folder / name
    source = folder / "source.typ"
    source.write_text("#pagebreak()\n".join(["text\n"] * pages), encoding="utf-8")
    typst.compile(str(source), output=str(path))
    return path


def test_pdfs_and_pictures_have_pages_and_the_rest_has_none(tmp_path: Path) -> None:
    picture = tmp_path / "sms.png"
    Image.new("RGB", (4, 4)).save(picture)
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK\x03\x04 not a page to be seen")
    files = [("one", document(tmp_path, "a.pdf", 3)), ("two", picture), ("three", letter)]
    assert PageCounts().of([*files, ("four", tmp_path / "gone.pdf")]) == {"one": 3, "two": 1}


def test_a_damaged_pdf_has_no_pages_and_those_after_it_have(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing after it")
    files = [("bad", broken), ("good", document(tmp_path, "b.pdf", 2))]
    assert PageCounts().of(files) == {"good": 2}


def test_a_file_that_kills_the_process_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As the real child would, but it dies of the file that is called so.
    child = (
        "import os, sys\n"
        "for path in sys.argv[1:]:\n"
        "    if 'deadly' in path: os.abort()\n"
        "    print(7, flush=True)\n"
    )
    monkeypatch.setattr(
        count_pages, "child_command", lambda _name, *paths: [sys.executable, "-c", child, *paths]
    )
    files = []
    for name in ("a", "deadly", "b"):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(page_count.PDF)
        files.append((name, path))
    assert PageCounts().of(files) == {"a": 7, "b": 7}


def test_what_was_counted_is_not_opened_again(tmp_path: Path) -> None:
    counts = PageCounts()
    path = document(tmp_path, "c.pdf", 2)
    assert counts.of([("one", path)]) == {"one": 2}
    path.unlink()
    assert counts.of([("one", path)]) == {"one": 2}
