"""Tokens of a real authority (``openssl ts``), good ones and all that must be refused."""

from __future__ import annotations

import hashlib
import random
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from evidencedesk.custody.certificates import bundle, read_certificates, read_roots, usable
from evidencedesk.custody.time_stamp import (
    ANSWER_LIMIT,
    Request,
    StampInvalid,
    TimeStamp,
    certificates_in,
    make_request,
    read_answer,
    read_request,
    sorted_certificates,
)
from evidencedesk.domain.stamp import Trouble
from fakes.time_authorities import OTHER_POLICY, POLICY, TimeServer

IMPRINT = hashlib.sha256(b"a checkpoint").hexdigest()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeServer]:
    with TimeServer(tmp_path_factory.mktemp("authority")) as made:
        yield made


@pytest.fixture(scope="module")
def root(authority: TimeServer) -> x509.Certificate:
    return authority.pki.certificate("root")


@pytest.fixture(autouse=True)
def as_usual(authority: TimeServer) -> None:
    authority.chain, authority.digits, authority.digests = True, 0, "sha256"


def ask(authority: TimeServer, signer: str = "good", policy: str = "") -> tuple[Request, bytes]:
    question = make_request(IMPRINT, secrets.randbits(64), policy)
    return read_request(question), authority.reply(question, signer)


def trouble(answer: bytes, request: Request, *roots: x509.Certificate) -> Trouble:
    with pytest.raises(StampInvalid) as caught:
        read_answer(answer, request, roots)
    return caught.value.trouble


