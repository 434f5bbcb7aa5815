"""Decode a sound or film with the ``ffmpeg`` program, where one is installed: M4A, AMR, 3GP, MP4 and others.

The file may come from anybody, so a process of its own reads it: low priority, bounded in time and (on
Linux) in memory, only plain formats, which cannot name other files, and no network.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from evidencedesk.capture.decoding import Decoding, Names, Sound, require_possible
from evidencedesk.custody.plain_copy import ForChild, plain_for_child
from evidencedesk.system.limits import restrain_process

PROGRAM = "ffmpeg"
# Playlists and scripts are left out: they would have it read other files of this computer.
_FORMATS = (
    "3dostr,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dsf,eac3,flac,flv,gsm,matroska,mov,mp3,mpc,mpc8,"
    "mpeg,mpegts,ogg,rm,tta,voc,w64,wav,wv"
)
_SAID_BYTES = 1 << 16
_BLOCK_SAMPLES = 1 << 17
_LAST_WAIT_SECONDS = 5.0

_AU_HEADER = struct.Struct(">4sIIIII")
_AU_PCM_16 = 3

_VERSION = re.compile(r"^ffmpeg version (\S+)")
_CONTAINER = re.compile(r"^Input #0, (.+?), from ", re.MULTILINE)
# Two blanks in front: what the file says of itself is shown with more.
_CODEC = re.compile(r"^  Stream #0:\d+ -> #0:0 \((\S+) ", re.MULTILINE)


@contextmanager
def decode_with_ffmpeg(path: Path, seconds: float) -> Iterator[Decoding]:
    """Begin to decode the first sound of a file; it may take so many seconds.

    Raises ValueError, also when the program is not there.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise ValueError(f"no {PROGRAM} program")
    with ExitStack() as stack:
        try:
            given = stack.enter_context(plain_for_child(path))
            run = _Run(program, given, seconds)
        except OSError as error:
            raise ValueError(str(error)) from error
        stack.callback(run.end)
        rate_hz, channels = run.header()
        yield Decoding(rate_hz, channels, run.blocks(channels), run.names)


def _command(program: str, path: Path) -> list[str]:
    reading = ["-protocol_whitelist", "file,pipe", "-format_whitelist", _FORMATS, "-threads", "1"]
    writing = ["-map", "0:a:0", "-map_metadata", "-1", "-f", "au", "-c:a", "pcm_s16be", "pipe:1"]
    # "file:" keeps a name with a colon or a dash in front from meaning something else.
    source = ["-i", f"file:{path.absolute()}"]
    return [program, "-nostdin", "-nostats", "-loglevel", "info", *reading, *source, *writing]


class _Run:
    """One run of the program."""

    def __init__(self, program: str, given: ForChild, seconds: float) -> None:
        self._process = subprocess.Popen(
            _command(program, given.path),
            pass_fds=given.pass_fds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
            | getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        restrain_process(self._process.pid, int(seconds) + 1)
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        assert self._process.stderr is not None  # noqa: S101 - asked for above
        self._sound: IO[bytes] = self._process.stdout
        self._said = b""
        self._overdue = False
        self._listener = threading.Thread(
            target=self._listen, args=(self._process.stderr,), name="ffmpeg-words", daemon=True
        )
        self._watchdog = threading.Timer(seconds, self._too_long)
        self._watchdog.daemon = True
        self._listener.start()
        self._watchdog.start()

    def header(self) -> tuple[int, int]:
        """Rate and channels of what comes. Raises ValueError when nothing comes."""
        head = self._sound.read(_AU_HEADER.size)
        if len(head) < _AU_HEADER.size:
            raise ValueError(self._reason())
        magic, offset, _, encoding, rate_hz, channels = _AU_HEADER.unpack(head)
        if magic != b".snd" or encoding != _AU_PCM_16 or not _AU_HEADER.size <= offset <= _SAID_BYTES:
            raise ValueError("not the sound that was asked for")
        require_possible(rate_hz, channels)
        self._sound.read(offset - _AU_HEADER.size)
        return rate_hz, channels

    def blocks(self, channels: int) -> Iterator[Sound]:
        """All samples. Raises ValueError when the program was stopped before its end."""
        frame_bytes = 2 * channels
        count = 0
        while pcm := self._sound.read(_BLOCK_SAMPLES // channels * frame_bytes):
            whole = len(pcm) - len(pcm) % frame_bytes
            count += whole
            samples = np.frombuffer(pcm[:whole], dtype=">i2").reshape(-1, channels)
            yield samples.astype(np.float32) / np.float32(32768)
        status = self._process.wait()
        if self._overdue or status < 0 or not count:
            raise ValueError(self._reason())

    def names(self) -> Names:
        """What it called the file and itself, as far as it said so."""
        self._listener.join(_LAST_WAIT_SECONDS)
        said = self._said.decode("utf-8", "replace")
        version, container = _VERSION.search(said), _CONTAINER.search(said)
        codecs = _CODEC.findall(said)
        parts = ([container.group(1)] if container else []) + codecs[-1:]
        return Names(" / ".join(parts), f"ffmpeg {version.group(1)}" if version else "ffmpeg")

    def end(self) -> None:
        """Make sure that nothing of it goes on."""
        self._watchdog.cancel()
        self._process.kill()
        self._process.wait()
        self._watchdog.join(_LAST_WAIT_SECONDS)
        self._listener.join(_LAST_WAIT_SECONDS)
        self._sound.close()

    def _listen(self, words: IO[bytes]) -> None:
        # Read to the end, or a talkative file would make the program wait for ever; kept is the beginning.
        with words:
            while said := words.read1(4096):  # type: ignore[attr-defined]  # IO does not tell of it
                self._said += said[: _SAID_BYTES - len(self._said)]

    def _too_long(self) -> None:
        self._overdue = True
        self._process.kill()

    def _reason(self) -> str:
        if self._overdue:
            return "took too long"
        self._listener.join(_LAST_WAIT_SECONDS)
        lines = self._said.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "nothing was decoded"


def _environment() -> dict[str, str]:
    """Little: variables could name a proxy, or have a report written."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")
    return {"LC_ALL": "C", **{name: os.environ[name] for name in kept if name in os.environ}}
