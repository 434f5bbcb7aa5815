from __future__ import annotations

import re

import pytest

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.zip_refusal import Refusal
from evidencedesk.system.resources import resource
from evidencedesk.wording.archives import describe_refusal
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Language, Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", list(Refusal))
def test_every_reason_has_words_in_both_languages(refusal: Refusal, language: Language) -> None:
    text = describe_refusal(Words(language, resource("locale")), refusal.value, "a/b")
    assert bool(CHINESE.search(text)) == (language == "zh")
    assert "{" not in text


def test_the_reason_stands_in_the_sentence_of_the_error() -> None:
    error = Unreadable(Code.ARCHIVE_REFUSED, path="x.zip", reason="name-twice", item="a/b")
    assert (
        describe(Words("en", resource("locale")), error).what
        == "“x.zip” was not unpacked: “a/b” is in it twice."
    )


def test_a_reason_nobody_knows_is_no_second_error() -> None:
    assert describe_refusal(Words("en", resource("locale")), "new", "a") == "…"
