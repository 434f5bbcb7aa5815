"""The picture of a sound for paper: bars, numbered marks, a scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidencedesk.domain.moment import clock_text
from evidencedesk.export.papers.blocks import Mark, Sign, Wave
from evidencedesk.export.papers.material import Columns
from evidencedesk.export.start_here_view import RowView
from evidencedesk.export.waveform import BARS, HEIGHT, waveform_path
from evidencedesk.wording.language import Words, mark

_WHOLE = 10_000
_SCALE_STEPS = 4
# Two numbers closer than this would print over each other.
_NUMBER_ROOM = 260

_MEANINGS = {
    "bad": mark("breach or quick marker"),
    "note": mark("note"),
    "kept": mark("kept"),
    "warn": mark("gap or warning"),
}


def wave(
    columns: Columns,
    duration_ms: int,
    recording: str,
    rows: Sequence[RowView],
    numbers: Mapping[int, int],
    words: Words,
    title: str,
) -> Wave:
    """The picture of one recording; ``numbers`` gives each row's number by its place in ``rows``."""
    t = words.text
    marks: list[Mark] = []
    numbered_until = -_NUMBER_ROOM
    for place, row in sorted(enumerate(rows), key=lambda item: (item[1].at_ms or 0, item[0])):
        if row.recording != recording or row.at_ms is None or row.void or row.look == "quiet":
            continue
        at = min(_WHOLE, row.at_ms * _WHOLE // duration_ms) if duration_ms else 0
        number = ""
        if at - numbered_until >= _NUMBER_ROOM:
            number = str(numbers[place])
            numbered_until = at
        marks.append(Mark(at, row.look, number))
    scale = tuple(clock_text(duration_ms * step // _SCALE_STEPS) for step in range(_SCALE_STEPS + 1))
    there = {one.look for one in marks}
    legend = tuple(Sign(look, t(meaning)) for look, meaning in _MEANINGS.items() if look in there)
    alt = t("Loudness of {title} over its length", title=title)
    return Wave(wave_svg(columns), tuple(marks), scale, legend, alt)


def wave_svg(columns: Columns) -> str:
    """The bars alone, as a drawing that may be stretched."""
    bars = min(BARS, len(columns)) or 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{bars}" height="{HEIGHT}" '
        f'viewBox="0 0 {bars} {HEIGHT}" preserveAspectRatio="none">'
        f'<path fill="#5d7187" d="{waveform_path(columns)}"/></svg>'
    )
