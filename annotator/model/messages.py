"""Every sentence that an expected error can show, by its code.

Codes are kebab-case and never reused. A message says what happened; a hint says what to do. Both are format strings.
"""

MESSAGES: dict[str, str] = {
    # edits
    "edit-stale": "The item {item} has changed since; nothing was done.",
    "relation-dangling": "The relation {relation} would lose an end.",
    "span-empty": "A label needs at least one character.",
    "span-outside": "{start} to {end} is outside the text (0 to {length}).",
    "span-twin": "“{text}” has the label {label} already.",
    "span-overlap": "This project allows no overlapping labels.",
    "span-crossing": "This project allows labels inside one another, but not crossing ones.",
    "label-unknown": "The schema has no label {label}.",
    "relation-unknown": "The schema has no relation {label}.",
    "relation-ends": "{label} cannot go from {head} to {tail}.",
    "relation-self": "A relation needs two different ends.",
    "relation-twin": "There is such a relation already: {label}.",
    "item-missing": "There is no item {item} here any more.",
    "not-pending": "This suggestion has been answered already.",
    "boundary-end": "The label cannot move any further.",
    "status-same": "This document is {status} already.",
    "note-same": "The note says so already.",
    "nothing-undo": "Nothing to undo in this document.",
    "nothing-redo": "Nothing to redo in this document.",
    "nothing-focused": "No label or suggestion is focused.",
    "no-relation-target": "No label on screen can be the other end of a relation from {label}.",
    "read-only": "This project is open read-only: {reason}.",
    "relation-none": "The schema has no relation between {head} and {tail}.",
    "label-slot-empty": "No label has the key {slot} here.",
    "note-on-suggestion": "Accept the suggestion first; then it can have a note.",
    "no-relation-focused": "No relation is focused that could become {label}.",
    "no-document": "No document is open.",
    "no-more-decisions": "No open suggestion is left in this document.",
    "no-document-left": "There is no further document.",
    # projects
    "project-missing": "There is no such file.",
    "author-empty": "The author has no name.",
    "export-nothing": "There is nothing to export in the layer “{layer}”.",
    # schema
    "schema-missing": "There is no such schema. Built-in ones: {names}.",
    "schema-unreadable": "The schema cannot be read: {reason}.",
    "schema-label-empty": "A label has no name.",
    "schema-label-twice": "The label {label} stands twice.",
    "schema-key-twice": "The key {key} is given to both {first} and {second}.",
    "schema-relation-end": "The relation {relation} names the label {label}, which the schema does not have.",
    # suggestions
    "rules-key": "{entry}: there is no setting {key}; there are {known}.",
    "rules-value": "{entry}: {key} must be {wanted}.",
    "rules-entry": "{entry}: {reason}.",
    "suggest-failed": "No suggestions: {reason}",
}

HINTS: dict[str, str] = {
    "export-nothing": "{hint}",
    "span-twin": "Choose another label, or move a boundary.",
    "read-only": "Close the other window, then open the project again.",
    "no-relation-focused": "Focus a label and press R, or drag from one label to another.",
    "no-relation-target": "Scroll until the other end shows, or check which ends the schema allows.",
}
