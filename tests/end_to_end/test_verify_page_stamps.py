"""Real time stamps in VERIFY.html, and what an owner with the key, or anybody without, does to them."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.device_key import Signer
from evidencedesk.custody.signature_files import AUTHORITIES, CERTIFICATE_FILE, SIGNATURE_FILE
from evidencedesk.custody.time_stamp import Request, StampInvalid, make_request, read_answer, read_request
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.checkpoints import mark
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.send_stamps import Sender
from evidencedesk.workflows.take_note import take_note
from evidencedesk.workflows.verify_folder import verify
from fakes.case_folders import file_names
from fakes.chromium import IS_THERE
from fakes.owners import redated, relist, resign
from fakes.signed_folders import TestKey
from fakes.time_authorities import TimeServer
from fakes.verify_pages import check, check_like_verify, run_script

pytestmark = [
    pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl"),
]

LAST = "signatures/checkpoints/000002-recording-stopped.json"
FIRST = "signatures/checkpoints/000001-recording-started.json"
SHELF = f"{AUTHORITIES}loopback/"
STAMP = f"{SIGNATURE_FILE}.loopback.tsr"
REQUEST = f"{SIGNATURE_FILE}.loopback.tsq"


@dataclass
class Made:
    """A stamped folder, who signed it, and who stamped it."""

    folder: Path
    server: TimeServer
    owner: Signer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    place = tmp_path_factory.mktemp("stamped")
    with pytest.MonkeyPatch.context() as patch, TimeServer(place / "authority") as server:
        patch.setenv("no_proxy", "127.0.0.1,localhost")
        authority = Authority("loopback", server.url, root_file=str(server.folder / "root.pem"))
        with open_desk(place / "library", SystemClock(), authorities=lambda: (authority,)) as desk:
            owner = desk.key.open()
            case = open_case(desk, "来分期", "", "").id
            for why in (Why.RECORDING_STARTED, Why.RECORDING_STOPPED):
                take_note(desk, case, "到场")
                mark(desk, case, why)
                assert Sender(desk).send()[0].trouble is None
            export_case(desk, case, place / "out", Words("en", resource("locale")))
            assert Sender(desk).send()[0].trouble is None
        yield Made(place / "out", server, owner)


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return shutil.copytree(made.folder, tmp_path / "case")


def time_told(browser: Chrome) -> str:
    browser.find_element(By.CSS_SELECTOR, '[data-language="en"]').click()
    return browser.find_element(By.ID, "layer-time").text


def test_stamps_by_a_whole_chain_of_certificates_hold(verify_page: Chrome, copy: Path) -> None:
    page = check_like_verify(verify_page, copy)
    assert page.faults == set()
    assert page.checked["stamps"] == 3
    told = time_told(verify_page)
    assert "The signature over the whole folder was there at this time." in told
    assert "Journal entries 1 to 2 were there at this time." in told


def test_no_root_is_known_here_so_that_all_times_stay_those_of_the_computer(
    verify_page: Chrome, copy: Path
) -> None:
    page = check_like_verify(verify_page, copy)
    assert ("self-attested", "") in page.remarks
    pill = verify_page.find_element(By.CSS_SELECTOR, "#layer-time .pill")
    assert "warn" in (pill.get_attribute("class") or "")


def made_anew(folder: Path) -> None:
    """Another note in a right chain; nothing else is fitted."""
    lines, prev = [], "0" * 64
    for line in (folder / "data/journal.jsonl").read_bytes().splitlines():
        event = {**json.loads(line), "prev": prev}
        if event["type"] == "note.taken":
            event["data"]["text"] = "离开"
        lines.append(canonical_line(event))
        prev = hashlib.sha256(lines[-1]).hexdigest()
    (folder / "data/journal.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def test_stamps_say_nothing_of_a_journal_made_anew(verify_page: Chrome, copy: Path) -> None:
    made_anew(copy)
    page = check_like_verify(verify_page, copy)
    assert ("checkpoint-disagrees", FIRST) in page.faults
    assert page.checked["stamps"] == 1
    told = time_told(verify_page)
    assert "Journal entries" not in told
    assert "Entries after" not in told
    assert "over the whole folder" not in told
    assert "What it covers was changed since" in told


def test_stamps_say_nothing_of_entries_when_the_journal_breaks_behind_them(
    verify_page: Chrome, copy: Path
) -> None:
    journal = copy / "data/journal.jsonl"
    first, *others = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(first + b"".join(others[:-1]) + b"{}\n")
    page = check_like_verify(verify_page, copy)
    assert page.faults
    told = time_told(verify_page)
    assert "Journal entries" not in told
    assert "Entries after" not in told


@dataclass(frozen=True)
class Done:
    """What somebody did to a copy of the folder, who then signed it again or not, and what is said of it."""

    tamper: Callable[[Made, Path], object]
    faults: set[tuple[str, str]]
    signed_again: bool = True


def stripped(_made: Made, folder: Path) -> None:
    for ending in ("tsq", "tsr"):
        (folder / f"{LAST}.loopback.{ending}").unlink()


def stripped_with_lists(made: Made, folder: Path) -> None:
    stripped(made, folder)
    for crl in folder.glob(f"{SHELF}*.crl"):
        crl.unlink()


def put(name: str, content: bytes) -> Callable[[Made, Path], object]:
    return lambda _made, folder: (folder / name).write_bytes(content)


def stamped_by(name: str) -> Callable[[Made, Path], object]:
    """Another certificate of the same authority answers the request."""

    def tamper(made: Made, folder: Path) -> None:
        (folder / STAMP).write_bytes(made.server.reply((folder / REQUEST).read_bytes(), name))

    return tamper


def without_number(made: Made, folder: Path) -> None:
    """A request in another form: openssl's, without the number that must come back."""
    imprint = hashlib.sha256((folder / SIGNATURE_FILE).read_bytes()).hexdigest()
    request = make_request(imprint, 0).replace(bytes.fromhex("020100"), b"")
    request = bytes([request[0], request[1] - 3]) + request[2:]
    (folder / REQUEST).write_bytes(request)
    (folder / STAMP).write_bytes(made.server.reply(request))


def listed_stranger(_made: Made, folder: Path) -> None:
    name = f"{SHELF}Evil Note.pem"
    (folder / name).write_bytes(b"x")
    place = folder / "signatures/signed-sha256.txt"
    line = f"{hashlib.sha256(b'x').hexdigest()}  {name}\n"
    lines = [f"{one}\n" for one in place.read_text("utf-8").splitlines()]
    place.write_text("".join(sorted([*lines, line], key=lambda one: one[66:])), "utf-8", newline="\n")


def two_certificates(made: Made, folder: Path) -> None:
    (folder / CERTIFICATE_FILE).write_bytes(made.owner.certificate_pem() + TestKey(9).pem)


def other_line_ends(made: Made, folder: Path) -> None:
    (folder / CERTIFICATE_FILE).write_bytes(made.owner.certificate_pem().replace(b"\n", b"\r\n"))


def leaf_as_root(made: Made, folder: Path) -> None:
    (folder / f"{SHELF}root.pem").write_bytes(made.server.pki.pem("good"))


def orphan_request(_made: Made, folder: Path) -> None:
    (folder / STAMP).unlink()


# Without it nobody can say either who signed the checkpoints.
NO_CERTIFICATE = {
    ("signature-invalid", CERTIFICATE_FILE),
    *(("checkpoint-invalid", name) for name in (FIRST, LAST, "signatures/checkpoints/000003-export.json")),
}
DONE: dict[str, Done] = {
    "a stamp stripped": Done(stripped, {("stamp-missing", "loopback")}),
    "a stamp and the revocation lists stripped": Done(stripped_with_lists, {("stamp-missing", "loopback")}),
    "an original called a redacted copy": Done(
        put("data/redaction.json", b"{}"), {("redaction-unnamed", "data/journal.jsonl")}
    ),
    "a stranger among the authority's files": Done(
        listed_stranger,
        {(code, f"{SHELF}Evil Note.pem") for code in ("file-not-covered", "file-missing")},
        signed_again=False,
    ),
    "a second certificate": Done(two_certificates, NO_CERTIFICATE),
    "the certificate with other line ends": Done(other_line_ends, NO_CERTIFICATE),
    "a stamp by a certificate that had expired": Done(
        stamped_by("expired"), {("stamp-invalid", STAMP)}, signed_again=False
    ),
    "a request without a number": Done(without_number, {("stamp-invalid", STAMP)}, signed_again=False),
    "a stamp over what is not stamped": Done(
        lambda _, folder: shutil.copy(folder / STAMP, folder / "signatures/checkpoint.json.loopback.tsr"),
        {("stamp-invalid", "signatures/checkpoint.json.loopback.tsr")},
    ),
    "a request without its answer": Done(orphan_request, {("stamp-invalid", REQUEST)}, signed_again=False),
    "a root that is none": Done(
        leaf_as_root, {("authority-invalid", f"{SHELF}root.pem")}, signed_again=False
    ),
    "a root that can't be read": Done(
        put(f"{SHELF}root.pem", b"junk"), {("authority-invalid", f"{SHELF}root.pem")}, signed_again=False
    ),
    "a chain that can't be read": Done(
        put(f"{SHELF}chain.pem", b"junk"), {("authority-invalid", f"{SHELF}chain.pem")}, signed_again=False
    ),
    "a revocation list that can't be read": Done(
        put(f"{SHELF}more.crl", b"junk"), {("authority-invalid", f"{SHELF}more.crl")}, signed_again=False
    ),
}


