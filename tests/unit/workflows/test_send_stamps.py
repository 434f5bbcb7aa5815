"""Stamps are wanted, sent, kept and tried again; the authority is a real one on the loopback."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from evidencedesk.custody.checkpoint import Why
from evidencedesk.domain.case import Case
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment, format_utc, parse_utc
from evidencedesk.domain.stamp import Authority, Subject, Trouble
from evidencedesk.store.waiting_stamps import WaitingStamps
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.time_authority import Network
from evidencedesk.workflows.checkpoints import mark
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.send_stamps import Sender, Sent
from evidencedesk.workflows.stamp_queue import waiting_stamps, want_stamp
from evidencedesk.workflows.stamp_worker import StampWorker
from fakes.time_authorities import TimeServer


class SetClock(SystemClock):
    """The machine's clock, some time later."""

    def __init__(self) -> None:
        super().__init__()
        self.later = timedelta(0)

    def now(self) -> Moment:
        real = super().now()
        utc = format_utc(parse_utc(real.utc) + self.later)
        return Moment(utc, real.offset_minutes, real.boot, real.mono_ns)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TimeServer]:
    with TimeServer(tmp_path / "authority") as made:
        yield made


@pytest.fixture
def authority(server: TimeServer) -> Authority:
    return Authority("loopback", server.url, root_file=str(server.folder / "root.pem"))


@pytest.fixture
def chosen(authority: Authority) -> list[Authority]:
    return [authority]


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock, chosen: list[Authority]) -> Iterator[Desk]:
    with open_desk(tmp_path / "library", clock, authorities=lambda: tuple(chosen)) as opened:
        yield opened


@pytest.fixture
def case(desk: Desk) -> Case:
    return open_case(desk, "来分期", "某某消费金融", "LFQ-2024-0831")


def quick() -> Network:
    return Network(silence_s=0.5, whole_s=1.0)


def sender(desk: Desk) -> Sender:
    return Sender(desk, quick, chance=lambda: 1.0)


def until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_checkpoint_of_a_recording_waits_and_is_stamped(
    desk: Desk, case: Case, server: TimeServer, authority: Authority
) -> None:
    checkpoint = mark(desk, case.id, Why.RECORDING_STARTED)
    (waiting,) = waiting_stamps(desk.library)
    assert (waiting.subject, waiting.imprint, waiting.seq) == (Subject.CHECKPOINT, checkpoint.id, 1)
    (sent,) = sender(desk).send()
    assert sent.trouble is None
    assert waiting_stamps(desk.library) == []
    (stamp,) = desk.store.case_file(case.id).stamps
    folder = desk.case_folder(case.id) / "stamps"
    question = (folder / f"{checkpoint.id}.loopback.tsq").read_bytes()
    answer = (folder / f"{checkpoint.id}.loopback.tsr").read_bytes()
    assert server.requests == [question], "the exact bytes that were sent"
    assert hashlib.sha256(answer).hexdigest() == stamp.token_sha256
    assert (stamp.authority, stamp.seq, stamp.imprint) == ("loopback", 1, checkpoint.id)
    kept = {path.name for path in (desk.library / "stamps" / "authorities" / "loopback").iterdir()}
    assert {"root.pem", "chain.pem"} < kept
    assert sum(name.endswith(".crl") for name in kept) == 2


def test_only_a_hash_leaves_the_computer(desk: Desk, case: Case, server: TimeServer) -> None:
    mark(desk, case.id, Why.RECORDING_STOPPED)
    sender(desk).send()
    (question,) = server.requests
    assert len(question) < 80
    for secret in ("来分期", case.id, "LFQ", desk.library.name):
        assert secret.encode() not in question
    told = " ".join(f"{key} {value}" for key, value in server.headers[0].items())
    assert case.id not in told
    assert str(desk.library) not in told


def test_nothing_waits_while_stamping_is_off(desk: Desk, case: Case, chosen: list[Authority]) -> None:
    chosen.clear()
    mark(desk, case.id, Why.RECORDING_STARTED)
    assert waiting_stamps(desk.library) == []
    assert not (desk.library / "stamps").exists()


@pytest.mark.parametrize("why", [Why.EXPORT])
def test_other_checkpoints_are_not_stamped(desk: Desk, case: Case, why: Why) -> None:
    mark(desk, case.id, why)
    assert waiting_stamps(desk.library) == []


