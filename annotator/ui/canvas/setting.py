"""What layout and painting share: the content, the column, and every size at one zoom."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.ui.canvas.content import Content
from annotator.ui.canvas.faces import Faces
from annotator.ui.canvas.geometry.metrics import Metrics
from annotator.ui.canvas.geometry.rails import Rails
from annotator.ui.typography import LINE_WIDTHS, Typography


@dataclass(frozen=True, slots=True)
class Setting:
    """One content in a column of one width. `rails` outlives it, so that relations keep their gutters."""

    content: Content
    metrics: Metrics
    faces: Faces
    width: float
    rails: Rails = field(default_factory=Rails)

    @classmethod
    def make(
        cls, content: Content, *, zoom: float, view_width: float, typography: Typography, rails: Rails | None = None
    ) -> Setting:
        """The setting for a view of this width in pixels."""
        metrics = Metrics(zoom)
        column = metrics.column(view_width, LINE_WIDTHS[typography.line_width] * typography.scale)
        return cls(content, metrics, Faces(metrics, typography), column, rails or Rails())

    @property
    def gutter_x(self) -> float:
        """How far from the column the stubs of relations end, where their rails begin."""
        return self.metrics.rail_first - 4 * self.metrics.zoom
