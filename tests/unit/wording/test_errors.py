from __future__ import annotations

import re

import pytest

from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.system.resources import resource
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Language, Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_every_code_says_what_happened_whether_all_is_safe_and_what_to_do(
    code: Code, language: Language
) -> None:
    text = describe(Words(language, resource("locale")), MachineFailure(code))
    for sentence in (text.what, text.safe, text.next):
        assert sentence.strip()
        assert "{" not in sentence
        assert "}" not in sentence
        assert bool(CHINESE.search(sentence)) == (language == "zh")


def test_facts_stand_in_the_sentence_and_the_systems_words_apart() -> None:
    error = WrongUse(Code.FILE_UNREADABLE, path="/home/li/短信.png", detail="Permission denied")
    text = describe(Words("en", resource("locale")), error)
    assert text.what == "The file “/home/li/短信.png” can't be read."
    assert text.detail == "Permission denied"


def test_facts_nobody_asked_for_do_no_harm() -> None:
    text = describe(Words("zh", resource("locale")), WrongUse(Code.EMPTY_TEXT, colour="red", n=3))
    assert text.what == "还没有写内容。"


def test_braces_in_a_fact_stay_what_they_are() -> None:
    text = describe(Words("zh", resource("locale")), WrongUse(Code.UNKNOWN_CASE, case="{path}"))
    assert "{path}" in text.what
