from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
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


@pytest.mark.parametrize("name", ["device.pem", "device.key", "device.json"])
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
    about = tmp_path / "keys/device.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"kept": "account"}))
    assert code_of(again().open) is Code.KEY_UNREADABLE


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="mounts need root")
def test_a_full_disk_leaves_no_half_key(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k,nr_inodes=4", "none", place], check=True)
    try:
        key = DeviceKey(place, ForgetfulKeyring(), SystemClock())
        assert code_of(key.open) is Code.DISK_FULL
        assert key.kept is None
    finally:
        subprocess.run(["umount", place], check=True)
