"""A folder is looked through whole: what could belong is offered, what could not is said, nothing hangs."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from evidencedesk.domain.case import Attachment, AttachmentKind
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.moment import Moment
from evidencedesk.intake import folder_scan
from evidencedesk.intake.folder_scan import Passed, PassedBy, Scanned, scan
from evidencedesk.intake.kind_guess import guess_kind

MOMENT = Moment("2026-11-25T04:00:00.000000Z", 480, "boot", 1)


def silent(_seen: int, _offered: int) -> None:
    """Nobody looks."""


def never() -> bool:
    return False


def put(path: Path, content: bytes = b"x", changed: int = 1_700_000_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (changed, changed))
    return path


def known(content: bytes) -> Attachment:
    sha256 = hashlib.sha256(content).hexdigest()
    return Attachment("a-00000001", "c-1", None, "x", "x", len(content), sha256, MOMENT)


def look_through(folder: Path, *files: Attachment) -> Scanned:
    return scan(folder, files, silent, never)


def test_pictures_papers_and_sounds_are_offered_the_latest_first(tmp_path: Path) -> None:
    put(tmp_path / "旧/合同.PDF", changed=1_600_000_000)
    put(tmp_path / "call.amr", changed=1_700_000_100)
    put(tmp_path / "a.png", b"12345", changed=1_700_000_200)
    put(tmp_path / "game.exe")
    put(tmp_path / ".thumbnails/cached.png")
    put(tmp_path / ".hidden.png")
    found = look_through(tmp_path)
    assert [(one.place, one.group) for one in found.candidates] == [
        ("a.png", "picture"),
        ("call.amr", "sound"),
        (str(Path("旧") / "合同.PDF"), "paper"),
    ]
    assert (found.candidates[0].file_bytes, int(found.candidates[0].modified.timestamp())) == (
        5,
        1_700_000_200,
    )
    assert (found.others, found.passed, found.more) == (1, (), False)


def test_what_the_case_has_is_known_by_its_bytes(tmp_path: Path) -> None:
    put(tmp_path / "same.png", b"the same")
    put(tmp_path / "other.png", b"as long!")
    found = look_through(tmp_path, known(b"the same"))
    assert {one.place: one.already for one in found.candidates} == {"same.png": "a-00000001", "other.png": ""}


def test_links_fifos_and_what_nobody_may_read_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = put(tmp_path / "real.pdf")
    (tmp_path / "link.pdf").symlink_to(real)
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.pdf")
    put(tmp_path / "locked.pdf")
    # The tests may run as root, who may read everything.
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: "locked" not in str(path) and allowed(path, mode))
    found = look_through(tmp_path)
    assert [one.place for one in found.candidates] == ["real.pdf"]
    assert set(found.passed) == {
        Passed("link.pdf", PassedBy.LINK),
        Passed("pipe.pdf", PassedBy.NOT_A_FILE),
        Passed("locked.pdf", PassedBy.UNREADABLE),
    }


def test_a_huge_file_is_left_aside_and_said(tmp_path: Path) -> None:
    with (tmp_path / "film.mkv").open("wb") as file:
        file.truncate(folder_scan.MOST_BYTES + 1)
    found = look_through(tmp_path)
    assert found.passed == (Passed("film.mkv", PassedBy.TOO_LARGE),)


def test_a_folder_with_too_many_says_that_there_is_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_scan, "MOST", 5)
    for number in range(9):
        put(tmp_path / f"{number}.png")
    found = look_through(tmp_path)
    assert (len(found.candidates), found.more) == (5, True)


def test_it_tells_how_far_it_is_and_stops_when_asked(tmp_path: Path) -> None:
    for number in range(120):
        put(tmp_path / f"{number:03}.png")
    told: list[tuple[int, int]] = []
    scan(tmp_path, (), lambda seen, offered: told.append((seen, offered)), never)
    assert told == [(0, 0), (50, 50), (100, 100)]
    with pytest.raises(Known) as raised:
        scan(tmp_path, (), silent, lambda: True)
    assert raised.value.code is Code.CANCELLED


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Known) as raised:
        look_through(tmp_path / "none")
    assert raised.value.code is Code.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("短信截图.png", AttachmentKind.SMS),
        ("Screenshot_20261118_2103.png", AttachmentKind.SMS),
        ("微信图片_20261119.jpg", AttachmentKind.CHAT),
        ("mmexport1700000000.jpg", AttachmentKind.CHAT),
        ("微信转账截图.png", AttachmentKind.RECEIPT),
        ("11 月账单.xlsx", AttachmentKind.BILL),
        ("借款合同.pdf", AttachmentKind.CONTRACT),
        ("通话记录.csv", AttachmentKind.CALL_LIST),
        ("律师函.pdf", AttachmentKind.LETTER),
        ("报警回执.jpg", AttachmentKind.OFFICIAL),
        ("授权委托书.jpg", AttachmentKind.ID_CARD),
        ("门口照片.jpg", AttachmentKind.DOOR_PHOTO),
        ("receipt-november.pdf", AttachmentKind.RECEIPT),
        ("IMG_20261119_213408.jpg", None),
        ("未命名.pdf", None),
    ],
)
def test_a_name_speaks_for_a_kind_or_for_none(name: str, kind: AttachmentKind | None) -> None:
    assert guess_kind(name) is kind
