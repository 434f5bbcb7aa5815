"""The player on a real sound server: what it says it plays is what the loudspeaker carries."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.placed_sound import LINE_RATE_HZ, Piece
from evidencedesk.capture.play_engine import PlayPlan
from evidencedesk.capture.playback import Player
from evidencedesk.custody.kept import create_kept
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.domain.errors import Code
from evidencedesk.domain.sound_line import PlayOptions
from fakes.listeners import RATE_HZ, Listener
from fakes.recordings import until
from fakes.sound_server import PrivateSoundServer
from fakes.sounds import second_of, stairs
from fakes.vaults import lock, open_vault

pytestmark = pytest.mark.sound


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    with PrivateSoundServer(tmp_path) as running:
        for name, value in running.env.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def player() -> Iterator[Player]:
    made = Player()
    yield made
    made.close()


def plan_of(path: Path) -> PlayPlan:
    frames = sf.info(path).frames
    return PlayPlan((Piece(str(path), 0, frames, 0, frames, LINE_RATE_HZ),), (), frames)


def tenths(heard: np.ndarray) -> list[float]:
    """The seconds of the stairs that were heard, a tenth of a second at a time."""
    step = RATE_HZ // 10
    found = (second_of(heard[at : at + step]) for at in range(0, len(heard) - step, step))
    return [one for one in found if one is not None]


def test_what_is_played_is_heard_at_the_place_that_is_told(
    server: PrivateSoundServer, player: Player, tmp_path: Path
) -> None:
    sound = tmp_path / "stairs.flac"
    stairs(sound, 20)
    player.load(plan_of(sound))
    with Listener(server) as listener:
        player.play()
        until(lambda: player.status().at_ms > 1200, "the player tells its place")
        player.seek(10_300)
        until(lambda: player.status().at_ms > 12_500, "it goes on from there")
        told_ms = player.status().at_ms
        now = listener.heard[-RATE_HZ // 5 :]
        player.pause()
        until(lambda: not player.status().playing, "it stops")
        paused_ms = player.status().at_ms
        before = len(listener.heard)
        until(lambda: len(listener.heard) > before + RATE_HZ, "a second of silence")
        whole = listener.heard
        heard = [round(one) for one in tenths(listener.heard)]
    end = int(np.flatnonzero(np.abs(whole) > 1e-4)[-1])
    assert float(np.abs(whole[end - 96 : end]).max()) < 0.1, "it fades out and does not crack"
    assert {0, 1, 10, 11, 12} <= set(heard)
    assert not {4, 5, 6, 7, 8, 14, 15, 16} & set(heard)
    found = second_of(now)
    assert found is not None
    assert abs(found - told_ms / 1000) < 1.4  # a stair is a second wide
    assert abs(paused_ms - told_ms) < 500
    assert "spk" in server.ask("list", "short", "sinks").stdout.decode()


def test_a_sealed_sound_is_heard_while_its_secret_goes_by_the_pipe_alone(
    server: PrivateSoundServer, player: Player, tmp_path: Path
) -> None:
    plain, sealed = tmp_path / "stairs.flac", tmp_path / "sealed"
    stairs(plain, 8)
    with open_vault() as public:
        writer = create_kept(sealed, public)
        writer.write(plain.read_bytes())
        writer.finish()
        (secret,) = KEY_RING.secrets_of([sealed]).values()
        player.load(replaced_path(plan_of(plain), sealed))
        with Listener(server) as listener:
            player.play()
            until(lambda: player.status().at_ms > 2500, "it plays")
            child = child_process("play_process")
            heard = {round(one) for one in tenths(listener.heard)}
        seen = b"".join((child / name).read_bytes() for name in ("cmdline", "environ"))
    assert {0, 1} <= heard
    assert secret.encode() not in seen
    assert bytes.fromhex(secret) not in seen


def test_a_locked_ring_has_the_player_say_so(
    server: PrivateSoundServer, player: Player, tmp_path: Path
) -> None:
    plain, sealed = tmp_path / "stairs.flac", tmp_path / "sealed"
    stairs(plain, 2)
    with open_vault() as public:
        writer = create_kept(sealed, public)
        writer.write(plain.read_bytes())
        writer.finish()
        lock()
        player.load(replaced_path(plan_of(plain), sealed))
        player.play()
        until(lambda: player.status().error, "it says why nothing is heard")
    assert player.status().error == Code.VAULT_LOCKED.value
    assert not player.status().playing


def replaced_path(plan: PlayPlan, path: Path) -> PlayPlan:
    return replace(plan, near=tuple(replace(piece, path=str(path)) for piece in plan.near))


def child_process(name: str) -> Path:
    """Where Linux tells of a child of this process."""
    own = str(os.getpid())
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            stat = (place / "stat").read_text()
            if stat.rsplit(")", 1)[1].split()[1] == own and name in (place / "cmdline").read_text():
                return place
    raise AssertionError(name)


def test_a_part_is_repeated_and_the_end_is_told(
    server: PrivateSoundServer, player: Player, tmp_path: Path
) -> None:
    sound = tmp_path / "stairs.flac"
    stairs(sound, 8)
    player.load(plan_of(sound))
    player.set_options(PlayOptions(speed=2.0, repeat=(2000, 3000)))
    player.seek(2000)
    with Listener(server) as listener:
        player.play()
        until(lambda: len(listener.heard) > 3 * RATE_HZ and player.status().at_ms < 3100, "it goes round")
        heard = {round(one) for one in tenths(listener.heard)}
        player.set_options(PlayOptions(speed=2.0))
        until(lambda: player.status().ended, "it comes to the end")
    assert 2 in heard
    assert not {0, 1, 5, 6, 7} & heard
    assert not player.status().playing
    player.play()
    until(lambda: player.status().playing and 0 < player.status().at_ms < 3000, "it begins anew")


def test_a_loudspeaker_that_vanishes_is_told_and_playing_works_when_it_is_back(
    server: PrivateSoundServer, tmp_path: Path
) -> None:
    sound = tmp_path / "stairs.flac"
    stairs(sound, 60)
    player = Player(silent_s=2.0)
    try:
        player.load(plan_of(sound))
        player.play()
        until(lambda: player.status().at_ms > 500, "it plays")
        server.crash()
        until(lambda: player.status().error, "it says that the loudspeaker is gone")
        status = player.status()
        assert status.error in {Code.LOUDSPEAKER_LOST.value, Code.NO_LOUDSPEAKER.value}
        assert not status.playing
        server.start()
        player.play()
        until(lambda: player.status().at_ms > status.at_ms + 300, "it plays again")
    finally:
        player.close()


def test_without_a_loudspeaker_it_says_so(
    player: Player, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = tmp_path / "stairs.flac"
    stairs(sound, 2)
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    player.load(plan_of(sound))
    player.play()
    until(lambda: player.status().error, "it says so")
    assert player.status().error == Code.NO_LOUDSPEAKER.value


def test_a_file_that_is_gone_is_told(server: PrivateSoundServer, player: Player, tmp_path: Path) -> None:
    sound = tmp_path / "stairs.flac"
    stairs(sound, 2)
    plan = plan_of(sound)
    sound.unlink()
    player.load(plan)
    player.play()
    until(lambda: player.status().error, "it says so")
    assert player.status().error == Code.SOUND_NOT_PLAYABLE.value
