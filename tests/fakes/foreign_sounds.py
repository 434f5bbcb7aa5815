"""Sounds and films as phones, recorders and chats make them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import soundfile as sf

SECONDS = 2.0
RATE_HZ = 16_000
TONE_HZ = 440


def tone_file(folder: Path) -> Path:
    """Two seconds of a tone, mono, as WAV."""
    path = folder / "tone.wav"
    at = np.arange(int(SECONDS * RATE_HZ)) / RATE_HZ
    sf.write(path, 0.5 * np.sin(2 * np.pi * TONE_HZ * at), RATE_HZ, subtype="PCM_16")
    return path


def made_by_ffmpeg(folder: Path, name: str, *options: str, film: bool = False) -> Path:
    """The tone in another format, told by the ending of ``name``."""
    path = folder / name
    picture = ["-f", "lavfi", "-i", f"color=c=gray:s=64x48:d={SECONDS}:r=5"] if film else []
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-i", str(tone_file(folder)), *picture]
    subprocess.run([*command, "-shortest", *options, str(path)], check=True)
    return path


def amr_file(folder: Path, frames: int = 100) -> Path:
    """An AMR narrow-band file (RFC 4867 §5): ``frames`` of 20 ms at 12.2 kbit/s, of no particular sound."""
    path = folder / "通话录音.amr"
    speech = np.random.default_rng(3).integers(0, 256, size=(frames, 31), dtype=np.uint8)
    path.write_bytes(b"#!AMR\n" + b"".join(b"\x3c" + frame.tobytes() for frame in speech))
    return path
