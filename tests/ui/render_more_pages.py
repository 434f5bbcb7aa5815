"""Draw the case, law, settings and verify pages: python tests/ui/render_more_pages.py FOLDER [NAME…]."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from evidencedesk.custody.device_key import Kept
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.finding import Finding, Layer, Report
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.debt.page import DebtSection
from evidencedesk.ui.cases.services import FolderStamps
from evidencedesk.ui.law.page import LawPage
from evidencedesk.ui.law.presenter import LawPresenter, View
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.settings.key_presenter import Asking, KeyFacts, KeyPresenter
from evidencedesk.ui.settings.key_section import KeySection
from evidencedesk.ui.settings.page import SettingsPage
from evidencedesk.ui.settings.presenter import SettingsPresenter
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.verify.page import VerifyPage
from evidencedesk.ui.verify.presenter import VerifyPresenter
from evidencedesk.ui.words import UiWords

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from fakes.catalogues import locale_dir
from fakes.debt_stories import BILL, with_debt
from fakes.ui_keys import FIRST, SECOND, FakeKey
from fakes.ui_law import BROKEN, PUBLISHING, FakeShelf
from fakes.ui_more_services import (
    FakeCaseServices,
    FakeFileChoice,
    FakeSettingsServices,
    example_case_file,
    example_report,
    moment,
    told_file,
)
from fakes.ui_services import HeldRunner, InstantRunner

PHRASE = "correct horse"
# The rail beside every page is 84 pixels wide.
SIZES = {"1280": QSize(1280 - 84, 800), "960": QSize(960 - 84, 640)}


def cases(words: UiWords) -> CasesPage:
    page = CasesPage(FakeCaseServices(), InstantRunner(), words, FakeFileChoice())
    page.refresh()
    return page


def no_cases(words: UiWords) -> CasesPage:
    page = CasesPage(FakeCaseServices(summaries=()), InstantRunner(), words, FakeFileChoice())
    page.refresh()
    return page


def new_case(words: UiWords) -> CasesPage:
    page = cases(words)
    page.overview_presenter.open_form()
    return page


def review(words: UiWords) -> CasesPage:
    page = cases(words)
    page.show_case("c-0000aaaa")
    return page


def results(words: UiWords) -> CasesPage:
    """A case with everything the rules can say, and payments."""
    page = CasesPage(FakeCaseServices(told_file()), InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.show_case("c-0000aaaa")
    return page


def _debt(words: UiWords, *, entered: bool = True) -> tuple[CasesPage, DebtSection]:
    file = with_debt(example_case_file(), moment()) if entered else example_case_file()
    page = CasesPage(FakeCaseServices(file), InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.show_case("c-0000aaaa")
    page.review.sections.choose("debt")
    section = page.review.sections.section("debt")
    assert isinstance(section, DebtSection)
    return page, section


def debt(words: UiWords) -> CasesPage:
    return _debt(words)[0]


def debt_papers(words: UiWords) -> CasesPage:
    page, section = _debt(words)
    section.papers.figures[0].fold.toggle()
    section.papers.claims[1].fold.toggle()
    bar = section._scroll.verticalScrollBar()
    bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))
    return page


def debt_empty(words: UiWords) -> CasesPage:
    return _debt(words, entered=False)[0]


def debt_editing(words: UiWords) -> CasesPage:
    page, section = _debt(words)
    section.contract.edit_button.click()
    section.contract.form.monthly.set_open(opened=True)
    section.contract.form.yearly_rate.set_text("24 p.a.")
    section.contract.form.keep_button.click()
    return page


def debt_claiming(words: UiWords) -> CasesPage:
    page, section = _debt(words)
    section.claims.add_button.click()
    section.claims.form.more.set_open(opened=True)
    return page


def debt_bill(words: UiWords) -> CasesPage:
    page, section = _debt(words, entered=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "来分期账单.csv"
        path.write_text(BILL, encoding="utf-8")
        section.presenter.look_at_bill(path)
    return page


def paying(words: UiWords) -> CasesPage:
    page, section = _debt(words)
    section.payments.add_button.click()
    section.payments.form.amount.set_text("1280.50")
    return page


def due(words: UiWords) -> CasesPage:
    page = results(words)
    bar = page.review.side.verticalScrollBar()
    bar.rangeChanged.connect(lambda _low, high: bar.setValue(high // 2))
    return page


def recovered(words: UiWords) -> CasesPage:
    page = review(words)
    page.review_presenter.choose_encounter("e-0000ca11")
    return page


def correcting(words: UiWords) -> CasesPage:
    page = review(words)
    page.review.timeline.table.selectRow(2)
    page.review_presenter.begin_correction("n-0000n0t4")
    return page


def export_ask(words: UiWords) -> CasesPage:
    page = CasesPage(FakeCaseServices(careful=(PUBLISHING,)), InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.show_case("c-0000aaaa")
    page.review.export_button.click()
    return page


def export_locked(words: UiWords) -> CasesPage:
    page = CasesPage(FakeCaseServices(passphrase=PHRASE), InstantRunner(), words, FakeFileChoice())
    page.show_case("c-0000aaaa")
    page.review.export_button.click()
    page.handover_presenter.begin("wrong")
    return page


def export_unsigned(words: UiWords) -> CasesPage:
    stamps = FolderStamps(1, (), "too-slow")
    services = FakeCaseServices(passphrase=PHRASE, stamps=stamps)
    page = CasesPage(services, InstantRunner(), words, FakeFileChoice())
    page.show_case("c-0000aaaa")
    page.review.export_button.click()
    page.handover_presenter.begin()
    return page


def exporting(words: UiWords) -> CasesPage:
    runner = HeldRunner()
    page = CasesPage(FakeCaseServices(), runner, words, FakeFileChoice())
    page.show_case("c-0000aaaa")
    page.review.export_button.click()
    page.handover_presenter.begin()
    page.handover_presenter._copied.emit(41_402_113, 75_841_436, "data/recordings/r-0000v1s1/audio.flac")
    return page


def exported(words: UiWords) -> CasesPage:
    page = export_ask(words)
    page.handover_presenter.begin()
    return page


def redacting(words: UiWords) -> CasesPage:
    page = export_ask(words)
    page.review.panel.asking.redact_button.click()
    page.redact_presenter.choose_item("n-0000n0t1", True)
    page.redact_presenter.add_stretch("r-0000v1s1", "3:12", "3:20")
    return page


def redacted(words: UiWords) -> CasesPage:
    page = redacting(words)
    page.redact_presenter.begin()
    return page


def export_failed(words: UiWords) -> CasesPage:
    services = FakeCaseServices()
    page = CasesPage(services, InstantRunner(), words, FakeFileChoice())
    page.show_case("c-0000aaaa")
    page.review.export_button.click()
    services.refuse = MachineFailure(Code.DISK_FULL, path="/media/usb")
    page.handover_presenter.begin()
    return page


def law(words: UiWords) -> LawPage:
    return LawPage(LawPresenter(FakeShelf(set_aside=(BROKEN,))), words)


def law_packs(words: UiWords) -> LawPage:
    return _law(words, View.PACKS)


def law_differences(words: UiWords) -> LawPage:
    return _law(words, View.DIFFERENCES)


def law_deadlines(words: UiWords) -> LawPage:
    return _law(words, View.DEADLINES)


def law_cautions(words: UiWords) -> LawPage:
    return _law(words, View.CAUTIONS)


def law_search(words: UiWords) -> LawPage:
    page = law(words)
    page.search.setText("22" if words.language == "zh" else "hours")
    return page


def _law(words: UiWords, view: View) -> LawPage:
    page = law(words)
    page.views.buttons[view.value].click()
    return page


def practice_case(words: UiWords) -> CasesPage:
    file = example_case_file()
    played = tuple(one for one in file.recordings if one.simulated)
    services = FakeCaseServices(replace(file, recordings=played, imported=()))
    page = CasesPage(services, InstantRunner(), words, FakeFileChoice())
    page.refresh()
    page.show_case("c-0000aaaa")
    page.review.practice.button("delete").click()
    return page


def settings(words: UiWords) -> SettingsPage:
    page = SettingsPage(SettingsPresenter(FakeSettingsServices(), InstantRunner()), words, FakeFileChoice())
    page.refresh()
    return page


def key(words: UiWords, asking: Asking = Asking.NOTHING, *, locked: bool = True) -> KeySection:
    facts = KeyFacts(FIRST, Kept.PASSPHRASE if locked else Kept.KEYRING)
    presenter = KeyPresenter(FakeKey(facts), InstantRunner(), Messages())
    section = KeySection(presenter, words)
    presenter.refresh()
    begin = {Asking.PASSPHRASE: presenter.ask_passphrase, Asking.NEW_KEY: presenter.ask_new_key}
    begin.get(asking, presenter.refresh)()
    return section


def key_asking(words: UiWords) -> KeySection:
    section = key(words, Asking.PASSPHRASE)
    section.form.confirmed.emit("wrong", "new", "new")
    return section


def key_renewing(words: UiWords) -> KeySection:
    return key(words, Asking.NEW_KEY, locked=False)


def verify_trust(words: UiWords) -> VerifyPage:
    found = (Finding(Layer.SIGNATURE, "signature-not-trusted", "signatures/x.p7s", FIRST, SECOND),)
    services = FakeCaseServices(report=Report("x", found, ()))
    presenter = VerifyPresenter(services, InstantRunner())
    page = VerifyPage(presenter, words, FakeFileChoice())
    presenter.know([Path("/home/user/device.pem")])
    page.check(Path("/media/usb/EvidenceDesk-来分期-20261123-220509"))
    return page


def verify_empty(words: UiWords) -> VerifyPage:
    return VerifyPage(VerifyPresenter(FakeCaseServices(), InstantRunner()), words, FakeFileChoice())


def verify(words: UiWords) -> VerifyPage:
    page = verify_empty(words)
    page.check(Path("/media/usb/EvidenceDesk-来分期-20261123-220509"))
    return page


def verify_faults(words: UiWords) -> VerifyPage:
    services = FakeCaseServices(report=example_report(faults=True))
    page = VerifyPage(VerifyPresenter(services, InstantRunner()), words, FakeFileChoice())
    page.check(Path("/media/usb/EvidenceDesk-来分期-20261123-220509"))
    return page


PAGES: tuple[Callable[[UiWords], QWidget], ...] = (
    cases,
    no_cases,
    new_case,
    review,
    results,
    paying,
    debt,
    debt_papers,
    debt_empty,
    debt_editing,
    debt_claiming,
    debt_bill,
    due,
    recovered,
    correcting,
    export_ask,
    export_locked,
    export_unsigned,
    exporting,
    exported,
    redacting,
    redacted,
    export_failed,
    law,
    law_packs,
    law_differences,
    law_deadlines,
    law_cautions,
    law_search,
    practice_case,
    settings,
    key_asking,
    key_renewing,
    verify_empty,
    verify,
    verify_faults,
    verify_trust,
)


def main() -> None:
    folder = Path(sys.argv[1])
    wanted = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    catalogues = locale_dir(folder / "locale")
    application = QApplication([])
    theme = Theme(application)
    for make in PAGES:
        if wanted and make.__name__ not in wanted:
            continue
        for name, language, look in (("1280", "zh", "dark"), ("960", "en", "light")):
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
