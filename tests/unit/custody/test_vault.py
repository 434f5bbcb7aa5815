"""The vault opens by passphrase, recovery code or keyring, and by nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.custody.recovery_code import SYMBOLS, new_code, read_code
from evidencedesk.custody.vault import Vault
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.vault import VAULT_FILE, OpenedBy, VaultState

PASSPHRASE = "four words nobody knows"  # noqa: S105


class Ring:
    """A keyring in memory."""

    def __init__(self, *, there: bool = True) -> None:
        self.there = there
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> bool:
        if self.there:
            self.kept[name] = secret
        return self.there

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path, Ring())


def refused(call: Callable[..., object], *arguments: object) -> Code:
    with pytest.raises(Known) as caught:
        call(*arguments)
    return caught.value.code


def test_a_library_without_a_vault_says_so(vault: Vault) -> None:
    assert vault.facts() is None
    assert refused(vault.open, PASSPHRASE) is Code.VAULT_NOT_HERE


def test_passphrase_and_code_open_the_same_keys(vault: Vault) -> None:
    keys, code = vault.create(PASSPHRASE)
    assert vault.open(PASSPHRASE).master == keys.master
    assert vault.open_with_code(code.lower().replace("-", " ")).database == keys.database
    facts = vault.facts()
    assert facts is not None
    assert facts.public == keys.public
    assert facts.opened_by == {OpenedBy.PASSPHRASE, OpenedBy.RECOVERY}
    assert facts.state is VaultState.SEALING


def test_what_is_wrong_opens_nothing(vault: Vault) -> None:
    _, code = vault.create(PASSPHRASE)
    assert refused(vault.open, PASSPHRASE + " ") is Code.VAULT_WRONG_PASSPHRASE
    assert refused(vault.open, "") is Code.VAULT_WRONG_PASSPHRASE
    assert refused(vault.open_with_code, new_code()) is Code.VAULT_WRONG_CODE
    assert refused(vault.open_with_code, code[:-1]) is Code.VAULT_WRONG_CODE


def test_a_passphrase_is_the_same_in_other_code_points(vault: Vault) -> None:
    vault.create("café 取证台 ok")
    vault.open("cafe\u0301 取证台 ok")


def test_a_changed_passphrase_opens_the_same_keys_and_the_old_one_nothing(vault: Vault) -> None:
    keys, _ = vault.create(PASSPHRASE)
    vault.set_passphrase(keys, "another four words")
    assert vault.open("another four words").master == keys.master
    assert refused(vault.open, PASSPHRASE) is Code.VAULT_WRONG_PASSPHRASE


def test_a_new_code_puts_the_old_one_out_of_use(vault: Vault) -> None:
    keys, old = vault.create(PASSPHRASE)
    code = vault.renew_code(keys)
    assert vault.open_with_code(code).master == keys.master
    assert refused(vault.open_with_code, old) is Code.VAULT_WRONG_CODE


def test_a_keyring_opens_it_until_it_is_told_not_to(tmp_path: Path) -> None:
    ring = Ring()
    vault = Vault(tmp_path, ring)
    keys, _ = vault.create("")
    assert vault.open_with_keyring().master == keys.master
    vault.set_passphrase(keys, PASSPHRASE)
    vault.set_keyring(keys, opens=False)
    assert not ring.kept
    assert refused(vault.open_with_keyring) is Code.VAULT_NO_KEYRING


def test_without_a_keyring_a_passphrase_is_needed(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ring(there=False))
    assert refused(vault.create, "") is Code.VAULT_NO_KEYRING
    assert vault.facts() is None


def test_a_short_passphrase_and_a_second_vault_are_refused(vault: Vault) -> None:
    assert refused(vault.create, "1234567") is Code.VAULT_WEAK_PASSPHRASE
    vault.create(PASSPHRASE)
    assert refused(vault.create, PASSPHRASE) is Code.VAULT_HERE_ALREADY


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.pop("public"),
        lambda told: told.update(public="00" * 32),
        lambda told: told["wraps"]["passphrase"].update(memory_kib=1 << 40),
        lambda told: told["wraps"]["passphrase"].update(key="zz"),
        lambda told: told["wraps"]["passphrase"].pop("salt"),
    ],
)
def test_a_damaged_file_is_said_to_be_one(
    vault: Vault, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    vault.create(PASSPHRASE)
    told = json.loads((tmp_path / VAULT_FILE).read_bytes())
    change(told)
    (tmp_path / VAULT_FILE).write_text(json.dumps(told))
    assert refused(vault.open, PASSPHRASE) in (Code.VAULT_DAMAGED, Code.VAULT_WRONG_PASSPHRASE)


def test_a_newer_vault_is_refused(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / VAULT_FILE).write_text('{"v": 2}')
    assert refused(vault.facts) is Code.VAULT_NEWER


def test_the_file_is_private_and_holds_no_key(vault: Vault, tmp_path: Path) -> None:
    keys, code = vault.create(PASSPHRASE)
    path = tmp_path / VAULT_FILE
    text = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    for secret in (keys.master.hex(), keys.database.hex(), code, code.replace("-", ""), PASSPHRASE):
        assert secret not in text


def test_every_single_wrong_symbol_of_a_code_is_noticed() -> None:
    code = new_code().replace("-", "")
    for place in range(len(code)):
        for symbol in SYMBOLS:
            wrong = code[:place] + symbol + code[place + 1 :]
            assert (read_code(wrong) is None) == (symbol != code[place])


def test_letters_that_look_like_digits_are_understood() -> None:
    code = new_code()
    assert read_code(code.replace("0", "O").replace("1", "l")) == code.replace("-", "")
