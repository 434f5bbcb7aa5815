"""Qt's palette from the tokens, and the tokens in force."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from evidencedesk.ui.theme.tokens import DARK, LIGHT, Tokens

SYSTEM = "system"


def palette_of(tokens: Tokens) -> QPalette:
    """The palette every widget inherits."""
    palette = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.bg,
        role.WindowText: tokens.ink,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.bg,
        role.Text: tokens.ink,
        role.Button: tokens.panel,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.rec,
        role.PlaceholderText: tokens.faint,
        role.Highlight: tokens.accent_fill,
        role.HighlightedText: tokens.on_fill,
        role.ToolTipBase: tokens.panel,
        role.ToolTipText: tokens.ink,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent_fill,
        role.Light: tokens.panel,
        role.Midlight: tokens.line,
        role.Mid: tokens.edge,
        role.Dark: tokens.faint,
        role.Shadow: tokens.ink if not tokens.dark else "#000000",
    }
    for which, color in colors.items():
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.faint))
    return palette


def tokens_for(choice: str) -> Tokens:
    """Those of the user's choice: "system", "light" or "dark"."""
    if choice != SYSTEM:
        return DARK if choice == "dark" else LIGHT
    # Unknown (bare X servers) counts as light.
    return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def current_tokens() -> Tokens:
    """The tokens in force; widgets that paint themselves ask at paint time.

    Not from the widget's own palette: the style sheet writes its transparent backgrounds into that.
    """
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT
