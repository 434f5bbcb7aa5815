"""The one door to the user: whatever is to be said outside a page goes through here.

Nothing here is ever modal: a message lies inside the window and waits, the recording goes on.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.ui.kit.banner import BannerKind
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Words, mark

if TYPE_CHECKING:  # not for the first paint
    from evidencedesk.domain.pulse import StopReason

_DETAIL = mark("{safe} {next}")
_STOPPED_DETAIL = mark("The recording ended by itself. Everything up to that moment is saved.")
_DETAIL_WITH_REASON = mark("{safe} {next} ({detail})")


@dataclass(frozen=True, slots=True)
class Action:
    """A button under a message; ``msgid`` is its text in English."""

    id: str
    msgid: str


@dataclass(frozen=True, slots=True)
class Message:
    """Something said. It keeps keys, not sentences, so that it can change its language later.

    Messages with the same ``key`` replace each other. ``answer`` is called with the id of the button.
    An ``error`` beside a ``msgid`` is its ``{cause}``. A ``lasting`` one gives way to no later message.
    """

    key: str
    kind: BannerKind
    msgid: str = ""
    detail_msgid: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    error: Known | None = None
    stopped: StopReason | None = None
    actions: tuple[Action, ...] = ()
    answer: Callable[[str], None] | None = None
    closable: bool = True
    lasting: bool = False

    def texts(self, words: Words) -> tuple[str, str]:
        """The sentence, and the smaller ones under it."""
        if self.stopped is not None:
            labels = importlib.import_module("evidencedesk.wording.labels")  # not for the first paint
            return str(labels.label(words, self.stopped)), words.text(self.detail_msgid)
        if self.error is None:
            return words.text(self.msgid, **self.facts), words.text(self.detail_msgid, **self.facts)
        told = describe(words, self.error)
        if self.msgid:
            facts = {**self.facts, "cause": told.what}
            return words.text(self.msgid, **facts), words.text(self.detail_msgid, **facts)
        pattern = _DETAIL_WITH_REASON if told.detail else _DETAIL
        return told.what, words.text(pattern, safe=told.safe, next=told.next, detail=told.detail)


class Messages(QObject):
    """Says things; whoever shows them listens to ``shown`` and ``withdrawn``.

    Emits:
        shown: a Message, new or in place of the one with its key.
        withdrawn: the key of a message that no longer holds.
    """

    shown = Signal(object)
    withdrawn = Signal(str)
    _found_elsewhere = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found_elsewhere.connect(self.show_error)

    @Slot(object)
    def show_error(self, error: Known) -> None:
        """What failed, whether the recording is safe, what to do next."""
        self.shown.emit(Message(key=f"error-{error.code.value}", kind="error", error=error))

    def show_info(self, msgid: str, /, **facts: object) -> None:
        """Something good to know."""
        self.show(Message(key=f"info-{msgid}", kind="info", msgid=msgid, facts=facts))

    def show_warning(self, msgid: str, /, **facts: object) -> None:
        """Something to look after."""
        self.show(Message(key=f"warn-{msgid}", kind="warn", msgid=msgid, facts=facts))

    def show_stopped(self, reason: StopReason) -> None:
        """A recording ended although nobody asked for it."""
        self.show(Message(key="stopped", kind="warn", stopped=reason, detail_msgid=_STOPPED_DETAIL))

    def show(self, message: Message) -> None:
        """Say it."""
        self.shown.emit(message)

    def withdraw(self, key: str) -> None:
        """Take back what no longer holds."""
        self.withdrawn.emit(key)

    def show_known(self, error: Known) -> None:
        """The same as ``show_error``, from any thread."""
        self._found_elsewhere.emit(error)

    def show_bug(self, error: BaseException) -> None:
        """A fault of ours, from any thread."""
        self.show_known(MachineFailure(Code.PROGRAM_ERROR, reason=type(error).__name__))
