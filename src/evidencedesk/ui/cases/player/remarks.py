"""What is missing from the sounds of an encounter, in the words of what is certain."""

from __future__ import annotations

from collections.abc import Sequence

from evidencedesk.domain.case import Gap, Recording, RecordingState
from evidencedesk.wording.language import Words


def remarks(words: Words, recordings: Sequence[Recording], gaps: Sequence[Gap]) -> list[str]:
    """Each thing that is not as it should be, once."""
    said = []
    brought_back = [one for one in recordings if one.state is RecordingState.RECOVERED]
    if brought_back:
        most_ms = max(one.missing_ms or 0 for one in brought_back)
        said.append(
            words.text(
                "Brought back after an interruption. Everything shown as saved is there; at most "
                "{seconds} s behind it may be missing. The file as found is kept beside it.",
                seconds=f"{most_ms / 1000:.1f}",
            )
        )
    own = {one.id for one in recordings}
    missing = [gap for gap in gaps if gap.recording in own]
    if missing:
        said.append(
            words.plural(
                "{n} gap: {seconds} s were not recorded.",
                "{n} gaps: {seconds} s were not recorded.",
                len(missing),
                seconds=f"{sum(gap.length_ms for gap in missing) / 1000:.1f}",
            )
        )
    if any(one.simulated for one in recordings):
        said.append(words.text("Simulated: played from a file or made for a test, no real encounter."))
    if any(one.state is RecordingState.RUNNING for one in recordings):
        said.append(words.text("Part of it is still being recorded; it can be heard afterwards."))
    return said
