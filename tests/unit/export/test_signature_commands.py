"""The commands about the signature, typed: the fingerprint they show is that of whoever signed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.device_certificate import fingerprint
from evidencedesk.custody.device_key import Signer
from evidencedesk.domain.moment import parse_utc
from evidencedesk.export.how_to_check import how_to_check
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from fakes.case_folders import BuiltCase, build_case
from fakes.signers import MADE, signer

DOCS = Path(__file__).parents[3] / "docs"
TYPED = re.compile(r" *((?:openssl (?:cms|x509|dgst)|ssh-keygen|echo) .+)")
FINGERPRINT = "openssl x509 -in ../signer.pem -noout"


def written(language: Language) -> list[str]:
    text = how_to_check(Words(language, resource("locale"))).split("=" * 72)[0]
    return [match[1] for line in text.splitlines() if (match := TYPED.fullmatch(line))]


def documented(name: str) -> list[str]:
    text = (DOCS / name).read_text("utf-8")
    return [match[1] for line in text.splitlines() if (match := TYPED.fullmatch(line))]


def genuine(place: Path) -> BuiltCase:
    return build_case(place / "library" / "c-00000001", signer().fingerprint)


def signed(built: BuiltCase, folder: Path, by: Signer) -> Path:
    seen = [
        built.checkpoint(3, Why.RECORDING_STARTED, by.fingerprint),
        built.checkpoint(len(built.events), Why.EXPORT, by.fingerprint),
    ]
    return built.export_signed(folder, by, seen)


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S602 - typed into a shell, as the text says
        line, shell=True, cwd=folder, capture_output=True, text=True, check=False
    )


def shown(lines: list[str], folder: Path) -> str:
    """The fingerprint that the reader of the commands sees; empty when they show none."""
    found = ""
    for line in lines:
        done = typed(line, folder)
        if line.startswith(FINGERPRINT) and done.returncode == 0:
            found = done.stdout.strip().partition("=")[2].replace(":", "").lower()
    return found


def stranger() -> Signer:
    """A key whose certificate has a name of its own, so that no tool takes it for the first one's."""
    key = signer(9).key
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "EvidenceDesk device key 2")])
    made = parse_utc(MADE.utc).replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(9)
        .not_valid_before(made)
        .not_valid_after(made.replace(year=made.year + 30))
        .sign(key, hashes.SHA256())
    )
    return Signer(key, certificate)


def test_the_documents_have_the_same_commands() -> None:
    lines = written("en")
    assert len(lines) == 6
    assert written("zh") == lines
    assert documented("verifying.md") == lines
    assert documented("verifying.zh-CN.md") == lines


def test_every_command_passes_and_leaves_the_folder_alone(tmp_path: Path) -> None:
    folder = signed(genuine(tmp_path), tmp_path / "case", signer())
    before = sorted(folder.rglob("*"))
    for line in written("en"):
        done = typed(line, folder)
        assert done.returncode == 0, (line, done.stderr)
    assert sorted(folder.rglob("*")) == before
    assert shown(written("en"), folder) == signer().fingerprint


def test_the_certificate_of_a_bystander_is_not_what_is_shown(tmp_path: Path) -> None:
    """Signed by a stranger, with the genuine certificate before the stranger's own in device.pem."""
    forger = stranger()
    folder = signed(genuine(tmp_path), tmp_path / "case", forger)
    pem = folder / "signatures/device.pem"
    pem.write_bytes(signer().certificate_pem() + forger.certificate_pem())
    assert shown(written("en"), folder) == fingerprint(forger.certificate)


def exchanged_signers(folder: Path) -> None:
    (folder / "signatures/tagmanifest-sha256.txt.sshsig").write_bytes(
        (folder.parent / "other/signatures/tagmanifest-sha256.txt.sshsig").read_bytes()
    )
    (folder / "signatures/allowed-signers").write_bytes(
        (folder.parent / "other/signatures/allowed-signers").read_bytes()
    )


def changed_list(folder: Path) -> None:
    path = folder / "tagmanifest-sha256.txt"
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize("tampered", [exchanged_signers, changed_list])
def test_ssh_keygen_takes_nobody_but_the_certificate_s_own_key(
    tmp_path: Path, tampered: Callable[[Path], None]
) -> None:
    built = genuine(tmp_path)
    folder = signed(built, tmp_path / "case", signer())
    signed(built, tmp_path / "other", stranger())
    tampered(folder)
    failed = [line for line in written("en") if typed(line, folder).returncode != 0]
    assert any(line.startswith("ssh-keygen -Y verify") for line in failed)


def test_a_signature_that_does_not_hold_shows_no_fingerprint(tmp_path: Path) -> None:
    folder = signed(genuine(tmp_path), tmp_path / "case", signer())
    changed_list(folder)
    assert shown(written("en"), folder) == ""


def test_a_folder_in_a_place_with_blanks_is_checked_the_same_way(tmp_path: Path) -> None:
    made = signed(genuine(tmp_path), tmp_path / "case", signer())
    folder = shutil.copytree(made, tmp_path / "卷 一" / "案 件")
    assert shown(written("en"), folder) == signer().fingerprint
