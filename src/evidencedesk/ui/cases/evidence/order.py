"""What moving, adding and leaving out make of a list: plain functions on its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencedesk.domain.evidence import EvidenceChoice, by_heading

Lines = tuple[EvidenceChoice, ...]


def in_order(lines: Sequence[EvidenceChoice]) -> Lines:
    """Every line under its heading, as the numbers count."""
    return tuple(line for _, group in by_heading(lines) for line in group)


def moved(lines: Sequence[EvidenceChoice], name: str, step: int) -> Lines:
    """One place up (-1) or down (1); over the edge of its heading a line comes under the next one."""
    ordered = list(in_order(lines))
    at = _place(ordered, name)
    to = at + step
    if not 0 <= to < len(ordered):
        return tuple(ordered)
    line, neighbour = ordered[at], ordered[to]
    if neighbour.group != line.group:
        ordered[at] = replace(line, group=neighbour.group)
        return in_order(ordered)
    ordered[at], ordered[to] = neighbour, line
    return tuple(ordered)


def placed(lines: Sequence[EvidenceChoice], name: str, before: str | None) -> Lines:
    """Dropped in front of another line, under its heading; at the end without one."""
    ordered = list(in_order(lines))
    line = ordered.pop(_place(ordered, name))
    if before is None or before == name:
        last = ordered[-1].group if ordered else line.group
        return (*ordered, replace(line, group=last if before is None else line.group))
    at = _place(ordered, before)
    ordered.insert(at, replace(line, group=ordered[at].group))
    return in_order(ordered)


def heading_moved(lines: Sequence[EvidenceChoice], title: str, step: int) -> Lines:
    """A whole heading one place up or down."""
    groups = list(by_heading(lines))
    at = next(place for place, (heading, _) in enumerate(groups) if heading == title)
    to = at + step
    if 0 <= to < len(groups):
        groups[at], groups[to] = groups[to], groups[at]
    return tuple(line for _, group in groups for line in group)


def renamed(lines: Sequence[EvidenceChoice], title: str, new: str) -> Lines:
    """Another wording of a heading; that of another one joins the two."""
    return in_order([replace(line, group=new) if line.group == title else line for line in lines])


def changed(lines: Sequence[EvidenceChoice], name: str, *, group: str, proves: str) -> Lines:
    """Another heading or other words for one line."""
    return in_order(
        [replace(line, group=group, proves=proves) if line.id == name else line for line in lines]
    )


def without(lines: Sequence[EvidenceChoice], name: str) -> Lines:
    """One line less."""
    return tuple(line for line in lines if line.id != name)


def _place(lines: Sequence[EvidenceChoice], name: str) -> int:
    return next(place for place, line in enumerate(lines) if line.id == name)
