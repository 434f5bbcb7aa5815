"""The ticks of one encounter that stand, and the order in which the user set them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.guidance.checks import CONTACT_HOURS
from evidencedesk.guidance.live import HoursNow
from evidencedesk.ui.encounter.session import Session
from evidencedesk.ui.services import Facts

Key = tuple[str, str]  # pack and item


class Marks:
    """Sets ticks and takes them back; nothing is kept here that is not on the disk.

    Of several ticks of one item the last one stands; taking it back brings the one before it to light.
    """

    def __init__(self, session: Session, known: Iterable[Tick]) -> None:
        self._session = session
        self._standing: dict[Key, list[Tick]] = {}
        self._mine: list[Tick] = []
        self.taken_back: set[Key] = set()
        live = session.live
        # One that is about a contact or a person says nothing of the encounter as a whole.
        here = [
            tick
            for tick in known
            if tick.encounter == live.encounter and tick.subject in ("", live.encounter)
        ]
        if any(tick.withdrawn for tick in here):
            by_user = session.attempt(partial(session.services.taken_back, live.case)) or frozenset()
            self.taken_back |= {(tick.pack, tick.item) for tick in here if tick.id in by_user}
        for tick in here:
            if not tick.withdrawn:
                self._keep(tick)

    def of(self, key: Key) -> Tick | None:
        """The tick that stands."""
        standing = self._standing.get(key)
        return standing[-1] if standing else None

    @property
    def last(self) -> Tick | None:
        """The user's latest mark of this sitting that can be undone."""
        return self._mine[-1] if self._mine else None

    @property
    def all(self) -> tuple[Tick, ...]:
        """Every tick that stands."""
        return tuple(standing[-1] for standing in self._standing.values() if standing)

    def set(self, key: Key, verdict: Verdict) -> None:
        """Tick an item at this second."""
        tick = self._tick(key, verdict)
        if tick is not None:
            self._mine.append(tick)

    def set_by_clock(self, key: Key, found: HoursNow) -> None:
        """Let the clock tick an item at this second."""
        self._tick(key, found.verdict, automatic=True, rule=CONTACT_HOURS, facts=found.facts)

    def clear_by_clock(self, key: Key) -> None:
        """Take back what the clock said: its grounds are gone, it may come again."""
        standing = self._standing.get(key, [])
        while standing and _is_by_clock(standing[-1]):
            if not self._withdraw(standing[-1], automatic=True):
                return

    def _tick(
        self, key: Key, verdict: Verdict, *, automatic: bool = False, rule: str = "", facts: Facts = ()
    ) -> Tick | None:
        live = self._session.live
        pack, item = key
        work = partial(
            self._session.services.tick_item,
            live.case,
            live.encounter,
            item,
            verdict,
            live.recording,
            live.at_ms(),
            automatic=automatic,
            pack=pack,
            rule=rule,
            facts=facts,
        )
        tick = self._session.attempt(work)
        if tick is not None:
            self._keep(tick)
        return tick

    def clear(self, key: Key) -> None:
        """Take back what stands for an item: the user's own ticks, or else those of the clock."""
        standing = self._standing.get(key, [])
        by_clock = bool(standing) and standing[-1].automatic
        while standing and standing[-1].automatic is by_clock:
            if not self._withdraw(standing[-1]):
                return
        if not standing:
            self.taken_back.add(key)

    def undo(self) -> Key | None:
        """Take the user's last mark back; returns whose it was."""
        tick = self.last
        if tick is None or not self._withdraw(tick):
            return None
        key = (tick.pack, tick.item)
        if self.of(key) is None:
            self.taken_back.add(key)
        return key

    def _withdraw(self, tick: Tick, *, automatic: bool = False) -> bool:
        work = partial(self._session.services.withdraw_tick, tick.case, tick.id, automatic=automatic)
        if not self._session.attempt(_done(work)):
            return False
        self._standing[tick.pack, tick.item].remove(tick)
        if tick in self._mine:
            self._mine.remove(tick)
        return True

    def _keep(self, tick: Tick) -> None:
        self._standing.setdefault((tick.pack, tick.item), []).append(tick)


def _is_by_clock(tick: Tick) -> bool:
    # Another rule may have said something of the same item; older versions named none.
    return tick.automatic and tick.rule in ("", CONTACT_HOURS)


def _done(work: Callable[[], None]) -> Callable[[], bool]:
    def did() -> bool:
        work()
        return True

    return did
