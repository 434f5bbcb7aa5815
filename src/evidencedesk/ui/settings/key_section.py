"""The card of the settings page about the key that signs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.custody.device_key import Kept
from evidencedesk.ui.help.ask import titled
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.fingerprint import FingerprintLabel
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.settings.key_form import KeyForm
from evidencedesk.ui.settings.key_presenter import Asking, Done, KeyFacts, KeyPresenter, KeyState
from evidencedesk.ui.settings.setting import Setting, SettingsSection
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_MAKE, _LEAVE = "make", "leave"
_KEPT = {
    Kept.KEYRING: mark(
        "The private key is locked by the keyring of this system: whoever is logged in as you can sign with "
        "it, whoever only has the disk can't."
    ),
    Kept.PASSPHRASE: mark(
        "The private key is locked by your passphrase: nobody can sign without it, and nobody can recover it."
    ),
    Kept.ACCOUNT: mark(
        "The private key is protected by the rights of your account alone, because this system offers no "
        "keyring: whoever can use your account or read this disk can sign in your place. A passphrase locks "
        "it."
    ),
}
_DONE = {
    Done.PASSPHRASE_SET: mark(
        "The passphrase is set. Exports ask for it from the next start of the window on."
    ),
    Done.PASSPHRASE_GONE: mark("The passphrase is removed. What was signed before stays valid."),
    Done.KEY_MADE: mark(
        "The key is made. Write down its fingerprint, or print it: it is what ties a case folder to you."
    ),
}


class KeySection(SettingsSection):
    """The fingerprint, how the key is kept, and what can be done."""

    def __init__(self, presenter: KeyPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._banner_shows: tuple[object, ...] = ()
        self._title = SectionTitle(parent=self)
        self._what = TextLabel(tone="sub", parent=self, wrap=True)
        self.banner = Banner("warn", self)
        self._box = Inset(self)
        self._caption = TextLabel(tone="faint", parent=self._box)
        self.fingerprint = FingerprintLabel(parent=self._box)
        self.copy_button = PlainButton(parent=self._box)
        self._lock = IconLabel("lock", "sub", 18, self)
        self.kept = TextLabel(tone="ink", parent=self, wrap=True)
        self.form = KeyForm(words, self)
        self.passphrase_button = PlainButton(icon_name="lock", parent=self)
        self.no_passphrase_button = PlainButton(parent=self)
        self.new_button = PlainButton(icon_name="refresh-cw", parent=self)
        self._lay_out()
        self.copy_button.clicked.connect(self._copy_clicked)
        self.passphrase_button.clicked.connect(presenter.ask_passphrase)
        self.no_passphrase_button.clicked.connect(presenter.ask_no_passphrase)
        self.new_button.clicked.connect(self._new_clicked)
        self.form.confirmed.connect(self._form_confirmed)
        self.form.dismissed.connect(presenter.leave)
        self.banner.action_clicked.connect(self._banner_clicked)
        self.banner.closed.connect(presenter.dismiss_done)
        presenter.typed_used.connect(self.form.clear)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def settings(self) -> tuple[Setting, ...]:
        """Fingerprint, passphrase, another key."""
        return (
            Setting(
                "key-fingerprint",
                mark("Fingerprint of the key"),
                mark("Ties a case folder to you when it stands on paper"),
                mark("signature, certificate, SHA-256, sign, identity"),
                (self.copy_button, self.fingerprint, self.new_button),
            ),
            Setting(
                "key-passphrase",
                mark("Passphrase of the key"),
                mark("Nobody can sign in your place without it, and nobody can recover it"),
                mark("password, lock the key, protect, secret"),
                (self.passphrase_button, self.no_passphrase_button, self.form, self.new_button),
            ),
            Setting(
                "key-new",
                mark("Another key"),
                mark("What the old one signed stays valid"),
                mark("new key, replace, renew, lost, make a key, rotate"),
                (self.new_button, self.banner),
            ),
        )

    @Slot(object)
    def render_state(self, state: KeyState) -> None:
        """Show the key, and what is asked."""
        t = self._words.text
        facts = state.facts or KeyFacts()
        there = bool(facts.fingerprint)
        self._box.setVisible(there)
        self.fingerprint.show_fingerprint(facts.fingerprint)
        self.kept.setText(self._kept_text(state))
        self.kept.setVisible(bool(self.kept.text()))
        self._lock.setVisible(self.kept.isVisibleTo(self))
        idle = state.asking is Asking.NOTHING and not state.working
        has_passphrase = facts.kept is Kept.PASSPHRASE
        self.passphrase_button.setText(
            t("Change the passphrase…") if has_passphrase else t("Set a passphrase…")
        )
        self.passphrase_button.setVisible(there)
        self.no_passphrase_button.setVisible(there and has_passphrase)
        self.new_button.setText(t("New key…") if there or state.lost else t("Make the key now"))
        self.new_button.setVisible(state.facts is not None or state.lost)
        for button in (self.passphrase_button, self.no_passphrase_button, self.new_button):
            button.setEnabled(idle)
        self.form.show_state(state)
        self._show_banner(state)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Signature"))
        self._what.setText(
            t(
                "Case folders are signed with a key made on this computer: a change made afterwards shows. "
                "Whose key it is, only the fingerprint on paper tells."
            )
        )
        self._caption.setText(t("Fingerprint of the key (SHA-256 of its certificate)"))
        self.fingerprint.setAccessibleName(self._caption.text())
        self.copy_button.setText(t("Copy"))
        self.copy_button.setAccessibleName(t("Copy the fingerprint"))
        self.no_passphrase_button.setText(t("Remove the passphrase…"))
        self.render_state(self._presenter.state)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again: a recording or an export may have made the key, or opened it."""
        super().showEvent(event)
        self._presenter.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.fingerprint, 1)
        row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box.column.addWidget(self._caption)
        self._box.column.addLayout(row)
        kept = QHBoxLayout()
        kept.setSpacing(10)
        kept.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        kept.addWidget(self.kept, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.passphrase_button)
        buttons.addWidget(self.no_passphrase_button)
        buttons.addStretch(1)
        buttons.addWidget(self.new_button)
        self.column.setSpacing(9)
        self.column.addLayout(titled(self._title, Topic.KEY, self._words, self))
        self.column.addWidget(self._what)
        self.column.addWidget(self.banner)
        self.column.addWidget(self._box)
        self.column.addLayout(kept)
        self.column.addWidget(self.form)
        self.column.addLayout(buttons)

    def _kept_text(self, state: KeyState) -> str:
        t = self._words.text
        if state.working:
            return t("One moment; the keyring of this system may be asking you…")
        if state.facts is None:
            return t("The key can't be read.") if state.lost else ""
        if state.facts.kept is None:
            return t("There is no key yet. The first recording or export makes one.")
        return t(_KEPT[state.facts.kept])

    def _show_banner(self, state: KeyState) -> None:
        t = self._words.text
        asked = state.asking is Asking.NEW_KEY and not state.working
        self.banner.setVisible(asked or state.done is not None)
        shows = (asked, state.done, self._words.words)
        if shows == self._banner_shows:
            return  # its buttons keep the focus
        self._banner_shows = shows
        if asked:
            self.banner.set_kind("warn")
            self.banner.set_texts(
                t("Make a new key?"),
                t(
                    "What the old key signed stays valid, and its certificate is kept. Folders signed from "
                    "now on carry another fingerprint than the papers you handed over before."
                ),
            )
            self.banner.set_actions([(_MAKE, t("Make a new key")), (_LEAVE, t("Keep the old one"))])
            self.banner.button(_LEAVE).setFocus(Qt.FocusReason.OtherFocusReason)
        elif state.done is not None:
            self.banner.set_kind("info")
            self.banner.set_texts(t(_DONE[state.done]))
            self.banner.set_actions([], t("Dismiss"))

    @Slot()
    def _copy_clicked(self) -> None:
        self.fingerprint.copy()

    @Slot()
    def _new_clicked(self) -> None:
        state = self._presenter.state
        if state.lost or (state.facts is not None and state.facts.fingerprint):
            self._presenter.ask_new_key()
        else:
            self._presenter.make_key()

    @Slot(str)
    def _banner_clicked(self, action: str) -> None:
        if action == _MAKE:
            self._presenter.make_key()
        else:
            self._presenter.leave()

    @Slot(str, str, str)
    def _form_confirmed(self, present: str, new: str, again: str) -> None:
        if self._presenter.state.asking is Asking.NO_PASSPHRASE:
            self._presenter.remove_passphrase(present)
        else:
            self._presenter.set_passphrase(present, new, again)
