"""Who is labelling: one person per user account, with an id that goes along into every project."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from platformdirs import user_config_path

from annotator.model import new_id


@dataclass(frozen=True, slots=True)
class Identity:
    """The person at this account: a UUID made once, and a name to show."""

    id: str
    name: str


def identity_file() -> Path:
    return user_config_path("annotator") / "identity.json"


def current_identity() -> Identity:
    """The person at this account; made at the first call. Without a writable settings folder it lasts for this run."""
    file = identity_file()
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return Identity(str(stored["id"]), str(stored["name"]))
    except (OSError, ValueError, KeyError, TypeError):
        identity = Identity(new_id(), _account_name())
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_text(json.dumps(asdict(identity)), encoding="utf-8")
        draft.replace(file)
    except OSError:
        pass  # the id is then new in every run; the name still tells who it was
    return identity


def _account_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "annotator"
