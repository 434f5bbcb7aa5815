"""The time zone of the computer changes while the program runs, as on a journey or with `timedatectl`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from evidencedesk.system.clock import SystemClock
from fakes.recordings import until

_LOCAL, _TOKYO = Path("/etc/localtime"), Path("/usr/share/zoneinfo/Asia/Tokyo")
# In a process that sees files of its own: what it puts over the computer's zone nobody else sees.
_JOURNEY = """
    import subprocess, sys, time
    from evidencedesk.system.clock import SystemClock
    clock = SystemClock()
    before = clock.now().offset_minutes
    subprocess.run(["mount", "--bind", sys.argv[1], "/etc/localtime"], check=True)
    deadline = time.monotonic() + 10
    while clock.now().offset_minutes == before and time.monotonic() < deadline:
        time.sleep(0.05)
    print(clock.now().offset_minutes)
"""


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows tells by itself")
def test_a_zone_that_changes_is_noticed_by_a_clock_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC0")
    clock = SystemClock()
    try:
        until(lambda: clock.now().offset_minutes == 0, "the zone is UTC")
        monkeypatch.setenv("TZ", "CST-8")
        until(lambda: clock.now().offset_minutes == 480, "the change is seen")
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.skipif(
    os.name != "posix" or os.getuid() != 0 or shutil.which("unshare") is None,
    reason="only root may replace the computer's zone for one process",
)
@pytest.mark.skipif(not (_LOCAL.exists() and _TOKYO.exists()), reason="no zones here")
def test_a_zone_that_the_system_changes_is_noticed() -> None:
    env = {name: value for name, value in os.environ.items() if name != "TZ"}
    script = textwrap.dedent(_JOURNEY)
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, "-c", script, str(_TOKYO)],
        env=env, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    if "ermission" in done.stderr or "not permitted" in done.stderr:
        pytest.skip("mounting is not allowed here")
    assert int(done.stdout) == 540
