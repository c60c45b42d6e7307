"""From the labels of a model to the labels of a project, or to nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

IGNORE = "ignore"

_ALIASES: dict[str, tuple[str, ...]] = {
    "PERSON": ("person", "per", "people", "peop", "name", "human"),
    "ORG": ("org", "organization", "organisation", "company", "institution"),
    "GPE": ("gpe", "loc", "location", "place", "country", "geo"),
    "LOC": ("loc", "location", "gpe", "place", "geo"),
    "FAC": ("fac", "facility", "building", "loc", "location", "gpe", "place"),
    "NORP": ("norp", "nationality", "group", "religion"),
    "EVENT": ("event", "misc"),
    "WORK_OF_ART": ("work_of_art", "work", "title_of_work", "misc"),
    "PRODUCT": ("product", "misc"),
    "LAW": ("law", "document", "misc"),
    "LANGUAGE": ("language", "misc"),
    "DATE": ("date", "temporal", "time"),
    "TIME": ("time", "temporal"),
    "MONEY": ("money", "amount", "num"),
    "PERCENT": ("percent", "percentage", "num"),
    "QUANTITY": ("quantity", "measure", "num"),
    "CARDINAL": ("cardinal", "number", "num"),
    "ORDINAL": ("ordinal",),
}
"""OntoNotes label -> names a project may give to the same thing, the likeliest first."""


def guess_label_map(project_labels: Iterable[str]) -> dict[str, str]:
    """Model label -> project label, by the likeness of the names; what has no likeness is left out."""
    by_name = {_plain(label): label for label in project_labels}
    found = {}
    for model_label, aliases in _ALIASES.items():
        match = next((by_name[_plain(alias)] for alias in aliases if _plain(alias) in by_name), None)
        if match is not None:
            found[model_label] = match
    return found


def map_label(label_map: Mapping[str, str], model_label: str, project_labels: Container[str]) -> str | None:
    """The project's label for a model's label; None is to ignore it.

    A label that the map does not name is kept when the project has one of the same name, so that a model trained on the
    project needs no map.
    """
    label = label_map.get(model_label, model_label)
    return label if label != IGNORE and label in project_labels else None


def _plain(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())
