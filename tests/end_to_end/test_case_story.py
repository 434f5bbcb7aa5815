"""The whole case through the real window, from the first SMS to the exported folder with all its papers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from evidencedesk.domain.loan_schedule import Way, schedule
from evidencedesk.domain.moment import parse_utc
from evidencedesk.system.clock import SystemClock
from fakes.poppler import pages_of, run_together, text_of
from fakes.sound_server import PrivateSoundServer

STORY = Path(__file__).with_name("case_story.py")
SAID = "两名男子敲门，说证件在车里"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a paper must never show: an empty value's name, a field nobody filled in, a broken number.
LEFT_OVER = re.compile(r"\bNone\b|\{\{|\}\}|\{%|\bnan\b|\bNaN\b|undefined|Traceback")


def bill(today: date) -> str:
    """A loan of seven months, three of its twelve instalments paid, as a platform lists it."""
    years, month = divmod(today.month - 1 - 6, 12)
    first = date(today.year + years, month + 1, 10)
    lines = ["期数,应还日期,应还本金,应还利息,应还金额,已还金额,实还日期"]
    plan = schedule(Way.ANNUITY, Decimal(10_000), Decimal(24), 12, first, "CNY")
    for number, one in enumerate(plan, start=1):
        paid = f"{one.amount},{one.due}" if number <= 3 else ","
        lines.append(f"{number},{one.due},{one.principal},{one.interest},{one.amount},{paid}")
    return "\n".join(lines) + "\n"


def afternoon() -> str:
    """A zone in which it is three in the afternoon: no hour of the story is a forbidden one."""
    now = parse_utc(SystemClock().now().utc)
    ahead = (15 * 60 - now.hour * 60 + 720) % 1440 - 720
    hours, minutes = divmod(abs(ahead), 60)
    return f"LOCAL{'-' if ahead > 0 else '+'}{hours:02}:{minutes:02}"  # POSIX counts westwards


@pytest.fixture(scope="module")
def told(screen: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the story left its library, its pictures and the exported folder."""
    place = tmp_path_factory.mktemp("case")
    for name in ("place", "pictures", "config"):
        (place / name).mkdir()
    (place / "bill.csv").write_text(bill(parse_utc(SystemClock().now().utc).date()), "gb18030")
    with PrivateSoundServer(tmp_path_factory.mktemp("sound")) as server, server.playing():
        environment = {
            **{name: value for name, value in server.env.items() if name not in ("LC_ALL", "LANGUAGE")},
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CONFIG_HOME": str(place / "config"),
            "LANG": "zh_CN.UTF-8",
            "TZ": afternoon(),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        names = ("library", "place", "pictures", "bill.csv")
        done = subprocess.run(
            [sys.executable, str(STORY), *(str(place / name) for name in names)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    (place / "said.txt").write_text(done.stdout + done.stderr, "utf-8")
    return place


@pytest.fixture(scope="module")
def folder(told: Path) -> Path:
    (written,) = (told / "place").iterdir()
    return written


@pytest.fixture(scope="module")
def facts(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "data" / "case.json").read_text("utf-8"))["case_file"]
    return read


def letter(folder: Path, beginning: str) -> Path:
    (found,) = (one for one in (folder / "data" / "attachments").rglob("*.docx") if beginning in one.name)
    return found


def words_of(document: Path) -> str:
    """Everything in a Word file that is read, tables too, in its order."""
    body = docx.Document(str(document)).element.body
    return "\n".join(
        "".join(node.text or "" for node in line.iter(f"{_WORD}t")) for line in body.iter(f"{_WORD}p")
    )


def papers(folder: Path) -> dict[str, str]:
    """Each paper with its words."""
    data = folder / "data"
    read = {name: text_of(data / name) for name in ("report.pdf", "debt-sheet.pdf")}
    read |= {name: words_of(data / name) for name in ("evidence-list.docx", "transcript.docx")}
    return read | {one.name: words_of(one) for one in (data / "attachments").rglob("*.docx")}


def numbers(folder: Path) -> dict[str, str]:
    """Which number of the evidence list stands before which file."""
    found = (re.fullmatch(r"(\d+-\d+) (.+)", one.name) for one in (folder / "data" / "numbered").iterdir())
    return {match[2]: match[1] for match in found if match is not None}


def test_the_exported_folder_verifies(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evidencedesk", "verify", str(folder), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_nothing_went_wrong_unseen_until_the_window_was_gone(told: Path) -> None:
    assert "Traceback" not in (told / "said.txt").read_text("utf-8")


def test_everything_done_in_the_window_is_in_the_journal(facts: dict[str, Any]) -> None:
    (contact,) = facts["contacts"]
    assert contact["details"]["announces"]
    screenshot, *_ = facts["attachments"]
    assert (screenshot["kind"], screenshot["contact"]) == ("sms", contact["id"])
    (claim,) = facts["claims"]
    assert (claim["details"]["amount"], claim["encounter"]) == ("18600.00", facts["encounters"][0]["id"])
    assert len(facts["debt"]["terms"]["instalments"]) == 12
    (collector,) = facts["collectors"]
    assert collector["card"]["documents"] == {"work_id": "refused"}
    breached = {tick["item"] for tick in facts["ticks"] if tick["verdict"] == "breached"}
    assert {"no-public-disclosure", "shows-work-id"} <= breached


def test_each_step_of_the_way_is_done_with_its_receipt(facts: dict[str, Any]) -> None:
    steps = {one["details"]["step"]: one["details"] for one in facts["follow_ups"]}
    assert steps["call"]["number"] == "400-000-0000"
    assert steps["dispute"].get("progress", "done") == "done", "left out while it says nothing new"
    assert steps["dispute"]["receipt"] == "EMS-1180000000"
    assert steps["complaint"]["receipt"] == "12378-2026-000123"
    for step in ("plan_proposed", "plan_agreed"):
        assert [one["amount"] for one in steps[step]["plan"]] == ["500", "500"]
    payments = [one["id"] for one in facts["follow_ups"] if one["details"]["step"] == "payment"]
    receipts = [one for one in facts["attachments"] if one.get("follow_up") in payments]
    assert [one["kind"] for one in receipts] == ["receipt"]


def test_all_papers_are_there_and_nothing_in_them_is_left_over(folder: Path) -> None:
    read = papers(folder)
    assert len(read) == 6
    for name, text in read.items():
        assert len(run_together(text)) > 200, name
        assert LEFT_OVER.search(text) is None, (name, LEFT_OVER.findall(text))
        assert "来分期" in text or "某某消费金融有限公司" in text or SAID in text, name
    assert all(run_together(page) for page in pages_of(folder / "data" / "report.pdf")), "an empty page"


def test_numbers_are_those_the_user_arranged(folder: Path) -> None:
    found = numbers(folder)
    shown = {name.rpartition(".")[2]: number for name, number in found.items() if "receipt" not in name}
    assert shown == {"png": "1-1", "csv": "1-2", "flac": "2-1"}
    listed = words_of(folder / "data" / "evidence-list.docx")
    for number in found.values():
        assert number in listed.split("\n")


def test_the_dispute_names_the_sum_and_the_evidence_by_its_number(folder: Path) -> None:
    text = words_of(letter(folder, "债务异议"))
    recording = next(number for name, number in numbers(folder).items() if name.endswith(".flac"))
    assert "18600.00" in text
    assert recording in text.split("\n")
    for words in ("LFQ-2024-0831", "李某", "我已还三期", "不构成对诉讼时效抗辩的放弃"):
        assert words in text


def test_the_complaint_tells_each_breach_with_time_words_and_number(folder: Path) -> None:
    text = words_of(letter(folder, "投诉"))
    recording = next(number for name, number in numbers(folder).items() if name.endswith(".flac"))
    assert "拒绝出示证件" in text
    assert "公开" in text
    assert SAID in text
    assert f"证据：{recording}（录音第 00:00:0" in text
    assert "EMS-1180000000" in text, "what was done before"


def test_the_sheet_about_the_debt_puts_the_claim_beside_the_papers(folder: Path) -> None:
    text = run_together(text_of(folder / "data" / "debt-sheet.pdf"))
    assert "18,600.00" in text
    assert "多要" in text
    assert "12" in text
    assert "张某" in text


def test_the_report_and_the_transcript_name_what_happened(folder: Path) -> None:
    report = run_together(text_of(folder / "data" / "report.pdf"))
    for words in (SAID, "EMS-1180000000", "12378-2026-000123", "400-000-0000"):
        assert words in report
    assert SAID in words_of(folder / "data" / "transcript.docx")
