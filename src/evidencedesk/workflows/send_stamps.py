"""Send the time stamps that wait, keep the answers, and try again later where there was none."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from evidencedesk.domain.case import Stamp
from evidencedesk.domain.errors import Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import format_utc, parse_utc
from evidencedesk.domain.stamp import Authority, Subject, Trouble
from evidencedesk.store.stamp_files import StampFiles
from evidencedesk.store.waiting_stamps import WaitingStamp, WaitingStamps
from evidencedesk.system.time_authority import Network
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.get_stamp import Line, NoStamp, Received, check_stamp, get_stamp
from evidencedesk.workflows.stamp_folder import add_to_folder

_FIRST_WAIT_S = 60
_LONGEST_WAIT_S = 6 * 3600
# After these the same authority need not be asked for the next stamp just now.
_OUT_OF_REACH = frozenset(
    {
        Trouble.UNREACHABLE,
        Trouble.TOO_SLOW,
        Trouble.HTTP_STATUS,
        Trouble.REDIRECTED,
        Trouble.NOT_AN_ANSWER,
        Trouble.ROOT_FILE,
    }
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one wish: an answer, or why there is none."""

    waiting: WaitingStamp
    gen_time: str = ""
    serial: str = ""
    trouble: Trouble | None = None
    detail: str = ""


