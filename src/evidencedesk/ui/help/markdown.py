"""The guides, which are Markdown for GitHub, as HTML for the window.

Only what the guides use: headings, paragraphs, lists, tables, pictures, quotations, code, bold, italics,
links, and ``<a id="…"></a>`` before a heading. Everything else is shown as it stands; nothing of it is run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_HEADING = re.compile(r"(#{1,6}) +(.*)")
_ANCHOR = re.compile(r'<a id="([\w-]+)"></a>')
_PICTURE = re.compile(r"!\[([^]]*)]\(([^)\s]+)\)")
_BULLET = re.compile(r"[-*] +(.*)")
_NUMBER = re.compile(r"(\d+)\. +(.*)")
_RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")
_INLINE = re.compile(
    r"`([^`]+)`|\*\*(.+?)\*\*|\*([^*]+)\*|\[([^]]+)]\(([^)\s]+)\)|(https?://[^\s)）>，。；]+)"
)
# Chinese needs no space where a line was broken; everything else does.
_CHINESE = r"[\u2014\u2018-\u201d\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_CHINESE})\n(?={_CHINESE})")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. ``anchors``: its own id, if it has one, and GitHub's."""

    level: int
    title: str
    anchors: tuple[str, ...]
    html: str
    plain: str


def sections_of(text: str) -> tuple[Section, ...]:
    """The parts of a page; the first one is the page's title."""
    parts: list[tuple[int, str, list[str], list[str]]] = []
    waiting: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        heading = None if fenced else _HEADING.fullmatch(line.rstrip())
        anchor = None if fenced else _ANCHOR.fullmatch(line.strip())
        if anchor is not None:
            waiting.append(anchor[1])
        elif heading is not None:
            parts.append((len(heading[1]), heading[2], [*waiting, slug(heading[2])], []))
            waiting = []
        elif parts:
            parts[-1][3].append(line)
    return tuple(
        Section(level, _plain(title), tuple(anchors), _blocks(lines), _plain("\n".join(lines)))
        for level, title, anchors, lines in parts
    )


def slug(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def links_of(text: str) -> tuple[str, ...]:
    """Where a page leads to, pictures left out."""
    without = _PICTURE.sub("", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return tuple(match[5] or match[6] for match in _INLINE.finditer(without) if match[5] or match[6])


def pictures_of(text: str) -> tuple[str, ...]:
    """Which pictures a page shows."""
    return tuple(match[2] for match in _PICTURE.finditer(text))


def _blocks(lines: Sequence[str]) -> str:
    made: list[str] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = _end(lines, at)
        made.append(_block([line.rstrip() for line in lines[at:end]]))
        at = end
    return "\n".join(made)


def _end(lines: Sequence[str], at: int) -> int:
    """Where the block that begins here ends: at a blank line, or at the end of its fence."""
    if lines[at].startswith("```"):
        return next((n + 1 for n in range(at + 1, len(lines)) if lines[n].startswith("```")), len(lines))
    return next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))


def _block(lines: Sequence[str]) -> str:
    first = lines[0]
    if first.startswith("```"):
        return f"<pre>{escape(chr(10).join(lines[1:-1]))}</pre>"
    if first.startswith("|") and len(lines) > 1 and _RULE.fullmatch(lines[1]):
        return _table(lines)
    if first.startswith(">"):
        return f"<blockquote>{_inline(chr(10).join(line.lstrip('> ') for line in lines))}</blockquote>"
    if _BULLET.match(first) or _NUMBER.match(first):
        return _list(lines)
    return f"<p>{_inline(chr(10).join(lines))}</p>"


def _table(lines: Sequence[str]) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in (lines[0], *lines[2:])]
    head = "".join(f"<th>{_inline(cell)}</th>" for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:]
    )
    return f'<table border="1" cellspacing="0" cellpadding="7" width="100%"><tr>{head}</tr>{body}</table>'


def _list(lines: Sequence[str]) -> str:
    items: list[str] = []
    for line in lines:
        begins = _BULLET.match(line) or _NUMBER.match(line)
        if begins is not None:
            items.append(begins[begins.lastindex or 1])
        else:
            items[-1] += f"\n{line.strip()}"
    kind = "ul" if _BULLET.match(lines[0]) else "ol"
    return f"<{kind}>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + f"</{kind}>"


def _inline(text: str) -> str:
    text = _BROKEN.sub("", text)
    made: list[str] = []
    at = 0
    for picture in _PICTURE.finditer(text):
        made += [_marked(text[at : picture.start()]), _picture(picture[1], picture[2])]
        at = picture.end()
    return "".join([*made, _marked(text[at:])])


def _picture(said: str, name: str) -> str:
    return f'<img src="{escape(name)}" alt="{escape(said)}">'


def _marked(text: str) -> str:
    made: list[str] = []
    at = 0
    for found in _INLINE.finditer(text):
        code, bold, italic, said, target, address = found.groups()
        made.append(escape(text[at : found.start()]))
        if code is not None:
            made.append(f"<code>{escape(code)}</code>")
        elif bold is not None:
            made.append(f"<b>{_marked(bold)}</b>")
        elif italic is not None:
            made.append(f"<i>{escape(italic)}</i>")
        else:
            goal = target or address
            made.append(f'<a href="{escape(goal)}">{_marked(said) if said else escape(goal)}</a>')
        at = found.end()
    return "".join([*made, escape(text[at:])])


def _plain(text: str) -> str:
    """The words alone, to be searched and shown in a line."""
    text = _BROKEN.sub("", _PICTURE.sub("", re.sub(r"```\w*\n?", "", text)))
    text = re.sub(r"\[([^]]+)]\([^)\s]+\)", r"\1", text)
    text = re.sub(r"^(?:[-*>] +|\|[\s:|-]+\|$)", "", text, flags=re.MULTILINE)
    return " ".join(re.sub(r"[*`|]", " ", text).split())
