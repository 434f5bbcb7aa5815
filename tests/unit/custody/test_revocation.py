from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from evidencedesk.custody.revocation import CRL_LIMIT, Revocation, Standing, check_revocation, read_crl
from evidencedesk.domain.moment import format_utc
from fakes.time_authorities import Pki

DAY = timedelta(days=1)


@pytest.fixture
def pki(tmp_path: Path) -> Pki:
    made = Pki(tmp_path)
    made.make()
    return made


@pytest.fixture
def now(pki: Pki) -> datetime:
    return pki.certificate("good").not_valid_before_utc + DAY


def look(pki: Pki, leaf: str, when: datetime, *lists: str) -> Revocation:
    path = [pki.certificate(name) for name in (leaf, "issuing", "root")]
    crls = [read_crl((pki.folder / f"{name}.crl").read_bytes()) for name in lists or ("issuing", "root")]
    return check_revocation(path, format_utc(when), crls)


def test_a_certificate_on_no_list_is_good(pki: Pki, now: datetime) -> None:
    assert look(pki, "good", now).standing is Standing.GOOD


def test_one_that_was_called_back_before_the_stamp_is_named_with_its_day_and_reason(
    pki: Pki, now: datetime
) -> None:
    found = look(pki, "revoked", now)
    assert (found.standing, found.name, found.reason) == (Standing.REVOKED, "Test revoked", "superseded")
    assert found.since < format_utc(now)


@pytest.mark.parametrize(
    ("reason", "standing"),
    [
        (x509.ReasonFlags.superseded, Standing.GOOD),
        (x509.ReasonFlags.cessation_of_operation, Standing.GOOD),
        (x509.ReasonFlags.key_compromise, Standing.REVOKED),
        (None, Standing.REVOKED),
    ],
)
def test_called_back_after_the_stamp_the_reason_decides(
    pki: Pki, now: datetime, reason: x509.ReasonFlags | None, standing: Standing
) -> None:
    pki.write_crls({"good": (now + DAY, reason)})
    assert look(pki, "good", now).standing is standing


def test_without_a_list_of_each_issuer_nothing_is_known(pki: Pki, now: datetime) -> None:
    assert look(pki, "good", now, "issuing").standing is Standing.UNKNOWN
    assert look(pki, "good", now, "root").standing is Standing.UNKNOWN


def test_a_list_that_had_run_out_before_the_stamp_clears_nothing(pki: Pki, now: datetime) -> None:
    assert look(pki, "good", now + 60 * DAY).standing is Standing.UNKNOWN


def test_a_list_that_its_issuer_did_not_sign_does_not_count(pki: Pki, now: datetime) -> None:
    pki.issuing = type(pki.issuing)(pki.issuing.certificate, pki.other.key)
    pki.write_crls({"good": (now - DAY, None)})
    assert look(pki, "good", now).standing is Standing.UNKNOWN


def test_a_revoked_intermediate_counts_as_well(pki: Pki, now: datetime) -> None:
    pki._crl("root", pki.root, {"issuing": (now - DAY, x509.ReasonFlags.superseded)})
    found = look(pki, "good", now)
    assert (found.standing, found.name) == (Standing.REVOKED, "Test issuing")


JUNK = [
    b"",
    b"junk",
    b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n",
    b"x" * (CRL_LIMIT + 1),
]


@pytest.mark.parametrize("content", JUNK, ids=["empty", "junk", "broken", "huge"])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_crl(content)
