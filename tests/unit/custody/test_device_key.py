from __future__ import annotations

import contextlib
import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidencedesk.custody.device_key import DeviceKey, Kept
from evidencedesk.domain.errors import Code, Known
from evidencedesk.system.clock import SystemClock
from fakes.signers import AskingKeyring, ForgetfulKeyring

Open = Callable[[], DeviceKey]


@pytest.fixture
def keyring() -> ForgetfulKeyring:
    return ForgetfulKeyring()


@pytest.fixture
def again(tmp_path: Path, keyring: ForgetfulKeyring) -> Open:
    """The key as another start of the program finds it."""
    return lambda: DeviceKey(tmp_path, keyring, SystemClock())


def code_of(act: Callable[[], object]) -> Code:
    with pytest.raises(Known) as caught:
        act()
    return caught.value.code


def test_the_first_use_makes_a_key_and_every_later_one_opens_it(again: Open) -> None:
    assert again().kept is None
    assert again().fingerprint == ""
    made = again().open()
    assert again().open().key.private_numbers() == made.key.private_numbers()
    assert again().fingerprint == made.fingerprint


def test_only_the_account_may_read_its_files(again: Open, tmp_path: Path) -> None:
    again().open()
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_keyring_locks_the_file(again: Open, tmp_path: Path, keyring: ForgetfulKeyring) -> None:
    signer = again().open()
    assert again().kept is Kept.KEYRING
    assert b"ENCRYPTED" in (tmp_path / "keys/device.key").read_bytes()
    assert list(keyring.kept) == [signer.fingerprint]


def test_without_a_keyring_the_rights_of_the_file_protect_it(
    again: Open, tmp_path: Path, keyring: ForgetfulKeyring
) -> None:
    keyring.works = False
    again().open()
    assert again().kept is Kept.ACCOUNT
    assert b"ENCRYPTED" not in (tmp_path / "keys/device.key").read_bytes()


def test_a_passphrase_locks_it_and_can_be_taken_away(again: Open) -> None:
    first = again()
    fingerprint = first.open().fingerprint
    first.set_passphrase("柳暗花明 1985")
    assert again().kept is Kept.PASSPHRASE
    assert code_of(again().open) is Code.KEY_LOCKED
    assert code_of(lambda: again().open("柳暗花明")) is Code.KEY_WRONG_PASSPHRASE
    opened = again()
    assert opened.open("柳暗花明 1985").fingerprint == fingerprint
    opened.set_passphrase("")
    assert again().open().fingerprint == fingerprint
    assert again().kept is Kept.KEYRING


