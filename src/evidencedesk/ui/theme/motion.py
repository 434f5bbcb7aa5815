"""Whether things may move by themselves. Kept on the application, as the palette is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

_NAME = "evidencedesk-still"
_USUAL_FLASH_MS = 1000


def still() -> bool:
    """Nothing blinks, slides or turns by itself; what is shown of sound goes in steps."""
    application = QCoreApplication.instance()
    return bool(application is not None and application.property(_NAME))


def set_still(application: QApplication, *, wanted: bool) -> None:
    """Take the choice; Qt's own cursors and menus follow."""
    if bool(application.property(_NAME)) == wanted:
        return
    application.setProperty(_NAME, wanted)
    QApplication.setCursorFlashTime(0 if wanted else _USUAL_FLASH_MS)
    for effect in (
        Qt.UIEffect.UI_AnimateMenu,
        Qt.UIEffect.UI_AnimateCombo,
        Qt.UIEffect.UI_AnimateTooltip,
        Qt.UIEffect.UI_FadeMenu,
        Qt.UIEffect.UI_FadeTooltip,
    ):
        QApplication.setEffectEnabled(effect, not wanted)
