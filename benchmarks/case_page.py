"""The case page with ten thousand lines, against Qt's own bare table with as many; a wave of three hours.

    PYTHONPATH=tests python -m benchmarks.case_page [--short] [--times N]

Both tables are painted by the same style in the same window size in the same run. "Open" is from handing
over the rows until they are painted; "scroll" is one step of a wheel with the painting that it causes.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import soundfile as sf
from benchmarks.common import Goal, Outcome, Setting, run
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from evidencedesk.capture.outlines import keep_outline, kept_outline, read_outline
from evidencedesk.domain.outline import Outline, coarser
from evidencedesk.domain.sound_line import Place
from evidencedesk.ui.cases.player.wave_view import WaveView
from evidencedesk.ui.cases.review.line_filter import LineFilter
from evidencedesk.ui.cases.review.presenter import ReviewState
from evidencedesk.ui.cases.review.timeline_card import TimelineCard
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.big_cases import many_lines
from fakes.catalogues import locale_dir
from fakes.ui_more_services import example_packs

_ROWS = 10_000
_SIZE = QSize(700, 500)
_HOURS_MS = 3 * 3600 * 1000
_RATE_HZ = 48_000
Index = QModelIndex | QPersistentModelIndex


class _Trivial(QAbstractTableModel):
    """As little as a table can ask for."""

    def rowCount(self, _parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return _ROWS

    def columnCount(self, _parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 5

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return f"{index.row()} text" if role == Qt.ItemDataRole.DisplayRole else None


def measure(setting: Setting) -> Iterator[Outcome]:
    """Tables first, then the wave."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)  # noqa: S101 - there is no other kind here
    Theme(application, "light")
    times = setting.choose(5, 15)
    yield _tables(setting, times)
    yield _waves(setting, times)


def _tables(setting: Setting, times: int) -> Outcome:
    words = UiWords("zh", locale_dir(setting.folder / "locale"))
    file = many_lines(_ROWS)
    state = ReviewState(file, example_packs(), file.encounters[-1].id)
    opened: dict[str, list[float]] = {"bare": [], "first": [], "again": []}
    scrolled: dict[str, list[float]] = {"bare": [], "ours": []}
    narrowed = []
    for _ in range(times):
        bare = QTableView()
        _show(bare)
        opened["bare"].append(_timed(lambda view=bare: view.setModel(_Trivial(view)), bare))
        scrolled["bare"].append(_scroll(bare))
        card = TimelineCard(words)
        _show(card)
        opened["first"].append(_timed(lambda card=card: card.show_state(state), card))
        scrolled["ours"].append(_scroll(card.table))
        narrowed.append(_timed(lambda card=card: card.filters.search.setText("必须还 99"), card))
        # The lines are made already: what another filter, or coming back, costs.
        opened["again"].append(_timed(card.filters.clear, card))
        for widget in (bare, card):
            widget.close()
            widget.deleteLater()
    bare_s, first_s, again_s = (statistics.median(opened[name]) for name in ("bare", "first", "again"))
    bare_step_s, step_s = (statistics.median(scrolled[name]) for name in ("bare", "ours"))
    rows = (
        ("open, lines made from the case", first_s * 1000, first_s / bare_s),
        ("open, lines made before", again_s * 1000, again_s / bare_s),
        ("narrow by two words", statistics.median(narrowed) * 1000, statistics.median(narrowed) / bare_s),
        ("one step of the wheel", step_s * 1000, step_s / bare_step_s),
    )
    return Outcome(
        f"A timeline of {_ROWS} lines",
        ("", "ms", "x bare table"),
        rows,
        {name: {"ms": ms, "ratio": ratio} for name, ms, ratio in rows},
        (
            # A frame of 60 Hz is 16.7 ms: below it nobody sees a step.
            Goal("one step of the wheel, in frames of 60 Hz", step_s / 0.0167, 1.0),
            Goal("one step of the wheel, x bare table", step_s / bare_step_s, 8.0),
        ),
        (
            f"bare table: open {bare_s * 1000:.1f} ms, one step {bare_step_s * 1000:.2f} ms",
            f"filtering alone: {_filter_ms(state, words):.1f} ms",
        ),
    )


def _filter_ms(state: ReviewState, words: UiWords) -> float:
    card = TimelineCard(words)
    card.show_state(state)
    lines = card.table.lines.lines
    began = time.perf_counter()
    LineFilter(text="必须还 99").of(lines)
    return (time.perf_counter() - began) * 1000


def _waves(setting: Setting, times: int) -> Outcome:
    minutes = 3 if setting.short else 30
    sound, cached = setting.folder / "long.flac", setting.folder / "cache" / "long.peaks"
    _write_noise(sound, minutes)
    began = time.perf_counter()
    made = read_outline(sound, cached)
    read_s = time.perf_counter() - began
    # Three hours from what was read: its cache is as large as that of a real one.
    steps = (made.levels[0] * (180 // minutes + 1))[: _HOURS_MS // 10]
    long = setting.folder / "cache" / "three-hours.peaks"
    keep_outline(long, Outline(coarser(steps)))
    opens, draws = [], []
    view = WaveView()
    view.resize(1100, 92)
    view.show()
    for _ in range(times):
        began = time.perf_counter()
        outline = kept_outline(long)
        view.show_line([("", (Place("r", 0, _HOURS_MS, 0),))], _HOURS_MS)
        view.show_outlines([("r", outline or Outline(()))])
        view.grab()
        opens.append(time.perf_counter() - began)
        draws += [_timed(lambda: view.zoom(1, 0.4), view) for _step in range(20)]
        view.zoom(-60)
    open_s, draw_s = statistics.median(opens), statistics.median(draws)
    rows = (
        ("read the first time, per hour of sound", read_s * 60 / minutes * 1000),
        ("open three hours from the cache, with painting", open_s * 1000),
        ("one step of zoom, with painting", draw_s * 1000),
    )
    return Outcome(
        "A wave of three hours",
        ("", "ms"),
        rows,
        dict(rows),
        (
            Goal("opening from the cache, in tenths of a second", open_s / 0.1, 1.0),
            Goal("one step of zoom, in frames of 60 Hz", draw_s / 0.0167, 1.0),
        ),
    )


def _write_noise(path: Path, minutes: int) -> None:
    random = np.random.default_rng(1)
    with sf.SoundFile(path, "w", _RATE_HZ, 1, "PCM_16", format="FLAC") as file:
        for _ in range(minutes * 6):
            file.write(random.normal(0, 0.1, 10 * _RATE_HZ).astype(np.float32))


def _show(widget: QWidget) -> None:
    widget.resize(_SIZE)
    widget.show()
    QApplication.processEvents()


def _timed(act: Callable[[], object], widget: QWidget) -> float:
    began = time.perf_counter()
    act()
    widget.repaint()
    QApplication.processEvents()
    return time.perf_counter() - began


def _scroll(table: QTableView) -> float:
    """Seconds for one step, over the whole table."""
    bar = table.verticalScrollBar()
    steps = [round(bar.maximum() * share / 40) for share in range(1, 41)]
    near = [place + by * 60 for place in steps for by in range(3)]
    took = [_timed(lambda place=place: bar.setValue(place), table.viewport()) for place in near]
    return statistics.median(took)


if __name__ == "__main__":
    raise SystemExit(run(__doc__ or "", "how often each is done", measure))
