"""Where a popup goes: near what it is about, inside the window, never over it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize

_GAP_PX = 8


def place_near(anchor: QRect, size: QSize, room: QRect, *, clear: QRect | None = None) -> QPoint:
    """The top left corner: below the anchor if there is room, else above, else beside it, else at the lower edge.

    `clear` is what should stay readable around the anchor; where it leaves no room, only the anchor is kept clear.
    """
    around = anchor if clear is None else anchor.united(clear)
    below = around.bottom() + _GAP_PX
    above = around.top() - _GAP_PX - size.height()
    x = max(room.left(), min(anchor.left() - 8, room.right() - size.width()))
    if below + size.height() <= room.bottom():
        return QPoint(x, below)
    if above >= room.top():
        return QPoint(x, above)
    lowest = max(room.top(), room.bottom() - size.height())
    for beside in (around.right() + _GAP_PX, around.left() - _GAP_PX - size.width()):
        if room.left() <= beside <= room.right() - size.width():
            return QPoint(beside, max(room.top(), min(anchor.top(), lowest)))
    return QPoint(x, lowest) if around == anchor else place_near(anchor, size, room)
