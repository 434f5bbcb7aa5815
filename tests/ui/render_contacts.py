"""Draw the contacts page: python tests/ui/render_contacts.py FOLDER [NAME…]."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidencedesk.domain.case import ContactKind, Encounter, Mode
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.ui.contacts.page import ContactsPage
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.catalogues import locale_dir
from fakes.contact_services import FakeContactServices, busy_case
from fakes.ui_more_services import FakeFileChoice
from fakes.ui_services import InstantRunner

SIZES = {"1280": QSize(1280 - 84, 800), "960": QSize(960 - 84, 640)}
LIST = """号码,类型,时间,时长
13800001111,呼入,2026-11-25 20:03:00,45
13800001111,呼入,2026-11-24 22:10:12,1分20秒
13800001111,未接,2026-11-24 12:10:12,
13800001111,未接,2026-11-24 12:10:12,
01088886666,呼入,2026-11-23 09:10:12,0
13800001111,呼入,11/12/2026 09:10,30
"""


def _page(words: UiWords, services: FakeContactServices) -> ContactsPage:
    page = ContactsPage(services, InstantRunner(), words, FakeFileChoice())
    page.refresh()
    return page


def contacts(words: UiWords) -> QWidget:
    services = FakeContactServices()
    busy_case(services, "来分期" if words.language == "zh" else "Laifenqi")
    return _page(words, services)


def contacts_logged(words: UiWords) -> QWidget:
    services = FakeContactServices()
    busy_case(services)
    page = _page(words, services)
    page.buttons.press(3)
    return page


def contacts_editor(words: UiWords) -> QWidget:
    services = FakeContactServices()
    case = busy_case(services)
    page = _page(words, services)
    sms = next(
        c
        for c in services.case_file(case.id).contacts
        if c.details.kind is ContactKind.SMS and c.details.text
    )
    page.presenter.choose(sms.id)
    return page


def contacts_recorded(words: UiWords) -> QWidget:
    """A call logged a minute after its recording ended."""
    services = FakeContactServices()
    case = busy_case(services)
    ended = replace(services.moment, utc="2026-11-25T13:02:00.000000Z")
    begun = replace(services.moment, utc="2026-11-25T12:55:00.000000Z")
    call = Encounter("e-00000001", case.id, Mode.CALL, begun, ended)
    services.files[case.id] = replace(services.files[case.id], encounters=(call,))
    page = _page(words, services)
    page.buttons.press(2)
    return page


def contacts_day(words: UiWords) -> QWidget:
    services = FakeContactServices()
    case = busy_case(services)
    page = _page(words, services)
    page.presenter.choose_day(page.presenter.state.today)
    late = next(c for c in services.case_file(case.id).contacts if c.details.name.endswith("王经理"))
    page.presenter.choose_day(None)
    page.presenter.choose(late.id)
    return page


def contacts_none(words: UiWords) -> QWidget:
    return _page(words, FakeContactServices())


def contacts_import(words: UiWords) -> QWidget:
    services = FakeContactServices()
    busy_case(services)
    page = _page(words, services)
    page.import_button.click()
    return page


def contacts_preview(words: UiWords) -> QWidget:
    page = contacts_import(words)
    assert isinstance(page, ContactsPage)
    page.import_presenter.look_at(LIST)
    return page


def contacts_failed(words: UiWords) -> QWidget:
    services = FakeContactServices()
    busy_case(services)
    page = _page(words, services)
    services.refuse = MachineFailure(Code.DISK_FULL, path="/home")
    page.buttons.press(1)
    return page


PAGES: tuple[Callable[[UiWords], QWidget], ...] = (
    contacts,
    contacts_logged,
    contacts_editor,
    contacts_recorded,
    contacts_day,
    contacts_none,
    contacts_import,
    contacts_preview,
    contacts_failed,
)


def main() -> None:
    folder = Path(sys.argv[1])
    wanted = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    catalogues = locale_dir(folder / "locale")
    application = QApplication([])
    theme = Theme(application)
    looks = (("1280", "zh", "dark"), ("1280", "en", "light"), ("960", "zh", "light"), ("960", "en", "dark"))
    for make in PAGES:
        if wanted and make.__name__ not in wanted:
            continue
        for name, language, look in looks:
            theme.choose(look)
            page = make(UiWords("zh" if language == "zh" else "en", catalogues))
            page.resize(SIZES[name])
            page.show()
            for _ in range(3):
                application.processEvents()
            page.grab().save(str(folder / f"{make.__name__}-{name}-{language}-{look}.png"))
            page.close()


if __name__ == "__main__":
    main()
