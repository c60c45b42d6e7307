"""The errors a user can meet, as a tree.

    AnnotatorError
    ├── Refused   the user asked for something impossible; shown in the status bar, nothing changed
    └── Broken    a file or its data is not as it must be; says what, where, what was kept and what to do

Everything else that is raised is a bug. The words stand in `messages.py`, each under a code that can be searched for.
"""

from __future__ import annotations

from annotator.model.messages import HINTS, MESSAGES


class AnnotatorError(Exception):
    """An expected error: `code` names it, `message` says what happened, `hint` what to do (may be empty)."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.message = MESSAGES[code].format_map(values)
        self.hint = HINTS.get(code, "").format_map(values)
        super().__init__(self.message)


class Refused(AnnotatorError):  # noqa: N818 - said to the user as it is
    """The user asked for something that cannot be done; nothing was changed."""


class Broken(AnnotatorError):  # noqa: N818 - same
    """A file or its data is damaged or not understood.

    `where` is `file`, `file:line` or `file:line:column` (1-based), so that the place can be opened; empty when there is
    none.
    """

    def __init__(self, code: str, *, where: str = "", **values: object) -> None:
        super().__init__(code, **values)
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message
