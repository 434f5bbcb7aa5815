"""What went wrong with a locked library, in three sentences each; part of ``wording/errors.py``."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.errors import Code
from evidencedesk.wording.language import mark

_SAFE = mark("Nothing was changed. Your recordings are safe.")
_TRY_CODE = mark("Try again. If you do not know it any more, use the recovery code that you wrote down.")

VAULT_SENTENCES: Mapping[Code, tuple[str, str, str]] = {
    Code.VAULT_LOCKED: (
        mark("The library is locked."),
        _SAFE,
        mark("Open it with your passphrase."),
    ),
    Code.VAULT_WRONG_PASSPHRASE: (mark("This is not the passphrase of this library."), _SAFE, _TRY_CODE),
    Code.VAULT_WRONG_CODE: (
        mark("This is not the recovery code of this library."),
        _SAFE,
        mark("Look at the paper again: 28 letters and digits, in seven groups. An older code opens nothing."),
    ),
    Code.VAULT_NO_KEYRING: (
        mark("This computer's keyring does not open the library."),
        _SAFE,
        mark("Use your passphrase or the recovery code."),
    ),
    Code.VAULT_DAMAGED: (
        mark("The lock of the library is damaged: “{path}” can't be read."),
        mark("The recordings are still there, but without this file nobody can open them."),
        mark("Put the file “vault.json” from a back-up in its place. Do not delete anything."),
    ),
    Code.VAULT_NEWER: (
        mark("The library was locked by a newer version of this program."),
        _SAFE,
        mark("Install the newest version and open the library with it."),
    ),
    Code.VAULT_NOT_HERE: (
        mark("The library is not locked with a passphrase."),
        _SAFE,
        mark("You can lock it under Settings, Security."),
    ),
    Code.VAULT_HERE_ALREADY: (
        mark("The library is locked with a passphrase already."),
        _SAFE,
        mark("You can change the passphrase under Settings, Security."),
    ),
    Code.VAULT_FILE_DIFFERS: (
        mark("The disk gives back something else than was written to it: “{path}”."),
        mark("The file is as it was before. What was locked or unlocked before it stays so."),
        mark("Don't trust this disk any more: make a back-up to another one first."),
    ),
    Code.VAULT_OTHER_KEY: (
        mark("The database “{path}” does not open with the key of this library."),
        mark("Your recordings are safe. The database is of another library, or its beginning is damaged."),
        mark("Put the file “library.sqlite3” and “vault.json” from one back-up in their places."),
    ),
    Code.VAULT_WEAK_PASSPHRASE: (
        mark("The passphrase is too short: at least {limit} characters are needed."),
        _SAFE,
        mark("Take four or five words that nobody else would put together."),
    ),
    Code.FILE_SEAL_BROKEN: (
        mark("“{path}” was damaged or changed on the disk and can't be opened."),
        mark("All other recordings and notes are safe."),
        mark("Look for a second copy or a back-up of this file. Keep the damaged one as it is."),
    ),
}
