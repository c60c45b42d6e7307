"""The domain: what annotators say about texts, and the acts that change it.

Standard library only; nothing here reads or writes anything.
"""

from annotator.model.document import Document, Role, RoleRange, text_id
from annotator.model.errors import AnnotatorError, Broken, Refused
from annotator.model.items import (
    NO_ATTRS,
    Alternative,
    Answer,
    Attrs,
    Confirmed,
    Decision,
    Fragment,
    How,
    Item,
    Note,
    Relation,
    Span,
    Status,
    new_id,
    relation_suggestion_id,
    span_suggestion_id,
)
from annotator.model.layer import Author, AuthorKind, Change, Edit, Layer
from annotator.model.schema import Label, Overlap, RelationType, Schema
from annotator.model.suggestions import Pending, pending

__all__ = [
    "NO_ATTRS",
    "Alternative",
    "AnnotatorError",
    "Answer",
    "Attrs",
    "Author",
    "AuthorKind",
    "Broken",
    "Change",
    "Confirmed",
    "Decision",
    "Document",
    "Edit",
    "Fragment",
    "How",
    "Item",
    "Label",
    "Layer",
    "Note",
    "Overlap",
    "Pending",
    "Refused",
    "Relation",
    "RelationType",
    "Role",
    "RoleRange",
    "Schema",
    "Span",
    "Status",
    "new_id",
    "pending",
    "relation_suggestion_id",
    "span_suggestion_id",
    "text_id",
]
