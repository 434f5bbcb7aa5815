"""A look into a file runs in a process of its own, which may die, hang or eat without harm to anybody."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evidencedesk.intake.preview import NotShown, PictureShown, TableShown, Trouble
from evidencedesk.workflows import preview_file as module
from evidencedesk.workflows.preview_file import preview_file
from samples import attached_files as made


def test_the_process_sees_what_is_in_the_file(tmp_path: Path) -> None:
    seen = preview_file(made.photo(tmp_path / "门口 照片.jpg"), "门口 照片.jpg", 0, 200)
    assert isinstance(seen.shown, PictureShown)
    assert seen.shown.raster.width == 200
    table = preview_file(made.bill(tmp_path / "b.xlsx"), "b.xlsx", 1, 200)
    assert isinstance(table.shown, TableShown)


@pytest.mark.parametrize(
    ("does", "trouble"),
    [
        ("import time; time.sleep(600)", Trouble.TOO_LONG),
        ("import os; os.abort()", Trouble.DAMAGED),
        ("print('nonsense')", Trouble.DAMAGED),
    ],
    ids=["hangs", "dies", "lies"],
)
def test_a_process_that_fails_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, trouble: Trouble
) -> None:
    monkeypatch.setattr(module, "child_command", lambda *_: [sys.executable, "-c", does])
    (tmp_path / "any").touch()
    seen = preview_file(tmp_path / "any", "any", 0, 200, seconds=2)
    assert seen.shown == NotShown(trouble)
