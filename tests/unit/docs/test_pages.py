"""Every page leads to places that are there: files, headings, and the parts of the program it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "evidencedesk"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "benchmarks" / "README.md"])
# The pages that say where something stands in the program.
TELLING = [ROOT / "docs" / name for name in ("architecture.md", "threads.md", "rule-packs.md")]
ROOMS = "app|ui|cli|workflows|capture|store|guidance|export|intake|custody|system|wording|domain"


def headings(page: Path) -> set[str]:
    """The anchors of a page, as GitHub makes them, and those written into it."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    lines = text.splitlines()
    titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    written = set(re.findall(r'<a id="([\w-]+)"></a>', text))
    return written | {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def dead_links(page: Path) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in headings(target)):
            yield link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert list(dead_links(page)) == []


@pytest.mark.parametrize("page", TELLING, ids=lambda page: page.name)
def test_every_part_of_the_program_that_is_named_is_there(page: Path) -> None:
    named = set(re.findall(rf"`((?:{ROOMS})/[\w./*]*)", page.read_text("utf-8")))
    assert len(named) >= 3
    assert [name for name in sorted(named) if not any(PACKAGE.glob(name.rstrip("/")))] == []


def test_every_benchmark_has_a_row_and_a_program() -> None:
    rows = set(
        re.findall(r"^\| `(\w+)` \|", (ROOT / "benchmarks" / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    (listed,) = re.findall(r"^BENCHMARKS \?= (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [name for name in sorted(rows) if not (ROOT / "benchmarks" / f"{name}.py").is_file()] == []
    # One needs a model that nobody has by itself, the other is a part of ``library``.
    assert rows - set(listed.split()) == {"transcribe_speed", "library_size"}
    assert set(listed.split()) - rows == set()
