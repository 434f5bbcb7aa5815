"""Draw the door and the lock's settings into PNG files: python tests/ui/render_lock.py FOLDER."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.vault import OpenedBy, VaultState
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.lock.neutral_page import NeutralPage
from evidencedesk.ui.lock.page import LockPage
from evidencedesk.ui.lock.presenter import LockState, Way
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.settings.vault_presenter import VaultAsks, VaultPresenter
from evidencedesk.ui.settings.vault_section import VaultSection
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.icons import neutral_icon
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Language
from fakes.catalogues import locale_dir
from fakes.ui_services import InstantRunner
from fakes.ui_vault import CODE, FakeVault, WaitingRunner, locked

SIZES = {"1280": QSize(1280, 800), "960": QSize(960, 640)}
_BOTH = frozenset({OpenedBy.PASSPHRASE, OpenedBy.RECOVERY, OpenedBy.KEYRING})
DOORS = {
    "door": LockState(opened_by=_BOTH),
    "door-wrong": LockState(opened_by=_BOTH, problem=WrongUse(Code.VAULT_WRONG_PASSPHRASE), wait_s=16),
    "door-code": LockState(opened_by=_BOTH, way=Way.CODE, problem=WrongUse(Code.VAULT_WRONG_CODE)),
    "door-recording": LockState(opened_by=_BOTH, recording_ms=83_000),
}


def section(words: UiWords, name: str) -> QWidget:
    """The card on a page of its own."""
    facts = {
        "settings-none": None,
        "settings-form": None,
        "settings-code": locked(VaultState.SEALING),
        "settings-sealing": locked(VaultState.SEALING),
        "settings-sealed": locked(VaultState.SEALED),
    }[name]
    code = CODE if name == "settings-code" else ""
    presenter = VaultPresenter(FakeVault(facts), InstantRunner(), WaitingRunner(), Messages(), code=code)
    presenter.begin()
    if name == "settings-sealing":
        presenter._progress(42, 100, "")
        presenter._show_share()
    page = VerticalScroll()
    page.column.setContentsMargins(26, 22, 26, 22)
    card = VaultSection(presenter, words)
    page.column.addWidget(card)
    page.column.addStretch(1)
    if name == "settings-form":
        presenter.ask(VaultAsks.SET_UP)
        card.form.new.edit.setText("correct horse battery")
    page.presenter = presenter  # type: ignore[attr-defined]
    return page


def main() -> None:
    """Each in both languages, both looks and both sizes."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    theme = Theme(application, "light")
    catalogues = locale_dir(Path(tempfile.mkdtemp()))
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        words = UiWords(language, catalogues)
        for look in ("light", "dark"):
            theme.choose(look)
            for size, pixels in SIZES.items():
                names = [*DOORS, "hidden", "settings-none", "settings-form", "settings-code"]
                for name in [*names, "settings-sealing", "settings-sealed"]:
                    window = MainWindow(words, Messages())
                    window.set_lockable(lockable=True)
                    window.resize(pixels)
                    if name in DOORS:
                        page = LockPage(words)
                        window.cover(page)
                        page.render(DOORS[name])
                    elif name == "hidden":
                        window.cover(NeutralPage(words), words.text("Notes"), neutral_icon())
                    else:
                        window.add_page("settings", section(words, name))
                        window.show_page("settings")
                    window.show()
                    for _ in range(5):
                        application.processEvents()
                    window.grab().save(str(folder / f"{name}-{language}-{look}-{size}.png"))
                    window.close()
                    window.deleteLater()
                    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    main()
