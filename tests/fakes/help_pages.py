"""The help with a page in front of it."""

from __future__ import annotations

from evidencedesk.ui.help.page import HelpPage
from evidencedesk.ui.help.presenter import HelpPresenter
from evidencedesk.ui.words import UiWords


def shown_help(words: UiWords, place: str = "start") -> HelpPage:
    """The page, open at a place."""
    page = HelpPage(HelpPresenter(words.language), words)
    page.resize(876, 640)
    page.show()
    page.presenter.show(place)
    return page
