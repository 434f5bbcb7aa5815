"""The card of the settings page about outside time stamps."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.stamp import Authority
from evidencedesk.ui.help.ask import titled
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Divider
from evidencedesk.ui.settings.authority_form import AuthorityForm
from evidencedesk.ui.settings.setting import Setting, SettingsSection
from evidencedesk.ui.settings.time_presenter import TimePresenter, TimeState
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import mark
from evidencedesk.wording.stamps import WHAT_IS_SENT, WHAT_IT_IS_WORTH, trouble_text

_LOOK_MS = 2000


class TimeSection(SettingsSection):
    """On or off, the authorities, and what waits."""

    def __init__(
        self,
        presenter: TimePresenter,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._title = SectionTitle(parent=self)
        self.switch = SegmentedControl([Segment("no"), Segment("yes")], parent=self)
        self._sent = TextLabel(tone="sub", parent=self, wrap=True)
        self._worth = TextLabel(tone="sub", parent=self, wrap=True)
        self.banner = Banner("error", self)
        self._authorities = QWidget(self)
        self._list = QVBoxLayout(self._authorities)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.rows: dict[str, AuthorityRow] = {}
        self.add_button = PlainButton(icon_name="plus", parent=self)
        self.form = AuthorityForm(words, files, self)
        self.standing = TextLabel(tone="ink", parent=self, wrap=True)
        self.send_button = PlainButton(icon_name="refresh-cw", parent=self)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(presenter.refresh)
        self.switch.clicked.connect(presenter.turn)
        self.add_button.clicked.connect(presenter.add)
        self.send_button.clicked.connect(presenter.send_now)
        self.form.confirmed.connect(presenter.confirm)
        self.form.dismissed.connect(presenter.leave)
        self.banner.closed.connect(presenter.dismiss_problem)
        presenter.state_changed.connect(self.render_state)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def settings(self) -> tuple[Setting, ...]:
        """On or off, whom to ask, what waits."""
        return (
            Setting(
                "time-stamps",
                mark("Outside time stamps"),
                mark("Proof that a recording existed at a time, from an authority on the network"),
                mark("internet, network, online, RFC 3161, TSA, prove the time, trusted time, notary"),
                (self.switch, self.send_button, self.banner),
            ),
            Setting(
                "time-authorities",
                mark("Authorities for time stamps"),
                mark("Who is asked: name, address, root certificate"),
                mark("server, address, URL, provider, root certificate, add, remove"),
                (self.add_button, self._authorities, self.form),
            ),
        )

    @Slot(object)
    def render_state(self, state: TimeState) -> None:
        """Show what was chosen, and what waits."""
        self.switch.set_current("yes" if state.on else "no")
        if [row.authority for row in self.rows.values()] != list(state.authorities):
            self._show_authorities(state.authorities)
        self.form.show_draft(state.draft)
        self.add_button.setVisible(state.draft is None)
        self.standing.setText(self._standing_text(state))
        self.send_button.setVisible(state.on and state.standing.waiting > 0)
        self.send_button.setEnabled(not state.standing.sending)
        self.banner.setVisible(state.problem is not None)
        if state.problem is not None:
            said = describe(self._words.words, state.problem)
            self.banner.set_texts(said.what, said.next)
            self.banner.set_actions([], self._words.text("Dismiss"))

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Outside time stamps"))
        self.switch.set_label("no", t("Off"), t("Ask no authority; nothing is sent"))
        self.switch.set_label("yes", t("On"), t("Ask the authorities below"))
        self._sent.setText(t(WHAT_IS_SENT))
        self._worth.setText(t(WHAT_IT_IS_WORTH))
        self.add_button.setText(t("Add an authority"))
        self.send_button.setText(t("Send now"))
        self.send_button.setAccessibleName(t("Send the waiting time stamps now"))
        self.form.retranslate()
        for row in self.rows.values():
            row.retranslate()
        self.render_state(self._presenter.state)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what waits while somebody looks."""
        super().showEvent(event)
        self._presenter.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._timer.stop()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addLayout(titled(self._title, Topic.TIME_STAMPS, self._words, self), 1)
        head.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.standing, 1)
        foot.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._list.setSpacing(0)
        self.column.setSpacing(9)
        self.column.addLayout(head)
        self.column.addWidget(self._sent)
        self.column.addWidget(self._worth)
        self.column.addWidget(self.banner)
        self.column.addWidget(Divider(self))
        self.column.addWidget(self._authorities)
        self.column.addWidget(self.form)
        self.column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(Divider(self))
        self.column.addLayout(foot)

    def _show_authorities(self, authorities: tuple[Authority, ...]) -> None:
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for authority in authorities:
            row = AuthorityRow(authority, self._words, self)
            row.edit_button.clicked.connect(row.edit_clicked)
            row.remove_button.clicked.connect(row.remove_clicked)
            row.bind(self._presenter)
            self.rows[authority.name] = row
            self._list.addWidget(row)

    def _standing_text(self, state: TimeState) -> str:
        words, now = self._words.words, state.standing
        count = now.waiting
        parts = [words.text("No time stamp waits to be sent.")]
        if count:
            parts = [
                words.plural("{n} time stamp waits to be sent", "{n} time stamps wait to be sent", count)
            ]
        if now.good_authority:
            time = f"{now.good_utc[:19].replace('T', ' ')} UTC"
            parts.append(
                words.text("Last stamp: {time}, {authority}", time=time, authority=now.good_authority)
            )
        if now.bad_authority:
            why = trouble_text(words, now.bad_trouble, now.bad_detail)
            named = now.bad_authority
            parts.append(words.text("Last failure: {authority}: {reason}", authority=named, reason=why))
        return " · ".join(part.rstrip("。.") for part in parts)


class AuthorityRow(QWidget):
    """One authority: name, address, two buttons."""

    def __init__(self, authority: Authority, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.authority = authority
        self._words = words
        self._presenter: TimePresenter | None = None
        self._name = TextLabel(authority.name, "strong", self)
        self._address = ElidedLabel(authority.url, "faint", self)
        self.edit_button = PlainButton(parent=self)
        self.remove_button = PlainButton(parent=self)
        for button in (self.edit_button, self.remove_button):
            button.make_small()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(10)
        row.addWidget(self._name)
        row.addWidget(self._address, 1)
        row.addWidget(self.edit_button)
        row.addWidget(self.remove_button)
        self.retranslate()

    def bind(self, presenter: TimePresenter) -> None:
        """Tell this presenter what is clicked."""
        self._presenter = presenter

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        name = self.authority.name
        self.edit_button.setText(t("Edit"))
        self.edit_button.setAccessibleName(t("Change the authority {name}", name=name))
        self.remove_button.setText(t("Remove"))
        self.remove_button.setAccessibleName(t("Remove the authority {name}", name=name))

    @Slot()
    def edit_clicked(self) -> None:
        """Open it in the form."""
        if self._presenter is not None:
            self._presenter.edit(self.authority.name)

    @Slot()
    def remove_clicked(self) -> None:
        """Take it off the list."""
        if self._presenter is not None:
            self._presenter.remove(self.authority.name)
