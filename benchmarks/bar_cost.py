"""What drawing costs while recording: the window seen and not seen, in one recording.

Off the screen Qt paints into memory, so the figures hold the painting but no graphics driver. The recorder
is another process and not counted.
"""

from __future__ import annotations

from collections.abc import Iterator

import soundfile as sf
from benchmarks.app_window import use_window
from benchmarks.common import Outcome, Setting, run
from benchmarks.sound_stage import RATE_HZ, SoundStage
from benchmarks.voice import voice


def main() -> int:
    """Record once, half of it unseen."""
    return run(__doc__ or "", "seconds of each half (full 60, short 5)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    seconds = setting.choose(5, 60)
    spoken = setting.folder / "voice.wav"
    sf.write(spoken, voice(10, RATE_HZ), RATE_HZ, subtype="PCM_16")
    with SoundStage(setting.folder) as stage:
        microphone = stage.microphone("voice", 1, spoken)
        use = use_window(setting.folder / "window", stage.env, microphone.name, seconds=seconds)
    seen, unseen = 100 * use.seen_s / seconds, 100 * use.unseen_s / seconds
    yield Outcome(
        title=f"Processor time of the window while recording, {seconds} s each",
        header=("window", "% of one", "to unseen"),
        rows=[("seen", seen, seen / unseen), ("unseen", unseen, 1.0)],
        figures={"seen": seen, "unseen": unseen},
    )


if __name__ == "__main__":
    raise SystemExit(main())
