"""The card of the settings page about the library as a whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.errors import Code
from evidencedesk.ui.amounts import size_text
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.help.ask import titled
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Divider
from evidencedesk.ui.kit.work_strip import WorkStrip
from evidencedesk.ui.lock.passphrase_edit import PassphraseEdit
from evidencedesk.ui.settings.library_presenter import Doing, LibraryPresenter, LibraryState
from evidencedesk.ui.settings.setting import Setting, SettingsSection
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_USE, _KEY_FILE, _KEY = "use", "key-file", "key"
_DAYS = 30


class LibrarySection(SettingsSection):
    """Size and last back-up; back up, restore, move."""

    def __init__(
        self, presenter: LibraryPresenter, words: UiWords, files: FileChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._files = files
        self._title = SectionTitle(parent=self)
        self.counts = TextLabel(tone="ink", parent=self, wrap=True)
        self.last = TextLabel(tone="sub", parent=self, wrap=True)
        self.banner = Banner("info", self)
        self.passphrase = PassphraseEdit(words, self)
        self.unlock_button = PlainButton(icon_name="undo-2", parent=self)
        self.work = WorkStrip(self)
        self._backup_hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.key_row = CheckRow(_KEY, self)
        self.receiver = Field(self, max_length=200)
        self.backup_button = PlainButton(icon_name="hard-drive", parent=self)
        self.restore_button = PlainButton(icon_name="undo-2", parent=self)
        self._move_hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.move_button = PlainButton(icon_name="folder-output", parent=self)
        self.old = TextLabel(tone="sub", parent=self, wrap=True)
        self.remove_button = PlainButton(icon_name="trash-2", parent=self)
        self.really_button = PlainButton(icon_name="trash-2", parent=self)
        self.really_button.make_danger()
        self.keep_button = PlainButton(parent=self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def settings(self) -> tuple[Setting, ...]:
        """Back up, restore, move, tidy up."""
        return (
            Setting(
                "backup",
                mark("Back up"),
                mark("All cases in one file that is read back after writing"),
                mark("backup, save, copy, archive, ZIP, safety copy, export everything, USB stick"),
                (self.backup_button, self.key_row, self.receiver, self.banner, self.work),
            ),
            Setting(
                "backup-encrypt",
                mark("Encrypt the back-up"),
                mark("For the holder of an age key"),
                mark("encryption, age, receiver, secret, password"),
                (self.receiver,),
            ),
            Setting(
                "restore",
                mark("Restore a back-up"),
                mark("Into a new folder, checked before it is used"),
                mark("recover, bring back, new computer, undo, import everything"),
                (self.restore_button, self.passphrase, self.unlock_button),
            ),
            Setting(
                "move",
                mark("Move the library"),
                mark("To another folder or drive; every file is compared"),
                mark("relocate, other drive, disk full, change folder, place"),
                (self.move_button, self.remove_button, self.really_button, self.keep_button),
            ),
        )

    @Slot(object)
    def render_state(self, state: LibraryState) -> None:
        """Show how things stand."""
        self._show_facts(state)
        working = state.doing is not Doing.NOTHING
        self.work.setVisible(working)
        if working:
            t = self._words.text
            what = {
                Doing.BACKING_UP: t("Backing up the library"),
                Doing.RESTORING: t("Restoring and checking the back-up"),
                Doing.MOVING: t("Copying the library and comparing it"),
                Doing.REMOVING: t("Comparing the old library with the new one"),
            }
            self.work.set_texts(what[state.doing], t("Cancel"))
            self.work.show_share(state.done, state.total, state.file)
        named = state.facts is not None and state.facts.named
        for button in (self.backup_button, self.restore_button, self.remove_button, self.unlock_button):
            button.setEnabled(state.idle)
        self.move_button.setEnabled(state.idle and not named)
        self.move_button.setToolTip(
            self._words.text("Named at the start of the program: another place would not be remembered.")
            if named
            else ""
        )
        self.key_row.set_checked(state.with_key)
        self._show_banner(state)
        asks = state.asks_passphrase and not working
        if asks and self.passphrase.isHidden():
            self.passphrase.clear()
        self.passphrase.setVisible(asks)
        self.unlock_button.setVisible(asks)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Back-up and place of the library"))
        self._backup_hint.setText(
            t(
                "All cases in one file that is read back after writing. A plain ZIP: with its list of hashes "
                "anyone can check it. Put it on another drive than this one. Not while recording."
            )
        )
        self.key_row.set_texts(
            t("Put the key that signs in as well"),
            t(
                "Only with it a restored library signs as this one does. On another computer it opens only "
                "if a passphrase locks it; without one, whoever has the file may sign in your place."
            ),
        )
        self.receiver.set_texts(
            t("Encrypt for (age key, may stay empty)"), t("age1… Without its key file nobody can open it.")
        )
        self.backup_button.setText(t("Back up…"))
        self.restore_button.setText(t("Restore…"))
        self.passphrase.set_name(t("Passphrase of the back-up, or its recovery code"))
        self.unlock_button.setText(t("Restore with it"))
        self._move_hint.setText(
            t(
                "To another disk in this computer, or one on a cable. While that disk is not plugged in, no "
                "case can be opened or recorded; on a network drive a library does not work."
            )
        )
        self.move_button.setText(t("Move the library…"))
        self.remove_button.setText(t("Take the old one away…"))
        self.really_button.setText(t("Compare and delete it"))
        self.keep_button.setText(t("Keep it"))
        self.render_state(self._presenter.state)

    def _connect(self) -> None:
        presenter = self._presenter
        self.backup_button.clicked.connect(self._backup_clicked)
        self.restore_button.clicked.connect(self._restore_clicked)
        self.passphrase.entered.connect(self._passphrase_entered)
        self.unlock_button.clicked.connect(self._passphrase_entered)
        self.move_button.clicked.connect(self._move_clicked)
        self.remove_button.clicked.connect(presenter.ask_to_remove)
        self.really_button.clicked.connect(presenter.remove_old)
        self.keep_button.clicked.connect(presenter.leave)
        self.work.cancelled.connect(presenter.cancel)
        self.key_row.toggled_by_user.connect(self._key_chosen)
        self.receiver.edit.textEdited.connect(presenter.choose_receiver)
        self.banner.closed.connect(presenter.dismiss)
        self.banner.action_clicked.connect(self._action_clicked)
        presenter.state_changed.connect(self.render_state)
        self._words.language_changed.connect(self.retranslate)

    def _lay_out(self) -> None:
        def row(*buttons: QWidget) -> QHBoxLayout:
            made = QHBoxLayout()
            made.setSpacing(8)
            for button in buttons:
                made.addWidget(button)
            made.addStretch(1)
            return made

        self.column.setSpacing(10)
        self.column.addLayout(titled(self._title, Topic.BACKUP, self._words, self))
        for widget in (self.counts, self.last, self.banner, self.passphrase):
            self.column.addWidget(widget)
        self.column.addLayout(row(self.unlock_button))
        self.column.addWidget(self.work)
        self.column.addWidget(self._backup_hint)
        self.column.addWidget(self.key_row)
        self.column.addWidget(self.receiver)
        self.column.addLayout(row(self.backup_button, self.restore_button))
        self.column.addWidget(Divider(self))
        self.column.addWidget(self._move_hint)
        self.column.addLayout(row(self.move_button))
        self.column.addWidget(self.old)
        self.column.addLayout(row(self.remove_button, self.really_button, self.keep_button))

    def _show_facts(self, state: LibraryState) -> None:
        words = self._words.words
        t = words.text
        facts = state.facts
        self.counts.setVisible(facts is not None)
        self.last.setVisible(facts is not None)
        old = "" if facts is None else facts.before
        self.old.setVisible(bool(old))
        self.remove_button.setVisible(bool(old) and not state.confirming)
        self.really_button.setVisible(bool(old) and state.confirming)
        self.keep_button.setVisible(bool(old) and state.confirming)
        if facts is None:
            return
        count = words.plural("{n} case on this computer", "{n} cases on this computer", facts.cases)
        self.counts.setText(f"{count} · {size_text(facts.file_bytes)} · {facts.place}")
        if not facts.backed_up:
            self.last.setText(t("Not backed up yet."))
        else:
            last = t("Last back-up: {at}, {path}", at=facts.backed_up, path=facts.backup_path)
            if facts.days is not None and facts.days >= _DAYS:
                last += " · " + words.plural("That was {n} day ago.", "That was {n} days ago.", facts.days)
            self.last.setText(last)
        if old:
            self.old.setText(
                t("The library before is still in {path}. Nothing is written there any more.", path=old)
                if not state.confirming
                else t(
                    "Every file in {path} is compared first and deleted only if the new library has the "
                    "same. What does not belong to the library stays.",
                    path=old,
                )
            )

    def _show_banner(self, state: LibraryState) -> None:
        t = self._words.text
        show_problem(self.banner, self._words.words, state.problem)
        if state.problem is not None:
            cancelled = state.problem.code is Code.CANCELLED
            self.banner.set_kind("info" if cancelled else "error")
            if state.locked is not None and not state.asks_passphrase:
                self.banner.set_actions([(_KEY_FILE, t("Choose the key file…"))], t("Dismiss"))
            return
        outcome = state.outcome
        self.banner.setVisible(outcome is not None)
        if outcome is None:
            return
        cases = self._words.plural("{n} case", "{n} cases", outcome.cases)
        facts = {"path": str(outcome.path), "cases": cases, "size": size_text(outcome.file_bytes)}
        title = {
            Doing.BACKING_UP: t("Backed up and read back: {cases}, {size}.", **facts),
            Doing.RESTORING: t("Restored and checked: {cases}.", **facts),
            Doing.MOVING: t("The library is in its new place. The program starts again.", **facts),
            Doing.REMOVING: t("The old library is gone; {size} are free again.", **facts),
        }[outcome.doing]
        detail = str(outcome.path)
        if outcome.differing:
            detail += "\n" + t(
                "{count} files are not as their journal says. They were kept as they are; look at the case.",
                count=outcome.differing,
            )
        self.banner.set_kind("warn" if outcome.differing else "info")
        self.banner.set_texts(title, detail)
        use = [(_USE, t("Use it and start again"))] if outcome.doing is Doing.RESTORING else []
        self.banner.set_actions(use, t("Dismiss"))

    @Slot(str, bool)
    def _key_chosen(self, _row: str, with_key: bool) -> None:  # noqa: FBT001 - a slot
        self._presenter.choose_key(with_key)

    @Slot()
    def _backup_clicked(self) -> None:
        chosen = self._files.folder(self, self._words.text("Folder for the back-up"), Path.home())
        if chosen is not None:
            self._presenter.back_up(chosen)

    @Slot()
    def _restore_clicked(self) -> None:
        t = self._words.text
        files = self._files.files(self, t("Back-up to restore"))
        if not files:
            return
        folder = self._files.folder(self, t("Folder for the restored library"), Path.home())
        if folder is not None:
            self._presenter.restore(files[0], folder)

    @Slot()
    def _passphrase_entered(self) -> None:
        self._presenter.open_with_passphrase(self.passphrase.take())

    @Slot()
    def _move_clicked(self) -> None:
        chosen = self._files.folder(self, self._words.text("New folder for the library"), Path.home())
        if chosen is not None:
            self._presenter.move(chosen)

    @Slot(str)
    def _action_clicked(self, action: str) -> None:
        if action == _USE:
            self._presenter.use_restored()
        elif action == _KEY_FILE:
            files = self._files.files(self, self._words.text("Key file (age)"))
            if files:
                self._presenter.open_with(files[0])
