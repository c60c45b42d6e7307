"""Where a popup goes: near what it is about, inside the window, never over it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize

_GAP_PX = 8


def place_near(anchor: QRect, size: QSize, room: QRect) -> QPoint:
    """The top left corner: below the anchor if there is room, else above, else at the lower edge."""
    below = anchor.bottom() + _GAP_PX
    above = anchor.top() - _GAP_PX - size.height()
    if below + size.height() <= room.bottom():
        y = below
    elif above >= room.top():
        y = above
    else:
        y = max(room.top(), room.bottom() - size.height())
    x = max(room.left(), min(anchor.left() - 8, room.right() - size.width()))
    return QPoint(x, y)
