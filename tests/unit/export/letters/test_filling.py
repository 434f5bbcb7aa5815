"""A template is filled, or says what is wrong with it; a hostile one gets nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.moment import Moment
from evidencedesk.export.letters.filling import fill
from evidencedesk.export.letters.page import page_of
from fakes.word_templates import (
    changed,
    template,
    with_field,
    with_part,
    with_relation,
    words_in,
)

NOW = Moment("2026-11-25T02:00:00.000000Z", 480, "boot", 1)
FIELDS: dict[str, Any] = {
    "subject": "投诉书",
    "creditor": "某某 <b>公司</b> & 子公司",
    "sender_name": "",
    "breaches": [{"no": "1", "what": "深夜来电"}],
}


def refused(content: bytes) -> Known:
    with pytest.raises(Known) as caught:
        fill(content, "police.docx", FIELDS, NOW)
    assert caught.value.facts["file"] == "police.docx"
    return caught.value


def test_fields_and_lists_are_filled_in() -> None:
    filled = fill(
        template(
            "致{{ creditor }}",
            "{%p for one in breaches %}",
            "{{ one.no }}. {{ one.what }}",
            "{%p endfor %}",
            "{%p if sender_name %}",
            "{{ sender_name }}",
            "{%p endif %}",
        ),
        "x.docx",
        FIELDS,
        NOW,
    )

    assert words_in(filled.content).strip() == "致某某 <b>公司</b> & 子公司\n1. 深夜来电"
    assert filled.used == {"creditor", "breaches", "sender_name"}


def test_the_same_words_and_moment_make_the_same_bytes() -> None:
    content = template("{{ subject }}")

    one, other = fill(content, "x.docx", FIELDS, NOW), fill(content, "x.docx", FIELDS, NOW)

    assert one.content == other.content


def test_braces_in_a_value_stay_words() -> None:
    filled = fill(template("{{ subject }}"), "x.docx", {**FIELDS, "subject": "{{ creditor }}{% if %}"}, NOW)

    assert "{{ creditor }}{% if %}" in words_in(filled.content)


def test_signs_that_word_refuses_are_written_as_numbers() -> None:
    filled = fill(template("{{ subject }}"), "x.docx", {**FIELDS, "subject": "a\x0b\u202eb"}, NOW)

    assert "a[U+000B][U+202E]b" in words_in(filled.content)


def test_an_unknown_field_is_named_with_its_place() -> None:
    problem = refused(template("一", "致 {{ creditr }} 公司"))

    assert problem.code is Code.TEMPLATE_FIELD
    assert problem.facts["item"] == "creditr"
    assert "creditr" in str(problem.facts["value"])


def test_an_unknown_part_of_a_list_is_named() -> None:
    problem = refused(template("{%p for one in breaches %}", "{{ one.wen }}", "{%p endfor %}"))

    assert problem.code is Code.TEMPLATE_FIELD
    assert problem.facts["item"] == "wen"


def test_an_unknown_field_is_found_where_nothing_would_be_printed() -> None:
    problem = refused(template("{%p if sender_name %}", "{{ nobody }}", "{%p endif %}"))

    assert problem.facts["item"] == "nobody"


@pytest.mark.parametrize("paragraph", ["{% if creditor %}", "{{ creditor", "{% endfor %}", "{{ 1 + }}"])
def test_a_mistake_between_braces_is_told_with_its_paragraph(paragraph: str) -> None:
    problem = refused(template("first", paragraph, "last"))

    assert problem.code in (Code.TEMPLATE_MISTAKE, Code.TEMPLATE_UNREADABLE, Code.TEMPLATE_FORBIDDEN)
    if problem.code is Code.TEMPLATE_MISTAKE:
        assert int(problem.facts["item"]) > 0
        assert problem.facts["value"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ creditor.__init__.__globals__ }}",
        "{{ subject._secret }}",
        "{{ breaches.append(1) }}",
        "{{ creditor.format(1) }}",
        "{{ ('%' ~ creditor) | format }}",
        "{{ cycler.__init__ }}",
        "{{ range(1000000000) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{% extends '/etc/passwd' %}",
        "{% set x = 1 %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in breaches recursive %}{{ loop(breaches) }}{% endfor %}",
        "{% for a in breaches %}" * 3 + "x" + "{% endfor %}" * 3,
        "{{ self }}",
        "{{ breaches[0]['__class__'] }}",
    ],
)
def test_a_template_that_wants_more_than_a_letter_is_refused(paragraph: str) -> None:
    problem = refused(template("first", paragraph))

    assert problem.code in (Code.TEMPLATE_FORBIDDEN, Code.TEMPLATE_FIELD)


def test_hidden_parts_of_a_file_are_no_way_around(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    hostile = f"{{{{ ''.__class__.__base__.__subclasses__()[0]('{marker}') }}}}"
    problem = refused(changed(template("x"), "docProps/core.xml", _core(hostile)))

    assert problem.code is Code.TEMPLATE_FORBIDDEN
    assert not marker.exists()


@pytest.mark.parametrize(
    "content",
    [
        with_field("INCLUDETEXT", ' "/etc/passwd"'),
        with_field("INCL", "UDETEXT /etc/passwd"),
        with_field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'),
        with_field('INCLUDE{{ "" }}PICTURE http://example.org/x.png'),
        with_relation("attachedTemplate", "http://example.org/evil.dotm"),
        with_relation("image", "http://example.org/pixel.png"),
        with_part("word/vbaProject.bin", b"macro"),
        with_part("word/embeddings/oleObject1.bin", b"ole"),
    ],
)
def test_a_file_that_acts_or_fetches_is_refused(content: bytes) -> None:
    assert refused(content).code is Code.TEMPLATE_FORBIDDEN


def test_a_file_that_grows_without_end_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part("word/media/x.xml", b" " * 40_000_000)

    assert refused(bomb).facts["reason"] == "size"


def test_entities_are_not_read() -> None:
    body = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'

    assert refused(with_part("word/document.xml", body)).code is Code.TEMPLATE_FORBIDDEN


@pytest.mark.parametrize(
    "content", [b"", b"hello", template("x")[:900], with_part("word/document.xml", b"<")]
)
def test_what_is_no_word_file_says_so(content: bytes) -> None:
    assert refused(content).code is Code.TEMPLATE_UNREADABLE


def test_the_page_has_the_words_and_no_picture_from_elsewhere() -> None:
    page = page_of(template("<script>alert(1)</script>", "你好"))

    assert "你好" in page
    assert "<script" not in page


def _core(title: str) -> bytes:
    return (
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></cp:coreProperties>"
    ).encode()