def test_an_imprint_of_other_bytes_is_a_mistake(desk: Desk, case: Case) -> None:
    with pytest.raises(ValueError, match="imprint"):
        want_stamp(desk, case.id, Subject.CHECKPOINT, "0" * 64, 1, b"else")


@pytest.mark.parametrize(
    ("manner", "trouble"),
    [
        ("html", Trouble.NOT_AN_ANSWER),
        ("500", Trouble.HTTP_STATUS),
        ("junk", Trouble.JUNK),
        ("hang", Trouble.TOO_SLOW),
        ("drip", Trouble.TOO_SLOW),
        ("huge", Trouble.TOO_LARGE),
        ("endless", Trouble.TOO_LARGE),
        ("redirect", Trouble.REDIRECTED),
    ],
)
def test_a_server_that_misbehaves_leaves_the_wish_waiting(
    desk: Desk, case: Case, server: TimeServer, manner: str, trouble: Trouble
) -> None:
    mark(desk, case.id, Why.RECORDING_STARTED)
    server.manner = manner
    (sent,) = sender(desk).send()
    assert sent.trouble is trouble
    (waiting,) = waiting_stamps(desk.library)
    assert (waiting.tries, waiting.trouble) == (1, trouble.value)
    assert desk.store.case_file(case.id).stamps == ()
    assert not (desk.case_folder(case.id) / "stamps").exists()


@pytest.mark.parametrize(
    ("signer", "trouble"),
    [
        ("expired", Trouble.EXPIRED),
        ("revoked", Trouble.REVOKED),
        ("other", Trouble.UNKNOWN_ROOT),
    ],
)
def test_a_certificate_that_counts_for_nothing_gives_no_stamp(
    desk: Desk, case: Case, server: TimeServer, signer: str, trouble: Trouble
) -> None:
    mark(desk, case.id, Why.RECORDING_STARTED)
    server.signer = signer
    (sent,) = sender(desk).send()
    assert sent.trouble is trouble
    assert desk.store.case_file(case.id).stamps == ()


def test_an_answer_to_another_question_gives_no_stamp(desk: Desk, case: Case, server: TimeServer) -> None:
    server.manner = "replay"
    mark(desk, case.id, Why.RECORDING_STARTED)
    assert sender(desk).send()[0].trouble is None
    want_stamp(desk, case.id, Subject.CHECKPOINT, hashlib.sha256(b"b").hexdigest(), 1, b"b")
    (sent,) = sender(desk).send()
    assert sent.trouble is Trouble.WRONG_HASH


def test_a_closed_port_is_said_at_once(desk: Desk, case: Case, server: TimeServer) -> None:
    mark(desk, case.id, Why.RECORDING_STARTED)
    server.close()
    (sent,) = sender(desk).send()
    assert sent.trouble is Trouble.UNREACHABLE


def test_a_refusal_is_kept_with_its_reason(desk: Desk, case: Case, server: TimeServer) -> None:
    server.digests = "sha512"
    mark(desk, case.id, Why.RECORDING_STARTED)
    (sent,) = sender(desk).send()
    assert sent.trouble is Trouble.REFUSED
    assert "bad_alg" in sent.detail


def test_without_revocation_lists_a_stamp_is_kept_all_the_same(
    desk: Desk, case: Case, server: TimeServer
) -> None:
    server.manner = "good"
    for crl in server.folder.glob("*.crl"):
        crl.unlink()
    mark(desk, case.id, Why.RECORDING_STARTED)
    assert sender(desk).send()[0].trouble is None
    assert len(desk.store.case_file(case.id).stamps) == 1


def test_an_intermediate_that_is_left_out_is_fetched(desk: Desk, case: Case, server: TimeServer) -> None:
    server.chain = False
    mark(desk, case.id, Why.RECORDING_STARTED)
    assert sender(desk).send()[0].trouble is None


def test_an_answer_that_its_certificate_did_not_sign_makes_us_fetch_nothing(
    desk: Desk, case: Case, server: TimeServer
) -> None:
    server.chain = False
    server.spoil = True
    mark(desk, case.id, Why.RECORDING_STARTED)
    assert sender(desk).send()[0].trouble is Trouble.BAD_SIGNATURE
    assert server.fetched == []


