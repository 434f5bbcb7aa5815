"""The help is whole in both languages, and everything in it leads somewhere."""

from __future__ import annotations

import re

import pytest

from evidencedesk.guidance.in_use import markers_in_use
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.resources import resource
from evidencedesk.ui.encounter.keys_card import _KEYS
from evidencedesk.ui.help.markdown import links_of, pictures_of
from evidencedesk.ui.help.texts import HelpTexts, file_of, guide_folder, page_of
from evidencedesk.ui.help.topics import PAGES, Topic
from evidencedesk.wording.language import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
EVERY = [(page, language) for page in PAGES for language in LANGUAGES]


def raw(page: str, language: Language) -> str:
    return (guide_folder() / file_of(page, language)).read_text("utf-8")


def leads(link: str, page: str, language: Language) -> bool:
    """Whether a link stays in the help and finds its place; the other language only as a whole page."""
    file, _, anchor = link.partition("#")
    if link.startswith(("http://", "https://")):
        return True
    if file and not page_of(file):
        return False
    if not anchor:
        return True
    target = page_of(file) or page
    same = not file or file == file_of(target, language)
    return same and HelpTexts(language).page(target).section(anchor) is not None


@pytest.mark.parametrize(("page", "language"), EVERY)
def test_every_link_leads_somewhere(page: str, language: Language) -> None:
    assert [link for link in links_of(raw(page, language)) if not leads(link, page, language)] == []


@pytest.mark.parametrize("topic", Topic)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_mark_has_its_passage(topic: Topic, language: Language) -> None:
    page, _, anchor = topic.value.partition("#")
    found = HelpTexts(language).page(page)
    section = found.section(anchor) if anchor else found.sections[0]
    assert section is not None
    assert len(section.plain) > 30


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_say_the_same_things_in_the_same_order(page: str) -> None:
    chinese, english = (HelpTexts(language).page(page).sections for language in LANGUAGES)
    assert [one.level for one in chinese] == [one.level for one in english]
    own = [[one.anchors[0] if len(one.anchors) > 1 else "" for one in part] for part in (chinese, english)]
    assert own[0] == own[1]
    rows = [[one.html.count("<tr>") for one in part] for part in (chinese, english)]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("page", PAGES)
def test_each_language_is_written_in_itself(page: str) -> None:
    for language in LANGUAGES:
        for section in HelpTexts(language).page(page).sections:
            if section.plain:
                assert bool(re.search(r"[\u4e00-\u9fff]", section.plain)) == (language == "zh"), section.title


@pytest.mark.parametrize(("page", "language"), EVERY)
def test_every_picture_is_there(page: str, language: Language) -> None:
    missing = [name for name in pictures_of(raw(page, language)) if not (guide_folder() / name).is_file()]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_page_has_every_key_of_the_encounter_page(language: Language) -> None:
    text = HelpTexts(language).page("keys").section("recording")
    assert text is not None
    for key, _ in _KEYS:
        for part in re.split(r"[…/]", key.replace("PgUp/PgDn", "PgUp/Ctrl+PgDn")):
            assert part in text.plain, key
    markers = [one.marker.key for one in markers_in_use(load_packs(resource("packs"))[:1])]
    assert markers[0] in text.plain
    assert markers[-1] in text.plain


@pytest.mark.parametrize(
    ("language", "query", "first"),
    [
        ("zh", "麦克风", "找不到麦克风时"),
        ("en", "microphone missing", "When the microphone is missing"),
        ("zh", "指纹 密钥", "签名用的密钥"),
        ("en", "recovery code", "Locking the library"),
        ("zh", "ＣＴＲＬ＋Ｌ　没有人操作", "给资料库上锁"),
    ],
)
def test_what_is_looked_for_is_found(language: Language, query: str, first: str) -> None:
    assert HelpTexts(language).search(query)[0].section.title == first


def test_every_word_must_stand_in_a_passage() -> None:
    texts = HelpTexts("en")
    assert texts.search("microphone") != ()
    assert texts.search("microphone zebra") == ()
    assert texts.search("   ") == ()


def test_a_snippet_shows_the_place() -> None:
    hit = HelpTexts("en").search("recovery")[0]
    assert "recovery" in hit.snippet.lower()
    assert len(hit.snippet) < 140
