"""A ZIP from a stranger is taken as a whole or refused as a whole; nothing of it stays on the disk."""

from __future__ import annotations

import io
import os
import shutil
import stat
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody import unpacked as unpacked_module
from evidencedesk.custody import zip_entries
from evidencedesk.custody.unpacked import PREFIX, unpacked
from evidencedesk.custody.verify_path import verify_path
from evidencedesk.domain.errors import Code, Known, Unreadable
from evidencedesk.domain.zip_refusal import Refusal
from evidencedesk.export import zip_folder as zip_folder_module
from evidencedesk.export.zip_folder import zip_folder
from evidencedesk.system.lock import FolderLock
from fakes.archives import UTF8, Member, archive, members_of


def zipped(folder: Path, target: Path) -> Path:
    zip_folder(folder, target)
    return target


GOOD = Member(b"case/bagit.txt", b"x")


def text(name: str) -> Member:
    return Member(name.encode(), b"x")


def unicode_extra(name: bytes, stands_for: bytes) -> bytes:
    content = b"\1" + struct.pack("<L", zlib.crc32(stands_for)) + name
    return struct.pack("<2H", 0x7075, len(content)) + content


def descriptor(content: bytes) -> bytes:
    return b"PK\7\x08" + struct.pack("<3L", zlib.crc32(content), len(content), len(content))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where things are unpacked, so that a test can look at what stays."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def refusal(tmp_path: Path, place: Path) -> Callable[[bytes], tuple[str, str]]:
    """Have an archive checked; give the reason why it was refused and the entry that was named."""

    def check(content: bytes) -> tuple[str, str]:
        path = tmp_path / "case.zip"
        path.write_bytes(content)
        with pytest.raises(Unreadable) as raised:
            verify_path(path)
        assert raised.value.code is Code.ARCHIVE_REFUSED
        assert list(place.iterdir()) == []
        assert sorted(tmp_path.iterdir()) == [path, place]
        return str(raised.value.facts["reason"]), str(raised.value.facts["item"])

    return check


Refuse = Callable[[bytes], tuple[str, str]]

UNSAFE = {
    "up": "../evil.txt",
    "up from within": "case/../../evil.txt",
    "absolute": "/etc/evil.txt",
    "drive": "C:\\evil.txt",
    "drive with slashes": "C:/evil.txt",
    "share": "\\\\host\\share\\evil.txt",
    "share with slashes": "//host/share/evil.txt",
    "home": "~/evil.txt",
    "somebody's home": "~root/evil.txt",
    "backslashes": "case\\evil.txt",
    "nothing": "",
    "empty part": "case//evil.txt",
    "dot": "case/./evil.txt",
    "device": "case/CON",
    "device with an ending": "case/aux.wav",
    "device with a superscript": "case/COM¹.txt",
    "trailing dot": "case/x.",
    "trailing space": "case/x ",
    "folder with trailing dot": "case/x./y",
    "stream": "case/a:b",
    "long name": "case/" + "n" * 256,
    "long path": "/".join(["case", *["n" * 200] * 6]),
    "deep": "/".join("d" * 40),
    "control": "case/a\x07b",
    "new line": "case/a\nb",
    "NUL": "case/a.txt\x00.exe",
    "bidi": "case/\u202egnp.exe",
}


@pytest.mark.parametrize("name", UNSAFE.values(), ids=UNSAFE.keys())
def test_a_name_that_leads_out_or_is_not_safe_everywhere(refusal: Refuse, name: str) -> None:
    assert refusal(archive([GOOD, text(name)]))[0] == Refusal.NAME_UNSAFE


@pytest.mark.parametrize(
    "kind",
    [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR],
    ids=["link", "pipe", "character device", "block device", "socket", "folder with a file's name"],
)
def test_what_is_not_a_plain_file(refusal: Refuse, kind: int) -> None:
    member = Member(b"case/passwd", b"/etc/passwd", mode=kind | 0o777)
    assert refusal(archive([GOOD, member])) == (Refusal.NOT_PLAIN, "case/passwd")


