"""Pieces of sound find their place on one time line, nothing is heard twice and nothing drifts away."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.capture.listening_plan import Piece, Run, Side, Track, runs_of

SECOND_NS = 1_000_000_000
ORIGIN_NS = 500 * SECOND_NS
OUT_HZ = 24_000
IN_HZ = 48_000


def piece(first_s: float, length_s: float, at_s: float) -> Piece:
    return Piece(round(first_s * IN_HZ), round(length_s * IN_HZ), ORIGIN_NS + round(at_s * SECOND_NS))


def track(name: str, *pieces: Piece, ppm: float = 0.0) -> Track:
    return Track(Path(name), IN_HZ, 1, Side.BOTH, pieces, ppm)


def spans(runs: list[Run]) -> list[tuple[str, float, float, float]]:
    """Name, first second in the file, and from when to when it is heard."""
    return [
        (s.track.path.name, s.first_sample / IN_HZ, s.start / OUT_HZ, s.end / OUT_HZ)
        for run in runs
        for s in run.stretches
    ]


def test_a_gap_separates_two_runs() -> None:
    runs = runs_of([track("a", piece(0, 2, 0), piece(2, 3, 5))], OUT_HZ, ORIGIN_NS)
    assert spans(runs) == [("a", 0, 0, 2), ("a", 2, 5, 8)]
    assert len(runs) == 2


def test_parts_that_follow_each_other_are_one_run() -> None:
    tracks = [track("b", piece(0, 2, 3.0004)), track("a", piece(0, 3, 0))]
    (run,) = runs_of(tracks, OUT_HZ, ORIGIN_NS)
    assert [s.track.path.name for s in run.stretches] == ["a", "b"]
    assert run.stretches[1].start == 3 * OUT_HZ


def test_a_later_piece_takes_the_place_of_an_earlier_ones_end() -> None:
    tracks = [track("a", piece(0, 10, 0)), track("b", piece(0, 10, 9))]
    assert spans(runs_of(tracks, OUT_HZ, ORIGIN_NS)) == [("a", 0, 0, 9), ("b", 0, 9, 19)]


def test_a_short_later_piece_does_not_silence_the_rest_of_a_long_one() -> None:
    tracks = [track("a", piece(0, 10, 0)), track("b", piece(0, 2, 4)), track("c", piece(0, 1, 5))]
    assert spans(runs_of(tracks, OUT_HZ, ORIGIN_NS)) == [
        ("a", 0, 0, 4),
        ("b", 0, 4, 5),
        ("c", 0, 5, 6),
        ("a", 6, 6, 10),
    ]


def test_a_piece_that_covers_several_takes_all_their_places() -> None:
    tracks = [track("a", piece(0, 4, 0)), track("b", piece(0, 1, 2)), track("c", piece(0, 9, 2))]
    assert spans(runs_of(tracks, OUT_HZ, ORIGIN_NS)) == [("a", 0, 0, 2), ("c", 0, 2, 11)]


def test_a_fast_device_is_heard_in_its_true_time() -> None:
    (run,) = runs_of([track("a", piece(0, 3600, 0), ppm=200)], OUT_HZ, ORIGIN_NS)
    assert run.end == round(3600 * OUT_HZ / 1.0002)


def test_pieces_placed_each_minute_never_leave_their_time_by_more_than_two_milliseconds() -> None:
    # A clock said to be right that runs fast by 10 ppm: each minute's join is too small to be seen.
    pieces = [piece(60 * n, 60, 60 * n / 1.00001) for n in range(120)]
    for run in runs_of([track("a", *pieces)], OUT_HZ, ORIGIN_NS):
        heard_at = float(run.start)
        for stretch in run.stretches:
            true_at = stretch.first_sample / IN_HZ / 1.00001 * OUT_HZ
            assert abs(heard_at - true_at) <= 0.002 * OUT_HZ
            heard_at += stretch.samples * OUT_HZ / IN_HZ


def test_pieces_without_samples_are_nothing() -> None:
    assert runs_of([track("a", piece(0, 0, 0))], OUT_HZ, ORIGIN_NS) == []
