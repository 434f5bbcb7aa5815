"""VERIFY.html as a stranger meets it: a browser without network, a folder, and what somebody did to it."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from evidencedesk.custody.verify import verify_folder
from fakes.case_folders import (
    ATTACHMENT,
    RECOVERED,
    SEALED,
    BuiltCase,
    build_case,
    file_names,
    reseal,
    rewrite_journal,
    rewrite_json,
)
from fakes.chromium import IS_THERE, log, wait
from fakes.verify_pages import check, check_like_verify

pytestmark = pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver")

SOUND = f"data/recordings/{SEALED}/audio.flac"
PULSES = f"data/recordings/{SEALED}/pulse.jsonl"
RECOVERY = f"data/recordings/{RECOVERED}/recovery.json"
ATTACHED = f"data/attachments/{ATTACHMENT}/合同 100%.pdf"
Tamper = Callable[[Path], object]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltCase:
    return build_case(tmp_path_factory.mktemp("library") / "c-00000001")


@pytest.fixture(scope="module")
def exported(built: BuiltCase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.export(tmp_path_factory.mktemp("export") / "来分期 case")


@pytest.fixture
def folder(exported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(exported, tmp_path / "copy")


def replace_in(name: str, old: str, new: str) -> Tamper:
    def change(folder: Path) -> None:
        before = (folder / name).read_bytes()
        after = before.replace(old.encode(), new.encode())
        assert after != before
        (folder / name).write_bytes(after)

    return change


def write(name: str, content: bytes) -> Tamper:
    def change(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    return change


def remove(name: str) -> Tamper:
    return lambda folder: (folder / name).unlink()


def rename(name: str, other: str) -> Tamper:
    return lambda folder: (folder / name).rename(folder / other)


def journal(change: Callable[[list[bytes]], list[bytes]]) -> Tamper:
    return lambda folder: rewrite_journal(folder, change)


def facts(change: Callable[[dict[str, Any]], object], name: str = "data/case.json") -> Tamper:
    return lambda folder: rewrite_json(folder / name, change)


def then_reseal(*changes: Tamper) -> Tamper:
    return in_turn(*changes, reseal)


def in_turn(*changes: Tamper) -> Tamper:
    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def cut_tail(folder: Path) -> None:
    """The last line taken out, and every head made to fit."""
    rewrite_journal(folder, lambda lines: lines[:-1])
    report = verify_folder(folder)
    seq, sha256 = next(f.found for f in report.findings if f.code == "journal-head").split(" ")
    head = {"seq": int(seq), "hash": sha256}
    rewrite_json(folder / "data/case.json", lambda told: told.update(journal=head))
    rewrite_json(folder / "signatures/checkpoint.json", lambda told: told.update(head=head))
    reseal(folder)


def chain_again(lines: list[bytes]) -> list[bytes]:
    """An edited note in a chain that is right again."""
    prev, done = "0" * 64, []
    for line in lines:
        event = json.loads(line.replace("证件".encode(), "证书".encode()))
        event["prev"] = prev
        raw = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        prev = hashlib.sha256(raw).hexdigest()
        done.append(raw)
    return done


NFD = unicodedata.normalize("NFD", "é.txt")
TAMPERS: dict[str, tuple[Tamper, set[str]]] = {
    "nothing": (lambda _: None, set()),
    "sound changed": (replace_in(SOUND, "fLaC", "fLaX"), {"file-changed", "recording-changed"}),
    "sound and lists changed together": (
        then_reseal(
            lambda f: shutil.copy(f / f"data/recordings/{RECOVERED}/audio.recovered.flac", f / SOUND)
        ),
        {"recording-changed"},
    ),
    "file missing": (remove(SOUND), {"file-missing", "payload-oxum", "recording-missing"}),
    "file missing and lists": (then_reseal(remove(ATTACHED)), {"file-missing"}),
    "time edited in case.json": (
        then_reseal(
            facts(
                lambda told: told["case_file"]["notes"][0]["moment"].update(utc="2026-11-23T03:00:00.000000Z")
            )
        ),
        {"facts-disagree"},
    ),
    "field added to case.json": (
        then_reseal(facts(lambda told: told["case_file"]["case"].update(guilty=True))),
        {"facts-disagree"},
    ),
    "case.json another kind of value": (
        then_reseal(facts(lambda told: told.update(case_file=[]))),
        {"facts-disagree", "too-many"},
    ),
    "case.json with a fraction": (
        then_reseal(replace_in("data/case.json", '"v": 1', '"v": 1.0')),
        {"facts-unreadable"},
    ),
    "case.json with a double key": (
        then_reseal(replace_in("data/case.json", '"v": 1', '"v": 1, "v": 1')),
        {"facts-unreadable"},
    ),
    "case.json with a huge number": (
        then_reseal(replace_in("data/case.json", '"v": 1', f'"v": {10**30}')),
        {"facts-disagree"},
    ),
    "case.json is a list": (then_reseal(write("data/case.json", b"[]")), {"facts-unreadable"}),
    "case.json missing": (then_reseal(remove("data/case.json")), {"facts-missing"}),
    "journal tail cut": (journal(lambda lines: lines[:-2]), {"journal-head", "facts-disagree"}),
    "journal tail cut, heads redone": (cut_tail, {"facts-disagree"}),
    "chain hashed again": (journal(chain_again), {"journal-head", "facts-disagree"}),
    "journal line edited": (
        journal(lambda lines: [line.replace("证件".encode(), "证书".encode()) for line in lines]),
        {"journal-chain", "facts-disagree"},
    ),
    "journal line broken": (journal(lambda lines: [b"{", *lines[1:]]), {"journal-line", "facts-disagree"}),
    "journal line with a space": (
        journal(lambda lines: [*lines[:3], lines[3] + b" ", *lines[4:]]),
        {"journal-line"},
    ),
    "journal line twice": (
        journal(lambda lines: [*lines[:5], *lines[4:]]),
        {"journal-order", "journal-chain"},
    ),
    "journal lines reordered": (
        journal(lambda lines: [*lines[:10], lines[11], lines[10], *lines[12:]]),
        {"journal-order", "journal-chain"},
    ),
    "journal line taken out": (
        journal(lambda lines: [*lines[:6], *lines[7:]]),
        {"journal-chain", "facts-unreadable"},
    ),
    "journal empty": (then_reseal(write("data/journal.jsonl", b"")), {"journal-missing"}),
    "journal missing": (then_reseal(remove("data/journal.jsonl")), {"journal-missing"}),
    "journal without its last line end": (
        then_reseal(
            lambda f: (f / "data/journal.jsonl").write_bytes((f / "data/journal.jsonl").read_bytes()[:-1])
        ),
        {"journal-line"},
    ),
    "journal with a date that is none": (
        journal(
            lambda lines: [line.replace(b"2026-11-23T14:00:06", b"2026-11-31T14:00:06") for line in lines]
        ),
        {"journal-line"},
    ),
    "checkpoint of another case": (
        then_reseal(facts(lambda told: told.update(case="c-00000009"), "signatures/checkpoint.json")),
        {"journal-head"},
    ),
    "checkpoint says nothing": (then_reseal(write("signatures/checkpoint.json", b"[]")), {"journal-head"}),
    "pulse edited": (
        then_reseal(replace_in(PULSES, '"samples":4096', '"samples":4097')),
        {"pulse-chain", "pulse-disagrees"},
    ),
    "pulses without their stop": (
        then_reseal(
            lambda f: (f / PULSES).write_bytes(
                b"".join((f / PULSES).read_bytes().splitlines(keepends=True)[:-1])
            )
        ),
        {"recording-unsealed", "pulse-disagrees"},
    ),
    "pulses missing": (then_reseal(remove(PULSES)), {"pulse-missing"}),
    "recovery edited": (
        then_reseal(facts(lambda told: told["outcome"].update(missing_ms=0), RECOVERY)),
        {"facts-disagree"},
    ),
    "recovery says nothing": (then_reseal(write(RECOVERY, b"[]")), {"facts-unreadable"}),
    "recovery missing": (then_reseal(remove(RECOVERY)), {"facts-missing"}),
    "attachment changed": (then_reseal(write(ATTACHED, b"another contract!")), {"file-changed"}),
    "extra files": (
        lambda f: [
            write(name, b"x")(f)
            for name in ("data/later.txt", "later.txt", "data/.hidden", "signatures/x.sig")
        ],
        {"file-extra", "file-not-covered", "payload-oxum"},
    ),
    "renamed": (
        rename(SOUND, f"data/recordings/{SEALED}/sound.flac"),
        {"file-missing", "file-extra", "recording-missing"},
    ),
    "twins by case": (then_reseal(write("data/A.txt", b"x"), write("data/a.txt", b"x")), {"name-twins"}),
    "twins by normal form": (
        then_reseal(write("data/é.txt", b"x"), write(f"data/{NFD}", b"x")),
        {"name-twins"},
    ),
    "twins by width": (then_reseal(write("data/Ａ.txt", b"x"), write("data/a.txt", b"x")), {"name-twins"}),
    "twins by folding": (
        then_reseal(write("data/Straße/1", b"x"), write("data/STRASSE/2", b"x")),
        {"name-twins"},
    ),
    "stored in another normal form": (
        in_turn(then_reseal(write("data/é.txt", b"x")), rename("data/é.txt", f"data/{NFD}")),
        set(),
    ),
    "unsafe names": (
        lambda f: [
            write(name, b"x")(f)
            for name in ("data/aux.txt", "data/a:b", "data/dot.", "data/\u202ecod.exe", "data/con/x")
        ],
        {"name-unsafe"},
    ),
    "fetch.txt": (then_reseal(write("fetch.txt", b"http://example.invalid/ 1 data/x\n")), {"fetch-present"}),
    "no declaration": (remove("bagit.txt"), {"bag-declaration", "file-missing"}),
    "another declaration": (then_reseal(replace_in("bagit.txt", "1.0", "0.97")), {"bag-declaration"}),
    "no payload list": (remove("manifest-sha256.txt"), {"manifest-missing", "file-missing"}),
    "weak payload list": (
        rename("manifest-sha256.txt", "manifest-md5.txt"),
        {"manifest-weak", "file-missing", "file-not-covered"},
    ),
    "no tag list": (remove("tagmanifest-sha256.txt"), {"manifest-missing", "file-not-covered"}),
    "capital letter in the tag list": (
        lambda f: (f / "tagmanifest-sha256.txt").write_bytes(
            (f / "tagmanifest-sha256.txt").read_bytes().upper()
        ),
        {"manifest-line", "file-missing", "file-not-covered"},
    ),
    "other line ends in the tag list": (
        replace_in("tagmanifest-sha256.txt", "\n", "\r\n"),
        {"manifest-line"},
    ),
    "tag list in another order": (
        lambda f: (f / "tagmanifest-sha256.txt").write_bytes(
            b"".join(reversed((f / "tagmanifest-sha256.txt").read_bytes().splitlines(keepends=True)))
        ),
        {"manifest-line"},
    ),
    "a line out of the folder": (
        lambda f: (f / "manifest-sha256.txt").write_bytes(
            b"0" * 64 + b"  data/../../x\n" + (f / "manifest-sha256.txt").read_bytes()
        ),
        {"manifest-line", "tag-changed"},
    ),
    "a list with a line without end": (
        lambda f: (f / "manifest-sha256.txt").write_bytes(
            (f / "manifest-sha256.txt").read_bytes() + b"0" * 100_000
        ),
        {"manifest-line", "tag-changed"},
    ),
    "a list with many lies": (
        lambda f: (f / "manifest-sha256.txt").write_bytes(
            (f / "manifest-sha256.txt").read_bytes()
            + b"".join(b"%064d  data/%d\n" % (n, n) for n in range(5000))
        ),
        {"file-missing", "too-many", "tag-changed"},
    ),
    "bag-info without a colon": (
        then_reseal(lambda f: (f / "bag-info.txt").write_text("nonsense\n", "utf-8")),
        {"bag-info", "payload-oxum"},
    ),
    "bag-info with odd white space": (
        then_reseal(
            lambda f: (f / "bag-info.txt").write_bytes(b"A: x\ry\n\xe2\x80\xa8B: z\n\xef\xbb\xbfC: z\n")
        ),
        {"bag-info", "payload-oxum"},
    ),
    "a page changed": (write("START-HERE.html", b"<h1>innocent</h1>"), {"tag-changed"}),
}


@pytest.mark.parametrize("name", TAMPERS)
def test_the_page_names_what_verify_names(verify_page: Chrome, folder: Path, name: str) -> None:
    tamper, codes = TAMPERS[name]
    tamper(folder)
    page = check_like_verify(verify_page, folder)
    found = {code for code, _ in page.faults}
    assert codes <= found
    assert bool(codes) == bool(found)


@pytest.mark.parametrize("seed", range(60))
def test_any_other_bytes_are_told_as_verify_tells_them(verify_page: Chrome, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    name = chance.choice(file_names(folder))
    content = (folder / name).read_bytes()
    at = chance.randrange(len(content))
    changed = {
        "flip": content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :],
        "delete": content[:at] + content[at + chance.randrange(1, 200) :],
        "insert": content[:at] + chance.randbytes(chance.randrange(1, 40)) + content[at:],
        "cut": content[:at],
        "twice": content + content[at:],
    }
    (folder / name).write_bytes(changed[chance.choice(sorted(changed))])
    resealed = bool(seed % 2)
    if resealed:
        reseal(folder)
    page = check_like_verify(verify_page, folder)
    # What only the lists vouch for can be changed together with them: that is what signatures are for.
    assert page.faults or resealed


def test_as_much_is_looked_at_as_by_verify(verify_page: Chrome, folder: Path) -> None:
    ours = {one.code: one.count for one in verify_folder(folder).checked}
    assert {code: check(verify_page, folder).checked[code] for code in ours} == ours


def test_the_page_opens_in_either_language_without_an_error_or_a_request(
    verify_page: Chrome, folder: Path
) -> None:
    for kind in ("browser", "performance"):
        log(verify_page, kind)  # what earlier tests left
    verify_page.refresh()
    assert check(verify_page, folder).faults == set()
    for language, title in (("en", "Check this case folder"), ("zh", "核验案件文件夹")):
        verify_page.find_element(By.CSS_SELECTOR, f'[data-language="{language}"]').click()
        assert verify_page.title == title
        assert verify_page.find_element(By.TAG_NAME, "h1").text == title
    assert log(verify_page, "browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in log(verify_page, "performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert asked
    assert [url for url in asked if not url.startswith(("file:", "data:", "chrome:", "blob:"))] == []


def test_the_page_could_not_open_a_connection(verify_page: Chrome) -> None:
    refused = verify_page.execute_async_script(
        "const done = arguments[0];"
        "fetch('https://example.invalid/').then(() => done('sent'), (e) => done(e.name))"
    )
    assert refused == "TypeError"
    log(verify_page, "browser")  # the refusal, noted there


def test_every_fault_stands_on_the_page_with_what_was_expected_and_found(
    verify_page: Chrome, folder: Path
) -> None:
    replace_in(PULSES, '"samples":4096', '"samples":4097')(folder)
    page = check(verify_page, folder)
    items = verify_page.find_elements(By.CSS_SELECTOR, ".findings li.fault")
    assert {(i.get_attribute("data-code"), i.get_attribute("data-subject")) for i in items} == page.faults
    changed = next(i for i in items if i.get_attribute("data-code") == "file-changed")
    fault = next(f for f in page.findings if f["code"] == "file-changed")
    assert PULSES in changed.text
    assert fault["expected"] in changed.text
    assert fault["found"] in changed.text


def test_what_a_folder_contains_is_never_markup(verify_page: Chrome, folder: Path) -> None:
    evil = "<img src=x onerror=document.title='owned'>"
    rewrite_journal(folder, lambda lines: [*lines, f'{{"x":"{evil}"}}'.encode()])
    rewrite_json(folder / "data/case.json", lambda told: told["case_file"]["case"].update(title=evil))
    check(verify_page, folder)
    assert evil in verify_page.find_element(By.ID, "report").text
    assert verify_page.execute_script("return document.querySelectorAll('#report img').length") == 0
    assert verify_page.title != "owned"


@pytest.mark.parametrize("name", ["holiday.zip", "letter.pdf"])
def test_a_single_file_is_refused_with_what_to_do(verify_page: Chrome, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    drop(verify_page, tmp_path / name)
    notice = verify_page.find_element(By.ID, "trouble")
    wait(verify_page, lambda: name in notice.text)
    assert not verify_page.find_elements(By.ID, "verdict")


def test_another_folder_is_refused_by_name(verify_page: Chrome, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/a.txt").write_text("x", "utf-8")
    verify_page.find_element(By.ID, "folder").send_keys(str(tmp_path / "photos"))
    notice = verify_page.find_element(By.ID, "trouble")
    wait(verify_page, lambda: "photos" in notice.text)


def test_a_dropped_folder_is_checked_like_a_chosen_one(verify_page: Chrome, folder: Path) -> None:
    # More files in one folder than a browser hands out at once.
    for number in range(250):
        write(f"data/many/{number:03}.txt", b"x")(folder)
    chosen = check(verify_page, folder)
    verify_page.execute_script("page.report = null")
    drop(verify_page, folder)
    wait(verify_page, lambda: verify_page.execute_script("return !page.running && !!page.report"))
    assert verify_page.execute_script("return page.report") == chosen.report
    assert ("file-extra", "data/many/000.txt") in chosen.faults


def test_a_running_check_can_be_stopped_and_begun_again(verify_page: Chrome, folder: Path) -> None:
    with (folder / "data/large.bin").open("wb") as file:
        file.truncate(3_000_000_000)  # takes many seconds to hash, and no room on the disk
    with (folder / "manifest-sha256.txt").open("ab") as file:
        file.write(b"0" * 64 + b"  data/large.bin\n")
    verify_page.execute_script("page.report = page.trouble = null")
    verify_page.find_element(By.ID, "folder").send_keys(str(folder))
    now = verify_page.find_element(By.ID, "now")
    wait(verify_page, lambda: "data/large.bin" in now.text and "3.0 GB" in now.text)
    wait(verify_page, lambda: float(verify_page.find_element(By.ID, "bar").get_attribute("value") or 0) > 0)
    verify_page.find_element(By.ID, "stop").click()
    assert verify_page.find_element(By.ID, "drop").is_displayed()
    (folder / "data/large.bin").unlink()
    assert ("file-missing", "data/large.bin") in check(verify_page, folder).faults


def test_without_a_worker_the_page_checks_by_itself(verify_page: Chrome, folder: Path) -> None:
    verify_page.execute_script("globalThis.Worker = undefined")
    try:
        (folder / SOUND).unlink()
        assert ("file-missing", SOUND) in check(verify_page, folder).faults
    finally:
        verify_page.refresh()


@pytest.mark.parametrize("width", [360, 640, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_sticks_out_at_any_width(
    verify_page: Chrome, folder: Path, width: int, language: str
) -> None:
    replace_in("data/case.json", "证件", "证书")(folder)
    check(verify_page, folder)
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    verify_page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        verify_page.find_element(By.CSS_SELECTOR, f'[data-language="{language}"]').click()
        assert verify_page.execute_script("return document.documentElement.scrollWidth") <= width
    finally:
        verify_page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def drop(browser: Chrome, path: Path) -> None:
    """What the browser does when somebody drags a file or folder from the desktop."""
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"type": kind, "x": 400, "y": 300, "data": data}
        browser.execute_cdp_cmd("Input.dispatchDragEvent", place)
