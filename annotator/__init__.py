"""Annotator: label entities and relations in texts, with suggestions, and export gold-standard data."""

__version__ = "0.1.0"
