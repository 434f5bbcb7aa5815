"""The case of the pictures with documents of each kind, really made and really looked into."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from evidencedesk.domain.case import Attachment, AttachmentKind, CaseFile
from evidencedesk.intake.folder_scan import Candidate, Passed, PassedBy, Scanned
from evidencedesk.intake.preview import Look
from evidencedesk.intake.preview_reader import look_into
from fakes.ui_more_services import FakeCaseServices, imported_sound, moment, told_file
from samples import attached_files as made

PHOTO, SMS, CONTRACT, BILL, NOTICE = "a-0000d00r", "a-0000sms1", "a-0000c0nt", "a-0000b1ll", "a-0000n0te"


def documents_case() -> CaseFile:
    """A screenshot, a photo of the door, a contract, a bill, a letter, a receipt and a phone's recording."""
    file = told_file()
    case = file.case.id

    def one(name: str, file_name: str, seconds: int, kind: AttachmentKind | None = None) -> Attachment:
        size = 40_000 + seconds * 7
        return Attachment(name, case, None, file_name, file_name, size, "5e" * 32, moment(seconds), kind=kind)

    sms, photo, receipt = file.attachments
    files = (
        replace(sms, kind=AttachmentKind.SMS, contact="k-00001ate", text="说今晚十点前不还就上门"),
        replace(
            photo,
            kind=AttachmentKind.DOOR_PHOTO,
            collector=file.collectors[0].id,
            text="两个人站在门口,猫眼上方拍的",
        ),
        replace(receipt, kind=AttachmentKind.RECEIPT),
        replace(one(CONTRACT, "借款合同.docx", 4000, AttachmentKind.CONTRACT), debt=True),
        replace(one(BILL, "11 月账单.xlsx", 5000, AttachmentKind.BILL), debt=True),
        one(NOTICE, "催收函(第二次).pdf", 6000),
    )
    sound = imported_sound("a-0000s0nd", case, None, "通话录音_20261119.m4a")
    return replace(file, attachments=files, imported=(sound,))


def documents_services(folder: Path) -> FakeCaseServices:
    """Services that know what is in these files."""
    services = FakeCaseServices(documents_case())
    files = {
        PHOTO: made.photo(folder / "door.jpg"),
        SMS: made.screenshot(folder / "sms.png"),
        "a-0000rcpt": made.screenshot(folder / "receipt.png"),
        CONTRACT: made.contract(folder / "contract.docx"),
        BILL: made.bill(folder / "bill.xlsx", rows=14),
        NOTICE: made.letter(folder / "notice.pdf", pages=3),
    }
    services.looks = {name: look(path) for name, path in files.items()}
    return services


def look(path: Path, page: int = 0) -> Look:
    """What is seen of a file."""
    return look_into(path, path.name, page, 1400)


def phone_folder() -> Scanned:
    """What is on a phone's stick."""
    day = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
    folder = Path("/media/phone/Download")
    names = (
        ("微信截图_20261119.png", "picture", 318_442, ""),
        ("Screenshots/Screenshot_20261118_2103.png", "picture", 402_113, ""),
        ("合同/借款合同.pdf", "paper", 1_204_881, CONTRACT),
        ("通话录音/来分期_20261119.m4a", "sound", 2_204_331, ""),
    )
    found = tuple(
        Candidate(folder / place, place, group, size, day.replace(minute=59 - number), already)
        for number, (place, group, size, already) in enumerate(names)
    )
    passed = (
        Passed("快捷方式.pdf", PassedBy.LINK),
        Passed("电影.mkv", PassedBy.TOO_LARGE),
        Passed("锁住.pdf", PassedBy.UNREADABLE),
    )
    return Scanned(folder, found, passed, others=12)
