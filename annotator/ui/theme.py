"""The themes of the window, and what Qt needs of them. Label colours come from `palette`, by hue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from annotator.ui.palette import LabelColours, label_colours


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window by its use, as "#rrggbb".

    Text colours reach a contrast of 4.5 on `page`, `panel` and `card`; `rule` and `arc` are for lines, not for words.
    """

    name: str
    is_dark: bool
    page: str
    """Behind the document."""
    panel: str
    """Behind the side panels and bars."""
    card: str
    """Behind a field or a card that lies on a panel."""
    hover: str
    """Behind a row or a button under the mouse."""
    key: str
    """Behind the name of a key."""
    rule: str
    """Thin lines between things."""
    text: str
    muted: str
    """Words of the second rank."""
    faint: str
    """Placeholders and what is switched off."""
    accent: str
    """What is focused or chosen; also for words."""
    accent_tint: str
    """Behind a chosen row."""
    on_accent: str
    """Words on `button`."""
    button: str
    """Behind the words of the main button."""
    button_hover: str
    selection: str
    """Behind selected text."""
    arc: str
    """Relation lines at rest."""
    ok: str
    warn: str
    bad: str
    scrollbar: str

    def label(self, hue: int) -> LabelColours:
        """The colours of a label with this hue on this theme's page."""
        return label_colours(hue, self.page, is_dark=self.is_dark)


LIGHT = Theme(
    name="light",
    is_dark=False,
    page="#ffffff",
    panel="#f7f8fa",
    card="#ffffff",
    hover="#eceff4",
    key="#ffffff",
    rule="#e3e6eb",
    text="#1c212a",
    muted="#596273",
    faint="#666f7f",
    accent="#2b5fd9",
    accent_tint="#e6edfd",
    on_accent="#ffffff",
    button="#2b5fd9",
    button_hover="#244fb8",
    selection="#cfdfff",
    arc="#868f9f",
    ok="#1a7f52",
    warn="#985c00",
    bad="#c0322b",
    scrollbar="#ccd2db",
)

DARK = Theme(
    name="dark",
    is_dark=True,
    page="#15171c",
    panel="#1b1e25",
    card="#22262f",
    hover="#262b36",
    key="#2b303a",
    rule="#2b303a",
    text="#e1e4ea",
    muted="#9aa3b2",
    faint="#8f98a8",
    accent="#7fa6ff",
    accent_tint="#26345a",
    on_accent="#ffffff",
    button="#2f62d9",
    button_hover="#3d70e6",
    selection="#2c4170",
    arc="#798294",
    ok="#4cc38a",
    warn="#e2a33b",
    bad="#ff7b72",
    scrollbar="#3a414f",
)


STRONG_LIGHT = replace(
    LIGHT,
    name="strong-light",
    panel="#ffffff",
    hover="#dfe5ee",
    rule="#4a5160",
    text="#000000",
    muted="#1f252f",
    faint="#3a4250",
    accent="#0b3fb3",
    selection="#a9c6ff",
    arc="#2f3744",
    scrollbar="#4a5160",
)
"""LIGHT for those who need more contrast: words reach 7 on every ground, lines 4.5."""

STRONG_DARK = replace(
    DARK,
    name="strong-dark",
    page="#000000",
    panel="#000000",
    card="#0d0f13",
    rule="#8a93a3",
    text="#ffffff",
    muted="#d8dde6",
    faint="#b9c1ce",
    accent="#a9c6ff",
    selection="#1e3f86",
    arc="#c3cad6",
    scrollbar="#8a93a3",
)
"""DARK likewise."""

_STRONG = {LIGHT.name: STRONG_LIGHT, DARK.name: STRONG_DARK}


def strong(theme: Theme) -> Theme:
    """The theme with more contrast."""
    return _STRONG.get(theme.name, theme)


def system_theme() -> Theme:
    """The theme that the desktop asks for; light when it does not say."""
    return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


@lru_cache(maxsize=4096)
def colour(name: str, alpha: int = 255) -> QColor:
    """A shared QColor; do not change it. `alpha` runs from 0 to 255."""
    made = QColor(name)
    made.setAlpha(alpha)
    return made


def qt_palette(theme: Theme) -> QPalette:
    """What Qt's own widgets (Fusion style) are coloured with."""
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.card,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.Button: theme.card,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.on_accent,
        QPalette.ColorRole.ToolTipBase: theme.card,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.button,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.Light: theme.hover,
        QPalette.ColorRole.Midlight: theme.hover,
        QPalette.ColorRole.Mid: theme.rule,
        QPalette.ColorRole.Dark: theme.rule,
        QPalette.ColorRole.Shadow: theme.rule,
    }
    made = QPalette()
    for role, name in roles.items():
        made.setColor(role, QColor(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made
