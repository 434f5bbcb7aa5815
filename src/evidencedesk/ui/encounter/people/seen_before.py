"""A quiet word where somebody, or their number, was written down before."""

from __future__ import annotations

from datetime import timedelta, timezone

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.sighting import Sighting
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label

_MOST = 3


class SeenBefore(Inset):
    """Lists where, people first, then the newest first, and offers to take over what was known then.

    Emits:
        take_over_clicked: the number of the sighting.
    """

    take_over_clicked = Signal(int)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.lines: list[TextLabel] = []
        self.buttons: list[PlainButton] = []
        self._more = TextLabel(tone="faint", parent=self)
        for index in range(_MOST):
            line = TextLabel(tone="sub", parent=self, wrap=True)
            button = PlainButton(parent=self)
            button.make_flat()
            set_look(button, "scale", "fold")
            button.setProperty("index", index)
            button.clicked.connect(self._clicked)
            self.lines.append(line)
            self.buttons.append(button)
            self.column.addWidget(line)
            self.column.addWidget(button)
        self.column.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_seen(self, seen: tuple[Sighting, ...]) -> None:
        """Show them; nothing to see without any."""
        t = self._words.text
        told = _told(seen)
        for place, (line, button) in enumerate(zip(self.lines, self.buttons, strict=True)):
            shown = place < len(told)
            line.setVisible(shown)
            button.setVisible(shown and bool(seen[told[place]].collector))
            if shown:
                line.setText(self._line(seen[told[place]], seen))
                button.setProperty("index", told[place])
                button.setText(t("Take over the details"))
                button.setAccessibleName(t("Take over the details: {line}", line=line.text()))
        left = len(told) - _MOST
        self._more.setVisible(left > 0)
        self._more.setText(self._words.plural("and {n} more", "and {n} more", max(left, 0)))
        self.setVisible(bool(seen))

    def _line(self, sighting: Sighting, seen: tuple[Sighting, ...]) -> str:
        words = self._words.words
        zone = timezone(timedelta(minutes=sighting.offset_minutes))
        day = f"{parse_utc(sighting.utc).astimezone(zone):%Y-%m-%d}"
        if not sighting.collector:
            line = words.text(
                "This number was in touch before: last on {day}, in the case “{case}”",
                day=day,
                case=sighting.title,
            )
            names = words.text(", ").join(_names(seen, sighting.case))
            return words.text("{line}, as {names}", line=line, names=names) if names else line
        alike = words.text(", ").join(label(words, one) for one in sighting.alike)
        name = sighting.card.name or words.text("Name unknown")
        return words.text(
            "Seen before: {day} in the case “{case}” as {name} ({alike})",
            day=day,
            case=sighting.title,
            name=name,
            alike=alike,
        )

    @Slot()
    def _clicked(self) -> None:
        self.take_over_clicked.emit(self.sender().property("index"))


def _told(seen: tuple[Sighting, ...]) -> list[int]:
    """People before mere numbers; of all contacts of a number in one case only the last one."""
    people = [at for at, one in enumerate(seen) if one.collector]
    numbers: dict[str, int] = {}
    for at, one in enumerate(seen):
        if not one.collector:
            numbers.setdefault(one.case, at)
    return [*people, *numbers.values()]


def _names(seen: tuple[Sighting, ...], case: str) -> list[str]:
    """What callers from the number called themselves in this case, each name once."""
    mine = (one.card.name for one in seen if one.case == case and not one.collector)
    return list(dict.fromkeys(name for name in mine if name))
