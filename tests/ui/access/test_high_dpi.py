"""Sharp at 1.25, 1.5 and 2 pixels for one: each scale in a process of its own, as Qt wants it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from evidencedesk.ui.kit.record_button import RecordButton
from evidencedesk.ui.kit.waveform_strip import WaveformStrip
from evidencedesk.ui.theme.icons import icon
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.all_pages import PAGES
from fakes.catalogues import locale_dir
from fakes.cut_text import cut

scale, place = float(sys.argv[1]), Path(sys.argv[2])
application = QApplication([])
theme = Theme(application, "light")
assert application.primaryScreen().devicePixelRatio() == scale

# An icon has as many pixels as the screen, and edges of one pixel: it was not blown up.
picture = icon("mic", "ink").pixmap(QSize(16, 16), scale)
assert picture.devicePixelRatio() == scale, picture.devicePixelRatio()
assert picture.width() == round(16 * scale), picture.width()

strip = WaveformStrip()
strip.resize(200, 46)
strip.add_columns([(-100, 100)] * 80)
strip.grab()
assert strip._picture.devicePixelRatio() == scale
assert strip._picture.width() == round(200 * scale)

words = UiWords("zh", locale_dir(place / "locale"))
for name in ("record/record", "record/encounter", "case/timeline", "contacts/contacts", "settings"):
    window = PAGES[name](words, place)
    window.resize(960, 640)
    window.show()
    for _ in range(5):
        application.processEvents()
    shot = window.grab()
    assert shot.devicePixelRatio() == scale
    assert shot.width() == round(960 * scale)
    assert cut(window) == [], (name, cut(window))
    window.hide()
print("sharp")
"""


@pytest.mark.parametrize("scale", ["1.25", "1.5", "2"])
def test_pictures_have_the_pixels_of_the_screen_and_no_word_is_cut(scale: str, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": scale,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, scale, str(tmp_path)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.stdout.strip() == "sharp", done.stderr
