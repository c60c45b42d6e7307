"""The canvas: an annotated text to read, point at and select in.

`geometry` and `content` are free of Qt; `page` lays out; `view` is the widget; `picture` writes files.
"""

from annotator.ui.canvas.content import Content
from annotator.ui.canvas.view import Canvas

__all__ = ["Canvas", "Content"]
