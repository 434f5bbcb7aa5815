"""What a machine wrote down of a recording, as START-HERE.html shows it: under its player, always marked."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.transcript import Transcript
from evidencedesk.export.start_here_view import HeardView
from evidencedesk.wording.language import Words


def heard_views(words: Words, latest: Mapping[str, Transcript], recording: str) -> tuple[HeardView, ...]:
    """The sentences of the transcript that counts; none where nothing was written down."""
    made = latest.get(recording)
    if made is None:
        return ()
    return tuple(
        HeardView(
            at_ms=one.at_ms,
            position=clock_text(one.at_ms),
            text=one.text,
            corrected=one.corrected,
            machine=words.text("The machine wrote: {text}", text=one.earlier[0]) if one.earlier else "",
        )
        for one in made.sentences
    )
