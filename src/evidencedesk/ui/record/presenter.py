"""Turns what happens on the record page into workflow calls and a new state."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.case import Case, Mode, Tick, Verdict
from evidencedesk.domain.errors import Known
from evidencedesk.domain.rules import RuleItem
from evidencedesk.domain.suggestion import Suggestion
from evidencedesk.guidance.suggestions import suggest
from evidencedesk.system.kind import MAC, SYSTEM
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Runner
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.record.hearing import Hearing, Outcome
from evidencedesk.ui.record.inputs import Input
from evidencedesk.ui.record.listening import Listening
from evidencedesk.ui.record.self_test import Phase, SelfTest, SelfTestRun
from evidencedesk.ui.record.state import Preparation, RecordState
from evidencedesk.ui.room_left import minutes_left
from evidencedesk.ui.services import LiveEncounter, RecordServices, SecondPlace, SourceChoice
from evidencedesk.ui.words import UiWords

DEFAULT = "default"
ROOM_MS = 10_000
LOOK_AGAIN_MS = 4_000


class RecordPresenter(QObject):
    """The record page's logic.

    ``runner`` must not be the thread that exports: recording never waits for anything. What may take long
    and is only to be shown is looked up by ``slow``.

    Emits:
        state_changed: the new RecordState.
        level_changed: the peak heard, 0..1000, or None.
        began: the LiveEncounter that is being recorded now.
        practice_began: the same, after it, when it is a practice.
        mode_chosen, source_chosen, far_source_chosen: what the user chose, to be remembered; the last
            is empty for a call on another phone.
        places_chosen: where both sides are, to be remembered.
    """

    state_changed = Signal(object)
    level_changed = Signal(object)
    began = Signal(object)
    mode_chosen = Signal(str)
    source_chosen = Signal(str)
    far_source_chosen = Signal(str)
    practice_began = Signal(object)
    places_chosen = Signal(str, str)

    def __init__(
        self,
        services: RecordServices,
        runner: Runner,
        words: UiWords,
        messages: Messages,
        settings: Settings,
        parent: QObject | None = None,
        *,
        slow: Runner | None = None,
        platform: str = SYSTEM,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._slow = slow or runner
        self._platform = platform
        self._words = words
        self._messages = messages
        self._active = False
        self._listing = False
        self._test_next = ""
        self.state = RecordState(
            ready=True,
            mode=Mode(settings.mode),
            chosen=settings.source,
            far_chosen=settings.far_source,
            place_here=settings.place_here,
            place_there=settings.place_there,
        )
        self._room_timer = self._timer(ROOM_MS, self._read_room)
        self._look_timer = self._timer(LOOK_AGAIN_MS, self.look_again)
        self.listening = Listening(services, runner, self)
        self.listening.opened.connect(self._listened_to)
        self.listening.level_changed.connect(self.level_changed)
        self.listening.hearing_changed.connect(self._heard)
        self.listening.failed.connect(self._listen_failed)
        self._test = SelfTestRun(services, runner, self)
        self._test.changed.connect(self._tested)
        self.level_changed.connect(self._test.heard)

    def activate(self) -> None:
        """The page came into sight: look at everything afresh."""
        self._active = True
        self._read_cases(self.state.case.id if self.state.case else "")
        self._read_room()
        self._room_timer.start()
        if self.state.recorded is None:
            self._slow.run(self._services.recorded_devices, self._told_recorded, self._let_go)
        self.look_again()

    def deactivate(self) -> None:
        """The page went out of sight: let the microphone go."""
        self._active = False
        self._test_next = ""
        self._still()
        self._runner.run(self._services.stop_listening, self._let_go, self._let_go)

    def end(self) -> None:
        """The library goes: look for nothing any more."""
        self._active = False
        self._room_timer.stop()
        self._look_timer.stop()

    @Slot()
    def start(self) -> None:
        """The red button: record now."""
        if not self.state.can_start:
            if self.state.no_microphone:
                self.look_again()
            return
        # Before anything that may take a moment: the recording begins no later than the click.
        self._services.keep_all()
        try:
            case = self._ensure_case()
        except Known as error:
            self._messages.show_error(error)
            self._runner.run(self._services.stop_listening, self._let_go, self._let_go)
            self._listen()
            return
        self._still()
        self._show(replace(self.state, starting=True))
        far = self.state.far.name if self.state.far else ""
        work = partial(self._begin, self.state.mode, self.state.chosen, far, case.id)
        self._runner.run(work, self._begun, self._begin_failed)

    @Slot()
    def practise(self) -> None:
        """Try it with a simulated visit, in a case of its own."""
        if not self.state.can_practise:
            return
        self._still()
        self._show(replace(self.state, starting=True))
        work = partial(self._services.practise, self._words.text("Practice"))
        self._runner.run(work, self._practice_begun, self._begin_failed)

    @Slot(str, str)
    def choose_places(self, here: str, there: str) -> None:
        """Where the user is, and where the other side."""
        self._show(replace(self.state, place_here=here, place_there=there))
        self.places_chosen.emit(here, there)

    @Slot()
    def read_rules(self) -> None:
        """Other rules are in use."""
        self._read_cases(self.state.case.id if self.state.case else "")

    @Slot()
    def test(self) -> None:
        """Three seconds to find out whether the microphone will do."""
        near = self.state.input
        if near is None or self.state.starting:
            return
        if self.listening.following:
            self._test.begin(near, self.state.far)
        else:
            self._test_next = near.name  # as soon as it is listened to

    @Slot(str)
    def test_source(self, name: str) -> None:
        """The wrong microphone was heard: take this one, and test it."""
        self._test_next = name
        self.choose_source(name)

    @Slot(str)
    def choose_mode(self, mode: str) -> None:
        """Visit or call."""
        self._test.cancel()
        self._show(replace(self.state, mode=Mode(mode)))
        self._read_room()
        self.mode_chosen.emit(mode)

    @Slot(str)
    def choose_source(self, name: str) -> None:
        """Another microphone."""
        if name and name != self.state.chosen:
            self._show(replace(self.state, chosen=name))
            self.source_chosen.emit(name)
            self._listen()

    @Slot(str)
    def choose_far_source(self, name: str) -> None:
        """Where the other side is heard; empty for a phone on speaker."""
        if name != self.state.far_chosen:
            self._test.cancel()
            self._show(replace(self.state, far_chosen=name))
            self._read_room()
            self.far_source_chosen.emit(name)

    @Slot(str)
    def choose_case(self, case_id: str) -> None:
        """The case the next encounter belongs to."""
        self._read_cases(case_id)

    @Slot(str)
    def open_case(self, title: str) -> None:
        """A new case, and record into it."""
        try:
            case = self._services.open_case(title)
        except Known as error:
            self._messages.show_error(error)
            return
        self._read_cases(case.id)

    @Slot(str, bool)
    def set_done(self, item_id: str, done: bool) -> None:  # noqa: FBT001 - a slot
        """A preparation was made, or was not after all."""
        known = {one.item.id: one.tick for one in self.state.preparations}
        try:
            case = self._ensure_case()
            if done:
                self._services.tick_item(case.id, None, item_id, Verdict.KEPT)
            elif known.get(item_id):
                self._services.withdraw_tick(case.id, known[item_id])
        except Known as error:
            self._messages.show_error(error)
        if self.state.case:
            self._read_cases(self.state.case.id)

    @Slot()
    def look_again(self) -> None:
        """Look for microphones; may be asked as often as one likes."""
        if self._listing or self.state.starting:
            return
        self._listing = True
        if not self.state.inputs:
            self._show(replace(self.state, looking=True))
        self._runner.run(self._services.sources, self._listed, self._list_failed)
        self._runner.run(self._services.far_sources, self._far_listed, self._far_failed)

    @Slot(object)
    def _far_listed(self, sources: tuple[SourceChoice, ...]) -> None:
        inputs = tuple(Input(s.name, s.label, s.rate_hz, s.channels) for s in sources)
        chosen = self.state.far_chosen
        if chosen and chosen not in [one.name for one in inputs]:
            # A Mac lists everything that can be recorded: only its owner knows which carries the call.
            chosen = inputs[0].name if inputs and self._platform != MAC else DEFAULT
        self._show(replace(self.state, far_inputs=inputs, far_chosen=chosen))

    @Slot(object)
    def _far_failed(self, _error: Known) -> None:
        self._show(replace(self.state, far_inputs=()))

    @Slot(object)
    def _listed(self, sources: tuple[SourceChoice, ...]) -> None:
        self._listing = False
        inputs = tuple(Input(s.name, s.label, s.rate_hz, s.channels) for s in sources)
        names = [one.name for one in inputs]
        chosen = self.state.chosen
        if chosen not in names and names:
            chosen = next((s.name for s in sources if s.is_default), names[0])
        self._show(replace(self.state, inputs=inputs, chosen=chosen, looking=False, sound_problem=None))
        self._read_room()
        if inputs:
            self._look_timer.stop()
            self._listen()
        elif self._active:
            self._look_timer.start()  # plugging one in is enough, no button needed

    @Slot(object)
    def _list_failed(self, error: Known) -> None:
        self._listing = False
        self._show(replace(self.state, inputs=(), looking=False, sound_problem=error))
        if self._active:
            self._look_timer.start()

    def _listen(self) -> None:
        if not self._active or self.state.starting:
            return
        self._test.cancel()
        self._show(replace(self.state, earlier_s=0))
        self.listening.listen(self.state.chosen)

    @Slot()
    def _listened_to(self) -> None:
        if not self._active or self.state.starting:
            return
        self.listening.follow()
        self._show(replace(self.state, sound_problem=None, earlier_s=round(self._services.earlier_s())))
        wanted, self._test_next = self._test_next, ""
        if wanted and wanted == self.state.chosen:
            self.test()

    @Slot(object)
    def _listen_failed(self, error: Known) -> None:
        self._test.cancel()
        self._show(replace(self.state, sound_problem=error, earlier_s=0))
        if self._active:
            self._look_timer.start()

    @Slot(object)
    def _heard(self, hearing: Hearing) -> None:
        self._show(replace(self.state, hearing=hearing))

    @Slot()
    def _read_room(self) -> None:
        self._slow.run(self._services.second_place, self._told_second, self._let_go)
        chosen = self.state.input or Input("", "")
        far = self.state.far or Input("", "")
        free = self._services.free_bytes()
        minutes = None
        if free is not None:
            minutes = minutes_left(
                free,
                (chosen.rate_hz, chosen.channels),
                (far.rate_hz, far.channels) if self.state.far else (0, 0),
            )
        self._show(replace(self.state, minutes_left=minutes))

    @Slot(object)
    def _told_second(self, second: SecondPlace) -> None:
        self._show(replace(self.state, second=second))

    @Slot(object)
    def _told_recorded(self, devices: frozenset[str]) -> None:
        self._show(replace(self.state, recorded=devices | (self.state.recorded or frozenset())))

    @Slot(object)
    def _tested(self, test: SelfTest) -> None:
        recorded = self.state.recorded
        if test.phase is Phase.DONE and test.outcome is Outcome.FINE:
            recorded = (recorded or frozenset()) | {test.device}
        self._show(replace(self.state, test=test, recorded=recorded))

    def _read_cases(self, wanted: str) -> None:
        try:
            # Evidence must not get among a practice, nor into a case that was put aside.
            cases = tuple(
                one.case for one in self._services.cases() if not one.practice and not one.case.archived
            )
            case = next((one for one in cases if one.id == wanted), None) or self._services.latest_case()
            case_file = self._services.case_file(case.id) if case else None
        except Known as error:
            self._messages.show_error(error)
            return
        ticks = case_file.ticks if case_file else ()
        done = {tick.item: tick for tick in ticks if tick.encounter is None and not tick.withdrawn}
        suggested = suggest(self._services.pack, case_file, None) if case_file else ()
        known = {one.item: one for one in suggested}
        preparations = tuple(
            _preparation(item, done.get(item.id), known.get(item.id))
            for item in self._services.before_items()
        )
        consent = self._services.consent()
        self._show(replace(self.state, case=case, cases=cases, preparations=preparations, consent=consent))

    def _ensure_case(self) -> Case:
        if self.state.case is not None:
            return self.state.case
        day = self._services.now().local
        case = self._services.open_case(self._words.text("Case of {date}", date=f"{day:%Y-%m-%d}"))
        self._read_cases(case.id)
        return case

    def _begin(self, mode: Mode, source: str, far_source: str, case_id: str) -> LiveEncounter:
        return self._services.begin(mode, source, far_source, case_id)

    @Slot(object)
    def _begun(self, live: LiveEncounter) -> None:
        used = frozenset((self.state.input.label,)) if self.state.input is not None else frozenset()
        recorded = self.state.recorded
        self._show(
            replace(self.state, starting=False, recorded=None if recorded is None else recorded | used)
        )
        self.began.emit(live)

    @Slot(object)
    def _practice_begun(self, live: LiveEncounter) -> None:
        self._show(replace(self.state, starting=False))
        self.began.emit(live)
        self.practice_began.emit(live)

    @Slot(object)
    def _begin_failed(self, error: Known) -> None:
        self._show(replace(self.state, starting=False))
        self._messages.show_error(error)
        if self._active:
            self.look_again()

    @Slot(object)
    def _let_go(self, _nothing: object) -> None:
        """Nothing to do: the microphone is free, or was never taken."""

    def _still(self) -> None:
        self._room_timer.stop()
        self._look_timer.stop()
        self.listening.stop()
        self._test.forget()
        self._show(replace(self.state, earlier_s=0))

    def _timer(self, interval_ms: int, tick: object) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(tick)
        return timer

    def _show(self, state: RecordState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _preparation(item: RuleItem, tick: Tick | None, suggestion: Suggestion | None) -> Preparation:
    if tick is None:
        return Preparation(item, suggestion=suggestion)
    return Preparation(item, tick.id, tick.moment)
