"""Asking the keyring loads this system's own backends and starts no other program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_ASK = """
import json, subprocess, sys
started = []
sys.addaudithook(lambda name, given: started.append(str(given[0])) if name == "subprocess.Popen" else None)
from evidencedesk.system.secret_store import SystemKeyring
found = SystemKeyring().get("nothing of this name")
loaded = sorted(name for name in sys.modules if name.startswith("keyring.backends."))
import keyring
kind = type(keyring.get_keyring())
print(json.dumps([started, found, loaded, kind.__module__]))
"""


def ask(place: Path, **environment: str) -> tuple[list[str], str | None, list[str], str]:
    """In a process of its own, without a desktop and without anybody's settings."""
    given = {"PATH": "/usr/bin:/bin", "HOME": str(place), "PYTHONPATH": ":".join(sys.path), **environment}
    done = subprocess.run(
        [sys.executable, "-c", _ASK], capture_output=True, text=True, env=given, check=False
    )
    assert done.returncode == 0, done.stderr
    started, found, loaded, kind = json.loads(done.stdout)
    return started, found, loaded, kind


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems have one backend each")
def test_on_linux_no_program_is_started_and_each_of_its_keyrings_is_tried(tmp_path: Path) -> None:
    started, found, loaded, kind = ask(tmp_path)
    assert started == []
    assert found is None
    assert {f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet")} <= set(loaded)
    assert "keyring.backends.macOS" not in loaded
    assert kind == "keyring.backends.fail"


def test_what_the_user_chose_for_all_programs_is_used(tmp_path: Path) -> None:
    assert ask(tmp_path, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")[3] == "keyring.backends.null"
    config = tmp_path / "python_keyring" / "keyringrc.cfg"
    config.parent.mkdir()
    config.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    assert ask(tmp_path, XDG_CONFIG_HOME=str(tmp_path))[3] == "keyring.backends.null"
