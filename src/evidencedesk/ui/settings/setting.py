"""What can be set: the groups, and what each setting is called in both languages, to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from evidencedesk.domain.search_text import fold, query_words
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.search.found_marks import marks_of
from evidencedesk.wording.language import Words, mark


class Group(StrEnum):
    """The groups of the settings page, from the top."""

    GENERAL = "general"
    RECORDING = "recording"
    LIBRARY = "library"
    SECURITY = "security"
    PROOF = "proof"
    SPEECH = "speech"
    ABOUT = "about"


GROUP_NAMES = {
    Group.GENERAL: mark("General"),
    Group.RECORDING: mark("Microphone and recording"),
    Group.LIBRARY: mark("Library and back-up"),
    Group.SECURITY: mark("Security"),
    Group.PROOF: mark("Key and time stamps"),
    Group.SPEECH: mark("Speech to text"),
    Group.ABOUT: mark("About"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """One thing to choose or to do.

    ``title``, ``hint`` and ``also`` (other words for it) are sentences to be translated; ``controls``
    are where it is done: the first one that can be used takes the focus.
    """

    name: str
    title: str
    hint: str
    also: str
    controls: tuple[QWidget, ...]


class SettingsSection(Card):
    """A card of the settings page that says what can be set in it.

    To add one: ``page.add_section(Group.SECURITY, section)``.
    """

    def settings(self) -> tuple[Setting, ...]:
        """What can be set here."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False)
class FoundSetting:
    """A setting that fits what was typed; ``called`` is the other word for it that does."""

    group: Group
    setting: Setting
    title: str
    marks: tuple[tuple[int, int], ...]
    hint: str
    called: str


def find(
    settings: Sequence[tuple[Group, Setting]], query: str, shown: Words, other: Words
) -> tuple[FoundSetting, ...]:
    """Those in which every word of the query stands, in either language; the best ones first."""
    words = query_words(query)
    if not words:
        return ()
    ranked = [
        (rank, _found(group, setting, words, shown, other))
        for group, setting in settings
        if (rank := _rank(group, setting, words, shown, other)) is not None
    ]
    return tuple(found for _, found in sorted(ranked, key=lambda one: one[0]))


def _rank(group: Group, setting: Setting, words: Sequence[str], shown: Words, other: Words) -> int | None:
    """0 for the title as it is shown, more for what is further away, None where a word is missing."""
    texts = (setting.title, setting.also, setting.hint, GROUP_NAMES[group])
    layers = [fold(language.text(text)) for text in texts for language in (shown, other)]
    worst = 0
    for word in words:
        place = next((number for number, layer in enumerate(layers) if word in layer), None)
        if place is None:
            return None
        worst = max(worst, place)
    return worst


def _found(group: Group, setting: Setting, words: Sequence[str], shown: Words, other: Words) -> FoundSetting:
    title, hint = shown.text(setting.title), shown.text(setting.hint)
    if all(word in fold(f"{title} {hint}") for word in words):
        called = ""
    else:
        called = _called(setting, words, shown, other)
    return FoundSetting(group, setting, title, marks_of(title, words), hint, called)


def _called(setting: Setting, words: Sequence[str], shown: Words, other: Words) -> str:
    """The other word in which one of the words stands."""
    for language in (shown, other):
        for name in (language.text(setting.title), *_names(language.text(setting.also))):
            if any(word in fold(name) for word in words):
                return name
    return ""


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.replace("、", ",").replace("，", ",").split(",")]
