"""Where messages lie: banners above the page, the newest on top; three at most, and those that last."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.ui.kit.announce import announce
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.messages import Message, Messages
from evidencedesk.ui.words import UiWords

_MOST = 3


class _Shown(QObject):
    """One message with its banner."""

    def __init__(self, message: Message, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self.message = message
        self.banner = banner

    def spoken(self, words: UiWords) -> str:
        """All of it, for a screen reader."""
        return " ".join(part for part in self.message.texts(words.words) if part)


class MessageArea(QWidget):
    """Shows what Messages says; takes no room when there is nothing to say."""

    def __init__(self, words: UiWords, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: list[_Shown] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 10, 18, 8)
        self._column.setSpacing(8)
        messages.shown.connect(self._message_shown)
        messages.withdrawn.connect(self._message_withdrawn)
        words.language_changed.connect(self.retranslate)
        self.hide()

    @property
    def banners(self) -> tuple[Banner, ...]:
        """What is on the screen, the newest first."""
        return tuple(one.banner for one in self._shown)

    def clear(self) -> None:
        """Take everything away unanswered."""
        for one in list(self._shown):
            self._remove(one)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        for one in self._shown:
            self._write(one)

    @Slot(object)
    def _message_shown(self, message: Message) -> None:
        self._message_withdrawn(message.key)
        banner = Banner(message.kind, self)
        one = _Shown(message, banner, self)
        banner.action_clicked.connect(partial(self._answered, one))
        banner.closed.connect(partial(self._closed, one))
        self._shown.insert(0, one)
        self._column.insertWidget(0, banner)
        self._write(one)
        announce(banner, one.spoken(self._words), urgent=message.kind != "info")
        passing = [old for old in self._shown if not old.message.lasting]
        for old in passing[_MOST:]:
            self._remove(old)
        self.show()

    @Slot(str)
    def _message_withdrawn(self, key: str) -> None:
        for one in [one for one in self._shown if one.message.key == key]:
            self._remove(one)

    def _answered(self, one: _Shown, action: str) -> None:
        self._remove(one)
        if one.message.answer is not None:
            one.message.answer(action)

    def _closed(self, one: _Shown) -> None:
        self._remove(one)

    def _remove(self, one: _Shown) -> None:
        if one in self._shown:
            self._shown.remove(one)
            self._column.removeWidget(one.banner)
            one.banner.hide()
            one.banner.deleteLater()
            one.deleteLater()
        self.setVisible(bool(self._shown))

    def _write(self, one: _Shown) -> None:
        t = self._words.text
        one.banner.set_texts(*one.message.texts(self._words.words))
        actions = [(action.id, t(action.msgid)) for action in one.message.actions]
        one.banner.set_actions(actions, t("Close this message") if one.message.closable else "")
