"""A sealed file opens as what was written, whole or cut off, and nothing that was changed passes."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencedesk.custody.kept import create_kept, hash_kept, is_sealed, open_kept, read_kept, write_kept
from evidencedesk.custody.key_ring import KEY_RING, KeyRing
from evidencedesk.custody.sealed_format import HEADER_BYTES, MOST_PLAIN, SealBroken
from evidencedesk.custody.sealed_reader import SealedReader
from evidencedesk.custody.sealed_writer import SealedWriter
from evidencedesk.domain.errors import Code, Known


@pytest.fixture
def public() -> Iterator[bytes]:
    vault = X25519PrivateKey.generate()
    KEY_RING.hold(vault)
    yield vault.public_key().public_bytes_raw()
    KEY_RING.forget()


def sealed(path: Path, public: bytes, *pieces: bytes, finish: bool = True) -> Path:
    writer = SealedWriter(path, public)
    for piece in pieces:
        writer.write(piece)
        writer.push()
    if finish:
        writer.finish()
    else:
        writer.abandon()
    return path


def test_what_was_written_is_read(tmp_path: Path, public: bytes) -> None:
    path = sealed(tmp_path / "file", public, b"one", b"two" * 1000, b"three")
    assert read_kept(path) == b"one" + b"two" * 1000 + b"three"
    assert b"two" not in path.read_bytes()
    assert is_sealed(path)


def test_a_file_larger_than_a_chunk_is_read_from_any_place(tmp_path: Path, public: bytes) -> None:
    content = os.urandom(2 * MOST_PLAIN + 12345)
    path = sealed(tmp_path / "file", public, content)
    with open_kept(path) as file:
        for at in (0, MOST_PLAIN - 5, MOST_PLAIN, len(content) - 3, 7):
            file.seek(at)
            assert file.read(100) == content[at : at + 100]
    assert hash_kept(path)[1] == len(content)


def test_an_empty_file_is_an_empty_file(tmp_path: Path, public: bytes) -> None:
    assert read_kept(sealed(tmp_path / "file", public)) == b""


def test_the_beginning_can_be_changed_at_the_end(tmp_path: Path, public: bytes) -> None:
    writer = SealedWriter(tmp_path / "file", public)
    writer.write(b"length: 0000 " + b"x" * 100)
    writer.sync()
    writer.seek(8)
    writer.write(b"0113")
    writer.seek(0, os.SEEK_END)
    writer.write(b"end")
    writer.finish()
    assert read_kept(tmp_path / "file") == b"length: 0113 " + b"x" * 100 + b"end"


def test_a_writer_that_was_killed_leaves_what_it_had_synced(tmp_path: Path, public: bytes) -> None:
    path = sealed(tmp_path / "file", public, b"safe", b"too", finish=False)
    assert read_kept(path) == b"safetoo"
    with open_kept(path) as file:
        assert isinstance(file, io.BufferedReader)
        assert isinstance(file.raw, SealedReader)
        assert not file.raw.complete


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=60), max_size=6), st.integers(0, 500))
def test_a_file_cut_off_anywhere_is_an_exact_prefix(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    vault = X25519PrivateKey.generate()
    ring = KeyRing()
    ring.hold(vault)
    writer = SealedWriter(folder / "file", vault.public_key().public_bytes_raw())
    for piece in pieces:
        writer.write(piece)
        writer.push()
    writer.finish()
    content = (folder / "file").read_bytes()
    cut = HEADER_BYTES + cut % (len(content) - HEADER_BYTES)
    (folder / "file").write_bytes(content[:cut])
    with SealedReader((folder / "file").open("rb"), writer.header, writer.secret) as reader:
        whole = b"".join(pieces)
        plain = reader.readall()
        assert whole.startswith(plain)
        assert not reader.complete
        # Only whole pieces: none is lost before the one that was cut.
        assert any(plain == b"".join(pieces[:count]) for count in range(len(pieces) + 1))


def test_zeros_of_a_power_cut_are_no_part_of_it(tmp_path: Path, public: bytes) -> None:
    path = sealed(tmp_path / "file", public, b"safe", b"lost", finish=False)
    content = path.read_bytes()
    path.write_bytes(content[:-15] + bytes(15))
    assert read_kept(path) == b"safe"
    path.write_bytes(content + bytes(4096))
    assert read_kept(path) == b"safelost"


def test_a_hole_that_a_power_cut_left_between_the_last_pieces_ends_it_before(
    tmp_path: Path, public: bytes
) -> None:
    path = sealed(tmp_path / "file", public, *(b"%04d" % number for number in range(200)), finish=False)
    content = bytearray(path.read_bytes())
    piece = len(content) - 3 * (4 + 4 + 16)
    content[piece + 6 : piece + 10] = bytes(4)
    path.write_bytes(content)
    assert read_kept(path) == b"".join(b"%04d" % number for number in range(197))


@pytest.mark.parametrize("finish", [True, False])
def test_whoever_saves_what_can_be_saved_gets_all_before_the_damage(
    tmp_path: Path, public: bytes, *, finish: bool
) -> None:
    path = sealed(tmp_path / "file", public, *(b"%04d" % number for number in range(500)), finish=finish)
    content = bytearray(path.read_bytes())
    content[HEADER_BYTES + 100 * (4 + 4 + 16) + 8] ^= 1
    path.write_bytes(content)
    with pytest.raises(SealBroken):
        read_kept(path)
    with open_kept(path, to_damage=True) as file:
        assert file.read() == b"".join(b"%04d" % number for number in range(100))


def test_damage_in_the_last_piece_leaves_all_the_others(tmp_path: Path, public: bytes) -> None:
    path = sealed(tmp_path / "file", public, b"one", b"two")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with open_kept(path, to_damage=True) as file:
        assert file.read() == b"onetwo"


@pytest.mark.parametrize("place", ["header", "first", "middle", "end"])
def test_a_changed_bit_does_not_pass(tmp_path: Path, public: bytes, place: str) -> None:
    path = sealed(tmp_path / "file", public, b"a" * 100, b"b" * 100, b"c" * 100)
    content = bytearray(path.read_bytes())
    content[{"header": 20, "first": 60, "middle": 200, "end": -5}[place]] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(SealBroken):
        read_kept(path)


def test_pieces_that_changed_places_were_left_out_or_added_do_not_pass(tmp_path: Path, public: bytes) -> None:
    path = sealed(tmp_path / "file", public, b"a" * 100, b"b" * 100, b"c" * 100)
    content = path.read_bytes()
    piece = 4 + 100 + 16
    first, second = HEADER_BYTES, HEADER_BYTES + piece
    for changed in (
        content[:first]
        + content[second : second + piece]
        + content[first:second]
        + content[second + piece :],
        content[:second] + content[second + piece :],
        content[:second] + content[first:second] + content[second:],
        content + b"more",
    ):
        path.write_bytes(changed)
        with pytest.raises(SealBroken):
            read_kept(path)


def test_a_hostile_length_takes_no_memory(tmp_path: Path, public: bytes) -> None:
    path = sealed(tmp_path / "file", public, b"a" * 100, finish=False)
    content = path.read_bytes()
    path.write_bytes(content + b"\x7f\xff\xff\xff" + b"x" * 50)
    assert read_kept(path) == b"a" * 100


def test_without_the_key_it_is_locked(tmp_path: Path, public: bytes) -> None:
    path = sealed(tmp_path / "file", public, b"secret")
    KEY_RING.forget()
    with pytest.raises(Known) as caught:
        read_kept(path)
    assert caught.value.code is Code.VAULT_LOCKED


def test_another_vault_does_not_open_it(tmp_path: Path, public: bytes) -> None:
    path = sealed(tmp_path / "file", public, b"secret")
    KEY_RING.forget()
    KEY_RING.hold(X25519PrivateKey.generate())
    with pytest.raises(Known) as caught:
        read_kept(path)
    assert caught.value.code is Code.VAULT_LOCKED


def test_the_secrets_of_one_file_open_that_file_only(tmp_path: Path, public: bytes) -> None:
    one = sealed(tmp_path / "one", public, b"one")
    two = sealed(tmp_path / "two", public, b"two")
    secrets = KEY_RING.secrets_of([one, tmp_path / "missing"])
    KEY_RING.forget()
    KEY_RING.hold_files(secrets)
    assert read_kept(one) == b"one"
    with pytest.raises(Known):
        read_kept(two)


def test_a_file_that_is_not_sealed_is_read_as_it_is(tmp_path: Path) -> None:
    write_kept(tmp_path / "file", b"plain", None)
    assert read_kept(tmp_path / "file") == b"plain"
    assert not is_sealed(tmp_path / "file")


def test_a_small_file_is_replaced_as_a_whole(tmp_path: Path, public: bytes) -> None:
    for content in (b"before", b"after"):
        write_kept(tmp_path / "file", content, public)
    assert read_kept(tmp_path / "file") == b"after"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("locked", [True, False])
def test_a_new_file_is_private_and_never_written_over_another(
    tmp_path: Path, public: bytes, locked: bool
) -> None:
    seals_to = public if locked else None
    writer = create_kept(tmp_path / "file", seals_to)
    writer.write(b"content")
    writer.sync()
    writer.finish()
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert read_kept(tmp_path / "file") == b"content"
    with pytest.raises(FileExistsError):
        create_kept(tmp_path / "file", seals_to)
