"""The least a window of PySide6 can be: a line of text, a list and a button. Run as a program.

It is what the start of the real one is measured against: less than this no program with PySide6 can take.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


def main() -> int:
    """Show it until it is closed."""
    application = QApplication(sys.argv)
    window = QMainWindow()
    middle = QWidget(window)
    column = QVBoxLayout(middle)
    entries = QListWidget(middle)
    entries.addItems(["Record", "Cases", "Settings"])
    for widget in (QLabel("EvidenceDesk 取证台", middle), entries, QPushButton("Record", middle)):
        column.addWidget(widget)
    window.setCentralWidget(middle)
    window.resize(1280, 800)
    window.show()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
