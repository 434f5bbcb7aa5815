"""What the server does to a microphone before its reopened stream has given anything is not forgotten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chaos.stage import stage
from evidencedesk.domain.pulse import WarningCode

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


def test_a_microphone_that_comes_back_muted_is_said_to_be_muted(tmp_path: Path) -> None:
    with stage(tmp_path) as set_up:
        follower = set_up.record()
        set_up.server.unplug()
        follower.noticed(WarningCode.MOVED, WarningCode.DEVICE_LOST)
        set_up.server.plug_in()
        set_up.server.ask("set-source-mute", "mic", "1")
        follower.noticed(WarningCode.REOPENED)
        follower.noticed(WarningCode.MUTED)
        follower.stop()
