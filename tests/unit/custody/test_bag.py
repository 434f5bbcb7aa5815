"""Whatever a stranger's folder holds, it is named or refused; nothing hangs, follows or fetches."""

from __future__ import annotations

import hashlib
import os
import socket
import time
import tracemalloc
from pathlib import Path

import pytest

from evidencedesk.custody import bag as bag_module
from evidencedesk.custody.bag import DECLARATION, read_bag
from evidencedesk.custody.names import unsafe_because
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.wording.findings import finding_codes

EMPTY = hashlib.sha256(b"").hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small bag that is right, without a case in it."""
    root = tmp_path / "bag"
    (root / "data").mkdir(parents=True)
    (root / "data/a.txt").write_bytes(b"")
    (root / "bagit.txt").write_bytes(DECLARATION)
    (root / "bag-info.txt").write_bytes(b"Payload-Oxum: 0.1\n")
    write_payload(root, f"{EMPTY}  data/a.txt\n".encode())
    return root


def write_payload(root: Path, content: bytes, manifest: str = "manifest-sha256.txt") -> None:
    """Write the payload manifest, and a tag manifest that fits."""
    (root / manifest).write_bytes(content)
    seal_tags(root)


def seal_tags(root: Path) -> None:
    names = sorted(path.name for path in root.iterdir() if path.is_file())
    (root / "tagmanifest-sha256.txt").write_bytes(
        b"".join(
            f"{hashlib.sha256((root / name).read_bytes()).hexdigest()}  {name}\n".encode()
            for name in names
            if name != "tagmanifest-sha256.txt"
        )
    )


def found_in(root: Path) -> set[tuple[str, str]]:
    """Code and subject of every finding about files; the rest of verify must bear it too."""
    report = verify_folder(root)
    assert {finding.code for finding in report.findings} <= finding_codes()
    bag = read_bag(root)
    bag.close_counts()
    return {(finding.code, finding.subject) for finding in bag.findings}


def test_a_right_bag_has_no_finding(root: Path) -> None:
    assert found_in(root) == set()


@pytest.mark.parametrize("kind", ["nothing", "file", "zip", "empty folder", "other folder", "NUL", "loop"])
def test_what_is_no_bag_can_not_be_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "case"
    if kind in ("file", "zip"):
        path.write_bytes(b"PK\x03\x04" if kind == "zip" else b"hello")
    elif kind not in ("nothing", "loop"):
        path.mkdir()
    if kind == "other folder":
        (path / "holiday.jpg").write_bytes(b"x")
    if kind == "NUL":
        path = tmp_path / "a\0b"
    if kind == "loop":
        path.symlink_to(path)
    with pytest.raises(Unreadable) as raised:
        read_bag(path)
    assert raised.value.code is Code.FOLDER_UNREADABLE
    assert raised.value.facts["reason"]


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "data/../../outside.txt",
        "/etc/passwd",
        "C:\\secret.txt",
        "data/\\\\host\\share",
        "~root/x",
        "data/con",
        "data/aux.wav",
        "data/x.",
        "data/a:b",
        "data/" + "n" * 256,
        "data//b",
        "data/./b",
        "data/\u202egnp.exe",
        "data/a\x07b",
        "data/%0A",
        "data/" + "d/" * 40 + "x",
    ],
)
def test_a_listed_name_that_leads_elsewhere_is_never_opened(root: Path, name: str) -> None:
    (root.parent / "outside.txt").write_bytes(b"")
    content = f"{EMPTY}  data/a.txt\n{EMPTY}  {name}\n".encode()
    write_payload(root, content)
    assert found_in(root) == {("manifest-line", "manifest-sha256.txt:2")}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("aux.wav", "data/aux.wav"),
        ("x.", "data/x."),
        ("a:b", "data/a:b"),
        ("a\\b", "data/a\\b"),
        ("two\nlines", "data/two\nlines"),
        ("\u202egnp.exe", "data/\u202egnp.exe"),
    ],
)
def test_a_file_with_an_unsafe_name_is_named(root: Path, name: str, shown: str) -> None:
    (root / "data" / name).write_bytes(b"")
    assert ("name-unsafe", shown) in found_in(root)


def test_a_name_that_is_no_text_is_named_without_a_crash(root: Path) -> None:
    (Path(os.fsdecode(os.fsencode(root / "data") + b"/\xff\xfe"))).write_bytes(b"")
    report = verify_folder(root)
    assert ("name-unsafe", "data/\\udcff\\udcfe") in {(f.code, f.subject) for f in report.faults}


@pytest.mark.parametrize("twin", ["data/A.TXT", "data/ａ.txt"])
def test_names_that_other_systems_take_for_the_same_are_named(root: Path, twin: str) -> None:
    (root / twin).write_bytes(b"")
    codes = {code for code, _ in found_in(root)}
    assert "name-twins" in codes


def test_folders_that_other_systems_take_for_the_same_are_named(root: Path) -> None:
    for name in ("data/x/one", "data/X/two"):
        (root / name).parent.mkdir()
        (root / name).write_bytes(b"")
    assert "name-twins" in {code for code, _ in found_in(root)}


def test_both_normal_forms_of_a_name_are_twins(root: Path) -> None:
    for name in ("data/e\u0301", "data/\u00e9"):
        (root / name).write_bytes(b"")
    assert "name-twins" in {code for code, _ in found_in(root)}


def test_a_name_stored_in_another_normal_form_is_found(root: Path) -> None:
    (root / "data/caf\u00e9.txt").write_bytes(b"")
    (root / "bag-info.txt").write_bytes(b"Payload-Oxum: 0.2\n")
    write_payload(root, f"{EMPTY}  data/a.txt\n{EMPTY}  data/cafe\u0301.txt\n".encode())
    assert found_in(root) == set()


@pytest.mark.parametrize("kind", ["fifo", "socket", "link to a file", "link to a folder", "folder", "loop"])
def test_what_is_not_a_plain_file_is_named_and_never_opened(root: Path, kind: str) -> None:
    path = root / "data/a.txt"
    path.unlink()
    (root.parent / "outside").mkdir()
    (root.parent / "outside/secret.txt").write_bytes(b"")
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        before = Path.cwd()
        os.chdir(path.parent)  # a socket's path must be short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
        os.chdir(before)
    elif kind == "link to a file":
        path.symlink_to(root.parent / "outside/secret.txt")
    elif kind == "link to a folder":
        path.symlink_to(root.parent / "outside")
    elif kind == "loop":
        path.symlink_to(path)
    else:
        path.mkdir()
    found = found_in(root)
    expected = "file-missing" if kind == "folder" else "not-regular"
    assert (expected, "data/a.txt") in found
    assert not any("secret" in subject for _, subject in found)


@pytest.mark.parametrize(
    "name", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
)
@pytest.mark.parametrize("kind", ["fifo", "folder", "link", "empty", "binary"])
def test_any_list_may_be_something_else(root: Path, name: str, kind: str) -> None:
    path = root / name
    path.unlink()
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("/dev/zero")
    elif kind == "empty":
        path.write_bytes(b"")
    else:
        path.write_bytes(bytes(range(256)) * 4)
    assert found_in(root)


def test_a_folder_that_can_not_be_listed_is_named_and_the_rest_is_checked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "data/locked").mkdir()
    real = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found_in(root) == {("not-regular", "data/locked")}


def test_a_case_folder_that_can_not_be_listed_can_not_be_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(Unreadable) as raised:
        read_bag(root)
    assert raised.value.facts == {"path": str(root), "reason": "Permission denied"}


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "crc9"])
def test_a_weak_list_alone_proves_nothing(root: Path, algorithm: str) -> None:
    (root / "manifest-sha256.txt").unlink()
    write_payload(root, b"d41d8cd98f00b204e9800998ecf8427e  data/a.txt\n", f"manifest-{algorithm}.txt")
    assert found_in(root) == {("manifest-weak", f"manifest-{algorithm}.txt")}


def test_a_missing_list_is_named(root: Path) -> None:
    (root / "manifest-sha256.txt").unlink()
    (root / "tagmanifest-sha256.txt").unlink()
    assert found_in(root) >= {
        ("manifest-missing", "manifest-sha256.txt"),
        ("manifest-missing", "tagmanifest-sha256.txt"),
        ("file-not-covered", "bagit.txt"),
    }


def test_a_request_to_fetch_is_named_and_ignored(root: Path) -> None:
    (root / "fetch.txt").write_text("file:///etc/passwd 100 data/passwd\n", "utf-8")
    assert found_in(root) == {("fetch-present", "fetch.txt"), ("file-not-covered", "fetch.txt")}
    assert not (root / "data/passwd").exists()


@pytest.mark.parametrize(
    "content",
    [
        f"{EMPTY.upper()}  data/a.txt\n",
        f"{EMPTY} data/a.txt\n",
        f"{EMPTY}\tdata/a.txt\n",
        f"{EMPTY} *data/a.txt\n",
        f"{EMPTY}  ./data/a.txt\n",
        f"{EMPTY}  data/a.txt\r\n",
        f"{EMPTY}  data/a.txt",
        f"\n{EMPTY}  data/a.txt\n\n",
    ],
)
def test_every_form_that_the_standard_allows_is_read(root: Path, content: str) -> None:
    write_payload(root, content.encode())
    assert found_in(root) == set()


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{EMPTY}  data/a.txt\n".encode(),
        f"{EMPTY[:-1]}  data/a.txt\n".encode(),
        f"{EMPTY}data/a.txt\n".encode(),
        f"{EMPTY}  a.txt\n".encode(),
        f"{EMPTY}  data/\n".encode(),
        EMPTY.encode() + b"  data/\xff\n",
        b"\0\n",
    ],
)
def test_a_line_in_no_allowed_form_is_named(root: Path, content: bytes) -> None:
    write_payload(root, content)
    assert ("manifest-line", "manifest-sha256.txt:1") in found_in(root)


def test_a_percent_sign_in_a_name_is_read_back(root: Path) -> None:
    (root / "data/100%.txt").write_bytes(b"")
    (root / "data/a%0Ab").write_bytes(b"")
    (root / "bag-info.txt").write_bytes(b"Payload-Oxum: 0.3\n")
    names = ("data/100%25.txt", "data/a%250Ab", "data/a.txt")
    write_payload(root, b"".join(f"{EMPTY}  {name}\n".encode() for name in names))
    assert found_in(root) == set()


def test_a_file_listed_twice_is_named(root: Path) -> None:
    write_payload(root, f"{EMPTY}  data/a.txt\n{'0' * 64}  data/a.txt\n".encode())
    assert found_in(root) == {("manifest-line", "manifest-sha256.txt:2")}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Payload-Oxum: 1.1\n", "payload-oxum"),
        (b"Source: me\n", "payload-oxum"),
        (b"Payload-Oxum: 0.1\nPayload-Oxum: 0.1\n", "payload-oxum"),
        (b"no colon\nPayload-Oxum: 0.1\n", "bag-info"),
        (b"Payload-Oxum: 0.1\n\xff\n", "bag-info"),
        (b"Payload-Oxum: 0.1\nA: " + b"x" * 9000 + b"\n", "bag-info"),
    ],
)
def test_a_wrong_description_is_named(root: Path, content: bytes, code: str) -> None:
    (root / "bag-info.txt").write_bytes(content)
    seal_tags(root)
    assert {found for found, _ in found_in(root)} == {code}


@pytest.mark.parametrize("content", [b"Payload-Oxum: 0.1\r\n", b"A: b\n  goes on\nPayload-Oxum: 0.1"])
def test_a_description_in_any_allowed_form_is_read(root: Path, content: bytes) -> None:
    (root / "bag-info.txt").write_bytes(content)
    seal_tags(root)
    assert found_in(root) == set()


@pytest.mark.parametrize(
    "content",
    [b"", b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n", b"\xef\xbb\xbf" + DECLARATION],
)
def test_another_declaration_is_named(root: Path, content: bytes) -> None:
    (root / "bagit.txt").write_bytes(content)
    seal_tags(root)
    assert found_in(root) == {("bag-declaration", "bagit.txt")}


@pytest.mark.parametrize(
    "name", ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
)
def test_a_line_of_50_megabytes_is_refused_at_once(root: Path, name: str) -> None:
    (root / name).write_bytes(b"x" * 50_000_000)
    began = time.monotonic()
    found = found_in(root)
    assert time.monotonic() - began < 5
    assert any(subject.startswith(name) for _, subject in found)


def write_missing(root: Path, count: int) -> None:
    lines = (f"{EMPTY}  data/recordings/r-{number:08}/audio.flac\n" for number in range(count))
    write_payload(root, "".join(lines).encode())


def test_hundreds_of_thousands_of_missing_files_cost_seconds_and_are_counted(root: Path) -> None:
    # A million take some 5 s; with coverage watching, five times that.
    write_missing(root, 200_000)
    began = time.process_time()
    bag = read_bag(root)
    assert time.process_time() - began < 15
    bag.close_counts()
    assert len([finding for finding in bag.findings if finding.code == "file-missing"]) == 20
    assert [finding.found for finding in bag.findings if finding.code == "too-many"] == ["199980"]


def test_missing_files_cost_no_memory(root: Path) -> None:
    write_missing(root, 20_000)
    tracemalloc.start()
    try:
        read_bag(root)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2_000_000, "keeping every line would take twice that"


def test_a_list_beyond_all_measure_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bag_module, "MANIFEST_LIMIT", 10)
    assert found_in(root) >= {
        ("manifest-too-large", "manifest-sha256.txt"),
        ("manifest-too-large", "tagmanifest-sha256.txt"),
    }


def test_more_files_than_anybody_can_check_are_not_listed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bag_module, "ENTRY_LIMIT", 3)
    assert ("too-many", "files") in found_in(root)


def test_a_folder_as_deep_as_the_system_allows_is_named(root: Path) -> None:
    deep = root / "data"
    for _ in range(200):
        deep = deep / "d"
    deep.mkdir(parents=True)
    assert {code for code, _ in found_in(root)} == {"name-unsafe"}


def test_a_file_that_vanishes_while_it_is_looked_at_is_named_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanish(path: str) -> str:
        if path == "data/a.txt":
            (root / path).unlink()
        return unsafe_because(path)

    monkeypatch.setattr(bag_module, "unsafe_because", vanish)
    bag = read_bag(root)
    assert [finding.code for finding in bag.findings if finding.subject == "data/a.txt"] == ["not-regular"]
