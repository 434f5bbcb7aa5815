from __future__ import annotations

from evidencedesk.ui.help.markdown import links_of, pictures_of, sections_of, slug

PAGE = """# A *title*

First `code` & **bold**, a [link](other.md#there) and https://example.org/x.

![What is seen](picture.png)

<a id="own"></a>
## 3 Someone knocks: press

| key | what |
|---|---|
| F1 | a <b>threat</b> |

- one
  goes on
- two

1. first
2. second

```
# no heading
<script>
```
"""


def test_a_page_is_cut_at_its_headings() -> None:
    sections = sections_of(PAGE)
    assert [(one.level, one.title) for one in sections] == [(1, "A title"), (2, "3 Someone knocks: press")]
    assert sections[1].anchors == ("own", "3-someone-knocks-press")


def test_what_stands_in_a_page_becomes_what_qt_shows() -> None:
    first, second = (one.html for one in sections_of(PAGE))
    assert "<code>code</code> &amp; <b>bold</b>" in first
    assert '<a href="other.md#there">link</a>' in first
    assert '<a href="https://example.org/x.">' in first or '<a href="https://example.org/x">' in first
    assert '<img src="picture.png" alt="What is seen">' in first
    assert "<th>key</th>" in second
    assert "<li>one\ngoes on</li><li>two</li></ul>" in second
    assert "<ol><li>first</li><li>second</li></ol>" in second
    assert "<pre># no heading\n&lt;script&gt;</pre>" in second


def test_nothing_of_a_page_is_html_of_its_own() -> None:
    assert "a &lt;b&gt;threat&lt;/b&gt;" in sections_of(PAGE)[1].html


def test_a_broken_line_of_chinese_gets_no_space() -> None:
    (section,) = sections_of("# 标题\n\n第一行，\n第二行。\n\nfirst\nsecond\n")
    assert "第一行，第二行。" in section.html
    assert "第一行，第二行。 first second" in section.plain


def test_links_and_pictures_are_told_apart() -> None:
    assert [link.rstrip(".") for link in links_of(PAGE)] == ["other.md#there", "https://example.org/x"]
    assert pictures_of(PAGE) == ("picture.png",)


def test_anchors_are_githubs() -> None:
    assert slug("3 有人敲门：按一下红色按钮") == "3-有人敲门按一下红色按钮"
