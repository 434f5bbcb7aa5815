"""The templates that ship are those that their texts say."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from evidencedesk.domain.letter import LetterKind
from evidencedesk.system.resources import resource

ROOT = Path(__file__).resolve().parents[4]
TEXTS = sorted((ROOT / "packaging" / "letters").glob("*/*.txt"))
# Only what the facts of the law name may be quoted.
QUOTED = {
    "民法典": {"五百四十六", "一千零三十二", "一千零三十三", "一千零三十四"},
    "个人信息保护法": {
        *("二十一", "二十三", "二十五"),
        *("四十四", "四十五", "四十六", "四十七", "五十"),
    },
    "治安管理处罚法": {"五十", "九十"},
}


def test_the_word_files_are_made_from_the_texts() -> None:
    script = ROOT / "packaging" / "make_letter_templates.py"

    looked = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)

    assert (looked.returncode, looked.stdout) == (0, "")


def test_there_is_a_text_and_a_template_for_every_letter_in_both_languages() -> None:
    for language in ("zh", "en"):
        assert {one.stem for one in TEXTS if one.parent.name == language} == set(LetterKind)
        for kind in LetterKind:
            assert resource("letters", language, f"{kind.value}.docx").stat().st_size < 40_000
        fields = tomllib.loads(resource("letters", f"{language}.toml").read_text(encoding="utf-8"))
        assert set(fields) == set(LetterKind)


@pytest.mark.parametrize("path", [*TEXTS, resource("letters", "zh.toml")], ids=lambda path: path.stem)
def test_only_articles_that_were_read_are_quoted(path: Path) -> None:
    known = set().union(*QUOTED.values())

    for article in re.findall(r"第([一二三四五六七八九十百千零]+)条", path.read_text(encoding="utf-8")):
        assert article in known


def test_both_languages_name_the_same_fields() -> None:
    fields = re.compile(r"\{[{%][^}]*[}%]\}")
    for kind in LetterKind:
        texts = [
            (ROOT / "packaging" / "letters" / language / f"{kind.value}.txt").read_text(encoding="utf-8")
            for language in ("zh", "en")
        ]
        chinese, english = (set(fields.findall(text)) for text in texts)
        assert chinese - english <= {"{{ addressee }}"}
        assert english - chinese <= {"{{ addressee }}"}
