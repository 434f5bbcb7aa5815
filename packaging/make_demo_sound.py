"""Make the sound of the demo visit: knocks, then two synthetic voices. Needs espeak-ng.

    python packaging/make_demo_sound.py resources/demo/visit.flac

The voices are a synthesiser's; no person was recorded. The text is in pinyin, because espeak-ng 1.51
reads Chinese characters wrongly.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile as sf

RATE_HZ = 22_050
LENGTH_S = 20
LINES = [
    (2.0, "cmn-latn-pinyin+m3", "ni3 hao3, wo3men5 shi4 ping2tai2 wei3tuo1 lai2 de5"),
    (5.0, "cmn-latn-pinyin+f2", "qing3 chu1shi4 gong1zuo4zheng4 he2 wei3tuo1shu1"),
    (8.0, "cmn-latn-pinyin+m3", "zheng4jian4 zai4 che1 shang4, ni3 xian1 huan2 qian2"),
    (12.0, "cmn-latn-pinyin+m3", "ni3 qian4 qian2 bu4 huan2, lin2ju1 dou1 zhi1dao4"),
    (16.0, "cmn-latn-pinyin+f2", "qing3 ni3 shuo1hua4 xiao3 sheng1, wo3 xu1yao4 zhang4dan1"),
]


def knock(length: int, generator: np.random.Generator) -> np.ndarray:
    """A dull thud that fades within 0.15 s."""
    time = np.arange(length) / RATE_HZ
    thud = np.sin(2 * np.pi * 140 * time) + 0.4 * generator.standard_normal(length)
    return thud * np.exp(-time * 35) * 0.5


def speak(voice: str, text: str) -> np.ndarray:
    """One line as float samples at RATE_HZ."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", str(path), text], check=True)
        samples, rate = sf.read(path)
    if rate != RATE_HZ:
        raise SystemExit(f"espeak-ng gave {rate} Hz")
    return np.asarray(samples)


def main() -> None:
    """Mix everything and write a 16-bit FLAC."""
    generator = np.random.default_rng(20260519)
    mix = generator.standard_normal(RATE_HZ * LENGTH_S) * 0.0008
    for second in (0.5, 0.85, 1.2):
        start = int(second * RATE_HZ)
        mix[start : start + RATE_HZ // 4] += knock(RATE_HZ // 4, generator)
    for second, voice, text in LINES:
        line = speak(voice, text) * 0.6
        start = int(second * RATE_HZ)
        end = min(start + len(line), len(mix))
        mix[start:end] += line[: end - start]
    sf.write(sys.argv[1], np.clip(mix, -0.98, 0.98), RATE_HZ, subtype="PCM_16", format="FLAC")


if __name__ == "__main__":
    main()
