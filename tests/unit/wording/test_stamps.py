from __future__ import annotations

import re

import pytest

from evidencedesk.domain.finding import Finding, Layer
from evidencedesk.domain.stamp import Trouble
from evidencedesk.system.resources import resource
from evidencedesk.wording.findings import describe_finding
from evidencedesk.wording.language import Language, Words
from evidencedesk.wording.stamps import WHAT_IS_SENT, WHAT_IT_IS_WORTH, trouble_text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_words(trouble: Trouble, language: Language) -> None:
    text = trouble_text(Words(language, resource("locale")), trouble.value)
    assert text != trouble.value
    assert bool(re.search("[\u4e00-\u9fff]", text)) == (language == "zh")


def test_what_the_system_said_stands_behind_the_words() -> None:
    words = Words("en", resource("locale"))
    assert trouble_text(words, "refused", "bad_alg") == "the authority refused (bad_alg)"
    assert trouble_text(words, "refused: bad_alg") == "the authority refused (bad_alg)"


def test_an_invalid_stamp_says_why() -> None:
    finding = Finding(Layer.TIME, "stamp-invalid", "x.tsr", found="expired: Test TSA")
    said = describe_finding(Words("en", resource("locale")), finding)
    assert "its certificate was not valid at that time (Test TSA)" in said


def test_no_more_is_said_than_a_stamp_is_worth() -> None:
    zh = Words("zh", resource("locale"))
    assert "不能说明其中所说的内容属实" in zh.text(WHAT_IT_IS_WORTH)
    assert "哈希" in zh.text(WHAT_IS_SENT)
    catalogue = resource("locale", "zh_CN", "LC_MESSAGES", "evidencedesk.po").read_text("utf-8")
    assert "可信时间戳" not in catalogue


def test_it_is_said_who_else_sees_the_address() -> None:
    """Lists and issuers' certificates are fetched from whoever the authority's certificates name."""
    en, zh = Words("en", resource("locale")), Words("zh", resource("locale"))
    assert "fetched from the addresses in its certificates" in en.text(WHAT_IS_SENT)
    assert "证书吊销列表" in zh.text(WHAT_IS_SENT)
