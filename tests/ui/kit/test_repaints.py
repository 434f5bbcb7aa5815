from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from evidencedesk.ui.kit.waveform_strip import WaveformStrip
from evidencedesk.ui.theme.theme import Theme

application = QApplication([])
theme = Theme(application, "light")
painted = 0

class Counted(WaveformStrip):
    def paintEvent(self, event):
        global painted
        super().paintEvent(event)
        painted += 1
        if painted >= 6000:
            application.quit()

strip = Counted()
strip.resize(300, 46)
strip.show()
timer = QTimer()
timer.timeout.connect(lambda: strip.add_columns([(-50, 50)] * 4))
timer.start(1)
application.exec()
print(painted)
"""


def test_six_thousand_repaints_survive() -> None:
    # Some bindings lose a reference to None with each repaint and abort after some 2,500.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        timeout=100,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "6000"
