"""Draw the window's pages into PNG files: python tests/ui/render_pages.py FOLDER [NAME…]."""

from __future__ import annotations

import math
import os
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QScrollBar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidencedesk.domain.pulse import PulseWarning, RecorderState, RecorderStatus
from evidencedesk.domain.rules import Caution, Text, Topic
from evidencedesk.system.settings import Settings
from evidencedesk.ui.encounter.calls_presenter import OWN
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.services import SecondPlace
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.start.presenter import WelcomePresenter
from evidencedesk.ui.start.state import Step
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Language
from fakes.catalogues import locale_dir
from fakes.ui_law import CONSENT, FakeShelf
from fakes.ui_services import FakeDesk, FakeLive, InstantRunner, disk_full

SIZES = {"1280": QSize(1280, 800), "960": QSize(960, 640)}


class Stage:
    """A window with a desk behind it."""

    def __init__(self, words: UiWords, mode: str = "visit") -> None:
        zh = words.language == "zh"
        self.desk = FakeDesk()
        self.desk.open_case("来分期" if zh else "Laifenqi", "来分期" if zh else "Laifenqi", "LFQ-2024-0831")
        names = ("内置麦克风", "USB 耳机") if zh else ("Built-in microphone", "USB headset")
        self.desk.inputs = tuple(
            replace(one, label=name) for one, name in zip(self.desk.inputs, names, strict=True)
        )
        self.words = words
        self.messages = Messages()
        self.window = MainWindow(words, self.messages)
        self.settings = Settings(mode=mode)

    def open(self) -> RecordingFlow:
        self.flow = RecordingFlow(
            self.window,
            self.desk,
            InstantRunner(),
            self.words,
            self.messages,
            self.settings,
        )
        return self.flow


def skeleton(words: UiWords) -> Stage:
    return Stage(words)


def ready(words: UiWords) -> Stage:
    stage = Stage(words)
    case = stage.desk.latest_case()
    flow = stage.open()
    for item in stage.desk.before_items()[:3]:
        assert case is not None
        flow.record.set_done(item.id, done=True)
    for _ in range(4):
        flow.record.listening.read_level()
    return stage


def welcome(words: UiWords) -> Stage:
    stage = Stage(words)
    stage.desk.files.clear()
    flow = stage.open()
    WelcomePresenter(FakeShelf(), FakeShelf(), stage.window.record_page, stage.messages, flow)
    stage.window.record_page.show_welcome()
    for _ in range(4):
        flow.record.listening.read_level()
    return stage


def welcome_microphone(words: UiWords) -> Stage:
    stage = welcome(words)
    stage.window.record_page.welcome.show_step(Step.MICROPHONE)
    return stage


def welcome_choices(words: UiWords) -> Stage:
    stage = welcome(words)
    stage.window.record_page.welcome.show_step(Step.CHOICES)
    return stage


def american(words: UiWords) -> Stage:
    stage = Stage(words)
    stage.desk.consent_notice = CONSENT
    stage.settings = Settings(place_here="US-CA", place_there="US-NY")
    flow = stage.open()
    for _ in range(4):
        flow.record.listening.read_level()
    return stage


def practising(words: UiWords) -> Stage:
    stage = Stage(words)
    flow = stage.open()
    flow.record.practise()
    _sound(stage.desk.begun[0], 12)
    assert flow.encounter is not None
    flow.encounter.poll()
    return stage


def call(words: UiWords) -> Stage:
    stage = Stage(words, mode="call")
    stage.desk.peak = 0
    flow = stage.open()
    for _ in range(30):
        flow.record.listening.read_level()
    return stage


def untried(words: UiWords) -> Stage:
    stage = Stage(words)
    stage.desk.recorded = set()
    stage.desk.earlier = 10
    stage.desk.second = SecondPlace.NOT_THERE
    flow = stage.open()
    for _ in range(4):
        flow.record.listening.read_level()
    return stage


def tested(words: UiWords) -> Stage:
    return listened(Stage(words))


def tested_call(words: UiWords) -> Stage:
    return listened(Stage(words, mode="call"))


def listened(stage: Stage) -> Stage:
    flow = stage.open()
    flow.record.test()
    for look in range(160):
        stage.desk.peak = 90 + look % 5
        flow.record.listening.read_level()
    return stage


def no_microphone(words: UiWords) -> Stage:
    stage = Stage(words)
    stage.desk.inputs = ()
    stage.open()
    return stage


def error(words: UiWords) -> Stage:
    stage = ready(words)
    stage.messages.show_error(disk_full())
    return stage


