from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencedesk.custody.cms import SIGNATURE_LIMIT, read_detached, sign_detached
from evidencedesk.domain.moment import Moment
from fakes.signers import MADE, signer

CONTENT = b"0" * 64 + b"  bagit.txt\n"


@pytest.fixture(scope="module")
def signature() -> bytes:
    one = signer()
    return sign_detached(one.key, one.certificate, CONTENT, MADE)


def test_whoever_signed_and_the_time_he_claimed_are_told(signature: bytes) -> None:
    signed = read_detached(signature, CONTENT)
    assert signed.fingerprint == signer().fingerprint
    assert signed.claimed_utc == "2026-11-23T14:00:00.000000Z"


def test_the_same_content_is_signed_with_the_same_bytes(signature: bytes) -> None:
    one = signer()
    assert sign_detached(one.key, one.certificate, CONTENT, MADE) == signature
    later = Moment("2026-11-23T14:00:01.000000Z", 480, "boot-1", 1)
    assert sign_detached(one.key, one.certificate, CONTENT, later) != signature


def test_another_content_was_not_signed(signature: bytes) -> None:
    with pytest.raises(ValueError, match="another content"):
        read_detached(signature, CONTENT + b"\n")


def test_every_single_changed_bit_of_a_signature_is_noticed(signature: bytes) -> None:
    for position in range(len(signature)):
        changed = bytearray(signature)
        changed[position] ^= 1 << position % 8
        with pytest.raises(ValueError, match=r".+"):
            read_detached(bytes(changed), CONTENT)


def test_a_signature_cut_anywhere_or_lengthened_is_none(signature: bytes) -> None:
    for length in range(len(signature)):
        with pytest.raises(ValueError, match=r".+"):
            read_detached(signature[:length], CONTENT)
    for more in (b"\0", signature):
        with pytest.raises(ValueError, match=r".+"):
            read_detached(signature + more, CONTENT)


@given(junk=st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_junk_is_refused_with_a_reason(junk: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_detached(junk, CONTENT)


def test_a_huge_signature_is_not_even_read() -> None:
    with pytest.raises(ValueError, match="too large"):
        read_detached(b"0" * (SIGNATURE_LIMIT + 1), CONTENT)


def test_a_signature_made_by_another_program_in_another_form_is_refused() -> None:
    one = signer()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(CONTENT)
    builder = builder.add_signer(one.certificate, one.key, hashes.SHA256())
    attached = builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    with pytest.raises(ValueError, match="not detached"):
        read_detached(attached, CONTENT)
    weak = pkcs7.PKCS7SignatureBuilder().set_data(CONTENT)
    weak = weak.add_signer(one.certificate, one.key, hashes.SHA384())
    options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature]
    with pytest.raises(ValueError, match="not SHA-256"):
        read_detached(weak.sign(Encoding.DER, options), CONTENT)


def test_openssl_accepts_the_signature_and_refuses_it_over_anything_else(
    tmp_path: Path, signature: bytes
) -> None:
    (tmp_path / "list").write_bytes(CONTENT)
    (tmp_path / "list.p7s").write_bytes(signature)
    (tmp_path / "device.pem").write_bytes(signer().certificate_pem())
    command = [
        *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "list.p7s"),
        *("-content", "list", "-CAfile", "device.pem", "-purpose", "any"),
    ]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "list").write_bytes(CONTENT + b"more\n")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0
    (tmp_path / "list").write_bytes(CONTENT)
    (tmp_path / "device.pem").write_bytes(signer(2).certificate_pem())
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0
