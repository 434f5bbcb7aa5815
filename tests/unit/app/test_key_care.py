"""The signing key as the window looks after it, on a real library without a keyring."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.app.key_care import KeyCare
from evidencedesk.custody.device_key import DeviceKey, Kept
from evidencedesk.domain.errors import Code, Known
from evidencedesk.system.clock import SystemClock
from evidencedesk.ui.settings.key_presenter import KeyFacts
from fakes.signers import ForgetfulKeyring

PHRASE, ANOTHER = "correct horse", "battery staple"


def key_of(library: Path) -> DeviceKey:
    """The key as another start of the program finds it."""
    return DeviceKey(library, ForgetfulKeyring(works=False), SystemClock())


def test_looking_makes_no_key_and_opens_none(tmp_path: Path) -> None:
    assert KeyCare(key_of(tmp_path)).key_facts() == KeyFacts()
    made = KeyCare(key_of(tmp_path)).make_key()
    assert (made.kept, made.opened) == (Kept.ACCOUNT, True)
    assert KeyCare(key_of(tmp_path)).key_facts() == KeyFacts(made.fingerprint, Kept.ACCOUNT)


def test_a_passphrase_is_set_changed_and_removed(tmp_path: Path) -> None:
    made = KeyCare(key_of(tmp_path)).make_key()
    assert KeyCare(key_of(tmp_path)).set_passphrase("", PHRASE).kept is Kept.PASSPHRASE
    assert KeyCare(key_of(tmp_path)).key_facts().asks
    with pytest.raises(Known) as wrong:
        KeyCare(key_of(tmp_path)).set_passphrase("wrong", ANOTHER)
    assert wrong.value.code is Code.KEY_WRONG_PASSPHRASE
    assert not KeyCare(key_of(tmp_path)).set_passphrase(PHRASE, ANOTHER).asks
    assert KeyCare(key_of(tmp_path)).set_passphrase(ANOTHER, "").kept is Kept.ACCOUNT
    assert key_of(tmp_path).open().fingerprint == made.fingerprint


def test_a_new_key_keeps_the_certificate_of_the_old_one(tmp_path: Path) -> None:
    first = KeyCare(key_of(tmp_path)).make_key()
    second = KeyCare(key_of(tmp_path)).make_key()
    assert set(key_of(tmp_path).certificates()) == {first.fingerprint, second.fingerprint}


def test_a_damaged_key_can_be_replaced(tmp_path: Path) -> None:
    KeyCare(key_of(tmp_path)).make_key()
    (tmp_path / "keys" / "device.key").write_text("junk")
    with pytest.raises(Known):
        KeyCare(key_of(tmp_path)).key_facts()
    made = KeyCare(key_of(tmp_path)).make_key()
    assert key_of(tmp_path).open().fingerprint == made.fingerprint
    assert (tmp_path / "keys" / "earlier" / "0001" / "device.key").read_text() == "junk"