def encounter(words: UiWords) -> Stage:
    stage = Stage(words)
    flow = stage.open()
    flow.record.start()
    live = stage.desk.begun[0]
    presenter = flow.encounter
    assert presenter is not None
    zh = words.language == "zh"
    live.status = replace(live.status, device="内置麦克风" if zh else "Built-in microphone")
    _sound(live, 12 * 60 + 31)
    notes = (
        (4, "两名男子敲门,自称来分期委托", "Two men at the door, sent by Laifenqi they say", ""),
        (192, "说“证件在车里”", "“The papers are in the car”", "refused-documents"),
        (340, "出示某某信用管理公司营业执照照片", "Showed a photo of an agency's business licence", ""),
        (535, "称欠款 18,600 元,未给明细", "Claims 18,600 yuan, gives no statement", ""),
        (740, "", "", "threat"),
    )
    for second, chinese, english, marker in notes:
        live.at(second)
        if marker:
            presenter.notes.marker_clicked(marker, chinese if zh else english)
        else:
            presenter.notes.note_entered(chinese if zh else english)
        if second == 340:
            presenter.checklist.verdict_clicked("licence-valid", "kept")
    live.at(12 * 60 + 31)
    people = presenter.people
    for name, chinese, english in (
        ("name", "张某", "Mr Zhang"),
        ("organisation", "某某信用管理有限公司", "Some Credit Management Ltd"),
        ("phone", "138 0000 0000", "138 0000 0000"),
    ):
        people.field_edited(name, chinese if zh else english)
    people.document_clicked("work_id", "refused")
    presenter.checklist.item_clicked("shows-work-id")
    people.add_clicked()
    people.person_clicked(0)
    presenter.poll()
    stage.window.setFocus()
    return stage


def encounter_suggested(words: UiWords) -> Stage:
    """At the door with everything written down that suggests a mark."""
    stage = encounter(words)
    presenter = stage.flow.encounter
    assert presenter is not None
    presenter.checklist.verdict_clicked("licence-valid", "kept")
    presenter.people.field_edited("credit_code", "91350211M0000XUF46")
    presenter.people.save()
    presenter.checklist.more_clicked()
    return stage


def encounter_suggested_talk(words: UiWords) -> Stage:
    """While talking, with numbers in the notes."""
    stage = encounter(words)
    presenter = stage.flow.encounter
    assert presenter is not None
    presenter.notes.note_entered("110105194912310021, 021-62345678")
    presenter.checklist.phase_clicked("conversation")
    return stage


def encounter_call(words: UiWords) -> Stage:
    """Talking on the phone, with a number open and called."""
    stage = encounter(words)
    presenter = stage.flow.encounter
    assert presenter is not None
    presenter.checklist.phase_clicked("conversation")
    presenter.calls.number_clicked("12378")
    presenter.calls.called("")
    presenter.calls.field_edited("receipt", "2026-1123-07")
    return stage


def encounter_more(words: UiWords) -> Stage:
    """Everything of the talk, a source open, another pack beside the leading one, a caution."""
    stage = Stage(words)
    pack = stage.desk.pack
    hours = next(item for item in pack.items if item.id == "not-after-21")
    text = Text("22:00 至次日 8:00 不催收", "No collection from 22:00 to 8:00")
    limits = (("closed_from", "22:00"), ("closed_until", "08:00"))
    other = replace(hours, id="hours", text=text, check=replace(hours.check, parameters=limits))
    title = Text("GB/T 45251-2025", "GB/T 45251-2025")
    stage.desk.other_packs = (replace(pack, id="cn-gbt", title=title, items=(other,), cautions=()),)
    warning = Text(
        "承诺还款、请求延期或分期会使三年诉讼时效重新计算；时效已过的，承诺还款等于放弃时效抗辩。先弄清再说。",
        "Promising to pay, or asking for time or instalments, starts the three-year limitation period anew; "
        "after its end a promise gives the defence up. Find out first.",
    )
    caution = Caution("limitation", Topic.NEGOTIATING, warning, ("no-rush-full-payment",), ())
    stage.desk.pack = replace(pack, cautions=(caution,))
    flow = stage.open()
    flow.record.start()
    _sound(stage.desk.begun[0], 95)
    presenter = flow.encounter
    assert presenter is not None
    presenter.poll()
    checklist = presenter.checklist
    checklist.phase_clicked("conversation")
    checklist.more_clicked()
    checklist.source_clicked("protect-id-number")
    checklist.verdict_clicked("no-illegal-means", "breached")
    checklist.caution_clicked("no-rush-full-payment")
    return stage


def encounter_numbers(words: UiWords) -> Stage:
    stage = encounter(words)
    presenter = stage.flow.encounter
    assert presenter is not None
    presenter.checklist.phase_clicked("after")
    presenter.calls.all_clicked()
    return stage