def test_a_junction_of_windows(refusal: Refuse) -> None:
    member = Member(b"case/link/", attributes=0x10 | 0x400)
    assert refusal(archive([GOOD, member]))[0] == Refusal.NOT_PLAIN


def test_the_same_name_twice(refusal: Refuse) -> None:
    assert refusal(archive([GOOD, text("case/a"), text("case/a")])) == (Refusal.NAME_TWICE, "case/a")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("case/A.txt", "case/a.txt"),
        ("case/e\u0301", "case/\u00e9"),
        ("case/a", "case/\uff21"),
        ("case/straße", "case/STRASSE"),
        ("case/x/one", "case/X/two"),
        ("case/ﬁle", "case/file"),
    ],
    ids=["case", "normal form", "full width", "sharp s", "folders", "ligature"],
)
def test_names_that_other_systems_take_for_the_same(refusal: Refuse, one: str, other: str) -> None:
    assert refusal(archive([GOOD, text(one), text(other)])) == (Refusal.NAME_TWINS, other)


@pytest.mark.parametrize(
    "names", [("case/a", "case/a/b"), ("case/a/b/c", "case/a"), ("case/a", "case/a/"), ("case/A", "case/a/b")]
)
def test_a_file_used_as_a_folder(refusal: Refuse, names: tuple[str, str]) -> None:
    members = [
        Member(name.encode(), b"" if name.endswith("/") else b"x", mode=0o040755)
        if name.endswith("/")
        else text(name)
        for name in names
    ]
    assert refusal(archive([GOOD, *members]))[0] in (Refusal.FILE_AS_FOLDER, Refusal.NAME_TWICE)


@pytest.mark.parametrize("flag", [0x1, 0x40, 0x2000], ids=["password", "strong", "masked list"])
def test_encrypted(refusal: Refuse, flag: int) -> None:
    member = Member(b"case/secret", b"x", flags=UTF8 | flag)
    assert refusal(archive([GOOD, member])) == (Refusal.ENCRYPTED, "case/secret")


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93, 99])
def test_a_method_that_not_every_program_knows(refusal: Refuse, method: int) -> None:
    assert refusal(archive([GOOD, Member(b"case/a", b"x", method=method)]))[0] == Refusal.METHOD


def test_a_version_of_the_format_that_is_not_known(refusal: Refuse) -> None:
    """Found by fuzzing: the standard library can't read what we took."""
    assert refusal(archive([GOOD, Member(b"case/a", b"x", version=202)]))[0] == Refusal.METHOD


def test_a_bomb(refusal: Refuse) -> None:
    member = Member(b"case/audio.flac", bytes(100_000_000), deflated=True)
    assert refusal(archive([GOOD, member])) == (Refusal.BOMB, "case/audio.flac")


def test_more_than_fits_on_the_disk(refusal: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacked_module, "free_bytes", lambda path: 50_000_000)
    assert refusal(archive([GOOD]))[0] == Refusal.TOO_LARGE


def test_more_files_than_any_case_has(refusal: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_entries, "ENTRY_LIMIT", 3)
    assert refusal(archive([text(f"case/{n}") for n in range(4)]))[0] == Refusal.TOO_MANY


