"""Faults of the microphone and the sound server."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
import numpy.typing as npt

from chaos.judge import AT_ONCE_S, REOPENING_S, Bounds, Fault, Loss, add, judge
from chaos.playing import away_s, noise_at
from chaos.stage import RATE_HZ, Outcome, Stage
from evidencedesk.domain.pulse import WarningCode


def unplugged(stage: Stage) -> Outcome:
    """The microphone is pulled for two seconds; the server moves its stream to another source."""
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(1.5)
        pulled = time.monotonic()
        stage.server.unplug()
        noticed_s = follower.noticed(WarningCode.MOVED, WarningCode.DEVICE_LOST) - pulled
        time.sleep(2)
        stage.server.plug_in()
        follower.noticed(WarningCode.REOPENED)
        time.sleep(1)
        until = noise.place()
        follower.stop()
    encounter = follower.live.encounter
    loss = Loss(noticed_s, noise.missing_s(stage.sound(encounter), until), stage.told_s(encounter))
    bounds = Bounds(2 + REOPENING_S)
    return judge(follower, "microphone pulled", loss, bounds, message=stage.say(WarningCode.MOVED))


def server_killed(stage: Stage) -> Outcome:
    """The sound server dies and comes back after a second; while there is none, nothing can be heard."""
    follower = stage.record()
    with noise_at(stage) as before:
        follower.hears_noise()
        time.sleep(1)
        last, killed = before.place(), time.monotonic()
        stage.server.crash()
        noticed_s = follower.noticed(WarningCode.DEVICE_LOST) - killed
        time.sleep(1)
        stage.server.start()
    with noise_at(stage) as after:
        follower.noticed(WarningCode.REOPENED)
        follower.hears_noise()
        time.sleep(1)
        until = after.place()
        follower.stop()
        encounter = follower.live.encounter
        parts = stage.sound(encounter)
        lost_s = away_s(parts, killed, last, before, after) + after.missing_s(parts, until)
    loss = Loss(noticed_s, lost_s, stage.told_s(encounter))
    bounds = Bounds(1 + REOPENING_S)
    return judge(follower, "sound server dies", loss, bounds, message=stage.say(WarningCode.DEVICE_LOST))


def server_frozen(stage: Stage) -> Outcome:
    """The sound server stands still for four seconds; it keeps what it hears meanwhile."""
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        frozen = time.monotonic()
        os.kill(stage.server.pid, signal.SIGSTOP)
        noticed_s = follower.noticed(WarningCode.STALLED) - frozen
        time.sleep(max(0.0, frozen + 4 - time.monotonic()))
        os.kill(stage.server.pid, signal.SIGCONT)
        follower.takes_sound_again()
        time.sleep(2.5)
        until = noise.place()
        follower.stop()
    encounter = follower.live.encounter
    loss = Loss(noticed_s, noise.missing_s(stage.sound(encounter), until), stage.told_s(encounter))
    return judge(follower, "sound server frozen", loss, Bounds(), message=stage.say(WarningCode.STALLED))


def source_suspended(stage: Stage) -> Outcome:
    """The system suspends the microphone for three seconds."""
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        suspended = time.monotonic()
        stage.server.ask("suspend-source", "mic", "1")
        noticed_s = follower.noticed(WarningCode.STALLED) - suspended
        time.sleep(max(0.0, suspended + 3 - time.monotonic()))
        stage.server.ask("suspend-source", "mic", "0")
        follower.takes_sound_again()
        time.sleep(2.5)
        until = noise.place()
        follower.stop()
    encounter = follower.live.encounter
    loss = Loss(noticed_s, noise.missing_s(stage.sound(encounter), until), stage.told_s(encounter))
    bounds = Bounds(3 + REOPENING_S)
    return judge(follower, "microphone suspended", loss, bounds, message=stage.say(WarningCode.STALLED))


def muted(stage: Stage) -> Outcome:
    """The microphone is muted in the system's settings for two seconds.

    No gap: silence arrives and is recorded as silence. What the recording says is missing are its zeros,
    which have to begin where the warning stands.
    """
    follower = stage.record()
    with noise_at(stage) as noise:
        follower.hears_noise()
        time.sleep(1)
        begun = time.monotonic()
        stage.server.ask("set-source-mute", "mic", "1")
        noticed_s = follower.noticed(WarningCode.MUTED) - begun
        time.sleep(max(0.0, begun + 2 - time.monotonic()))
        stage.server.ask("set-source-mute", "mic", "0")
        follower.hears_noise()
        time.sleep(0.5)
        until = noise.place()
        follower.stop()
    (sound,) = stage.sound(follower.live.encounter)
    zero_from, zeros = _longest_silence(sound, int(np.flatnonzero(noise.noise.places(sound) >= 0)[0]))
    loss = Loss(noticed_s, noise.missing_s([sound], until), zeros / RATE_HZ)
    seen = judge(
        follower, "microphone muted", loss, Bounds(2 + AT_ONCE_S), message=stage.say(WarningCode.MUTED)
    )
    warnings = stage.desk.store.case_file(stage.case).warnings
    at_s = [one.at_ms / 1000 for one in warnings if one.code == WarningCode.MUTED]
    if len(at_s) == 1 and abs(at_s[0] - zero_from / RATE_HZ) < 1:
        return seen
    return add(seen, [f"muted at {zero_from / RATE_HZ:.2f} s, warnings at {at_s}"])


def _longest_silence(sound: npt.NDArray[np.int16], begin: int) -> tuple[int, int]:
    """Where the longest run of zeros after ``begin`` stands, and how long it is."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], sound[begin:] == 0, [0])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return begin, 0
    longest = int(np.argmax(ends - starts))
    return begin + int(starts[longest]), int(ends[longest] - starts[longest])


SOUND_FAULTS: tuple[Fault, ...] = (unplugged, server_killed, server_frozen, source_suspended, muted)