def encounter_own_number(words: UiWords) -> Stage:
    stage = encounter(words)
    presenter = stage.flow.encounter
    assert presenter is not None
    presenter.checklist.phase_clicked("before")
    presenter.calls.number_clicked(OWN)
    return stage


def encounter_hours(words: UiWords) -> Stage:
    """The end of everything that matters while talking: two packs on the hours."""
    stage = encounter_more(words)
    page = stage.window.findChild(EncounterPage)
    assert page is not None
    for bar in page.checklist.findChildren(QScrollBar):
        bar.rangeChanged.connect(lambda _low, high, bar=bar: bar.setValue(high))
    return stage


def encounter_keys(words: UiWords) -> Stage:
    stage = encounter(words)
    page = stage.window.findChild(EncounterPage)
    assert page is not None
    page.keys_toggled()
    return stage


def encounter_alarm(words: UiWords) -> Stage:
    stage = encounter(words)
    live, presenter = stage.desk.begun[0], stage.flow.encounter
    assert presenter is not None
    presenter.checklist.more_clicked()
    warning = PulseWarning("disk-nearly-full", 750_000, "2026-11-23T13:34:00.000000Z")
    live.status = replace(live.status, warnings=(warning,), simulated=True)
    stage.desk.free = 400_000_000
    presenter._polls = 0
    presenter.poll()
    stage.window.close()
    return stage


def encounter_far_alarm(words: UiWords) -> Stage:
    stage = encounter(words)
    live, presenter = stage.desk.begun[0], stage.flow.encounter
    assert presenter is not None
    live.far = RecorderStatus(RecorderState.RECORDING, rate_hz=48_000, channels=2, answering=False)
    live.status = replace(live.status, awake=True)
    stage.desk.second_folders[live.encounter] = "/media/stick"
    presenter.poll()
    return stage


def refused(words: UiWords) -> Stage:
    stage = encounter(words)
    live = stage.desk.begun[0]
    live.journal_refused = disk_full()
    live.folder = "/home/user/.local/share/EvidenceDesk/library/cases/c-0000aaaa/recordings/r-0000v1s1"
    live.seal()
    presenter = stage.flow.encounter
    assert presenter is not None
    presenter.poll()
    return stage


def sealing(words: UiWords) -> Stage:
    stage = encounter(words)
    stage.flow.stop()
    return stage


SCENES: dict[str, Callable[[UiWords], Stage]] = {
    "skeleton": skeleton,
    "record": ready,
    "welcome": welcome,
    "welcome-microphone": welcome_microphone,
    "welcome-choices": welcome_choices,
    "american": american,
    "practising": practising,
    "call": call,
    "untried": untried,
    "tested": tested,
    "tested-call": tested_call,
    "no-microphone": no_microphone,
    "error": error,
    "encounter": encounter,
    "encounter-suggested": encounter_suggested,
    "encounter-suggested-talk": encounter_suggested_talk,
    "encounter-call": encounter_call,
    "encounter-more": encounter_more,
    "encounter-numbers": encounter_numbers,
    "encounter-own-number": encounter_own_number,
    "encounter-hours": encounter_hours,
    "encounter-keys": encounter_keys,
    "encounter-alarm": encounter_alarm,
    "encounter-far-alarm": encounter_far_alarm,
    "refused": refused,
    "sealing": sealing,
}


def _sound(live: FakeLive, seconds: int) -> None:
    dice = random.Random(7)
    live.at(seconds, state=RecorderState.RECORDING)
    for index in range(seconds * 20):
        high = int((abs(math.sin(index / 37)) * 0.6 + 0.15) * dice.random() * 90)
        live.columns.append((-high, high))


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = arguments[1:] or list(SCENES)
    application = QApplication([])
    theme = Theme(application)
    languages: tuple[Language, ...] = ("zh", "en")
    with tempfile.TemporaryDirectory() as catalogues:
        words = UiWords("zh", locale_dir(Path(catalogues)))
        for name in wanted:
            for language in languages:
                words.set_language(language)
                for shade in ("light", "dark"):
                    theme.choose(shade)
                    for size_name, size in SIZES.items():
                        stage = SCENES[name](words)
                        stage.window.resize(size)
                        stage.window.show()
                        for _ in range(3):
                            QCoreApplication.processEvents()
                        got = stage.window.size()
                        if got != size:
                            print(f"{name} {language}: wants {got.width()}x{got.height()}")  # noqa: T201
                        stage.window.grab().save(str(folder / f"{name}-{language}-{shade}-{size_name}.png"))
                        stage.window.hide()
                        stage.window.deleteLater()
                        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main(sys.argv[1:])
