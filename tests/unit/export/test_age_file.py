"""Encrypted for a receiver: by us and by the age tool, each readable by the other."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.export.age_file import decrypt_file, read_recipients, write_encrypted
from evidencedesk.export.zip_folder import zip_chunks
from fakes.case_folders import BuiltCase
from fakes.small_disk import small_disk

SECRET = os.urandom(300_000)
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="needs age")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return make_key(tmp_path / "key.txt")


def make_key(path: Path) -> Path:
    """As age-keygen writes it."""
    identity = pyrage.x25519.Identity.generate()
    path.write_text(f"# created: today\n# public key: {identity.to_public()}\n{identity}\n", "utf-8")
    return path


def public(key: Path) -> str:
    found = re.search("age1[a-z0-9]+", key.read_text("utf-8"))
    assert found is not None
    return found[0]


def in_pieces(content: bytes, size: int = 70_000) -> Iterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


def encrypted(key: Path, target: Path, content: bytes = SECRET) -> Path:
    write_encrypted(in_pieces(content), target, read_recipients([public(key)]))
    return target


def refused(path: Path, key: Path, target: Path) -> Known:
    with pytest.raises(Known) as raised:
        decrypt_file(path, key, target)
    assert not target.exists()
    assert not list(target.parent.glob("*.partial"))
    return raised.value


@needs_age
def test_the_age_tool_reads_what_we_encrypt(tmp_path: Path, key: Path) -> None:
    path = encrypted(key, tmp_path / "case.zip.age")
    done = subprocess.run(["age", "-d", "-i", str(key), str(path)], capture_output=True, check=True)
    assert done.stdout == SECRET


@needs_age
def test_we_read_what_the_age_tool_encrypts(tmp_path: Path) -> None:
    key = tmp_path / "made by age-keygen"
    subprocess.run(["age-keygen", "-o", str(key)], check=True, capture_output=True)
    path = tmp_path / "case.zip.age"
    subprocess.run(["age", "-r", public(key), "-o", str(path)], input=SECRET, check=True)
    decrypt_file(path, key, tmp_path / "case.zip")
    assert (tmp_path / "case.zip").read_bytes() == SECRET


@needs_age
def test_a_whole_case_folder_comes_out_as_the_same_zip(tmp_path: Path, key: Path, built: BuiltCase) -> None:
    folder = built.export(tmp_path / "案件")
    path = tmp_path / "案件.zip.age"
    write_encrypted(zip_chunks(folder), path, read_recipients([public(key)]))
    done = subprocess.run(["age", "-d", "-i", str(key), str(path)], capture_output=True, check=True)
    assert done.stdout == b"".join(zip_chunks(folder))


def test_each_of_several_receivers_can_open_it(tmp_path: Path) -> None:
    keys = [make_key(tmp_path / f"key-{number}") for number in range(3)]
    path = tmp_path / "case.age"
    write_encrypted(in_pieces(SECRET), path, read_recipients([public(key) for key in keys]))
    for number, key in enumerate(keys):
        decrypt_file(path, key, tmp_path / f"case-{number}")
        assert (tmp_path / f"case-{number}").read_bytes() == SECRET


def test_what_is_decrypted_is_for_this_user_alone(tmp_path: Path, key: Path) -> None:
    decrypt_file(encrypted(key, tmp_path / "case.age"), key, tmp_path / "case.zip")
    assert stat.S_IMODE((tmp_path / "case.zip").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    ["", "age1", "age1qqqq", "AGE-SECRET-KEY-1QQ", "ssh-ed25519 AAAA", "张律师", "a" * 10_000,
     "age1dtxl0zgzfscnmga936l99xxqfdvzdggnsvf6ux5yh6v63tt93cksac9fvf"],
)  # fmt: skip
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(WrongUse) as raised:
        read_recipients([text])
    assert raised.value.code is Code.BAD_RECIPIENT


def test_spaces_around_a_public_key_do_no_harm(key: Path) -> None:
    assert len(read_recipients([f"  {public(key)}\n"])) == 1


@pytest.mark.parametrize("length", [30, 150, 1000, 65_000, 200_000, 299_999])
def test_of_a_truncated_file_nothing_stays(tmp_path: Path, key: Path, length: int) -> None:
    path = encrypted(key, tmp_path / "case.age")
    path.write_bytes(path.read_bytes()[:length])
    assert refused(path, key, tmp_path / "case.zip").code is Code.DECRYPTION_FAILED


@pytest.mark.parametrize("at", [25, 100, 250, 1000, 299_000, -1])
def test_of_a_changed_file_nothing_stays(tmp_path: Path, key: Path, at: int) -> None:
    path = encrypted(key, tmp_path / "case.age")
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert refused(path, key, tmp_path / "case.zip").code is Code.DECRYPTION_FAILED


def test_bytes_behind_the_end_are_not_accepted(tmp_path: Path, key: Path) -> None:
    path = encrypted(key, tmp_path / "case.age")
    path.write_bytes(path.read_bytes() + b"more")
    assert refused(path, key, tmp_path / "case.zip").code is Code.DECRYPTION_FAILED


def test_another_key_opens_nothing(tmp_path: Path, key: Path) -> None:
    path = encrypted(key, tmp_path / "case.age")
    other = make_key(tmp_path / "other")
    assert refused(path, other, tmp_path / "case.zip").code is Code.DECRYPTION_FAILED


def test_what_is_not_encrypted_says_so(tmp_path: Path, key: Path) -> None:
    (tmp_path / "case.zip").write_bytes(b"PK\3\4")
    assert refused(tmp_path / "case.zip", key, tmp_path / "out").code is Code.NOT_ENCRYPTED


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"AGE-SECRET-KEY-1QQQ", b"\xff\xfe", b"#" * 100_000, None]
)
def test_what_holds_no_key_says_so(tmp_path: Path, key: Path, content: bytes | None) -> None:
    path = encrypted(key, tmp_path / "case.age")
    other = tmp_path / "no-key"
    if content is not None:
        other.write_bytes(content)
    assert refused(path, other, tmp_path / "case.zip").code is Code.AGE_KEY_UNREADABLE


def test_a_pipe_instead_of_a_file_does_not_hang(tmp_path: Path, key: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe", key, tmp_path / "case.zip").code is Code.FILE_UNREADABLE
    path = encrypted(key, tmp_path / "case.age")
    assert refused(path, tmp_path / "pipe", tmp_path / "case.zip").code is Code.AGE_KEY_UNREADABLE


def test_what_stands_at_the_target_is_left_alone(tmp_path: Path, key: Path) -> None:
    path = encrypted(key, tmp_path / "case.age")
    (tmp_path / "case.zip").write_text("mine")
    with pytest.raises(Known) as raised:
        decrypt_file(path, key, tmp_path / "case.zip")
    assert raised.value.code is Code.TARGET_NOT_EMPTY
    assert (tmp_path / "case.zip").read_text() == "mine"


def test_a_full_disk_is_named_both_ways(tmp_path: Path, key: Path) -> None:
    path = encrypted(key, tmp_path / "case.age")
    with small_disk(tmp_path / "usb", "100k") as usb:
        assert refused(path, key, usb / "case.zip").code is Code.TARGET_FULL
        with pytest.raises(Known) as raised:
            encrypted(key, usb / "case.age")
        assert raised.value.code is Code.TARGET_FULL
        assert list(usb.iterdir()) == []


def test_what_the_source_says_comes_through(tmp_path: Path, key: Path) -> None:
    def stop() -> Iterator[bytes]:
        yield SECRET
        raise WrongUse(Code.CANCELLED)

    with pytest.raises(Known) as raised:
        write_encrypted(stop(), tmp_path / "case.age", read_recipients([public(key)]))
    assert raised.value.code is Code.CANCELLED
    assert [path.name for path in tmp_path.iterdir()] == ["key.txt"]


def test_decrypting_can_be_cancelled(tmp_path: Path, key: Path) -> None:
    path = encrypted(key, tmp_path / "case.age")
    with pytest.raises(Known) as raised:
        decrypt_file(path, key, tmp_path / "case.zip", lambda: True)
    assert raised.value.code is Code.CANCELLED
    assert not (tmp_path / "case.zip").exists()
