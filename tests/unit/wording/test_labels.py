from __future__ import annotations

import re
from enum import StrEnum

import pytest

from evidencedesk.domain.case import Document, Mode, RecordingState, Shown, Verdict
from evidencedesk.domain.finding import Layer
from evidencedesk.domain.pulse import StopReason, WarningCode
from evidencedesk.system.resources import resource
from evidencedesk.wording.labels import field_label, label, stop_reason_text, warning_text
from evidencedesk.wording.language import Language, Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
KINDS: tuple[type[StrEnum], ...] = (
    Mode,
    Verdict,
    RecordingState,
    Document,
    Shown,
    StopReason,
    WarningCode,
    Layer,
)
CARD_FIELDS = (
    "name",
    "staff_number",
    "organisation",
    "lender",
    "phone",
    "plate",
    "description",
    "documents",
)
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("member", [member for kind in KINDS for member in kind], ids=lambda m: f"{m!r}")
def test_every_kind_and_state_has_a_name(member: StrEnum, language: Language) -> None:
    text = label(Words(language, resource("locale")), member)
    assert text
    assert bool(CHINESE.search(text)) == (language == "zh")


def test_equal_codes_of_different_kinds_keep_their_own_names() -> None:
    words = Words("en", resource("locale"))
    assert StopReason.DEVICE_LOST.value == WarningCode.DEVICE_LOST.value
    assert label(words, StopReason.DEVICE_LOST) != label(words, WarningCode.DEVICE_LOST)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CARD_FIELDS)
def test_every_field_of_a_card_has_a_name(name: str, language: Language) -> None:
    assert bool(CHINESE.search(field_label(Words(language, resource("locale")), name))) == (language == "zh")


def test_a_code_from_elsewhere_is_shown_as_it_is() -> None:
    words = Words("zh", resource("locale"))
    assert "clock-jump" in warning_text(words, "clock-jump")
    assert warning_text(words, "silent") == label(words, WarningCode.SILENT)
    assert stop_reason_text(words, "meteor") == "meteor"
    assert stop_reason_text(words, "user") == label(words, StopReason.USER)
