"""Files through the window's own services: a real library, real files, the process that looks into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.app.services import OpenedDesk, Services
from evidencedesk.domain.case import Attachment, AttachmentKind, Case
from evidencedesk.intake.preview import NotShown, PictureShown, Trouble
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings
from samples import attached_files as made


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = OpenedDesk(tmp_path / "library", SystemClock())
    yield Services(opened.desk, Settings(), tmp_path / "config" / "settings.json")
    opened.close()


@pytest.fixture
def case(services: Services) -> Case:
    return services.open_case("来分期")


def test_a_photo_is_taken_in_looked_into_described_and_its_bytes_stay(
    services: Services, case: Case, tmp_path: Path
) -> None:
    photo = made.photo(tmp_path / "门口.jpg")
    taken = services.take_in_once(case.id, photo, None)
    assert isinstance(taken.kept, Attachment)
    look = services.preview(taken.kept, 0, 300)
    assert isinstance(look.shown, PictureShown)
    assert look.shown.place == "31.23040, 121.47370"
    services.describe_attachment(case.id, replace(taken.kept, kind=AttachmentKind.DOOR_PHOTO))
    (kept,) = services.case_file(case.id).attachments
    assert kept.kind is AttachmentKind.DOOR_PHOTO
    assert services.kept_file(kept).read_bytes() == photo.read_bytes(), "what it says of itself is kept, too"


def test_a_picture_that_was_copied_is_kept_under_its_name(services: Services, case: Case) -> None:
    taken = services.take_in_data(case.id, "screenshot-20261125-165500.png", b"\x89PNG", None)
    assert taken.kept.name == "screenshot-20261125-165500.png"
    assert services.kept_file(taken.kept).read_bytes() == b"\x89PNG"
    assert services.take_in_data(case.id, "another.png", b"\x89PNG", None).already


def test_a_bomb_is_kept_and_said(services: Services, case: Case, tmp_path: Path) -> None:
    taken = services.take_in_once(case.id, made.huge_png(tmp_path / "huge.png"), None)
    shown = services.preview(taken.kept, 0, 300).shown
    assert shown == NotShown(Trouble.TOO_MANY_PIXELS, 100_000, 100_000)


def test_a_folder_knows_what_the_case_has(services: Services, case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    first = made.screenshot(folder / "a.png")
    made.letter(folder / "b.pdf")
    kept = services.take_in_once(case.id, first, None).kept
    found = services.scan_folder(case.id, folder, lambda _seen, _offered: None, lambda: False)
    assert {one.place: one.already for one in found.candidates} == {"a.png": kept.id, "b.pdf": ""}
