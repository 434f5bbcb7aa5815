"""What the window's services promise, on a real library."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest

from evidencedesk.app.key_care import KeyCare
from evidencedesk.app.services import OpenedDesk, Services
from evidencedesk.capture.remote import RunningCapture
from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.device_key import DeviceKey
from evidencedesk.domain.case import ContactDetails, ContactKind
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecordingPlan
from evidencedesk.domain.stamp import Authority
from evidencedesk.export.case_folder import ExportedFolder
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings, authorities_asked
from evidencedesk.ui.cases.services import FolderStamps
from evidencedesk.ui.services import LiveEncounter, SecondPlace
from evidencedesk.ui.settings.time_presenter import StampsStanding
from evidencedesk.workflows.add_pack import add_pack
from evidencedesk.workflows.checkpoints import mark
from fakes.signers import ForgetfulKeyring
from fakes.sound_server import SPEECH
from fakes.time_authorities import TimeServer
from samples.pack_mistakes import GOOD

_MEMORY = Path("/dev/shm")  # only looked at: a drive of its own on every Linux


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenedDesk]:
    made = OpenedDesk(tmp_path / "library", SystemClock())
    yield made
    made.close()


def services(opened: OpenedDesk, tmp_path: Path, **chosen: Any) -> Services:
    return Services(opened.desk, Settings(**chosen), tmp_path / "config" / "settings.json")


def test_a_choice_that_could_not_be_saved_is_used_all_the_same(opened: OpenedDesk, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way")
    desk = services(opened, tmp_path)
    with pytest.raises(Known):
        desk.save_settings(Settings(second_folder=str(tmp_path), earlier="yes"))
    assert desk.settings().second_folder == str(tmp_path)
    assert desk.second_place() is SecondPlace.SAME_DRIVE
    assert desk.earlier_s() == 10


def test_a_disk_that_does_not_answer_is_no_number_and_no_error(opened: OpenedDesk, tmp_path: Path) -> None:
    desk = services(opened, tmp_path)
    assert desk.free_bytes() == pytest.approx(desk.free_bytes(str(tmp_path)), rel=0.1)
    assert desk.free_bytes(str(tmp_path / "pulled out")) is None


def test_the_second_place_is_judged_by_where_it_really_is(opened: OpenedDesk, tmp_path: Path) -> None:
    assert services(opened, tmp_path).second_place() is SecondPlace.NONE
    gone = services(opened, tmp_path, second_folder=str(tmp_path / "not mounted"))
    assert gone.second_place() is SecondPlace.NOT_THERE
    beside = services(opened, tmp_path, second_folder=str(tmp_path))
    assert beside.second_place() is SecondPlace.SAME_DRIVE


@pytest.mark.skipif(not _MEMORY.is_dir(), reason="no second drive to look at")
def test_a_folder_on_another_drive_is_a_good_second_place(opened: OpenedDesk, tmp_path: Path) -> None:
    if tmp_path.stat().st_dev == _MEMORY.stat().st_dev:
        pytest.skip("the temporary folder is in memory, too")
    assert services(opened, tmp_path, second_folder=str(_MEMORY)).second_place() is SecondPlace.READY


@dataclass
class _Live:
    case: str = "c-1"
    encounter: str = "e-1"
    recording: str = "r-2"


def test_a_recorder_that_outlived_its_window_keeps_its_own_second_place(
    opened: OpenedDesk, tmp_path: Path
) -> None:
    plan = RecordingPlan("c-1", "e-1", "r-1", "folder", "visit", "mic", "1", second_folder="/media/stick")
    running = RunningCapture(plan, os.getpid(), "", b"")
    desk = Services(opened.desk, Settings(second_folder="/elsewhere"), tmp_path / "s.json", [running])
    live = cast("LiveEncounter", _Live())
    assert desk.second_folder(live) == "/media/stick"
    assert desk.second_folder(cast("LiveEncounter", _Live(encounter="e-other"))) == ""


def test_without_a_recording_no_device_has_been_used(opened: OpenedDesk, tmp_path: Path) -> None:
    assert services(opened, tmp_path).recorded_devices() == frozenset()


def test_a_click_before_anything_is_listened_to_is_no_error(opened: OpenedDesk, tmp_path: Path) -> None:
    services(opened, tmp_path).keep_all()


def test_what_was_kept_since_the_click_is_not_let_go_for_something_asked_before_it(
    opened: OpenedDesk, tmp_path: Path
) -> None:
    desk, source = services(opened, tmp_path), f"file:{SPEECH}"
    try:
        desk.listen(source)
        meter = desk._meter
        desk.listen(source)
        assert desk._meter is not meter  # asked to look again: opened anew
        meter = desk._meter
        desk.keep_all()
        desk.listen(source)
        assert desk._meter is meter
        desk.stop_listening()
        desk.listen(source)
        assert desk._meter is not meter
    finally:
        desk.stop_listening()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the list of another system")
def test_on_a_mac_the_other_side_is_looked_for_among_all_inputs(
    opened: OpenedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Services(opened.desk, Settings(), tmp_path / "s.json", platform="darwin")
    listed = ()
    monkeypatch.setattr(desk, "sources", lambda: listed)
    assert desk.far_sources() is listed


def test_time_stamps_are_sent_from_when_they_are_turned_on_until_the_window_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    path = tmp_path / "config" / "settings.json"
    with TimeServer(tmp_path / "authority") as server:
        opened = OpenedDesk(tmp_path / "library", SystemClock(), lambda: authorities_asked(path))
        desk = services(opened, tmp_path)
        case = desk.open_case("来分期")
        mark(opened.desk, case.id, Why.RECORDING_STARTED)
        assert desk.stamps_standing() == StampsStanding(), "off: nothing waits, nothing is begun"
        assert not _stamping_threads()
        authority = Authority("loopback", server.url, root_file=str(server.folder / "root.pem"))
        desk.save_settings(Settings(time_stamps="yes", authorities=(authority,)))
        server.manner = "500"
        mark(opened.desk, case.id, Why.RECORDING_STOPPED)
        _wait_for(lambda: desk.stamps_standing().bad_trouble == "http-status")
        server.manner = "good"
        desk.send_stamps()
        _wait_for(lambda: desk.stamps_standing().good_authority == "loopback")
        assert desk.stamps_standing().waiting == 0
        assert len(desk.case_file(case.id).stamps) == 1
        desk.close_stamping()
        assert not _stamping_threads()
        opened.close()


def _quiet(*_: object) -> None:
    """Progress nobody watches."""


def _export(desk: Services, case: str, destination: Path, passphrase: str = "") -> ExportedFolder:
    return desk.export_case(
        case,
        destination,
        "en",
        zip_too=False,
        progress=_quiet,
        cancelled=lambda: False,
        passphrase=passphrase,
    )


def test_a_locked_key_signs_with_its_passphrase_and_a_wrong_one_writes_nothing(
    opened: OpenedDesk, tmp_path: Path
) -> None:
    KeyCare(opened.desk.key).make_key()
    assert not services(opened, tmp_path).key_asks()
    KeyCare(opened.desk.key).set_passphrase("", "correct horse")
    case = services(opened, tmp_path).open_case("来分期")
    opened.close()
    again = OpenedDesk(tmp_path / "library", SystemClock())
    desk = services(again, tmp_path)
    assert desk.key_asks()
    events = desk.case_file(case.id).events
    with pytest.raises(Known) as wrong:
        _export(desk, case.id, tmp_path / "out", "wrong")
    assert wrong.value.code is Code.KEY_WRONG_PASSPHRASE
    assert not (tmp_path / "out").exists()
    assert desk.case_file(case.id).events == events
    unsigned = _export(desk, case.id, tmp_path / "unsigned")
    assert unsigned.signer == ""
    assert unsigned.unsigned is not None
    assert unsigned.unsigned.code is Code.KEY_LOCKED
    signed = _export(desk, case.id, tmp_path / "signed", "correct horse")
    assert signed.signer == again.desk.key.fingerprint
    assert not desk.key_asks(), "once is enough until the window is closed"
    again.close()


def test_a_certificate_the_reader_brings_is_used(opened: OpenedDesk, tmp_path: Path) -> None:
    desk = services(opened, tmp_path)
    exported = _export(desk, desk.open_case("来分期").id, tmp_path / "out")
    other = KeyCare(DeviceKey(tmp_path / "other", ForgetfulKeyring(works=False), SystemClock()))
    other.make_key()

    def codes(*trust: Path) -> set[str]:
        return {finding.code for finding in desk.verify(exported.path, _quiet, trust=trust).findings}

    assert "signed-by-unknown" in codes()
    assert "signed-by-known" in codes(tmp_path / "library/keys/device.pem")
    assert "signature-not-trusted" in codes(tmp_path / "other/keys/device.pem")
    with pytest.raises(Known) as junk:
        desk.verify(exported.path, _quiet, trust_time=[tmp_path / "nothing.pem"])
    assert junk.value.code is Code.FILE_UNREADABLE


def test_the_stamp_over_an_export_is_waited_for_and_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    path = tmp_path / "config" / "settings.json"
    with TimeServer(tmp_path / "authority") as server:
        opened = OpenedDesk(tmp_path / "library", SystemClock(), lambda: authorities_asked(path))
        desk = services(opened, tmp_path)
        case = desk.open_case("来分期")
        before = _export(desk, case.id, tmp_path / "before")
        authority = Authority("loopback", server.url, root_file=str(server.folder / "root.pem"))
        server.manner = "500"
        desk.save_settings(Settings(time_stamps="yes", authorities=(authority,)))
        exported = _export(desk, case.id, tmp_path / "out")
        _wait_for(lambda: desk.folder_stamps(case.id, exported).trouble == "http-status")
        assert desk.folder_stamps(case.id, exported).waiting == 1
        assert desk.folder_stamps(case.id, before) == FolderStamps(), "it was written before"
        server.manner = "good"
        desk.send_stamps()
        _wait_for(lambda: bool(desk.folder_stamps(case.id, exported).received))
        assert desk.folder_stamps(case.id, exported).waiting == 0
        desk.close_stamping()
        opened.close()


def _stamping_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("time-stamps")]


def _wait_for(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_packs_are_in_use_as_the_settings_say_from_the_moment_they_are_saved(
    opened: OpenedDesk, tmp_path: Path
) -> None:
    desk = services(opened, tmp_path)
    assert desk.pack.id == "cn-article-2025"
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")
    add_pack(opened.desk, tmp_path / "mine.toml")
    desk.save_settings(replace(desk.settings(), packs=("uk-example", "cn-article-2025")))
    assert [pack.id for pack in desk.packs] == ["uk-example", "cn-article-2025"]
    assert desk.pack.id == "uk-example"


def test_a_contact_is_logged_changed_shown_and_taken_back(opened: OpenedDesk, tmp_path: Path) -> None:
    desk = services(opened, tmp_path)
    case = desk.open_case("Laifenqi")
    details = ContactDetails(ContactKind.MISSED_CALL, "2026-11-20T13:03:00.000000Z", 480)
    contact = desk.log_contact(case.id, details)
    desk.change_contact(case.id, contact.id, replace(details, party="13800001111"))
    picture = tmp_path / "shot.png"
    picture.write_bytes(b"png")
    shown = desk.attach_to_contact(case.id, picture, contact.id)
    assert desk.kept_contact_file(shown).read_bytes() == b"png"
    (kept,) = desk.case_file(case.id).contacts
    assert (kept.details.party, shown.contact) == ("13800001111", contact.id)
    desk.withdraw_contact(case.id, contact.id)
    (kept,) = desk.case_file(case.id).contacts
    assert kept.withdrawn


def test_a_list_is_looked_at_and_taken_in(opened: OpenedDesk, tmp_path: Path) -> None:
    desk = services(opened, tmp_path)
    case = desk.open_case("Laifenqi")
    looked_at = desk.preview_contacts(case.id, "2026-11-20 21:03 13800001111 未接", None)
    taken = desk.take_contacts(case.id, looked_at, looked_at.new)
    assert desk.case_file(case.id).contacts == taken.logged