@pytest.mark.parametrize("name", DONE)
def test_what_was_done_is_named_as_verify_names_it(
    verify_page: Chrome, made: Made, copy: Path, name: str
) -> None:
    done = DONE[name]
    done.tamper(made, copy)
    if done.signed_again:
        resign(copy, made.owner)
    elif done.tamper is not listed_stranger:
        relist(copy)
    page = check_like_verify(verify_page, copy)
    assert page.faults == done.faults


def test_a_stamp_that_leads_to_an_unknown_root_is_only_a_fault_for_verify(
    verify_page: Chrome, made: Made, copy: Path
) -> None:
    """How far a chain of certificates leads is beyond the page, which says so and vouches for no time."""
    stamped_by("other")(made, copy)
    relist(copy)
    assert check_like_verify(verify_page, copy).faults == set()
    assert {one.found[:12] for one in verify(copy).faults} == {"unknown-root"}


@pytest.mark.parametrize(
    ("purposes", "critical", "is_one"),
    [
        ([ExtendedKeyUsageOID.TIME_STAMPING], True, True),
        ([ExtendedKeyUsageOID.TIME_STAMPING], False, False),
        ([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING], True, False),
        ([ExtendedKeyUsageOID.CODE_SIGNING], True, False),
        ([], True, False),
    ],
)
def test_only_a_certificate_made_for_time_stamps_can_give_one(
    verify_page: Chrome, purposes: list[x509.ObjectIdentifier], *, critical: bool, is_one: bool
) -> None:
    key, start = TestKey(3), datetime(2026, 1, 1, tzinfo=UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    builder = x509.CertificateBuilder(name, name, key.key.public_key(), 7, start, start + timedelta(days=1))
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical)
    der = builder.sign(key.key, hashes.SHA256()).public_bytes(Encoding.DER)
    script = "return isForTimeStamps(readCertificate(Uint8Array.from(args[0])));"
    assert run_script(verify_page, script, list(der)) == is_one


def other_bytes(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return chance.choice(
        [
            content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :],
            content[:at] + content[at + chance.randrange(1, 200) :],
            content[:at] + chance.randbytes(chance.randrange(1, 40)) + content[at:],
            content[:at],
            content + content[at:],
        ]
    )


