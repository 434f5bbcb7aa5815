"""Letters made from the case."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.letter import LetterKind, LetterLanguage, letter_for
from evidencedesk.domain.rules import Topic
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.letters.editor import LetterEditor
from evidencedesk.ui.cases.letters.letter_list import LetterList
from evidencedesk.ui.cases.letters.made_list import MadeList
from evidencedesk.ui.cases.letters.presenter import LettersPresenter, LettersState
from evidencedesk.ui.cases.letters.services import LettersServices
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.theme.text_size import fix_width
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe

_LIST_PX = 264
_TEMPLATE_CODES = ("template-",)


class LettersSection(CaseSection):
    """The letters on the left; on the right the one being written, or those made already."""

    def __init__(
        self,
        services: LettersServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._words = words
        self._choice = files
        self.presenter = LettersPresenter(services, jobs, self)
        self.letters = LetterList(words, self)
        fix_width(self.letters, _LIST_PX)
        self.made = MadeList(words, self)
        self.editor = LetterEditor(words, self)
        self.banner = Banner("error", self)
        self.banner.hide()
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.made)
        self.stack.addWidget(self.editor)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.letters)
        row.addWidget(self.stack, 1)
        self.column.addWidget(self.banner)
        self.column.addLayout(row, 1)
        self._connect()
        self.retranslate()

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now."""
        if case_file.case.id != self.presenter.state.case_id:
            self.editor.form.forget()
        self.presenter.show_case(case_file)

    def show_subject(self, subject: str) -> None:
        """Begin the letter of this name, or the first one that serves this step."""
        wanted = letter_for(subject)
        if wanted is not None:
            self._chosen(wanted.value)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self.editor.set_recording(recording)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.letters.retranslate()
        self.made.retranslate()
        self.editor.retranslate()
        self._say(self.presenter.state)

    def take_focus(self) -> None:
        """The list is used first."""
        self.letters.buttons[""].setFocus()

    def _connect(self) -> None:
        presenter, editor, form = self.presenter, self.editor, self.editor.form
        presenter.state_changed.connect(self._show)
        presenter.changed.connect(self.case_changed)
        self.letters.chosen.connect(self._chosen)
        form.edited.connect(self._edited)
        form.sender_edited.connect(self._sender_edited)
        form.put_in.connect(self._put_in)
        form.remember_clicked.connect(self._remember)
        editor.language_clicked.connect(self._language)
        editor.keep_clicked.connect(self._keep)
        editor.open_clicked.connect(self._open)
        editor.changed_clicked.connect(presenter.take_changed)
        editor.copy_clicked.connect(self._copy)
        editor.template_clicked.connect(self._template)
        editor.drop_template_clicked.connect(presenter.drop_template)
        self.made.open_clicked.connect(self._open_kept)
        self.made.sent_given.connect(self._sent)
        self.banner.action_clicked.connect(self._banner_action)
        self.banner.closed.connect(self.banner.hide)

    @Slot(object)
    def _show(self, state: LettersState) -> None:
        kind = state.form.kind.value if state.form is not None else ""
        if state.form is not None or not state.making:
            self.letters.set_current(kind)
        self.letters.set_count(len(state.letters))
        self.made.show_state(state, self.presenter.now())
        if state.form is not None:
            cautions = (
                self._services.cautions(Topic.NEGOTIATING) if state.form.kind is LetterKind.PLAN else ()
            )
            self.editor.caution.show_cautions(cautions)
            self.editor.caution.setVisible(bool(cautions))
            self.editor.show_state(state, str(self._services.sender_place()))
        self.stack.setCurrentWidget(self.made if state.form is None else self.editor)
        self._say(state)

    def _say(self, state: LettersState) -> None:
        t = self._words.text
        if state.problem is not None:
            told = describe(self._words.words, state.problem)
            self.banner.set_kind("error")
            self.banner.set_texts(told.what, " ".join(part for part in (told.next, told.detail) if part))
            broken = state.problem.code.value.startswith(_TEMPLATE_CODES) and state.own_template
            actions = [("delivered", t("Use the template delivered"))] if broken else []
            self.banner.set_actions(actions, t("Close"))
            self.banner.show()
            return
        what, where = state.done
        said = {
            "kept": t("“{name}” is kept in the case. It is not sent.", name=where),
            "saved": t("The copy is at {path}.", path=where),
            "sent": t("The step is marked as done."),
        }
        self.banner.setVisible(bool(what))
        if what:
            self.banner.set_kind("info")
            self.banner.set_texts(said[what])
            self.banner.set_actions([], t("Close"))

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.editor.form.forget()
        if not name:
            self.presenter.overview()
            return
        language: LetterLanguage = "zh"
        form = self.presenter.state.form
        if form is not None:
            language = form.language
        self.presenter.choose(LetterKind(name), language)

    @Slot(str)
    def _language(self, language: str) -> None:
        form = self.presenter.state.form
        if form is not None and form.language != language:
            self.editor.form.forget()
            self.presenter.choose(form.kind, "zh" if language == "zh" else "en")

    @Slot(str, str)
    def _edited(self, name: str, text: str) -> None:
        self.presenter.edit(**{name: text})

    @Slot(str, str)
    def _sender_edited(self, name: str, text: str) -> None:
        self.presenter.edit_sender(**{name: text})

    @Slot(str, str, bool)
    def _put_in(self, name: str, one: str, wanted: bool) -> None:  # noqa: FBT001 - a slot
        self.presenter.put_in(name, one, wanted=wanted)

    @Slot(bool)
    def _remember(self, wanted: bool) -> None:  # noqa: FBT001 - a slot
        self.presenter.remember(wanted=wanted)

    @Slot(str)
    def _keep(self, step: str) -> None:
        self.presenter.keep(step or None)

    @Slot()
    def _open(self) -> None:
        path = self.presenter.put_out()
        if path is not None:
            self._choice.open(path)

    @Slot()
    def _copy(self) -> None:
        folder = self._choice.folder(self, self._words.text("Where to save the copy"), None)
        if folder is not None:
            self.presenter.save_copy(folder)

    @Slot()
    def _template(self) -> None:
        path = self.presenter.change_template()
        if path is not None:
            self._choice.open(path)

    @Slot(str)
    def _open_kept(self, attachment: str) -> None:
        for one in self.presenter.state.letters:
            if one.attachment.id == attachment:
                self._choice.open(self._services.kept_file(one.attachment))

    @Slot(str, str, str)
    def _sent(self, step: str, when: str, receipt: str) -> None:
        self.presenter.sent(step, when, receipt)

    @Slot(str)
    def _banner_action(self, _name: str) -> None:
        self.presenter.use_delivered()
