"""What other programs read of a sealed file, and that nothing of it stays."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from evidencedesk.custody.kept import create_kept
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.plain_copy import PlainCopies, plain_copy, plain_for_child
from evidencedesk.domain.errors import Code, Known
from evidencedesk.system.private_temp import remove_left_folders

CONTENT = b"the words of a letter\n" * 40_000


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    return tmp_path / "session"


@pytest.fixture
def sealed(tmp_path: Path, session: Path) -> Iterator[Path]:
    vault = X25519PrivateKey.generate()
    path = tmp_path / "sealed"
    writer = create_kept(path, vault.public_key().public_bytes_raw())
    writer.write(CONTENT)
    writer.finish()
    KEY_RING.hold(vault)
    yield path
    KEY_RING.forget()


def test_a_file_that_is_not_sealed_is_read_where_it_is(tmp_path: Path) -> None:
    plain = tmp_path / "letter.txt"
    plain.write_bytes(CONTENT)

    with plain_copy(plain) as copy, plain_for_child(plain) as child:
        assert copy == plain
        assert (child.path, child.pass_fds) == (plain, ())


def test_another_program_reads_a_copy_that_only_the_user_may_read_and_that_goes_again(
    sealed: Path, session: Path
) -> None:
    with plain_copy(sealed, "letter.txt") as copy:
        assert copy.read_bytes() == CONTENT
        assert copy.name == "letter.txt"
        assert copy.is_relative_to(session)
        assert copy.stat().st_mode & 0o777 == 0o600
        assert copy.parent.stat().st_mode & 0o777 == 0o700

    assert not list(session.rglob("letter.txt"))


def test_a_name_can_not_lead_out_of_the_private_folder(sealed: Path, session: Path) -> None:
    with plain_copy(sealed, "../../letter.txt") as copy:
        assert copy.parent.is_relative_to(session)
        assert copy.name == "letter.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="memfd is Linux")
def test_a_child_of_ours_reads_it_without_any_file(sealed: Path, session: Path) -> None:
    with plain_for_child(sealed) as given:
        read = "import sys; print(len(open(sys.argv[1], 'rb').read()), open(sys.argv[1], 'rb').read(9))"
        said = subprocess.run(
            [sys.executable, "-c", read, str(given.path)],
            pass_fds=given.pass_fds,
            capture_output=True,
            check=True,
        ).stdout

    assert said.split(maxsplit=1) == [str(len(CONTENT)).encode(), b"b'the words'\n"]
    assert not session.exists()


def test_what_a_program_has_open_stays_until_the_library_is_locked(sealed: Path, session: Path) -> None:
    copies = PlainCopies()

    first, second = copies.open(sealed, "letter.txt"), copies.open(sealed, "letter.txt")
    assert first.read_bytes() == second.read_bytes() == CONTENT
    copies.drop()

    assert not list(session.rglob("letter.txt"))
    assert copies.open(sealed, "again.txt").read_bytes() == CONTENT
    copies.drop()


def test_the_next_start_takes_away_what_a_killed_program_left(sealed: Path, session: Path) -> None:
    hold = (
        "import os, sys, pathlib\n"
        "from evidencedesk.system.private_temp import private_folder\n"
        "with private_folder() as folder:\n"
        "    (folder / 'letter.txt').write_bytes(b'words')\n"
        "    print('ready', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ}
    )
    assert child.stdout is not None
    assert child.stdin is not None
    child.stdout.readline()
    remove_left_folders()
    assert list(session.rglob("letter.txt"))  # in use
    child.kill()
    child.wait()
    child.stdout.close()
    child.stdin.close()

    remove_left_folders()

    assert not list(session.rglob("letter.txt"))


def test_a_locked_vault_gives_no_copy(sealed: Path, session: Path) -> None:
    KEY_RING.forget()

    with pytest.raises(Known) as refusal, plain_copy(sealed):
        raise AssertionError
    assert refusal.value.code is Code.VAULT_LOCKED
    assert not [path for path in session.rglob("*") if path.is_file()]
