"""The faces of the window: Inter, shipped with the program, so that a page looks the same on every machine."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from annotator.app.sources import resource_dir
from annotator.ui.typography import TextFace

FAMILY = "Inter"

Weight = QFont.Weight


@cache
def load_fonts() -> None:
    """Make the shipped faces known to Qt. Needs a QGuiApplication; calling it again does nothing.

    A face that cannot be read is left out: Qt then takes the desktop's own.
    """
    # Qt says so for every script that Inter lacks, although the desktop's fonts then serve it.
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    for face in sorted((resource_dir() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(face))


def font(size_px: float, weight: QFont.Weight = Weight.Normal, *, spacing_px: float = 0.0) -> QFont:
    """Inter at a size in pixels, unhinted, so that zoom and pictures keep their proportions.

    Characters that Inter lacks come from the desktop's fonts.
    """
    made = QFont(FAMILY)
    made.setPixelSize(max(1, round(size_px)))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if spacing_px:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing_px)
    return made


@cache
def family(face: TextFace) -> str:
    """The family of a text face on this machine."""
    if face == "inter":
        return FAMILY
    if face == "sans":
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if face == "mono":
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    wanted = QFont(["Noto Serif", "Georgia", "Source Serif 4", "DejaVu Serif", "Times New Roman"])
    wanted.setStyleHint(QFont.StyleHint.Serif)
    return QFontInfo(wanted).family()


def text_font(face: TextFace, size_px: float, weight: QFont.Weight) -> QFont:
    """The font of running text; like `font`, in the face that the reader has chosen."""
    made = font(size_px, weight)
    made.setFamilies([family(face), FAMILY])
    return made


def even_digits(made: QFont) -> QFont:
    """The font with digits of one width, for counts in columns."""
    copy = QFont(made)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy
