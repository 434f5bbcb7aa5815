"""The lock of the installed program at the command line: locked, refused, opened, given up."""

from __future__ import annotations

from pathlib import Path

from smoke.commands import LIBRARY, PROGRAM, Commands, told
from smoke.root import HOME, Session

_PASSPHRASE, _WRONG = "correct horse 正确", "wrong horse"


class Locked:
    """The user's library with a lock. AssertionError tells what did not go well."""

    def __init__(self, user: Session) -> None:
        self._user = user
        self._commands = Commands(user)

    def all(self) -> None:
        """On and off; the case is the same before and after."""
        before = self._commands.json("cases")
        assert before
        said = self._user.must(PROGRAM, "vault", "lock", EVIDENCEDESK_VAULT_PASSPHRASE=_PASSPHRASE)
        code = said.splitlines()[0]
        self._nothing_is_plain()
        for wrong in ("", _WRONG):
            refused = self._user.run(PROGRAM, "cases", EVIDENCEDESK_VAULT_PASSPHRASE=wrong)
            assert refused.returncode == 2, refused
        for right in (_PASSPHRASE, code):
            assert self._commands.json("cases", passphrase=right) == before
        out = f"{HOME}/from a locked library"
        self._user.must(PROGRAM, "export", before[0]["case"], out, EVIDENCEDESK_VAULT_PASSPHRASE=_PASSPHRASE)
        self._user.must(PROGRAM, "verify", out)
        self._user.must(PROGRAM, "vault", "unlock", EVIDENCEDESK_VAULT_PASSPHRASE=_PASSPHRASE)
        assert [one["case"] for one in self._commands.json("cases")] == [one["case"] for one in before]
        told(
            "a locked library: wrong passphrases are refused, passphrase and code open it, a case is exported"
        )

    def _nothing_is_plain(self) -> None:
        """No file of the library begins as a database or a sound does."""
        place = self._user.root.place(LIBRARY)
        plain = [path for path in place.rglob("*") if path.is_file() and _begins_plain(path)]
        assert not plain, plain


def _begins_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(6).startswith((b"SQLite", b"fLaC"))
