"""On the page of a practice case: it is no evidence, and may be deleted. Asked twice."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.words import UiWords

_DELETE, _SURE, _KEEP = "delete", "sure", "keep"


class PracticeStrip(Banner):
    """Hidden wherever anything real is in the case.

    Emits:
        delete_confirmed: asked twice, and meant.
    """

    delete_confirmed = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__("warn", parent)
        self._words = words
        self._asked = 0
        self._case_id = ""
        self._counts = (0, 0, 0)
        self.action_clicked.connect(self._clicked)
        self.hide()

    def show_case(self, case_file: CaseFile | None) -> None:
        """Say it of a practice case."""
        practice = case_file is not None and case_file.practice
        self.setVisible(practice)
        if case_file is None or not practice:
            return
        if case_file.case.id != self._case_id:
            self._case_id, self._asked = case_file.case.id, 0
        self._counts = (len(case_file.recordings), len(case_file.notes), len(case_file.attachments))
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        t = self._words.text
        recordings, notes, files = self._counts
        if self._asked == 0:
            self.set_texts(
                t("Practice: not evidence"), t("Everything in this case is simulated. It can be deleted.")
            )
            self.set_actions([(_DELETE, t("Delete the practice…"))])
        elif self._asked == 1:
            self.set_texts(
                t("Delete this practice?"),
                t(
                    "Recordings: {recordings}, notes: {notes}, files: {files}. They go from the disk, too.",
                    recordings=recordings,
                    notes=notes,
                    files=files,
                ),
            )
            self.set_actions([(_DELETE, t("Delete")), (_KEEP, t("Keep it"))])
        else:
            self.set_texts(t("Really? It can't be brought back."), "")
            self.set_actions([(_SURE, t("Delete for good")), (_KEEP, t("Keep it"))])

    @Slot(str)
    def _clicked(self, action: str) -> None:
        if action == _SURE:
            self._asked = 0
            self.delete_confirmed.emit()
        elif action == _DELETE:
            self._asked += 1
        else:
            self._asked = 0
        self.retranslate()
