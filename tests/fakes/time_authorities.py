"""A real time-stamping authority on the loopback: ``openssl ts`` behind an HTTP server.

Root → issuing CA → certificates for stamping: good ones (RSA and EC), one that has expired, one that
was called back, and one that leads to another root. Besides it can misbehave in every way a server can.
"""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

POLICY = "1.3.6.1.4.1.99999.1"
OTHER_POLICY = "1.3.6.1.4.1.99999.2"
DAY = timedelta(days=1)
_CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/{signer}.pem
signer_key = {folder}/{signer}.key
{certs}
signer_digest = sha256
default_policy = {policy}
other_policies = {other}
digests = {digests}
accuracy = secs:1, millisecs:500
clock_precision_digits = {digits}
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def _today() -> datetime:
    # The certificates are real ones: they are made for the real day.
    return datetime.fromtimestamp(_seconds(), UTC)


def _seconds() -> int:
    return int(subprocess.run(["date", "+%s"], check=True, capture_output=True).stdout)


@dataclass(frozen=True)
class Issuer:
    """Somebody who can sign certificates."""

    certificate: x509.Certificate
    key: Key


@dataclass
class Pki:
    """All certificates, as files in a folder."""

    folder: Path
    base: str = "http://127.0.0.1:9"
    roots: dict[str, Issuer] = field(default_factory=dict)

    def make(self) -> None:
        """Make everything anew; ``base`` is where revocation lists and the issuing CA are fetched."""
        self.root = self._root("root")
        self.other = self._root("other-root")
        self.issuing = self._issued("issuing", self.root, authority=True)
        self._issued("good", self.issuing)
        self._issued("good-rsa", self.issuing, rsa.generate_private_key(65537, 2048))
        self._issued("expired", self.issuing, begins=-20 * DAY, ends=-10 * DAY)
        self._issued("revoked", self.issuing)
        self._issued("compromised", self.issuing)
        self._issued("other", self.other)
        self._issued("no-purpose", self.issuing, purpose=None)
        now = _today()
        self.write_crls({"revoked": (now - DAY, x509.ReasonFlags.superseded)})
        (self.folder / "serial").write_text("01\n")

    def write_crls(self, revoked: dict[str, tuple[datetime, x509.ReasonFlags | None]]) -> None:
        """Write the lists of both CAs; ``revoked`` names the leaves that were called back."""
        self._crl("root", self.root, {})
        self._crl("issuing", self.issuing, revoked)

    def pem(self, name: str) -> bytes:
        """A certificate's file."""
        return (self.folder / f"{name}.pem").read_bytes()

    def certificate(self, name: str) -> x509.Certificate:
        """A certificate."""
        return x509.load_pem_x509_certificate(self.pem(name))

    def _root(self, name: str) -> Issuer:
        return self._issued(name, None, authority=True)

    def _issued(
        self,
        name: str,
        issuer: Issuer | None,
        key: Key | None = None,
        *,
        authority: bool = False,
        begins: timedelta = -DAY,
        ends: timedelta = 3650 * DAY,
        purpose: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.TIME_STAMPING,
    ) -> Issuer:
        own = key or ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Test {name}")])
        now = _today()
        if authority:
            begins = -30 * DAY
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if issuer is None else issuer.certificate.subject)
            .public_key(own.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + begins)
            .not_valid_after(now + ends)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        )
        if issuer is not None:
            above = "root" if issuer is getattr(self, "root", None) else "issuing"
            points = [x509.UniformResourceIdentifier(f"{self.base}/{above}.crl")]
            point = x509.DistributionPoint(points, None, None, None)
            place = x509.UniformResourceIdentifier(f"{self.base}/{above}.cer")
            access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        if not authority and purpose is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        certificate = builder.sign(own if issuer is None else issuer.key, hashes.SHA256())
        (self.folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        (self.folder / f"{name}.cer").write_bytes(certificate.public_bytes(Encoding.DER))
        (self.folder / f"{name}.key").write_bytes(
            own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        return Issuer(certificate, own)

    def _crl(
        self, name: str, issuer: Issuer, revoked: dict[str, tuple[datetime, x509.ReasonFlags | None]]
    ) -> None:
        now = _today()
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(now - DAY / 24)
            .next_update(now + 30 * DAY)
        )
        for leaf, (since, reason) in revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(self.certificate(leaf).serial_number)
            entry = entry.revocation_date(since)
            if reason is not None:
                entry = entry.add_extension(x509.CRLReason(reason), critical=False)
            builder = builder.add_revoked_certificate(entry.build())
        crl = builder.sign(issuer.key, hashes.SHA256())
        (self.folder / f"{name}.crl").write_bytes(crl.public_bytes(Encoding.DER))


class TimeServer:
    """The authority's HTTP server. ``manner`` is how it answers; ``signer`` with which certificate."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.manner = "good"
        self.signer = "good"
        self.chain = True
        self.digits = 0
        self.digests = "sha256"
        self.requests: list[bytes] = []
        self.fetched: list[str] = []
        self.moved = ""
        self.spoil = False
        self.headers: list[dict[str, str]] = []
        self.kept: bytes | None = None
        self.elsewhere = "http://localhost:9/"
        self.let_go = threading.Event()
        server = self

        class Handler(_Handler):
            owner = server

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self.pki = Pki(folder, self.url)
        self.pki.make()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop answering: the port is closed afterwards."""
        self.let_go.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def reply(self, request: bytes, signer: str | None = None) -> bytes:
        """What ``openssl ts`` answers."""
        name = signer or self.signer
        certs = ""
        if self.chain:
            above = b"" if name == "other" else self.pki.pem("issuing")
            (self.folder / "chain.pem").write_bytes(above or self.pki.pem("other-root"))
            certs = f"certs = {self.folder}/chain.pem"
        config = self.folder / "tsa.cnf"
        config.write_text(
            _CONFIG.format(
                folder=self.folder,
                signer=name,
                certs=certs,
                policy=POLICY,
                other=OTHER_POLICY,
                digests=self.digests,
                digits=self.digits,
            )
        )
        query, answer = self.folder / "query.tsq", self.folder / "answer.tsr"
        query.write_bytes(request)
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", config, "-queryfile", query, "-out", answer],
            check=True,
            capture_output=True,
            timeout=30,
        )
        content = answer.read_bytes()
        # The signature ends the answer: another one, and all else stays as it is.
        return content[:-1] + bytes([content[-1] ^ 1]) if self.spoil else content


