"""The library's signing key, as the window asks about it."""

from __future__ import annotations

from evidencedesk.custody.device_key import DeviceKey
from evidencedesk.domain.errors import Unreadable
from evidencedesk.ui.settings.key_presenter import KeyFacts


class KeyCare:
    """Looks after one key. A keyring may ask the user meanwhile: not for the window's own thread."""

    def __init__(self, key: DeviceKey) -> None:
        self._key = key

    def key_facts(self) -> KeyFacts:
        """How it stands; opens nothing."""
        return KeyFacts(self._key.fingerprint, self._key.kept, self._key.opened is not None)

    def make_key(self) -> KeyFacts:
        """A new key; where there is none yet, the first."""
        if self._is_first():
            self._key.open()
        else:
            self._key.renew()
        return self.key_facts()

    def set_passphrase(self, present: str, new: str) -> KeyFacts:
        """Another lock."""
        self._key.open(present)
        self._key.set_passphrase(new)
        return self.key_facts()

    def _is_first(self) -> bool:
        try:
            return self._key.kept is None
        except Unreadable:
            return False  # there is one, and its files are damaged: they are set aside
