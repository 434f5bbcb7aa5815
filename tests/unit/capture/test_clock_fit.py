"""The device's clock is found below late blocks, and each sample's moment with it."""

from __future__ import annotations

import statistics

import numpy as np
import pytest

from evidencedesk.capture.clock_fit import ClockFit, fit_clock

RATE_HZ = 48_000
BEGAN_NS = 987_654_321_000_000_000
MS = 1_000_000


def arrivals(
    ppm: float, seconds: int, seed: int, late_ms: float = 30.0, block: int = 4800
) -> list[tuple[int, int]]:
    """The promptest block of each second; one in a hundred blocks is half a second late."""
    chance = np.random.default_rng(seed)
    true_rate_hz = RATE_HZ * (1 + ppm / 1_000_000)
    points = []
    for second in range(seconds):
        blocks = []
        for index in range(RATE_HZ // block):
            samples = second * RATE_HZ + (index + 1) * block
            late_ns = chance.uniform(0, late_ms) * MS + (500 * MS if chance.random() < 0.01 else 0)
            blocks.append((samples, BEGAN_NS + round(samples * 1e9 / true_rate_hz + late_ns)))
        points.append(min(blocks, key=lambda point: point[1] - point[0] * 1_000_000_000 // RATE_HZ))
    return points


def fitted(points: list[tuple[int, int]]) -> ClockFit:
    fit = fit_clock(points, RATE_HZ)
    assert fit is not None
    return fit


@pytest.mark.parametrize("ppm", [200.0, -40.0, 0.0])
def test_a_clock_is_known_to_5_ppm_after_a_minute_of_small_late_blocks(ppm: float) -> None:
    for seed in range(20):
        fit = fitted(arrivals(ppm, 60, seed, block=960))
        assert abs(fit.ppm - ppm) <= 5, seed


@pytest.mark.parametrize("ppm", [200.0, -40.0])
def test_blocks_of_a_tenth_of_a_second_mostly_give_5_ppm_after_a_minute(ppm: float) -> None:
    wrong = [abs(fitted(arrivals(ppm, 60, seed)).ppm - ppm) for seed in range(30)]
    assert statistics.median(wrong) <= 5


def test_the_longer_the_recording_the_better_its_clock_is_known() -> None:
    short, long = fitted(arrivals(200, 60, 3)), fitted(arrivals(200, 900, 3))
    assert abs(long.ppm - 200) <= 0.5
    assert long.ppm_uncertainty < short.ppm_uncertainty / 10


@pytest.mark.parametrize("late_ms", [0.2, 5.0, 30.0])
def test_the_uncertainty_is_not_smaller_than_the_error(late_ms: float) -> None:
    for seed in range(20):
        fit = fitted(arrivals(200, 30, seed, late_ms))
        assert abs(fit.ppm - 200) <= fit.ppm_uncertainty, seed


def test_each_sample_stands_at_its_moment() -> None:
    fit = fitted(arrivals(200, 120, 5, block=960))
    for sample in (0, 60 * RATE_HZ, 120 * RATE_HZ):
        true_ns = BEGAN_NS + round(sample * 1e9 / (RATE_HZ * 1.0002))
        assert abs(fit.mono_ns_of(sample) - true_ns) < 1 * MS


def test_points_without_lateness_give_the_clock_exactly() -> None:
    fit = fitted(arrivals(0, 10, 1, late_ms=0))
    assert fit.mono_ns_of(0) == fit.first_sample_mono_ns == BEGAN_NS
    assert abs(fit.ppm) < 0.001
    assert fit.residual_ms < 0.001


def test_the_residual_is_the_usual_lateness_and_not_the_worst() -> None:
    points = [(second * RATE_HZ, BEGAN_NS + second * 1_000_000_000) for second in range(30)]
    late = [(at, ns + (2 * MS if index % 3 else 0)) for index, (at, ns) in enumerate(points)]
    late[7] = (late[7][0], late[7][1] + 500 * MS)
    assert fitted(late).residual_ms == pytest.approx(2.0)


def test_a_late_first_and_a_late_last_block_change_nothing() -> None:
    points = [(second * RATE_HZ, BEGAN_NS + second * 1_000_000_000) for second in range(30)]
    points[0] = (points[0][0], points[0][1] + 1100 * MS)
    points[-1] = (points[-1][0], points[-1][1] + 300 * MS)
    fit = fitted(points)
    assert abs(fit.ppm) < 0.001
    assert fit.first_sample_mono_ns == BEGAN_NS


def test_the_order_of_points_does_not_matter() -> None:
    points = arrivals(-40, 30, 2)
    assert fit_clock(points[::-1], RATE_HZ) == fit_clock(points, RATE_HZ)


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(0, 0), (RATE_HZ * 9, 9_000 * MS)],
        [(0, 0), (RATE_HZ, 1_000 * MS), (RATE_HZ * 3 // 2, 1_500 * MS)],
        [(RATE_HZ, 0), (RATE_HZ, 1_000 * MS), (RATE_HZ, 5_000 * MS)],
    ],
    ids=["none", "two points", "less than two seconds", "no sound arrived"],
)
def test_too_little_says_nothing_about_a_clock(points: list[tuple[int, int]]) -> None:
    assert fit_clock(points, RATE_HZ) is None
