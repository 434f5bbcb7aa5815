"""What the bundle for macOS needs; no Mac has seen it yet, so only its form is looked at."""

from __future__ import annotations

import plistlib
import re
import subprocess
from pathlib import Path

import pytest
from macos.info_plist import info_plist

MACOS = Path(__file__).parents[3] / "packaging" / "macos"


def test_the_microphone_is_asked_for_in_a_signed_program() -> None:
    with (MACOS / "entitlements.plist").open("rb") as file:
        assert plistlib.load(file)["com.apple.security.device.audio-input"] is True


def test_the_bundle_says_why_it_wants_the_microphone_and_can_be_written_as_a_plist() -> None:
    keys = info_plist("1.2.3")
    again = plistlib.loads(plistlib.dumps(keys))
    assert again["CFBundleShortVersionString"] == "1.2.3"
    assert "microphone" in again["NSMicrophoneUsageDescription"]


@pytest.mark.parametrize(("language", "word"), [("en", "microphone"), ("zh-Hans", "麦克风")])
def test_each_language_says_it_in_its_own_words(language: str, word: str) -> None:
    text = (MACOS / f"{language}.lproj" / "InfoPlist.strings").read_text(encoding="utf-8")
    lines = dict(re.findall(r'^(\w+) = "([^"]+)";$', text, re.MULTILINE))
    assert set(lines) == {"CFBundleName", "CFBundleDisplayName", "NSMicrophoneUsageDescription"}
    assert word in lines["NSMicrophoneUsageDescription"]


@pytest.mark.parametrize("name", ["make_dmg.sh", "take_identity.sh"])
def test_the_scripts_are_bash_and_end_at_the_first_fault(name: str) -> None:
    script = MACOS / name
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    subprocess.run(["bash", "-n", str(script)], check=True)
