"""Where a moment stands in the sound, by the steady clock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.domain.case import Leg
from evidencedesk.domain.sound_place import SoundPlace, place_in_sound
from samples.collection_visit import moment, sample_case

VISIT = "e-00000001"


@pytest.mark.parametrize(
    ("seconds", "at_ms"),
    [
        (0, 0),
        (6.5, 6_500),
        (15, 15_000),
        (15.5, None),  # inside the gap of 1.25 s
        (17, 15_750),
        (25.25, 24_000),
        (25.5, None),
        (-1, None),
    ],
)
def test_a_moment_stands_where_its_sound_is(seconds: float, at_ms: int | None) -> None:
    place = place_in_sound(sample_case(), VISIT, moment(seconds))
    assert place == (None if at_ms is None else SoundPlace("r-00000001", at_ms))


def test_a_clock_that_was_set_moves_nothing() -> None:
    later = replace(moment(6.5), utc=moment(3000).utc)
    assert place_in_sound(sample_case(), VISIT, later) == SoundPlace("r-00000001", 6_500)


def test_after_another_start_of_the_computer_the_wall_clock_counts() -> None:
    place = place_in_sound(sample_case(), VISIT, replace(moment(6.5), boot="boot-2", mono_ns=1))
    assert place == SoundPlace("r-00000001", 6_500)


def test_what_was_heard_before_the_button_comes_first_in_the_sound() -> None:
    case_file = sample_case()
    first = replace(case_file.recordings[0], earlier_ms=4_000)
    place = place_in_sound(replace(case_file, recordings=(first,)), VISIT, moment(6))
    assert place == SoundPlace("r-00000001", 10_000)


def test_the_microphone_is_preferred_to_the_other_side() -> None:
    case_file = sample_case()
    near = case_file.recordings[0]
    far = replace(near, id="r-00000009", leg=Leg.FAR)
    place = place_in_sound(replace(case_file, recordings=(far, near)), VISIT, moment(1))
    assert place == SoundPlace(near.id, 1_000)


def test_another_encounter_has_no_sound_then() -> None:
    assert place_in_sound(sample_case(), "e-00000002", moment(6)) is None
