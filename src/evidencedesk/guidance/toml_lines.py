"""Finds the line of a pack's file that a place such as ``items[3].check.rule`` stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(#.*)?")
_ASSIGNED = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=\s*(.*)")
_STEP = re.compile(r"([A-Za-z0-9_\-]+)(?:\[(\d+)\])?")
_TOLD_BY_PARSER = re.compile(r"\(at line (\d+), column \d+\)")

Lines = list[tuple[int, str]]


def line_of(content: bytes, reason: str, where: str) -> int | None:
    """The line, counted from 1, of a mistake's reason and place; None where nobody can tell.

    A key that is missing is told by the line its table begins on.
    """
    if reason == "not-utf-8":
        return content.count(b"\n", 0, int(where)) + 1
    if reason == "not-toml":
        told = _TOLD_BY_PARSER.search(where)
        return int(told[1]) if told else None
    lines = list(enumerate(content.decode("utf-8", errors="replace").split("\n"), start=1))
    path, _, value = where.partition("=")
    steps = [(match[1], int(match[2] or 0)) for match in _STEP.finditer(path)]
    if not steps:
        return None
    (name, number), *inside = steps
    blocks = list(_blocks(lines, name))
    if number:
        return _inside(blocks[number - 1], inside) if number <= len(blocks) else _key(lines, name)
    # A twin: the second one is the mistake.
    twin = _last_assigned(blocks, inside[0][0], value) if value and inside else None
    if twin is not None:
        return twin
    return _inside(blocks[0], inside) if blocks else _key(_before_tables(lines), name)


def _blocks(lines: Lines, name: str) -> Iterator[Lines]:
    """Each table of that name with the tables inside it, from its header on."""
    block: Lines = []
    for number, line in lines:
        header = _HEADER.fullmatch(line)
        if header and header[1] == name:
            if block:
                yield block
            block = [(number, line)]
        elif header and not header[1].startswith(f"{name}."):
            if block:
                yield block
            block = []
        elif block:
            block.append((number, line))
    if block:
        yield block


def _inside(block: Lines, steps: list[tuple[str, int]]) -> int:
    """The line of a key in a table; that of the table where the key is not written on a line of its own."""
    if not steps:
        return block[0][0]
    (name, number), *deeper = steps
    found = _key(_before_tables(block[1:]), name)
    if found is not None:
        return found
    header = _HEADER.fullmatch(block[0][1])
    inner = list(_blocks(block[1:], f"{header[1]}.{name}")) if header else []
    chosen = max(number, 1) - 1
    return _inside(inner[chosen], deeper) if chosen < len(inner) else block[0][0]


def _before_tables(lines: Lines) -> Lines:
    for place, (_, line) in enumerate(lines):
        if _HEADER.fullmatch(line):
            return lines[:place]
    return lines


def _key(lines: Lines, name: str) -> int | None:
    return next((number for number, line in lines if (m := _ASSIGNED.match(line)) and m[1] == name), None)


def _last_assigned(blocks: list[Lines], name: str, value: str) -> int | None:
    found = None
    for block in blocks:
        for number, line in block:
            assigned = _ASSIGNED.match(line)
            if assigned and assigned[1] == name and assigned[2].strip().strip("\"'") == value:
                found = number
    return found
