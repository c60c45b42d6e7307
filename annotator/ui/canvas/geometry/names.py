"""Where the name of an arc stands along it."""

from __future__ import annotations

from collections.abc import Sequence


def nudged(middle: float, half: float, legs: Sequence[float], *, most: float) -> float:
    """The place nearest to `middle` where a name covers none of the legs that pass it; `half` is half its width.

    It moves by `most` at most; where that is not enough it stays in the middle.
    """
    near = [leg for leg in legs if abs(leg - middle) < half + most]
    places = [middle, *(leg - half for leg in near), *(leg + half for leg in near)]
    clear = [
        place
        for place in places
        if abs(place - middle) <= most and all(abs(leg - place) >= half - 1e-6 for leg in near)
    ]
    return min(clear, key=lambda place: abs(place - middle), default=middle)
