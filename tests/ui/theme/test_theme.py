from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from evidencedesk.system.resources import resource
from evidencedesk.ui.theme.icons import app_icon, icon
from evidencedesk.ui.theme.palette import current_tokens
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.theme.tokens import DARK, LIGHT


@pytest.fixture(autouse=True)
def _light_again(theme: Theme) -> Iterator[None]:
    yield
    theme.choose("light")


def test_the_choice_puts_its_tokens_in_force(theme: Theme, qapp: QApplication) -> None:
    theme.choose("dark")
    assert current_tokens() is DARK
    assert qapp.palette().window().color() == QColor(DARK.bg)
    theme.choose("light")
    assert current_tokens() is LIGHT


def test_a_system_that_does_not_say_counts_as_light(theme: Theme) -> None:
    theme.choose("system")  # the offscreen platform says Unknown
    assert current_tokens() is LIGHT


def test_a_fixed_choice_ignores_the_system(theme: Theme) -> None:
    theme.choose("dark")
    theme.system_changed()
    assert current_tokens() is DARK


def test_icons_take_the_colour_of_the_theme_when_painted(theme: Theme) -> None:
    mic = icon("mic", "ink")
    colors = []
    for choice in ("light", "dark"):
        theme.choose(choice)
        image = mic.pixmap(QSize(48, 48)).toImage()
        middle = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
        colors.append(max(middle, key=lambda c: c.alpha()).name())
    assert colors == [LIGHT.ink, DARK.ink]


def test_an_unknown_icon_or_tone_fails_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
    with pytest.raises(ValueError, match="no-such-tone"):
        icon("mic", "no-such-tone")


def test_every_shipped_icon_is_drawn(theme: Theme) -> None:
    names = [path.stem for path in resource("icons").glob("*.svg") if path.stem != "evidencedesk"]
    assert len(names) > 20
    for name in names:
        image = icon(name).pixmap(QSize(24, 24)).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name
    assert not app_icon().pixmap(QSize(64, 64)).isNull()
