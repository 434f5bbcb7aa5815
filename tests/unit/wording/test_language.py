from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words, mark, mark_plural, system_language


@pytest.fixture
def zh() -> Words:
    return Words("zh", resource("locale"))


@pytest.fixture
def en() -> Words:
    return Words("en", resource("locale"))


def test_english_is_the_key_itself(en: Words) -> None:
    assert en.text("No microphone was found.") == "No microphone was found."
    assert en.plural("{n} file", "{n} files", 1) == "1 file"
    assert en.plural("{n} file", "{n} files", 7) == "7 files"


def test_chinese_comes_from_the_catalogue(zh: Words) -> None:
    assert zh.text("No microphone was found.") == "没有找到麦克风。"
    assert zh.plural("{n} file", "{n} files", 1) == "1 个文件"
    assert zh.plural("{n} file", "{n} files", 7) == "7 个文件"


def test_facts_are_filled_in_but_never_read_as_a_sentence(zh: Words) -> None:
    hostile = "{x.__class__} {0} %s"
    assert zh.text("There is no case “{case}”.", case=hostile) == f"没有编号为“{hostile}”的案件。"


def test_a_forgotten_fact_is_a_bug(en: Words) -> None:
    with pytest.raises(KeyError):
        en.text("There is no case “{case}”.")


def test_the_empty_sentence_is_empty_and_not_the_catalogues_header(zh: Words) -> None:
    assert zh.text("") == ""


def test_a_missing_catalogue_means_english_not_a_crash(tmp_path: Path) -> None:
    assert Words("zh", tmp_path).text("No microphone was found.") == "No microphone was found."


def test_marking_changes_nothing() -> None:
    assert mark("Files") == "Files"
    assert mark_plural("{n} file", "{n} files") == ("{n} file", "{n} files")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_system_says_which_language(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


@pytest.mark.parametrize(
    ("name", "language"), [("Chinese (Simplified)_China", "zh"), ("English_UK", "en"), (None, "en")]
)
def test_windows_has_its_own_names_for_languages(
    name: str | None, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (name, None))
    assert system_language() == language
