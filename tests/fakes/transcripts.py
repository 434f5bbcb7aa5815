"""A call in two legs and two parts that a program wrote down."""

from __future__ import annotations

from dataclasses import replace

from evidencedesk.domain.case import CaseFile, Leg
from evidencedesk.domain.transcript import Sentence, Transcript
from fakes.ui_more_services import example_case_file, moment

CALL = "e-0000ca11"
_NEAR = (
    (2_000, "您好,请问您是哪一位?"),
    (9_500, "请您报一下工号和公司名称。"),
    (31_000, "我不同意这个金额。"),
)
_FAR = (
    (4_800, "我是来分期委托的某某公司。"),
    (12_000, "工号不方便透露,你先把误款还了。"),
    (19_000, "今天不还,我们明天上门。"),
)
_LATER = ((1_000, "那我给你家里人打电话。"),)


def called_file() -> CaseFile:
    """The example case; its call has two sides and, on the far one, two parts, all written down."""
    file = example_case_file()
    near = next(one for one in file.recordings if one.encounter == CALL)
    far = replace(near, id="r-0000far1", leg=Leg.FAR, begins_ms=500, samples=40 * 48_000)
    later = replace(far, id="r-0000far2", part=2, begins_ms=41_000)
    return replace(
        file,
        recordings=(*file.recordings, far, later),
        transcripts=(
            transcript("w-0000near", near.id, _NEAR),
            transcript("w-0000far1", far.id, _FAR),
            transcript("w-0000far2", later.id, _LATER),
        ),
    )


def transcript(name: str, recording: str, said: tuple[tuple[int, str], ...]) -> Transcript:
    """A draft of one recording."""
    return Transcript(
        id=name,
        case="c-0000aaaa",
        recording=recording,
        model="whisper-base",
        model_sha256="5c" * 32,
        program="faster-whisper 1.2.1",
        language="zh",
        sentences=tuple(Sentence(at_ms, 1800, text) for at_ms, text in said),
        moment=moment(90_000),
    )
