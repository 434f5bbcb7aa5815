"""Photos by the computer's camera, where Qt's multimedia part is installed and there is a camera.

The program ships without that part (it is large), so usually no camera is offered; paste, drop and files do
the same. Nothing here was tried with a real camera. Loaded only when somebody opens the photos of a paper:
looking for cameras takes time, and the window is painted before.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

_MODULE = "PySide6.QtMultimedia"


class Camera(QObject):
    """One photo at a time: the first whole picture after the camera has opened.

    Emits:
        took: the picture.
    """

    took = Signal(QImage)

    def __init__(self, multimedia: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._camera = multimedia.QCamera(self)
        self._capture = multimedia.QImageCapture(self)
        self._session = multimedia.QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setImageCapture(self._capture)
        self._capture.imageCaptured.connect(self._captured)
        self._capture.readyForCaptureChanged.connect(self._ready)

    def take(self) -> None:
        """Open the camera; it closes after the photo."""
        self._camera.start()
        self._ready(ready=bool(self._capture.isReadyForCapture()))

    @Slot(bool)
    def _ready(self, ready: bool) -> None:  # noqa: FBT001 - Qt calls it
        if ready and self._camera.isActive():
            self._capture.capture()

    @Slot(int, QImage)
    def _captured(self, _number: int, picture: QImage) -> None:
        self._camera.stop()
        self.took.emit(picture)


def find_camera(parent: QObject | None = None) -> Camera | None:
    """The system's camera; None without one, or without the part of Qt that it takes."""
    try:
        multimedia: ModuleType = importlib.import_module(_MODULE)
    except ImportError:
        return None
    return Camera(multimedia, parent) if multimedia.QMediaDevices.videoInputs() else None
