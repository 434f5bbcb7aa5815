"""An encounter as it is heard: the originals on one line, and a cache that is never evidence."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.placed_sound import LINE_RATE_HZ, PlacedSound
from evidencedesk.capture.play_engine import PlayEngine
from evidencedesk.domain.case import Case, Gap, Leg, Mode
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.sound_line import Hear, PlayOptions
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.library_files import CACHE
from evidencedesk.workflows.play_encounter import (
    outline,
    outline_now,
    playable_encounter,
    playable_import,
    silences,
    speech,
)
from evidencedesk.workflows.record_encounter import RecordEncounter
from fakes.sounds import read_mono, second_of, stairs


def recorded(desk: Desk, case: Case, sound: Path) -> str:
    encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id)
    deadline = time.monotonic() + 30
    while not encounter.finished:
        encounter.poll()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return encounter.encounter


def test_a_visit_is_heard_from_its_original_file(desk: Desk, case: Case, short_sound: Path) -> None:
    encounter = recorded(desk, case, short_sound)
    case_file = desk.store.case_file(case.id)
    playable = playable_encounter(desk, case_file, encounter)
    assert playable is not None
    (recording,) = case_file.recordings
    assert playable.line.sounds == (recording.id,)
    assert not playable.line.two_sides
    assert abs(playable.line.length_ms - 1600) <= 1
    (piece,) = playable.plan.near
    assert Path(piece.path) == desk.recording_folder(case.id, recording.id) / "audio.flac"
    heard = PlacedSound(playable.plan.near).read(0, LINE_RATE_HZ)
    assert float(np.corrcoef(heard, read_mono(short_sound)[:LINE_RATE_HZ])[0, 1]) > 0.999
    assert playable_encounter(desk, case_file, "e-ffffffff") is None


def test_a_gap_has_its_time_on_the_line_and_its_pulses_need_not_be_read(
    desk: Desk, case: Case, short_sound: Path
) -> None:
    encounter = recorded(desk, case, short_sound)
    case_file = desk.store.case_file(case.id)
    (recording,) = case_file.recordings
    (desk.recording_folder(case.id, recording.id) / "pulse.jsonl").unlink()
    gap = Gap(case.id, recording.id, 500, 2000, "stalled", recording.started)
    playable = playable_encounter(desk, replace(case_file, gaps=(gap,)), encounter)
    assert playable is not None
    line = playable.line
    assert line.length_ms == pytest.approx(3600, abs=1)
    assert line.line_ms(recording.id, 400) == 400
    assert line.line_ms(recording.id, 700) == pytest.approx(2700, abs=1)
    assert line.place_at(1500) == (recording.id, 500)
    heard = PlacedSound(playable.plan.near).read(0, playable.plan.length)
    assert not heard[LINE_RATE_HZ : 2 * LINE_RATE_HZ].any()
    assert heard[: LINE_RATE_HZ // 4].any()
    assert heard[-LINE_RATE_HZ // 4 :].any()


def test_parts_and_sides_without_their_pulses_stand_where_the_journal_says(
    desk: Desk, case: Case, short_sound: Path, tmp_path: Path
) -> None:
    encounter = recorded(desk, case, short_sound)
    case_file = desk.store.case_file(case.id)
    (first,) = case_file.recordings
    stairs(tmp_path / "far.flac", 6, first_hz=2000)
    stairs(tmp_path / "near.flac", 4)
    others = []
    for number, (leg, begins_ms, seconds) in enumerate(((Leg.NEAR, 3000, 4), (Leg.FAR, 1000, 6))):
        made = replace(
            first,
            id=f"r-0000000{number}",
            leg=leg,
            part=2 - number,
            begins_ms=begins_ms,
            rate_hz=48_000,
            samples=seconds * 48_000,
        )
        folder = desk.recording_folder(case.id, made.id)
        folder.mkdir(parents=True)
        (folder / "audio.flac").write_bytes((tmp_path / f"{leg.value}.flac").read_bytes())
        others.append(made)
    whole = replace(case_file, recordings=(first, *others))
    playable = playable_encounter(desk, whole, encounter)
    assert playable is not None
    line = playable.line
    assert line.two_sides
    assert line.length_ms == 7000
    assert line.line_ms("r-00000000", 2000) == 5000
    assert line.line_ms("r-00000001", 2000) == 3000
    assert line.place_at(2500) == ("r-00000001", 1500)  # the near side is silent here, the far one speaks
    assert line.place_at(3500) == ("r-00000000", 500)
    player = PlayEngine(playable.plan)
    for hear, first_hz, heard in ((Hear.NEAR, 400, 2), (Hear.FAR, 2000, 4)):
        player.options = PlayOptions(hear=hear)
        player.seek(5 * LINE_RATE_HZ)
        sound = np.concatenate([player.next() for _ in range(25)])[4000:20_000]
        assert second_of(sound, first_hz) == pytest.approx(heard, abs=0.1)


def test_what_was_reckoned_is_kept_beside_the_cases_and_never_exported(
    desk: Desk, case: Case, short_sound: Path, words: Words, tmp_path: Path
) -> None:
    recorded(desk, case, short_sound)
    (recording,) = desk.store.case_file(case.id).recordings
    assert outline_now(desk, recording) is None
    made = outline(desk, recording, lambda _share, _outline: None, lambda: False)
    assert outline_now(desk, recording) == made
    assert abs(len(made.levels[0]) - 160) <= 1
    speech(desk, recording)
    cached = sorted(path.name for path in (desk.library / CACHE).rglob("*.*"))
    assert cached == [f"{recording.file_sha256}.json", f"{recording.file_sha256}.peaks"]
    folder = export_case(desk, case.id, tmp_path / "out", words).path
    assert not [path for path in folder.rglob("*") if path.suffix == ".peaks" or path.name == CACHE]


def test_a_sound_that_is_gone_is_a_known_error(desk: Desk, case: Case, short_sound: Path) -> None:
    recorded(desk, case, short_sound)
    (recording,) = desk.store.case_file(case.id).recordings
    (desk.recording_folder(case.id, recording.id) / "audio.flac").unlink()
    for work in (
        lambda: outline(desk, recording, lambda _share, _outline: None, lambda: False),
        lambda: speech(desk, recording),
    ):
        with pytest.raises(Known) as raised:
            work()
        assert raised.value.code is Code.SOUND_FILE_UNREADABLE


def test_a_recording_made_elsewhere_is_heard_where_it_can_be_read(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    stairs(tmp_path / "phone.wav", 3, 44_100)
    playable = playable_import(desk, import_recording(desk, case.id, tmp_path / "phone.wav"))
    assert playable is not None
    assert playable.line.length_ms == 3000
    heard = PlacedSound(playable.plan.near).read(int(1.2 * LINE_RATE_HZ), LINE_RATE_HZ // 2)
    assert second_of(heard) == pytest.approx(1, abs=0.1)
    (tmp_path / "phone.qcp").write_bytes(b"nobody reads this")
    assert playable_import(desk, import_recording(desk, case.id, tmp_path / "phone.qcp")) is None


def test_a_silence_is_where_neither_side_speaks(desk: Desk, case: Case, tmp_path: Path) -> None:
    sf.write(tmp_path / "a.wav", np.zeros(20 * 8000), 8000)
    playable = playable_import(desk, import_recording(desk, case.id, tmp_path / "a.wav"))
    assert playable is not None
    near = playable.line
    both = replace(
        near,
        sounds=("near", "far"),
        far=frozenset({"far"}),
        places=(
            replace(near.places[0], sound="near"),
            replace(near.places[0], sound="far", line_ms=2000, length_ms=18_000),
        ),
    )
    spoken = {"near": ((1000, 3000), (15_000, 16_000)), "far": ((3000, 6000), (14_500, 15_000))}
    assert silences(both, spoken) == ((3000, 5000), (8000, 15_000), (17_000, 20_000))
