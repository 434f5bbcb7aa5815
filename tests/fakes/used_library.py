"""A library that somebody used, with everything in it that a stranger must not read, and a search for it."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.domain.case import CollectorCard, ContactDetails, ContactKind, Mode
from evidencedesk.domain.letter import LetterKind, Sender
from evidencedesk.domain.search import SearchAnswer
from evidencedesk.store.search_rows import SearchWish
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.back_up import back_up
from evidencedesk.workflows.describe_collector import add_collector
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.letters.desk_of_letters import (
    changing_file,
    copy_template,
    put_out,
    remember_sender,
)
from evidencedesk.workflows.letters.keep_letter import keep_letter
from evidencedesk.workflows.letters.make_letter import draft_letter, make_letter
from evidencedesk.workflows.log_contact import log_contact
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.play_encounter import outline, speech
from evidencedesk.workflows.preview_file import preview_file
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.remind import remember_said
from evidencedesk.workflows.take_in_once import take_in_data
from evidencedesk.workflows.take_note import take_note
from fakes.sounds import stairs

# Long enough to be in no ciphertext by chance.
SIGNATURES = (b"SQLite format 3", b"fLaC\x00\x00\x00\x22", b"%PDF-1.", b"PK\x03\x04\x14\x00")
_PATIENCE_S = 30.0
_PIECE = 64


@dataclass
class Used:
    """What somebody did: words that were written, and pieces of files that were taken in."""

    case: str
    texts: list[str] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)

    def __add__(self, other: Used) -> Used:
        return Used(self.case, self.texts + other.texts, self.pieces + other.pieces)


def use(desk: Desk, outside: Path, mark: str) -> Used:
    """Do all that leaves words, names or sound in a library; ``mark`` makes the words this use's own."""
    outside.mkdir(parents=True)
    used = Used("")

    def said(text: str) -> str:
        used.texts.append(f"{text}{mark}")
        return used.texts[-1]

    case = open_case(desk, said("张三丰欠款案"), said("某某消费金融公司"), said("LFQ-2026-"))
    used.case = case.id
    sound = outside / f"{said('门外录音')}.flac"
    stairs(sound, 3)
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id, apart=False)
    take_note(desk, case.id, said("他说明天去单位找领导"), encounter.encounter, encounter.recording, 500)
    card = CollectorCard(name=said("李四催收员"), organisation=said("某信用管理公司"))
    add_collector(desk, case.id, encounter.encounter, card)
    deadline = time.monotonic() + _PATIENCE_S
    while not encounter.finished:
        encounter.poll()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    now = desk.clock.now()
    details = ContactDetails(
        ContactKind.SMS, now.utc, now.offset_minutes, party="10680000", text=said("今晚上门请在家等候")
    )
    log_contact(desk, case.id, details)
    for path in _papers(outside, said):
        kept = attach_file(desk, case.id, path, text=said("这是说明"))
        preview_file(attachment_file(desk.case_folder(case.id), kept), kept.name, 0, 200)
    take_in_data(desk, case.id, f"{said('剪贴板')}.txt", said("从剪贴板粘贴的内容").encode())
    imported = import_recording(desk, case.id, sound)
    case_file = desk.store.case_file(case.id)
    for one in (case_file.recordings[0], imported):
        outline(desk, one, lambda _share, _outline: None, lambda: False)
        speech(desk, one, lambda _share: None, lambda: False)
    remember_sender(desk, Sender(name=said("王五本人"), address=said("某市某区某路八十八号")))
    form = draft_letter(desk, case.id, LetterKind.REGULATOR, "zh").form
    made = make_letter(desk, case.id, form)
    keep_letter(desk, case.id, made)
    put_out(desk, changing_file(desk, case.id, form), made.content)
    copy_template(desk, LetterKind.REGULATOR, "zh")
    remember_said(desk.library, date(2026, 11, 25), [case.id], desk.seals_to)
    assert found(desk, used.texts[3]).hits, "it can be searched for"
    back_up(desk, outside / f"{said('备份')}.zip")
    for path in outside.iterdir():
        content = path.read_bytes()
        if path.suffix != ".zip" and len(content) > 3 * _PIECE:
            used.pieces.append(content[len(content) // 2 :][:_PIECE])
    return used


def found(desk: Desk, text: str) -> SearchAnswer:
    """What a library finds for words."""
    return desk.store.search(SearchWish(text[:8]))


def readable(places: Iterable[Path], used: Used) -> list[str]:
    """Everything of it that stands in files, or is a name of one: byte for byte, in three encodings."""
    needles = dict.fromkeys(used.pieces, "a piece of a file") | {one: repr(one) for one in SIGNATURES}
    for text in used.texts:
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            needles[text.encode(encoding)] = f"{text} ({encoding})"
    hits = []
    for path in sorted({path for place in places for path in place.rglob("*")}):
        name = str(path).encode()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        hits += [f"{path}: {what}" for needle, what in needles.items() if needle in content or needle in name]
    return hits


def _papers(outside: Path, said: object) -> Iterator[Path]:
    assert callable(said)
    contents = {
        ".txt": str(said("还款协议的内容")).encode() * 20,
        ".csv": str(said("银行流水")).encode("gb18030") * 20,
        ".pdf": b"%PDF-1.4\n" + str(said("律师函正文")).encode("utf-16-le") * 20,
    }
    for ending, content in contents.items():
        path = outside / f"{said('证据材料')}{ending}"
        path.write_bytes(content)
        yield path
    archive = outside / f"{said('压缩的材料')}.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("inside.txt", str(said("压缩包里的内容")))
    yield archive