def test_more_folders_than_any_case_has(refusal: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name may bring 31 folders of its own, which no entry counts."""
    monkeypatch.setattr(zip_entries, "FOLDER_LIMIT", 100)
    members = [text("/".join(f"{number}-{depth}" for depth in range(30))) for number in range(4)]
    assert refusal(archive(members))[0] == Refusal.TOO_MANY


def test_a_list_beyond_all_measure(refusal: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_entries, "DIRECTORY_LIMIT", 100)
    assert refusal(archive([text(f"case/{n}") for n in range(4)]))[0] == Refusal.TOO_MANY


def test_two_entries_with_the_same_bytes(refusal: Refuse) -> None:
    members = [Member(b"case/a", b"x", header_at=0), Member(b"case/b", b"x", header_at=0)]
    assert refusal(archive(members))[0] == Refusal.OVERLAP


def test_an_entry_inside_another(refusal: Refuse) -> None:
    inner = archive([Member(b"case/b", b"x")])
    members = [Member(b"case/a", inner), Member(b"case/b", b"x", header_at=30 + len(b"case/a"))]
    assert refusal(archive(members))[0] in (Refusal.OVERLAP, Refusal.UNLISTED)


@pytest.mark.parametrize("where", ["before", "between", "gap"])
def test_bytes_that_no_entry_covers(refusal: Refuse, where: str) -> None:
    built = {
        "before": archive([GOOD], before=b"PK\3\4 program"),
        "between": archive([GOOD, text("case/b")], between=b"hidden"),
        "gap": archive([GOOD], gap=b"hidden"),
    }
    assert refusal(built[where])[0] == Refusal.UNLISTED


def test_a_whole_archive_before_this_one(refusal: Refuse) -> None:
    """Readers that correct the places by what stands before take one archive, others the other."""
    content = archive([GOOD])
    assert refusal(content + content)[0] in (Refusal.UNLISTED, Refusal.OVERLAP)


@pytest.mark.parametrize(
    "member",
    [
        Member(b"case/report.pdf", b"x", local_name=b"case/virus.exe"),
        Member(b"case/report.pdf", b"x", local_crc=1),
        Member(b"case/report.pdf", b"x", local_size=9),
        Member(b"case/report.pdf", b"x", flags=UTF8 | 8, descriptor=descriptor(b"y")),
        Member(b"case/report.pdf", b"x", flags=UTF8 | 8, descriptor=b"junk"),
        Member(b"case/a", b"x", flags=0, extra=unicode_extra(b"case/b", b"case/c")),
        Member(b"case/a", b"x", extra=unicode_extra(b"case/b", b"case/a")),
        Member(b"case/a", b"x", flags=0, local_extra=unicode_extra(b"case/b", b"case/a")),
    ],
    ids=["name", "checksum", "size", "facts after the data", "junk after the data", "name for another",
         "two names", "another name in the header"],
)  # fmt: skip
def test_an_entry_told_in_two_ways(refusal: Refuse, member: Member) -> None:
    assert refusal(archive([GOOD, member]))[0] == Refusal.HEADERS_DIFFER


@pytest.mark.parametrize(
    "member",
    [
        Member(b"case/a", b"x" * 100, size=50, packed_size=100),
        Member(b"case/a", b"x" * 100, deflated=True, size=50),
        Member(b"case/a", b"x" * 100, deflated=True, size=150),
        Member(b"case/a", b"x" * 100, crc=1),
        Member(b"case/a", b"\xff\xff\xff", method=8, size=100, packed_size=3),
        Member(b"case/a", b"\x03\x00junk", method=8, size=0, crc=0, packed_size=6),
        Member(b"case/folder/", b"hidden", mode=0o040755),
    ],
    ids=["stored", "larger", "smaller", "checksum", "no deflate", "something behind", "folder"],
)
def test_a_false_declared_size_or_checksum(refusal: Refuse, member: Member) -> None:
    assert refusal(archive([GOOD, member]))[0] == Refusal.CONTENT_DIFFERS


def test_a_stream_that_is_cut_off(refusal: Refuse) -> None:
    packed = Member(b"", os.urandom(5000), deflated=True).packed
    member = Member(b"case/a", packed[:-10], method=8, size=5000)
    assert refusal(archive([GOOD, member]))[0] == Refusal.CONTENT_DIFFERS


@pytest.mark.parametrize(
    "content",
    [
        b"PK\3\4",
        archive([GOOD])[:-1],
        archive([GOOD])[:-40],
        archive([GOOD], after=b"junk"),
        archive([GOOD], count=2),
        archive([Member(b"case/a", b"x", extra=b"\1\0\xff\xff")]),
        archive([Member(b"case/a", size=0xFFFFFFFF, packed_size=0xFFFFFFFF)]),
    ],
    ids=["beginning only", "last byte gone", "end gone", "bytes behind", "wrong number",
         "extra too long", "large form without its facts"],
)  # fmt: skip
def test_damaged(refusal: Refuse, content: bytes) -> None:
    assert refusal(content)[0] == Refusal.DAMAGED


def test_every_cut_is_refused(refusal: Refuse) -> None:
    whole = archive([GOOD, Member(b"case/a", b"x" * 40, deflated=True)])
    for length in range(4, len(whole)):
        refusal(whole[:length])


def test_one_part_of_several(refusal: Refuse) -> None:
    assert refusal(archive([GOOD], disk=1))[0] == Refusal.SPLIT


def test_an_end_inside_the_comment(refusal: Refuse) -> None:
    assert refusal(archive([GOOD], comment=b"PK\5\6" + bytes(18)))[0] == Refusal.UNLISTED


def test_a_list_that_is_not_where_it_should_be(refusal: Refuse) -> None:
    assert refusal(archive([GOOD], begin=3))[0] == Refusal.UNLISTED


def test_no_case_folder_in_it(refusal: Refuse) -> None:
    assert refusal(archive([text("holiday/photo.jpg")]))[0] == Refusal.NO_CASE_FOLDER
    assert refusal(archive([]))[0] == Refusal.NO_CASE_FOLDER


def test_two_case_folders_in_it(refusal: Refuse) -> None:
    assert refusal(archive([GOOD, text("other/bagit.txt")])) == (Refusal.SEVERAL_CASE_FOLDERS, "other")


def test_names_in_gbk_are_never_guessed(tmp_path: Path, place: Path, exported: Path) -> None:
    """What the Explorer of a Chinese Windows makes."""
    members = members_of(exported, "来分期/")
    gbk = [Member(m.name.decode().encode("gbk"), m.content, flags=0, made_on=0) for m in members]
    path = tmp_path / "case.zip"
    path.write_bytes(archive(gbk))
    with pytest.raises(Unreadable) as raised:
        verify_path(path)
    assert raised.value.code is Code.ARCHIVE_NAMES
    assert str(raised.value.facts["item"]).startswith("来分期/")
    assert verify_path(path, zip_names="gbk").faults == ()
    with pytest.raises(Unreadable) as raised:
        verify_path(path, zip_names="ascii")
    assert raised.value.code is Code.ARCHIVE_REFUSED
    assert list(place.iterdir()) == []


def test_what_the_export_writes_is_taken(tmp_path: Path, place: Path, exported: Path) -> None:
    path = zipped(exported, tmp_path / "case.zip")
    steps: list[tuple[int, int]] = []
    report = verify_path(path, read_pcm, lambda done, total: steps.append((done, total)))
    assert report.faults == ()
    assert report.folder == str(path)
    assert steps[-1][0] <= steps[-1][1]
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("deflated", [False, True], ids=["stored", "compressed"])
@pytest.mark.parametrize("lead", ["", "case/"], ids=["the folder itself", "one folder in it"])
def test_the_case_folder_is_found(
    tmp_path: Path, place: Path, exported: Path, lead: str, *, deflated: bool
) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(archive(members_of(exported, lead, deflated=deflated)))
    assert verify_path(path, read_pcm).faults == ()


def test_what_lies_beside_the_case_folder_is_told(tmp_path: Path, place: Path, exported: Path) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(archive([*members_of(exported, "case/"), text("__MACOSX/._case"), text("read me.txt")]))
    report = verify_path(path)
    assert [f.subject for f in report.findings if f.code == "beside-the-folder"] == [
        "__MACOSX",
        "read me.txt",
    ]
    assert report.intact


def test_a_changed_file_in_a_zip_is_named(tmp_path: Path, place: Path, folder: Path) -> None:
    (folder / "data/case.json").write_bytes(b"{}")
    report = verify_path(zipped(folder, tmp_path / "case.zip"))
    assert "data/case.json" in [fault.subject for fault in report.faults if fault.code == "file-changed"]


@pytest.mark.parametrize("how", ["zip -r", "zip -r -0", "zip -r -fd", "python", "python to a pipe"])
def test_what_other_programs_write_is_taken(tmp_path: Path, place: Path, exported: Path, how: str) -> None:
    source = shutil.copytree(exported, tmp_path / "source" / "案件 case")
    path = tmp_path / "case.zip"
    if how.startswith("zip"):
        if shutil.which("zip") is None:
            pytest.skip("needs zip")
        words = how.split()
        subprocess.run(
            [*words, "-q", str(path), source.name],
            cwd=source.parent,
            check=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    elif how == "python":
        shutil.make_archive(str(path.with_suffix("")), "zip", source.parent, source.name)
    else:
        path.write_bytes(_piped(source))
    assert verify_path(path, read_pcm).faults == ()


class _Pipe(io.RawIOBase):
    """Can't seek, so that sizes stand after the data."""

    def __init__(self) -> None:
        super().__init__()
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, block: object) -> int:
        self.content += memoryview(block)  # type: ignore[arg-type]
        return len(memoryview(block))  # type: ignore[arg-type]


