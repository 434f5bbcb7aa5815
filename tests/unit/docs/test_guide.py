"""The guide for a frightened reader: its keys are the program's, its pictures are there."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

from evidencedesk.guidance.loader import load_pack, load_packs

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "guide"
PACK = load_pack(ROOT / "resources" / "packs" / "cn-article-2025.toml")
VISIT = ("visit.md", "visit.zh-CN.md")
CASE = ("case.md", "case.zh-CN.md")
GUIDES = (*VISIT, *CASE)
# The other pages of the help.
HELP = tuple(
    f"{name}{language}.md"
    for name in ("start", "keys", "trouble", "safety", "numbers", "words")
    for language in ("", ".zh-CN")
)
# The hotlines of all packs that ship for the mainland.
NUMBERS = {one.number for pack in load_packs(ROOT / "resources" / "packs") for one in pack.hotlines}
# Said in quotation marks, and no button: words that a transcript gets wrong.
WORDS_ONLY = {"不", "没有"}


@pytest.mark.parametrize("name", GUIDES)
def test_every_picture_is_there(name: str) -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (GUIDE / name).read_text("utf-8"))
    assert len(pictures) >= 15
    assert [picture for picture in pictures if not (GUIDE / picture).is_file()] == []


@pytest.mark.parametrize("names", [VISIT, CASE])
def test_both_languages_show_the_same_steps(names: tuple[str, str]) -> None:
    english, chinese = (
        [re.sub(r"-(zh|en)\.png", "", one) for one in re.findall(r"\(([a-z-]+\.png)\)", text)]
        for text in ((GUIDE / name).read_text("utf-8") for name in names)
    )
    assert english == chinese


@pytest.mark.parametrize("name", CASE)
def test_every_step_of_the_case_has_its_picture(name: str) -> None:
    steps = re.split(r"^## \d+ ", (GUIDE / name).read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(steps) == 19
    assert [step.splitlines()[0] for step in steps if ".png)" not in step] == []


@pytest.mark.parametrize("name", [*CASE, *HELP])
def test_what_is_to_be_touched_is_called_so_in_the_program(name: str) -> None:
    text = (GUIDE / name).read_text("utf-8")
    chinese = "zh" in name
    said = set(re.findall(r"“([^”]+)”", text) if chinese else re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text))
    with (ROOT / "resources/locale/zh_CN/LC_MESSAGES/evidencedesk.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    known = set(catalogue._catalog.values() if chinese else catalogue._catalog)  # type: ignore[attr-defined]
    assert len(said) >= (20 if name in CASE else 0)
    assert said - known - WORDS_ONLY == set()


def test_no_picture_is_kept_that_no_guide_shows() -> None:
    shown = set(
        re.findall(r"\(([a-z-]+\.png)\)", "".join((GUIDE / one).read_text("utf-8") for one in GUIDES))
    )
    assert {path.name for path in GUIDE.glob("*.png")} == shown


@pytest.mark.parametrize("name", CASE)
def test_limitation_is_told_before_a_plan_and_nothing_is_called_illegal(name: str) -> None:
    text = (GUIDE / name).read_text("utf-8")
    assert text.index("before-a-plan") < text.index("plan-", text.index("before-a-plan") + 20)
    assert not re.search("违法催收|非法催收|illegal", text)


@pytest.mark.parametrize("name", VISIT)
def test_the_keys_are_those_of_the_pack(name: str) -> None:
    said = set(re.findall(r"\| (F\d) \|", (GUIDE / name).read_text("utf-8")))
    assert said == {marker.key for marker in PACK.markers}


@pytest.mark.parametrize("name", [*GUIDES, *HELP])
def test_the_numbers_are_those_of_the_pack(name: str) -> None:
    text = (GUIDE / name).read_text("utf-8")
    assert set(re.findall(r"\b12\d{3}\b|\b110\b", text)) <= NUMBERS


@pytest.mark.parametrize("name", ["numbers.md", "numbers.zh-CN.md"])
def test_whom_to_call_has_every_number_of_the_pack_with_its_words(name: str) -> None:
    said = dict(re.findall(r"\| \*\*(\d+)\*\* \| (.+?) \|", (GUIDE / name).read_text("utf-8")))
    language = "zh" if "zh" in name else "en"
    wanted = {one.number: one.text.in_language("zh" if language == "zh" else "en") for one in PACK.hotlines}
    assert {number: text.lower() for number, text in said.items()} == {
        number: text.lower() for number, text in wanted.items()
    }