def test_a_request_holds_hash_nonce_and_wish_for_the_certificate() -> None:
    nonce = (1 << 64) - 1
    question = make_request(IMPRINT, nonce, POLICY)
    assert read_request(question) == Request(IMPRINT, nonce, POLICY)
    parsed = tsp.TimeStampReq.load(question)
    assert parsed["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha256"
    assert parsed["cert_req"].native is True


@pytest.mark.parametrize("nonce", [-1, 1 << 64])
def test_a_nonce_has_64_bits(nonce: int) -> None:
    with pytest.raises(ValueError, match="nonce"):
        make_request(IMPRINT, nonce)


@pytest.mark.parametrize("content", [b"", b"\x30\x00", b"x" * 5000, b"\x30\x80\x00\x00"])
def test_what_is_no_request_is_refused(content: bytes) -> None:
    with pytest.raises(StampInvalid):
        read_request(content)


@pytest.mark.parametrize("signer", ["good", "good-rsa"])
def test_a_good_token_tells_time_number_policy_and_names(
    authority: TimeServer, root: x509.Certificate, signer: str
) -> None:
    request, answer = ask(authority, signer)
    stamp = read_answer(answer, request, [root])
    assert (stamp.tsa_name, stamp.root_name) == (f"Test {signer}", "Test root")
    assert len(stamp.path) == 3
    assert stamp.policy == POLICY
    assert stamp.accuracy_us == 1_500_000
    assert int(stamp.serial) > 0
    assert stamp.imprint == IMPRINT
    text = said_by_openssl(authority.folder, answer)
    assert f"Serial number: 0x{int(stamp.serial):02X}" in text
    assert stamp.root_fingerprint == hashlib.sha256(root.public_bytes(Encoding.DER)).hexdigest()


def said_by_openssl(folder: Path, answer: bytes) -> str:
    file = folder / "shown.tsr"
    file.write_bytes(answer)
    done = subprocess.run(
        ["openssl", "ts", "-reply", "-in", file, "-text"], check=True, capture_output=True, text=True
    )
    return done.stdout


def test_parts_of_a_second_are_kept(authority: TimeServer, root: x509.Certificate) -> None:
    authority.digits = 6
    found = set()
    for _ in range(3):
        request, answer = ask(authority)
        found.add(read_answer(answer, request, [root]).gen_time[20:26])
    assert found != {"000000"}


def test_the_order_of_the_certificates_does_not_matter(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority)
    turned = in_order(answer, reverse=False), in_order(answer, reverse=True)
    assert turned[0] != turned[1]
    for one in turned:
        assert sorted_certificates(one) == sorted_certificates(answer)
        assert read_answer(one, request, [root]).path[-1] == root


def in_order(answer: bytes, *, reverse: bool) -> bytes:
    parts = [
        one.dump() for one in tsp.TimeStampResp.load(answer)["time_stamp_token"]["content"]["certificates"]
    ]
    return answer.replace(b"".join(parts), b"".join(sorted(parts, reverse=reverse)))


def test_another_hash_is_named(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority)
    assert trouble(answer, Request("0" * 64, request.nonce, ""), root) is Trouble.WRONG_HASH


def test_a_replayed_answer_is_named(authority: TimeServer, root: x509.Certificate) -> None:
    _, old = ask(authority)
    request, _ = ask(authority)
    assert trouble(old, request, root) is Trouble.WRONG_NONCE


def test_another_policy_is_named(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority, policy=OTHER_POLICY)
    assert read_answer(answer, request, [root]).policy == OTHER_POLICY
    assert trouble(answer, Request(IMPRINT, request.nonce, POLICY), root) is Trouble.WRONG_POLICY


def test_a_policy_the_authority_does_not_have_is_refused(
    authority: TimeServer, root: x509.Certificate
) -> None:
    request, answer = ask(authority, policy="1.2.3")
    with pytest.raises(StampInvalid) as caught:
        read_answer(answer, request, [root])
    assert caught.value.trouble is Trouble.REFUSED
    assert "unaccepted_policy" in caught.value.detail


def test_another_root_is_named(authority: TimeServer) -> None:
    request, answer = ask(authority)
    assert trouble(answer, request, authority.pki.certificate("other-root")) is Trouble.UNKNOWN_ROOT
    assert trouble(answer, request) is Trouble.UNKNOWN_ROOT


def test_a_root_that_only_came_along_is_not_trusted(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority, "other")  # its root is embedded in the token
    assert trouble(answer, request, root) is Trouble.UNKNOWN_ROOT
    with pytest.raises(StampInvalid):
        read_answer(answer, request, [root], [authority.pki.certificate("other-root")])


def test_the_signing_certificate_alone_is_no_root(authority: TimeServer) -> None:
    request, answer = ask(authority)
    assert trouble(answer, request, authority.pki.certificate("good")) is Trouble.BAD_SIGNATURE


def test_a_certificate_that_had_expired_is_named(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority, "expired")
    assert trouble(answer, request, root) is Trouble.EXPIRED


def test_a_missing_intermediate_can_be_given(authority: TimeServer, root: x509.Certificate) -> None:
    authority.chain = False
    request, answer = ask(authority)
    assert trouble(answer, request, root) is Trouble.UNKNOWN_ROOT
    issuing = authority.pki.certificate("issuing")
    assert read_answer(answer, request, [root], [issuing]).path[1] == issuing


def with_certificates(answer: bytes, *certificates: x509.Certificate) -> bytes:
    """The same token with other certificates beside it, which no signature covers."""
    parsed = tsp.TimeStampResp.load(answer)
    ders = [one.public_bytes(Encoding.DER) for one in certificates]
    chosen = [cms.CertificateChoices("certificate", cms.Certificate.load(der)) for der in ders]
    parsed["time_stamp_token"]["content"]["certificates"] = cms.CertificateSet(chosen)
    return bytes(parsed.dump(force=True))


def twin(authority: TimeServer, *, purpose: bool) -> x509.Certificate:
    """A certificate with the name, number and key of the good one, but not the same."""
    good = authority.pki.certificate("good")
    builder = (
        x509.CertificateBuilder()
        .subject_name(good.subject)
        .issuer_name(good.issuer)
        .public_key(good.public_key())
        .serial_number(good.serial_number)
        .not_valid_before(good.not_valid_before_utc)
        .not_valid_after(good.not_valid_after_utc)
    )
    if purpose:
        usage = good.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        builder = builder.add_extension(usage.value, critical=True)
    return builder.sign(authority.pki.issuing.key, hashes.SHA256())


def test_a_certificate_without_the_purpose_is_named(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority)
    bare = with_certificates(answer, twin(authority, purpose=False), authority.pki.certificate("issuing"))
    assert trouble(bare, request, root) is Trouble.WRONG_PURPOSE


def test_another_certificate_with_the_same_key_may_not_stand_in(
    authority: TimeServer, root: x509.Certificate
) -> None:
    request, answer = ask(authority)
    other = with_certificates(answer, twin(authority, purpose=True), authority.pki.certificate("issuing"))
    with pytest.raises(StampInvalid, match="another certificate was meant"):
        read_answer(other, request, [root])


def test_a_token_without_its_certificate_is_named(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority)
    without = with_certificates(answer, authority.pki.certificate("issuing"))
    assert trouble(without, request, root) is Trouble.NO_CERTIFICATE


@pytest.mark.parametrize("junk", [b"", b"<html></html>", b"\x30\x03\x02\x01\x00", b"\x30\x80" * 500])
def test_junk_is_named(root: x509.Certificate, junk: bytes) -> None:
    assert trouble(junk, Request(IMPRINT, 1, ""), root) is Trouble.JUNK


def test_what_is_too_large_is_not_even_read(root: x509.Certificate) -> None:
    huge = b"\x30" * (ANSWER_LIMIT + 1)
    assert trouble(huge, Request(IMPRINT, 1, ""), root) is Trouble.TOO_LARGE


def test_bytes_after_the_answer_are_junk(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority)
    assert trouble(answer + b"\x00", request, root) is Trouble.JUNK


@pytest.mark.filterwarnings("ignore::UserWarning")  # of certificates that were damaged on purpose
def test_no_changed_byte_gives_another_time_or_a_crash(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority)
    good = read_answer(answer, request, [root])
    accepted = 0
    for place in range(len(answer)):
        changed = bytearray(answer)
        changed[place] ^= 1 << random.randrange(8)
        try:
            found: TimeStamp | None = read_answer(bytes(changed), request, [root])
        except StampInvalid:
            continue
        accepted += 1
        assert found == good, place
    assert accepted < len(answer) // 10, "most bytes are covered by a signature"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_cut_answer_crashes(authority: TimeServer, root: x509.Certificate) -> None:
    request, answer = ask(authority)
    for length in range(0, len(answer), 7):
        with pytest.raises(StampInvalid):
            read_answer(answer[:length], request, [root])


def test_the_signing_certificate_comes_first(authority: TimeServer) -> None:
    _, answer = ask(authority)
    names = [one.subject.rfc4514_string() for one in certificates_in(answer)]
    assert names == ["CN=Test good", "CN=Test issuing"]


def test_roots_and_bundles(authority: TimeServer, root: x509.Certificate) -> None:
    issuing = authority.pki.certificate("issuing")
    both = bundle([issuing, root])
    assert both == bundle([root, issuing, root])
    assert set(read_certificates(both)) == {root, issuing}
    assert read_roots(root.public_bytes(Encoding.DER)) == (root,)
    with pytest.raises(ValueError, match="not a root"):
        read_roots(both)
    for junk in (b"", b"x", b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n", b"x" * 2_000_000):
        with pytest.raises(ValueError, match=r"."):
            read_certificates(junk)
    assert usable([b"junk", root.public_bytes(Encoding.DER)]) == (root,)
