"""One layer of a report: how much it covered, and every single finding."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.finding import Checked, Finding, Layer
from evidencedesk.ui.amounts import size_text
from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.fingerprint import FingerprintLabel
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.verify.presenter import LayerResult
from evidencedesk.wording.findings import describe_checked, describe_finding, layer_title
from evidencedesk.wording.language import Words, mark

# Nothing inside the folder can prove these two; silence is no proof either.
_CLAIMS = (Layer.SIGNATURE, Layer.TIME, Layer.ORIGIN)
_SIGNED: dict[str, tuple[str, Kind]] = {
    "not-signed": (mark("Not signed"), "warn"),
    "signed-by-unknown": (mark("Signed, known only by its fingerprint"), "warn"),
    "signed-by-known": (mark("Signed with a key you know"), "ok"),
}
# What these found is the fingerprint of a key, and what they expected those of others.
_OF_KEYS = frozenset(
    {
        "signed-by-unknown",
        "signed-by-known",
        "signature-not-trusted",
        "signature-other-key",
        "signature-missing",
    }
)


class LayerCard(Card):
    """A question, an answer in a word, and what it rests on."""

    def __init__(self, result: LayerResult, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setContentsMargins(18, 13, 18, 13)
        text, kind = verdict(result, words)
        title = SectionTitle(layer_title(words, result.layer), self)
        title.setWordWrap(True)
        self.pill = Pill(text, kind, self)
        self.setAccessibleName(f"{title.text()} {text}")
        header = QHBoxLayout()
        header.setSpacing(10)
        header.addWidget(title, 1)
        header.addWidget(self.pill)
        self.column.setSpacing(6)
        self.column.addLayout(header)
        covered = " · ".join(_amount(words, checked) for checked in result.checked)
        if covered:
            self.column.addWidget(paragraph(words.text("Checked: {what}", what=covered), "sub", self))
        self.findings: list[TextLabel] = []
        self.fingerprints: list[FingerprintLabel] = []
        for finding in result.faults:
            self._add(finding, words, "circle-alert", "bad")
        for finding in result.remarks:
            self._add(finding, words, "info", "sub")

    def _add(self, finding: Finding, words: Words, icon_name: str, tone: str) -> None:
        of_keys = finding.code in _OF_KEYS
        told = replace(finding, expected="", found="") if of_keys else finding
        label = paragraph(describe_finding(words, told), "ink" if tone == "bad" else "sub", self)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel(icon_name, tone, 18, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        self.column.addLayout(row)
        self.findings.append(label)
        if not of_keys:
            return
        self._add_keys(words.text("Found:") if finding.expected else "", finding.found)
        self._add_keys(words.text("Expected:"), finding.expected)

    def _add_keys(self, caption: str, fingerprints: str) -> None:
        """Under the text of the finding, large enough to compare with paper."""
        if not fingerprints:
            return
        column = QVBoxLayout()
        column.setContentsMargins(28, 2, 0, 6)
        column.setSpacing(4)
        if caption:
            column.addWidget(TextLabel(caption, "faint", self))
        for fingerprint in fingerprints.split(", "):
            label = FingerprintLabel(fingerprint, self)
            label.setAccessibleName(label.fingerprint)
            column.addWidget(label)
            self.fingerprints.append(label)
        self.column.addLayout(column)


def _amount(words: Words, checked: Checked) -> str:
    return size_text(checked.count) if checked.code == "bytes" else describe_checked(words, checked)


def verdict(result: LayerResult, words: Words) -> tuple[str, Kind]:
    """Say in a word what came of a layer; never "true" or "genuine"."""
    if result.faults:
        faults = len(result.faults)
        return words.plural("{n} fault", "{n} faults", faults), "bad"
    signed = [_SIGNED[finding.code] for finding in result.remarks if finding.code in _SIGNED]
    if signed:
        text, kind = signed[0]
        return words.text(text), kind
    if result.layer in _CLAIMS:
        if result.remarks:
            return words.text("Read this"), "warn"
        return words.text("Nothing to say against it"), "neutral"
    if not result.checked:
        return words.text("Not checked"), "warn"
    return words.text("Intact"), "ok"
