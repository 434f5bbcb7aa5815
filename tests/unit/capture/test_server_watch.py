"""What follows from two answers of the sound server, and a watch that has nothing to ask."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.capture.server_watch import (
    STREAM_PROPERTY,
    ServerNews,
    ServerNewsKind,
    ServerWatch,
    Standing,
)

MIC = {"index": 1, "name": "mic", "description": "USB 麦克风", "mute": False, "state": "RUNNING"}
MONITOR = {"index": 2, "name": "spk.monitor", "description": "Speakers", "mute": False, "state": "RUNNING"}


def stream(place: int, name: str = "ours", *, mute: bool = False) -> dict[str, Any]:
    return {"source": place, "mute": mute, "properties": {STREAM_PROPERTY: name}}


@pytest.fixture
def usual() -> Standing:
    """Our stream on the microphone, and nothing wrong."""
    return Standing("mic", place="mic").after("ours", [stream(1)], [MIC, MONITOR])


def test_a_stream_where_it_was_opened_is_no_news(usual: Standing) -> None:
    assert usual.news_since(Standing("mic", place="mic")) == []


def test_a_stream_elsewhere_has_been_moved(usual: Standing) -> None:
    now = usual.after("ours", [stream(2)], [MIC, MONITOR])
    assert now.news_since(usual) == [ServerNews(ServerNewsKind.MOVED, "spk.monitor", "Speakers")]


def test_a_stream_whose_source_went_away_is_said_to_be_moved_first(usual: Standing) -> None:
    now = usual.after("ours", [stream(2)], [MONITOR])
    assert now.news_since(usual) == [
        ServerNews(ServerNewsKind.MOVED, "spk.monitor", "Speakers"),
        ServerNews(ServerNewsKind.SOURCE_GONE, "mic", "USB 麦克风"),
    ]


def test_another_stream_of_ours_is_not_this_one(usual: Standing) -> None:
    outputs = [{"source": 2, "properties": {}}, {"source": 2}, stream(2, "other", mute=True), stream(1)]
    assert usual.after("ours", outputs, [MIC, MONITOR]).news_since(usual) == []


@pytest.mark.parametrize("where", ["source", "stream"])
def test_a_muted_source_and_a_muted_stream_are_both_muted(usual: Standing, where: str) -> None:
    outputs, sources = [stream(1, mute=where == "stream")], [{**MIC, "mute": where == "source"}]
    muted = usual.after("ours", outputs, sources)
    assert muted.news_since(usual) == [ServerNews(ServerNewsKind.MUTED, "mic", "USB 麦克风")]
    assert usual.news_since(muted) == [ServerNews(ServerNewsKind.UNMUTED, "mic", "USB 麦克风")]


def test_a_suspended_source_is_told_and_so_is_its_return(usual: Standing) -> None:
    suspended = usual.after("ours", [stream(1)], [{**MIC, "state": "SUSPENDED"}])
    assert suspended.news_since(usual) == [ServerNews(ServerNewsKind.SUSPENDED, "mic", "USB 麦克风")]
    assert usual.news_since(suspended) == [ServerNews(ServerNewsKind.RESUMED, "mic", "USB 麦克风")]


def test_a_source_that_comes_back_is_told_though_the_stream_is_gone(usual: Standing) -> None:
    gone = usual.after("ours", [], [MONITOR])
    back = gone.after("ours", [], [MONITOR, MIC])
    assert gone.news_since(usual) == [ServerNews(ServerNewsKind.SOURCE_GONE, "mic", "USB 麦克风")]
    assert back.news_since(gone) == [ServerNews(ServerNewsKind.SOURCE_BACK, "mic", "USB 麦克风")]


def test_a_stream_between_two_places_stays_where_it_was_seen(usual: Standing) -> None:
    assert usual.after("ours", [stream(7)], [MIC, MONITOR]).news_since(usual) == []


def test_another_loudspeaker_is_news_for_a_stream_that_wants_to_know() -> None:
    phones = {**MONITOR, "index": 3, "name": "phones.monitor", "description": "耳机"}
    far = Standing("spk.monitor", place="spk.monitor", output="spk.monitor")
    same = far.after("ours", [stream(2)], [MIC, MONITOR, phones], "spk.monitor")
    assert same.news_since(far) == []
    changed = same.after("ours", [stream(2)], [MIC, MONITOR, phones], "phones.monitor")
    assert changed.news_since(same) == [ServerNews(ServerNewsKind.OUTPUT_CHANGED, "phones.monitor", "耳机")]
    # One that is not listed yet, or none at all, is no place to go to.
    assert same.after("ours", [stream(2)], [MIC, MONITOR], "phones.monitor").news_since(same) == []
    assert same.after("ours", [stream(2)], [MIC, MONITOR], "").news_since(same) == []


def test_the_loudspeaker_in_use_at_first_is_no_news_where_another_one_was_chosen() -> None:
    phones = {**MONITOR, "index": 3, "name": "phones.monitor"}
    chosen = Standing("spk.monitor", place="spk.monitor", output="")
    now = chosen.after("ours", [stream(2)], [MONITOR, phones], "phones.monitor")
    assert now.news_since(chosen) == []


def test_without_pactl_there_is_nothing_to_watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    news: list[ServerNews] = []
    watch = ServerWatch("ours", "mic", news.append)
    watch.start()
    watch.stop()
    assert news == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pactl is Linux's")
def test_a_watch_that_never_started_can_be_stopped() -> None:
    began = time.monotonic()
    ServerWatch("ours", "mic", print).stop()
    assert time.monotonic() - began < 0.5
