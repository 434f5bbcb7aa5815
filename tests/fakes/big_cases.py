"""Cases with much in them: a call with two sides in parts, hundreds of encounters, thousands of lines."""

from __future__ import annotations

from dataclasses import replace

from evidencedesk.domain.case import CaseFile, Leg, Mode, Note
from fakes.ui_more_services import example_case_file, moment


def call_case() -> CaseFile:
    """The example case, whose call has two sides; the near one broke off and went on in another part."""
    file = example_case_file()
    call = next(one for one in file.encounters if one.mode is Mode.CALL)
    first = replace(file.recordings[-1], id="r-0000near", encounter=call.id, samples=200 * 48_000)
    second = replace(first, id="r-0000nea2", part=2, begins_ms=203_000, samples=97 * 48_000)
    far = replace(first, id="r-0000far1", leg=Leg.FAR, begins_ms=400, samples=299 * 48_000)
    return replace(
        file,
        encounters=(*(one for one in file.encounters if one is not call), call),
        recordings=(first, second, far),
        gaps=(),
        notes=tuple(replace(one, encounter=call.id, recording=first.id, at_ms=90_000) for one in file.notes),
        ticks=tuple(
            replace(one, encounter=call.id, recording=far.id, at_ms=one.at_ms // 4 if one.at_ms else 5000)
            for one in file.ticks
        ),
    )


def many_encounters(count: int) -> CaseFile:
    """A visit a day, each with its own sound."""
    file = example_case_file()
    visit, sound = file.encounters[-1], file.recordings[-1]
    visits = [
        replace(visit, id=f"e-{day:08x}", opened=moment(86_400 * (day - count)), closed=None)
        for day in range(count)
    ]
    sounds = [
        replace(sound, id=f"r-{day:08x}", encounter=one.id, samples=(60 + day) * 48_000)
        for day, one in enumerate(visits)
    ]
    ticks = [
        replace(file.ticks[1], encounter=one.id, id=f"t-{day:08x}") for day, one in enumerate(visits[::7])
    ]
    return replace(
        file, encounters=tuple(visits), recordings=tuple(sounds), ticks=tuple(ticks), notes=(), gaps=()
    )


def many_lines(count: int) -> CaseFile:
    """A visit with so many notes, some of them long."""
    file = example_case_file()
    visit, sound = file.encounters[-1], file.recordings[-1]
    words = (
        "门口又来了一个人",
        "他说今天必须还",
        "The neighbour opened the door and asked what is going on here",
    )

    def note(number: int) -> Note:
        text = f"{number} {words[number % 3]}" + "，声音很大" * (number % 29 == 0) * 12
        at_ms = number * 1000 * 1293 // count
        return Note(
            f"n-{number:08x}", visit.case, visit.id, sound.id, at_ms, text, None, moment(at_ms / 1000)
        )

    return replace(file, notes=tuple(note(number) for number in range(count)))
