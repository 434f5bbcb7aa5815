"""VERIFY.html as it is written: closed to the network, whole in both languages, always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from evidencedesk.export.verify_page import verify_library, verify_page_html
from evidencedesk.wording.language import Language


class _Elements(HTMLParser):
    """Start tags with their attributes, and the text inside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = (dict(attrs).get("id") or tag) if tag in {"script", "style"} else ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside] = self.raw.get(self._inside, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    asked: Language = request.param
    return asked


@pytest.fixture(scope="module")
def page(language: Language) -> _Elements:
    return _Elements(verify_page_html(language))


@pytest.fixture(scope="module")
def texts(page: _Elements) -> dict[str, dict[str, dict[str, Any]]]:
    told: dict[str, dict[str, dict[str, Any]]] = json.loads(page.raw["texts"])
    return told


def test_it_opens_in_the_language_of_the_export(page: _Elements, language: Language) -> None:
    assert dict(page.tags)["html"]["lang"] == {"zh": "zh-CN", "en": "en"}[language]


def test_twice_the_same_page_is_the_same_byte_for_byte(language: Language) -> None:
    assert verify_page_html(language) == verify_page_html(language)


def test_only_its_own_script_and_style_may_run_and_nothing_may_be_fetched(page: _Elements) -> None:
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    allowed = dict(part.strip().split(" ", 1) for part in (policy or "").split(";"))
    assert allowed == {
        "default-src": "'none'",
        "img-src": "data:",
        "worker-src": "blob:",
        "style-src": f"'{_hash(page.raw['style'])}'",
        "script-src": f"'{_hash(page.raw['program'])}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    links = [a[name] for _, a in page.tags for name in ("src", "href", "action") if name in a]
    assert links == ["data:,"], "only the empty icon"


# Numbers and names only.
_WITHOUT_WORDS = {"{done} / {total} · {name}", "SHA-256：{found}。"}


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def test_nothing_embedded_can_end_its_element(page: _Elements) -> None:
    assert [tag for tag, _ in page.tags].count("script") == 3
    for name in ("program", "texts", "schema"):
        assert "</" not in page.raw[name] or name == "program"
        assert "</script" not in page.raw[name].lower()
        assert "<!--" not in page.raw[name]


def test_there_is_no_word_for_sending_anything_in_the_script(page: _Elements) -> None:
    senders = (
        r"\b(fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|localStorage|indexedDB)"
    )
    assert re.findall(senders, page.raw["program"]) == []
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", page.raw["program"])
        == []
    )


def test_every_sentence_stands_in_both_languages(texts: dict[str, dict[str, dict[str, Any]]]) -> None:
    chinese = re.compile("[\u4e00-\u9fff]")
    assert texts["zh"].keys() == texts["en"].keys()
    for kind, sentences in texts["zh"].items():
        assert sentences.keys() == texts["en"][kind].keys()
        for key, sentence in sentences.items():
            assert chinese.search(str(sentence)) or sentence in _WITHOUT_WORDS, f"{kind} {key}"
            assert not chinese.search(str(texts["en"][kind][key])), f"{kind} {key}"


def test_every_sentence_the_script_asks_for_is_there(texts: dict[str, dict[str, dict[str, Any]]]) -> None:
    script = verify_library()
    codes = set(re.findall(r'(?:(?<!classList\.)add|remark|find|fault|blame)\(\s*"([a-z-]+)"', script))
    assert len(codes) > 35
    assert codes <= texts["en"]["findings"].keys()
    troubles = set(re.findall(r'StampFault\("([a-z-]+)"', script))
    assert "wrong-hash" in troubles
    assert troubles <= texts["en"]["troubles"].keys()
    asked = set(re.findall(r'words\.text\("(\w+)"', script)) | set(re.findall(r'say\("(\w+)"', script))
    states = set(re.findall(r'\["(state_\w+|not_checked)"', script)) | set(
        re.findall(r'key: "(how_\w+)"', script)
    )
    assert asked | states <= texts["en"]["page"].keys()
    assert set(re.findall(r'plural\("(\w+)"', script)) <= texts["en"]["plural"].keys()
    layers = re.search(r"const LAYERS = (\[[^\]]+\])", script)
    assert layers is not None
    assert json.loads(layers[1]) == ["files", "journal", "recordings", "facts", "signature", "time", "origin"]
    assert set(json.loads(layers[1])) == texts["en"]["titles"].keys() == texts["en"]["layers"].keys()


def test_no_sentence_of_the_page_is_left_unused(
    texts: dict[str, dict[str, dict[str, Any]]], language: Language
) -> None:
    script = verify_library()
    html = verify_page_html(language)
    shown = html[html.index("<body>") : html.index('<script type="application/json"')]
    for key, sentence in texts["en"]["page"].items():
        used = f'"{key}"' in script or key.startswith("about_")
        assert used or sentence.split("{")[0][:30].split("'")[0].split("“")[0] in shown, key