@pytest.mark.parametrize("signer", ["good", "good-rsa"])
def test_an_answer_whose_signature_holds_leads_to_its_issuer(
    desk: Desk, case: Case, server: TimeServer, signer: str
) -> None:
    server.chain = False
    server.signer = signer
    mark(desk, case.id, Why.RECORDING_STARTED)
    assert sender(desk).send()[0].trouble is None
    assert server.fetched[0] == "/issuing.cer"


def test_a_stranger_s_certificate_sends_us_to_nobody_near(
    desk: Desk, case: Case, server: TimeServer, chosen: list[Authority], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody on the way can answer a question sent without TLS, with a certificate of their own."""
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", server.url)  # so that the authority is somewhere else
    server.chain = False
    elsewhere = Authority("elsewhere", "http://authority.invalid/", root_file=chosen[0].root_file)
    chosen[:] = [elsewhere]
    mark(desk, case.id, Why.RECORDING_STARTED)
    assert sender(desk).send()[0].trouble is Trouble.UNKNOWN_ROOT
    assert len(server.requests) == 1
    assert server.fetched == [], "its certificates name this computer"


def test_the_pauses_grow_up_to_six_hours(desk: Desk, case: Case, clock: SetClock, server: TimeServer) -> None:
    server.manner = "500"
    mark(desk, case.id, Why.RECORDING_STARTED)
    pauses = []
    for _ in range(12):
        assert sender(desk).send()
        now = clock.now()
        assert sender(desk).send() == (), "not before it is due"
        (waiting,) = waiting_stamps(desk.library)
        pauses.append(round((parse_utc(waiting.due_utc) - parse_utc(now.utc)).total_seconds()))
        clock.later += timedelta(seconds=pauses[-1] + 1)
    assert pauses[:3] == [60, 120, 240]
    assert pauses[-1] == 6 * 3600
    server.manner = "good"
    assert sender(desk).send()[0].trouble is None


def test_chance_takes_up_to_half_of_a_pause_away(desk: Desk, case: Case, server: TimeServer) -> None:
    server.manner = "500"
    mark(desk, case.id, Why.RECORDING_STARTED)
    Sender(desk, quick, chance=lambda: 0.0).send()
    assert 25 < (sender(desk).seconds_to_next() or 0) <= 30


def test_a_clock_that_was_set_back_makes_nothing_wait(
    desk: Desk, case: Case, clock: SetClock, server: TimeServer
) -> None:
    clock.later = timedelta(days=400)
    server.manner = "500"
    mark(desk, case.id, Why.RECORDING_STARTED)
    sender(desk).send()
    clock.later = timedelta(0)
    server.manner = "good"
    assert sender(desk).send()[0].trouble is None


def test_what_waits_survives_a_restart(
    tmp_path: Path, clock: SetClock, authority: Authority, server: TimeServer
) -> None:
    server.manner = "500"
    with open_desk(tmp_path / "library", clock, authorities=lambda: (authority,)) as desk:
        case = open_case(desk, "来分期", "", "")
        mark(desk, case.id, Why.RECORDING_STARTED)
        sender(desk).send()
    server.manner = "good"
    with open_desk(tmp_path / "library", clock, authorities=lambda: (authority,)) as desk:
        assert [one.tries for one in waiting_stamps(desk.library)] == [1]
        assert sender(desk).send(now=True)[0].trouble is None
        assert len(desk.store.case_file(case.id).stamps) == 1


def test_an_answer_that_came_before_a_crash_is_not_asked_for_again(
    desk: Desk, case: Case, server: TimeServer
) -> None:
    mark(desk, case.id, Why.RECORDING_STARTED)
    (waiting,) = waiting_stamps(desk.library)
    sender(desk).send()
    # As if the process had died between the file and the end of the wish.
    WaitingStamps(desk.library).put(waiting)
    (sent,) = sender(desk).send()
    assert sent.trouble is None
    assert len(server.requests) == 1
    assert len(desk.store.case_file(case.id).stamps) == 1
    kinds = [event.type for event in desk.store.events(case.id)]
    assert kinds.count(EventType.STAMP_RECEIVED) == 1


def test_one_authority_that_fails_holds_no_other_up(
    desk: Desk, case: Case, server: TimeServer, chosen: list[Authority], tmp_path: Path
) -> None:
    with TimeServer(tmp_path / "second") as second:
        second.manner = "hang"
        chosen.append(Authority("slow", second.url, root_file=str(second.folder / "root.pem")))
        for number in range(3):
            content = str(number).encode()
            imprint = hashlib.sha256(content).hexdigest()
            want_stamp(desk, case.id, Subject.CHECKPOINT, imprint, 1, content)
        done: list[str] = []

        def note(one: Sent) -> None:
            done.append(one.waiting.authority)
            if done == ["loopback"] * 3:
                second.let_go.set()  # only now does the slow one hang up

        found = Sender(desk, lambda: Network(60, 60)).send(on_sent=note)
        assert done == ["loopback"] * 3 + ["slow"] * 3
        assert {one.waiting.authority for one in found if one.trouble is None} == {"loopback"}
        assert len(second.requests) == 1, "one that hangs is asked once, not for each stamp"
        waiting = waiting_stamps(desk.library)
        assert [one.authority for one in waiting] == ["slow"] * 3
        assert {one.tries for one in waiting} == {1}


def test_an_authority_taken_off_the_list_is_waited_for_no_longer(
    desk: Desk, case: Case, server: TimeServer, chosen: list[Authority], authority: Authority
) -> None:
    mark(desk, case.id, Why.RECORDING_STARTED)
    chosen[:] = [Authority("another", server.url, root_file=authority.root_file)]
    assert sender(desk).send() == ()
    assert waiting_stamps(desk.library) == []
    chosen.clear()
    mark(desk, case.id, Why.RECORDING_STOPPED)


def test_turning_stamps_off_keeps_what_waits(
    desk: Desk, case: Case, chosen: list[Authority], authority: Authority
) -> None:
    mark(desk, case.id, Why.RECORDING_STARTED)
    chosen.clear()
    assert sender(desk).send(now=True) == ()
    assert len(waiting_stamps(desk.library)) == 1
    chosen.append(authority)
    assert sender(desk).send()[0].trouble is None


def test_the_wishes_of_a_deleted_case_go_with_it(desk: Desk, case: Case, server: TimeServer) -> None:
    mark(desk, case.id, Why.RECORDING_STARTED)
    desk.store.delete_case(case.id)
    assert sender(desk).send() == ()
    assert server.requests == []
    assert waiting_stamps(desk.library) == []
    assert not desk.case_folder(case.id).exists()


def test_damaged_wishes_are_passed_over(desk: Desk, case: Case) -> None:
    mark(desk, case.id, Why.RECORDING_STARTED)
    folder = desk.library / "stamps" / "waiting"
    (good,) = folder.iterdir()
    for number, change in enumerate(
        ({"case": "../.."}, {"authority": "../x"}, {"imprint": "0"}, {"due_utc": "soon"}, {"v": 2})
    ):
        (folder / f"{number}.json").write_text(json.dumps(json.loads(good.read_text()) | change))
    (folder / "x.json").write_bytes(b"\xff")
    (folder / "y.json").write_bytes(b"[]")
    assert len(waiting_stamps(desk.library)) == 1


def test_a_full_disk_does_not_disturb_whoever_records(desk: Desk, case: Case) -> None:
    (desk.library / "stamps").write_bytes(b"in the way")
    assert want_stamp(desk, case.id, Subject.CHECKPOINT, hashlib.sha256(b"").hexdigest(), 1, b"") is False
    assert mark(desk, case.id, Why.RECORDING_STARTED).head.seq == 1


def test_the_worker_sends_what_comes_and_ends_when_told(desk: Desk, case: Case, server: TimeServer) -> None:
    worker = StampWorker(desk, quick)
    worker.start()
    for why in (Why.RECORDING_STARTED, Why.RECORDING):
        mark(desk, case.id, why)
    until(lambda: len(desk.store.case_file(case.id).stamps) == 2)
    worker.close()
    assert not any(thread.name.startswith("time-stamps") for thread in threading.enumerate())


def test_a_worker_that_waits_for_a_dead_server_ends_at_once(
    desk: Desk, case: Case, server: TimeServer
) -> None:
    server.manner = "hang"
    mark(desk, case.id, Why.RECORDING_STARTED)
    worker = StampWorker(desk, lambda: Network(60, 60))
    worker.start()
    until(lambda: len(server.requests) == 1)
    begun = time.monotonic()
    worker.close()
    assert time.monotonic() - begun < 3
    assert not any(thread.name.startswith("time-stamps") for thread in threading.enumerate())
    assert len(waiting_stamps(desk.library)) == 1