def _piped(source: Path) -> bytes:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as written:
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            written.write(path, path.relative_to(source.parent).as_posix())
    return bytes(pipe.content)


def test_an_archive_in_the_large_form_is_taken(
    tmp_path: Path, place: Path, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The limits are lowered instead of writing 4 GiB; the reader is our own and knows nothing of them.
    monkeypatch.setattr(zip_folder_module, "LARGE", 100)
    monkeypatch.setattr(zip_folder_module, "MANY", 3)
    path = zipped(exported, tmp_path / "case.zip")
    assert b"PK\x06\x06" in path.read_bytes()
    assert verify_path(path, read_pcm).faults == ()


def test_what_a_killed_check_left_is_removed_and_a_running_one_is_not(place: Path) -> None:
    left, running = place / f"{PREFIX}left", place / f"{PREFIX}running"
    for home in (left, running):
        home.mkdir()
        (home / "lock").touch()
    with FolderLock(running / "lock"), unpacked(io.BytesIO(archive([GOOD]))) as content:
        assert (content / "case/bagit.txt").read_bytes() == b"x"
        assert stat.S_IMODE(content.parent.stat().st_mode) == 0o700
        assert not left.exists()
    assert list(place.iterdir()) == [running]


def test_a_check_that_is_cancelled_leaves_nothing(tmp_path: Path, place: Path, exported: Path) -> None:
    path = zipped(exported, tmp_path / "case.zip")

    def stop(done: int, total: int) -> None:
        raise Unreadable(Code.CANCELLED)

    with pytest.raises(Known) as raised:
        verify_path(path, progress=stop)
    assert raised.value.code is Code.CANCELLED
    assert list(place.iterdir()) == []


def test_an_encrypted_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "case.zip.age"
    path.write_bytes(b"age-encryption.org/v1\n-> X25519 ...")
    with pytest.raises(Unreadable) as raised:
        verify_path(path)
    assert raised.value.code is Code.ARCHIVE_LOCKED


def test_a_file_of_another_kind_is_no_case_folder(tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(b"hello")
    with pytest.raises(Unreadable) as raised:
        verify_path(path)
    assert raised.value.code is Code.FOLDER_UNREADABLE


def test_a_link_to_a_zip_is_followed_because_the_user_named_it(
    tmp_path: Path, place: Path, exported: Path
) -> None:
    zip_folder(exported, tmp_path / "case.zip")
    (tmp_path / "link.zip").symlink_to(tmp_path / "case.zip")
    assert verify_path(tmp_path / "link.zip").faults == ()
