"""What came of an export: whole or not, signed or not, stamped or not yet."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.errors import Code
from evidencedesk.domain.finding import Report, Weight
from evidencedesk.ui.cases.handover.presenter import HandoverState
from evidencedesk.ui.cases.services import CopiedFolder, FolderStamps
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.fingerprint import FingerprintLabel
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe
from evidencedesk.wording.findings import describe_finding
from evidencedesk.wording.handover import not_made_line, safe_to_remove
from evidencedesk.wording.stamps import stamp_text, trouble_text

_SHOWN_FINDINGS = 5
# Said by the panel itself, which knows whose key it is.
_SAID = frozenset({"signed-by-unknown", "signed-by-known", "not-signed"})


class ResultView(QWidget):
    """The last step of the panel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.verdict = TextLabel(tone="strong", parent=self, wrap=True)
        self.path = ElidedLabel(tone="sub", parent=self)
        self.signed = TextLabel(tone="ink", parent=self, wrap=True)
        self.fingerprint = FingerprintLabel(parent=self)
        self.stamps = TextLabel(tone="sub", parent=self, wrap=True)
        self.lacking = TextLabel(tone="warn", parent=self, wrap=True)
        self.removable = TextLabel(tone="ok", parent=self, wrap=True)
        self.remarks = TextLabel(tone="sub", parent=self, wrap=True)
        self.open_button = PrimaryButton(icon_name="folder", parent=self)
        self.check_button = PlainButton(parent=self)
        self.copy_button = PlainButton(parent=self)
        self.close_button = PlainButton(parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        for button in (self.close_button, self.check_button, self.open_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (
            self.verdict,
            self.path,
            self.signed,
            self.fingerprint,
            self.stamps,
            self.lacking,
            self.removable,
            self.remarks,
        ):
            column.addWidget(widget)
        column.addLayout(row)
        self.copy_button.clicked.connect(self.fingerprint.copy)

    def retranslate(self, words: UiWords) -> None:
        """Write everything in the language of the moment."""
        t = words.text
        self.open_button.setText(t("Show folder"))
        self.check_button.setText(t("Details of the check"))
        self.close_button.setText(t("Close"))
        self.copy_button.setText(t("Copy the fingerprint"))
        self.fingerprint.setAccessibleName(t("Fingerprint of the key (SHA-256 of its certificate)"))

    def show_state(self, state: HandoverState, words: UiWords) -> None:
        """Say what was written."""
        exported, report = state.exported, state.report
        self.path.setText("" if exported is None else str(exported.path))
        sealed = exported is not None and exported.sealed
        # Not while there is anything to say against what was written.
        whole = exported is not None and (sealed or (report is not None and report.intact))
        self.removable.setVisible(whole)
        self.check_button.setVisible(not sealed)
        self.remarks.hide()
        if exported is not None:
            self.removable.setText(safe_to_remove(words.words, from_drive=exported.from_drive))
            self._show_signature(exported, words)
            self._show_stamps(state.stamps, words, sealed=sealed)
            self.lacking.setText("\n".join(not_made_line(words.words, one.part) for one in exported.not_made))
            self.lacking.setVisible(bool(exported.not_made))
        if sealed:
            self.verdict.set_tone("ok")
            self.verdict.setText(
                words.text("Written as one encrypted file. Only the owner of the key can open it.")
            )
        elif report is None:
            self.verdict.set_tone("warn")
            self.verdict.setText(
                words.text("The folder was written but not checked. Check it before giving it away.")
            )
        else:
            self._show_report(report, words)

    def _show_signature(self, exported: CopiedFolder, words: UiWords) -> None:
        self.fingerprint.show_fingerprint(exported.signer)
        self.fingerprint.setVisible(bool(exported.signer))
        self.copy_button.setVisible(bool(exported.signer))
        if exported.signer:
            self.signed.set_tone("ink")
            self.signed.setText(
                words.text(
                    "Signed. Give this fingerprint to the receiver on paper or by telephone, not only with "
                    "the folder:"
                )
            )
            return
        self.signed.set_tone("warn")
        if exported.unsigned is not None and exported.unsigned.code is Code.KEY_LOCKED:
            self.signed.setText(
                words.text(
                    "The folder is not signed: no passphrase was typed. To have it signed, export again and "
                    "type it."
                )
            )
            return
        parts = [words.text("The folder is not signed.")]
        if exported.unsigned is not None:
            said = describe(words.words, exported.unsigned)
            parts += [said.what, said.next]
        self.signed.setText(" ".join(part for part in parts if part))

    def _show_stamps(self, stamps: FolderStamps, words: UiWords, *, sealed: bool) -> None:
        lines = [stamp_text(words.words, stamp) for stamp in stamps.received]
        if stamps.waiting:
            lines.append(
                words.plural(
                    "{n} outside time stamp over the signature is waited for.",
                    "{n} outside time stamps over the signature are waited for.",
                    stamps.waiting,
                )
            )
            if not sealed:
                lines.append(
                    words.text("When it comes, it is put into the folder, as long as the folder stays here.")
                )
        if stamps.waiting and stamps.trouble:
            reason = trouble_text(words.words, stamps.trouble, stamps.detail)
            lines.append(words.text("The last try failed: {reason}", reason=reason))
        self.stamps.setText("\n".join(lines))
        self.stamps.setVisible(bool(lines))

    def _show_report(self, report: Report, words: UiWords) -> None:
        files = sum(checked.count for checked in report.checked if checked.code == "files")
        if report.intact:
            text = words.plural("Checked: {n} file, no faults.", "Checked: {n} files, no faults.", files)
        else:
            text = words.plural(
                "Checked: {n} fault was found. Do not give this folder away; export again.",
                "Checked: {n} faults were found. Do not give this folder away; export again.",
                len(report.faults),
            )
        self.verdict.set_tone("ok" if report.intact else "bad")
        self.verdict.setText(text)
        remarks = tuple(f for f in report.findings if f.weight is Weight.REMARK and f.code not in _SAID)
        told = report.faults or remarks
        self.remarks.setText("\n".join(describe_finding(words.words, f) for f in told[:_SHOWN_FINDINGS]))
        self.remarks.setVisible(bool(told))
