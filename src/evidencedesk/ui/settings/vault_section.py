"""The card of the settings page about the lock of the library, and about hiding the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.vault import VaultState
from evidencedesk.ui.help.ask import titled
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Divider
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.kit.work_strip import WorkStrip
from evidencedesk.ui.settings.setting import Setting, SettingsSection
from evidencedesk.ui.settings.vault_code import VaultCode
from evidencedesk.ui.settings.vault_form import VaultForm
from evidencedesk.ui.settings.vault_presenter import (
    VaultAsks,
    VaultDone,
    VaultPresenter,
    VaultSectionState,
)
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_DONE = {
    VaultDone.CHANGED: mark("Done. It holds from now on."),
    VaultDone.SEALED: mark("All files of the library are sealed."),
    VaultDone.GIVEN_UP: mark("The library has no lock any more. All files are as they were before."),
}
_MINUTES = ("0", "1", "5", "15", "30")


class VaultSection(SettingsSection):
    """What is protected, what opens it, when it locks, how to hide."""

    def __init__(self, presenter: VaultPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._title = SectionTitle(parent=self)
        self.what = TextLabel(tone="sub", parent=self, wrap=True)
        self.limits = TextLabel(tone="faint", parent=self, wrap=True)
        self.banner = Banner("info", self)
        self.standing = TextLabel(tone="strong", parent=self, wrap=True)
        self.code = VaultCode(words, self)
        self.form = VaultForm(words, self)
        self.work = WorkStrip(self)
        self.left = TextLabel(tone="warn", parent=self, wrap=True)
        self.buttons = {
            asking: PlainButton(parent=self) for asking in VaultAsks if asking is not VaultAsks.NOTHING
        }
        self.idle = SegmentedControl([Segment(minutes) for minutes in _MINUTES], parent=self)
        self.tells = SegmentedControl([Segment("yes"), Segment("no")], parent=self)
        self._idle_row = QWidget(self)
        self._tells_row = QWidget(self)
        self._names = [
            (TextLabel(tone="strong", parent=self), TextLabel(tone="faint", parent=self, wrap=True))
            for _ in range(3)
        ]
        self._lay_out()
        self._connect()
        self.retranslate()

    def settings(self) -> tuple[Setting, ...]:
        """The lock and its passphrase, code and keyring; when it locks, and how to hide."""
        change, code, keyring = (
            self.buttons[asking] for asking in (VaultAsks.CHANGE, VaultAsks.NEW_CODE, VaultAsks.KEYRING)
        )
        whole = tuple(
            self.buttons[asking] for asking in (VaultAsks.SET_UP, VaultAsks.GIVE_UP, VaultAsks.KEEP)
        )
        return (
            Setting(
                "vault",
                mark("Lock of the library"),
                mark("Nobody else reads recordings, notes and papers"),
                mark("password, encrypt, encryption, protect, vault, secret, privacy, safe"),
                (*whole, self.form, self.work, self.banner),
            ),
            Setting(
                "vault-passphrase",
                mark("Passphrase of the library"),
                mark("What opens the lock"),
                mark("password, change password, PIN"),
                (change, self.form),
            ),
            Setting(
                "vault-code",
                mark("Recovery code"),
                mark("Opens the lock when the passphrase is forgotten"),
                mark("forgotten password, paper, print, lost"),
                (code, self.code),
            ),
            Setting(
                "vault-keyring",
                mark("Open with the keyring"),
                mark("The computer's own keyring opens the lock when you log in"),
                mark("keychain, credential manager, log in, automatically"),
                (keyring,),
            ),
            Setting(
                "vault-idle",
                mark("Lock when nothing is touched"),
                mark("Also Ctrl+L, and when the screen is locked"),
                mark("idle, minutes, screen lock, automatic, time-out"),
                (self.idle,),
            ),
            Setting(
                "vault-tells",
                mark("While locked and recording"),
                mark("Whether the locked window says that a recording goes on"),
                mark("hide recording, secret"),
                (self.tells,),
            ),
            Setting(
                "quick-hide",
                mark("Hide the window: press Esc three times"),
                mark(
                    "It then looks like an empty notes program, and a recording goes on. The same again, or "
                    "another start of the program, brings it back; with a lock, to the passphrase"
                ),
                mark("boss key, panic key, disguise, quick hide, neutral"),
                (),
            ),
        )

    @Slot(object)
    def render_state(self, state: VaultSectionState) -> None:
        """Show how the lock stands."""
        self.standing.setText(self._stands(state))
        self.code.show_state(state)
        self.form.show_state(state)
        idle = state.asking is VaultAsks.NOTHING and not state.working and not state.code
        unsealing = state.facts is not None and state.facts.state is VaultState.UNSEALING
        locked = state.facts is not None and not unsealing
        shown = {
            VaultAsks.SET_UP: state.facts is None,
            VaultAsks.CHANGE: locked,
            VaultAsks.NEW_CODE: locked,
            VaultAsks.KEYRING: locked and (state.by_passphrase or not state.by_keyring),
            VaultAsks.GIVE_UP: locked,
            VaultAsks.KEEP: unsealing,
        }
        for asking, button in self.buttons.items():
            button.setVisible(shown[asking])
            button.setEnabled(
                idle and not (state.held and asking not in (VaultAsks.CHANGE, VaultAsks.NEW_CODE))
            )
        self.work.setVisible(state.under_way and not state.code)
        self.work.show_share(state.done_share, 1000)
        t = self._words.text
        self.work.set_texts(
            t("Making the files readable") if unsealing else t("Sealing the files"),
            t("Pause") if state.converting else t("Continue"),
        )
        self.work.cancel_button.setEnabled(not state.held)
        self.left.setVisible(bool(state.left))
        self.left.setText(
            self._words.plural(
                "{n} damaged file could not be opened and stays as it is.",
                "{n} damaged files could not be opened and stay as they are.",
                state.left,
            )
        )
        for row in (self._idle_row, self._tells_row):
            row.setVisible(state.facts is not None)
        self.idle.set_current(state.settings.lock_after)
        self.tells.set_current(state.settings.lock_tells)
        self.buttons[VaultAsks.KEYRING].setText(
            t("Turn the keyring off…") if state.by_keyring else t("Open with the keyring, too…")
        )
        self.buttons[VaultAsks.CHANGE].setText(
            t("Change the passphrase…") if state.by_passphrase else t("Set a passphrase…")
        )
        self.banner.setVisible(state.done is not None)
        if state.done is not None:
            self.banner.set_texts(t(_DONE[state.done]))
            self.banner.set_actions([], t("Dismiss"))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Security"))
        self.what.setText(
            t(
                "With a lock, recordings, notes, names and papers in the library can be read only by whoever "
                "knows the passphrase or has the recovery code; when both are lost, nobody can help. A "
                "recording can begin, and goes on, while the library is locked."
            )
        )
        self.limits.setText(
            t(
                "It does not protect from a program that watches this computer while the library is open, "
                "nor what you exported. Sizes and times of files stay visible, and on SSDs and USB sticks "
                "remains of the files as they were before may last for a while."
            )
        )
        self.buttons[VaultAsks.SET_UP].setText(t("Set up a lock…"))
        self.buttons[VaultAsks.NEW_CODE].setText(t("New recovery code…"))
        self.buttons[VaultAsks.GIVE_UP].setText(t("Give up the lock…"))
        self.buttons[VaultAsks.KEEP].setText(t("Keep the lock after all…"))
        texts = (
            (t("Lock when nothing is touched"), t("Also Ctrl+L, and when the screen is locked")),
            (t("While locked and recording"), t("Whether the locked window says that a recording goes on")),
            (
                t("Hide the window: press Esc three times"),
                t(
                    "It then looks like an empty notes program, and a recording goes on. The same again, or "
                    "another start of the program, brings it back; with a lock, to the passphrase"
                ),
            ),
        )
        for labels, pair in zip(self._names, texts, strict=True):
            for label, text in zip(labels, pair, strict=True):
                label.setText(text)
        self.idle.setAccessibleName(texts[0][0])
        self.tells.setAccessibleName(texts[1][0])
        for minutes in _MINUTES:
            spoken = self._words.plural("After {n} minute", "After {n} minutes", int(minutes))
            self.idle.set_label(minutes, t("{n} min", n=minutes), spoken)
        self.idle.set_label("0", t("Off"), t("Never by itself"))
        self.tells.set_label("yes", t("Say so"))
        self.tells.set_label("no", t("Say nothing"))
        self.render_state(self._presenter.state)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again."""
        super().showEvent(event)
        self._presenter.refresh()

    def _stands(self, state: VaultSectionState) -> str:
        t = self._words.text
        if state.facts is None:
            return t("This library has no lock.")
        if state.facts.state is VaultState.UNSEALING:
            return t("The lock is being given up.")
        by = {
            (True, True): t("Locked with a passphrase and the keyring."),
            (True, False): t("Locked with a passphrase."),
            (False, True): t("Locked with the keyring of this computer."),
            (False, False): t("Locked; only the recovery code opens it."),
        }[state.by_passphrase, state.by_keyring]
        if state.held and state.under_way:
            return f"{by} " + t("The files wait until the recording has ended.")
        return by

    def _lay_out(self) -> None:
        self.column.setSpacing(9)
        self.column.addLayout(titled(self._title, Topic.VAULT, self._words, self))
        for widget in (self.what, self.limits, self.banner, self.standing, self.work, self.left):
            self.column.addWidget(widget)
        self.column.addWidget(self.code)
        self.column.addWidget(self.form)
        strip = QWidget(self)
        flow = FlowLayout(strip)
        for button in self.buttons.values():
            flow.addWidget(button)
        self.column.addWidget(strip)
        rows = ((self._idle_row, self.idle), (self._tells_row, self.tells), (QWidget(self), None))
        for (row, control), labels in zip(rows, self._names, strict=True):
            self.column.addWidget(self._row(row, labels, control))

    def _row(self, row: QWidget, labels: tuple[TextLabel, TextLabel], control: QWidget | None) -> QWidget:
        whole = QVBoxLayout(row)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(9)
        whole.addWidget(Divider(row))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        for label in labels:
            texts.addWidget(label)
        line = TurningRow(row)
        line.row.addLayout(texts, 1)
        if control is not None:
            beside = QHBoxLayout()
            beside.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            # Under the words they begin where the words begin.
            beside.addStretch(1)
            line.row.addLayout(beside)
        whole.addWidget(line)
        return row

    def _connect(self) -> None:
        presenter = self._presenter
        for asking, button in self.buttons.items():
            button.clicked.connect(lambda _=False, asking=asking: presenter.ask(asking))
        self.form.confirmed.connect(self._confirmed)
        self.form.keyring_clicked.connect(presenter.set_up_keyring)
        self.form.dismissed.connect(self._dismissed)
        self.code.confirmed.connect(presenter.confirm_code)
        self.work.cancelled.connect(presenter.pause_or_go_on)
        self.idle.clicked.connect(presenter.choose_idle)
        self.tells.clicked.connect(presenter.choose_tells)
        self.banner.closed.connect(presenter.dismiss_done)
        presenter.typed_used.connect(self.form.clear)
        presenter.state_changed.connect(self.render_state)
        self._words.language_changed.connect(self.retranslate)

    @Slot()
    def _dismissed(self) -> None:
        self._presenter.ask(VaultAsks.NOTHING)

    @Slot(str, str, str)
    def _confirmed(self, present: str, new: str, again: str) -> None:
        presenter, asking = self._presenter, self._presenter.state.asking
        if asking is VaultAsks.SET_UP:
            presenter.set_up(new, again)
        elif asking is VaultAsks.CHANGE:
            presenter.change(present, new, again)
        elif asking is VaultAsks.NEW_CODE:
            presenter.renew_code(present)
        elif asking is VaultAsks.KEYRING:
            presenter.turn_keyring(present)
        elif asking is VaultAsks.GIVE_UP:
            presenter.give_up(present)
        elif asking is VaultAsks.KEEP:
            presenter.keep_after_all(present)
