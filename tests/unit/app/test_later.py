"""What is loaded when it is first asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from evidencedesk.app.later import later

APP = Path(__file__).parents[3] / "src" / "evidencedesk" / "app"
SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in sorted(APP.glob("*.py")))
NAMED = sorted(set(re.findall(r'= later\("([\w.]+)"\)', SOURCE)))


def test_a_module_is_loaded_by_its_first_use_and_not_before() -> None:
    code = (
        "import sys; from evidencedesk.app.later import later; one = later('colorsys');"
        "before = 'colorsys' in sys.modules; white = one.rgb_to_hsv(1, 1, 1); print(before, white)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False (0.0, 0.0, 1)"


@pytest.mark.parametrize("name", NAMED)
def test_every_module_named_so_is_there_and_is_named_for_the_type_checker_too(name: str) -> None:
    folder, _, last = name.rpartition(".")
    assert re.search(rf"^    from {re.escape(folder)} import {last}( as \w+)?$", SOURCE, re.MULTILINE)
    assert later(name).__name__ == name
