from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Runner
from evidencedesk.ui.record.hearing import Hearing
from evidencedesk.ui.record.presenter import RecordPresenter
from evidencedesk.ui.services import SecondPlace
from evidencedesk.ui.words import UiWords
from fakes.ui_services import FakeDesk, FakeSource, HeldRunner, InstantRunner, disk_full
from fakes.ui_stage import SETTINGS, Heard


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


def presenter(
    desk: FakeDesk, en: UiWords, heard: Heard, runner: Runner | None = None, settings: Settings = SETTINGS
) -> RecordPresenter:
    made = RecordPresenter(desk, runner or InstantRunner(), en, heard.messages, settings)
    made.activate()
    return made


def test_the_default_microphone_is_taken_where_the_settings_name_none(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    assert presenter(desk, en, heard).state.chosen == "mic"
    assert desk.listening == "mic"


def test_a_microphone_from_the_settings_is_taken_if_it_is_there(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    assert presenter(desk, en, heard, settings=Settings(source="usb")).state.chosen == "usb"
    assert presenter(desk, en, heard, settings=Settings(source="gone")).state.chosen == "mic"


def test_choosing_a_microphone_listens_to_it_and_tells(
    desk: FakeDesk, en: UiWords, heard: Heard, qtbot: QtBot
) -> None:
    record = presenter(desk, en, heard)
    with qtbot.waitSignal(record.source_chosen) as told:
        record.choose_source("usb")
    assert told.args == ["usb"]
    assert desk.listening == "usb"


def test_start_lets_the_microphone_go_and_records_into_the_case(
    desk: FakeDesk, en: UiWords, heard: Heard, qtbot: QtBot
) -> None:
    case = desk.open_case("Laifenqi")
    record = presenter(desk, en, heard, settings=Settings(mode="call"))
    with qtbot.waitSignal(record.began) as told:
        record.start()
    assert desk.listening is None
    assert told.args == [desk.begun[0]]
    assert (desk.begun[0].case, desk.begun[0].mode) == (case.id, Mode.CALL)


def test_one_press_is_enough_without_any_case(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    presenter(desk, en, heard).start()
    assert [summary.case.title for summary in desk.cases()] == ["Case of 2026-11-23"]
    assert desk.begun


def test_a_second_press_while_starting_does_nothing(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    runner = HeldRunner()
    record = presenter(desk, en, heard, runner)
    runner.let_go()
    record.start()
    assert record.state.starting
    record.start()
    runner.let_go()
    runner.let_go()
    assert len(desk.begun) == 1


def test_a_refused_start_is_told_and_can_be_tried_again(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    desk.begin_error = MachineFailure(Code.DEVICE_BUSY, device="mic")
    record = presenter(desk, en, heard)
    record.start()
    assert heard.codes == ["device-busy"]
    assert record.state.can_start
    desk.begin_error = None
    record.start()
    assert desk.begun


def test_without_a_microphone_the_button_waits_and_looking_again_helps(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    desk.inputs = ()
    record = presenter(desk, en, heard)
    assert record.state.no_microphone
    assert not record.state.can_start
    desk.inputs = (FakeSource("new", "New one"),)
    record.start()  # the space bar looks again
    assert record.state.chosen == "new"
    assert record.state.can_start
    assert not desk.begun


def test_a_microphone_plugged_in_is_noticed_by_itself(
    desk: FakeDesk, en: UiWords, heard: Heard, qtbot: QtBot
) -> None:
    desk.inputs = ()
    record = presenter(desk, en, heard)
    record._look_timer.setInterval(1)
    desk.inputs = (FakeSource("new", "New one"),)
    qtbot.waitUntil(lambda: record.state.chosen == "new")


def test_when_listing_fails_recording_may_still_be_tried(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    desk.list_error = MachineFailure(Code.NO_SOUND_SYSTEM)
    record = presenter(desk, en, heard)
    assert record.state.sound_problem is desk.list_error
    assert record.state.can_start
    assert heard.said == []  # it stands on the page, not in a banner


@pytest.mark.parametrize(
    ("peak", "hearing"),
    [
        (80, Hearing.HEARD),
        (300, Hearing.NOISY),
        (5, Hearing.QUIET),
        (0, Hearing.NOTHING),
        (None, Hearing.UNKNOWN),
    ],
)
def test_hearing_is_judged_by_the_last_seconds(
    desk: FakeDesk, en: UiWords, heard: Heard, peak: int | None, hearing: Hearing
) -> None:
    desk.peak = peak
    record = presenter(desk, en, heard)
    for _ in range(25):
        record.listening.read_level()
    assert record.state.hearing is hearing


def test_a_voice_with_its_pauses_is_no_noise(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    record = presenter(desk, en, heard)
    for reading in range(25):
        desk.peak = 400 if reading % 5 else 10
        record.listening.read_level()
    assert record.state.hearing is Hearing.HEARD


@pytest.mark.parametrize(("muted_inputs", "hearing"), [({"mic"}, Hearing.MUTED), (set(), Hearing.NOTHING)])
def test_an_input_that_gives_nothing_is_called_muted_only_if_the_system_says_so(
    desk: FakeDesk, en: UiWords, heard: Heard, muted_inputs: set[str], hearing: Hearing
) -> None:
    desk.muted_inputs = muted_inputs
    desk.peak = 0
    record = presenter(desk, en, heard)
    for _ in range(25):
        record.listening.read_level()
    assert record.state.hearing is hearing


def test_a_call_on_this_computer_is_begun_with_the_other_side(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    record = presenter(desk, en, heard)
    record.start()
    record.choose_mode("call")
    record.start()
    record.choose_far_source("")
    record.start()
    assert desk.begun_with == [("mic", ""), ("mic", "speakers.monitor"), ("mic", "")]


def test_preparations_are_ticked_and_taken_back_with_the_case(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    desk.open_case("Laifenqi")
    record = presenter(desk, en, heard)
    item = record.state.preparations[0].item.id
    record.set_done(item, done=True)
    assert record.state.done == 1
    assert presenter(desk, en, heard).state.done == 1
    record.set_done(item, done=False)
    assert record.state.done == 0


def test_a_tick_the_disk_refuses_is_not_shown_as_done(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    desk.open_case("Laifenqi")
    record = presenter(desk, en, heard)
    desk.write_error = disk_full()
    record.set_done(record.state.preparations[0].item.id, done=True)
    assert record.state.done == 0
    assert heard.codes == ["disk-full"]


def test_another_case_brings_its_own_preparations(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    first = desk.open_case("First")
    record = presenter(desk, en, heard)
    record.set_done(record.state.preparations[0].item.id, done=True)
    record.open_case("Second")
    assert record.state.case is not None
    assert (record.state.case.title, record.state.done) == ("Second", 0)
    record.choose_case(first.id)
    assert record.state.done == 1


def test_out_of_sight_the_microphone_is_let_go(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    record = presenter(desk, en, heard)
    record.deactivate()
    assert desk.listening is None
    assert not record.listening.following


def test_the_room_is_counted_at_the_microphones_own_rate(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    desk.free = 200_000_000 + 48_000 * 2 * 60 * 90
    assert presenter(desk, en, heard).state.minutes_left == 90


def test_from_the_click_on_everything_is_kept_before_the_database_is_asked(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    runner = HeldRunner()
    record = presenter(desk, en, heard, runner)
    while runner.waiting:
        runner.let_go()
    desk.asked.clear()
    record.start()
    assert desk.asked == ["keep_all", "open_case"]  # the device comes later, on the runner's thread
    runner.let_go()
    assert desk.asked[:3] == ["keep_all", "open_case", "begin"]


def test_when_no_case_can_be_opened_what_was_kept_since_the_click_is_let_go(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    record = presenter(desk, en, heard)
    desk.write_error = disk_full()
    record.start()
    assert heard.codes == ["disk-full"]
    assert desk.asked[-2:] == ["stop_listening", "listen"]


@pytest.mark.parametrize("seconds", [0, 10])
def test_the_page_knows_whether_the_last_seconds_are_kept(
    desk: FakeDesk, en: UiWords, heard: Heard, seconds: int
) -> None:
    desk.earlier = seconds
    record = presenter(desk, en, heard)
    assert record.state.earlier_s == seconds
    record.deactivate()
    assert record.state.earlier_s == 0  # nobody listens


def test_where_nobody_listens_nothing_is_said_to_be_kept(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    desk.earlier = 10
    desk.inputs = ()
    assert presenter(desk, en, heard).state.earlier_s == 0


def test_how_the_second_place_stands_is_looked_up_away_from_what_begins_recordings(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    desk.second = SecondPlace.NOT_THERE
    slow = HeldRunner()
    record = RecordPresenter(desk, InstantRunner(), en, heard.messages, SETTINGS, slow=slow)
    record.activate()
    record.start()
    assert desk.begun  # a drive that does not answer keeps nobody from recording
    slow.let_go()
    assert record.state.second is SecondPlace.NOT_THERE


def test_a_disk_that_does_not_say_its_room_is_no_obstacle(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    desk.free = None
    record = presenter(desk, en, heard)
    assert record.state.minutes_left is None
    assert record.state.can_start


def test_on_a_mac_no_microphone_is_taken_for_the_other_side_by_itself(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    desk.far_inputs = (*desk.inputs, FakeSource("BlackHole", "BlackHole 2ch"))
    record = RecordPresenter(
        desk, InstantRunner(), en, heard.messages, Settings(mode="call"), platform="darwin"
    )
    record.activate()
    assert record.state.far is None
    assert [one.name for one in record.state.far_choices] == ["usb", "BlackHole"]
    record.choose_far_source("BlackHole")
    assert record.state.far is not None
    record.start()
    assert desk.begun_with == [("mic", "BlackHole")]
