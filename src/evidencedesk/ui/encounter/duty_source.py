"""Where a duty comes from: shown on demand under its row."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.rules import CheckKind, Source
from evidencedesk.guidance.selection import Duty
from evidencedesk.ui.encounter.rule_words import STATUS, looks_at
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.reported import must_say_reported


class DutySource(Inset):
    """Document, place, how sure; pack, version, kind of text; what the program looks at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = TextLabel(tone="sub", parent=self, wrap=True)
        self.column.addWidget(self.text)

    def render(self, duty: Duty, words: UiWords) -> None:  # type: ignore[override]
        """Show it for every pack that has the rule."""
        self.text.setText("\n".join(line for one in duty.members for line in _about(one, words)))


def _about(duty: Duty, words: UiWords) -> list[str]:
    t, language = words.text, words.language
    item, pack = duty.item, duty.pack
    said = [
        t(
            "{pack}, version {version}: {status}",
            pack=pack.title.in_language(language),
            version=pack.version,
            status=t(STATUS[pack.status]),
        )
    ]
    said += [_source(source, words) for source in item.sources]
    if item.hint is not None:
        said.append(item.hint.in_language(language))
    what = t(looks_at(item.check.rule))
    if what and item.check.kind is CheckKind.AUTOMATIC:
        said.append(t("The program decides by {what}.", what=what))
    elif what:
        said.append(t("The program looks at {what}; you decide.", what=what))
    return said


def _source(source: Source, words: UiWords) -> str:
    language = words.language
    where = f"{source.document.in_language(language)} {source.place.in_language(language)}"
    if must_say_reported(source):
        return words.text("{source} (as reported)", source=where)
    return where
