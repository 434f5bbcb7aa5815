"""The guide for a frightened reader: its keys are the program's, its pictures are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidencedesk.guidance.loader import load_pack

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "guide"
PACK = load_pack(ROOT / "resources" / "packs" / "cn-article-2025.toml")
GUIDES = ("visit.md", "visit.zh-CN.md")


@pytest.mark.parametrize("name", GUIDES)
def test_every_picture_is_there(name: str) -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (GUIDE / name).read_text("utf-8"))
    assert len(pictures) >= 15
    assert [picture for picture in pictures if not (GUIDE / picture).is_file()] == []


def test_both_languages_show_the_same_steps() -> None:
    english, chinese = (
        [re.sub(r"-(zh|en)\.png", "", one) for one in re.findall(r"\(([a-z-]+\.png)\)", text)]
        for text in ((GUIDE / name).read_text("utf-8") for name in GUIDES)
    )
    assert english == chinese


@pytest.mark.parametrize("name", GUIDES)
def test_the_keys_are_those_of_the_pack(name: str) -> None:
    said = set(re.findall(r"\| (F\d) \|", (GUIDE / name).read_text("utf-8")))
    assert said == {marker.key for marker in PACK.markers}


@pytest.mark.parametrize("name", GUIDES)
def test_the_numbers_are_those_of_the_pack(name: str) -> None:
    text = (GUIDE / name).read_text("utf-8")
    known = {hotline.number for hotline in PACK.hotlines}
    assert set(re.findall(r"\b12\d{3}\b|\b110\b", text)) <= known
