"""What the papers say: figures with how they came about, claims beside them, and what they do not say."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.cases.caution_line import CautionLine
from evidencedesk.ui.cases.debt.presenter import DebtPresenter, DebtState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.surfaces import Card, Divider, Inset
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.debt_figures import Figure, figures
from evidencedesk.wording.debts import ClaimRow, claim_row, stated
from evidencedesk.wording.judgements import deadline_text


class PapersCard(Card):
    """Computes nothing: everything comes worked out.

    Emits:
        save_clicked: the sheet is wanted as a PDF.
        open_clicked: the sheet that was saved is to be shown.
    """

    save_clicked = Signal()
    open_clicked = Signal()

    def __init__(self, presenter: DebtPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._recording = False
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.save_button = PlainButton(icon_name="folder-output", parent=self)
        self._saved = TextLabel(tone="ok", parent=self, wrap=True)
        self.open_button = PlainButton(icon_name="external-link", parent=self)
        self.open_button.make_small()
        self._figures = QGridLayout()
        self._figures.setSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._stated = QVBoxLayout()
        self._stated.setSpacing(4)
        self.cautions = CautionLine(words, self)
        self.figures: list[FigureBox] = []
        self.claims: list[ComparedRow] = []
        header = QHBoxLayout()
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self.save_button)
        done = QHBoxLayout()
        done.addWidget(self._saved, 1)
        done.addWidget(self.open_button)
        self.column.setSpacing(10)
        self.column.addLayout(header)
        self.column.addLayout(done)
        self.column.addLayout(self._figures)
        self.column.addLayout(self._rows)
        self.column.addLayout(self._stated)
        self.column.addWidget(self.cautions)
        self.save_button.clicked.connect(self.save_clicked)
        self.open_button.clicked.connect(self.open_clicked)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording
        self.show_state(self._presenter.state)

    @Slot(object)
    def show_state(self, state: DebtState) -> None:
        """Show what was worked out."""
        t, sheet = self._words.text, state.sheet
        self._heading.setText(t("What the papers say"))
        self.save_button.setText(t("Save as PDF…"))
        self.save_button.setAccessibleName(t("Save the sheet “What they claim, what the papers say” as PDF"))
        there = sheet is not None and not sheet.empty
        self.save_button.setEnabled(there and not self._recording and not state.busy)
        self._saved.setText("" if state.saved is None else t("Saved: {name}", name=state.saved.name))
        self._saved.setVisible(state.saved is not None)
        self.open_button.setText(t("Open"))
        self.open_button.setVisible(state.saved is not None)
        shown = (
            sheet,
            state.case_file,
            state.limitation,
            state.cautions,
            state.problem is None,
            self._words.words,
        )
        if shown != self._shown:
            self._shown = shown
            self._show_sheet(state)
            tab_as_laid_out(self)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.cautions.retranslate()
        self.show_state(self._presenter.state)

    def _show_sheet(self, state: DebtState) -> None:
        words, sheet = self._words.words, state.sheet
        for layout in (self._figures, self._rows, self._stated):
            empty_layout(layout)
        self.figures, self.claims = [], []
        self.cautions.show_cautions(state.cautions if state.limitation is not None else ())
        self.cautions.setVisible(state.limitation is not None and self.cautions.says_anything)
        if state.case_file is None:
            return
        if sheet is None:
            if state.problem is None:  # what went wrong stands at the top of the page
                self._rows.addWidget(paragraph(words.text("Working it out…"), "faint", self))
            return
        if sheet.empty:
            hint = words.text("Enter the contract, or take in a bill: then each claim is put beside it here.")
            self._rows.addWidget(paragraph(hint, "sub", self))
            return
        how = words.text("How it came about")
        for place, figure in enumerate(figures(words, sheet)):
            box = FigureBox(how, figure, self)
            self._figures.addWidget(box, place // 2, place % 2)
            self.figures.append(box)
        for compared in reversed(sheet.compared):
            beside = claim_row(words, state.case_file, compared, sheet.terms.currency)
            row = ComparedRow(how, beside, self)
            self._rows.addWidget(Divider(self))
            self._rows.addWidget(row)
            self.claims.append(row)
        self._stated.addWidget(Divider(self))
        for said in stated(words, sheet):
            self._stated.addWidget(paragraph(said, "faint", self))
        if state.limitation is not None:
            self._stated.addWidget(Divider(self))
            told = deadline_text(words, state.limitation, self._presenter.today())
            for text, tone in ((told.due, "strong"), (told.headline, "ink"), (told.source, "faint")):
                self._stated.addWidget(paragraph(text, tone, self))


class FigureBox(Inset):
    """A figure; its lines are folded."""

    def __init__(self, how: str, figure: Figure, parent: QWidget) -> None:
        super().__init__(parent)
        self.figure = figure
        self.setAccessibleName(f"{figure.name}: {figure.value}")
        self.column.addWidget(paragraph(figure.name, "faint", self))
        self.column.addWidget(TextLabel(figure.value, "title", self))
        if figure.remark:
            self.column.addWidget(paragraph(figure.remark, "sub", self))
        self.fold = Fold(self)
        self.fold.button.setText(how)
        self.fold.button.setAccessibleName(f"{how}: {figure.name}")
        for line in figure.how:
            self.fold.column.addWidget(paragraph(line, "sub", self.fold))
        self.fold.setVisible(bool(figure.how))
        self.column.addWidget(self.fold)
        self.column.addStretch(1)


class ComparedRow(QWidget):
    """A claim beside the papers of its day; what else is known is folded."""

    def __init__(self, how: str, row: ClaimRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self.setAccessibleName(f"{row.when} {row.who} {row.asked}: {row.difference}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(2)
        first = QHBoxLayout()
        first.addWidget(paragraph(f"{row.when} · {row.who}", "sub", self), 1)
        first.addWidget(TextLabel(row.asked, "strong", self))
        column.addLayout(first)
        tone = "ink" if row.more is None else "bad" if row.more > 0 else "strong"
        self.difference = paragraph(row.difference, tone, self)
        column.addWidget(self.difference)
        self.fold = Fold(self)
        self.fold.button.setText(how)
        self.fold.button.setAccessibleName(f"{how}: {row.asked} {row.when}")
        for line in row.details:
            self.fold.column.addWidget(paragraph(line, "sub", self.fold))
        self.fold.setVisible(bool(row.details))
        column.addWidget(self.fold)
