from __future__ import annotations

import pytest

from evidencedesk.guidance.loader import PackMistake, examine
from evidencedesk.guidance.toml_lines import line_of
from samples.pack_mistakes import MISTAKES, WHOLE


def line_told(content: str) -> int | None:
    found = examine(content.encode())
    assert isinstance(found, PackMistake)
    return line_of(content.encode(), found.reason, found.where)


@pytest.mark.parametrize(
    ("old", "new", "on"),
    [
        ("order = 1\n", "order = 0\n", "order = 0"),
        ('"collector_must_not"', '"neighbour"', 'who = "neighbour"'),
        ('"Not late"', '""', 'text = { zh = "不太晚", en = "" }'),
        ("order = 1\n", "order = 1\nodrer = 2\n", "odrer = 2"),
        ('version = "2.1"', 'version = "newest"', 'version = "newest"'),
        ("danger = true", 'danger = "yes"', 'danger = "yes"'),
        ('"working_days"', '"weeks"', 'unit = "weeks"'),
        ('places = ["US-CA", "US-WA"]', 'places = ["US"]', 'places = ["US"]'),
        ('id = "papers-match"', 'id = "not-late"', None),
        ('key = "F2"', 'key = "F1"', None),
    ],
)
def test_a_mistake_is_found_on_its_line(old: str, new: str, on: str | None) -> None:
    content = WHOLE.replace(old, new, 1)
    line = line_told(content)
    assert line is not None
    expected = on or new
    assert content.splitlines()[line - 1] == expected
    if on is None:  # twins: the second is the mistake
        assert line > content.splitlines().index(expected)


def test_a_key_that_is_missing_is_told_by_the_line_of_its_table() -> None:
    content = WHOLE.replace('group = "hours"\n', "", 1)
    line = line_told(content)
    assert line is not None
    assert content.splitlines()[line - 1 : line + 1] == ["[[items]]", 'id = "not-late"']


def test_a_table_inside_an_item_is_found_too() -> None:
    check = 'check = { kind = "automatic", rule = "contact-hours", parameters = { closed_from = "22:00" } }'
    content = WHOLE.replace(
        check,
        '[items.check]\nkind = "tick"\n[[items.check.helpers]]\nrule = "names-match"\n'
        '[[items.check.helpers]]\nrule = "moon-phase"',
    )
    line = line_told(content)
    assert line is not None
    assert content.splitlines()[line - 1] == 'rule = "moon-phase"'


@pytest.mark.parametrize(("content", "line"), [(b"a = 1\n= = =", 2), (b'a = "\n\xff"', 2), (b"a = 1", None)])
def test_a_file_that_is_no_pack(content: bytes, line: int | None) -> None:
    found = examine(content)
    assert isinstance(found, PackMistake)
    assert line_of(content, found.reason, found.where) == line


@pytest.mark.parametrize("mistake", MISTAKES)
def test_no_mistake_makes_the_search_fail(mistake: str) -> None:
    old, new, item, _ = MISTAKES[mistake]
    line = line_told(WHOLE.replace(old, new, 1))
    assert line is not None or not item


def test_a_separator_inside_a_text_is_no_line_of_its_own() -> None:
    content = WHOLE.replace("\n", "\r\n").replace("art. 1", "art.\u20281")
    line = line_told(content)
    assert line is not None
    assert "art.\u20281" in content.split("\n")[line - 1]
    late = WHOLE.replace("[[groups]]", "# a\u2028b\n[[groups]]", 1).replace("order = 1\n", "order = 0\n")
    line = line_told(late)
    assert line is not None
    assert late.split("\n")[line - 1] == "order = 0"