def test_openssl_opens_the_file_with_the_passphrase(again: Open, tmp_path: Path) -> None:
    key = again()
    key.open()
    key.set_passphrase("open sesame")
    command = ["openssl", "pkey", "-in", "keys/device.key", "-passin", "pass:open sesame", "-noout"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_a_keyring_that_lost_the_secret_is_said_and_changes_nothing(
    again: Open, tmp_path: Path, keyring: ForgetfulKeyring
) -> None:
    again().open()
    before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    keyring.kept.clear()
    assert code_of(again().open) is Code.KEY_UNREADABLE
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == before


def test_a_new_key_keeps_the_old_certificate(again: Open, keyring: ForgetfulKeyring) -> None:
    old = again().open()
    keyring.kept.clear()
    new = again().renew()
    assert new.fingerprint != old.fingerprint
    assert again().open().fingerprint == new.fingerprint
    assert again().certificates().keys() == {old.fingerprint, new.fingerprint}
    again().renew()
    assert len(again().certificates()) == 3


def test_what_stands_beside_the_key_is_read_while_a_keyring_asks_the_user(tmp_path: Path) -> None:
    keyring = AskingKeyring()
    signer = DeviceKey(tmp_path, keyring, SystemClock()).open()
    again = DeviceKey(tmp_path, keyring, SystemClock())
    opening = threading.Thread(target=again.open)
    opening.start()
    try:
        assert keyring.asked.wait(10)
        seen: list[object] = []
        looking = threading.Thread(target=lambda: seen.extend((again.kept, again.fingerprint)))
        looking.start()
        looking.join(5)
        assert seen == [Kept.KEYRING, signer.fingerprint], "a checkpoint waits for the user's answer"
    finally:
        keyring.answered.set()
        opening.join(10)
    assert again.opened is not None


@pytest.mark.parametrize("name", ["device.pem", "device.key"])
@pytest.mark.parametrize("content", [b"", b"junk", b"{}", b"\xff\xfe"])
def test_a_damaged_file_is_said_and_never_replaced(
    again: Open, tmp_path: Path, name: str, content: bytes
) -> None:
    again().open()
    (tmp_path / "keys" / name).write_bytes(content)
    assert code_of(again().open) is Code.KEY_UNREADABLE
    assert (tmp_path / "keys" / name).read_bytes() == content


def test_the_key_of_another_library_is_not_taken_for_its_own(again: Open, tmp_path: Path) -> None:
    again().open()
    other = DeviceKey(tmp_path / "other", ForgetfulKeyring(works=False), SystemClock())
    other.open()
    (tmp_path / "other/keys/device.key").replace(tmp_path / "keys/device.key")
    assert code_of(again().open) is Code.KEY_UNREADABLE


@pytest.mark.parametrize("phrases", [("",), ("sesame",), ("sesame", "柳暗花明"), ("sesame", "")])
def test_a_passphrase_that_could_not_be_written_leaves_the_key_as_it_was(
    again: Open, tmp_path: Path, phrases: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    changing = again()
    fingerprint = changing.open().fingerprint
    for phrase in phrases[:-1]:
        changing.set_passphrase(phrase)
    before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    for at in range(3):
        with fails_at_replacement(monkeypatch, at) as failed, contextlib.suppress(Known):
            changing.set_passphrase(phrases[-1])
        if not failed:
            break
        after = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
        assert after == before
        assert again().open(phrases[0] if len(phrases) > 1 else "").fingerprint == fingerprint
    assert again().open(phrases[-1]).fingerprint == fingerprint


def test_a_certificate_that_a_crash_kept_from_being_written_is_written_again(
    again: Open, tmp_path: Path
) -> None:
    made = again().open()
    (tmp_path / "keys/device.pem").unlink()
    assert again().open().fingerprint == made.fingerprint
    assert (tmp_path / "keys/device.pem").read_bytes() == made.certificate_pem()


def test_a_key_file_that_is_gone_is_said_and_no_other_key_takes_its_place(
    again: Open, tmp_path: Path
) -> None:
    again().open()
    (tmp_path / "keys/device.key").unlink()
    assert code_of(again().open) is Code.KEY_UNREADABLE
    assert not (tmp_path / "keys/device.key").exists()


def test_a_key_from_before_is_opened_and_becomes_one_file_with_the_next_passphrase(
    again: Open, tmp_path: Path
) -> None:
    made = again().open()
    whole = (tmp_path / "keys/device.key").read_bytes()
    line, _, pem = whole.partition(b"\n")
    (tmp_path / "keys/device.key").write_bytes(pem.partition(b"-----BEGIN CERTIFICATE")[0])
    (tmp_path / "keys/device.json").write_bytes(line.partition(b": ")[2])
    key = again()
    assert key.open().fingerprint == made.fingerprint
    key.set_passphrase("open sesame")
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["device.key", "device.pem"]
    assert again().open("open sesame").fingerprint == made.fingerprint


def test_a_secret_that_opens_nothing_any_more_is_forgotten(again: Open, keyring: ForgetfulKeyring) -> None:
    key = again()
    key.open()
    key.set_passphrase("")
    assert len(keyring.kept) == 1
    key.set_passphrase("open sesame")
    assert keyring.kept == {}


@contextlib.contextmanager
def fails_at_replacement(monkeypatch: pytest.MonkeyPatch, at: int) -> Iterator[list[str]]:
    """The disk refuses the file that is put in place as number ``at``; the list names it."""
    replace, seen, failed = Path.replace, [0], list[str]()

    def refusing(self: Path, target: str | Path) -> Path:
        if seen[0] == at:
            failed.append(Path(target).name)
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        seen[0] += 1
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refusing)
        yield failed


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="mounts need root")
def test_a_full_disk_leaves_no_half_key(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k,nr_inodes=2", "none", place], check=True)
    try:
        key = DeviceKey(place, ForgetfulKeyring(), SystemClock())
        assert code_of(key.open) is Code.DISK_FULL
        assert key.kept is None
    finally:
        subprocess.run(["umount", place], check=True)