@pytest.mark.parametrize("seed", range(60))
def test_any_other_bytes_in_signatures_are_told_as_verify_tells_them(
    verify_page: Chrome, made: Made, copy: Path, seed: int
) -> None:
    """But for what authorities wrote: their certificates, and answers, which have a test of their own."""
    chance = random.Random(seed)
    named = [
        name for name in file_names(copy) if name.startswith("signatures/") and not name.endswith(".tsr")
    ]
    own = [name for name in named if not name.startswith(SHELF)]
    name = chance.choice(own)
    (copy / name).write_bytes(other_bytes(chance, (copy / name).read_bytes()))
    if seed % 3 == 1:
        relist(copy)
    elif seed % 3 == 2 and not name.startswith(SIGNATURE_FILE):
        resign(copy, made.owner)
    check_like_verify(verify_page, copy)


def holds_for_verify(made: Made, answer: bytes, request: Request) -> bool:
    root, between = (made.server.pki.certificate(name) for name in ("root", "issuing"))
    try:
        read_answer(answer, request, [root], [between])
    except StampInvalid:
        return False
    return True


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
def test_a_stamp_with_any_other_bit_holds_for_the_page_if_it_does_for_verify(
    verify_page: Chrome, made: Made
) -> None:
    """Without any other certificate in it: those that lead to a root the page leaves alone."""
    content = b"signed"
    question = make_request(hashlib.sha256(content).hexdigest(), 0x1234_5678_9ABC_DEF0)
    made.server.chain = False
    try:
        answer = made.server.reply(question)
    finally:
        made.server.chain = True
    flipped = [
        answer[:at] + bytes([answer[at] ^ mask]) + answer[at + 1 :]
        for at in range(len(answer))
        for mask in (1, 128)
    ]
    script = """
        const [content, question, answers] = Array.from(args);
        const [name, stamped, authority] = [`${SIGNATURE_FILE}.x.tsr`, SIGNATURE_FILE, "x"];
        const file = (bytes) => new File([Uint8Array.from(bytes)], "x");
        const same = [[stamped, file(content)], [`${SIGNATURE_FILE}.x.tsq`, file(question)]];
        const holds = async (answer) => {
          const files = new Map([...same, [name, file(answer)]]);
          try {
            await holdingStamp({ bag: { files } }, { name, stamped, authority });
            return true;
          } catch (error) {
            if (error instanceof StampFault || error instanceof Refused) return false;
            throw error;
          }
        };
        const told = [];
        for (const answer of answers) told.push(await holds(answer));
        return told;
    """
    told = run_script(verify_page, script, list(content), list(question), [list(one) for one in flipped])
    request = read_request(question)
    assert holds_for_verify(made, answer, request)
    differing = [
        (number // 2, number % 2, page)
        for number, (one, page) in enumerate(zip(flipped, told, strict=True))
        if holds_for_verify(made, one, request) != page
    ]
    assert differing == []


def test_the_fingerprint_shown_is_that_of_the_certificate_that_holds(
    verify_page: Chrome, made: Made, copy: Path
) -> None:
    two_certificates(made, copy)
    resign(copy, made.owner)
    check_like_verify(verify_page, copy)
    digits = verify_page.find_element(By.CSS_SELECTOR, ".fingerprint .digits").text
    assert "".join(digits.split()).lower() == made.owner.fingerprint


def test_stamps_that_contradict_each_other_are_a_fault(verify_page: Chrome, made: Made, copy: Path) -> None:
    answer = copy / STAMP
    key = made.server.folder / "good.key"
    answer.write_bytes(redated(answer.read_bytes(), key, timedelta(hours=-1)))
    relist(copy)
    page = check(verify_page, copy)
    # By itself verify asks for a root before it compares times; that two can't both be right needs none.
    told = verify(copy, trust_time=[made.server.folder / "root.pem"])
    assert page.faults == {(one.code, one.subject) for one in told.faults}
    assert {code for code, _ in page.faults} == {"stamps-contradict"}
