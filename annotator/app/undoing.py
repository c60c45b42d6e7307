"""What can be taken back and done again in the open document."""

from __future__ import annotations

from typing import Literal

from annotator.store import Act

Way = Literal["undo", "redo"]


class Stacks:
    """Both hold acts, the newest last; the act that takes one back goes to the other, to be taken back by it."""

    def __init__(self) -> None:
        self._acts: dict[Way, list[Act]] = {"undo": [], "redo": []}

    def take(self, undo: list[Act], redo: list[Act]) -> None:
        """Go on from what the file has."""
        self._acts = {"undo": undo, "redo": redo}

    def newest(self, way: Way) -> Act | None:
        """What undo or redo would take back."""
        acts = self._acts[way]
        return acts[-1] if acts else None

    def remember(self, act: Act, undoes: Act | None) -> None:
        """Note an act that was just done. A new one leaves nothing to do again."""
        if undoes is None:
            self._acts["undo"].append(act)
            self._acts["redo"].clear()
        else:
            here: Way = "undo" if undoes is self.newest("undo") else "redo"
            self._acts[here].remove(undoes)
            self._acts["redo" if here == "undo" else "undo"].append(act)
