from __future__ import annotations

import re

import pytest

from evidencedesk.domain.finding import Checked, Finding, Layer
from evidencedesk.system.resources import resource
from evidencedesk.wording.findings import (
    describe_checked,
    describe_finding,
    finding_codes,
    layer_name,
    layer_title,
)
from evidencedesk.wording.language import Language, Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
CODES = [
    "file-changed",
    "file-missing",
    "file-extra",
    "file-not-covered",
    "name-unsafe",
    "name-twins",
    "not-regular",
    "bag-declaration",
    "bag-info",
    "manifest-missing",
    "manifest-weak",
    "manifest-line",
    "manifest-too-large",
    "tag-changed",
    "fetch-present",
    "payload-oxum",
    "too-many",
    "beside-the-folder",
    "redacted",
    "redacted-left-out",
    "redacted-muted",
    "redaction-unreadable",
    "redaction-unnamed",
    "redaction-not-silent",
    "journal-missing",
    "journal-line",
    "journal-order",
    "journal-chain",
    "journal-head",
    "journal-too-large",
    "recording-missing",
    "recording-changed",
    "pulse-missing",
    "pulse-chain",
    "pulse-line",
    "pulse-disagrees",
    "recording-not-decoded",
    "sound-not-decoded",
    "recording-recovered",
    "recording-gap",
    "recording-unsealed",
    "database-damaged",
    "guards-missing",
    "facts-missing",
    "facts-unreadable",
    "facts-disagree",
    "not-signed",
    "signature-missing",
    "only-checkpoints-signed",
    "signature-invalid",
    "signature-other-key",
    "signature-not-trusted",
    "signed-by-unknown",
    "signed-by-known",
    "checkpoint-invalid",
    "checkpoint-disagrees",
    "checkpoint-unsigned",
    "journal-cut",
    "journal-made-anew",
    "stamp-invalid",
    "stamp-revoked",
    "stamp-missing",
    "stamps-contradict",
    "authority-invalid",
    "folder-time-proven",
    "time-proven",
    "time-between",
    "time-after",
    "time-claimed",
    "revocation-unknown",
    "clock-off",
    "self-attested",
    "simulated",
    "made-elsewhere",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_finding_has_a_sentence(code: str, language: Language) -> None:
    words = Words(language, resource("locale"))
    for subject in ("data/recordings/r-1/audio.flac", ""):
        sentence = describe_finding(words, Finding(Layer.FILES, code, subject))
        assert "{" not in sentence
        assert code not in sentence
        assert bool(CHINESE.search(sentence)) == (language == "zh")


def test_no_sentence_is_left_without_its_finding() -> None:
    assert finding_codes() == set(CODES)


@pytest.mark.parametrize(
    ("expected", "found", "ending"),
    [
        ("", "", "changed."),
        ("aa", "bb", "changed. Expected: aa. Found: bb."),
        ("aa", "", "changed. Expected: aa."),
        ("", "bb", "changed. Found: bb."),
    ],
)
def test_what_was_expected_and_what_was_found_are_said(expected: str, found: str, ending: str) -> None:
    finding = Finding(Layer.FILES, "file-changed", "a.txt", expected, found)
    assert describe_finding(Words("en", resource("locale")), finding).endswith(ending)


@pytest.mark.parametrize("code", ["recording-recovered", "recording-gap", "simulated"])
def test_a_remark_names_what_was_seen_without_calling_it_unexpected(code: str) -> None:
    sentence = describe_finding(
        Words("en", resource("locale")), Finding(Layer.ORIGIN, code, "r-1", found="842 ms")
    )
    assert "842 ms" in sentence
    assert "Found:" not in sentence


def test_a_finding_without_a_sentence_is_shown_all_the_same() -> None:
    finding = Finding(Layer.FILES, "new-kind", "a{0}.txt", found="x")
    assert describe_finding(Words("en", resource("locale")), finding) == "new-kind: a{0}.txt Found: x."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["files", "events", "recordings", "pulses", "facts", "bytes"])
def test_what_was_covered_is_counted_in_words(code: str, language: Language) -> None:
    words = Words(language, resource("locale"))
    one, many = (describe_checked(words, Checked(Layer.FILES, code, n)) for n in (1, 2))
    assert one.startswith("1 ")
    assert many.startswith("2 ")
    assert bool(CHINESE.search(many)) == (language == "zh")


def test_an_unknown_count_is_shown_all_the_same() -> None:
    assert describe_checked(Words("zh", resource("locale")), Checked(Layer.TIME, "tokens", 3)) == "3 tokens"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layer", list(Layer))
def test_every_layer_has_a_title_and_a_name(layer: Layer, language: Language) -> None:
    words = Words(language, resource("locale"))
    assert layer_title(words, layer).startswith(layer_name(words, layer))
