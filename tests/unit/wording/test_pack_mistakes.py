from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.guidance import loader
from evidencedesk.system.resources import resource
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Language, Words
from evidencedesk.wording.pack_mistakes import mistake_text

CODE = "".join(path.read_text("utf-8") for path in Path(loader.__file__).parent.glob("*.py"))
REASONS = sorted(
    {*re.findall(r'Mistake\(\s*"([a-z0-9-]+)"', CODE), *re.findall(r'reason = ?f?"([a-z-]+)', CODE)}
    | {*re.findall(r'reason=f?"([a-z-]+)', CODE)}
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_reasons_are_found() -> None:
    assert {"missing", "not-toml", "unreadable", "not-a-file", "file-name", "own-needs-no-item"} <= set(
        REASONS
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str, language: Language) -> None:
    text = mistake_text(Words(language, resource("locale")), reason, "items[1]")
    assert not text.startswith(f"{reason}:")
    assert bool(CHINESE.search(text)) == (language == "zh")


def test_a_reason_from_elsewhere_is_shown_as_it_is() -> None:
    assert mistake_text(Words("en", resource("locale")), "odd", "items[1]") == "odd: items[1]"


def test_an_error_says_the_mistake_in_words() -> None:
    error = Unreadable(Code.PACK_INVALID, file="mine.toml", item="", reason="missing: items[2].who")
    text = describe(Words("en", resource("locale")), error)
    assert text.what == "The rule pack “mine.toml” has a mistake: items[2].who is missing"
