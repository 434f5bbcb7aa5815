"""Answers of time-stamping authorities, exactly as they came, and what a check offline needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evidencedesk.custody.certificates import bundle, read_certificates
from evidencedesk.custody.time_stamp import is_root
from evidencedesk.system.durable import create_folder, disk_failure, make_read_only, write_atomic

ROOT_FILE = "root.pem"
CHAIN_FILE = "chain.pem"
CRL_ENDING = ".crl"


class StampFiles:
    """The files of one library. May be used from several threads, one for each authority."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def keep_answer(self, case_id: str, imprint: str, authority: str, question: bytes, answer: bytes) -> None:
        """Keep both, read-only; what is there is never overwritten. Raises what the disk says."""
        folder = self._of_case(case_id)
        try:
            create_folder(folder)
            for ending, content in ((".tsq", question), (".tsr", answer)):
                path = folder / f"{imprint}.{authority}{ending}"
                if path.exists() and ending == ".tsr":
                    raise FileExistsError(f"there is an answer already: {path.name}")
                write_atomic(path, content)
                make_read_only(path)
        except OSError as error:
            raise disk_failure(error, folder) from error

    def answer(self, case_id: str, imprint: str, authority: str) -> tuple[bytes, bytes] | None:
        """Request and answer; None when there is no answer. Raises what the disk says."""
        stem = self._of_case(case_id) / f"{imprint}.{authority}"
        try:
            return (
                stem.with_name(stem.name + ".tsq").read_bytes(),
                stem.with_name(stem.name + ".tsr").read_bytes(),
            )
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk_failure(error, stem) from error

    def keep_path(self, authority: str, path: Iterable[x509.Certificate]) -> None:
        """Add the certificates that lead to a root to the authority's. Raises what the disk says."""
        certificates = list(path)
        roots = [one for one in certificates[-1:] if is_root(one)]
        self._add(authority, ROOT_FILE, roots)
        self._add(authority, CHAIN_FILE, [one for one in certificates if one not in roots])

    def keep_crl(self, authority: str, crl: x509.CertificateRevocationList) -> None:
        """Keep an issuer's newest list, in PEM, as ``openssl`` wants it. Raises what the disk says."""
        self._write(authority, self.crl_name(crl), crl.public_bytes(Encoding.PEM))

    @staticmethod
    def crl_name(crl: x509.CertificateRevocationList) -> str:
        """The file of an issuer's list."""
        return hashlib.sha256(crl.issuer.public_bytes()).hexdigest()[:16] + CRL_ENDING

    def kept_chain(self, authority: str) -> tuple[x509.Certificate, ...]:
        """The certificates, beside the root, that led from earlier stamps to it."""
        content = self.authority_files(authority).get(CHAIN_FILE)
        return read_certificates(content) if content else ()

    def authority_files(self, authority: str) -> Mapping[str, bytes]:
        """Root, chain and revocation lists of an authority, by file name. Raises what the disk says."""
        folder = self._of_authority(authority)
        try:
            return {
                path.name: path.read_bytes()
                for path in sorted(folder.glob("*"))
                if path.suffix in (".pem", CRL_ENDING) and not path.name.startswith(".")
            }
        except OSError as error:
            raise disk_failure(error, folder) from error

    def _add(self, authority: str, name: str, certificates: Iterable[x509.Certificate]) -> None:
        before = self.authority_files(authority).get(name)
        known = read_certificates(before) if before else ()
        content = bundle([*known, *certificates])
        if content and content != before:
            self._write(authority, name, content)

    def _write(self, authority: str, name: str, content: bytes) -> None:
        folder = self._of_authority(authority)
        try:
            create_folder(folder)
            write_atomic(folder / name, content)
        except OSError as error:
            raise disk_failure(error, folder) from error

    def _of_case(self, case_id: str) -> Path:
        return self._library / "cases" / case_id / "stamps"

    def _of_authority(self, authority: str) -> Path:
        return self._library / "stamps" / "authorities" / authority