class _Handler(BaseHTTPRequestHandler):
    owner: TimeServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        owner = self.owner
        owner.requests.append(body)
        owner.headers.append(dict(self.headers.items()))
        match owner.manner:
            case "good":
                self._say(200, owner.reply(body))
            case "html":
                self._say(200, b"<html>Welcome</html>", "text/html")
            case "500":
                self._say(500, b"out of order", "text/plain")
            case "junk":
                self._say(200, b"no token at all")
            case "hang":
                owner.let_go.wait(60)
            case "drip":
                self._drip()
            case "huge":
                self._say(200, b"\x30" * 2_000_000)
            case "endless":
                self._endless()
            case "redirect":
                self._redirect(owner.elsewhere)
            case "replay":
                owner.kept = owner.kept or owner.reply(body)
                self._say(200, owner.kept)

    def do_GET(self) -> None:
        self.owner.fetched.append(self.path)
        if self.owner.moved:
            self._redirect(self.owner.moved)
            return
        file = self.owner.folder / Path(self.path).name
        if self.owner.manner == "no-crl" or file.suffix not in (".crl", ".cer") or not file.is_file():
            self._say(404, b"", "text/plain")
        else:
            self._say(200, file.read_bytes(), "application/octet-stream")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server calls it so
        """Say nothing."""

    def _say(self, status: int, body: bytes, kind: str = "application/timestamp-reply") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._send(body)

    def _redirect(self, place: str) -> None:
        self.send_response(302)
        self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.close_connection = True
        while not self.owner.let_go.is_set() and self._send(b"\x30" * 65536):
            pass

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.close_connection = True
        while not self.owner.let_go.wait(0.05) and self._send(b"\x30"):
            pass

    def _send(self, content: bytes) -> bool:
        try:
            self.wfile.write(content)
        except OSError:  # whoever asked has hung up
            self.close_connection = True
            return False
        return True
