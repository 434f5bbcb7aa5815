from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencedesk.custody.ssh_signature import (
    NAMESPACE,
    SIGNATURE_LIMIT,
    SIGNER_NAME,
    allowed_signers,
    is_ssh_signed_by,
    sign_ssh,
)
from fakes.signers import signer

CONTENT = b"0" * 64 + b"  bagit.txt\n"


@pytest.fixture(scope="module")
def signature() -> bytes:
    return sign_ssh(signer().key, signer().certificate, CONTENT)


def test_a_signature_holds_for_its_own_content_and_key_only(signature: bytes) -> None:
    assert is_ssh_signed_by(signer().certificate, signature, CONTENT)
    assert not is_ssh_signed_by(signer().certificate, signature, CONTENT + b"\n")
    assert not is_ssh_signed_by(signer(2).certificate, signature, CONTENT)
    assert sign_ssh(signer().key, signer().certificate, CONTENT) == signature


@pytest.mark.parametrize("number", range(1, 20))
def test_every_key_makes_numbers_that_ssh_keygen_reads(number: int, tmp_path: Path) -> None:
    """Some have a first bit that would be a sign, some are shorter than others."""
    one = signer(number)
    (tmp_path / "signers").write_bytes(allowed_signers(one.certificate))
    (tmp_path / "list.sshsig").write_bytes(sign_ssh(one.key, one.certificate, CONTENT))
    assert verified(tmp_path, CONTENT)
    assert not verified(tmp_path, CONTENT + b"\n")


def test_ssh_keygen_refuses_another_key(signature: bytes, tmp_path: Path) -> None:
    (tmp_path / "signers").write_bytes(allowed_signers(signer(2).certificate))
    (tmp_path / "list.sshsig").write_bytes(signature)
    assert not verified(tmp_path, CONTENT)


def verified(folder: Path, content: bytes) -> bool:
    names = ["-f", "signers", "-I", SIGNER_NAME, "-n", NAMESPACE, "-s", "list.sshsig"]
    done = subprocess.run(
        ["ssh-keygen", "-Y", "verify", *names], cwd=folder, input=content, capture_output=True, check=False
    )
    return done.returncode == 0


def test_every_changed_byte_is_noticed(signature: bytes) -> None:
    for position in range(len(signature)):
        changed = bytearray(signature)
        changed[position] ^= 1
        assert not is_ssh_signed_by(signer().certificate, bytes(changed), CONTENT), position


def test_a_signature_cut_anywhere_is_none(signature: bytes) -> None:
    for length in range(len(signature)):
        assert not is_ssh_signed_by(signer().certificate, signature[:length], CONTENT)


@given(junk=st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_junk_is_none(junk: bytes) -> None:
    assert not is_ssh_signed_by(signer().certificate, junk, CONTENT)


def test_a_huge_one_is_not_even_read() -> None:
    assert not is_ssh_signed_by(signer().certificate, b"A" * (SIGNATURE_LIMIT + 1), CONTENT)