class Sender:
    """Sends what waits. Each authority has a thread of its own: one that hangs holds no other up."""

    def __init__(
        self,
        desk: Desk,
        line: Callable[[], Line] = Network,
        chance: Callable[[], float] = random.random,
        authorities: Sequence[Authority] | None = None,
    ) -> None:
        """``line`` makes a way to an authority; ``chance`` spreads the next tries, 0 up to 1.

        ``authorities`` are asked; without them those that the user has chosen, whenever it is asked.
        """
        self._desk = desk
        self._authorities = authorities
        self._line = line
        self._chance = chance
        self._waiting = WaitingStamps(desk.library, desk.seals_to)
        self._files = StampFiles(desk.library)

    def send(self, *, now: bool = False, on_sent: Callable[[Sent], None] | None = None) -> tuple[Sent, ...]:
        """Send what is due; with ``now`` all that waits. Raises what the disk says.

        ``on_sent`` is called from the threads of the authorities.
        """
        chosen = self._desk.authorities() if self._authorities is None else self._authorities
        authorities = {authority.name: authority for authority in chosen}
        wanted: dict[str, list[WaitingStamp]] = {}
        for waiting in self._waiting.read():
            if waiting.authority in authorities:
                if now or self._is_due(waiting):
                    wanted.setdefault(waiting.authority, []).append(waiting)
            elif authorities and self._authorities is None:
                self._waiting.drop(waiting)  # the user has taken this authority off the list
        if not wanted:
            return ()
        with ThreadPoolExecutor(len(wanted), thread_name_prefix="time-stamps") as pool:
            results = pool.map(
                lambda name: self._send_all(authorities[name], wanted[name], on_sent), sorted(wanted)
            )
            return tuple(sent for result in results for sent in result)

    def seconds_to_next(self) -> float | None:
        """How long until something is due; None when nothing waits. Raises what the disk says."""
        names = {authority.name for authority in self._desk.authorities()}
        dues = [one.due_utc for one in self._waiting.read() if one.authority in names]
        if not dues:
            return None
        now = parse_utc(self._desk.clock.now().utc)
        # A clock that was set back must not make anything wait for days.
        return min(max(0.0, (parse_utc(min(dues)) - now).total_seconds()), _LONGEST_WAIT_S)

    def _is_due(self, waiting: WaitingStamp) -> bool:
        left = parse_utc(waiting.due_utc) - parse_utc(self._desk.clock.now().utc)
        return left <= timedelta(0) or left > timedelta(seconds=_LONGEST_WAIT_S)

    def _send_all(
        self, authority: Authority, wishes: Sequence[WaitingStamp], on_sent: Callable[[Sent], None] | None
    ) -> list[Sent]:
        line = self._line()
        sent: list[Sent] = []
        out_of_reach: Sent | None = None
        for waiting in wishes:
            if out_of_reach is None:
                result = self._send_one(line, authority, waiting)
                if result is None:
                    continue
            else:
                result = self._failed(
                    waiting, out_of_reach.trouble or Trouble.UNREACHABLE, out_of_reach.detail
                )
            if result.trouble in _OUT_OF_REACH:
                out_of_reach = result
            sent.append(result)
            if on_sent is not None:
                on_sent(result)
        return sent

    def _send_one(self, line: Line, authority: Authority, waiting: WaitingStamp) -> Sent | None:
        """None when there is nothing to stamp any more."""
        try:
            case_file = self._desk.store.case_file(waiting.case)
        except Known:
            self._waiting.drop(waiting)  # the case was deleted
            return None
        try:
            received = self._received(line, authority, waiting)
        except NoStamp as error:
            return self._failed(waiting, error.trouble, error.detail)
        stamp = known_stamp(case_file.stamps, waiting.imprint, authority.name)
        if stamp is None:
            stamp = note_stamp(self._desk, waiting, received)
        self._waiting.drop(waiting)
        if waiting.folder:
            # Gone, moved or read-only: the answer is in the library, `stamp FOLDER` puts it in later.
            add_to_folder(self._desk.library, Path(waiting.folder), waiting.case, (authority.name,))
        return Sent(waiting, stamp.gen_time, stamp.serial)

    def _received(self, line: Line, authority: Authority, waiting: WaitingStamp) -> Received:
        known = self._files.kept_chain(authority.name)
        kept = self._files.answer(waiting.case, waiting.imprint, authority.name)
        if kept is not None:
            # Received before a crash; asking again would give a second, later one.
            received = check_stamp(line, authority, *kept, known)
        else:
            received = get_stamp(line, authority, waiting.imprint, known)
            self._files.keep_answer(
                waiting.case, waiting.imprint, authority.name, received.question, received.answer
            )
        self._files.keep_path(authority.name, received.stamp.path)
        for crl in received.crls:
            self._files.keep_crl(authority.name, crl)
        return received

    def _failed(self, waiting: WaitingStamp, trouble: Trouble, detail: str) -> Sent:
        tries = waiting.tries + 1
        wait = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** min(tries - 1, 20))
        # Between half and all of it: many computers must not come back in the same second.
        pause = timedelta(seconds=wait * (0.5 + self._chance() / 2))
        due = format_utc(parse_utc(self._desk.clock.now().utc) + pause)
        kept = replace(waiting, tries=tries, due_utc=due, trouble=trouble.value, detail=detail)
        self._waiting.put(kept)
        return Sent(kept, trouble=trouble, detail=detail)


def known_stamp(stamps: Iterable[Stamp], imprint: str, authority: str) -> Stamp | None:
    """The stamp of an authority over an imprint, if the journal tells of one."""
    return next((one for one in stamps if (one.imprint, one.authority) == (imprint, authority)), None)


def note_stamp(desk: Desk, waiting: WaitingStamp, received: Received) -> Stamp:
    """Write into the journal that a stamp came. Raises what the disk says."""
    stamp = received.stamp
    facts = {
        "stamp": new_id(Kind.STAMP),
        "subject": Subject(waiting.subject).value,
        "imprint": waiting.imprint,
        "seq": waiting.seq,
        "authority": waiting.authority,
        "gen_time": stamp.gen_time,
        "serial": stamp.serial,
        "policy": stamp.policy,
        "token_sha256": hashlib.sha256(received.answer).hexdigest(),
    }
    desk.store.append(waiting.case, [(EventType.STAMP_RECEIVED, facts)])
    stamps = desk.store.case_file(waiting.case).stamps
    return next(one for one in stamps if one.id == facts["stamp"])
