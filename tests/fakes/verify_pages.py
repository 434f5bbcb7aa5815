"""VERIFY.html as a reader uses it: opened from a folder, given a folder, read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.finding import Report
from evidencedesk.export.verify_page import verify_library
from fakes.chromium import wait

# The page reads names and hashes as ``verify`` does; what its own reader says of unreadable bytes differs.
_OWN_WORDS = {"journal-line", "facts-unreadable", "pulse-line", "not-regular", "redaction-unreadable"}
# The page never decodes sound, and says so for the whole layer. It follows no authority's certificates to a
# root, and looks into no list of those that were called back.
_ONLY_VERIFY = {"sound-not-decoded", "time-claimed", "revocation-unknown", "stamp-revoked"}
_ONLY_CHAIN = "unknown-root"
# In place of these it names each stamp that holds for itself.
_ONLY_PAGE = {"stamp-holds"}
# What the two parsers say of broken bytes differs; that they are broken must not.
_OWN_REASON = {"signature", "time"}
Told = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class PageReport:
    """What the page found."""

    report: dict[str, Any]

    @property
    def findings(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.report["findings"]
        return found

    @property
    def faults(self) -> set[tuple[str, str]]:
        return {(one["code"], one["subject"]) for one in self.findings if one["weight"] == "fault"}

    @property
    def remarks(self) -> set[tuple[str, str]]:
        return {(one["code"], one["subject"]) for one in self.findings if one["weight"] == "remark"}

    @property
    def checked(self) -> dict[str, int]:
        return {one["code"]: one["count"] for one in self.report["checked"]}


def check(browser: Chrome, folder: Path) -> PageReport:
    """Choose a folder and wait for the report."""
    browser.execute_script("page.report = page.trouble = null")
    browser.find_element(By.ID, "folder").send_keys(str(folder))
    wait(browser, lambda: browser.execute_script("return !page.running && !!(page.report || page.trouble)"))
    report, trouble = browser.execute_script("return [page.report, page.trouble]")
    assert report, trouble
    return PageReport(report)


def check_like_verify(browser: Chrome, folder: Path, *, but: str = "") -> PageReport:
    """Choose a folder; what the page says of it must be what ``verify`` says, ``but`` for one layer."""
    page = check(browser, folder)
    ours, theirs = same_findings(told_by_page(page)), same_findings(told_by_verify(verify_folder(folder)))
    differing = {one for one in set(ours) ^ set(theirs) if one[0] != but}
    assert not differing, differing
    if not but:
        assert ours == theirs
    return page


def run_script(browser: Chrome, script: str, *arguments: object) -> Any:
    """Run a script that may call everything the page can do, and may await."""
    done = "arguments[arguments.length - 1]"
    body = (
        f"(async () => {{{verify_library()}\n{script}}})().then({done}, (e) => {done}('failed ' + e.stack))"
    )
    found = browser.execute_async_script(f"const args = arguments; {body}", *arguments)
    assert not (isinstance(found, str) and found.startswith("failed ")), found
    return found


def same_findings(told: list[Told]) -> list[Told]:
    """Findings as the page and ``verify`` must both tell them; whatever only one can know is left out."""
    kept = []
    for layer, code, subject, expected, found, weight in told:
        chain = code == "stamp-invalid" and found.startswith(_ONLY_CHAIN)
        if code in _ONLY_VERIFY | _ONLY_PAGE or chain:
            continue
        own = code in _OWN_WORDS or (layer in _OWN_REASON and weight == "fault")
        # What a head was expected to be may be why it can't be read.
        wanted = "" if own or code == "journal-head" else expected
        kept.append((layer, code, subject, wanted, "" if own else found, weight))
    return sorted(kept)


def told_by_page(report: PageReport) -> list[Told]:
    return [
        (f["layer"], f["code"], f["subject"], f["expected"], f["found"], f["weight"]) for f in report.findings
    ]


def told_by_verify(report: Report) -> list[Told]:
    return [(f.layer.value, f.code, f.subject, f.expected, f.found, f.weight.value) for f in report.findings]
